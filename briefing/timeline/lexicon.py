"""The words of one kind of matter, found in a sentence of any language they are given for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.text.phrases import fold, pattern
from briefing.timeline.loading import Process, Words

Span = tuple[int, int]
_APART = frozenset({"purpose", "claim", "bloc"})  # groups that say nothing about the kind of matter


@lru_cache(maxsize=8192)
def _compiled(words: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return pattern(words, language)


class Lexicon:
    """The groups of words of one process; it finds them in a sentence of any language they are given for."""

    def __init__(self, process: Process) -> None:
        self._groups: Words = process.groups()
        self._kind = tuple(group for group in self._groups if group not in _APART)

    def find(self, group: str, text: str, language: str) -> list[tuple[Span, bool]]:
        """Where the words of a group stand, and whether each tells a deed (no ``~``)."""
        words = self._groups[group].get(language.partition("-")[0].lower(), ())
        text = fold(text)
        told = _compiled(tuple(word for word in words if not word.startswith("~")), language)
        named = _compiled(tuple(word[1:] for word in words if word.startswith("~")), language)
        found = [(match.span(), True) for match in told.finditer(text)] if told else []
        spans = [span for span, _ in found]
        if named:
            found += [(m.span(), False) for m in named.finditer(text) if not any(touch(m.span(), s) for s in spans)]
        return found

    def has(self, groups: Sequence[str], text: str, language: str) -> bool:
        """Whether any word of any of the groups stands in the text."""
        return any(self.find(group, text, language) for group in groups)

    def spans(self, text: str, language: str) -> list[Span]:
        """Where words of this kind of matter stand in a text."""
        return [span for group in self._kind for span, _ in self.find(group, text, language)]

    @lru_cache(maxsize=4096)  # noqa: B019 - the same few words are asked for, and a lexicon lives for one storyline
    def knows(self, word: str, language: str) -> bool:
        """Whether a word, or its beginning, is one of this kind of matter and so tells no matter from another."""
        return self.has(self._kind, word, language)


def touch(left: Span, right: Span) -> bool:
    """Whether two spans share a character."""
    return left[0] < right[1] and right[0] < left[1]
