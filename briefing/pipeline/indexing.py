"""Index what was written before there was an index, so that it can be searched."""

from __future__ import annotations

from briefing.pipeline.newsroom import Newsroom

_BATCH = 500


def index(room: Newsroom) -> int:
    """Index every article that waits, a batch at a time, and give how many; what comes new is indexed as it comes."""
    waiting, done = room.store.search.waiting(), 0
    while waiting and (count := room.store.search.fill(_BATCH)):
        done += count
        room.progress("index", done, max(waiting, done))
    return done
