"""Figures that are told in other units than a text's: 45 miles and 72 kilometres, 550 pounds and 249 kilograms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.figures import Number
from briefing.grounding.tables import data
from briefing.text.language import spaced


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity of a kind (length, weight, area, volume), in metres, kilograms, square metres or litres."""

    of: str
    size: float
    unit: str


def converted(number: Number, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a cited text has what a figure of a claim measures, in another unit."""
    claimed = _measure(number, text, language)
    return claimed is not None and any(
        claimed.of == given.of
        and claimed.unit != given.unit
        and abs(claimed.size - given.size) <= _ROUNDED * given.size
        for source in sources
        for given in _measured(source)
    )


_ROUNDED = 0.04  # of a quantity by which it may be rounded when its unit is changed


@lru_cache(maxsize=256)
def _measured(source: Evidence) -> tuple[Measure, ...]:
    found = (_measure(number, source.text, source.language) for number in source.atoms.numbers)
    return tuple(measure for measure in found if measure is not None)


def _measure(number: Number, text: str, language: str) -> Measure | None:
    """What a figure measures, by the unit right behind it."""
    for unit, of, size, pattern in _units(language):
        if pattern.match(text, number.end):
            return Measure(of, number.value * size, unit)
    return None


@cache
def _units(language: str) -> tuple[tuple[str, str, float, re.Pattern[str]], ...]:
    edge = r"(?!\w)" if spaced(language) and language not in ("ko", "ar", "he", "fa") else ""
    return tuple(
        (unit, row["of"], row["size"], re.compile(rf"[\s\u00a0-]?(?:{row[language]}){edge}", re.IGNORECASE))
        for unit, row in data("measures").items()
        if language in row
    )
