"""The days, months and weekdays that a sentence names, resolved against the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

from briefing.grounding.numbers.figures import clear
from briefing.grounding.numbers.spelt import han_value
from briefing.text.dates import find_dates
from briefing.text.language import spaced
from briefing.text.numbers import digits
from briefing.text.relative import weekdays as spelt_weekdays
from briefing.text.words import stopwords


@dataclass(frozen=True, slots=True)
class Day:
    """A date named: month and day where given, year where known; ``weekday`` 0 (Monday) to 6 for a bare weekday.

    ``guessed`` where the year is but the nearest one. ``others`` are further days it may be, where it was resolved
    against the day of publication: a weekday is the last or the next one, a ``bare`` day one of any month near.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None
    guessed: bool = False
    others: tuple[date, ...] = ()
    bare: bool = False


@cache
def _weekdays(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "short", "abbreviated") if language in ("zh", "ko") else ("wide",):
            for day, name in locale.days[context].get(width, {}).items():
                folded = name.lower()
                if len(folded) > 1:
                    names[folded] = day
                    if language in ("ru", "uk", "pl") and len(folded) > 4 and folded[-1] in "аяеaęoа":
                        names[folded[:-1]] = day  # case endings
                    if language == "pt":
                        names[folded.split("-")[0] + "-feira"] = day
    names |= {name.replace("ʼ", mark): day for name, day in names.items() for mark in "'’"}  # п'ятниця
    if language == "fa":
        names |= spelt_weekdays(language)  # پنج‌شنبه, or شنبه alone would be read in it
    if not names:
        return None
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    edge = (r"(?<!\w)", _TAILS.get(language, r"\w{0,2}(?!\w)")) if spaced(language) else ("", "")
    return re.compile(f"{edge[0]}({joined}){edge[1]}"), names


_AMONG = {"ru": "среди", "uk": "серед"}  # what looks like a case of Wednesday
_TAILS = {
    "tr": r"(?:y[ae]|[dt][ae]n?)?(?!\w)",  # salı is Tuesday, salım an emission
    "de": r"(?:abend|nacht|morgen|mittag|nachmittag|vormittag)?\w{0,2}(?!\w)",
}
# An ordinal of a day with its ending: 29-го сентября, 3-є травня.
_LED = re.compile(r"(?<!\d)(\d{1,2})[-‑](?:го|е|ого|му|є|те|ього)(?=\s[а-яіїєґ]{3})")
_VI_WEEKDAY = re.compile(r"(?:hôm|ngày|sáng|trưa|chiều|tối|đêm|vào|từ|đến)\s$")


def named_days(text: str, language: str, anchor: date | None) -> tuple[Day, ...]:
    """Give the dates of a text in order; ``anchor`` is the day it was published."""
    found = []
    weekdays = list(weekday_names(text, language))
    written, worded = _in_digits(_LED.sub(lambda nth: nth[1].rjust(len(nth[0])), text), language)
    worded += [nth.span() for nth in _LED.finditer(text)]
    for mention in find_dates(written, language, anchor):
        if text.endswith("Long ", 0, mention.start):
            continue  # a rocket's name: Long March 5
        year = int(mention.iso[:4]) if mention.iso and (mention.year_known or anchor) else None
        start = next((first for first, last in worded if first < mention.start < last), mention.start)
        within = (weekday for first, last, weekday in weekdays if first < mention.end and mention.start < last)
        weekday = next(within, None) if mention.relative and anchor else None
        others = days_of(weekday, anchor) if anchor and weekday is not None else ()
        known = mention.year_known
        found.append(Day(start, mention.end, year, mention.month, mention.day, guessed=not known, others=others))
    found = _numbered(text, language, anchor, weekdays, found)
    found += _months(text, language, found)
    found += _bare_days(text, language, anchor, found)
    for start, end, weekday in weekdays:
        if clear(start, end, [(day.start, day.end) for day in found]):
            found.append(Day(start, end, None, None, None, weekday))
    return tuple(sorted(found, key=lambda day: day.start))


def lowered(text: str) -> str:
    """Give a text in small letters, as long as it was: İ stays."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def weekday_names(text: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Give the weekdays that a text names: start, end, and 0 (Monday) to 6."""
    table = _weekdays(language)
    if table is None:
        return
    pattern, names = table
    folded = lowered(text)
    for match in pattern.finditer(folded):
        if language == "vi" and not (
            text[match.end() - 2].isupper() or _VI_WEEKDAY.search(folded, max(0, match.start() - 8), match.start())
        ):
            continue  # "thứ hai" is also "the second"
        if language == "id" and text[match.start()].islower():
            continue  # "minggu" is also a week
        if match[0] == _AMONG.get(language):
            continue
        yield match.start(), match.end(), names[match[1]]


_NTH = {
    "fa": (
        "یکم|اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم"
        " دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم"
        " نوزدهم بیستم بیست_و_یکم بیست_و_دوم بیست_و_سوم بیست_و_چهارم بیست_و_پنجم بیست_و_ششم بیست_و_هفتم"
        " بیست_و_هشتم بیست_و_نهم سی\u200cام سی_و_یکم"
    ),
    "ar": (
        "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع"
        " العاشر الحادي_عشر الثاني_عشر الثالث_عشر الرابع_عشر الخامس_عشر السادس_عشر السابع_عشر الثامن_عشر"
        " التاسع_عشر العشرين الحادي_والعشرين الثاني_والعشرين"
        " الثالث_والعشرين الرابع_والعشرين الخامس_والعشرين السادس_والعشرين السابع_والعشرين"
        " الثامن_والعشرين التاسع_والعشرين الثلاثين الحادي_والثلاثين"
    ),
    "fr": "premier",
}
_OF = {"fa": r"\s+", "ar": r"\s+من\s+(?:شهر\s+)?", "fr": r"\s+"}


@cache
def _nth(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    """The days of a month in words and what stands between one and the month: "نهم مه", "التاسع من مايو"."""
    listed = _NTH.get(language)
    if listed is None:
        return None
    days = {word.replace("_", " "): day for day, words in enumerate(listed.split(" "), 1) for word in words.split("|")}
    joined = "|".join(re.escape(word) for word in sorted(days, key=len, reverse=True))
    return re.compile(rf"(?<!\w)({joined})({_OF[language]})(?=[^\W\d_])"), days


def nth_in_words(text: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Give the ordinals in words, up to the 31st, that a language uses for the days of months: value, start, end."""
    if language in ("ar", "fa"):
        days = {
            word.replace("_", " "): day
            for day, listed in enumerate(_NTH[language].split(" "), 1)
            for word in listed.split("|")
        }
        joined = "|".join(re.escape(word) for word in sorted(days, key=len, reverse=True))
        for match in re.finditer(rf"(?<!\w)(?:{joined})(?!\w)", text):
            yield days[match[0]], match.start(), match.end()


def _in_digits(text: str, language: str) -> tuple[str, list[tuple[int, int]]]:
    """Give a text with the days of months in digits, shorter ones after blanks, and where they stand."""
    table = _nth(language)
    if table is None:
        return text, []
    pattern, days = table
    spans = [match.span() for match in pattern.finditer(text)]
    return pattern.sub(lambda match: str(days[match[1]]).rjust(len(match[0]) - 1) + " ", text), spans


_IN_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|last|next|this|early|late|mid|from|to|through|before|after|during)[ -]$",
    re.IGNORECASE,
)


@cache
def _month_names(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    names = {
        name.lower(): month
        for context in ("format", "stand-alone")
        for month, name in locale.months[context].get("wide", {}).items()
        if len(name) > 2 and not any(map(str.isdigit, name))
    }
    if not names:
        return None
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    edge = (r"(?<!\w)", r"(?!\w)") if spaced(language) else ("", "")
    return re.compile(f"{edge[0]}({joined}){edge[1]}"), names


_MONTH_NUMBER = re.compile(
    r"(?<![\d一二三四五六七八九十])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])\s?[月월](?!\s?\d)(?:([一二三四五六七八九十]{1,3})[日号號])?"
)
_BARE_DAY = re.compile(
    r"(?<![\d月월/.년年个個约約])(?<!월\s)(?<!月\s)(3[01]|[12]\d|[1-9])\s?[일日号號](?![間间本曜程내간째만]|\s?동안|\s?만에|目|ぶり|以[内上])"
)


_BARE = (
    *range(22),
    *range(-1, -10, -1),
    *range(22, 31),
    *range(-10, -31, -1),
)  # days back that a bare one may mean, likeliest first


_ALONE = r"(?=\s*(?:[,.;:!?)–—]|$))"  # what follows a day that no noun follows
_BARE_DAYS = {
    "en": re.compile(
        r"\b(?:on|of|by|since|until|till|before|after|from|to) the (\d{1,2})(?:st|nd|rd|th)\b"
        r"(?=\s*(?:[,.;:!?)–—]|$)| (?:and|at|in|to|with|after|when|but|as|for|that|by|following|amid|local)\b)"
    ),
    "fr": re.compile(rf"\b[Ll]e (\d{{1,2}})(?:{_ALONE}|(?= au (?:soir|matin)))"),
    "de": re.compile(r"\b(?:[Aa]m|vom|zum|dem|den) (\d{1,2})\.(?=\s*(?:[,;:!?)–—]|$)|\s+[a-zäöü])"),
    "es": re.compile(rf"\b[Ee]l (?:día (\d{{1,2}})\b(?! de)|(\d{{1,2}}){_ALONE})"),
    "pt": re.compile(r"\bdia (\d{1,2})\b(?! de)"),
    "it": re.compile(rf"\b[Ii]l (\d{{1,2}}){_ALONE}"),
    "ru": re.compile(r"\b(\d{1,2})(?:-го(?= числа|\s*[,.;:!?)–—]|$)| числа\b)"),
    "uk": re.compile(r"\b(\d{1,2})(?:-го(?= числа|\s*[,.;:!?)–—]|$)| числа\b)"),
    "vi": re.compile(r"\b[Nn]gày (\d{1,2})\b(?!\s?[/.\-–]\s?\d|\s+tháng)"),
    "th": re.compile(r"วันที่ (\d{1,2})(?!\d|[/.]\d|\s?[\u0e01-\u0e2e\u0e40-\u0e44][^\s]*\.)"),
    "id": re.compile(rf"\b[Tt]anggal (\d{{1,2}}){_ALONE}"),
    **dict.fromkeys(("zh", "ja", "ko", "yue"), _BARE_DAY),
}


def _bare_days(text: str, language: str, anchor: date | None, found: list[Day]) -> list[Day]:
    """Days without a month, as news names those of the last weeks and of the next: 24일, 28日, "on the 12th"."""
    pattern = _BARE_DAYS.get(language)
    if pattern is None or anchor is None:
        return []
    covered = [(day.start, day.end) for day in found]
    days = []
    for match in pattern.finditer(digits(text)):
        named = int(next(filter(None, match.groups())))
        if clear(*match.span(), covered):
            days += _any_month(*match.span(), named, anchor)
    return days


def _any_month(start: int, end: int, named: int, anchor: date) -> list[Day]:
    """A day of a month that is not said: the likeliest one first, and all that it may be."""
    meant = [day for back in _BARE if (day := anchor - timedelta(days=back)).day == named]
    return [Day(start, end, day.year, day.month, day.day, others=tuple(meant), bare=True) for day in meant[:1]]


_DAY_BEHIND = re.compile(r",?\s\(?(?:(?:dia|día|den|the)\s)?(\d{1,2})(?:st|nd|rd|th)?\)?(?![\d.,:/–-]?\d|\s?%|\w)")
_AFTER_DAY = re.compile(r"\s*(?:[,.;:!?)–—]|$|([^\W\d_]+))")


def _goes_on(word: str | None, language: str) -> bool:
    """Whether what follows a figure is no noun that it counts: nothing, "à", "and"."""
    return word is None or len(word) < _NOUN or word.lower() in stopwords(language)


_NOUN = 3  # letters from which on a word may be a noun


def _numbered(
    text: str, language: str, anchor: date | None, weekdays: list[tuple[int, int, int]], found: list[Day]
) -> list[Day]:
    """Join a weekday and the day of the month behind it: "samedi 20", "sexta-feira (20)", "Friday the 20th"."""
    if anchor is None or not spaced(language):
        return found
    for start, end, weekday in weekdays:
        match = _DAY_BEHIND.match(digits(text), end)
        after = _AFTER_DAY.match(text, match.end()) if match else None
        if match is None or after is None or not _goes_on(after[1], language):
            continue
        dated = [day for day in found if day.start < match.end() and start < day.end]
        if any(day.end > end for day in dated):
            continue  # "Friday 20 December": the date is read whole
        days = _any_month(start, match.end(), int(match[1]), anchor)
        fitting = [other for day in days for other in day.others if other.weekday() == weekday]
        if fitting:
            first = fitting[0]
            joined = Day(start, match.end(), first.year, first.month, first.day, others=tuple(fitting))
            found = [day for day in found if day not in dated] + [joined]
    return found


def _han(figure: str) -> int:
    return int(figure) if figure.isdigit() else int(han_value(figure))


def _months(text: str, language: str, found: list[Day]) -> list[Day]:
    """Months named without a day, which is a date, too; "may" and "march" only after a preposition."""
    covered = [(day.start, day.end) for day in found]
    if language in ("zh", "ja", "ko", "yue"):
        numbered = _MONTH_NUMBER.finditer(digits(text))
        return [
            Day(m.start(), m.end(), None, _han(m[1]), _han(m[2]) if m[2] else None)
            for m in numbered
            if clear(*m.span(), covered)
        ]
    table = _month_names(language)
    folded = text.lower()
    if table is None or len(folded) != len(text):
        return []
    return [
        Day(match.start(), match.end(), None, table[1][match[1]], None)
        for match in table[0].finditer(folded)
        if clear(match.start(), match.end(), covered)
        and (
            language != "en"
            or match[1] not in ("may", "march")
            or _IN_MONTH.search(text, max(0, match.start() - 12), match.start())
        )
    ]


def days_of(weekday: int, anchor: date) -> tuple[date, ...]:
    """Give the days a bare weekday may mean in a text published on ``anchor``: that day, the last one, the next one."""
    back = (anchor.weekday() - weekday) % 7
    return (anchor - timedelta(days=back), anchor + timedelta(days=7 - back))
