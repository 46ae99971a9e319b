"""Words compared by their beginnings, so that another form of a word is found in any language."""

from __future__ import annotations

import re

from briefing.text.words import content_words


def overlap(claim: frozenset[str], text: str, language: str) -> float:
    """Give the share of a claim's content words that a text of the same language holds, by their beginnings."""
    if not claim:
        return 0.0
    stems = {stem(word) for word in content_words(text, language)}
    return len({stem(word) for word in claim} & stems) / len({stem(word) for word in claim})


def stem(word: str) -> str:
    """Give the beginning of a word that its forms share: by length, and for four scripts by what is glued to a word.

    Korean glues particles and endings behind two syllables; Arabic and Hebrew glue "and", "the", "in" to the front;
    Japanese writes the end of a verb in kana.
    """
    if "\u3400" <= word[0] <= "\u9fff":
        return _KANA.sub("", word)
    if "\uac00" <= word[0] <= "\ud7a3":
        return word[:2]
    if "\u0590" <= word[0] <= "\u06ff":
        bare = _GLUED.sub("", word)
        word = bare if len(bare) > 2 else word
    return word[: 5 if len(word) < 10 else 6]


_KANA = re.compile("[\u3041-\u3096]+$")
_GLUED = re.compile("^(?:[وفبك]?ال|ولل|لل|[وف](?=[^\\W\\d_]{4}))")
