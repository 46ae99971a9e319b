"""Where in a text a costly pattern is worth running: around the words or characters that it cannot do without.

A pattern that begins with a look-behind is tried at every character; a plain search for a word is some hundred times
faster. So the words are looked for first, and the pattern runs in the windows around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Window = tuple[int, int]
GLUING = frozenset({"ko", "ar", "he", "fa"})
"""Languages with spaces that write prepositions, articles or endings onto a word."""


def around_words(text: str, names: Iterable[str], margin: int, *, bound: bool) -> list[Window]:
    """Give the disjoint windows of ``margin`` characters around every place where one of the names stands, in order.

    With ``bound`` a name must be a word: no letter stands before or after it.
    """
    spots = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not (bound and (text[end : end + 1].isalpha() or (at and text[at - 1].isalpha()))):
                spots.append((at - margin, end + margin))
            at = text.find(name, at + 1)
    return _merged(sorted(spots), len(text))


def around_matches(text: str, pattern: re.Pattern[str], margin: int) -> list[Window]:
    """Give the disjoint windows of ``margin`` characters around every match of a cheap pattern, in order."""
    return _merged([(m.start() - margin, m.end() + margin) for m in pattern.finditer(text)], len(text))


def matches_in(text: str, pattern: re.Pattern[str], windows: Iterable[Window]) -> Iterator[re.Match[str]]:
    """Give the matches of a pattern in the windows, none ending at a cut; look-behinds see what stands before one."""
    for start, end in windows:
        for match in pattern.finditer(text, start, end):
            if match.end() < end or end == len(text):  # what ends at a cut may go on behind it
                yield match


def _merged(spots: Iterable[Window], length: int) -> list[Window]:
    merged: list[Window] = []
    for start, end in spots:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((max(0, start), end))
    return [(start, min(end, length)) for start, end in merged]
