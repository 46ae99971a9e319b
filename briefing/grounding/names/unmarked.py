"""Names in scripts without capitals that stand where a name stands: before an office, an age, a verb of deeds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.grounding.tables import data
from briefing.text.data import table
from briefing.text.words import stopwords

NAME_WORD = r"[^\W\d_][\w\u0900-\u0963\u064b-\u065f\u200c׳״-]{1,}"
"""A word of a script without capitals that may be of a name, as a regular expression."""
_THAI = "[\u0e01-\u0e4e]"


def unmarked(text: str, language: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give where the names stand that the table `data/unmarked.yaml` shows, as (start, end); none in ``taken``."""
    found: list[tuple[int, int]] = []
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            start, end = match.span("n")
            if any(start < high and low < end for low, high in (*taken, *found)):
                continue
            if is_phrase(match["n"], language):
                continue
            found.append((start, end))
    return found


def is_phrase(name: str, language: str) -> bool:
    """Whether two words or three are none of a name, for one is a function word or names a day, body or group."""
    never = _never(language)
    return any(part in stopwords(language) for part in name.split()) or bool(never and never.search(name))


def is_wording(name: str, language: str) -> bool:
    """Whether what stands like a name is none: a verb or team beside an office, a conjunction before a German noun."""
    return bool((pattern := _wording(language)) and pattern.search(name))


@cache
def _wording(language: str) -> re.Pattern[str] | None:
    listed = data("unmarked")["wording"].get(language)
    return re.compile(listed) if listed else None


@cache
def _never(language: str) -> re.Pattern[str] | None:
    words = data("unmarked")["never"].get(language)
    if language == "th":
        people = table("people")
        return re.compile(f"(?<![เแโใไ])(?:{words}|{people['th_stop']}|{people['th']})")  # เคน is not คน
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    people = table("people")
    foreign, titles = f"[{people['zh_foreign']}]", people.get(language, "")
    return tuple(
        re.compile(
            pattern.replace("{w}", NAME_WORD).replace("{t}", _THAI).replace("{f}", foreign).replace("{titles}", titles)
        )
        for pattern in data("unmarked").get(language, ())
    )
