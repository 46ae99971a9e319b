"""Dates: the days and months that a text names, in every language, calendar and digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from briefing.text import calendars
from briefing.text.data import table
from briefing.text.numbers import digits

Precision = Literal["day", "month"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day or month named at ``text[start:end]``.

    ``iso`` is ISO 8601 (``2024-06-19``, or ``2024-06`` for a month), or None where the year is not known; ``day`` is None
    for a month. ``year_known`` is False where the year was taken from the anchor, or is missing. ``relative`` marks
    "yesterday" and weekdays, which mean nothing without the anchor.
    """

    start: int
    end: int
    iso: str | None
    month: int
    day: int | None
    year_known: bool
    precision: Precision
    relative: bool = False


def find_dates(text: str, language: str, anchor: date | None = None) -> tuple[DateMention, ...]:
    """Give the dates named in a text, in order, without overlaps; what is ambiguous is left out.

    ``anchor`` is the day of publication: relative words are resolved against it, and a date without a year is given
    the year nearest to it. Times, scores (2-1) and ratios (24/7) are no dates.
    """
    base = language.split("-")[0]
    folded = digits(text).casefold() if len(text.casefold()) == len(text) else digits(text).lower()
    if len(folded) != len(text):
        folded = digits(text)
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for mention in _all(folded, base, anchor):
        if not any(taken[mention.start : mention.end]):
            found.append(mention)
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _all(text: str, language: str, anchor: date | None) -> Iterator[DateMention]:
    yield from _worded(text, language, anchor)
    yield from _numeric(text, language, anchor)
    if anchor:
        yield from _relative(text, language, anchor)


def _mention(
    match: re.Match[str], year: int | None, month: int, day: int | None, anchor: date | None
) -> DateMention | None:
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


# ---------------------------------------------------------------- with a month's name

_YEAR = r"(?P<year>\d{4})"
_HIJRI = {
    name: number
    for number, names in enumerate(
        "فروردین;اردیبهشت;خرداد;تیر;مرداد|امرداد;شهریور;مهر;آبان;آذر;دی;بهمن;اسفند".split(";"), 1
    )
    for name in names.split("|")
}


@cache
def _months(language: str) -> dict[str, int]:
    own = dict(table("calendar").get(language, {}).get("months", {}))
    own.update(table("months").get(language, {}))
    return own


@cache
def _shapes(language: str) -> tuple[re.Pattern[str], ...]:
    months = _months(language)
    if language in ("zh", "ja", "ko"):
        return ()
    if not months:
        return ()
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    edge = "" if language in ("th", "lo", "km", "my") else r"(?<![\w])"
    close = "" if language in ("th", "lo", "km", "my") else r"(?![\w])"
    month = rf"(?P<month>{names})\.?{close}"
    day = (
        r"(?<![\d.,/])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?(?:\s?(?:-|–|—|и|and|và|et|y|e|und|و)\s?\d{1,2}\.?)?"
    )
    link = r"(?:\s?(?:de|of|d'|di|tháng|ماه)\s|\s|-|)"
    year = rf"(?:,?\s?(?:de\s|del\s|năm\s|พ\.ศ\.\s?|ค\.ศ\.\s?|ปี\s?|سال\s|عام\s|of\s|,)?(?P<year>\d{{4}}|(?<=[.\s])(?<!\d\s)\d{{2}}(?=\D|$)(?!\s?[:%])|'\d\d)(?!\d)(?!\s?%))?"
    loose = rf"(?:,?\s?(?:de\s|del\s|năm\s|พ\.ศ\.\s?|ค\.ศ\.\s?|ปี\s?|سال\s|عام\s|of\s)?(?P<year>\d{{4}})(?!\d))"
    shapes = [
        re.compile(
            edge.replace("\\w", "\\d")
            + day
            + link
            + edge.replace("(?<![\\w])", "")
            + month
            + (year if language == "th" else loose + "?")
        )
    ]
    if language in ("en", "fil", "hi", "hu", "lt", "lv", "sw"):
        shapes.append(
            re.compile(
                rf"{edge}{month}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/%])(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s?(?P<year>\d{{4}})(?!\d))?"
            )
        )
    shapes.append(re.compile(rf"{edge}{month}\s?{loose}"))
    return tuple(shapes)


_VI = re.compile(
    r"(?:ngày\s|mùng\s|hôm\s|mồng\s)?(?<![\d/.,-])(?P<day>\d{1,2})(?:\s?[-–]\s?\d{1,2})?\s(?:tháng|thg)\s(?P<month>\d{1,2}|giêng|chạp|tư)(?!\d|/\d{1,2}/)(?:(?:\snăm\s|/|,\s|\s)(?P<year>\d{4}))?"
    r"|(?<!\w)tháng\s(?P<month2>\d{1,2}|giêng|chạp|tư|mười một|mười hai|mười|một|hai|ba|năm|sáu|bảy|tám|chín)(?!\w|\s?%)(?:(?:\snăm\s|/|-|\s)(?P<year2>\d{4}))?"
)
_VI_NAMES = {name: n for n, name in enumerate("một hai ba tư năm sáu bảy tám chín mười mười_một mười_hai".split(), 1)} | {
    "giêng": 1, "chạp": 12,
}  # fmt: skip
_CJK = re.compile(
    r"(?:(?:(?P<era>令和|平成|昭和|民國|民国)\s?(?P<eray>\d{1,3}|元)|(?P<year>\d{4})|(?P<near>今|去|昨|明|来|前|同|올해|지난해|작년|내년))\s?(?:年|년)?\s?)?"
    r"(?<![\d.])(?P<month>\d{1,2})\s?(?:月|월)(?!\s?(?:份?间|間|간))(?:\s?(?P<day>\d{1,2})\s?(?:日|号|號|일))?"
)
_HIJRI_SHAPE = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})\s?)?(?<!\w)(?P<month>"
    + "|".join(sorted(_HIJRI, key=len, reverse=True))
    + r")(?!\w)\s?(?:ماه\s?)?(?:سال\s?)?(?P<year>1[34]\d\d)?(?!\d)"
)


def _worded(text: str, language: str, anchor: date | None) -> Iterator[DateMention]:
    if language == "vi":
        yield from _vietnamese(text, anchor)
    if language in ("zh", "ja", "ko", "yue"):
        yield from _east_asian(text, anchor)
    if language == "fa":
        yield from _persian(text)
    months = _months(language)
    for shape in _shapes(language):
        for match in shape.finditer(text):
            groups = match.groupdict()
            year = groups.get("year")
            said = calendars.common_year(int(year.strip("'")), language, len(year.strip("'"))) if year else None
            if year and said is None:
                continue
            day = int(groups["day"]) if groups.get("day") else None
            mention = _mention(match, said, months[match["month"].rstrip(".")], day, anchor)
            if mention:
                yield mention


def _vietnamese(text: str, anchor: date | None) -> Iterator[DateMention]:
    for match in _VI.finditer(text):
        month, year = match["month"] or match["month2"], match["year"] or match["year2"]
        number = int(month) if month.isdigit() else _VI_NAMES[month.replace(" ", "_")]
        mention = _mention(
            match, int(year) if year else None, number, int(match["day"]) if match["day"] else None, anchor
        )
        if mention:
            yield mention


_NEAR = {"今": 0, "去": -1, "昨": -1, "明": 1, "来": 1, "올해": 0, "지난해": -1, "작년": -1, "내년": 1}


def _east_asian(text: str, anchor: date | None) -> Iterator[DateMention]:
    for match in _CJK.finditer(text):
        year: int | None = None
        if match["year"]:
            year = int(match["year"])
        elif match["era"]:
            year = calendars.era_year(match["era"], 1 if match["eray"] == "元" else int(match["eray"]))
        elif match["near"] in _NEAR and anchor:
            year = anchor.year + _NEAR[match["near"]]
        mention = _mention(match, year, int(match["month"]), int(match["day"]) if match["day"] else None, anchor)
        if mention:
            yield mention


def _persian(text: str) -> Iterator[DateMention]:
    for match in _HIJRI_SHAPE.finditer(text):
        if match["day"] and match["year"]:
            exact = calendars.gregorian_of_hijri(int(match["year"]), _HIJRI[match["month"]], int(match["day"]))
            if exact:
                yield DateMention(*match.span(), exact.isoformat(), exact.month, exact.day, True, "day")


# ---------------------------------------------------------------- in figures

_ISO = re.compile(
    r"(?<![\w.-])(?P<year>(?:1[5-9]|2[01])\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d-])"
)
_FULL = re.compile(
    r"(?<![\w.,/-])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\w/-])(?!\.\d)"
)
_SHORT = re.compile(r"(?<![\w.,/:-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/%.,]?\d)(?![/%])")
_MONTH_YEAR = re.compile(r"(?<![\w.,/-])(?P<month>\d{1,2})/(?P<year>(?:19|2[015])\d\d)(?![\w/])")
_DAY_FIRST = frozenset("vi th fr es it pt de pl ru uk tr id nl ro cs sk hr bg el he ar da no fi sv ms hi".split())
_SLASHED = frozenset("vi".split())  # where news writes a day as 24/10, without more ado
_CUED = re.compile(r"(?:ngày|hôm|sáng|chiều|tối|đêm|วันที่|le|el|il|dia|día|tanggal|tgl|am|on|dal|al|du|au)\s?\(?$|\($")


def _numeric(text: str, language: str, anchor: date | None) -> Iterator[DateMention]:
    for match in _ISO.finditer(text):
        mention = _mention(match, int(match["year"]), int(match["month"]), int(match["day"]), anchor)
        if mention:
            yield mention
    month_first = _month_first(text, language)
    for match in _FULL.finditer(text):
        a, b = int(match["a"]), int(match["b"])
        year = calendars.common_year(int(match["year"]), language, len(match["year"]))
        if year is None or (len(match["year"]) == 2 and match["mark"] == "-"):
            continue
        order = (b > 12 or bool(month_first)) if (month_first is not None or b > 12 or a > 12) and a <= 12 else False
        if month_first is None and a <= 12 and b <= 12 and a != b and language not in _DAY_FIRST:
            continue
        day, month = (b, a) if order else (a, b)
        mention = _mention(match, year, month, day, anchor)
        if mention:
            yield mention
    for match in _SHORT.finditer(text):
        a, b = int(match["a"]), int(match["b"])
        if language not in _DAY_FIRST or not (1 <= b <= 12) or (a, b) == (24, 7):
            continue
        if language not in _SLASHED and not _CUED.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        mention = _mention(match, None, b, a, anchor)
        if mention:
            yield mention
    for match in _MONTH_YEAR.finditer(text):
        year = calendars.common_year(int(match["year"]), language, 4)
        mention = _mention(match, year, int(match["month"]), None, anchor) if year else None
        if mention:
            yield mention


def _month_first(text: str, language: str) -> bool | None:
    """Whether this text writes the month first: by its unambiguous dates, else by language, else unknown."""
    if language in _DAY_FIRST:
        return False
    seen = {int(match["b"]) > 12 for match in _FULL.finditer(text) if max(int(match["a"]), int(match["b"])) > 12}
    return seen.pop() if len(seen) == 1 else None


# ---------------------------------------------------------------- relative


@cache
def _relatives(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    offsets = table("relative")["days"].get(language)
    if not offsets:
        return None
    names = "|".join(re.escape(name) for name in sorted(offsets, key=len, reverse=True))
    if language in ("th", "zh", "ja", "ko", "lo", "km", "my"):
        return re.compile(names), offsets
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)"), offsets


def _relative(text: str, language: str, anchor: date) -> Iterator[DateMention]:
    known = _relatives(language)
    if known:
        for match in known[0].finditer(text):
            day = anchor + timedelta(days=known[1][match[0]])
            yield DateMention(*match.span(), day.isoformat(), day.month, day.day, False, "day", True)
