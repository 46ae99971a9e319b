"""ROUGE-N: the n-grams that a text shares with a reference, as precision, recall and F1.

Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries". Tokens are words by spaces (Vietnamese: syllables)
or by the segmenter, without case, stemming or stop words; with several references the score is their mean.
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


def against(told: str, references: Sequence[str], language: str) -> dict[str, float]:
    """Give mean F1 of ROUGE-1 and ROUGE-2 over references."""
    return {
        f"rouge-{size}": sum(rouge(told, reference, language, size)[2] for reference in references) / len(references)
        for size in (1, 2)
    }
