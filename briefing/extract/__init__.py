"""Entries to articles: clean text, title, language, date, outlet and address, and the teasers found on a page."""

from briefing.extract.article import Extraction, extract
from briefing.extract.view import as_json

__all__ = ["Extraction", "as_json", "extract"]
