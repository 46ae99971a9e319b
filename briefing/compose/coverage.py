"""What the reports of one matter agree on, and how much of it sentences say.

A summary should hold what several reports hold: the weight of a pair of neighbouring words grows with the reports and
sentences that have it, and each pair counts once however often it is told. So a choice is both central and free of
repetition (Gillick and Favre 2009, "A Scalable Global Model for Summarization", with reports for documents).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from briefing.compose.candidates import Candidate
from briefing.text.words import stopwords

Pair = tuple[int, str, str]
"""A development's number, and two neighbouring words of a sentence that tells it."""

_STEM = 5  # characters of a word that are compared: endings differ where languages inflect
_ALONE = 0.1  # the weight of a pair that a single sentence has: nobody else says it
_AGAIN = 0.2  # the weight of another sentence of the same report that has it
_LENGTH = 0.6  # the power of a sentence's length that its worth is divided by: 1 would count worth a word


def pairs(tokens: Sequence[str], language: str, part: int) -> frozenset[Pair]:
    """Give the pairs of neighbouring words of a sentence, stemmed; pairs of two function words say nothing.

    They are told apart by development (``part``): what a later report repeats of an older event is no agreement on it.
    """
    empty = stopwords(language.split("-")[0])
    return frozenset(
        (part, one[:_STEM], other[:_STEM]) for one, other in pairwise(tokens) if one not in empty or other not in empty
    )


def agreement(items: Sequence[Candidate], held: Sequence[frozenset[Pair]]) -> dict[Pair, float]:
    """Give the weight of each pair of words, above 0: 0.1, 1 for each further report, 0.2 for each further sentence."""
    sentences: Counter[Pair] = Counter()
    reports: Counter[Pair] = Counter()
    last: dict[Pair, int] = {}
    for item, own in zip(items, held, strict=True):  # an article's candidates come one after the other
        sentences.update(own)
        for pair in own:
            if last.get(pair) != item.article:
                last[pair] = item.article
                reports[pair] += 1
    return {pair: _ALONE + (reports[pair] - 1) + _AGAIN * (count - reports[pair]) for pair, count in sentences.items()}


def gain(own: frozenset[Pair], weights: Mapping[Pair, float], told: Set[Pair], length: int) -> float:
    """Give what a sentence of a ``length`` in words adds to what is ``told``: never negative."""
    added = math.fsum(weights[pair] for pair in own if pair not in told)
    return added / math.pow(max(1, length), _LENGTH)
