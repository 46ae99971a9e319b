"""Whether a claim says the opposite of its source: a "not" too many or too few, or "rejected" for "approved"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.grounding.alignment import Told, content, told_by_facts, told_in_meaning, told_in_words
from briefing.grounding.atoms import unquoted
from briefing.grounding.denials.affirming import affirmed
from briefing.grounding.denials.clause import REFUSING, UNTIL, Clause, parts_of, read_clause
from briefing.grounding.denials.denying import affirmed_alone, denied_alone, echoed, is_denial
from briefing.grounding.evidence import Evidence, meaning
from briefing.grounding.stems import stem
from briefing.ports import Embed
from briefing.text.modality import clauses
from briefing.text.words import content_words

_ALIKE = 0.4  # the share of a clause's words that a sentence with the same row holds
_LOOSE = 0.6  # how much of the best share, whether it has the row or not
_COMMON = frozenset(("agree", "rise"))  # rows by which sentences that share but facts are compared
_HELD = frozenset(("steady", "resign"))  # rows of which the sentence beside may tell what was before
_CHANGING = frozenset(("appoint", "resign", "begin", "open", "buy"))  # rows of which a claim may tell both sides
# Rows of what may be so first and otherwise after: a sentence that holds both tells of a change.
_PASSING = (
    frozenset(
        "open begin survive hurt rise more fast join arrest buy appoint tighten support better profit soften".split()  # noqa: SIM905
    )
    | _HELD
)
_LASTING = frozenset(("open", "begin"))
_CASUALTIES = frozenset(("hurt", "survive"))  # rows that one sentence says of the whole event: "nobody was hurt"


def flipped(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None = None) -> str | None:
    """Give the word by which a claim contradicts its sources, or None where it does not.

    Clause by clause, against the clauses of the sentences that tell the same: of a pair of opposites ("approve",
    "reject") both must hold the same side, and a plain negation must stand on both sides or on neither.
    """
    foreign = [source for source in sources if source.language != language]
    denies = read_clause(text, language).denies
    text = unquoted(text)  # what is quoted is looked for in its own words
    acts = any(row in _COMMON for row, _, _ in read_clause(text, language).sides)
    sharing = told_by_facts(text, language, foreign) if embed is None and acts else []
    whole = told_in_meaning(text, language, foreign, embed)
    changing = _changing(text, language)
    for start, end in clauses(text, language):
        clause = read_clause(text[start:end], language)
        across = told_in_meaning(clause.text, language, foreign, embed) or _restated(clause, sources, embed)
        known = tuple(dict.fromkeys((*across, *whole))) if across else tuple(sharing)
        word = _opposite(replace(clause, sides=_settled(clause, changing)), sources, known, not across, embed)
        if word is None:
            word = _negation(clause, sources, across, whole, denies, embed)
        if word:
            return word
    return denied_alone(text, language, sources, embed) or (
        None if denies else affirmed_alone(text, language, sources, embed)
    )


def _changing(text: str, language: str) -> set[str]:
    """The rows of which a claim itself holds both sides: "refused to resign in May, resigned in June"."""
    held = {(row, side) for a, b in clauses(text, language) for row, side, _ in read_clause(text[a:b], language).sides}
    return {row for row, side in held if row in _CHANGING and (row, 1 - side) in held}


def _settled(clause: Clause, changing: set[str]) -> tuple[tuple[str, int, str], ...]:
    """The sides of a clause without those of rows that change."""
    return tuple(side for side in clause.sides if side[0] not in changing)


def _restated(clause: Clause, sources: Sequence[Evidence], embed: Embed | None) -> list[Told]:
    """The sentences of a clause's own language that surely mean the same, where none holds its words."""
    own = [source for source in sources if source.language == clause.language]
    if embed is None or not own or told_in_words(clause.text, clause.language, sources):
        return []
    told = [
        Told(source, place, source.sentences[place], source.language, cosine)
        for source in own
        for place, cosine in enumerate(source.cosines(clause.text, embed))
    ]
    best = max((one.score for one in told), default=0.0)
    return [one for one in told if one.score >= max(_RESTATED, best - _SIDE)]


_RESTATED = 0.87  # the cosine from which a sentence of the same language means the same


# ---------------------------------------------------------------- opposites


def _opposite(
    clause: Clause, sources: Sequence[Evidence], across: Sequence[Told], sharing: bool, embed: Embed | None
) -> str | None:
    """A word of one side of a row where every sentence that tells the same, and has the row, has only the other."""
    for row, _, word in clause.sides:
        ours = clause.side(row)
        if ours is None:
            continue
        taken = _of_row(clause, row)
        rest = [word for word in content_words(clause.text, clause.language) if word not in taken]
        own = {
            (one.source, one.place): one
            for one in (
                *_with_row(told_in_words(clause.text, clause.language, sources, taken, _ALIKE, _LOOSE), row),
                *told_in_words(clause.text, clause.language, sources),
            )
        }
        known = across if not sharing or row in _COMMON else ()
        told = (*own.values(), *known)
        parts = _told_parts(told, row, rest, clause, embed)
        if any(_alike(clause, part, row) for found in parts.values() for part in found):
            continue
        near = parts if embed is not None and not own and row not in _HELD else told
        if row in _PASSING and any(_held(one, row, ours) for one in near):
            continue
        sides = {side for found in parts.values() if (side := _one_side(found, row)) is not None}
        if row in _CASUALTIES:
            sides |= {side for source in sources for side in _all_sides(source, row)}
        if sides == {1 - ours} and (own or (_surely(row, known, sources) and not _told_so(clause, sources, row, ours))):
            return word
    return None


def _surely(row: str, told: Sequence[Told], sources: Sequence[Evidence]) -> bool:
    """Whether sentences of other languages are near enough to a claim for the other side of a row to contradict it."""
    if row in _SURE:
        return True
    few = sum(len(source.sentences) for source in sources) <= _SENTENCES
    return max((one.score for one in told), default=0.0) >= _CLOSE and (few or row not in _CONVERSE)


_SURE = frozenset(("agree", "allow", "confirm", "exclude", "guilty", "hurt"))
_CONVERSE = frozenset(("buy",))  # rows whose sides tell one deed: what one sells another buys
_CLOSE = 0.84
"""The cosine from which a sentence of another language tells the same surely enough for its rise or start to contradict
a fall or an end: below, as many claims are true as false but for the rows in `_SURE`."""
_FIRST = re.compile(
    r"\b(?:first|premi[eè]re?s?|primer[ao]?|prim[aoei]|primeir[ao]|erste[nmrs]?|erstmals|перв\w+|впервые|перш\w+|вперше"
    r"|pierwsz\w+|ilk|pertama|đầu tiên|lần đầu|unprecedented)\b|首|第一|初め|初の|最初|史上初|처음|첫|แรก|أول|نخستین"
    r"|اولین|ראשו|पहल",
    re.IGNORECASE,
)


def _alike(clause: Clause, part: Clause, row: str) -> bool:
    """Whether both say the same of a row with a "not", or one that it is the first and the other that none was yet."""
    bare = {side for name, side in clause.bare if name == row}
    first = part.negated and not clause.negated and bare == {side for name, side in part.bare if name == row}
    return clause.agrees(part, row) or (first and _FIRST.search(clause.text) is not None)


def _told_so(clause: Clause, sources: Sequence[Evidence], row: str, side: int) -> bool:
    """Whether a sentence of a claim's language that is no more than loosely alike has the claim's side of a row."""
    loose = told_in_words(clause.text, clause.language, sources, (), _LOOSELY, 0.5)
    return any(part.side(row) == side for one in loose for part in parts_of(one))


_LOOSELY = 0.2


def _held(told: Told, row: str, side: int) -> bool:
    """Whether a told sentence holds a side of a row anywhere, or says until when the other lasts."""
    sides = {part.side(row) for part in parts_of(told)}
    return side in sides or (row in _LASTING and UNTIL.search(told.text) is not None)


def _all_sides(source: Evidence, row: str) -> set[int]:
    """The sides of a row that the sentences of a text hold."""
    told = [Told(source, place, line, source.language, 1.0) for place, line in enumerate(source.sentences)]
    return {side for one in told for part in parts_of(one) if (side := part.side(row)) is not None}


def _with_row(told: Sequence[Told], row: str) -> list[Told]:
    """Of told sentences those that have a row, from 85 % of the best of them on."""
    having = [one for one in told if any(name == row for name, _, _ in read_clause(one.text, one.language).sides)]
    return [one for one in having if one.score >= 0.85 * having[0].score]


def _of_row(clause: Clause, row: str) -> set[str]:
    """The content words of a clause that belong to one row."""
    taken = [word.casefold() for name, _, word in clause.sides if name == row]
    words = content_words(clause.text, clause.language)
    return {word for word in words if any(word.startswith(one) or one.startswith(word) for one in taken)}


def _told_parts(
    told: Sequence[Told], row: str, words: Sequence[str], clause: Clause, embed: Embed | None
) -> dict[Told, list[Clause]]:
    """The clauses of told sentences that have a row; of those in other languages only the nearest in meaning."""
    parts = {one: having for one in told if (having := _having(one, row, words, clause))}
    if embed is None:
        return parts
    wanted = meaning(clause.text, embed)
    far = {
        part: float(meaning(part.text, embed) @ wanted)
        for one in parts
        if _foreign(one, clause)
        for part in parts_of(one)
    }
    nearest = max((far[part] for one, having in parts.items() for part in having if part in far), default=0.0)
    least = max(nearest - _SIDE, max(far.values(), default=0.0) - _BESIDE)
    kept = {one: [part for part in having if far.get(part, 1.0) >= least] for one, having in parts.items()}
    return {one: having for one, having in kept.items() if having}


_BESIDE = 0.07  # how much farther than the nearest clause of its sentence a clause may be and its side count
_SIDE = 0.015  # how much farther in meaning than the nearest a clause may be and its side of a row count, too


def _foreign(told: Told, clause: Clause) -> bool:
    return told.language != clause.language


def _one_side(parts: Sequence[Clause], row: str) -> int | None:
    sides = {
        part.side(row) if not part.off or row == _OFF or (row == "begin" and part.side(row)) else None for part in parts
    }
    return sides.pop() if len(sides) == 1 else None


_OFF = "proceed"  # the row that says itself that something was called off


def _having(told: Told, row: str, words: Sequence[str], clause: Clause) -> list[Clause]:
    """The clauses of a told sentence that have a row; in the claim's language those that hold most of its words.

    None of them where a clause without the row holds more and denies something: that may be what is told.
    """
    every = parts_of(told)
    having = [part for part in every if any(name == row for name, _, _ in part.sides)]
    if not having or len(every) == 1 or _foreign(told, clause):
        return having
    claim = {stem(word) for word in words}
    held = {part: len(claim & {stem(w) for w in content_words(part.text, part.language)}) for part in every}
    most = max(held[part] for part in having)
    if any(held[part] > most and part.denies for part in every):
        return []
    return [part for part in having if held[part] == most]


# ---------------------------------------------------------------- a "not"


def _negation(
    clause: Clause,
    sources: Sequence[Evidence],
    across: Sequence[Told],
    whole: Sequence[Told],
    denies: bool,
    embed: Embed | None,
) -> str | None:
    """A negation on one side only: the claim's where nothing told has any, or that of every sentence told."""
    own = told_in_words(clause.text, clause.language, sources)
    if own:
        return _negation_in_words(clause, own, sources, denies)
    if not across or any(map(_ASKS.search, (clause.text, *(one.text for one in across)))):
        return None  # "Why would I not?" says that I would
    parts = [_nearest(clause, one, embed) for one in across if one.place] or [
        _nearest(clause, one, embed) for one in across
    ]  # a headline tells of all, and seldom of what was not done
    if clause.negations:
        excused = _refused(across) or (_refused(whole) and across[0].score < _CERTAIN)
        if embed is not None:
            least = _PLAINER[sum(len(source.sentences) for source in sources) > _SENTENCES]
            excused = excused or not _plainer(clause, across, embed, least)
        elif not excused:
            veiled = any(part.denies for one in (*across, *whole) for part in parts_of(one))
            excused = veiled or _around(across)
        return None if excused else clause.negations[0]
    if not _of_whole(across, whole) or len(content(clause.text, clause.language)[0]) < _FEW:
        return None
    agreed = any(
        side == 0 and row in REFUSING for one in across for part in parts_of(one) for row, side, _ in part.sides
    )
    refusing = all(is_denial(part) and (part.negations or not agreed) for told in parts for part in told)
    if denies or not refusing:  # "188 for, six against" refuses nothing
        return None
    if embed is None or all(_without(clause, part, embed) >= _NEARER for told in parts for part in told):
        return parts[0][0].refuses[0]
    return None


_ASKS = re.compile(r"[?？؟]")
_FEW = 2  # words besides names without which a clause is but a piece of a claim


def _of_whole(across: Sequence[Told], whole: Sequence[Told]) -> bool:
    """Whether a sentence that tells a clause tells its whole claim, too: any sentence may be near to a few words."""
    return any(one.source is other.source and one.place == other.place for one in across for other in whole)


_CERTAIN = 0.87  # the cosine from which a sentence tells what a clause says, and no other needs to be asked


def _refused(told: Sequence[Told]) -> bool:
    """Whether any clause of told sentences says that something is not so."""
    return any(part.refuses for one in told for part in parts_of(one))


_NEARER = 0.0025
"""How much nearer a clause that tells what is denied comes to the told one without its "not". Below, and where that
"not" cannot be taken away ("declined"), as many clauses are true as false."""


def _without(clause: Clause, told: Clause, embed: Embed) -> float:
    """How much nearer a told clause comes to a clause when its "not" is taken away.

    What says the same with another word ("stayed away" for "took no part") comes less near.
    """
    bare = affirmed(told.text, told.language) if told.negations else told.text
    if bare == told.text:
        return 0.0
    wanted = meaning(clause.text, embed)
    return float(meaning(bare, embed) @ wanted - meaning(told.text, embed) @ wanted)


_BEHIND = 0.02  # how much farther than the nearest a piece may be and still be compared
_PLAINER = (0.012, 0.016)
"""How much nearer a claim without its "not" comes to all that tells the same, and so says the opposite: in a text of
few sentences, of which the nearest surely tells it, and in another one."""
_SENTENCES = 3


def _plainer(clause: Clause, across: Sequence[Told], embed: Embed | None, least_gain: float) -> bool:
    """Whether a clause is nearer by so much to all that tells the same once its negations are taken away."""
    if embed is None or clause.off:
        return False
    without, whole = meaning(affirmed(clause.text, clause.language), embed), meaning(clause.text, embed)
    pieces = {piece for one in across for piece in (one.text, *(part.text for part in parts_of(one)))}
    cosines = [(float(told @ without), float(told @ whole)) for told in (meaning(piece, embed) for piece in pieces)]
    least = max(max(pair) for pair in cosines) - _BEHIND
    return max(denied - plain for plain, denied in cosines if max(plain, denied) >= least) < -least_gain


def _nearest(clause: Clause, told: Told, embed: Embed | None) -> list[Clause]:
    """The clauses of a told sentence that are nearest in meaning to a clause; all of them without an engine for it."""
    parts = parts_of(told)
    if embed is None or len(parts) < 2:
        return parts
    cosines = [float(meaning(part.text, embed) @ meaning(clause.text, embed)) for part in parts]
    return [part for part, cosine in zip(parts, cosines, strict=True) if cosine >= max(cosines) - 0.01]


def _around(told: Sequence[Told]) -> bool:
    """Whether a neighbour of the told sentences denies anything."""
    return any(
        read_clause(one.source.sentences[place], one.language).denies
        for one in told
        for place in (one.place - 1, one.place + 1)
        if 0 <= place < len(one.source.sentences)
    )


def _negation_in_words(clause: Clause, own: Sequence[Told], sources: Sequence[Evidence], denies: bool) -> str | None:
    if clause.negations:
        if any(part.denies for one in own for part in parts_of(one)) or echoed(clause, sources):
            return None
        return clause.negations[0]
    if denies:
        return None
    claim = {stem(word) for word in content_words(clause.text, clause.language)}
    denied = [next(_denied(one, claim), None) for one in own]
    return denied[0] if all(denied) else None


def _denied(told: Told, claim: set[str]) -> Iterator[str]:
    """The negation of the clause of a told sentence that holds most of a claim's words, where the claim tells it."""
    parts = parts_of(told)
    held = [len(claim & {stem(w) for w in content_words(part.text, part.language)}) for part in parts]
    for part, count in zip(parts, held, strict=True):
        inner = {stem(w) for w in content_words(part.text, part.language)} - {stem(w.casefold()) for w in part.refuses}
        shared = len(inner & claim)
        held_in = shared >= 0.5 * len(inner) if count == max(held) else shared >= max(2, 0.7 * len(inner))
        if part.refuses and held_in:
            yield part.refuses[0]
