"""Index and list what was written before there were an index and lists."""

from __future__ import annotations

from briefing.pipeline.newsroom import Newsroom

_ARTICLES, _EDITIONS = 500, 50


def index(room: Newsroom) -> int:
    """Index every article that waits, a batch at a time, and give how many; what comes new is indexed as it comes."""
    waiting, done = room.store.search.waiting(), 0
    while waiting and (count := room.store.search.fill(_ARTICLES)):
        done += count
        room.progress("index", done, max(waiting, done))
    return done


def list_editions(room: Newsroom) -> int:
    """List every edition that waits, a batch at a time, and give how many; what comes new is listed as it is kept."""
    waiting, done = room.store.editions.unlisted(), 0
    while waiting and (count := room.store.editions.list_waiting(_EDITIONS)):
        done += count
        room.progress("list", done, max(waiting, done))
    return done
