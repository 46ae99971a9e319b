"""What is only planned, told as done, across languages."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.grounding.alignment import Told, told_in_meaning, told_in_words
from briefing.grounding.denials.clause import UNTIL, Clause, parts_of, read_clause
from briefing.grounding.denials.placing import VERB_LAST, open_claim
from briefing.grounding.evidence import Evidence, meaning
from briefing.ports import Embed
from briefing.text.modality import clauses, cues

_SURE = 0.87  # the cosine from which the nearest clauses surely tell what a clause does
_NEAR = 0.03  # how much farther in meaning than the nearest a told clause may be and count, too
_REACH = 60  # characters between "will" and its verb


def pending(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> str | None:
    """Give the word by which all foreign sentences that tell the same put off what the claim tells as done.

    The verb of both must be of one row of opposites ("sign", "begin", "open"), which means the same in every language.
    A headline, which tells what is to come as present, counts only where nothing else tells the same.
    """
    foreign = [source for source in sources if source.language != language]
    if not foreign or open_claim(text, language):
        return None
    whole = told_in_meaning(text, language, foreign, embed)
    for start, end in clauses(text, language):
        if any(cue.kind == "reported" for cue in cues(text[start:end], language)) or UNTIL.search(text[start:end]):
            continue  # "announced the sale" does not tell it as done, "closed until October" does not as over
        clause = read_clause(text[start:end], language)
        if told_in_words(clause.text, language, sources):
            continue  # a later report in the claim's language may tell of it as done
        known = tuple(dict.fromkeys((*told_in_meaning(clause.text, language, foreign, embed), *whole)))
        told = [one for one in known if one.place] or list(known)
        for row in {name for name, _, _ in clause.sides}:
            side = clause.side(row)
            having = [
                (one, part) for one in told for part in parts_of(one) if side is not None and part.side(row) == side
            ]
            kept = _nearest(having, clause, embed) if len(sources) == 1 else having
            put_off = [_putting_off(one, part, row) for one, part in kept]
            if put_off and all(put_off):
                return put_off[0]
    return None


def _nearest(told: list[tuple[Told, Clause]], clause: Clause, embed: Embed | None) -> list[tuple[Told, Clause]]:
    """Of told clauses those that are nearest in meaning to a clause, where one surely is; else all of them."""
    if embed is None or len(told) < 2:
        return told
    cosines = [float(meaning(part.text, embed) @ meaning(clause.text, embed)) for _, part in told]
    least = max(cosines) - _NEAR if max(cosines) >= _SURE else 0.0
    return [one for one, cosine in zip(told, cosines, strict=True) if cosine >= least]


def _putting_off(told: Told, part: Clause, row: str) -> str | None:
    """The cue beside the word of a row in a clause that says it is still to come; behind it where verbs are last.

    What will not be ("nie zostaną otwarte") puts nothing off.
    """
    if part.negated:
        return None
    places = [part.text.find(word) for name, _, word in part.sides if name == row]
    back = _REACH if told.language in VERB_LAST else 0
    for cue in cues(part.text, told.language):
        if cue.kind == "future" and any(cue.start - back <= place <= cue.end + _REACH for place in places):
            return part.text[cue.start : cue.end]
    return None
