"""German names: told from nouns, which have a capital, too."""

from __future__ import annotations

import re
from functools import lru_cache

_Part = tuple[str, int, int]
_NOUN_ENDING = re.compile(
    "(?:ungs?|ungen|heit|keit|heiten|keiten|schaft|schaften|tion|tionen|nis|tum|ismus|ment|ität|ium|iums|erium)$"
)
_ARTICLE = re.compile(
    r"(?<!\w)(?:der|die|das|den|dem|des|[ks]?eine?[rmns]?|im|am|zum|zur|vom|beim|ins|ans|(?:jed|dies|ihr|unser)e?[rmns]?)\s$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def _titled(titles: frozenset[str]) -> re.Pattern[str]:
    joined = "|".join(sorted(titles, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})\.? ([^\W\d_]+)", re.IGNORECASE)


def titled_names(text: str, titles: frozenset[str]) -> set[str]:
    """Give the words with a capital that stand behind a title (in small letters in ``titles``)."""
    return {name for name in _titled(titles).findall(text) if name[0].isupper()}


def without_nouns(text: str, tokens: list[_Part], common: frozenset[str]) -> list[_Part]:
    """Give a run of words (word, start, end) without the nouns at its ends.

    A noun is what an article stands before, what ends like one, or what is in ``common`` (in small letters).
    """
    if tokens and _ARTICLE.search(text[max(0, tokens[0][1] - 8) : tokens[0][1]]):
        tokens = tokens[1:]
    while tokens and _noun(tokens[0][0], common):
        tokens = tokens[1:]
    while tokens and _noun(tokens[-1][0], common):
        tokens = tokens[:-1]
    return tokens


def _noun(word: str, common: frozenset[str]) -> bool:
    return bool(_NOUN_ENDING.search(word)) or word.casefold() in common
