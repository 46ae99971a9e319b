"""Dates as Vietnamese, Chinese, Japanese, Korean and Persian write them: numbered months, eras, solar Hijri days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from briefing.text import calendars
from briefing.text.mentions import DateMention, mention_at
from briefing.text.windows import around_matches, around_words, matches_in

_MARGIN = 48  # characters on either side of the word for a month that a date may reach
_HIJRI = {
    name: number
    for number, names in enumerate(
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
        1,
    )
    for name in names.split("|")
}


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


def vietnamese(text: str, anchor: date | None) -> Iterator[DateMention]:
    """Give the Vietnamese dates of folded text: "ngày 24 tháng 10 năm 2024", "tháng Giêng"."""
    for match in matches_in(text, _VI, around_words(text, ("tháng", "thg"), _MARGIN, bound=True)):
        month, year = match["month"] or match["month2"], match["year"] or match["year2"]
        number = int(month) if month.isdigit() else _VI_NAMES[month]
        mention = mention_at(
            match, int(year) if year else None, number, int(match["day"]) if match["day"] else None, anchor
        )
        if mention:
            yield mention


_NEAR = {"今": 0, "去": -1, "昨": -1, "明": 1, "来": 1, "올해": 0, "지난해": -1, "작년": -1, "내년": 1}


def east_asian(text: str, anchor: date | None) -> Iterator[DateMention]:
    """Give the Chinese, Japanese and Korean dates: "2024年10月24日", "令和6年", "지난해 10월"."""
    for match in matches_in(text, _CJK, around_words(text, "月월", _MARGIN, bound=False)):
        year: int | None = None
        if match["year"]:
            year = int(match["year"])
        elif match["era"]:
            year = calendars.era_year(match["era"], 1 if match["eray"] == "元" else int(match["eray"]))
        elif match["near"] in _NEAR and anchor:
            year = anchor.year + _NEAR[match["near"]]
        mention = mention_at(match, year, int(match["month"]), int(match["day"]) if match["day"] else None, anchor)
        if mention:
            yield mention


def persian(text: str, anchor: date | None = None) -> Iterator[DateMention]:
    """Give the dates of the solar Hijri calendar in folded text, as the common calendar has them.

    A day without its year is the one nearest to ``anchor``, and left out without one.
    """
    for match in matches_in(text, _HIJRI_SHAPE, around_words(text, _HIJRI, _MARGIN, bound=False)):
        if not match["day"]:
            continue
        month, day = _HIJRI[match["month"]], int(match["day"])
        end = match.start() + len(match[0].rstrip())
        if match["year"]:
            exact = calendars.gregorian_of_hijri(int(match["year"]), month, day)
        else:
            exact = _nearest(month, day, anchor) if anchor else None
        if exact:
            yield DateMention(match.start(), end, exact.isoformat(), exact.month, exact.day, bool(match["year"]), "day")
    for match in matches_in(text, _HIJRI_FIGURES, around_matches(text, _HIJRI_YEAR, 16)):
        numbers = (int(number) for number in match.groups("") if number.isdigit())
        one, month, other = numbers
        exact = calendars.gregorian_of_hijri(max(one, other), month, min(one, other))
        if exact:
            yield DateMention(*match.span(), exact.isoformat(), exact.month, exact.day, True, "day")


def _nearest(month: int, day: int, anchor: date) -> date | None:
    """The day of the solar Hijri calendar that is nearest to another, whatever its year."""
    years = (anchor.year - back for back in (623, 622, 621, 620))
    days = [exact for year in years if (exact := calendars.gregorian_of_hijri(year, month, day))]
    return min(days, key=lambda one: abs(one - anchor), default=None)


_HIJRI_YEAR = re.compile(r"1[34]\d\d")
_HIJRI_FIGURES = re.compile(
    r"(?<![\d./-])(?:(1[34]\d\d)([/.-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([/-])(\d{1,2})\6(1[34]\d\d))(?![\d/-])(?![.]\d)"
)
