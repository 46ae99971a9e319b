"""When an article was published: from a date line, its address, or, flagged, from what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

from briefing.extract.phrases import fold, phrases
from briefing.model import Dating
from briefing.text.dates import DateMention, find_dates
from briefing.text.modality import modality
from briefing.text.numbers import digits

_TIME = re.compile(
    r"(?<![\d:])(?:(?P<before>오전|오후|上午|下午|午前|午後)\s*)?(?P<hour>[01]?\d|2[0-3])\s?(?:[:：hH時时시]|\.(?=[0-5]\d\s?(?:น|Uhr|WIB|WITA)))\s?"
    r"(?P<minute>[0-5]\d)(?:\s?[:：分분]\s?(?P<second>[0-5]\d)(?:\.\d+)?)?(?![\d:])\s?(?P<after>[ap]\.?m\b\.?|[AP]M\b|SA\b|CH\b)?"
    r"(?:\s?[(（]?\s?(?:(?:GMT|UTC)\s?(?P<zone>[+-]\d{1,2})(?::?(?P<half>\d\d))?|(?P<offset>[+-]\d\d):?(?P<part>\d\d)|(?P<utc>Z\b|GMT\b|UTC\b)))?"
)
_PM = frozenset({"오후", "下午", "午後", "pm", "p.m", "p.m.", "ch"})
_AM = frozenset({"오전", "上午", "午前", "am", "a.m", "a.m.", "sa"})
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d{1,4}[/.-]\d)|(?<=\d{4})(?=[^\W\d_])(?!T\d)")
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EARLIEST = date(1995, 1, 1)
_MOST_AHEAD = 183  # days from the last dated matter of the text to the day that it tells of
_LEAD = 2  # paragraphs


def date_on_page(lines: Sequence[str], language: str, latest: date) -> str | None:
    """Give the date (and time, where it stands beside it) of the page's date line, as ISO 8601.

    A date labelled as that of publication wins, then one without a label, then one of an update; the first of each.
    Dates without a year, before 1995 or after ``latest`` are not taken.
    """
    found: list[tuple[int, int, str]] = []
    for line in lines:
        line = _GLUED.sub(" ", line)
        for mention in _full(line, language, latest):
            found.append((_rank(line[: mention.start]), len(found), (mention.iso or "") + _time(line, mention)))
    return min(found)[2] if found else None


def _full(text: str, language: str, latest: date) -> Iterator[DateMention]:
    for mention in find_dates(text, language):
        if mention.iso and mention.year_known and mention.precision == "day" and not mention.relative:
            day = date.fromisoformat(mention.iso)
            if _EARLIEST <= day <= latest:
                yield mention


def _rank(before: str) -> int:
    folded = fold(before[-60:])
    published, updated = phrases("published").last(folded), phrases("updated").last(folded)
    if updated > published:
        return 2
    return 0 if published >= 0 else 1


def _time(line: str, mention: DateMention) -> str:
    """Give ``THH:MM[:SS][±HH:MM]`` for the time beside a date, or '' where there is none."""
    folded = digits(line)
    found = _TIME.search(folded, mention.end, mention.end + 40)
    if not found:
        earlier = list(_TIME.finditer(folded, max(0, mention.start - 30), mention.start))
        found = earlier[-1] if earlier else None
    if not found:
        return ""
    hour = int(found["hour"])
    half = (found["before"] or found["after"] or "").lower()
    if half in _PM and hour < 12:
        hour += 12
    elif half in _AM and hour == 12:
        hour = 0
    clock = f"T{hour:02d}:{found['minute']}" + (f":{found['second']}" if found["second"] else "")
    if found["utc"]:
        return clock + "+00:00"
    if found["zone"] and abs(int(found["zone"])) <= 14:
        return f"{clock}{int(found['zone']):+03d}:{found['half'] or '00'}"
    if found["offset"] and abs(int(found["offset"])) <= 14:
        return f"{clock}{found['offset']}:{found['part']}"
    return clock


def date_from_text(paragraphs: Sequence[str], language: str, latest: date) -> Dating | None:
    """Conclude the day from what the article tells, only where its own words fix the year; else None.

    The lead must name a day. Its year is fixed where it is written there; or where the text sets two dated matters of
    different years against each other (``September 2023 … June 2024``), so that a writer who leaves the year out means
    the half year after the later one; or where a weekday stands beside the day and only one year after the last dated
    matter has that weekday. A later year anywhere in the text, a weekday that disagrees, or a day after ``latest``
    leaves it unknown, as does a day that the lead only announces: the page is older than that. A year alone (``the
    2023 visit``) fixes nothing.
    """
    lead = "\n".join(paragraphs[:_LEAD])[:5_000]
    whole = "\n".join(paragraphs)[:20_000]
    dated = [mention for mention in find_dates(whole, language) if mention.iso and mention.year_known]
    past = sorted(mention.iso for mention in dated if mention.iso and mention.iso[:7] <= latest.isoformat()[:7])
    for mention in find_dates(lead, language):
        if mention.precision != "day" or mention.relative or mention.day is None:
            continue
        if modality(lead, language, (mention.start, mention.end)).future:
            return None
        day = _year_of(mention, lead, past, language, latest)
        if day and not any(day.year < int(year) <= latest.year for year in _BARE_YEAR.findall(digits(whole))):
            return Dating(day.isoformat(), "text")
        return None
    return None


def _year_of(mention: DateMention, lead: str, past: Sequence[str], language: str, latest: date) -> date | None:
    """Give the day that a mention in the lead means, or None where its year is open."""
    if mention.iso and mention.year_known:
        day = date.fromisoformat(mention.iso)
        return day if _EARLIEST <= day <= latest and max(past, default="") <= mention.iso else None
    if not past:
        return None
    anchor = _month_end(past[-1])
    years = (_day(year, mention) for year in range(anchor.year, anchor.year + 4))
    days = [day for day in years if day and anchor <= day <= latest]
    weekday = _weekday_beside(lead, mention, language)
    if weekday is not None:
        days = [day for day in days if day.weekday() == weekday]
        return days[0] if len(days) == 1 else None
    contrast = len({iso[:4] for iso in past}) > 1
    if contrast and days and days[0] - anchor <= timedelta(days=_MOST_AHEAD):
        return days[0]
    return None


def _day(year: int, mention: DateMention) -> date | None:
    try:
        return date(year, mention.month, mention.day or 0)
    except ValueError:
        return None


def _month_end(iso: str) -> date:
    """Give the day itself, or the last of a month."""
    if len(iso) == 10:
        return date.fromisoformat(iso)
    year, month = int(iso[:4]), int(iso[5:7])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _weekday_beside(text: str, mention: DateMention, language: str) -> int | None:
    near = fold(text[max(0, mention.start - 20) : mention.start] + " | " + text[mention.end : mention.end + 20])
    for name, number in _weekdays(language.split("-")[0]):
        if re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", near):
            return number
    return None


@cache
def _weekdays(language: str) -> tuple[tuple[str, int], ...]:
    """Give the CLDR's wide weekday names with their number, Monday 0, longest first."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    names = {fold(name): int(number) for number, name in locale.days["format"]["wide"].items()}
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def date_of_teaser(text: str, language: str, page: Dating | None, latest: date) -> Dating | None:
    """Give the day that a teaser names, flagged; one without a year only where the page's own read date fixes it.

    The day nearest to the page's date is meant, within 120 days; teasers are of the page's own season.
    """
    for mention in find_dates(text[:1_000], language, page.day if page and not page.inferred else None):
        if mention.precision != "day" or mention.relative or not mention.iso:
            continue
        day = date.fromisoformat(mention.iso)
        if not _EARLIEST <= day <= latest:
            continue
        if mention.year_known or (page and abs(day - page.day) <= timedelta(days=120)):
            return Dating(mention.iso, "text")
    return None
