"""When something is told to be, other than by a date: next month, early in October, every Wednesday."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from briefing.grounding.dates.days import Day, lowered, weekday_names
from briefing.grounding.dates.durations import spans_of
from briefing.grounding.evidence import Evidence
from briefing.grounding.tables import data
from briefing.text.language import spaced

_SPANS = ("week", "month", "year")
# The days of a month that its beginning, its middle and its end may be, generously.
_PARTS = {"early": range(1, 13), "mid": range(8, 24), "late": range(18, 32)}
_BESIDE = 20  # characters before the name of a month in which its part is said


def mistimed(text: str, language: str, days: Sequence[Day], sources: Sequence[Evidence]) -> Iterator[str]:
    """Give what a claim says of the time where the cited texts say only another: last month for next month.

    Asked are the last and the next week, month and year, parts of a month (``days`` are the claim's) and weekdays on
    which something is again and again. A text that says nothing of the kind speaks against nothing.
    """
    told = [(way, source) for source in sources for way in ways(source.text, source.language)]
    for span, side, written in ways(text, language):
        known = {other[1] for other, _ in told if other[0] == span}
        if known and side not in known and not any(_dated(span, side, source) for source in sources):
            yield written
    for day in days:
        if day.month and day.day is None:
            part = _part(text, language, day)
            if part and not _in_part(day.month, part, sources):
                yield text[day.start : day.end]
    repeated = _repeated(sources)
    for weekday, start, end in _every(text, language):
        if repeated and weekday not in repeated:
            yield text[start:end]


def again(day: Day, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a day of a claim is a weekday on which something is again and again, as the cited texts have one, too."""
    weekly = any(start < day.end and day.start < end for _, start, end in _every(text, language))
    return weekly and bool(_repeated(sources))


@lru_cache(maxsize=512)
def ways(text: str, language: str) -> tuple[tuple[str, int, str], ...]:
    """Give the last (0) and next (1) weeks, months and years that a text names, as they are written."""
    row, folded = data("timing").get(language, {}), lowered(text)
    return tuple(
        (span, side, match[0])
        for span in _SPANS
        for side, listed in enumerate(row.get(span, ()))
        for match in _pattern(listed, language).finditer(folded)
        if not folded[: match.start()].rstrip()[-1:].isdigit()  # "60 years later"
    )


def _dated(span: str, side: int, source: Evidence) -> bool:
    """Whether a text names a date that may be in the last or next week, month or year."""
    published = source.passage.day
    if published is None:
        return False
    way = 1 if side else -1
    if span == "year":
        near = {published.year + way}
        return any(day.year in near for day in source.atoms.days) or any(n.value in near for n in source.atoms.numbers)
    months = {(published.month - 1 + way * n) % 12 + 1 for n in ((0, 1) if span == "week" else (1,))}
    return any(day.month in months for day in source.atoms.days)


@cache
def _pattern(listed: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed})" if spaced(language) and language != "ko" else listed)


def months_beside(source: Evidence) -> set[int]:
    """Give the months that a text names as the last or the next one."""
    published = source.passage.day
    if published is None:
        return set()
    sides = {side for span, side, _ in ways(source.text, source.language) if span == "month"}
    return {(published.month - 1 + (1 if side else -1)) % 12 + 1 for side in sides}


def years_beside(source: Evidence) -> set[int]:
    """Give the years that a text names as the last or the next one."""
    published = source.passage.day
    if published is None:
        return set()
    sides = {side for span, side, _ in ways(source.text, source.language) if span == "year"}
    return {published.year + (1 if side else -1) for side in sides}


def days_beside(source: Evidence) -> set[date]:
    """Give the days that a text reckons from another one: overnight, the next day, three days ago."""
    published, row = source.passage.day, data("timing").get(source.language, {})
    if published is None:
        return set()
    folded, found = lowered(source.text), set()
    named = {date(day.year, day.month, day.day) for day in source.atoms.days if day.year and day.month and day.day}
    named |= {other for day in source.atoms.days if not day.bare for other in day.others} | {published}
    for way, said in ((-1, "before"), (1, "after")):
        if said in row and _pattern(row[said], source.language).search(folded):
            found |= {day + timedelta(days=way) for day in named}
    counted = {int(n) for n in spans_of(source, "day") if 1 < n < _COUNTED}
    return found | {published + timedelta(days=way * n) for n in counted for way in (-1, 1)}


_COUNTED = 100  # days from which on nobody counts them from the day of publication


# ---------------------------------------------------------------- parts of a month


def _part(text: str, language: str, day: Day) -> str | None:
    """The part of a month that is said right before its name."""
    row, said = data("timing").get(language, {}), lowered(text[max(0, day.start - _BESIDE) : day.end])
    for part in _PARTS:
        if part in row and re.search(rf"(?:{row[part]})(?:\w{{1,6}}\s)?\S+(?:\s\d+)?$", said):
            return part
    return None


def _in_part(month: int, part: str, sources: Sequence[Evidence]) -> bool:
    """Whether the cited texts may tell of that part of a month: each of its dates is another, or each part said."""
    asked = False
    for source in sources:
        for day in (*source.atoms.days, *_published(source.passage.day)):
            if day.month != month:
                continue
            said = _part(source.text, source.language, day) if day.day is None and day.end else None
            if (day.day is None and said in (None, part)) or (day.day is not None and day.day in _PARTS[part]):
                return True
            asked = True
    return not asked


def _published(day: date | None) -> tuple[Day, ...]:
    return (Day(0, 0, day.year, day.month, day.day),) if day else ()


# ---------------------------------------------------------------- again and again


def _repeated(sources: Sequence[Evidence]) -> set[int]:
    return {weekday for source in sources for weekday, _, _ in _every(source.text, source.language)}


def _every(text: str, language: str) -> Iterator[tuple[int, int, int]]:
    """The weekdays on which something is told to be again and again, and where they stand."""
    listed, folded = data("timing").get(language, {}).get("every"), lowered(text)
    if listed is None:
        return
    whole = [one for one in listed.split("|") if "%" in one]
    before = re.compile("(?:" + "|".join(one for one in listed.split("|") if "%" not in one) + ")$")
    for start, end, weekday in weekday_names(text, language):
        name = folded[start:end]
        if before.search(folded[:start]) or any(
            re.match(one.replace("%", re.escape(name.removesuffix("s"))), folded[start:]) for one in whole
        ):
            yield weekday, start, end
