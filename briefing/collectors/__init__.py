"""How news comes in: feeds over one polite HTTP client, and folders of documents."""

from briefing.collectors.corpus import CorpusCollector
from briefing.collectors.feed import FeedCollector
from briefing.collectors.fetch import Client
from briefing.collectors.pictures import PictureCopier

__all__ = ["Client", "CorpusCollector", "FeedCollector", "PictureCopier"]
