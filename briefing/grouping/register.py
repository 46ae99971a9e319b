"""The books of developments and storylines: who is in which, what changed since the last look, what was merged away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from briefing.grouping.arrivals import slug
from briefing.model import Development, Storyline


@dataclass
class Event:
    """A development under work: its articles (originals that can be compared) and the copies of each."""

    id: str
    storyline: str
    first: float | None = None
    last: float | None = None
    articles: list[str] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)

    def noun(self) -> Development:
        """Give it as a noun; days are ISO."""
        members = (*self.articles, *self.copies)
        return Development(self.id, self.storyline, members, _iso(self.first), _iso(self.last))


@dataclass
class Line:
    """A storyline under work: its developments in order of opening; ``seen`` counts its articles so far.

    ``version`` rises with every change of what it holds.
    """

    id: str
    slug: str
    title: str
    language: str
    events: dict[str, None] = field(default_factory=dict)
    seen: int = 0
    version: int = 0


class Register:
    """Developments and storylines by id; ids are counted up and never issued twice."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self.lines: dict[str, Line] = {}
        self.event_of: dict[str, str] = {}
        self.pinned: set[str] = set()
        self.apart: set[tuple[str, str]] = set()
        self.redirects: dict[str, str] = {}
        self._touched: dict[str, None] = {}
        self._moved: dict[str, None] = {}
        self._next = {"d": 1, "s": 1}

    def open_line(self, title: str, language: str) -> Line:
        """Begin a storyline named after its first article."""
        name = self._issue("s")
        self.lines[name] = Line(name, slug(title, name), title, language)
        return self.lines[name]

    def open_event(self, line: Line) -> Event:
        """Begin a development of a storyline."""
        event = Event(self._issue("d"), line.id)
        self.events[event.id] = event
        line.events[event.id] = None
        self._touched[event.id] = None
        return event

    def _issue(self, kind: str) -> str:
        number = self._next[kind]
        self._next[kind] += 1
        return f"{kind}{number}"

    def put(self, article: str, event: Event, day: float | None, original: str | None = None) -> None:
        """Put an article (or, with ``original``, a copy of one) into a development."""
        if original is None:
            event.articles.append(article)
        else:
            event.copies[article] = original
        self.event_of[article] = event.id
        if day is not None:
            event.first = day if event.first is None else min(event.first, day)
            event.last = day if event.last is None else max(event.last, day)
        line = self.lines[event.storyline]
        line.seen += 1
        line.version += 1
        self._touched[event.id] = None

    def move(self, event: Event, line: Line) -> None:
        """Hang a development into another storyline."""
        former = self.lines[event.storyline]
        former.events.pop(event.id, None)
        count = len(event.articles) + len(event.copies)
        former.seen -= count
        line.seen += count
        former.version += 1
        line.version += 1
        event.storyline = line.id
        line.events[event.id] = None
        self._touched[event.id] = None
        self._moved |= dict.fromkeys((*event.articles, *event.copies))

    def absorb(self, kept: Event, gone: Event) -> None:
        """Make one development of two of the same storyline."""
        kept.articles += gone.articles
        kept.copies |= gone.copies
        for article in (*gone.articles, *gone.copies):
            self.event_of[article] = kept.id
        days = [day for day in (kept.first, kept.last, gone.first, gone.last) if day is not None]
        kept.first, kept.last = (min(days), max(days)) if days else (None, None)
        self.lines[gone.storyline].events.pop(gone.id, None)
        for name in (kept.storyline, gone.storyline):
            self.lines[name].version += 1
        del self.events[gone.id]
        self._touched.pop(gone.id, None)
        self._touched[kept.id] = None
        self._moved |= dict.fromkeys((*gone.articles, *gone.copies))

    def divide(self, event: Event, leaving: list[str], days: Mapping[str, float | None]) -> Event:
        """Take some articles, with their copies, out of a development into a new one of the same storyline."""
        new = self.open_event(self.lines[event.storyline])
        new.articles = [article for article in event.articles if article in leaving]
        new.copies = {copy: original for copy, original in event.copies.items() if original in leaving}
        event.articles = [article for article in event.articles if article not in leaving]
        event.copies = {copy: original for copy, original in event.copies.items() if copy not in new.copies}
        for part in (event, new):
            known = [day for article in part.articles if (day := days.get(article)) is not None]
            part.first, part.last = (min(known), max(known)) if known else (None, None)
        for article in (*new.articles, *new.copies):
            self.event_of[article] = new.id
            self._moved[article] = None
        self._touched[event.id] = None
        self.lines[event.storyline].version += 1
        return new

    def merge(self, kept: Line, gone: Line) -> None:
        """Make one storyline of two; the id that goes redirects to the one that stays."""
        for name in list(gone.events):
            self.move(self.events[name], kept)
        kept.seen += gone.seen
        del self.lines[gone.id]
        self.redirects[gone.id] = kept.id
        if gone.id in self.pinned:
            self.pinned.add(kept.id)
        self.pinned.discard(gone.id)
        renamed = {tuple(sorted(kept.id if name == gone.id else name for name in pair)) for pair in self.apart}
        self.apart = {(one, other) for one, other in renamed if one != other}

    def keep_apart(self, one: str, other: str) -> None:
        """Remember that two storylines are never to be joined without being told."""
        self.apart.add((min(one, other), max(one, other)))

    def are_apart(self, one: str, other: str) -> bool:
        """Whether a user separated two storylines."""
        return (min(one, other), max(one, other)) in self.apart

    def forget(self, articles: Iterable[str]) -> None:
        """Drop articles that are no longer compared; developments and storylines without any are dropped as well."""
        gone: dict[str, set[str]] = {}
        for article in articles:
            if name := self.event_of.pop(article, ""):
                gone.setdefault(name, set()).add(article)
        for name, names in gone.items():
            event = self.events[name]
            line = self.lines[event.storyline]
            event.articles = [article for article in event.articles if article not in names]
            for copy in [copy for copy, original in event.copies.items() if original in names or copy in names]:
                del event.copies[copy]
                self.event_of.pop(copy, None)
            line.version += 1
            if event.articles:
                continue
            del self.events[name]
            line.events.pop(name, None)
            if not line.events:
                del self.lines[line.id]
                self.pinned.discard(line.id)

    def take_moved(self) -> list[str]:
        """Give the articles whose development or storyline changed since the last call."""
        moved, self._moved = [article for article in self._moved if article in self.event_of], {}
        return moved

    def changes(self) -> tuple[tuple[Storyline, ...], tuple[Development, ...], dict[str, str]]:
        """Give storylines, developments and redirects that changed since the last call."""
        events = [self.events[name] for name in self._touched if name in self.events]
        nouns = tuple(event.noun() for event in events)
        touched: dict[str, list[Development]] = {}
        for noun in nouns:
            touched.setdefault(noun.storyline, []).append(noun)
        lines = [(self.lines[name], tuple(parts)) for name, parts in touched.items()]
        storylines = tuple(Storyline(line.id, line.slug, line.title, line.language, parts) for line, parts in lines)
        redirects, self.redirects, self._touched = self.redirects, {}, {}
        return storylines, nouns, redirects

    def to_state(self) -> dict[str, Any]:
        """Give what `restore` needs, JSON-serialisable."""
        return {
            "next": self._next,
            "events": [
                [event.id, event.storyline, event.first, event.last, event.articles, event.copies]
                for event in self.events.values()
            ],
            "lines": [[line.id, line.slug, line.title, line.language, line.seen] for line in self.lines.values()],
            "pinned": sorted(self.pinned),
            "apart": sorted(self.apart),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `to_state` gave."""
        self._next = dict(state["next"])
        self.lines = {row[0]: Line(row[0], row[1], row[2], row[3], {}, row[4]) for row in state["lines"]}
        for name, line, first, last, articles, copies in state["events"]:
            self.events[name] = Event(name, line, first, last, list(articles), dict(copies))
            self.lines[line].events[name] = None
            self.event_of |= dict.fromkeys((*articles, *copies), name)
        self.pinned = set(state["pinned"])
        self.apart = {(one, other) for one, other in state["apart"]}


def _iso(day: float | None) -> str | None:
    return None if day is None else (date(1970, 1, 1) + timedelta(days=int(day // 1))).isoformat()
