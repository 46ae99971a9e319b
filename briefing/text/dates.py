"""Dates: the days and months that a text names, in every language, calendar and digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from briefing.text import calendars
from briefing.text.data import table
from briefing.text.language import spaced
from briefing.text.numbers import digits
from briefing.text.relative import holds_any, relative_days, weekday_beside

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


def find_dates(text: str, language: str, anchor: date | None = None) -> tuple[DateMention, ...]:
    """Give the dates named in a text, in order, without overlaps; what is ambiguous is left out.

    ``anchor`` is the day of publication: relative words are resolved against it, and a date without a year is given
    the year nearest to it. Times, scores (2-1) and ratios (24/7) are no dates.
    """
    base = language.split("-")[0]
    native = digits(text)
    folded = native.replace("İ", "i").lower()  # of all letters only İ changes its length in lower case
    found: list[DateMention] = []
    taken, days = bytearray(len(text)), bytearray(len(text))
    for mention, weekday in _all(native, folded, base, anchor):
        if any(taken[mention.start : mention.end]):
            continue
        # A weekday beside a date belongs to that date.
        if weekday and any(days[max(0, mention.start - 3) : mention.end + 3]):
            continue
        if anchor and mention.day and not mention.year_known and not mention.relative:
            mention = _last_year(_on_weekday(mention, folded, base, anchor), folded, base, anchor)
        found.append(mention)
        span = b"\1" * (mention.end - mention.start)
        taken[mention.start : mention.end] = span
        if mention.day and not mention.relative:
            days[mention.start : mention.end] = span
    return tuple(sorted(found, key=lambda mention: mention.start))


def _all(native: str, text: str, language: str, anchor: date | None) -> Iterator[tuple[DateMention, bool]]:
    """Every reading, the surest first, and whether it is a weekday."""
    capitals = language in _CAPITALS
    for mention in _worded(text, language, anchor):
        if not capitals or not native[mention.start : mention.end].islower():
            yield mention, False
    if _FIGURES.search(text):
        for mention in _numeric(text, language, anchor):
            yield mention, False
    for mention in _months_alone(text, language, anchor):
        if not capitals or not native[mention.start : mention.end].islower():
            yield mention, False
    if anchor:
        for (start, end), day, weekday in relative_days(text, language, anchor):
            # Vietnamese writes the weekday "thứ Hai" and the ordinal "lần thứ hai".
            if weekday and language == "vi" and native[start + 4].islower() and not _DAY_BEFORE.search(text[:start]):
                continue
            # Indonesian "minggu" is a week, "Minggu" and "hari minggu" a Sunday.
            if (
                weekday
                and language in ("id", "ms")
                and native.startswith("minggu", start)
                and text[:start][-5:] != "hari "
            ):
                continue
            yield DateMention(start, end, day.isoformat(), day.month, day.day, False, "day", True), weekday


_DAY_BEFORE = re.compile(r"(?:hôm|vào|sáng|trưa|chiều|tối|đêm|ngày|từ|đến)\s$")

# Where months have a capital, "may 5" and "in march" without one are other words.
_CAPITALS = frozenset({"en", "de"})


def _on_weekday(mention: DateMention, text: str, language: str, anchor: date) -> DateMention:
    """The same day and month in the year where it falls on the weekday written beside it, where one does."""
    weekday = weekday_beside(text, mention.start, mention.end, language)
    if weekday is None or mention.day is None:
        return mention
    day = calendars.nearest(anchor, mention.month, mention.day, weekday)
    return replace(mention, iso=day.isoformat()) if day else mention


def _last_year(mention: DateMention, text: str, language: str, anchor: date) -> DateMention:
    """The same day and month of the year before the anchor's, where the text says so right behind it."""
    said = table("relative")["last_year"].get(language)
    if not said or not re.match(rf"\s?(?:{said})", text[mention.end : mention.end + 30]):
        return mention
    day = calendars.day_of(anchor.year - 1, mention.month, mention.day or 0)
    return replace(mention, iso=day.isoformat()) if day else mention


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
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
        1,
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
    said = r",?\s?(?:de\s|del\s|năm\s|พ\.ศ\.\s?|ค\.ศ\.\s?|ปี\s?|سال\s|عام\s|of\s|,)?"
    short = r"(?<=[.\s])(?<!\d\s)\d{2}(?=\D|$)(?!\s?[:%])|'\d\d"
    year = rf"(?:{said}(?P<year>\d{{4}}|{short})(?!\d)(?!\s?%))?"
    loose = rf"(?:{said}(?P<year>\d{{4}})(?!\d))"
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
    shapes.append(re.compile(rf"{edge}(?<!\d )(?<!\d. ){month}\s?{loose}"))
    return tuple(shapes)


_VI = re.compile(
    r"(?:ngày\s|mùng\s|hôm\s|mồng\s)?(?<![\d/.,-])(?P<day>\d{1,2})(?:\s?[-–]\s?\d{1,2})?\s(?:tháng|thg)\s"
    r"(?P<month>\d{1,2}|giêng|chạp|tư)(?!\d|/\d{1,2}/)(?:(?:\snăm\s|/|,\s|\s)(?P<year>\d{4}))?"
    r"|(?<!\w)tháng\s"
    r"(?P<month2>\d{1,2}|giêng|chạp|tư|mười một|mười hai|mười|một|hai|ba|năm|sáu|bảy|tám|chín)(?!\w|\s?%)"
    r"(?:(?:\snăm\s|/|-|\s)(?P<year2>\d{4}))?"
)
_VI_NAMES = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "chạp": 12,
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
    if not holds_any(text, months, language):
        return
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
        number = int(month) if month.isdigit() else _VI_NAMES[month]
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
    for match in _HIJRI_FIGURES.finditer(text):
        numbers = (int(number) for number in match.groups("") if number.isdigit())
        one, month, other = numbers
        exact = calendars.gregorian_of_hijri(max(one, other), month, min(one, other))
        if exact:
            yield DateMention(*match.span(), exact.isoformat(), exact.month, exact.day, True, "day")


_HIJRI_FIGURES = re.compile(
    r"(?<![\d./-])(?:(1[34]\d\d)([/.-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([/-])(\d{1,2})\6(1[34]\d\d))(?![\d/-])(?![.]\d)"
)

# ---------------------------------------------------------------- in figures

_FIGURES = re.compile(r"\d[./-]\d")
_ISO = re.compile(
    r"(?<![a-z\d_.-])(?P<year>(?:1[5-9]|2[01])\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d-])"
)
_FULL = re.compile(
    # A whole date with slashes is one even where a letter is glued to it: Tế24/10/2024.
    r"(?:(?<![\w.,/-])|(?<=[^\W\d_])(?=\d{1,2}/\d{1,2}/\d{4}))(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)"
    r"(?P<year>\d{4}(?![\d/-])|\d{2}(?![\w/-]))(?!\.\d)"
)
_SHORT = re.compile(r"(?<![\w.,/:-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/%.,]?\d)(?![/%])")
_DOTTED = frozenset({"de", "ru", "uk", "pl", "cs", "sk", "fi", "no", "tr"})  # where "am 24.10." is a day
_DOTTED_SHORT = re.compile(
    r"(?<!\w)(?:am|vom|zum|bis|ab|den|с|до|от|від|od|do|dnia) (?P<a>\d{1,2})\.(?P<b>0?[1-9]|1[0-2])\.?(?![\d%])(?!\s?%)"
)
_MONTH_YEAR = re.compile(r"(?<![\w.,/-])(?P<month>\d{1,2})/(?P<year>(?:19|2[015])\d\d)(?![\w/])")
_DAY_FIRST = frozenset((
    "vi", "th", "fr", "es", "it", "pt", "de", "pl", "ru", "uk", "tr", "id", "nl", "ro", "cs", "sk", "hr", "bg",
    "el", "he", "ar", "da", "no", "fi", "sv", "ms", "hi",
))  # fmt: skip
_SLASHED = frozenset(["vi"])  # where news writes a day as 24/10, without more ado
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
    if language in _DOTTED:
        for match in _DOTTED_SHORT.finditer(text):
            mention = _mention(match, None, int(match["b"]), int(match["a"]), anchor)
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


# ---------------------------------------------------------------- a month alone


@cache
def _month_alone(language: str) -> re.Pattern[str] | None:
    before = table("relative")["in_month"].get(language)
    months = [name for name in _months(language) if len(name) > 3 or not name.isascii()]
    if before is None or not months:
        return None
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    data = table("relative")
    last, coming = data["last"].get(language, "(?!)"), data["next"].get(language, "(?!)")
    if not spaced(language):
        return re.compile(rf"(?:{before})(?P<month>{names})(?:(?P<past>{last})|(?P<come>{coming}))?(?!\.?\s?\d)")
    lead = rf"(?<!\w)(?:{before})[ -](?:(?P<last>{last}) |(?P<next>{coming}) )?" if before else r"(?<!\w)"
    return re.compile(
        rf"{lead}(?P<month>{names})(?!\w)(?: (?:(?P<past>{last})|(?P<come>{coming}))(?!\w))?(?![.]?\s?\d)"
    )


def _months_alone(text: str, language: str, anchor: date | None) -> Iterator[DateMention]:
    """Months without day or year: "in October"; "last" and "next" beside one decide on the year."""
    pattern = _month_alone(language) if holds_any(text, _months(language), language) else None
    for match in pattern.finditer(text) if pattern else ():
        groups = match.groupdict()
        month = _months(language)[match["month"]]
        mention = _mention(match, None, month, None, anchor)
        if mention is None:
            continue
        if anchor and (groups.get("last") or groups.get("past")):
            mention = replace(mention, iso=f"{anchor.year - (month >= anchor.month):04d}-{month:02d}")
        elif anchor and (groups.get("next") or groups.get("come")):
            mention = replace(mention, iso=f"{anchor.year + (month <= anchor.month):04d}-{month:02d}")
        yield mention
