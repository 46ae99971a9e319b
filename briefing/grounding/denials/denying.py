"""A denial on one side only, by meaning: a claim denies what no cited text does, or tells what one denies.

Compared are clauses and sentences of every language with those of a claim, each with its "not" and without: see
`affirming`. What is told in a clause of its own is found where the whole sentence tells much else besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.grounding.alignment import Told, content
from briefing.grounding.denials.affirming import affirmed
from briefing.grounding.denials.clause import Clause, parts_of, read_clause
from briefing.grounding.evidence import COMPARED, Evidence, meaning
from briefing.grounding.stems import stem
from briefing.ports import Embed
from briefing.text.modality import clauses, cues
from briefing.text.words import content_words

_ASKS = re.compile(r"[?？؟]")
_FEW = 2  # words besides names without which a clause tells nothing
_AROUND = 0.07  # how much farther than the nearest a sentence may be and its clauses be read
_MOST = 8  # sentences whose clauses are read


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause, or a whole sentence, of a cited text; how near it is, and whether in the language of the claim."""

    text: str
    sentence: str
    source: Evidence
    clause: Clause
    single: bool
    own: bool
    near: float

    @property
    def denies(self) -> bool:
        return self.clause.denies or self.clause.negated or self.clause.off


def denied_alone(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> str | None:
    """Give the word by which a clause of a claim denies what nothing near it in the cited texts denies, or None."""
    if embed is None or _ASKS.search(text):
        return None
    for start, end in clauses(text, language):
        clause = read_clause(text[start:end], language)
        words = clause.negations or tuple(word for row, side, word in clause.sides if side and row in _REFUSING)
        if not words or clause.off or _LIMITED.search(clause.text) or not _says(clause):
            continue
        if any(cue.kind == "conditional" for cue in cues(clause.text, language)) or echoed(clause, sources, _REPEATED):
            continue  # "if they cannot" denies nothing
        bare = affirmed(clause.text, language)
        if bare == " ".join(clause.text.split()) or (not clause.negations and words[0] in bare):
            continue  # what it would say without its denial is not known
        pieces = list(_pieces(clause, sources, embed))
        best = max(pieces, key=lambda piece: piece.near, default=None)
        if best is None or _ASKS.search(best.text):
            continue
        gap = best.near - max((piece.near for piece in pieces if piece.denies), default=0.0)
        plain = _plainer(clause, pieces, embed)
        if gap > _GAP and min(gap, _FAR) + plain > _DENIED and plain > _PLAIN:
            return words[0]
    return None


def echoed(clause: Clause, sources: Sequence[Evidence], share: float = 0.3) -> bool:
    """Give whether a source of a clause's language denies anything about the same thing."""
    claim = {stem(word) for word in content_words(clause.text, clause.language)}
    for source in sources:
        for n, line in enumerate(source.sentences if source.language == clause.language else ()):
            for part in parts_of(Told(source, n, line, source.language, 1.0)):
                other = {stem(word) for word in content_words(part.text, part.language)} if part.denies else set()
                if other and len(claim & other) >= max(1, share * min(len(claim), len(other))):
                    return True
    return False


_REFUSING = frozenset(("agree", "confirm", "exclude"))
_REPEATED = 0.5  # the share of words that a denial has of a claim which repeats it
_BOUNDED = (
    r"not exceed|n(?:o|ot) (?:more|longer|later) than|nicht (?:mehr|länger|später) als|(?:pas|guère) plus d|no más de"
    r"|non più di|não mais d|не (?:более|больше|превы|дольше|позже|пізніше|більше|перевищ)|không quá|ไม่เกิน|不超[过過]"
    r"|不[会會]超|超えな|넘지|초과하지|aşma|geçme|(?:لا|لن|لم) [يت]تجاوز|بیش از .{0,20} ن|से (?:अधिक|ज़्यादा|ज्यादा) नहीं"
    r"|nie (?:więcej|dłużej|później)|tidak (?:lebih|melebihi)|לא יותר"
    r"|\b(?:until|till|bis|jusqu\w*|hasta|fino|finché|até|aż|sampai|hingga|kadar|до|đến)\b|cho tới|จนกว่า|จนถึง"
    r"|(?<!\w)(?:تا|حتى|עד|तक)(?!\w)|まで|까지|直到|之前|以前"
)
_LIMITED = re.compile(_BOUNDED, re.IGNORECASE)
"""What is bounded, and not denied: "would stay no longer than six months", "not until Monday"."""
_ONLY = r"\bn(?:e |['’])(?!.*\b(?:pas|plus|jamais|rien|aucune?|personne|ni|guère|point|nul)\b)"
_EASED = re.compile(f"{_BOUNDED}|{_ONLY}", re.IGNORECASE)
"""The same, and what is so of but one thing: French "ne" alone, which "que" follows."""
_GAP = 0.008  # how much nearer than anything that denies the nearest clause is
_FAR = 0.04  # a greater distance says no more
_DENIED = 0.022  # the least of that and of what a clause gains without its "not"
_PLAIN = 0.016  # the least of the gain alone


def _plainer(clause: Clause, pieces: Sequence[_Piece], embed: Embed) -> float:
    """How much nearer a clause comes to any piece without its "not" than to any with it."""
    bare = meaning(affirmed(clause.text, clause.language), embed)
    return max(float(meaning(piece.text, embed) @ bare) for piece in pieces) - max(piece.near for piece in pieces)


def affirmed_alone(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> str | None:
    """Give the word by which the cited texts deny what a clause of a claim tells, or None.

    The clause nearest to it denies, and both it and the whole claim come nearer to that once its "not" is taken away.
    """
    if embed is None or _ASKS.search(text) or read_clause(text, language).denies:
        return None
    for start, end in clauses(text, language):
        clause = read_clause(text[start:end], language)
        pieces = [] if clause.off else list(_pieces(clause, sources, embed))
        denying = [piece for piece in pieces if is_denial(piece.clause) and not _EASED.search(piece.text)]
        told = {piece: piece.near + _WHOLE * _near(text, piece.sentence, embed) for piece in pieces}
        nearest = max(denying, key=lambda piece: told[piece], default=None)
        if nearest is None or _ASKS.search(nearest.sentence):
            continue
        if told[nearest] < max((told[piece] for piece in pieces if not piece.denies), default=0.0) - _BEHIND:
            continue
        denied = nearest.clause if nearest.single else _carrying(text, nearest, embed)
        if denied is None:
            continue
        bare = affirmed(denied.text, denied.language)
        nearer = _near(clause.text, nearest.text.replace(denied.text, bare), embed) - nearest.near
        whole = nearest.sentence.replace(denied.text, bare)
        if min(nearer, _near(text, whole, embed) - _near(text, nearest.sentence, embed)) > _NEARER:
            return denied.refuses[0]
    return None


def is_denial(clause: Clause) -> bool:
    """Give whether a clause says that something is not so, and not only without what it is so."""
    return any(not _WITHOUT.match(word) for word in clause.refuses)


_WITHOUT = re.compile(
    r"(?:without|sans|sin|senza|sem|ohne|bez|без|tanpa|olmadan)$|و?(?:دون|بدون|بلا)$|ללא|בלי|बिना|โดยไม่|ไร้|ปราศจาก",
    re.IGNORECASE,
)


def _carrying(text: str, piece: _Piece, embed: Embed) -> Clause | None:
    """The denying clause of a sentence without which it would be farther from a claim."""
    told = Told(piece.source, 0, piece.text, piece.clause.language, piece.near)
    for part in parts_of(told):
        rest = piece.text.replace(part.text, " ")
        if is_denial(part) and _near(text, piece.text, embed) - _near(text, rest, embed) > _CARRIES:
            return part
    return None


_WHOLE = 0.5  # the weight of the whole claim in choosing the clause, which may be of a few words
_CARRIES = 0.008  # how much farther a sentence is without a clause that a claim tells
_BEHIND = 0.0  # how much farther than what denies nothing the denying clause may be
_NEARER = 0.0085  # what clause and claim gain at least: a plain "not" gains it, another word for the same seldom does


def _near(one: str, other: str, embed: Embed) -> float:
    return float(meaning(one, embed) @ meaning(other, embed))


def _says(clause: Clause) -> bool:
    return len(content(clause.text, clause.language)[0]) >= _FEW


def _pieces(clause: Clause, sources: Sequence[Evidence], embed: Embed) -> Iterator[_Piece]:
    """The sentences of all texts that are near to a clause, and their clauses."""
    told = [
        Told(source, place, source.sentences[place], source.language, cosine)
        for source in sources
        for place, cosine in enumerate(source.cosines(clause.text, embed)[:COMPARED])
    ]
    told.sort(key=lambda one: -one.score)
    for one in told[:_MOST]:
        if one.score < told[0].score - _AROUND:
            break
        own, parts = one.language == clause.language, parts_of(one)
        yield _Piece(
            one.text, one.text, one.source, read_clause(one.text, one.language), len(parts) == 1, own, one.score
        )
        for part in parts if len(parts) > 1 else ():
            if _says(part):
                yield _Piece(part.text, one.text, one.source, part, True, own, _near(clause.text, part.text, embed))
