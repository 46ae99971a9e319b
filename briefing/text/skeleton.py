"""Skeletons: the consonants of a name, so that it can be compared across scripts."""

from __future__ import annotations

import re
from functools import cache

from anyascii import anyascii

_PARTS = re.compile(r"[^\W\d_]+")
_CLASSES = str.maketrans(
    {"b": "p", "p": "p", "f": "f", "v": "f", "w": "", "t": "t", "d": "t", "k": "k", "g": "k", "q": "k", "c": "k", "s": "s", "z": "s",
     "x": "s", "j": "j", "m": "m", "n": "n", "l": "l", "r": "r", "h": "", "y": "", "a": "", "e": "", "i": "", "o": "", "u": ""}
)  # fmt: skip
_DIGRAPHS = (
    (re.compile("sch|sh|zh|ch|dj|tch|tsch|cz|sz"), "j"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("ts|tz"), "s"),
)
_TWICE = re.compile(r"(.)\1+")


@cache
def skeleton(name: str) -> str:
    """Give the consonant classes of each part of a name, parts joined by spaces: ``Putin``, ``ปูติน``, ``پوتین`` all ``ptn``."""
    parts = []
    for part in _PARTS.findall(anyascii(name).lower()):
        for pattern, sound in _DIGRAPHS:
            part = pattern.sub(sound, part)
        bones = _TWICE.sub(r"\1", part.translate(_CLASSES))
        parts.append(bones or "a")
    return " ".join(parts)
