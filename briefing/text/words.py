"""Words: tokens that can be compared, in every language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from briefing.text.data import table
from briefing.text.language import spaced

_WORD = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0d7f\u0591-\u05c7\u064b-\u065f\u0670'’\u200c\u200d][^\W_]+)*[\u0900-\u0d7f\u064b-\u065f]*"
)
_JOINERS = re.compile("[\u200c\u200d\u0640\u064b-\u065f\u0670]")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 200_000
_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی", "ۀ": "ه", "ة": "ه"})
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك"})


def words(text: str, language: str) -> tuple[str, ...]:
    """Give the words of a text in order, casefolded; punctuation is left out, numbers stay.

    ICU's dictionaries cut Thai, Lao, Khmer, Burmese, Chinese and Japanese. Persian and Arabic letters are folded to one
    spelling, and a Persian word is the same with and without its zero-width non-joiner.
    """
    base = language.split("-")[0]
    text = text[:_LONGEST]
    if not spaced(base):
        return tuple(word for word in _cut(text, base) if word)
    folded = text.casefold()
    if base in ("fa", "ur"):
        folded = _JOINERS.sub("", folded.translate(_PERSIAN))
    elif base == "ar":
        folded = _JOINERS.sub("", folded.translate(_ARABIC))
    return tuple(_WORD.findall(folded))


def _cut(text: str, language: str) -> list[str]:
    from icu4py.breakers import WordBreaker  # slow to import: only for scripts without spaces

    return [
        token.casefold()
        for token in WordBreaker(text, language)
        if token[0].isalnum() or (len(token) > 1 and any(map(str.isalnum, token)))
    ]


@cache
def stopwords(language: str) -> frozenset[str]:
    """Give the function words of a language, folded as `words` gives them; none where no list is kept."""
    listed = table("stopwords").get(language, "")
    return frozenset(word for entry in listed.split() for word in words(entry, language)) | frozenset(listed.split())


def content_words(text: str, language: str) -> tuple[str, ...]:
    """Give the words that carry meaning: no function words, no numbers, no single Latin letters."""
    base = language.split("-")[0]
    stop = stopwords(base)
    return tuple(
        word
        for word in words(text, language)
        if word not in stop and _HAS_LETTER.search(word) and (len(word) > 1 or word > "\u2e80")
    )


def display_width(text: str) -> int:
    """Give the number of terminal cells.

    0 for combining marks and joiners, 2 for wide East Asian characters and emoji.
    """
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


@cache
def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
