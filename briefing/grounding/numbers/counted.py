"""What figures count: twelve dead and forty hurt are not forty dead and twelve hurt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from briefing.grounding.atoms import atoms
from briefing.grounding.dates.durations import unit_of
from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.figures import Number
from briefing.grounding.tables import data
from briefing.text.language import spaced

# Characters behind and before a figure in which what it counts is said; half as many where words have no spaces.
_BEHIND, _BEFORE = 28, 12
_PARTITIVE = 8  # characters between two figures of which one is a part of the other
_STOP = re.compile(r"[,;:،؛、，；。.!?()]|\s[–—-]\s")


def miscounted(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the exchanged figures of a claim: each counts what another of its figures counts in the cited texts.

    Only where no place of a figure in the texts counts what the claim says it does.
    """
    told = [pair for source in sources for line in source.sentences for pair in _counts(line, source.language)]
    claimed = _counts(text, language)
    for number, what in claimed:
        same = [other for one, other in told if one.value == number.value]
        others = {one.value for one, other in told if other == what}
        if what is None or not same or what in same or not others:
            continue
        if any(one.value in others and other != what for one, other in claimed):
            yield text[number.start : number.end]


@lru_cache(maxsize=4096)
def _counts(line: str, language: str) -> tuple[tuple[Number, str | None], ...]:
    """The figures of a sentence, each with what it counts: a word that says so belongs to the figure nearest to it."""
    numbers = [
        number
        for number in atoms(line, language).numbers
        if number.kind == "" and not unit_of(line, language, number.end) and not _AGE.match(line, number.end)
    ]
    folded = line.lower() if len(line.lower()) == len(line) else line
    said = [(*match.span(), what) for what, pattern in _words(language) for match in pattern.finditer(folded)]
    counted: dict[int, tuple[int, str]] = {}
    for start, end, what in said:
        gaps = ((_gap(number, start, end, folded, language), n) for n, number in enumerate(numbers))
        far = [(gap, n) for gap, n in gaps if gap is not None and not _part_of(n, numbers, folded)]
        if far:
            gap, n = min(far)
            counted[n] = min(counted.get(n, (gap, what)), (gap, what))
    return tuple((number, counted[n][1] if n in counted else None) for n, number in enumerate(numbers))


# What makes a figure an age, which counts nothing else: a 44-year-old woman was found dead.
_AGE = re.compile(
    r"[\s-]{0,2}(?:year-old|tuổi|ปี|岁|歲|歳|才|살|세|yaş|jährig|[- ]?(?:лет|річн)|साल|वर्ष|tahun|ساله|عام|letni)",
    re.IGNORECASE,
)


def _part_of(n: int, numbers: Sequence[Number], line: str) -> bool:
    """Whether a figure is the whole of which the one right before it is a part: seven of the twelve."""
    between = line[numbers[n - 1].end : numbers[n].start] if n else ""
    return (
        n > 0
        and len(between) <= _PARTITIVE
        and not any(pattern.search(between) for pattern in (_AND, _WITH, _VERSUS, _STOP))
    )


def _gap(number: Number, start: int, end: int, line: str, language: str) -> int | None:
    """How far a word is from a figure that it may belong to; None where it is too far or something parts them."""
    if number.start - end == 1 and not line[end].strip() and _VERSUS.fullmatch(line, start, end):
        return -1  # 287 against 55
    if start >= number.end:
        between, reach = line[number.end : start], _BEHIND
    else:
        between, reach = line[end : number.start], 0 if language in _FIGURE_FIRST else _BEFORE
    if not spaced(language):
        reach //= 2
    parted = _STOP.search(between) or any(map(str.isdigit, between)) or (start < number.end and _AND.search(between))
    return None if len(between) > reach or parted else len(between)


_AND = re.compile(r"(?<!\w)(?:and|und|et|y|e|и|і|та|و|và|और|ve|dan|i|oraz)(?!\w)|และ|(?:^|\s)و", re.IGNORECASE)
_VERSUS = re.compile("against|gegen|contre|против|проти|ضد|karşı")
_WITH = re.compile(r"\b(?:with|mit|bei|avec|con|com|với|ile|dengan|plus)\b|[сз] ", re.IGNORECASE)
_FIGURE_FIRST = frozenset(("vi", "zh", "ja", "ko", "tr", "hi"))  # languages that say what is counted behind the figure


def counts_any(source: Evidence, what: str) -> bool:
    """Whether a text has any word for what is counted: the dead, the hurt."""
    return any(one == what and pattern.search(source.text.lower()) for one, pattern in _words(source.language))


@cache
def _words(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    edge = r"(?<!\w)(?:[وفبل]?(?:ال)?)" if language == "ar" else r"(?<!\w)" if spaced(language) else ""
    return tuple(
        (what, re.compile(f"{edge}(?:{row[language]})")) for what, row in data("counted").items() if language in row
    )
