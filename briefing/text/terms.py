"""Terms that a search compares: words in scripts with spaces, stretches of characters in scripts without.

A term is compared by its ``bare`` form: compatibility forms, letter case, vowel points and the variants of Arabic
letters are folded away, all digits are ASCII, and the marks over Latin and Greek letters are kept apart in ``marks``,
so that a word typed without them still finds the word that has them.

Scripts without spaces are not cut into words but overlapping pieces: a dictionary cuts a query apart from how it cuts
the text around the same characters, and then finds nothing (``bench/search.py`` measures it).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_WORD = 40
"""Characters of a word that are indexed; what is longer is found by its beginning."""

INDEXED = 40_000
"""Characters of an article's text that are indexed."""

# Two characters of Han, Kana or Hangul mean something; in Thai, Lao, Khmer, Burmese, Tibetan two are half a syllable.
_EAST = (
    "\u1100-\u11ff"
    "\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
_SOUTH = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf\u0f40-\u0fbc\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
_PIECE = {"east": 2, "south": 3}

# Marks that belong to a word although they are no letters, and the joiners inside Persian and Indic words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0981-\u0dff\u200c\u200d"
)
_STRETCHES = rf"(?P<east>[{_EAST}]+)|(?P<south>[{_SOUTH}][{_SOUTH}\u200c\u200d]*)"
_WORDS = rf"[^\W_{_EAST}{_SOUTH}](?:[^\W_{_EAST}{_SOUTH}]|[{_MARKS}])*"
_TOKEN = re.compile(f"{_STRETCHES}|{_WORDS}")
WORD, STRETCH = re.compile(_WORDS), re.compile(_STRETCHES)
"""What is a word in a script with spaces, and a stretch of a script without; the stretch's group names its kind."""

_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f]")
_JOINER = re.compile("[\u200c\u200d]+")
# Arabic, Persian, Urdu and Kurdish write one letter by several code points; hamza seats and tied endings vary.
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ې": "ی", "ك": "ک", "ڪ": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و",
     "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ء": None,
     "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)  # fmt: skip
# Letters with a stroke do not decompose: the stroke is their mark.
_STROKES = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ё": "е"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what it is compared by, and the marks at their places in it.

    ``kind`` is ``word``, or ``east`` and ``south`` for a stretch of a script without spaces. ``parts`` are the words
    that a Persian joiner binds into this one.
    """

    bare: str
    kind: str = "word"
    marks: tuple[tuple[int, str], ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A term where it stands: ``text[start:end]``."""

    term: Term
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Give the terms of a text in order, in every script, whatever its language; punctuation is left out."""
    for match in _TOKEN.finditer(text):
        term = term_of(match[0], match.lastgroup or "word")
        if term.bare:
            yield Token(term, match.start(), match.end())


def next_token(text: str, start: int) -> Token | None:
    """Give the first term from a place on; None where there is none."""
    match = _TOKEN.search(text, start)
    return Token(term_of(match[0], match.lastgroup or "word"), match.start(), match.end()) if match else None


@lru_cache(maxsize=65_536)
def term_of(text: str, kind: str = "word") -> Term:
    """Fold one word or stretch."""
    if text.isascii():
        return Term(text.lower(), kind)
    text = _letters(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))
    if kind != "word":
        return Term(_digits(_POINTS.sub("", _JOINER.sub("", text))), kind)
    text = text.translate(_LETTERS)
    parts = tuple(_fold(part)[0] for part in _JOINER.split(text)) if _JOINER.search(text) else ()
    bare, marks = _fold(text)
    return Term(bare, kind, marks, tuple(part for part in parts if part))


def _letters(text: str) -> str:
    """Give a folded word without what its compatibility form brought in: ``㈠`` is ``(一)``, and some hold spaces."""
    if text.isalnum():
        return text
    return "".join(
        char for char in text if char.isalnum() or unicodedata.category(char)[0] == "M" or char in "\u200c\u200d"
    )


def _fold(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Give a word without what may be left out in writing, and the marks of its Latin and Greek letters by place."""
    text = _POINTS.sub("", text)
    bare: list[str] = []
    marks: list[tuple[int, str]] = []
    for char in unicodedata.normalize("NFD", text):
        if char in _STROKES:
            marks.append((len(bare), char))
            bare.append(_STROKES[char])
        elif "\u0300" <= char <= "\u036f" and bare and _marked_apart(bare[-1]):
            marks.append((len(bare) - 1, char))
        else:
            bare.append(char)
    return _digits(unicodedata.normalize("NFC", "".join(bare))), tuple(marks)


def _marked_apart(char: str) -> bool:
    """Whether marks over this letter are often left out; й is no и, and a Kana's sound marks make another letter."""
    return char < "\u0250" or "\u0370" <= char <= "\u03ff" or char in "еЕ"


def _digits(text: str) -> str:
    if text.isascii() or not any(map(str.isdecimal, text)):
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def indexed(text: str) -> set[str]:
    """Give what a text is indexed by: each word, each joined part, and each piece of a stretch.

    A stretch is indexed from each of its characters on by a piece of two (three in South-East Asian scripts), shorter
    at its end: so whatever stands in it is found by pieces, and what is shorter than one by a piece's beginning.
    """
    text = text[:INDEXED]
    found: set[str] = set()
    for word in set(WORD.findall(text)):
        term = term_of(word)
        found.add(term.bare[:LONGEST_WORD])
        found.update(part[:LONGEST_WORD] for part in term.parts)
    for match in STRETCH.finditer(text):
        kind = match.lastgroup or ""
        bare, size = term_of(match[0], kind).bare, _PIECE[kind]
        found.update([bare[at : at + size] for at in range(len(bare))])
    found.discard("")
    return found


def pieces(term: Term) -> tuple[tuple[str, ...], bool]:
    """Give what the index must hold where a stretch stands; the second value says that a beginning is enough."""
    size = _PIECE[term.kind]
    if len(term.bare) < size:
        return (term.bare,), True
    return tuple(dict.fromkeys(term.bare[at : at + size] for at in range(len(term.bare) - size + 1))), False


def marks_agree(wanted: Term, found: Term) -> bool:
    """Whether the marks of a word allow it: one of the two leaves them out, or they have the same.

    Where a mark stands within the word does not matter, because *hoà* and *hòa* are one word.
    """
    if not wanted.marks:
        return True
    here = [mark for at, mark in found.marks if at < len(wanted.bare)]
    return not here or sorted(here) == sorted(mark for _, mark in wanted.marks)


def joined(terms: Iterable[str]) -> str:
    """Give terms as the one string that both stores index, in a fixed order."""
    return " ".join(sorted(terms))
