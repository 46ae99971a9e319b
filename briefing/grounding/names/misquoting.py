"""Who said it: a quotation of the cited texts put into another's mouth."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefing.grounding.alignment import Told
from briefing.grounding.atoms import CASED, Name, Quotation, atoms, offices, unquoted
from briefing.grounding.evidence import COMPARED, EMBEDDED, Evidence, fold, meaning
from briefing.grounding.names.attribution import beyond, names_any, people_of
from briefing.grounding.numbers.figures import clear
from briefing.grounding.quoting import SAME_WORDS
from briefing.ports import Embed
from briefing.text.language import script

_BESIDE = 0.01  # how much farther than the nearest another may be and be meant, too
_BACK = 3  # sentences before one that names nobody in which its speaker may be named


def misquoted(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None = None) -> Iterator[str]:
    """Give the speaker of a claim whose quotation the cited texts put into another's mouth.

    Where the quotation stands (found by its words, or by its meaning in another language) somebody must be named and
    nobody of the claim: in its own sentences, or else in the nearest before them that names anybody. Whom the sentence
    before names may be meant unless another stands right beside the quotation marks.
    """
    quoted = atoms(text, language).quotations
    inside = [(quotation.start, quotation.end) for quotation in quoted]
    people = [name for name in _speakers(text, language, sources) if clear(name.start, name.end, inside)]
    for quotation in quoted if people else ():
        told = [(source, one) for source in sources for one in _said(quotation, language, source, embed)]
        if told and all(_of_another(one, source, people, language) for source, one in told):
            yield min(
                people, key=lambda name: min(abs(name.start - quotation.end), abs(quotation.start - name.end))
            ).text


def _speakers(text: str, language: str, sources: Sequence[Evidence]) -> list[Name]:
    """The people of a claim: full names, and surnames of those whom a text of its language names in full."""
    full = people_of(atoms(text, language), beyond(text, language, sources), language)
    known = frozenset[str]().union(*(_surnames(source) for source in sources if source.language == language))
    return [*full, *_single(text, known)]


def _single(text: str, surnames: frozenset[str]) -> Iterator[Name]:
    return (Name(*match.span(), match[0]) for match in re.finditer(r"\w+", text) if match[0] in surnames)


@lru_cache(maxsize=256)
def _surnames(source: Evidence) -> frozenset[str]:
    """How the people are called whom a text names in full, where capitals mark names."""
    if script(source.language) not in CASED:
        return frozenset()
    full = people_of(source.atoms, source.text, source.language)
    return frozenset(last for name in full if (last := name.text.split()[-1]).casefold() not in offices())


def _said(quotation: Quotation, language: str, source: Evidence, embed: Embed | None) -> list[Quotation]:
    """Where a text has a quotation: between its own marks or, where they are not read, in a sentence."""
    if source.language == language:
        said = fold(quotation.text)
        quoted = [one for one in source.atoms.quotations if said and said in fold(one.text)]
        lines = zip(_starts(source), source.sentences, strict=True)
        return quoted or [Quotation(at, at + len(line), line) for at, line in lines if said and said in fold(line)]
    others = source.atoms.quotations[:COMPARED] if embed is not None else ()
    if embed is None or not others:
        return []
    cosines = embed([one.text[:EMBEDDED] for one in others]) @ meaning(quotation.text, embed)
    least = max(SAME_WORDS, float(cosines.max()) - _BESIDE)
    return [one for one, cosine in zip(others, cosines, strict=True) if cosine >= least]


@lru_cache(maxsize=256)
def _starts(source: Evidence) -> tuple[int, ...]:
    """Where a text's sentences begin."""
    starts, at = [], 0
    for line in source.sentences:
        at = max(source.text.find(line, at), at)
        starts.append(at)
        at += len(line)
    return tuple(starts)


def _of_another(said: Quotation, source: Evidence, people: Sequence[Name], language: str) -> bool:
    """Whether a text surely has a quotation from somebody whom a claim does not name."""
    starts = _starts(source)
    first, last = (max(0, bisect_right(starts, at) - 1) for at in (said.start, max(said.start, said.end - 1)))
    own = _lines(source, first, last)
    if names_any(own.text, own, people, language):
        return False
    if _somebody(own) and _beside(said, source):
        return True
    if _names(first - 1, source, people, language):
        return False
    if _somebody(own):
        return True
    for place in range(first - 1, max(-1, first - 1 - _BACK), -1):
        line = _lines(source, place, place)
        if _somebody(line):
            return not names_any(line.text, line, people, language)
    return False


def _lines(source: Evidence, first: int, last: int) -> Told:
    """The words of some sentences outside quotation marks."""
    starts = _starts(source)
    end = starts[last + 1] if last + 1 < len(starts) else len(source.text)
    return Told(source, first, _bare(source)[starts[first] : end], source.language, 1.0)


@lru_cache(maxsize=256)
def _bare(source: Evidence) -> str:
    return unquoted(source.text)


def _names(place: int, source: Evidence, people: Sequence[Name], language: str) -> bool:
    if not 0 <= place < len(source.sentences):
        return False
    line = _lines(source, place, place)
    return names_any(line.text, line, people, language)


def _somebody(line: Told) -> bool:
    if any(_single(line.text, _surnames(line.source))):
        return True
    return bool(people_of(atoms(line.text, line.language), line.text, line.language))


_WORD = re.compile(r"[^\w]*(?:\w+[^\w]*)?")


def _beside(said: Quotation, source: Evidence) -> bool:
    """Whether a person is named right beside the quotation marks, or one word ("said") from them."""
    low, high = max(0, said.start - 80), said.end + 80
    line = _bare(source)[low:high]
    return any(
        _WORD.fullmatch(line[name.end : said.start - low]) or _WORD.fullmatch(line[said.end - low : name.start])
        for name in people_of(atoms(line, source.language), line, source.language)
        if name.end <= said.start - low or said.end - low <= name.start
    )
