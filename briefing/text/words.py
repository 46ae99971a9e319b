"""Words: tokens that can be compared, in every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from briefing.text.data import table
from briefing.text.language import spaced

_WORD = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0d7f\u0591-\u05c7\u064b-\u065f\u0670'’\u200c\u200d][^\W_]+)*[\u0900-\u0d7f\u064b-\u065f]*"
)
_JOINERS = re.compile("[\u200c\u200d\u0640\u064b-\u065f\u0670]")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 200_000
# Where ICU may be asked anew without cutting otherwise: behind a space or a sentence of Chinese or Japanese.
_PIECE = re.compile(r"(?s:.{200})[^\s。！？]*[\s。！？]+|(?s:.+)")
_SHORT_PIECE = 1_000
_PERSIAN = (("ي", "ی"), ("ك", "ک"), ("ى", "ی"), ("ۀ", "ه"), ("ة", "ه"))
_ARABIC = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ک", "ك"))
_LETTERS = {"fa": _PERSIAN, "ur": _PERSIAN, "ar": _ARABIC}


def words(text: str, language: str) -> tuple[str, ...]:
    """Give the words of a text in order, casefolded; punctuation is left out, numbers stay.

    ICU's dictionaries cut Thai, Lao, Khmer, Burmese, Chinese and Japanese. Persian and Arabic letters are folded to one
    spelling, and a Persian word is the same with and without its zero-width non-joiner.
    """
    base = language.split("-")[0]
    text = text[:_LONGEST]
    if not spaced(base):
        pieces = _PIECE.findall(text)
        return tuple(chain.from_iterable((_known if len(one) <= _SHORT_PIECE else _cut)(one, base) for one in pieces))
    folded = text.casefold()
    if base in _LETTERS:
        for written, kept in _LETTERS[base]:  # a quarter of what `str.translate` takes
            folded = folded.replace(written, kept)
        folded = _JOINERS.sub("", folded)
    return tuple(_WORD.findall(folded))


def _cut(text: str, language: str) -> tuple[str, ...]:
    from icu4py.breakers import WordBreaker  # slow to import: only for scripts without spaces

    return tuple(
        token.casefold()
        for token in WordBreaker(text, language)
        if token[0].isalnum() or (len(token) > 1 and any(map(str.isalnum, token)))
    )


_known = lru_cache(maxsize=32)(_cut)  # an article's lead is asked for with its body: cutting costs more than all else


@cache
def stopwords(language: str) -> frozenset[str]:
    """Give the function words of a language, folded as `words` gives them; none where no list is kept."""
    listed = table("stopwords").get(language, "")
    return frozenset(word for entry in listed.split() for word in words(entry, language)) | frozenset(listed.split())


def content_words(text: str, language: str) -> tuple[str, ...]:
    """Give the words that carry meaning: no function words, no numbers, no single Latin letters."""
    return meant(words(text, language), language)


def meant(found: Iterable[str], language: str) -> tuple[str, ...]:
    """Give those of a language's `words` that carry meaning."""
    stop = stopwords(language.split("-")[0])
    return tuple(
        word
        for word in found
        if word not in stop
        and (word.isalpha() or _HAS_LETTER.search(word) is not None)
        and (len(word) > 1 or word > "\u2e80")
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
