"""Phrases: one pattern that finds any of a list of words and phrases in a language's own way of joining words.

A phrase is written in lower case; ``*`` stands for any letters; between slashes it is a regular expression. Phrases are
compiled into a prefix tree, so that a long list costs little more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from briefing.text.language import spaced

# `\w` leaves out combining vowel signs, without which Devanagari, Arabic and decomposed Latin words fall apart.
LETTER = r"\w\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963"
# Korean glues particles behind a word; Arabic and Hebrew glue conjunctions, prepositions and the article before it.
_UNBOUND = frozenset({"ko"})
_JOINED = {"ar": "[وف]?[بلك]?(?:ال|ل)?", "he": "[ושהכבלמ]{0,2}"}
_ATOMS = {
    " ": r"\s+", "'": "['’]", "’": "['’]", "\u200c": "[\u200c ]?", "ی": "[یي]", "ک": "[کك]", "*": f"[{LETTER}]*",
}  # fmt: skip
_WORD, _STEM = "word", "stem"


def fold(text: str) -> str:
    """Give the text in lower case, character for character, as patterns want it: offsets stay what they were."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def pattern(phrases: Iterable[str], language: str) -> re.Pattern[str] | None:
    """Compile phrases for a language (a BCP 47 tag), to be searched in folded text; None for no phrases.

    Where a language puts spaces between words a phrase matches whole words, and of several the longest. Raises
    `re.error` for a wrong expression.
    """
    base = language.partition("-")[0].lower()
    bound = spaced(base) and base not in _UNBOUND
    tree: dict[str, Any] = {}
    parts = []
    for phrase in sorted(set(phrases)):
        if len(phrase) > 2 and phrase.startswith("/") and phrase.endswith("/"):
            parts.append(f"(?:{phrase[1:-1]})")
        else:
            _plant(tree, fold(phrase))
    if tree:
        parts.append(_render(tree, bound))
    if not parts:
        return None
    # The edges stand around all phrases, not behind each: every set of letters takes as long to compile as 20 words.
    start, end = (f"(?<![{LETTER}]){_JOINED.get(base, '')}", f"(?![{LETTER}])") if bound else ("", "")
    return re.compile(f"{start}(?:{'|'.join(parts)}){end}")


def _plant(tree: dict[str, Any], phrase: str) -> None:
    stem = phrase.endswith("*")
    for char in phrase.removesuffix("*"):
        tree = tree.setdefault(_ATOMS.get(char) or re.escape(char), {})
    tree[_STEM if stem else _WORD] = {}


def _render(tree: dict[str, Any], bound: bool) -> str:
    branches = [atom + _render(below, bound) for atom, below in tree.items() if atom not in (_WORD, _STEM)]
    if _STEM in tree:
        branches.append(f"[{LETTER}]*" if bound else "")
    elif _WORD in tree:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
