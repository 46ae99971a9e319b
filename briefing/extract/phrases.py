"""What pages say around an article: the phrases of `phrases.yaml`, and how a line is held against them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from briefing import shipped

_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")) | {ord("’"): "'", ord("ي"): "ی", ord("ك"): "ک"}
_COUNTER = re.compile(r"\(?\s*\b\d[\d.,]*\s*[kKmM]?\b\s*\)?")
_LABEL_END = re.compile(r"\s*[:：=]\s*|\s+[-–—|]\s+")
_CONNECTED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fold(text: str) -> str:
    """Give the form in which phrases are compared: casefolded, spaces single, joiners and outer punctuation gone."""
    folded = " ".join(unicodedata.normalize("NFC", text.translate(_JOINERS).casefold()).split())
    start, end = 0, len(folded)
    while start < end and not _counts(folded[start]):
        start += 1
    while end > start and not _counts(folded[end - 1]):
        end -= 1
    return folded[start:end]


def _counts(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM" or char == "©"


@dataclass(frozen=True, slots=True)
class PhraseClass:
    """One class of phrases, in all languages; ``several`` are those of several words, by their first two characters."""

    phrases: frozenset[str]
    by_length: tuple[str, ...]
    several: dict[str, tuple[str, ...]]

    def whole(self, folded: str) -> bool:
        """Whether the folded line is one of the phrases and nothing more, a count apart: ``comments (12)``."""
        return folded in self.phrases or _uncounted(folded) in self.phrases

    def label(self, line: str) -> str | None:
        """Give what stands behind ``phrase:`` at the start of a line, or None where the line does not begin so."""
        label, rest = _label(line)
        return rest if label in self.phrases else None

    def head(self, folded: str, spare: int = 3) -> bool:
        """Whether the folded line begins with a phrase of several words and goes on for ``spare`` words at most."""
        for phrase in self.several.get(folded[:2], ()):
            if folded.startswith(phrase) and _bounded(folded, 0, len(phrase)):
                rest = folded[len(phrase) :]
                if len(rest.split()) <= spare and len(rest) <= 12 * spare:
                    return True
        return False

    def last(self, folded: str) -> int:
        """Give where the last of the phrases that stand in the folded text as whole words begins, or -1."""
        return max((_stands(phrase, folded) for phrase in self.by_length if phrase in folded), default=-1)

    def hits(self, folded: str) -> int:
        """Count the phrases that stand anywhere in the folded line as whole words."""
        return sum(1 for phrase in self.by_length if phrase in folded and _stands(phrase, folded) >= 0)


@lru_cache(maxsize=64)
def _label(line: str) -> tuple[str | None, str]:
    """Give the folded words before a line's first colon (or the like), None where it has none, and what follows."""
    cut = _LABEL_END.search(line, 0, 80)
    return (fold(line[: cut.start()]), line[cut.end() :].strip()) if cut else (None, line)


@lru_cache(maxsize=64)
def _uncounted(folded: str) -> str:
    """Give a folded line without its counts: ``comments (12)`` is ``comments``."""
    return fold(_COUNTER.sub(" ", folded)) if any(map(str.isdigit, folded)) else folded


def _stands(phrase: str, folded: str) -> int:
    """Give where a phrase stands last as whole words, or -1."""
    at = folded.rfind(phrase)
    while at >= 0 and not _bounded(folded, at, at + len(phrase)):
        at = folded.rfind(phrase, 0, at + len(phrase) - 1)
    return at


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is not a piece of a longer word; scripts without spaces have no such border."""
    before = start == 0 or _CONNECTED.match(text[start]) or not text[start - 1].isalnum() or not text[start].isalnum()
    after = (
        end == len(text) or _CONNECTED.match(text[end - 1]) or not text[end].isalnum() or not text[end - 1].isalnum()
    )
    return bool(before and after)


@cache
def _table() -> dict[str, dict[str, list[Any]]]:
    table: dict[str, dict[str, list[Any]]] = shipped.table(__package__, "phrases.yaml")
    return table


@cache
def phrases(name: str) -> PhraseClass:
    """Give one class of `phrases.yaml`. Raises KeyError for a class that is not there."""
    # Not every Arabic entry of the file is folded as a page's line will be; so fold here, and drop double ones.
    found = {fold(str(phrase)) for group in _table()[name].values() for phrase in group}
    ordered = tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
    several: dict[str, tuple[str, ...]] = {}
    for phrase in ordered:
        if " " in phrase or _CONNECTED.search(phrase):
            several[phrase[:2]] = (*several.get(phrase[:2], ()), phrase)
    return PhraseClass(frozenset(found), ordered, several)
