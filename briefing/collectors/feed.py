"""A feed as a source: when it may be asked, what its answers mean, and what it gave."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefing.collectors.answers import Answer, explain, shown
from briefing.collectors.items import Feed, NotAFeedError, entry
from briefing.errors import CollectError
from briefing.model import Entry
from briefing.ports import Harvest, SourceState

if TYPE_CHECKING:
    from briefing.collectors.fetch import Client

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.1"
)
_CONDITIONAL = timedelta(hours=1)  # how often to ask by default, where the publisher can answer "nothing changed"
_UNCONDITIONAL = timedelta(days=1)  # and where every answer is the whole feed
_MOST_ASKED = timedelta(days=1)  # a max-age or ttl beyond this is an oversight, not a wish
_GRACE = timedelta(minutes=1)  # a schedule that runs a little early is not sent away for a whole interval
_GONE = "gone for good (410) and not asked any more: remove it, or give its new address"
_VERSION = "1"  # of what is read from a feed; a change makes every feed be read anew


class FeedCollector:
    """An RSS, RDF, Atom or JSON feed; ``client`` gives the one HTTP client, and is called when the feed is asked.

    ``every`` is how often it is configured to be asked, None for the polite default. ``name`` is the outlet where items
    do not name theirs, ``language`` what the operator says it is in, which is believed before the feed's own word.
    ``private`` allows an address outside the public internet.
    """

    def __init__(
        self,
        slug: str,
        url: str,
        client: Callable[[], Client],
        *,
        name: str | None = None,
        language: str | None = None,
        every: timedelta | None = None,
        private: bool = False,
    ) -> None:
        self.slug = slug
        self._url = url
        self._client = client
        self._name = name
        self._language = language
        self._every = every
        self._private = private

    async def collect(self, state: SourceState, now: datetime) -> Harvest:
        """Ask the feed once, unless it is gone or too early by ``state.not_before``: then nothing is sent.

        A publisher who says that the feed is gone (410), or when to come back (429, 503), gives a harvest without
        entries whose state remembers it and whose ``rejected`` says it. A state of another configured address is
        forgotten. Raises CollectError.
        """
        mark = _Mark.read(state.fingerprint)
        if mark.address != _digest(self._url):
            state, mark = SourceState(), _Mark(_digest(self._url))
        if state.gone:
            return Harvest((), state, unchanged=True, rejected=((shown(self._url), _GONE),))
        if state.not_before is not None and now < state.not_before:
            return Harvest((), state, unchanged=True)
        answer = await self._client().get(
            self.slug,
            state.moved_to or self._url,
            now,
            etag=state.etag,
            last_modified=state.last_modified,
            private=self._private,
            accept=_ACCEPT,
        )
        state = replace(state, checked_at=now, moved_to=answer.moved_to or state.moved_to)
        if answer.status == 304 and (state.etag or state.last_modified):
            return self._unchanged(state, mark, answer, now)
        if answer.status == 200:
            return await self._read(state, mark, answer, now)
        return self._refused(state, mark, answer, now)

    async def _read(self, state: SourceState, mark: _Mark, answer: Answer, now: datetime) -> Harvest:
        state = replace(state, etag=answer.etag, last_modified=answer.last_modified)
        content = _digest(answer.body)
        if content == mark.content:
            return self._unchanged(state, mark, answer, now)
        from briefing.collectors.parsing import read_feed  # slow to import: only where a feed has something new

        try:
            feed = await asyncio.to_thread(read_feed, answer.body, answer.url, now, answer.media_type, answer.charset)
        except NotAFeedError as error:
            raise CollectError(self.slug, f"{shown(answer.url)} {error}") from error
        mark = _Mark(mark.address, content, feed.ttl, flawed=bool(feed.notes))
        state = replace(state, fingerprint=mark.written(), not_before=self._next(state, mark, answer, now))
        notes = tuple((shown(answer.url), note) for note in feed.notes)
        return Harvest(self._entries(feed, now), state, rejected=notes)

    def _unchanged(self, state: SourceState, mark: _Mark, answer: Answer, now: datetime) -> Harvest:
        note = "unchanged, and still with what was wrong when it was last read"
        notes = ((shown(answer.url), note),) if mark.flawed else ()
        state = replace(state, not_before=self._next(state, mark, answer, now))
        return Harvest((), state, unchanged=True, rejected=notes)

    def _entries(self, feed: Feed, now: datetime) -> tuple[Entry, ...]:
        language, outlet = self._language or feed.language, self._name or feed.title
        items = (replace(item, language=self._language or item.language) for item in feed.items)
        return tuple(entry(item, self.slug, now, language, outlet) for item in items)

    def _refused(self, state: SourceState, mark: _Mark, answer: Answer, now: datetime) -> Harvest:
        state = replace(state, fingerprint=mark.written())
        if answer.status == 410 and not answer.temporarily:
            return Harvest((), replace(state, gone=True), rejected=((shown(self._url), _GONE),))
        wait = answer.retry_after or (now + _CONDITIONAL if answer.status == 429 else None)
        if answer.status in {429, 503} and wait is not None:
            message = f"{explain(answer.status)}; not asked again before {wait:%Y-%m-%d %H:%M} UTC"
            return Harvest((), replace(state, not_before=wait), rejected=((shown(answer.url), message),))
        transient = answer.status >= 500 or answer.status in {408, 425}
        raise CollectError(self.slug, f"{shown(answer.url)} {explain(answer.status)}", transient=transient)

    def _next(self, state: SourceState, mark: _Mark, answer: Answer, now: datetime) -> datetime:
        polite = _CONDITIONAL if state.etag or state.last_modified else _UNCONDITIONAL
        own = polite if self._every is None else self._every
        asked = min(max(answer.max_age or timedelta(0), mark.ttl or timedelta(0)), _MOST_ASKED)
        wait = max(own, asked)
        return now + wait - min(_GRACE, wait / 20)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a fingerprint holds: the address, what was read there last, the feed's ttl, and whether it was flawed."""

    address: str
    content: str = ""
    ttl: timedelta | None = None
    flawed: bool = False

    @classmethod
    def read(cls, fingerprint: str | None) -> _Mark:
        version, address, content, seconds, flawed, *_ = [*(fingerprint or "").split(":"), "", "", "", "", ""]
        if version != _VERSION:
            return cls("")
        ttl = timedelta(seconds=int(seconds)) if seconds.isdecimal() else None
        return cls(address, content, ttl, bool(flawed))

    def written(self) -> str:
        seconds = "" if self.ttl is None else str(int(self.ttl.total_seconds()))
        return ":".join((_VERSION, self.address, self.content, seconds, "flawed" if self.flawed else ""))


def _digest(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()[:24]
