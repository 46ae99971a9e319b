"""How a sentence marks that something is not (yet) a fact: negated, to come, conditional, denied, called off, reported.

Light evidence by cue words, one table of 20 languages (`data/modality.yaml`), no parsing: a cue holds for its clause.
The kinds follow the factuality literature (Saurí & Pustejovsky 2009, "FactBank": polarity and certainty, and the
source that says so); a language without a table gives no cue, which `known` tells apart from "nothing found".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from briefing import shipped
from briefing.text.phrases import fold, pattern

Kind = Literal["negated", "future", "conditional", "denied", "cancelled", "reported"]
KINDS: tuple[Kind, ...] = ("negated", "future", "conditional", "denied", "cancelled", "reported")

_CLAUSE_ENDS = re.compile(r"[;:،؛、，；：。！？!?«»„“”\"]|,(?!\d)|(?<!\d),|\s[–—-]\s|—|(?<!\d)\.\s")
_THAI_CLAUSE_ENDS = re.compile(r"\s+(?!และ)|[“”\"]")
_SHORT = {"zh": 6, "ja": 8, "ko": 9, "th": 12}  # characters below which a piece holds no verb; 18 elsewhere
_ASIDE = 40
"""Characters that what stands beside a subject has at most ("…, that is, the upper house, …")."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue word or phrase: ``sentence[start:end]``, and what it marks."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Modality:
    """Which kinds of cue a sentence (or the clauses around a span of it) holds.

    ``future`` is planned, expected or still to be done; ``conditional`` possible, wished or asked for; ``cancelled``
    put off or called off; ``reported`` told on somebody's word.
    """

    negated: bool = False
    future: bool = False
    conditional: bool = False
    denied: bool = False
    cancelled: bool = False
    reported: bool = False

    @property
    def factual(self) -> bool:
        """Whether nothing speaks against its being told as something that happened."""
        return not (self.negated or self.future or self.conditional or self.denied or self.cancelled)


@dataclass(frozen=True, slots=True)
class _Table:
    capital: re.Pattern[str] | None
    ignore: re.Pattern[str] | None
    joints: re.Pattern[str] | None
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...]


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = shipped.table(__package__, "data/modality.yaml")
    return loaded


@cache
def _table(language: str) -> _Table | None:
    row = _data().get(language.partition("-")[0].lower())
    if row is None:
        return None
    kinds = tuple((kind, made) for kind in KINDS if (made := pattern(row.get(kind, []), language)))
    return _Table(
        capital=re.compile(rf"(?<=\w\s)(?:{'|'.join(row['capital'])})(?!\w)") if "capital" in row else None,
        ignore=pattern(row.get("ignore", []), language),
        joints=pattern(row.get("joints", []), language),
        kinds=kinds,
    )


def known(language: str) -> bool:
    """Whether there is a table for this language (a BCP 47 tag)."""
    return _table(language) is not None


@lru_cache(maxsize=4096)
def cues(sentence: str, language: str) -> tuple[Cue, ...]:
    """Every cue in the sentence, in order of place; offsets are code points into ``sentence``."""
    table = _table(language)
    if table is None:
        return ()
    if table.capital is not None:
        sentence = table.capital.sub(_blank, sentence)
    sentence = _idioms_blanked(fold(sentence), table)
    found = [Cue(kind, m.start(), m.end()) for kind, pattern in table.kinds for m in pattern.finditer(sentence)]
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end, cue.kind)))


def _idioms_blanked(folded: str, table: _Table) -> str:
    """Give a text without the phrases that hold a cue or joint without its meaning: "in ways not seen before"."""
    return folded if table.ignore is None else table.ignore.sub(_blank, folded)


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())


@lru_cache(maxsize=4096)
def clauses(sentence: str, language: str) -> tuple[tuple[int, int], ...]:
    """Cut a sentence at punctuation and conjunctions (Thai at spaces, too) into (start, end) pairs that cover it.

    A piece too short to hold a verb ("On 6 November, …") is joined to the one after it, the last to the one before.
    """
    base = language.partition("-")[0].lower()
    ends, short = _THAI_CLAUSE_ENDS if base in ("th", "lo") else _CLAUSE_ENDS, _SHORT.get(base, 18)
    table = _table(language)
    joints = table.joints.finditer(_idioms_blanked(fold(sentence), table)) if table and table.joints else ()
    marks = {match.end() for match in ends.finditer(sentence)} | {match.start() for match in joints}
    cuts = sorted(marks | {0, len(sentence)})
    pieces: list[tuple[int, int]] = []
    start = 0
    for end in cuts[1:]:
        if len(sentence[start:end].strip()) > short or (end == len(sentence) and not pieces and end > start):
            pieces.append((start, end))
            start = end
    if pieces and start < len(sentence):
        pieces[-1] = (pieces[-1][0], len(sentence))
    return tuple(pieces)


def _predicate(
    sentence: str, pieces: Sequence[tuple[int, int]], near: Sequence[tuple[int, int]], found: Sequence[Cue]
) -> list[tuple[int, int]]:
    """Give the piece that goes on where a subject and what stands beside it were cut off: "…, the council, will …".

    It begins with the cue itself, so its subject is in what went before, with one short aside between at most.
    """
    if not near or any(a <= cue.start < b for cue in found for a, b in near):
        return []
    after = [piece for piece in pieces if piece[0] >= near[-1][1]][:2]
    if len(after) == 2 and after[0][1] - after[0][0] <= _ASIDE and not _opens(sentence, after[0], found):
        aside, after = after[0], after[1:]
        if any(aside[0] <= cue.start < aside[1] for cue in found):
            return []
    return [after[0]] if after and _opens(sentence, after[0], found) else []


def _opens(sentence: str, piece: tuple[int, int], found: Sequence[Cue]) -> bool:
    first = next((cue for cue in found if piece[0] <= cue.start < piece[1]), None)
    if first is None:
        return False
    before = sentence[piece[0] : first.start].strip()
    return not before or (len(before) <= _ASIDE and _CLAUSE_ENDS.fullmatch(before[-1]) is not None)


def modality(sentence: str, language: str, span: tuple[int, int] | None = None) -> Modality:
    """What a sentence marks, anywhere in it or, with ``span``, in the clauses that the span touches.

    A denial reaches all that follows it ("denied that …"). ``span`` is (start, end) in code points of ``sentence``. An
    unknown language gives a `Modality` without marks.
    """
    found = cues(sentence, language)
    if span is not None and found:
        pieces = clauses(sentence, language)
        near = [(a, b) for a, b in pieces if a < max(span[1], span[0] + 1) and span[0] < b]
        near += _predicate(sentence, pieces, near, found)
        found = tuple(
            cue
            for cue in found
            if any(a <= cue.start < b for a, b in near) or (cue.kind == "denied" and cue.start < span[0])
        )
    kinds = {cue.kind for cue in found}
    return Modality(**{kind: kind in kinds for kind in KINDS})
