"""Relative days: yesterday, weekdays, last and next, resolved against a day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from briefing.text import calendars
from briefing.text.data import table
from briefing.text.language import spaced
from briefing.text.windows import GLUING, around_words, matches_in

Span = tuple[int, int]
_CLAUSES = re.compile(r"[.;:!?\n,،؛。、，；]")
_NEAR = 60  # characters on each side that are asked for signs of the future
_BESIDE = 40  # characters on each side that may hold "last" or "next"


def relative_days(text: str, language: str, anchor: date) -> Iterator[tuple[Span, date, bool]]:
    """Give (span, day, whether it is a weekday) of words like yesterday and of weekdays in folded text.

    A weekday is the last one up to the anchor in a report of what happened, the next one beside a sign of the future;
    "last" and "next" beside it decide.
    """
    bound = spaced(language) and language not in GLUING
    known = _words(language)
    if known:
        for match in matches_in(text, known[0], around_words(text, known[1], _BESIDE, bound=bound)):
            yield match.span(), anchor + timedelta(days=known[1][match[0]]), False
    listed = weekdays(language)
    pattern = _weekday_pattern(language)
    if not pattern:
        return
    for match in matches_in(text, pattern, around_words(text, listed, _BESIDE, bound=bound)):
        weekday = listed[match["day"]]
        if match["last"] or match["past"]:
            day = calendars.weekday_before(anchor - timedelta(days=1), weekday)
        elif match["next"] or match["come"] or _is_to_come(text, match.start(), match.end(), language):
            day = calendars.weekday_after(anchor, weekday)
        else:
            day = calendars.weekday_before(anchor, weekday)
        yield match.span(), day, True


def _is_to_come(text: str, start: int, end: int, language: str) -> bool:
    """Whether the clause around a weekday speaks of the future."""
    from briefing.text.modality import cues  # slow to import: only where a weekday is named

    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    clause = _CLAUSES.split(before)[-1] + text[start:end] + _CLAUSES.split(after)[0]
    return any(cue.kind == "future" for cue in cues(clause, language))


def weekday_beside(text: str, start: int, end: int, language: str) -> int | None:
    """Give the weekday (Monday 0) written right before or after a date in folded text.

    "Wednesday, 19 June", "(Wed)".
    """
    pattern = _beside(language)
    if pattern is None:
        return None
    before, after = pattern
    match = before.search(text[max(0, start - 30) : start]) or after.match(text[end : end + 20])
    return weekdays(language)[match["day"]] if match else None


@cache
def weekdays(language: str) -> dict[str, int]:
    """Give the names of the weekdays of a language, in their cases, folded; Monday is 0."""
    listed = dict(table("calendar").get(language, {}).get("weekdays", {}))
    for names, number in table("relative")["weekdays"].get(language, {}).items():
        listed.update((name.replace("_", " "), number) for name in names.split(" "))
    return listed


@cache
def _words(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    offsets = table("relative")["days"].get(language)
    if not offsets:
        return None
    names = _any(offsets)
    return re.compile(names if not spaced(language) else rf"(?<!\w){names}(?!\w)"), offsets


def _any(names: object) -> str:
    return "(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + ")"  # type: ignore[call-overload]


@cache
def _weekday_pattern(language: str) -> re.Pattern[str] | None:
    names = weekdays(language)
    if not names:
        return None
    data = table("relative")
    last, coming = data["last"].get(language, "(?!)"), data["next"].get(language, "(?!)")
    if not spaced(language):
        return re.compile(
            rf"(?:(?P<last>{last})|(?P<next>{coming}))?(?:の|个|個)?(?P<day>{_any(names)})(?P<past>{last})?(?P<come>{coming})?"
        )
    glue = "(?:[وفبل]{0,2}|يوم )" if language == "ar" else ""
    tail = "(?:에|의|은)?" if language == "ko" else ""
    return re.compile(
        rf"(?<!\w)(?:(?:(?P<last>{last})|(?P<next>{coming}))(?: week)? )?{glue}(?P<day>{_any(names)}){tail}(?!\w)"
        rf"(?: (?:(?P<past>{last})|(?P<come>{coming}))(?!\w))?"
    )


@cache
def _beside(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    names = weekdays(language)
    if not names:
        return None
    edge = r"(?<!\w)" if spaced(language) else ""
    return (
        re.compile(rf"{edge}(?P<day>{_any(names)})[\s,.(（،]{{0,3}}(?:den |the |dem |el |le |ที่ |ngày )?$"),
        re.compile(rf"[\s,]?[(（](?P<day>{_any(names)})[)）]"),
    )
