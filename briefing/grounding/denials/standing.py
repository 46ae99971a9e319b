"""Who stands where, and how far a matter has come: a country on the wrong side, a suspect told as convicted."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.grounding.alignment import Told, told_in_meaning, told_in_words
from briefing.grounding.atoms import atoms
from briefing.grounding.denials.clause import Clause, parts_of, read_clause
from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.counted import counts_any
from briefing.ports import Embed
from briefing.text.modality import clauses

_STANCE = frozenset(("agree", "support"))  # rows that say where somebody stands
# (the row and side of what a claim tells, the row and side of what it is told for): somebody arrested as convicted,
# somebody hurt as dead.
_FARTHER = ((("guilty", 0), ("arrest", 0)), (("survive", 1), ("hurt", 0)))
_NEAR = 0.02  # how much farther in meaning than the nearest a sentence may be that tells where somebody stands


def sides_changed(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> str | None:
    """Give the word by which a claim puts a country on the other side than every clause that tells of it, or None.

    It is named before the word: one behind it ("backed a challenge to US policy") takes no side. Compared are the
    clauses that name the country and say that somebody agrees or is against, of the sentences that tell the same.
    """
    for start, end in clauses(text, language):
        piece = text[start:end]
        clause = read_clause(piece, language)
        ours = _stance(clause)
        stances = [piece.find(word) for row, _, word in clause.sides if row in _STANCE]
        codes = {place.code for place in atoms(piece, language).places if place.start < max(stances, default=0)}
        if ours is None or not codes or clause.negations:
            continue
        told = (*told_in_words(piece, language, sources), *told_in_meaning(piece, language, sources, embed, _NEAR))
        for code in sorted(codes):
            theirs = {_stance(part) for one in told for part in parts_of(one) if code in _codes(part)} - {None}
            if theirs == {1 - ours}:
                return next(word for row, _, word in clause.sides if row in _STANCE)
    return None


def _stance(clause: Clause) -> int | None:
    found = {side for row, side, _ in clause.sides if row in _STANCE}
    return found.pop() if len(found) == 1 and not clause.off else None


def _codes(clause: Clause) -> set[str]:
    return {place.code for place in atoms(clause.text, clause.language).places}


def farther(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> str | None:
    """Give the word by which a claim tells more than has come to pass: "convicted" where nobody is more than arrested.

    Only where no sentence of any cited text says the greater thing, and one that tells the same says the lesser.
    """
    clause = read_clause(text, language)
    for (row, side), (lesser, lower) in _FARTHER:
        word = next((word for name, held, word in clause.sides if name == row and held == side), None)
        if word is None or clause.negations or any(_says(part, row) for source in sources for part in _parts(source)):
            continue
        if row == "survive" and any(counts_any(source, "dead") for source in sources):
            continue
        told = (*told_in_words(text, language, sources), *told_in_meaning(text, language, sources, embed, _NEAR))
        if any(part.side(lesser) == lower for one in told for part in parts_of(one)):
            return word
    return None


def _says(part: Clause, row: str) -> bool:
    return any(name == row for name, _, _ in part.sides)


def _parts(source: Evidence) -> list[Clause]:
    told = (Told(source, place, line, source.language, 1.0) for place, line in enumerate(source.sentences))
    return [part for one in told for part in parts_of(one)]
