"""Phrases: one pattern that finds any of a list of words and phrases in a language's own way of joining words.

A phrase is written in lower case; ``*`` at its end stands for any ending; between slashes it is a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.text.language import spaced

# `\w` leaves out combining vowel signs, without which Devanagari, Arabic and decomposed Latin words fall apart.
LETTER = r"\w\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963"
# Korean glues particles behind a word; Arabic and Hebrew glue conjunctions, prepositions and the article before it.
_UNBOUND = frozenset({"ko"})
_JOINED = {"ar": "[وف]?[بلك]?(?:ال|ل)?", "he": "[ושהכבלמ]{0,2}", "uk": "", "fa": ""}
_WORDLIKE = re.compile(rf"[{LETTER}]")


def pattern(phrases: Iterable[str], language: str) -> re.Pattern[str] | None:
    """Compile phrases for a language (a BCP 47 tag), longest first; None for no phrases.

    Where a language puts spaces between words a phrase matches whole words. Raises `re.error` for a wrong expression.
    """
    base = language.partition("-")[0].lower()
    bound = spaced(base) and base not in _UNBOUND
    before, after = (rf"(?<![{LETTER}]){_JOINED.get(base, '')}", rf"(?![{LETTER}])") if bound else ("", "")
    parts = []
    for phrase in sorted(set(phrases), key=lambda text: (-len(text), text)):
        if len(phrase) > 2 and phrase.startswith("/") and phrase.endswith("/"):
            parts.append(f"{before}(?:{phrase[1:-1]}){after}")
        elif phrase.endswith("*"):
            parts.append(f"{before}{_words(phrase[:-1])}{f'[{LETTER}]*' if bound else ''}")
        else:
            parts.append(f"{before}{_words(phrase)}{after}")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _words(text: str) -> str:
    spaced_out = re.escape(text).replace(r"\ ", r"\s+").replace("'", "['’]").replace("\u200c", "[\u200c ]?")
    inner = spaced_out.replace(r"\*", rf"[{LETTER}]*")
    return inner.replace("ی", "[یي]").replace("ک", "[کك]")
