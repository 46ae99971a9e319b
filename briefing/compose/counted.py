"""What a figure counts, in words of any language: the dead, soldiers, votes, money of one currency, per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.compose.tables import table
from briefing.text.dates import find_dates
from briefing.text.language import spaced
from briefing.text.numbers import NumberMention, find_numbers

_YEARS = {"th": range(2443, 2644), "fa": range(1279, 1480)}  # the Buddhist era, the solar Hijri calendar
_YEAR = range(1900, 2101)
_NEAR = 45  # characters on either side of a figure in which words say what it counts
_CLEARER = 2  # how many times nearer a word must be than one of another kind
_MONEY = re.compile(r"[A-Z]{3}$|%$")
_BREAK = re.compile(r"[,;:.!?،؛，、；：。！？]\s|[，、；。！？]|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing, comparable across languages (``dead``, ``soldiers``, ``USD``, ``%``), and the word that says it.

    ``word`` is as the sentence writes it, empty for money and per cent.
    """

    name: str
    word: str


@lru_cache(maxsize=4096)
def figures(text: str, language: str) -> tuple[NumberMention, ...]:
    """Give the figures that count something: no part of a date, no year."""
    numbers = find_numbers(text, language)
    dates = [(mention.start, mention.end) for mention in find_dates(text, language)] if numbers else []
    return tuple(
        number
        for number in numbers
        if not any(start < number.end and number.start < end for start, end in dates)
        and not (_is_year(number.value, language) and "," not in text[number.start : number.end])
    )


def _is_year(value: float, language: str) -> bool:
    return value in _YEAR or value in _YEARS.get(language.split("-")[0], ())


def kind_of(text: str, figure: NumberMention, language: str) -> Kind | None:
    """Give the kind of thing that a figure counts.

    None where no word in its clause says it, or words of two kinds stand about as near.
    """
    if _MONEY.match(figure.unit):
        return Kind(figure.unit, "")
    pattern = _words(language.split("-")[0])
    if pattern is None:
        return None
    before = list(_BREAK.finditer(text, max(0, figure.start - _NEAR), figure.start))
    after = _BREAK.search(text, figure.end, figure.end + _NEAR)
    start = before[-1].end() if before else max(0, figure.start - _NEAR)
    end = after.start() if after else min(len(text), figure.end + _NEAR)
    folded = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)  # offsets stay
    nearest: dict[str, tuple[int, str]] = {}
    for match in pattern.finditer(folded, start, end):
        distance = figure.start - match.end() if match.end() <= figure.start else match.start() - figure.end
        kind = str(match.lastgroup)
        if distance >= 0:
            found = (distance, text[match.start() : match.end()])
            nearest[kind] = min(found, nearest.get(kind, found))
    ranked = sorted((distance, kind, word) for kind, (distance, word) in nearest.items())
    if not ranked or (len(ranked) > 1 and ranked[1][0] < _CLEARER * (ranked[0][0] + 1)):
        return None
    return Kind(*ranked[0][1:])


@cache
def _words(language: str) -> re.Pattern[str] | None:
    kinds: dict[str, list[str]] = table("counted").get(language, {})
    if not kinds:
        return None
    edge = r"(?<!\w)" if spaced(language) and language not in ("ko", "ar", "he") else ""
    return re.compile("|".join(f"{edge}(?P<{kind}>{'|'.join(map(re.escape, words))})" for kind, words in kinds.items()))
