"""Words compared by their beginnings, so that another form of a word is found in any language."""

from __future__ import annotations

from briefing.text.words import content_words


def overlap(claim: frozenset[str], text: str, language: str) -> float:
    """Give the share of a claim's content words that a text of the same language holds, by their beginnings."""
    if not claim:
        return 0.0
    stems = {stem(word) for word in content_words(text, language)}
    return len({stem(word) for word in claim} & stems) / len({stem(word) for word in claim})


def stem(word: str) -> str:
    """Give the beginning of a word that its forms share, by length: no language's own rules."""
    return word if len(word) <= 4 else word[: max(4, len(word) - 2)]
