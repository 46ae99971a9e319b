"""The pydantic view of `config.yaml`: `load` gives a `Config`, or every problem of the file at once."""

from briefing.config.editing import remove_source
from briefing.config.loading import load, schema
from briefing.config.settings import (
    Config,
    CorpusSource,
    CustomSource,
    Delivery,
    EmbeddingEngine,
    FeedSource,
    Filter,
    Http,
    Newsletter,
    SummaryEngine,
    TranslationEngine,
)

__all__ = [
    "Config",
    "CorpusSource",
    "CustomSource",
    "Delivery",
    "EmbeddingEngine",
    "FeedSource",
    "Filter",
    "Http",
    "Newsletter",
    "SummaryEngine",
    "TranslationEngine",
    "load",
    "remove_source",
    "schema",
]
