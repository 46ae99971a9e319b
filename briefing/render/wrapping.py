"""Plain text in lines of a measured width, broken where each script may be broken (UAX #14, with dictionaries)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise

from icu4py.breakers import CharacterBreaker, LineBreaker

from briefing.text.words import display_width

_ASTRAY = re.compile("[\u0e01-\u0e12\u0e14-\u0e17\u0e19-\u0e2e](?![\u0e00-\u0e7f.])|[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
"""The beginning of a piece of Thai that is no word: one consonant alone, or what is only written behind another."""

_BACK = 8
"""Letters before such a piece in which what went wrong is sought."""

WIDTH = 72
"""Cells of a line: RFC 5322 asks for 78, and a reader's reply will prefix it."""


def wrap(text: str, language: str = "en", width: int = WIDTH, first: str = "", rest: str | None = None) -> str:
    """Give text in lines of at most ``width`` cells; ``first`` opens the first line and ``rest`` the others.

    Thai, Lao and Khmer break between words, and between syllables in names that no dictionary has; Chinese and Japanese
    between characters but never before a mark. An address (``https:…``) is never broken; any other word that is wider
    than a line is, between whole characters.
    """
    folded = " ".join(text.split())
    used = display_width(first)
    # Marks take no cell, but a text of so many letters is not worth the counting.
    if len(folded) <= 3 * width and used + display_width(folded) <= width:
        return (first + folded).rstrip()
    following = " " * used if rest is None else rest
    lines: list[str] = []
    line, filled = first, False
    for piece in pieces(folded, language):
        bare, cells = _measured(piece)
        if filled and used + cells > width:
            lines.append(line.rstrip())
            line, used, filled = following, display_width(following), False
        if not filled and used + cells > width and "://" not in bare:
            *full, bare = _cut(bare, max(width - used, 2), max(width - display_width(following), 2))
            for part in full:
                lines.append((line + part).rstrip())
                line, used = following, display_width(following)
            cells = display_width(bare)
        gap = " " if piece[-1:] == " " else ""
        line += bare + gap
        used += cells + len(gap)
        filled = True
    lines.append(line.rstrip())
    return "\n".join(lines)


@lru_cache(maxsize=16_384)
def _measured(piece: str) -> tuple[str, int]:
    """Give a piece without the space after it, and the cells it takes; the same words stand all over an edition."""
    bare = piece.rstrip()
    return bare, display_width(bare)


def pieces(text: str, language: str) -> list[str]:
    """Give the unbreakable pieces of a text, each with the space that follows it."""
    pieces: list[str] = []
    for word in _spaced(text):
        # Only what is not ASCII needs the breaker's dictionaries; a hyphen in a name is no place to break.
        if word.isascii() or len(word) < 8:
            pieces.append(word)
        else:
            pieces.extend(_broken(word, language))
    return pieces


_LONGEST = 24
"""Letters that may stay on one line of a narrow screen; a longer run is left to the browser."""


def unsure(text: str, language: str) -> list[tuple[str, bool]]:
    """Give a text in parts, each with whether a browser, which has the same dictionary, would part a word in it.

    So it does in Thai beside a foreign name, see `_surely`; such a part is to stay on one line.
    """
    if language.split("-")[0] != "th":
        return [(text, False)]
    parts: list[tuple[str, bool]] = []
    for word in _spaced(text):
        ends = set(accumulate(map(len, LineBreaker(word, language))))
        start = 0
        for piece in _broken(word, language):
            torn = any(start < end < start + len(piece) for end in ends) and len(piece) <= _LONGEST
            start += len(piece)
            if parts and not parts[-1][1] and not torn:
                parts[-1] = (parts[-1][0] + piece, False)
            else:
                parts.append((piece, torn))
    return parts


@lru_cache(maxsize=4096)
def _broken(word: str, language: str) -> tuple[str, ...]:
    made = tuple(LineBreaker(word, language))
    return _surely(word, language, made) if any(map(_ASTRAY.match, made)) else made


def _surely(word: str, language: str, made: tuple[str, ...]) -> tuple[str, ...]:
    """Give Thai broken only where that is sure, where the dictionary has lost its way in a foreign name.

    Such a name may have taken a letter of the word after it. So nothing is broken beside a piece that is no word, nor
    where it would not be if the run were read from another letter before that piece on.
    """
    ends = list(accumulate(map(len, made)))
    astray = [index for index, piece in enumerate(made) if _ASTRAY.match(piece)]
    sure = set(ends[:-1])
    for index in astray:
        sure -= {ends[index], ends[index] - len(made[index])}
    begun = ends[astray[0]] - len(made[astray[0]])
    read = [_parted(word, at, language) for at in range(max(1, begun - _BACK), begun + 1) if _begins(word, at)]
    best = min(read, key=lambda pieces: (sum(map(bool, map(_ASTRAY.match, pieces))), len(pieces)), default=made)
    kept = sorted(sure & set(accumulate(map(len, best))))
    return tuple(word[start:end] for start, end in pairwise((0, *kept, len(word))))


def _parted(word: str, at: int, language: str) -> tuple[str, ...]:
    return (*LineBreaker(word[:at], language), *LineBreaker(word[at:], language))


def _begins(word: str, at: int) -> bool:
    """Say whether a Thai syllable may begin at a letter: a vowel written first, or a consonant that follows none."""
    return "\u0e40" <= word[at] <= "\u0e44" or (
        "\u0e01" <= word[at] <= "\u0e2e" and not "\u0e40" <= word[at - 1] <= "\u0e44"
    )


def _spaced(text: str) -> list[str]:
    words = text.split(" ")
    return [word + " " for word in words[:-1]] + words[-1:]


def _cut(word: str, room: int, width: int) -> list[str]:
    """Cut a word that is wider than a line into parts that fit, never inside a character."""
    parts, part, used = [], "", 0
    for char in CharacterBreaker(word, "en"):
        cells = display_width(char)
        if part and used + cells > room:
            parts.append(part)
            part, used, room = "", 0, width
        part += char
        used += cells
    return [*parts, part]
