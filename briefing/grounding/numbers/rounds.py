"""Figures told of another round: 325 votes in the first ballot, where they were those of the second."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefing.grounding.atoms import atoms
from briefing.grounding.evidence import Evidence
from briefing.grounding.facts import same_value
from briefing.grounding.tables import data
from briefing.text.language import spaced
from briefing.text.modality import clauses

_LEAST = 10  # below which a figure is too frequent to be one round's


def another_round(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the figures that a claim's clause tells of the first of two rounds, and every cited text of the second.

    Or the other way round. Only where the clause names one round and each clause that has the figure, or its sentence
    where the clause names none, names only the other.
    """
    for start, end in clauses(text, language) or [(0, len(text))]:
        told = _rounds(text[start:end], language)
        if len(told) != 1:
            continue
        for number in atoms(text, language).numbers:
            if start <= number.start < end and number.value >= _LEAST:
                others = [named for source in sources for named in _named(number.value, source)]
                if others and all(named and not named & told for named in others):
                    yield text[number.start : number.end]


def _named(value: float, source: Evidence) -> Iterator[frozenset[int]]:
    """The rounds named beside each place of a figure in a text."""
    for line in source.sentences:
        for start, end in clauses(line, source.language) or [(0, len(line))]:
            here = atoms(line, source.language, source.passage.day).numbers
            if any(start <= number.start < end and same_value(value, number.value) for number in here):
                yield _rounds(line[start:end], source.language) or _rounds(line, source.language)


def _rounds(text: str, language: str) -> frozenset[int]:
    """Which of the two rounds a text names: 0, 1."""
    folded = text.lower()
    return frozenset(which for which, pattern in enumerate(_patterns(language)) if pattern.search(folded))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    edge = r"(?<!\w)[והבלמ]{0,2}" if language == "he" else r"(?<!\w)" if spaced(language) and language != "ar" else ""
    return tuple(re.compile(f"{edge}(?:{listed})") for listed in data("rounds").get(language, ()))
