"""ROUGE-N and ROUGE-L: what a text shares with a reference, as F1.

Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries". Tokens are words by spaces (Vietnamese: syllables)
or by the segmenter, without case, stemming or stop words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.text.words import words


def grams(tokens: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    """Count the n-grams of tokens."""
    return Counter(tuple(tokens[place : place + size]) for place in range(len(tokens) - size + 1))


def rouge(told: str, reference: str, language: str, size: int) -> tuple[float, float, float]:
    """Give precision, recall and F1 of the n-grams that a text shares with a reference."""
    ours, theirs = grams(words(told, language), size), grams(words(reference, language), size)
    shared = sum((ours & theirs).values())
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / sum(ours.values()), shared / sum(theirs.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def longest(told: str, reference: str, language: str) -> float:
    """Give F1 of the longest common subsequence of words (ROUGE-L over the whole text).

    Bit-parallel, Hyyrö 2004: one integer holds a row of the table.
    """
    ours, theirs = words(told, language), words(reference, language)
    places: dict[str, int] = {}
    for place, word in enumerate(ours):
        places[word] = places.get(word, 0) | (1 << place)
    row = everything = (1 << len(ours)) - 1
    for word in theirs:
        matched = row & places.get(word, 0)
        row = ((row + matched) | (row - matched)) & everything
    shared = len(ours) - row.bit_count()
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def against(told: str, reference: str, language: str) -> tuple[float, float, float]:
    """Give F1 of ROUGE-1, ROUGE-2 and ROUGE-L."""
    one, two = (rouge(told, reference, language, size)[2] for size in (1, 2))
    return one, two, longest(told, reference, language)
