"""Somebody else of the same text: a person or country told to have done what a text tells of another one in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.grounding.atoms import CASED, Name, Place, atoms, common, without_title
from briefing.grounding.binding import joints
from briefing.grounding.evidence import COMPARED, EMBEDDED, SUFFIXED, Evidence, Passage, meaning
from briefing.grounding.facts import own_country
from briefing.grounding.names.naming import missing_name, missing_person
from briefing.grounding.stems import overlap
from briefing.ports import Embed, Vectors
from briefing.text.language import script, spaced
from briefing.text.modality import clauses
from briefing.text.names import find_names, name_key, name_score
from briefing.text.towns import towns
from briefing.text.words import content_words

_SURELY, _TOGETHER = 0.04, 0.13
"""By how much nearer in meaning a place that tells of another is than any that tells of the claimed one, by sentences
and by clauses each, and both added up."""
_SHARED = 0.05  # what a claim's figures, days and (in one language) words add to the nearness where all are there
_LETTERS = (15, 8)  # letters of a clause that says something; the second in scripts without spaces
_FEW = 3  # sentences of a text in which one place can stand out
_MOST = 160  # clauses of a text that are compared
_NAMES = 24  # names of a claim that are looked for place by place
_SPREAD = 0.7  # the share of a text's places from which on a name is named everywhere


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or clause of a text without its names, and whom it names."""

    text: str
    bare: str
    codes: frozenset[str]
    people: frozenset[tuple[str, str]]
    named: frozenset[str]
    goes_on: bool
    alone: Evidence

    def others(self, known: frozenset[str]) -> bool:
        """Whether it names somebody else than these."""
        return any(key not in known for key, _ in self.people)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause of a claim without its names, and how near each unit is to it."""

    near: Sequence[float]
    names: tuple[Name, ...]
    places: tuple[Place, ...]


def instead(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> Iterator[str]:
    """Give the people and countries of a claim that stand where the cited texts tell of others.

    Names are taken out of the claim's clauses and of the texts, and what is left is compared in meaning: where a place
    that names somebody (some country) of whom the claim says nothing is surely nearer than every place that names the
    claimed one, it is that one's deed. What a text names everywhere, or the country it comes from, cannot be told.
    """
    if embed is None or sum(len(source.sentences) for source in sources) < _FEW:
        return
    by_sentence, by_clause = (list(_margins(text, language, sources, embed, whole=whole)) for whole in (True, False))
    for (at, margin), (_, inner) in zip(by_sentence, by_clause, strict=True):
        if min(margin, inner) > _SURELY and margin + inner > _TOGETHER:
            yield text[slice(*at)]


def _margins(
    text: str, language: str, sources: Sequence[Evidence], embed: Embed, *, whole: bool
) -> Iterator[tuple[tuple[int, int], float]]:
    """Every country and name of a claim, as (start, end), with the margin of its clause: see `_margin`."""
    units = [unit for source in sources for unit in _units(source, whole)]
    pieces = list(_read(text, language, sources, embed, whole=whole))
    told = {place.code for place in atoms(text, language).places}
    holding = {name: _holding(name, text, language, sources, whole) for piece in pieces for name in piece.names}
    known = _known(text, language, units, holding)
    for piece in pieces:
        for place in piece.places:
            here = [place.code in unit.codes for unit in units]
            there = [bool(unit.codes - told) for unit in units]
            home = any(own_country(place.code, source) for source in sources)
            yield (place.start, place.end), -1.0 if home else _margin(piece.near, here, there)
        for name in piece.names:
            here = holding[name]
            person = _stands_out(here) and _is_person(name, _key(name, text, language), here, units)
            there = [unit.others(known) for unit in units]
            yield (name.start, name.end), _margin(piece.near, here, there) if person else -1.0


def _stands_out(here: Sequence[bool]) -> bool:
    """Whether a name is held by some units and not by nearly all."""
    return 0 < sum(here) <= _SPREAD * len(here)


def _margin(near: Sequence[float], here: Sequence[bool], there: Sequence[bool]) -> float:
    """How much nearer to a clause a unit of others alone is than any that names the claimed one; -1 where none does."""
    own = max((one for one, named in zip(near, here, strict=True) if named), default=None)
    others = (one for one, named, other in zip(near, here, there, strict=True) if other and not named)
    return -1.0 if own is None else max(others, default=-1.0) - own


def _read(text: str, language: str, sources: Sequence[Evidence], embed: Embed, *, whole: bool) -> Iterator[_Piece]:
    """The clauses of a claim that name somebody or some country, each held against every unit."""
    found = atoms(text, language)
    named = find_names(text, language)
    spans = [(place.start, place.end) for place in named.places]
    spans += [(name.start, name.end) for name in named.people] + [(name.start, name.end) for name in found.people]
    names = dict(list({(name.start, name.end): name for name in (*found.names, *found.people)}.items())[:_NAMES])
    for start, end in _told(text, language):
        here = tuple(name for name in names.values() if start <= name.start < end)
        places = tuple(place for place in found.places if start <= place.start < end)
        bare = _without(text[start:end], [(a - start, b - start) for a, b in spans if start <= a < end])
        if (here or places) and sum(map(str.isalpha, bare)) >= _LETTERS[not spaced(language)]:
            yield _Piece(_near(text[start:end], bare, language, sources, embed, whole=whole), here, places)


def _told(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The clauses of a claim, parted where "and" begins another thing."""
    least = _LETTERS[not spaced(language)]
    for start, end in clauses(text, language) or [(0, len(text))]:
        at = start
        for cut in (start + joint for joint in joints(text[start:end], language)):
            if min(sum(map(str.isalpha, text[at:cut])), sum(map(str.isalpha, text[cut:end]))) >= least:
                yield at, cut
                at = cut
        yield at, end


def _near(
    piece: str, bare: str, language: str, sources: Sequence[Evidence], embed: Embed, *, whole: bool
) -> list[float]:
    """How near each unit is to a piece of a claim: in meaning, and by the figures, days and words it shares."""
    facts = _facts(piece, language)
    words = frozenset(content_words(piece, language))
    near: list[float] = []
    for source in sources:
        units = _units(source, whole)
        if not units:
            continue
        cosines = _vectors(source, whole, embed) @ meaning(bare, embed)
        for unit, cosine in zip(units, cosines, strict=True):
            shared = len(facts & _facts(unit.text, source.language)) / len(facts) if facts else 0.0
            same = overlap(words, unit.text, language) if source.language == language else 0.0
            near.append(float(cosine) + _SHARED * (shared + same))
    return near


def _facts(text: str, language: str) -> frozenset[object]:
    found = atoms(text, language)
    return frozenset(n.value for n in found.numbers) | {(d.month, d.day, d.weekday) for d in found.days}


@lru_cache(maxsize=256)
def _vectors(source: Evidence, whole: bool, embed: Embed) -> Vectors:
    return embed([unit.bare[:EMBEDDED] or "-" for unit in _units(source, whole)])


@lru_cache(maxsize=256)
def _units(source: Evidence, whole: bool) -> tuple[_Unit, ...]:
    """The first sentences of a text (`COMPARED`), or their clauses."""
    named = find_names(source.text, source.language)
    found: list[_Unit] = []
    at = 0
    for line in source.sentences[:COMPARED]:
        at = max(source.text.find(line, at), 0)
        for start, end in [(0, len(line))] if whole else _saying(line, source.language):
            low, high = at + start, at + end
            places = [place for place in named.places if low <= place.start < high]
            people = [name for name in named.people if low <= name.start < high]
            spans = [(one.start - low, one.end - low) for one in places] + [
                (p.start - low, p.end - low) for p in people
            ]
            bare = _without(line[start:end], spans)
            who = frozenset((name.key, source.text[name.start : name.end]) for name in people)
            sure = frozenset(one for one in who if _person(*one, source))
            goes_on = _PRONOUN.match(line[start:end]) is not None
            alone = Evidence(Passage(source.passage.id, line[start:end], source.language))
            codes, keys = frozenset(p.code for p in places), frozenset(key for key, _ in who)
            found.append(_Unit(line[start:end], bare, codes, sure, keys, goes_on, alone))
    return tuple(found[:_MOST])


def _saying(line: str, language: str) -> list[tuple[int, int]]:
    """The clauses of a sentence; what is too short to say anything belongs to the one before."""
    cuts: list[tuple[int, int]] = []
    for start, end in clauses(line, language) or [(0, len(line))]:
        if cuts and sum(map(str.isalpha, line[start:end])) < _LETTERS[not spaced(language)]:
            cuts[-1] = (cuts[-1][0], end)
        else:
            cuts.append((start, end))
    return cuts


_PRONOUN = re.compile(
    r"\W*(?:he|she|they|er|sie|il|elle|ils|elles|él|ella|ele|ela|он|она|они|він|вона|ông|bà|anh|chị|cô|họ|dia|mereka|o)\b"
    r"|\W*(?:وی|او|آنها|هو|هي|वह|वे|उन्होंने|उसने|เขา|เธอ|他|她|彼|同氏|그는|그의|그녀)",
    re.IGNORECASE,
)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    bare = list(text)
    for start, end in spans:
        for place in range(max(start, 0), min(end, len(text))):
            bare[place] = ""
    return " ".join("".join(bare).split()).strip(" ,;:،、，")


def _person(key: str, written: str, source: Evidence) -> bool:
    """Whether a name of a text is surely a person's: a full one, or where names have no capitals any; and no town."""
    if script(source.language) in CASED and " " not in key:
        return False
    if any(part.casefold() in common() for part in written.split()):
        return False
    return not towns(written)


def _holding(name: Name, text: str, language: str, sources: Sequence[Evidence], whole: bool) -> list[bool]:
    """Which units name somebody, or go on about whom the one before names.

    Where some unit's names sound the same it is those and where it is heard; otherwise what may be the name.
    """
    key = _key(name, text, language)
    alike = {
        one
        for source in sources
        for unit in _units(source, whole)
        for one in unit.named
        if key and name_score(key, one) > _SAME
    }
    missing = {source: missing_name if source.language == language else missing_person for source in sources}
    held: list[bool] = []
    for source in sources:
        before = False
        for unit in _units(source, whole):
            if alike:
                names = not alike.isdisjoint(unit.named) or unit.alone.heard.holds(key)
            else:
                names = not missing[source](name, language, [unit.alone])
            held.append(names or (before and unit.goes_on))
            before = held[-1]
    return held


_SAME = 0.5  # see `name_score`


def _key(name: Name, text: str, language: str) -> str:
    """How a name sounds, in its longest form in the claim and without titles."""
    for person in find_names(text, language).people:
        if person.start < name.end and name.start < person.end:
            return person.key
    bare = without_title(name).text if language == "de" else name.text
    return name_key(SUFFIXED.sub("", part) for part in _JOINT.split(bare))


_JOINT = re.compile(r"[\s·‧•・＝=]+")


def _is_person(name: Name, key: str, here: Sequence[bool], units: Sequence[_Unit]) -> bool:
    """Whether a name of a claim is a person's: one that a unit names, or of two words or beside one and no town's."""
    if any(key and name_score(key, one) > _SAME for unit in units for one, _ in unit.people):
        return True
    parts = _JOINT.split(name.text)
    if towns(name.text) or any(part.casefold() in common() for part in parts):
        return False
    return (len(parts) > 1 and not name.sure) or any(
        held and unit.people for held, unit in zip(here, units, strict=True)
    )


def _known(text: str, language: str, units: Sequence[_Unit], holding: Mapping[Name, Sequence[bool]]) -> frozenset[str]:
    """The people of the texts whom a claim names, too."""
    everybody = frozenset().union(*(unit.people for unit in units))
    ours = [person.key for person in find_names(text, language).people]
    ours += [name_key(name.text.split()) for name in holding]
    known = {
        key for key, written in everybody if written in text or any(one and name_score(key, one) > 0.5 for one in ours)
    }
    for here in holding.values():
        held = {key for unit, one in zip(units, here, strict=True) if one for key, _ in unit.people}
        if sum(here) <= _SPREAD * len(here) and held.isdisjoint(known):  # spelt so that no sound tells which of them
            known |= held - {key for unit, one in zip(units, here, strict=True) if not one for key, _ in unit.people}
    return frozenset(known)
