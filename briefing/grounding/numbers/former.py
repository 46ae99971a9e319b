"""Former figures told as the new ones: four instead of two, where a text has two instead of four."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from briefing.grounding.atoms import atoms
from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.spelt import figures_in_words, han_value
from briefing.grounding.tables import data
from briefing.text.language import spaced

_BEHIND = 36  # characters between "instead of" and the former figure; half as many where words have no spaces
_BETWEEN = 48  # characters between the two figures; the same
_CLOSE = 24  # the same of "from four ferries to two"
_YEARS = (1900, 2100)
_HAN = re.compile(r"[一二两兩三四五六七八九十]{1,3}(?=[次回度名个個人国國年か])")


def reversed_figures(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the new figure of a claim's pair "new instead of former" where the cited texts only have it the other way.

    "Four instead of two" for "two instead of four", "from 3 to 5 per cent" for "from 5 to 3".
    """
    told = {pair[:2] for source in sources for line in source.sentences for pair in pairs(line, source.language)}
    for new, former, written in pairs(text, language):
        if (former, new) in told and (new, former) not in told:
            yield written


@lru_cache(maxsize=4096)
def pairs(text: str, language: str) -> tuple[tuple[float, float, str], ...]:
    """Give the pairs of a new and a former figure of a text, and how the new one is written."""
    if language not in data("former"):
        return ()
    figures = _figures(text, language)
    folded = text.lower() if len(text.lower()) == len(text) else text
    found = []
    for n, (start, end, former) in enumerate(figures):
        last = figures[n - 1][1] if n else 0
        first = figures[n + 1][0] if n + 1 < len(figures) else len(text)
        reach = _marked(folded, (last, start, end, first), language)
        near = [
            (gap, value, text[a:b])
            for a, b, value in figures
            if value != former
            and (gap := max(a - end, start - b)) <= abs(reach)
            and (reach > 0 or a > end)
            and not _PARTED.search(text, min(end, b), max(start, a))
        ]
        if near:
            _, new, written = min(near)
            found.append((new, former, written))
    return tuple(found)


def _marked(text: str, around: tuple[int, int, int, int], language: str) -> int:
    """How far from a figure the new one may stand; negative where only behind it, 0 where nothing calls it former."""
    last, start, end, first = around
    wide = 1 if spaced(language) else 2
    reach = _BEHIND // wide
    before, behind = text[max(last, start - reach) : start], text[end : min(first, end + reach)]
    for way, pattern in _marks(language).items():
        if pattern.search(behind if way == "before" else before):
            return -_CLOSE // wide if way == "from" else _BETWEEN // wide
    return 0


_PARTED = re.compile(r"[;:；：.。!?](?!\d)")


def _figures(text: str, language: str) -> list[tuple[int, int, float]]:
    """The figures of a text in digits and words, small ones too, without years and days."""
    found = atoms(text, language)
    figures = {(n.start, n.end): n.value for n in found.numbers}
    figures |= {(start, end): value for start, end, value in figures_in_words(text, language) if value > 1}
    if not spaced(language):
        figures |= {match.span(): han_value(match[0]) for match in _HAN.finditer(text)}
    dated = [(day.start, day.end) for day in found.days]
    return [
        (start, end, value)
        for (start, end), value in sorted(figures.items())
        if not (_YEARS[0] <= value <= _YEARS[1]) and all(end <= a or b <= start for a, b in dated)
    ]


@cache
def _marks(language: str) -> dict[str, re.Pattern[str]]:
    first, last = (r"(?<!\w)", r"(?!\w)") if spaced(language) else ("", "")
    shapes = {
        "behind": rf"{first}(?:%s){last}[^\d,;:.。；：]{{0,26}}$",  # "the previous"
        "from": rf"{first}(?:%s){last}[^\d,;:.。；：\w]{{0,3}}$",
        "before": r"^[^\d,;:、。，]{0,8}?(?:%s)",  # right behind the figure and what it counts
    }
    return {way: re.compile(shapes[way] % listed) for way, listed in data("former")[language].items()}
