"""Days told of something else: a date that a text has, but of another deed than the one a claim sets on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from briefing.grounding.atoms import atoms
from briefing.grounding.binding import joints
from briefing.grounding.dates.days import Day
from briefing.grounding.evidence import COMPARED, EMBEDDED, Evidence, meaning
from briefing.grounding.facts import same_day, same_value
from briefing.grounding.names.bodies import bodies
from briefing.grounding.numbers.figures import Number
from briefing.grounding.stems import overlap
from briefing.ports import Embed, Vectors
from briefing.text.language import spaced
from briefing.text.modality import clauses
from briefing.text.words import content_words

_SURELY = 0.006
"""By how much nearer in meaning a place with another day is than any with the claimed one, by sentences and by clauses
alike. Of the days of 600 right claims none reaches it (`bench/claims.py`)."""
_SHARED = 0.05  # what the figures and (in one language) the words that both have add to the nearness
_LETTERS = (15, 8)  # letters of a clause that says something; the second in scripts without spaces
_MOST = 160  # clauses of a text that are compared


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or clause of a text, the same without its days and figures, and these."""

    text: str
    bare: str
    days: tuple[Day, ...]
    numbers: tuple[Number, ...]


def redated(
    text: str, language: str, days: Sequence[Day], sources: Sequence[Evidence], embed: Embed | None
) -> Iterator[str]:
    """Give the days of a claim on which the cited texts tell something else, and what it tells on another day.

    ``days`` are the claim's. Days and figures are taken out of its clauses and of the texts, and what is left is
    compared in meaning: where a sentence and a clause that name other days are surely nearer than all that name the
    claimed one, it is of something else. A day that no sentence of the texts names cannot be told.
    """
    if embed is None or not any(_others(days, source) for source in sources):
        return
    apart: dict[Day, float] = {}
    for start, end in _told(text, language):
        here = [day for day in days if start <= day.start < end]
        here = [day for day in here if not _OWNS.match(text, day.end)]
        for day, margin in zip(here, _apart(here, text, (start, end), language, sources, embed), strict=True):
            apart[day] = min(margin, apart.get(day, margin))
    yield from (text[day.start : day.end] for day, margin in apart.items() if margin > _SURELY)


def _apart(
    days: Sequence[Day], text: str, at: tuple[int, int], language: str, sources: Sequence[Evidence], embed: Embed
) -> list[float]:
    """By how much what a clause of a claim tells on each of its days is nearer to what the texts tell on others."""
    start, end = at
    numbers = [number for number in atoms(text, language).numbers if start <= number.start < end]
    bare = _without(text[start:end], _spans((*days, *numbers), start))
    if not days or sum(map(str.isalpha, bare)) < _LETTERS[not spaced(language)]:
        return [-1.0] * len(days)
    values = [number.value for number in numbers]
    both = (_margins(days, bare, values, language, sources, embed, whole=whole) for whole in (True, False))
    return [min(pair) for pair in zip(*both, strict=True)]


_OWNS = re.compile(r"['’]s\s")  # Saturday's match: a day of what is named, not of what is told


def _others(days: Sequence[Day], source: Evidence) -> bool:
    """Whether a text names a day that is none of a claim's."""
    return any(not _named(other, days) for other in source.atoms.days)


def _named(day: Day, others: Sequence[Day]) -> bool:
    """Whether a day is one of others; a weekday is one of the days it may be."""
    return any(
        _weekday(day) == _weekday(other) if None in (day.month, other.month) else same_day(day, other)
        for other in others
    )


def _alike(day: Day, other: Day) -> bool:
    """Whether two days are named alike: both by a weekday, or both otherwise."""
    by_weekday = [one.weekday is not None or (bool(one.others) and not one.bare) for one in (day, other)]
    return by_weekday[0] == by_weekday[1]


def _weekday(day: Day) -> int | None:
    if day.weekday is not None or not (day.year and day.month and day.day):
        return day.weekday
    return date(day.year, day.month, day.day).weekday()


def _margins(
    days: Sequence[Day],
    bare: str,
    values: Sequence[float],
    language: str,
    sources: Sequence[Evidence],
    embed: Embed,
    *,
    whole: bool,
) -> list[float]:
    """By how much a unit that names other days is nearer to a clause than the nearest that names each of its days."""
    words = frozenset(content_words(bare, language))
    near: list[tuple[float, tuple[Day, ...], tuple[Day, ...]]] = []
    for source in sources:
        units = _units(source, whole)
        cosines = _vectors(source, whole, embed) @ meaning(bare, embed) if units else ()
        for n, (unit, cosine) in enumerate(zip(units, cosines, strict=True)):
            same = overlap(words, unit.text, language) if source.language == language else 0.0
            held = sum(any(same_value(value, other.value) for other in unit.numbers) for value in values)
            around = units[max(0, n - 1) : n + 2] if not spaced(source.language) else (unit,)
            beside = tuple(day for one in around for day in one.days)
            told = () if _apart_in_body(bare, language, unit.bare, source.language) else unit.days
            near.append((float(cosine) + _SHARED * (same + (held / len(values) if values else 0.0)), told, beside))
    found = []
    for day in days:
        own = max((one for one, _, beside in near if _named(day, beside)), default=None)
        others = [
            one
            for one, theirs, beside in near
            if any(_alike(day, other) for other in theirs) and not any(_named(ours, beside) for ours in days)
        ]
        found.append(max(others, default=-1.0) - own if own is not None else -1.0)
    return found


def _apart_in_body(claim: str, language: str, unit: str, spoken: str) -> bool:
    """Whether a clause and a unit name different bodies of one group: both houses vote on the same."""
    ours, theirs = ({(body.group, body.kind) for body in bodies(*one)} for one in ((claim, language), (unit, spoken)))
    return not ours & theirs and bool({group for group, _ in ours} & {group for group, _ in theirs})


def _told(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The clauses of a claim, parted where "and" begins another thing; in Thai also what "while" parts."""
    least = _LETTERS[not spaced(language)]
    if language == "th":
        cuts = [0, *(match.start() for match in _WHILE.finditer(text)), len(text)]
        yield from pairwise(sorted(set(cuts)))
    for start, end in clauses(text, language) or [(0, len(text))]:
        at = start
        for cut in (start + joint for joint in joints(text[start:end], language)):
            if min(sum(map(str.isalpha, text[at:cut])), sum(map(str.isalpha, text[cut:end]))) >= least:
                yield at, cut
                at = cut
        yield at, end


_WHILE = re.compile("ส่วน(?!ใหญ่|ร่วม|ตัว|หนึ่ง|แบ่ง|ต่าง|ที่|ของ|ประกอบ)|(?:ใน)?ขณะที่")


@lru_cache(maxsize=256)
def _vectors(source: Evidence, whole: bool, embed: Embed) -> Vectors:
    return embed([unit.bare[:EMBEDDED] or "-" for unit in _units(source, whole)])


@lru_cache(maxsize=256)
def _units(source: Evidence, whole: bool) -> tuple[_Unit, ...]:
    """The first sentences of a text (`COMPARED`), or their clauses."""
    found: list[_Unit] = []
    at = 0
    for line in source.sentences[:COMPARED]:
        at = max(source.text.find(line, at), 0)
        for start, end in [(0, len(line))] if whole else _saying(line, source.language):
            low, high = at + start, at + end
            days = tuple(day for day in source.atoms.days if low <= day.start < high)
            numbers = tuple(number for number in source.atoms.numbers if low <= number.start < high)
            spans = _spans((*days, *numbers), low)
            found.append(_Unit(line[start:end], _without(line[start:end], spans), days, numbers))
    return tuple(found[:_MOST])


def _saying(line: str, language: str) -> list[tuple[int, int]]:
    """The clauses of a sentence; what is too short to say anything belongs to the one before."""
    cuts: list[tuple[int, int]] = []
    for start, end in clauses(line, language) or [(0, len(line))]:
        if cuts and sum(map(str.isalpha, line[start:end])) < _LETTERS[not spaced(language)]:
            cuts[-1] = (cuts[-1][0], end)
        else:
            cuts.append((start, end))
    return cuts


def _spans(found: Sequence[Day | Number], at: int) -> list[tuple[int, int]]:
    return [(one.start - at, one.end - at) for one in found]


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    bare = list(text)
    for start, end in spans:
        bare[max(start, 0) : end] = [""] * (min(end, len(text)) - max(start, 0))
    return " ".join("".join(bare).split()).strip(" ,;:،、，")
