"""One date that a text names, with the precision and the certainty that it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefing.text import calendars

Precision = Literal["day", "month"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day or month named at ``text[start:end]``.

    ``iso`` is ISO 8601 (``2024-06-19``, or ``2024-06`` for a month), or None where the year is not known; ``day`` is
    None for a month. ``year_known`` is False where the year was taken from the anchor, or is missing. ``relative``
    marks "yesterday" and weekdays, which mean nothing without the anchor.
    """

    start: int
    end: int
    iso: str | None
    month: int
    day: int | None
    year_known: bool
    precision: Precision
    relative: bool = False


def mention_at(
    match: re.Match[str], year: int | None, month: int, day: int | None, anchor: date | None
) -> DateMention | None:
    """Give what a match names: a year is taken as it is, else from the anchor; None for a day that does not exist."""
    start, end = match.span()
    if not 1 <= month <= 12:
        return None
    if day is None:
        if year is not None:
            return DateMention(start, end, f"{year:04d}-{month:02d}", month, None, True, "month")
        if anchor is None:
            return DateMention(start, end, None, month, None, False, "month")
        near = min(
            (date(anchor.year + step, month, 15) for step in (-1, 0, 1)), key=lambda middle: abs(middle - anchor)
        )
        return DateMention(start, end, f"{near.year:04d}-{month:02d}", month, None, False, "month")
    if year is not None:
        exact = calendars.day_of(year, month, day)
        return DateMention(start, end, exact.isoformat(), month, day, True, "day") if exact else None
    if calendars.day_of(2024, month, day) is None:
        return None
    near_day = calendars.nearest(anchor, month, day) if anchor else None
    return DateMention(start, end, near_day.isoformat() if near_day else None, month, day, False, "day")
