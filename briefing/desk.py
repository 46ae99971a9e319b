"""The newsroom as the schedule sees it: what is due, and doing it without holding up the web."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from anyio import to_thread

from briefing.config import Config
from briefing.pipeline import Newsroom, collect_one, issue, skip
from briefing.schedule import Plan, Poll

log = logging.getLogger(__name__)

_EVERY = timedelta(hours=1)
"""How often a source is looked at where nothing else is said; a feed that asks for less is left alone until then."""


class NewsDesk:
    """Does the schedule's work with one newsroom; times come from the store, so that a restart changes no rhythm."""

    def __init__(self, room: Newsroom, config: Config) -> None:
        self._room = room
        self._sources = {source.slug: source.every or _EVERY for source in config.sources}
        self._letters = {letter.slug: letter for letter in config.newsletters}

    def polls(self) -> list[Poll]:
        """Give the sources and when each was last asked."""
        runs = self._room.store.runs
        last = {slug: runs.last(f"collect:{slug}") for slug in self._sources}
        return [
            Poll(slug, every, run.started_at if (run := last[slug]) else None) for slug, every in self._sources.items()
        ]

    def plans(self) -> list[Plan]:
        """Give the newsletters and when each was last made to its end."""
        runs = self._room.store.runs
        last = {slug: runs.last(f"issue:{slug}", finished=True) for slug in self._letters}
        return [
            Plan(slug, letter.schedule, ZoneInfo(letter.time_zone), run.started_at if (run := last[slug]) else None)
            for slug, letter in self._letters.items()
        ]

    async def collect(self, source: str, now: datetime) -> None:
        """Poll one source, and read and group what it gave."""
        tally = await _aside(collect_one(self._room, source, now))
        for failure in tally.failures:
            log.warning("%s: %s", failure.subject, failure.message)
        log.info("%s: %d new", source, tally.done)

    async def issue(self, newsletter: str, now: datetime) -> None:
        """Make, publish and deliver today's edition of a newsletter."""
        report = await _aside(issue(self._room, newsletter, now))
        for failure in report.failures:
            log.warning("%s: %s", failure.subject, failure.message)
        if report.edition is None:
            log.info("%s: nothing is new; no edition", newsletter)
        else:
            log.info("%s, %s: sent to %d", newsletter, report.edition.date, report.tally.done)

    def skip(self, newsletter: str, missed: datetime) -> None:
        """Count what is in the store as told, for an edition that was missed and is not to be made."""
        skip(self._room, newsletter, missed)


async def _aside(work: Coroutine[Any, Any, Any]) -> Any:
    """Do work that computes as much as it waits in a thread with a loop of its own."""
    return await to_thread.run_sync(asyncio.run, work)
