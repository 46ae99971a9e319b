"""Figures that no cited text has but that follow from two of one sentence: a share of a whole, a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from briefing.grounding.atoms import atoms
from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.figures import Number

_ROUNDED = 3.0  # percentage points by which a share in words may differ from what the figures give
_PASSED = 25.0  # the same of "more than" and "less than"
_FIGURES = 12  # figures of one sentence from which on it is a table, in which any two have nothing in common
_HALF = re.compile(
    r"\bhalf\b|\bmoitié|\bdemi|hälfte|\bhalb|\bmitad|\bmedi[oa]\b|\bmetade|\bmei[oa]\b|\bmetà|\bmezz|połow|\bpół|\bполовин"
    r"|\bпол-|вдвое|вдвічі|نصف|نیم|חצי|מחצית|आध|nửa|ครึ่ง|半|절반|\byarı|\bsetengah|separuh|separo",
    re.IGNORECASE,
)
_BY = {
    "en": "by",
    "de": "um",
    "ru": "на",
    "uk": "на",
    "es": "por|en",
    "pt": "por|em",
    "it": "di|per",
    "fr": "de|par",
    "pl": "o",
}
"""The word right before a figure that says by how much."""


def follows(number: Number, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a figure of a claim follows from two of one sentence of a cited text.

    A share in words does from what it is a share of ("two thirds": 410 of 640; "less than half": 36 for, 45 against),
    and a half from any word for it; what something is changed or won by does from the difference (from nine to six).
    """
    if number.kind == "share":
        return (number.value == 50 and any(_HALF.search(source.text) for source in sources)) or any(
            _fits(number, one, other) for one, other in _pairs(sources)
        )
    before = _BY.get(language)
    if number.kind not in ("", "~") or not before:
        return False
    if not re.search(rf"(?<!\w)(?:{before})\s$", text[: number.start], re.IGNORECASE):
        return False
    return any(abs(abs(one - other) - number.value) < 1e-9 for one, other in _pairs(sources))


def _pairs(sources: Sequence[Evidence]) -> Iterator[tuple[float, float]]:
    """Any two figures that one sentence has."""
    for source in sources:
        for line in source.sentences:
            counts = [n.value for n in atoms(line, source.language, source.passage.day).numbers if n.kind == ""]
            if len(counts) < _FIGURES:
                yield from combinations(counts, 2)


def _fits(claimed: Number, one: float, other: float) -> bool:
    """Whether two figures are to each other as a claim says: a part and its whole, or, with "more than", two parts."""
    least, most = sorted((one, other))
    if not 0 < least < most:
        return False
    part, beside = 100 * least / most, 100 * least / (least + most)
    if not claimed.bound:
        return abs(part - claimed.value) <= _ROUNDED
    return any(0 < (share - claimed.value) * claimed.bound <= _PASSED for share in (part, beside, 100 - beside))
