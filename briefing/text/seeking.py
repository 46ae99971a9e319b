"""What a search asks for, held against a text: whether it is there, how well, and where to show it.

A query is words. Each must be there, as it is or, from four letters on, as the beginning of a word (*treat* finds
*treaties*, *договор* finds *договора*). Words in quotation marks must stand side by side as they are; a word after a
minus must not be there. Nothing else has a meaning, so that no query can be wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from briefing.text.terms import INDEXED, STRETCH, WORD, Term, marks_agree, next_token, term_of, tokens

_LONGEST = 300
_MOST = 12
_BEGINNING = 4
"""Letters from which on a word is also found as the beginning of another."""
_REMEMBERED = 50_000
_SPANS = 20
"""Places of a clause in one text that are kept; more make it no better."""
_BEFORE, _EXCERPT = 60, 220
"""Characters of an excerpt before its first hit, and in all."""

_QUOTED = re.compile(
    r"[\"“”„«»「」『』]([^\"“”„«»「」『』]*)[\"“”„«»「」『』]|(?:(?<=\s)|^)[-−–](\S+)|([^\s\"“”„«»「」『』]+)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms that must stand side by side; a single one unless quoted. ``exact`` rules out beginnings."""

    terms: tuple[Term, ...]
    exact: bool = False

    def begins(self, term: Term) -> bool:
        """Whether a word that begins with this one counts as found."""
        return not self.exact and len(term.bare) >= _BEGINNING and not term.bare.isdigit()


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: every clause of ``wanted`` and none of ``unwanted``; ``some`` is enough with ``any_of``."""

    wanted: tuple[Clause, ...]
    unwanted: tuple[Clause, ...] = ()
    any_of: bool = False

    def loosened(self) -> Query | None:
        """Give the query that is content with any one clause; None where that asks for the same."""
        return replace(self, any_of=True) if len(self.wanted) > 1 and not self.any_of else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a shown text, and whether it is what was asked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Where a clause was found, ``text[start:end]``, and whether as it is or as a beginning."""

    clause: int
    start: int
    end: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found in an article: spans in its title and in its text, and how good that is, above 0."""

    title: tuple[Span, ...]
    text: tuple[Span, ...]
    score: float


def query_of(text: str) -> Query:
    """Read a query; whatever it holds, there is one, and what has no words asks for nothing."""
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    for match in _QUOTED.finditer(text[:_LONGEST]):
        quoted, without, plain = match.groups()
        found = tuple(token.term for token in tokens(next(part for part in match.groups() if part is not None)))
        if quoted is not None and found:
            wanted.append(Clause(found, exact=True))
        elif without is not None and found:
            unwanted.append(Clause(found, exact=True))
        elif plain is not None:
            wanted.extend(Clause((term,)) for term in found)
    return Query(tuple(dict.fromkeys(wanted))[:_MOST], tuple(dict.fromkeys(unwanted))[:_MOST])


def seek(query: Query, title: str, text: str) -> Found | None:
    """Hold a query against an article; None where it is not what is asked for.

    The score counts for each clause where it was found: in the title (4, or 3 as a beginning), and in the text, by a
    count that saturates (at most 1); whole words count 1.5 times. Clauses side by side in the asked order add 2 in the
    title and 1 in the text.
    """
    text = text[:INDEXED]
    if query.unwanted and (_there(query.unwanted, title) or _there(query.unwanted, text)):
        return None
    in_title, in_text = _spans(query.wanted, title), _spans(query.wanted, text)
    there = {span.clause for span in (*in_title, *in_text)}
    if not there or (len(there) < len(query.wanted) and not query.any_of):
        return None
    score = 0.0
    for clause in there:
        heads = [span.whole for span in in_title if span.clause == clause]
        body = [span.whole for span in in_text if span.clause == clause]
        score += 4.0 if any(heads) else 3.0 if heads else 0.0
        score += (1.5 if any(body) else 1.0) * len(body) / (len(body) + 2)
    if len(query.wanted) > 1:
        score += 2.0 * _side_by_side(in_title, title, len(query.wanted))
        score += 1.0 * _side_by_side(in_text, text, len(query.wanted))
    return Found(in_title, in_text, score)


def _there(clauses: Sequence[Clause], text: str) -> bool:
    """Say whether any clause stands in a text, which the first place decides."""
    return bool(text) and next(_seeker(tuple(clauses)).spans(text), None) is not None


def _spans(clauses: Sequence[Clause], text: str) -> tuple[Span, ...]:
    """Give where clauses stand in a text, in order."""
    found: list[Span] = []
    counts = [0] * len(clauses)
    for span in _seeker(tuple(clauses)).spans(text) if clauses and text else ():
        counts[span.clause] += 1
        if counts[span.clause] <= _SPANS:
            found.append(span)
        elif min(counts) > _SPANS:
            break
    return tuple(sorted(found, key=lambda span: (span.start, span.clause)))


@lru_cache(maxsize=64)
def _seeker(clauses: tuple[Clause, ...]) -> _Seeker:
    return _Seeker(clauses)


class _Seeker:
    """Looks for clauses in texts, and remembers of each word it met which clauses it may begin."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        firsts = [(number, clause, clause.terms[0]) for number, clause in enumerate(clauses)]
        self._words = [(number, clause, first) for number, clause, first in firsts if first.kind == "word"]
        self._stretches = [(number, clause, first) for number, clause, first in firsts if first.kind != "word"]
        self._met: dict[str, tuple[tuple[int, Clause, bool], ...]] = {}

    def spans(self, text: str) -> Iterator[Span]:
        if self._words:
            met = self._met
            for match in WORD.finditer(text):
                word = match[0]
                good = met.get(word)
                if good is None:
                    good = self._good(word)
                if not good:
                    continue
                for number, clause, whole in good:
                    if (end := _follow(clause, text, match.end())) is not None:
                        yield Span(number, match.start(), end, whole)
        if self._stretches:
            for match in STRETCH.finditer(text):
                yield from self._within(match[0], match.lastgroup or "", match.start(), text)

    def _good(self, word: str) -> tuple[tuple[int, Clause, bool], ...]:
        if len(self._met) > _REMEMBERED:
            self._met.clear()
        term = term_of(word)
        found = ((number, clause, _word_found(clause, first, term)) for number, clause, first in self._words)
        self._met[word] = tuple((number, clause, how == 2) for number, clause, how in found if how)
        return self._met[word]

    def _within(self, stretch: str, kind: str, start: int, text: str) -> Iterator[Span]:
        bare = term_of(stretch, kind).bare
        places: list[tuple[int, int]] | None = None
        for number, clause, first in self._stretches:
            at = bare.find(first.bare) if first.kind == kind else -1
            while at >= 0:
                places = places or _places(stretch, kind, bare, start)
                stop = at + len(first.bare)
                # What follows a stretch in a quotation follows its end.
                whole = stop == len(bare) or len(clause.terms) == 1
                end = _follow(clause, text, places[stop][0] if stop < len(bare) else start + len(stretch))
                if whole and end is not None:
                    yield Span(number, places[at][0], max(end, places[stop - 1][1]), True)
                at = bare.find(first.bare, stop)


def _word_found(clause: Clause, wanted: Term, found: Term) -> int:
    """Say whether a word is there: 2 as it is or as a joined part, 1 as a beginning, 0 not."""
    if found.kind != "word":
        return 0
    if wanted.bare == found.bare:
        return 2 if marks_agree(wanted, found) else 0
    if wanted.bare in found.parts:
        return 2
    return int(clause.begins(wanted) and found.bare.startswith(wanted.bare) and marks_agree(wanted, found))


def _follow(clause: Clause, text: str, end: int) -> int | None:
    """Give where a clause ends whose first term ends here; None where something else follows."""
    for place, wanted in enumerate(clause.terms[1:], 2):
        token = next_token(text, end)
        if token is None:
            return None
        found, last = token.term, place == len(clause.terms)
        if wanted.kind == "word":
            follows = bool(_word_found(clause, wanted, found))
        else:
            follows = found.kind == wanted.kind and (
                found.bare.startswith(wanted.bare) if last else found.bare == wanted.bare
            )
        if not follows:
            return None
        end = token.end
    return end


def _places(stretch: str, kind: str, bare: str, start: int) -> list[tuple[int, int]]:
    """Give for each character of a folded stretch where what it stands for begins and ends in the text."""
    if bare == stretch:
        return [(at, at + 1) for at in range(start, start + len(stretch))]
    places = [(start + at, start + at + 1) for at, char in enumerate(stretch) for _ in term_of(char, kind).bare]
    if len(places) != len(bare):  # characters that fold together: the whole stretch is shown as found
        return [(start, start + len(stretch))] * len(bare)
    return places


def _side_by_side(spans: Sequence[Span], text: str, count: int) -> bool:
    """Whether all clauses stand in the asked order with nothing but spaces and marks of punctuation between them."""
    for at in range(len(spans) - count + 1):
        run = spans[at : at + count]
        if [span.clause for span in run] == list(range(count)) and all(
            not any(map(str.isalnum, text[one.end : other.start])) and one.end <= other.start
            for one, other in pairwise(run)
        ):
            return True
    return False


def marked(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Give a text in pieces, what was found apart; overlapping spans become one."""
    made: list[Piece] = []
    at = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end <= at:
            continue
        start = max(span.start, at)
        if start > at:
            made.append(Piece(text[at:start]))
        made.append(Piece(text[start : span.end], True))
        at = span.end
    if at < len(text):
        made.append(Piece(text[at:]))
    return tuple(made)


def excerpt(text: str, spans: Sequence[Span], length: int = _EXCERPT) -> tuple[Piece, ...]:
    """Give the part of a text that shows most of what was found, in pieces, with … where it was cut.

    Line breaks become spaces. Without spans it is the beginning of the text.
    """
    start, end = _window(text, spans, length)
    inside = [
        replace(span, start=span.start - start, end=min(span.end, end) - start)
        for span in spans
        if start <= span.start < end
    ]
    shown = list(marked(text[start:end], inside))
    shown = [replace(piece, text=re.sub(r"\s+", " ", piece.text)) for piece in shown]
    if shown and start > 0:
        shown.insert(0, Piece("… "))
    if shown and end < len(text.rstrip()):
        shown.append(Piece(" …"))
    return tuple(shown)


def _window(text: str, spans: Sequence[Span], length: int) -> tuple[int, int]:
    best, most = 0, (0, 0)
    for at, first in enumerate(spans):
        near = [span for span in spans[at : at + 40] if span.end <= first.start + length - _BEFORE]
        value = (len({span.clause for span in near}), len(near))
        if value > most:
            best, most = first.start, value
    if not most[0]:
        best = 0
    start = 0 if best <= _BEFORE else _cut(text, best - _BEFORE, best)
    end = min(len(text), start + length)
    if end < len(text):
        back = text.rfind(" ", end - 20, end)
        end = back if back > best else _whole(text, end)
    return start, end


def _cut(text: str, earliest: int, latest: int) -> int:
    """Give where an excerpt may begin: after a paragraph, sentence or space, or else between two characters."""
    for mark in ("\n", ". ", "。", " "):
        found = text.rfind(mark, earliest, latest) if mark == "\n" else text.find(mark, earliest, latest)
        if found >= 0:
            return found + len(mark)
    return _whole(text, earliest)


def _whole(text: str, at: int) -> int:
    """Give the nearest place from here on that does not part a mark from its letter."""
    while at < len(text) and unicodedata.category(text[at]) in ("Mn", "Mc", "Me", "Cf"):
        at += 1
    return at
