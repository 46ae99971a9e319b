"""Vetoes: what keeps two reports apart although all else agrees, because it tells one of a kind from the next.

The 12th and the 13th sanctions package share every word but one; so do two years' elections, two typhoons, two
countries' treaties. Which kinds of things are told apart so, and how twenty languages number them, is data
(``data/vetoes.yaml``). A report's own number is the one in its headline, or else in its first lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, product
from typing import Any

from briefing import shipped
from briefing.text.calendars import common_year
from briefing.text.language import spaced
from briefing.text.numbers import digits
from briefing.text.phrases import LETTER, fold, pattern
from briefing.text.sounds import distance, sound
from briefing.text.words import stopwords

Marks = Mapping[str, str]
"""What tells a thing from others of its kind, with the article's spelling: ``package#12``, ``storm/vi#3``,
``election@2024``, ``storm=yagi``, ``treaty`` (a kind told apart by the countries that take part)."""

LEAD = 120
"""Characters behind the headline where a report's own number is looked for: later it is often the one before."""

_GAP = {True: 24, False: 9}
"""Characters between a kind's word and its number, in languages with spaces between words and without."""

_STOP = re.compile(r"[.!?;:,،؛。！？；，、()\n]\s|[。！？；，、\n]")
_YEAR = re.compile(r"(?<![\d.,/-])(?:1[3-9]|2[0156])\d\d(?![\d.,/-]?\d|%)")
_ROMAN = re.compile(r"(?<![\w'’-])(?=[IVX]{2,6}\b)X{0,3}(?:IX|IV|V?I{0,3})(?![\w'’-])")
_BEHIND = re.compile(
    r"[\s-]{0,2}(?:no\.?|nr\.?|№|#|n[º°])?\s?(\d{1,3})(?![\d%]|[.,:/]\d|\s?(?:[%$€£]|per cent|percent))"
)
_SORT = re.compile(r"(?<=[#@=])")
_ALIKE = 0.4
"""Sounds of two spellings of one storm's name are closer than this, of two names farther: measured over six scripts."""

_POSTPOSED = frozenset({"vi", "th", "id", "ar", "he", "fa"})
_SURE = 0.2
_GLUED = re.compile(r"(\d{1,3})$")
_NAME = re.compile(rf"\s?[«\"“„'’]?([{LETTER}][{LETTER}-]{{2,}})")
_QUOTED = re.compile(r"\s?[«\"“„‘’'「『〝”]\s?([^\s«»\"“”„‘’'「」『』〞]{2,14})\s?[»\"”“’'」』〞]")
_RUN = re.compile(rf"\s?([{LETTER}\u0e00-\u0e7f\u0900-\u097f]{{2,12}})")
_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
_SHAPES = {"ja": _KATAKANA} | dict.fromkeys(("th", "fa", "ar", "he", "hi", "ko"), _RUN)
_HAN_BESIDE = 6
"""Characters around a storm's word where its Chinese name stands."""

_HAN = {"十": 10, "百": 100} | {figure: value for value, figure in enumerate("〇一二三四五六七八九")}
_FIGURE = r"\d{1,3}(?!\d)"
_HAN_FIGURE = r"\d{1,3}(?!\d)|[一二三四五六七八九十百]+"
_PERSIAN = range(1300, 1450)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing of which there are many, and what tells one from the next."""

    numbered: bool
    local: bool
    yearly: bool
    named: bool
    parties: int


@cache
def _data() -> dict[str, Any]:
    table: dict[str, Any] = shipped.table(__package__, "data/vetoes.yaml")
    return table


@cache
def kinds() -> dict[str, Kind]:
    """Give the kinds by name."""
    return {
        name: Kind(
            row.get("numbered", False),
            row.get("local", False),
            row.get("yearly", False),
            row.get("named", False),
            row.get("parties", 0),
        )
        for name, row in _data()["kinds"].items()
    }


@cache
def _words(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = ((name, pattern(row["words"].get(language, ()), language)) for name, row in _data()["kinds"].items())
    return tuple((name, compiled) for name, compiled in found if compiled is not None)


@cache
def _any_word(language: str) -> re.Pattern[str]:
    """What finds a word of any kind: most texts hold none, and are looked through once instead of once a kind."""
    listed = chain.from_iterable(row["words"].get(language, ()) for row in _data()["kinds"].values())
    return pattern(listed, language) or re.compile(r"(?!)")


@cache
def _numbered(language: str) -> tuple[tuple[re.Pattern[str], int | None], ...]:
    """Patterns of ordinals with the value each means; None where the figure is group 1."""
    figure = _HAN_FIGURE if language in ("zh", "ja") else _FIGURE
    marked = [
        (re.compile(r"(?<![\d.,-])" * shape.startswith("(N)") + shape.replace("(N)", f"({figure})")), None)
        for shape in _data()["marked"].get(language, ())
    ]
    worded = [
        (compiled, value)
        for value, phrase in enumerate(_data()["ordinals"].get(language, ()), 1)
        # "First" in words is mostly news of something never done before.
        if value > 1 and (compiled := pattern([phrase], language)) is not None
    ]
    # The longest come first: a twelfth is no second.
    return (*marked, *reversed(worded))


def find_marks(title: str, text: str, language: str) -> dict[str, str]:
    """Give what tells the thing that an article is about from others of its kind; bounded work."""
    base = language.partition("-")[0]
    found = _found(title, base)
    tails = {sort_of(key) for key in found}
    for key, spelling in _found(text[:LEAD], base).items():
        if sort_of(key) not in tails and key not in kinds():
            found[key] = spelling
    return found


def _found(text: str, language: str) -> dict[str, str]:
    plain = digits(text)
    folded = fold(plain)
    if _any_word(language).search(folded) is None:
        return {}
    places = [
        (name, match.start(), match.end()) for name, words in _words(language) for match in words.finditer(folded)
    ]
    if not places:
        return {}
    gap = _GAP[spaced(language)]
    found: dict[str, str] = {}
    numbered = [place for place in places if kinds()[place[0]].numbered]
    after = [(value, start, end, numbered) for value, start, end in _behind(folded, numbered)]
    for value, start, end in _ordinals(plain, folded, language):
        # Where ordinals stand before their noun, one behind it counts something else.
        after.append((value, start, end, [p for p in numbered if p[1] >= end or language in _POSTPOSED]))
    for value, start, end, beside in after:
        near = _nearest(beside, start, end, gap, folded)
        if near is not None and not _loose(folded[end : near[1]], language):
            whose = f"/{language}" if kinds()[near[0]].local else ""
            found.setdefault(f"{near[0]}{whose}#{value}", text[min(start, near[1]) : max(end, near[2])])
    for year in _YEAR.finditer(folded):
        near = _nearest([place for place in places if kinds()[place[0]].yearly], *year.span(), gap, folded)
        written = int(year[0])
        common = written + 621 if language == "fa" and written in _PERSIAN else common_year(written, language, 4)
        if near is not None and common is not None and common >= 1900:
            found.setdefault(f"{near[0]}@{common}", text[min(year.start(), near[1]) : max(year.end(), near[2])])
    for name, start, end in places:
        if kinds()[name].named and (called := _called(text, start, end, language)) is not None:
            found.setdefault(f"{name}{called[0]}", text[min(start, called[1]) : max(end, called[2])])
        if kinds()[name].parties:
            found.setdefault(name, text[start:end])
    return found


def _ordinals(plain: str, folded: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Give value, start and end of the ordinals of a text."""
    taken: list[tuple[int, int]] = []
    for shape, value in _numbered(language):
        for match in shape.finditer(folded):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield (_value(match[1]) if value is None else value, *match.span())
    for roman in _ROMAN.finditer(plain):
        yield (_roman(roman[0]), *roman.span())


def _behind(folded: str, places: Iterable[tuple[str, int, int]]) -> Iterator[tuple[int, int, int]]:
    for _, start, end in places:
        if match := _GLUED.search(folded, start, end) or _BEHIND.match(folded, end):
            yield int(match[1]), match.start(1), match.end(1)


def _nearest(
    places: Iterable[tuple[str, int, int]], start: int, end: int, gap: int, text: str
) -> tuple[str, int, int] | None:
    """Give the kind's word closest to a number, within the gap and the same clause."""
    best, reached = None, gap + 1
    for place in places:
        between = text[end : place[1]] if place[1] >= end else text[place[2] : start]
        apart = len(between)
        if apart < reached and not _STOP.search(between):
            best, reached = place, apart
    return best


def _loose(between: str, language: str) -> bool:
    """Whether words between an ordinal and a noun behind it say that it counts something else."""
    return not stopwords(language).isdisjoint(between.split())


def _value(figure: str) -> int:
    if figure.isdecimal():
        return int(figure)
    total = last = 0
    for char in figure:
        value = _HAN[char]
        if value >= 10:
            total, last = total + max(last, 1) * value, 0
        else:
            last = value
    return total + last


def _roman(figure: str) -> int:
    worth = [{"I": 1, "V": 5, "X": 10}[char] for char in figure]
    return sum(-one if one < max(worth[at:]) else one for at, one in enumerate(worth))


def _called(text: str, start: int, end: int, language: str) -> tuple[str, int, int] | None:
    """Give how a thing is called whose word stands at a place: ``=name``, ``/zh=name`` if only Chinese compares."""
    if language == "zh":
        return _called_in_chinese(text, start, end)
    quoted = _QUOTED.match(text, end)
    match = quoted or _SHAPES.get(language, _NAME).match(text, end)
    if match is None:
        return None
    word = match[match.re.groups].casefold()
    if fold(word) in _data()["unnamed"]:
        return None
    if quoted is None and not match[match.re.groups][0].isupper() and (word := _known(word)) == "":
        return None
    return f"={_known(word) or word}", match.start(match.re.groups), match.end(match.re.groups)


def _called_in_chinese(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    beside = max(0, start - _HAN_BESIDE)
    for name, spelling in _in_chinese():
        at = text.find(spelling, beside, end + _HAN_BESIDE)
        if at >= 0:
            return f"={name}", at, at + len(spelling)
    quoted = _QUOTED.match(text, end)
    return None if quoted is None else (f"/zh={quoted[1]}", quoted.start(1), quoted.end(1))


@cache
def _in_chinese() -> tuple[tuple[str, str], ...]:
    pairs = [(name, spelling) for name, others in _data()["storms"].items() for spelling in others]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[1]), pair[1])))


@lru_cache(maxsize=4_096)
def _known(word: str) -> str:
    """Give the name of a storm in Latin letters that a word in any script is, or an empty string."""
    storms: dict[str, list[str]] = _data()["storms"]
    for name, others in storms.items():
        if word == name or word in others:
            return name
    heard = sound(word)
    apart, name = min((distance(heard, sound(name)), name) for name in storms)
    return name if apart <= _SURE else ""


@lru_cache(maxsize=4_096)
def sort_of(mark: str) -> str:
    """Give what a mark can be held against: ``package#`` of ``package#12``."""
    return _SORT.split(mark, maxsplit=1)[0]


def against(one: Marks, other: Marks, places: tuple[Marks, Marks], met: bool) -> tuple[str, str] | None:
    """Give what each of two articles says that keeps them apart, or None.

    ``places`` are the countries that each names; ``met`` tells whether they share a person, which outweighs countries.
    """
    for sort in {sort_of(key): None for key in one}:
        found = _parties(sort, other, places, met) if sort in kinds() else _numbers(sort, one, other)
        if found is not None:
            return found
    return None


def _parties(kind: str, other: Marks, places: tuple[Marks, Marks], met: bool) -> tuple[str, str] | None:
    few = min(len(places[0]), len(places[1])) < kinds()[kind].parties
    if kind not in other or met or few or not places[0].keys().isdisjoint(places[1]):
        return None
    return ", ".join(places[0].values()), ", ".join(places[1].values())


def _numbers(sort: str, one: Marks, other: Marks) -> tuple[str, str] | None:
    mine, theirs = ([mark for mark in marks if sort_of(mark) == sort] for marks in (one, other))
    if not theirs or any(_same(*pair) for pair in product(mine, theirs)):
        return None
    return one[mine[0]], other[theirs[0]]


def _same(one: str, other: str) -> bool:
    # Names come from many scripts: alike in sound is one.
    return one == other or (
        "=" in one and distance(sound(one.partition("=")[2]), sound(other.partition("=")[2])) <= _ALIKE
    )
