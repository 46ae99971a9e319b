"""A daily briefing: storylines across languages, every sentence cited."""
