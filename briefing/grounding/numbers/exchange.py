"""Two figures of a claim that stand the other way round in the cited texts, told by what is said around each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from briefing.grounding.atoms import atoms
from briefing.grounding.evidence import Evidence, meaning
from briefing.grounding.facts import same_value
from briefing.grounding.numbers.figures import Number
from briefing.ports import Embed
from briefing.text.language import spaced

_AROUND = 20  # characters on each side of a figure in which it is said what it is of; half as many without spaces
_LETTERS = 6  # letters without which nothing is said there; half as many without spaces
_APART = 9  # characters between two figures that are not one vote, score, span or conversion; half without spaces
_SURELY = 0.045
"""By how much more alike the surroundings of two exchanged figures are: of true translations one in a hundred reaches
it, of exchanged figures two in five."""
_FIGURE = re.compile(r"\d")


def exchanged(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> Iterator[str]:
    """Give the figures of a claim that a sentence of the cited texts has the other way round.

    What stands around a figure, the figure itself blanked, is compared in meaning (`embed`) with what stands around
    both figures in a sentence that holds both: where the other's is surely nearer, for both together, they are
    exchanged.
    """
    if embed is None:
        return
    claimed = [number for number in atoms(text, language).numbers if not (number.worded or _year(number))]
    apart = _APART if spaced(language) else _APART // 2
    for one, other in combinations(claimed, 2):
        if one.kind != other.kind or same_value(one.value, other.value) or other.start - one.end < apart:
            continue
        margins = [
            margin
            for source in sources
            for line in source.sentences
            for margin in _margins((text, language, one, other), line, source, embed)
        ]
        if margins and max(margins) < -_SURELY:
            yield text[one.start : one.end]
            return


def _year(number: Number) -> bool:
    return number.kind == "" and number.end - number.start == 4 and 1800 <= number.value <= 2100


def _margins(claim: tuple[str, str, Number, Number], line: str, source: Evidence, embed: Embed) -> Iterator[float]:
    """How much nearer the surroundings of a claim's two figures are to those of the same than of the other figure."""
    text, language, one, other = claim
    numbers = atoms(line, source.language, source.passage.day).numbers
    ones = [number for number in numbers if number.kind == one.kind and same_value(one.value, number.value)]
    others = [number for number in numbers if number.kind == other.kind and same_value(other.value, number.value)]
    if not ones or not others:
        return
    ours = _beside(text, one, language), _beside(text, other, language)
    for first in ones:
        for second in others:
            theirs = _beside(line, first, source.language), _beside(line, second, source.language)
            if None in (*ours, *theirs):
                yield 0.0
                continue
            (a, b), (c, d) = ([meaning(part or "", embed) for part in pair] for pair in (ours, theirs))
            yield float(a @ c + b @ d - a @ d - b @ c)


def _beside(text: str, number: Number, language: str) -> str | None:
    """What stands around a figure, up to other figures; None where that says too little."""
    wide = spaced(language)
    reach = _AROUND if wide else _AROUND // 2
    before, after = text[max(0, number.start - reach) : number.start], text[number.end : number.end + reach]
    if wide and number.start > reach:
        before = before.partition(" ")[2]
    if wide and number.end + reach < len(text):
        after = after.rpartition(" ")[0]
    before, after = _FIGURE.split(before)[-1], _FIGURE.split(after)[0]
    letters = sum(map(str.isalpha, before + after))
    return f"{before}#{after}".strip() if letters >= (_LETTERS if wide else _LETTERS // 2) else None
