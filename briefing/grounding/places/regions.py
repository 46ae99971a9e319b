"""Countries' names in what is no country: the South China Sea, Latin America, New Mexico, a US dollar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.grounding.atoms import Place
from briefing.grounding.tables import data

_REACH = 24  # characters before a name that are read


@dataclass(frozen=True, slots=True)
class _Row:
    of: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    name: re.Pattern[str] | None


def names_region(place: Place, text: str, language: str) -> bool:
    """Whether a country's name in a claim is part of the name of something else, which each language names its way."""
    head = text[max(0, place.start - _REACH) : place.start]
    for row in _rows(language):
        if row.of and place.code not in row.of:
            continue
        if row.before and row.before.search(head):
            return True
        if row.after and row.after.match(text, place.end):
            return True
        if row.name and row.name.search(text[place.start : place.end]):
            return True
    return False


@cache
def _rows(language: str) -> tuple[_Row, ...]:
    return tuple(
        _Row(
            frozenset(row.get("of", "").split()),
            re.compile(rf"(?<!\w)(?:{row['before']})" if _edge(language) else row["before"], re.IGNORECASE)
            if "before" in row
            else None,
            re.compile(row["after"], re.IGNORECASE) if "after" in row else None,
            re.compile(row["name"]) if "name" in row else None,
        )
        for row in data("regions").get(language, ())
    )


def _edge(language: str) -> bool:
    return language not in ("zh", "ja", "ko", "th", "ar", "he")
