"""Dates: the days and months that a text names, in every language, calendar and digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from briefing.text import calendars
from briefing.text.data import table
from briefing.text.eastern import east_asian, persian, vietnamese
from briefing.text.language import spaced
from briefing.text.mentions import DateMention, Precision, mention_at
from briefing.text.numbers import digits
from briefing.text.relative import relative_days, weekday_beside
from briefing.text.windows import GLUING, Window, around_matches, around_words, matches_in

__all__ = ["DateMention", "Precision", "find_dates"]


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


# ---------------------------------------------------------------- with a month's name

_YEAR = r"(?P<year>\d{4})"


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


_DIGIT = re.compile(r"[0-9]")
_MARGIN = 48  # characters on either side of a month's name that a date may reach


@lru_cache(maxsize=4)  # asked for by two kinds of pattern in a row
def _around_months(text: str, language: str) -> list[Window]:
    return around_words(text, _months(language), _MARGIN, bound=spaced(language) and language not in GLUING)


def _worded(text: str, language: str, anchor: date | None) -> Iterator[DateMention]:
    if language == "vi":
        yield from vietnamese(text, anchor)
    if language in ("zh", "ja", "ko", "yue"):
        yield from east_asian(text, anchor)
    if language == "fa":
        yield from persian(text, anchor)
    months = _months(language)
    windows = [(a, b) for a, b in _around_months(text, language) if _DIGIT.search(text, a, b)]
    for shape in _shapes(language) if windows else ():
        for match in matches_in(text, shape, windows):
            groups = match.groupdict()
            year = groups.get("year")
            said = calendars.common_year(int(year.strip("'")), language, len(year.strip("'"))) if year else None
            if year and said is None:
                continue
            day = int(groups["day"]) if groups.get("day") else None
            mention = mention_at(match, said, months[match["month"].rstrip(".")], day, anchor)
            if mention:
                yield mention


# ---------------------------------------------------------------- in figures

_FIGURES = re.compile(r"[0-9][./-][0-9]")  # all digits are these by then
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
    windows = around_matches(text, _FIGURES, 12)
    for match in matches_in(text, _ISO, windows):
        mention = mention_at(match, int(match["year"]), int(match["month"]), int(match["day"]), anchor)
        if mention:
            yield mention
    month_first = _month_first(text, language, windows)
    for match in matches_in(text, _FULL, windows):
        a, b = int(match["a"]), int(match["b"])
        year = calendars.common_year(int(match["year"]), language, len(match["year"]))
        if year is None or (len(match["year"]) == 2 and match["mark"] == "-"):
            continue
        order = (b > 12 or bool(month_first)) if (month_first is not None or b > 12 or a > 12) and a <= 12 else False
        if month_first is None and a <= 12 and b <= 12 and a != b and language not in _DAY_FIRST:
            continue
        day, month = (b, a) if order else (a, b)
        mention = mention_at(match, year, month, day, anchor)
        if mention:
            yield mention
    if language in _DOTTED:
        for match in matches_in(text, _DOTTED_SHORT, windows):
            mention = mention_at(match, None, int(match["b"]), int(match["a"]), anchor)
            if mention:
                yield mention
    for match in matches_in(text, _SHORT, windows):
        a, b = int(match["a"]), int(match["b"])
        if language not in _DAY_FIRST or not (1 <= b <= 12) or (a, b) == (24, 7):
            continue
        if language not in _SLASHED and not _CUED.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        mention = mention_at(match, None, b, a, anchor)
        if mention:
            yield mention
    for match in matches_in(text, _MONTH_YEAR, windows):
        year = calendars.common_year(int(match["year"]), language, 4)
        mention = mention_at(match, year, int(match["month"]), None, anchor) if year else None
        if mention:
            yield mention


def _month_first(text: str, language: str, windows: Sequence[Window]) -> bool | None:
    """Whether this text writes the month first: by its unambiguous dates, else by language, else unknown."""
    if language in _DAY_FIRST:
        return False
    written = [(int(match["a"]), int(match["b"])) for match in matches_in(text, _FULL, windows)]
    seen = {b > 12 for a, b in written if max(a, b) > 12}
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
    pattern = _month_alone(language)
    for match in matches_in(text, pattern, _around_months(text, language)) if pattern else ():
        groups = match.groupdict()
        month = _months(language)[match["month"]]
        mention = mention_at(match, None, month, None, anchor)
        if mention is None:
            continue
        if anchor and (groups.get("last") or groups.get("past")):
            mention = replace(mention, iso=f"{anchor.year - (month >= anchor.month):04d}-{month:02d}")
        elif anchor and (groups.get("next") or groups.get("come")):
            mention = replace(mention, iso=f"{anchor.year + (month <= anchor.month):04d}-{month:02d}")
        yield mention
