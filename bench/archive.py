"""A made-up archive of one long storyline whose true timeline is known: for measuring dates and their sentences.

Events of unequal weight lie on hidden days. Each is reported on its day and the next ("on Tuesday", "yesterday", the
date), recalled for months in the background of later reports, and some are announced before; plans come to nothing,
side matters have days of their own, and most reports of a quiet day tell nothing new. Every choice follows one seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from briefing.model import Article, Dating

_FIRST = date(2030, 1, 7)
_WHO = ("the council", "dam engineers", "the Marvel river authority", "farmers", "the high court", "insurers", "divers")
_DID = (
    "approved the {thing} of the Marvel dam", "halted the {thing} of the Marvel dam", "sued over the {thing}",
    "found cracks in the {thing} of the Marvel dam", "signed a contract for the {thing} of the dam",
    "blocked the {thing} of the Marvel dam", "reopened the {thing} of the dam after a flood",
)  # fmt: skip
_THING = (
    "spillway", "eastern gate", "turbine hall", "fish ladder", "access road", "second wall", "grouting", "budget",
    "relocation", "safety report", "reservoir", "pumping station", "power line", "inspection tunnel",
)  # fmt: skip
_TALK = (
    "Residents of the valley spoke of the dam at length.", "Prices of cement rose again in the region.",
    "“We will not move,” said a farmer near the dam.", "Rain fell for most of the week.",
    "The river authority declined to comment on the dam.", "Opponents of the dam gathered outside the hall.",
    "A spokesman called the work on the dam routine.", "Engineers say such dams last a century.",
)  # fmt: skip
_SIDE = (
    "The Marvel football club won its match on {day}.", "A bakery fire on {day} was put out within an hour.",
    "Tax forms are due on {day}.", "The valley's choir sang on {day}.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles, and the line of each day that the timeline should tell, by ISO day."""

    articles: tuple[Article, ...]
    timeline: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Event:
    day: date
    weight: float
    told: str


def archive(events: int = 24, span: int = 300, seed: int = 7) -> Archive:
    """Make an archive of so many true events over so many days; about eight articles an event."""
    chance = random.Random(seed)
    days = sorted(chance.sample(range(span), events))
    made = [_Event(_FIRST + timedelta(days=day), chance.choice((1.0, 1.5, 2.0, 3.0)), _deed(chance)) for day in days]
    articles: list[Article] = []
    for event in made:
        for late in (0, 0, 0, 1, 1)[: round(1 + 1.4 * event.weight)]:
            day = event.day + timedelta(days=late)
            articles.append(_article(len(articles), day, _lead(event, day, chance), made, chance))
        if chance.random() < 0.5:
            before = event.day - timedelta(days=chance.randint(2, 12))
            plan = f"A decision on the dam is expected on {_written(event.day)}, the river authority said."
            articles.append(_article(len(articles), before, plan, made, chance))
    for _ in range(events * 3):
        day = _FIRST + timedelta(days=chance.randrange(span))
        articles.append(_article(len(articles), day, chance.choice(_TALK), made, chance))
    return Archive(
        tuple(articles), {event.day.isoformat(): f"{event.told[0].upper()}{event.told[1:]}." for event in made}
    )


def _deed(chance: random.Random) -> str:
    return f"{chance.choice(_WHO)} {chance.choice(_DID).format(thing=chance.choice(_THING))}"


def _written(day: date) -> str:
    return f"{day.day} {day:%B}"


def _lead(event: _Event, day: date, chance: random.Random) -> str:
    ways = [f"{event.told} on {event.day:%A}", f"{event.told} on {_written(event.day)}"]
    ways.append(f"{event.told} today" if day == event.day else f"{event.told} yesterday")
    text = chance.choice(ways)
    detail = chance.choice(("officials said", "witnesses reported", "after months of talks", "to wide surprise"))
    return f"{text[0].upper()}{text[1:]}, {detail}."


def _article(number: int, day: date, lead: str, events: Sequence[_Event], chance: random.Random) -> Article:
    past = [event for event in events if event.day < day - timedelta(days=1)]
    body = [lead, *chance.sample(_TALK, 3)]
    for event in chance.choices(past, [event.weight**2 for event in past], k=min(2, len(past))) if past else ():
        when = chance.choice((f"on {_written(event.day)}", f"on {_written(event.day)} {event.day.year}"))
        body.insert(chance.randint(2, len(body)), f"{when[0].upper()}{when[1:]}, {event.told}.")
    if chance.random() < 0.4:
        aside = day - timedelta(days=chance.randint(1, 40))
        body.append(chance.choice(_SIDE).format(day=_written(aside)))
    if chance.random() < 0.15:
        ahead = day + timedelta(days=chance.randint(3, 30))
        body.append(f"A hearing on the dam may be held on {_written(ahead)}.")
    return Article(
        id=f"{number:016x}",
        source="bench",
        guid=str(number),
        title=lead[:70],
        text=" ".join(body),
        language="en",
        collected_at=datetime(2031, 6, 1, tzinfo=UTC),
        published=Dating(day.isoformat()),
    )
