"""Years: those that a text gives something as its time, without a month or a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.text import calendars
from briefing.text.data import table
from briefing.text.language import spaced
from briefing.text.numbers import digits
from briefing.text.windows import around_matches, matches_in

Named = tuple[int, int, int]
_FOUR = re.compile(r"[12][0-9]{3}")
_MARGIN = 24  # characters on either side of a year that say what it is


def find_years(text: str, language: str) -> Iterator[Named]:
    """Give (start, end, year) of the years in which something is said to be, in order: "in 2019", "năm 2019", "2019年".

    ``text[start:end]`` is the year's figures. A year that begins or ends a span ("since 2019", "2019–2021"), counts
    something, or stands beside a month is left out; Buddhist years are given in the common era. Nothing is given for a
    language without a table.
    """
    base = language.split("-")[0]
    pattern = _pattern(base)
    if pattern is None:
        return
    folded = digits(text).replace("İ", "i").lower()
    for match in matches_in(folded, pattern, around_matches(folded, _FOUR, _MARGIN)):
        year = calendars.common_year(int(match["year"]), base, 4)
        if year is not None:
            yield match.start("year"), match.end("year"), year


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    row = table("years").get(language)
    if row is None:
        return None
    before, after = row
    edge = r"(?<!\w)" if spaced(language) else ""
    free = r"(?<![\d.,$€£¥])" if before else r"(?<![\d.,$€£¥–-])"
    close = rf"(?:{after})" if after else r"(?![\d%])"
    return re.compile(
        rf"{edge}(?:{before}){free}(?P<year>[12]\d{{3}}){close}(?![.,:/]\d|\s?[-–—/]\s?\d|\s?(?:%|[$€£¥]))"
    )
