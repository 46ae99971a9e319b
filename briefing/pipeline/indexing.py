"""Index and list what was written before there were an index and lists."""

from __future__ import annotations

from briefing.pipeline.newsroom import Progress
from briefing.store import Store

_ARTICLES, _EDITIONS = 500, 50


def index(store: Store, progress: Progress) -> int:
    """Index every article that waits, a batch at a time, and give how many; what comes new is indexed as it comes."""
    waiting, done = store.search.waiting(), 0
    while waiting and (count := store.search.fill(_ARTICLES)):
        done += count
        progress("index", done, max(waiting, done))
    return done


def list_editions(store: Store, progress: Progress) -> int:
    """List every edition that waits, a batch at a time, and give how many; what comes new is listed as it is kept."""
    waiting, done = store.editions.unlisted(), 0
    while waiting and (count := store.editions.list_waiting(_EDITIONS)):
        done += count
        progress("list", done, max(waiting, done))
    return done
