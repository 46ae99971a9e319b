"""Spans of time in any unit and in words, a fortnight, 일주일, يومين; and those that the texts tell otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from briefing.grounding.alignment import told_in_meaning, told_in_words
from briefing.grounding.atoms import atoms
from briefing.grounding.dates.durations import unit_of
from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.figures import clear
from briefing.grounding.numbers.spelt import figures_in_words, han_value
from briefing.grounding.tables import data
from briefing.ports import Embed
from briefing.text.language import spaced
from briefing.text.modality import clauses

_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 43_830, "year": 525_960}
_ALIKE = 0.15  # by how much spans in two units may differ that are told of the same: 8 days and a week
_FEW = 2  # up to which figures are so frequent that only what tells the same thing is asked
_TIMES = 30  # how many times as long a span may be that is told in another's place
_SURE = 0.6  # the share of a clause's words that a sentence telling the same holds
_NEAR = 0.005  # what a sentence of another language may be farther than the nearest
_HAN = re.compile(
    r"(?<![一二三四五六七八九十百千万第])([一二两兩三四五六七八九十]{1,3})"
    r"(?=[个個]?(?:週|周|星期|礼拜|年(?!代)|か月|カ月|ヶ月|ヵ月|[个個]月|小时|小時|時間|分(?:钟|鐘|間)|天|日間))"
)


@dataclass(frozen=True, slots=True)
class Span:
    """So many of a unit of time, and where it stands in its text."""

    start: int
    end: int
    value: float
    unit: str

    @property
    def minutes(self) -> float:
        """Its length."""
        return self.value * _MINUTES[self.unit]

    def same(self, other: Span) -> bool:
        """Whether two spans may be told of the same: exactly in one unit, roughly in two."""
        if self.unit == other.unit:
            return self.value == other.value
        return abs(self.minutes - other.minutes) <= _ALIKE * max(self.minutes, other.minutes)


@lru_cache(maxsize=4096)
def spans(text: str, language: str) -> tuple[Span, ...]:
    """Give the spans of time of a text in digits and in words, in order; a year's number and an age are none."""
    dated = [(day.start, day.end) for day in atoms(text, language, _ANY_DAY).days]
    figures = {(n.start, n.end): n.value for n in atoms(text, language).numbers if n.kind == ""}
    figures |= {(start, end): value for start, end, value in figures_in_words(text, language)}
    figures |= {match.span(): value for value, word in _doubtful(language) for match in word.finditer(text)}
    if not spaced(language):
        figures |= {match.span(1): han_value(match[1]) for match in _HAN.finditer(text)}
    found = [
        Span(start, end, value, unit)
        for (start, end), value in figures.items()
        if value < _YEARS and clear(start, end, dated) and (unit := unit_of(text, language, end))
        if not (_NO_SPAN.match(text, end) or _NO_SPAN_BEFORE.search(text, 0, start))
    ]
    for value, unit, pattern in _whole(language):
        found += [Span(*match.span(), value, unit) for match in pattern.finditer(text)]
    starts = {span.start for span in found}
    alone = (span for span in found if span.end + 1 not in starts)  # not the "a" of "a two-hour rally"
    return tuple(sorted(set(alone), key=lambda span: span.start))


_ANY_DAY = date(2000, 1, 15)  # against which 14일 is a day of some month
_YEARS = 1000  # from which on a figure before "year" is a year's number
# Ages, ranks ("the 86th minute") and a currency that looks like a month.
_NO_SPAN = re.compile(
    r"[\s-]{0,2}(?:year-old|years? old|años de edad|岁|歲|歳|才|세(?!기)|살|tuổi|jährig"
    r"|лет(?=\w)|letni|달러|ans(?= et|,| \())"
    r"|\s?سال سن|\s?ساله|\s?(?:giờ|tiếng)(?=\s(?:sáng|trưa|chiều|tối|đêm|rạng|ngày|\d|kém|rưỡi (?:sáng|chiều|tối)))"
    r"|(?:st|nd|rd|th|e|è|º|ª|[.]|-?[йя])[ -]",
    re.IGNORECASE,
)
_NO_SPAN_BEFORE = re.compile(
    r"(?:第|วัย|อายุ|ที่|aged?|age of|usia|возрасте|віці|wieku|edad de|età di|idade de|\bâgée? de|سن|lúc|thứ|ke-)\s?$"
)


@cache
def _doubtful(language: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    """The figures that are other words, too, which a unit of time behind them makes plain: neuf jours, năm ngày."""
    listed = data("numerals").get(language, {}).get("before a multiplier", {})
    return tuple((float(value), re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for value, words in listed.items())


@cache
def _whole(language: str) -> tuple[tuple[float, str, re.Pattern[str]], ...]:
    """The spans that a language says in one word."""
    edge = r"(?<!\w)" if spaced(language) else ""
    return tuple(
        (float(value), unit, re.compile(f"{edge}(?:{words})", re.IGNORECASE))
        for unit, row in data("lasting").get(language, {}).items()
        for value, words in row.items()
    )


def lasting(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> Iterator[str]:
    """Give the spans of time of a claim that no cited text has, in any unit, where one has its figure in another unit.

    Three weeks for three days; or where what tells the same thing counts another span: two years for nine months.
    """
    told = [other for source in sources for other in spans(source.text, source.language)]
    for span in spans(text, language) if told else ():
        if any(span.same(other) for other in told) or _between(span, text, language, sources):
            continue
        elsewhere = [other for other in told if other.value == span.value and other.unit != span.unit]
        if (elsewhere and span.value > _FEW) or _told_otherwise(span, text, language, sources, embed):
            yield text[span.start : span.end]


def _between(span: Span, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a span lies between two dates of a claim and its texts: nine days from the 4th to the 13th."""
    published = [source.passage.day for source in sources if source.passage.day]
    days = [*atoms(text, language, max(published, default=None)).days, *(d for s in sources for d in s.atoms.days)]
    dates = {date(day.year, day.month, day.day) for day in days if day.year and day.month and day.day and not day.bare}
    dates |= {*published}
    apart = (1440 * abs((one - other).days) for one in dates for other in dates if one > other)
    return any(abs(span.minutes - length) <= (_ALIKE * length if span.unit != "day" else 0) for length in apart)


def _told_otherwise(span: Span, text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> bool:
    """Whether every sentence that tells what the clause of a span tells counts time, so otherwise, on a like scale."""
    start, end = next(((a, b) for a, b in clauses(text, language) if a <= span.start < b), (0, len(text)))
    near = told_in_words(text[start:end], language, sources, least=_SURE)
    near += told_in_meaning(text[start:end], language, sources, embed, _NEAR) if embed else []
    return bool(near) and all(
        any(
            1 / _TIMES <= span.minutes / other.minutes <= _TIMES
            for other in spans(one.text, one.language)
            if other.value
        )
        for one in near
    )
