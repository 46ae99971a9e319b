"""Small figures told across languages: spans of time ("five days") and scores ("2-1"), which every language counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.figures import Number
from briefing.text.language import spaced
from briefing.text.numbers import digits

_UNITS = ("minute", "hour", "day", "week", "month", "year")
_FORMS = (1, 2, 3, 5, 11, 21)  # figures that between them take every plural form of CLDR's languages
_BESIDE_CLDR = {
    ("ko", "month"): ("달",),
    ("zh", "day"): ("日",),
    ("zh", "hour"): ("个小时", "小時", "個小時"),
    ("zh", "week"): ("週", "星期", "个星期"),
    ("zh", "month"): ("個月",),
    ("ja", "month"): ("カ月", "ヶ月", "ヵ月", "箇月"),
    ("vi", "hour"): ("tiếng",),
    ("fa", "month"): ("ماه",),
}  # fmt: skip
_BETWEEN = r"[\s\u00a0-]{0,2}(?:[^\W\d_]{1,9}[\s-]){0,1}"  # "five full days", "five-day"


@cache
def _units(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The names of spans of time in a language, in every form that CLDR counts them with."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    found = []
    for unit in _UNITS:
        key = f"duration-{unit}"
        forms = {
            _bare(written)
            for length in ("long", "short")
            for count in _FORMS
            if key not in (written := format_unit(count, key, length, locale=locale))
        }
        forms.update(_BESIDE_CLDR.get((language, unit), ()))
        joined = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True) if form not in "dhj")
        tail = r"\w{0,2}(?!\w)" if spaced(language) and language != "ko" else ""  # acht Tagen
        found.append((unit, re.compile(f"{_BETWEEN}(?:{joined}){tail}", re.IGNORECASE)))
    return tuple(found)


def _bare(formatted: str) -> str:
    return re.sub(r"\d", "", digits(formatted)).strip()


def unit_of(text: str, language: str, end: int) -> str | None:
    """Give the unit of time that stands behind a figure that ends at ``end``."""
    return next((unit for unit, pattern in _units(language) if pattern.match(text, end)), None)


def spans_of(source: Evidence, unit: str) -> list[float]:
    """Give the figures that count a unit of time (minute, hour, day, week, month, year) in a text."""
    numbers = source.atoms.numbers
    return [number.value for number in numbers if unit_of(source.text, source.language, number.end) == unit]


# How many of each unit are one of the next that is told of the same span.
_IN_NEXT = {("minute", "hour"): 60, ("hour", "day"): 24, ("day", "week"): 7, ("month", "year"): 12}


def counted_in_others(number: Number, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source has a claim's span of time in another unit, 48 hours for two days, or the year it began in.

    ``text`` is the claim's. "25 years" is borne out by a year that many years before the publication.
    """
    unit = unit_of(text, language, number.end)
    if unit is None:
        return False
    for source in sources:
        for (less, more), times in _IN_NEXT.items():
            if unit == less and any(value * times == number.value for value in spans_of(source, more)):
                return True
            if unit == more and any(value == number.value * times for value in spans_of(source, less)):
                return True
        if unit == "year" and source.passage.day:
            began = source.passage.day.year - number.value
            years = {day.year for day in source.atoms.days} | {other.value for other in source.atoms.numbers}
            if number.value > 1 and began in years:
                return True
    return False


_SMALL = 12  # above which a figure is looked for as it is
_SCORE = re.compile(
    r"(?<![\d.,:/–-])(\d{1,2})(?:\s?[-–—]\s?(?=\d{1,2}(?!\d))|\s?:\s?(?=\d(?!\d)))(\d{1,2})(?![.,:/–-]?\d|\s?(?:%|[ap]\.?m))"
)


def _scores(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    for match in _SCORE.finditer(digits(text)):
        yield match.start(), match.end(), frozenset((match[1], match[2]))


def counted_otherwise(number: Number, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether sources count the same unit of time, or give a score, and never with a claim's small figure.

    ``text`` is the claim's. A source that names no figure with the unit says nothing of it.
    """
    score = next((pair for start, end, pair in _scores(text) if start <= number.start < end), None)
    if score is not None:
        told = [pair for source in sources for _, _, pair in _scores(source.text)]
        return bool(told) and score not in told
    unit = unit_of(text, language, number.end) if number.value <= _SMALL else None
    if unit is None or any(other.value == number.value for source in sources for other in source.atoms.numbers):
        return False
    return any(
        unit_of(source.text, source.language, other.end) == unit for source in sources for other in source.atoms.numbers
    )
