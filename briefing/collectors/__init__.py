"""How news comes in: feeds over one polite HTTP client, and folders of documents, each imported where it is used."""
