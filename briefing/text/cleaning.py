"""Cleaning: one normal form of text, whatever it came as."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# C0 and C1 controls but tab and newline; soft hyphen; BOM and other zero-width debris; bidi marks, embeddings,
# overrides and isolates; interlinear and object replacement; tag characters; non-characters; lone surrogates.
_DEBRIS = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffc\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_JOINERS = re.compile("[\u200c\u200d]+")
_BLANKS = re.compile(r"[^\S\n]+")
_SPACES = re.compile(r"\s+")
_AFTER_SPACE = re.compile(r"(?<=[ \n])")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u064b-\u0655\u0670\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{5,}")
_MOST_MARKS = 4  # a letter with more stacked marks than any orthography uses is spoofing ("zalgo")


@cache
def _joins(char: str) -> bool:
    """Whether a joiner beside this character may carry meaning: letters of joining scripts, and emoji."""
    if char < "\u0590":
        return False
    return (
        unicodedata.category(char)[0] in "LM"
        or char >= "\U0001f000"
        or "\u2190" <= char <= "\u2bff"
        or char == "\ufe0f"
    )


def _joiner(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    if start == 0 or end == len(text) or not (_joins(text[start - 1]) and _joins(text[end])):
        return ""
    return text[start]


def normalise(text: str) -> str:
    """Give the text in NFC with unified newlines and without controls, byte order marks, bidi marks and overrides.

    Zero-width joiners and non-joiners stay only between characters that they can join (Persian, Indic letters, emoji).
    Spaces keep their number and kind: see `fold_spaces`. Applying it twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _NEWLINES.sub("\n", text)
    text = _DEBRIS.sub("", text)
    text = _MARKS.sub(lambda match: match[0][:_MOST_MARKS], text)
    text = _JOINERS.sub(_joiner, text)
    return unicodedata.normalize("NFC", text)


def as_given(raw: str, start: int, end: int) -> tuple[int, int] | None:
    """Give where ``normalise(raw)[start:end]`` stands in ``raw``, as code-point offsets, end exclusive.

    None where no stretch of ``raw`` has exactly that normal form (half of what composed to one letter). Of debris
    around it nothing is taken in.
    """
    clean = normalise(raw)
    if clean == raw:
        return start, end
    pieces = _AFTER_SPACE.split(raw)  # nothing joins or composes across a space
    ends = list(accumulate(len(normalise(piece)) for piece in pieces))
    starts = list(accumulate(map(len, pieces), initial=0))

    def place(offset: int, *, first: bool) -> int | None:
        index = bisect_right(ends, offset) if first else bisect_left(ends, offset)
        if index == len(pieces):
            return None
        piece, within = pieces[index], offset - (ends[index - 1] if index else 0)
        whole = normalise(piece)[:within]
        least = bisect_left(range(len(piece)), within, key=lambda length: len(normalise(piece[:length])))
        fits = [length for length in range(least, min(least + 8, len(piece)) + 1) if normalise(piece[:length]) == whole]
        return starts[index] + (fits[-1] if first else fits[0]) if fits else None

    begin, finish = place(start, first=True), place(end, first=False)
    if begin is None or finish is None or normalise(raw[begin:finish]) != clean[start:end]:
        return None
    return begin, finish


def fold_spaces(text: str) -> str:
    """Give the text on one line: every run of white space is one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()
