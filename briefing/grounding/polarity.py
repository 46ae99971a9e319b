"""Whether a claim says the opposite of its source: a "not" too many or too few, or "rejected" for "approved"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.grounding.alignment import Told, shares_facts, told_by_facts, told_in_meaning, told_in_words
from briefing.grounding.atoms import unquoted
from briefing.grounding.evidence import Evidence
from briefing.grounding.stems import stem
from briefing.grounding.tables import data
from briefing.ports import Embed
from briefing.text.language import spaced
from briefing.text.modality import Cue, clauses, cues
from briefing.text.words import content_words

_ALIKE = 0.4  # the share of a clause's words that a sentence with the same row holds
_LOOSE = 0.6  # how much of the best share, whether it has the row or not
_CLOSE = 12  # characters between a negation and the word it turns
_AGAINST = ("negated", "denied", "cancelled")
_WITHOUT = "without"  # the row of words that deny without a "not"
_COMMON = frozenset(("agree", "rise"))  # rows by which sentences that share but facts are compared
# Rows of what may be so first and otherwise after: a sentence that holds both tells of a change.
_PASSING = frozenset(
    "open begin survive hurt rise more fast join arrest buy appoint tighten support".split()  # noqa: SIM905
)
_LASTING = frozenset(("open", "begin"))
_CASUALTIES = frozenset(("hurt", "survive"))  # rows that one sentence says of the whole event: "nobody was hurt"
_UNTIL = re.compile(
    r"until|till |bis |jusqu|hasta|fino a|até |до |đến|cho tới|จนถึง|تا |حتى|kadar|까지|まで|直到|तक|sampai|hingga"
)
_REFUSING = frozenset(("agree", "confirm", "succeed"))  # rows whose second side says that something is not so


def flipped(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None = None) -> str | None:
    """Give the word by which a claim contradicts its sources, or None where it does not.

    Clause by clause, against the clauses of the sentences that tell the same: of a pair of opposites ("approve",
    "reject") both must hold the same side, and a plain negation must stand on both sides or on neither.
    """
    foreign = [source for source in sources if source.language != language]
    text = unquoted(text)  # what is quoted is looked for in its own words
    denies = _read(text, language).denies
    acts = any(row in _COMMON for row, _, _ in _read(text, language).sides)
    sharing = told_by_facts(text, language, foreign) if embed is None and acts else []
    whole = told_in_meaning(text, language, foreign, embed)
    for start, end in clauses(text, language):
        clause = _read(text[start:end], language)
        across = told_in_meaning(clause.text, language, foreign, embed)
        known = tuple(dict.fromkeys((*across, *whole))) if across else tuple(sharing)
        word = _opposite(clause, sources, known, not across)
        if word is None:
            word = _negation(clause, sources, across, whole, denies, embed)
        if word:
            return word
    return None


# ---------------------------------------------------------------- one clause


@dataclass(frozen=True, slots=True)
class _Clause:
    """What of a clause may turn it: the negations that nothing cancels, and the sides of each row of opposites.

    ``off`` where it says that something was put off or called off.
    """

    text: str
    language: str
    negations: tuple[str, ...]
    sides: tuple[tuple[str, int, str], ...]
    veiled: bool
    off: bool

    @property
    def denies(self) -> bool:
        """Whether anything in it may deny what another text puts with a "not"."""
        return bool(self.negations) or self.veiled or any(side for _, side, _ in self.sides)

    @property
    def refuses(self) -> tuple[str, ...]:
        """The words by which it says that something was not done or is not so."""
        return self.negations or tuple(word for row, side, word in self.sides if side and row in _REFUSING)

    def side(self, row: str) -> int | None:
        """The side of a row that it holds, 0 or 1; None for neither or both."""
        found = {side for name, side, _ in self.sides if name == row}
        return found.pop() if len(found) == 1 else None


# Words that look like a negation: Chinese 不到 (less than), 非常 (very).
_NO_NEGATION = re.compile(r"不[到久断斷仅僅少同足时時过過但论論管料满滿安]|非[常法洲凡]|[无無][数數论論线線]")


@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> _Clause:
    found = [cue for cue in cues(text, language) if cue.kind in _AGAINST]
    against = [(c.start, c.end) for c in found if not _NO_NEGATION.match(text, c.start)]
    words = [
        (row, side, match.start(), match.end())
        for row, pair in _pairs(language).items()
        for side, pattern in enumerate(pair)
        for match in pattern.finditer(text)
    ]
    # A word that denies by itself is no negation of itself, and "not rejected" is no rejection.
    plain = _apart(
        (a, b)
        for a, b in against
        if not any(side and _touch((a, b), (c, d)) and not _inner(text[d:b], language) for _, side, c, d in words)
    )
    plain = _uncancelled(plain, found)
    turned = {span: _turned(span, [(c, d) for _, _, c, d in words], text, language) for span in plain}
    turning = [span for span in plain if not any(side and _touch((c, d), turned[span]) for _, side, c, d in words)]
    sides = tuple(
        (row, side ^ any(_touch((a, b), word) for word in turned.values()), text[a:b]) for row, side, a, b in words
    )
    veiled = _veiled(language)
    return _Clause(
        text,
        language,
        tuple(text[a:b] for a, b in turning),
        sides,
        veiled is not None and veiled.search(text) is not None,
        any(cue.kind == "cancelled" for cue in found),
    )


def _uncancelled(spans: Sequence[tuple[int, int]], found: Sequence[Cue]) -> list[tuple[int, int]]:
    """Negations without those that undo a calling off, and what they undo: "did not cancel"."""
    off = [(cue.start, cue.end) for cue in found if cue.kind == "cancelled"]
    plain = [span for span in spans if not any(_touch(span, one) for one in off)]
    paired = {(one, span) for one in off for span in plain if _gap(one, span) < _CLOSE}
    gone = [span for pair in paired for span in pair]
    return [span for span in spans if not any(_touch(span, one) for one in gone)]


def _gap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(two[0] - one[1], one[0] - two[1], 0)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans):
        if kept and _touch(kept[-1], span):
            kept[-1] = (kept[-1][0], max(kept[-1][1], span[1]))
        else:
            kept.append(span)
    return kept


def _touch(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


_NOBODY = re.compile(
    r"no(?:body|thing|ne| one)|niemand|nichts|kein|personne|rien|aucun|nadie|nada|ning|ness?un|niente|ник|нич|ни ",
    re.IGNORECASE,
)
_NEGATED_BEHIND = frozenset(("ja", "ko", "fa", "tr", "hi", "de"))  # where "not" may stand behind its verb


def _turned(negation: tuple[int, int], words: Sequence[tuple[int, int]], text: str, language: str) -> tuple[int, int]:
    """Give the one word that a negation turns, the nearest: "did not ratify", "تصویب نکرد"; an empty span for none."""
    near = [
        (max(a - negation[1], negation[0] - b, 0), a < negation[0], (a, b))
        for a, b in words
        if negation[0] < b or language in _NEGATED_BEHIND or _NOBODY.match(text, negation[0])
    ]
    gap, _, word = min(near, default=(_CLOSE, False, (0, 0)))
    return word if gap < _CLOSE else (0, 0)


_INNER = re.compile("m[ae]d|m[ae]m[ıi]ş|m[ıiuü]yor|m[ae]y[ae]c|m[ae]z")


def _inner(rest: str, language: str) -> bool:
    """Whether the end of a word negates it, as in Turkish: yasakla|madı."""
    return language == "tr" and _INNER.search(rest) is not None


def _parts(told: Told) -> list[_Clause]:
    return [_read(told.text[a:b], told.language) for a, b in clauses(told.text, told.language)] or [
        _read(told.text, told.language)
    ]


# ---------------------------------------------------------------- opposites


@cache
def _pairs(language: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    pairs = {}
    for row, languages in data("opposites").items():
        if row != _WITHOUT and language in languages:
            one, other = languages[language].split("|")
            pairs[row] = (_side(one, language), _side(other, language))
    return pairs


@cache
def _veiled(language: str) -> re.Pattern[str] | None:
    listed = data("opposites")[_WITHOUT].get(language)
    return _side(listed, language) if listed else None


def _side(listed: str, language: str) -> re.Pattern[str]:
    stems = sorted((stem.strip() for stem in listed.split(",")), key=len, reverse=True)
    before = r"(?<!\w)(?:[וובהול]|ال|و)?" if language in ("ar", "he") else r"(?<!\w)" if spaced(language) else ""
    after = r"(?!\w)" if language == "vi" else ""
    joined = "|".join(stem.replace("$", r"(?!\w)") for stem in stems)
    return re.compile(f"{before}(?:{joined}){after}", re.IGNORECASE)


def _opposite(clause: _Clause, sources: Sequence[Evidence], across: Sequence[Told], sharing: bool) -> str | None:
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
        if row in _PASSING and any(_held(one, row, ours) for one in told):
            continue
        sides = {side for one in told if (side := _told_side(one, row, rest)) is not None}
        if row in _CASUALTIES:
            sides |= {side for source in sources for side in _all_sides(source, row)}
        if sides == {1 - ours} and (own or not _told_so(clause, sources, row, ours)):
            return word
    return None


def _told_so(clause: _Clause, sources: Sequence[Evidence], row: str, side: int) -> bool:
    """Whether a sentence of a claim's language that is no more than loosely alike has the claim's side of a row."""
    loose = told_in_words(clause.text, clause.language, sources, (), _LOOSELY, 0.5)
    return any(part.side(row) == side for one in loose for part in _parts(one))


_LOOSELY = 0.2


def _held(told: Told, row: str, side: int) -> bool:
    """Whether a told sentence holds a side of a row anywhere, or says until when the other lasts."""
    sides = {part.side(row) for part in _parts(told)}
    return side in sides or (row in _LASTING and _UNTIL.search(told.text) is not None)


def _all_sides(source: Evidence, row: str) -> set[int]:
    """The sides of a row that the sentences of a text hold."""
    told = [Told(source, place, line, source.language, 1.0) for place, line in enumerate(source.sentences)]
    return {side for one in told for part in _parts(one) if (side := part.side(row)) is not None}


def _with_row(told: Sequence[Told], row: str) -> list[Told]:
    """Of told sentences those that have a row, from 85 % of the best of them on."""
    having = [one for one in told if any(name == row for name, _, _ in _read(one.text, one.language).sides)]
    return [one for one in having if one.score >= 0.85 * having[0].score]


def _of_row(clause: _Clause, row: str) -> set[str]:
    """The content words of a clause that belong to one row."""
    taken = [word.casefold() for name, _, word in clause.sides if name == row]
    words = content_words(clause.text, clause.language)
    return {word for word in words if any(word.startswith(one) or one.startswith(word) for one in taken)}


def _told_side(told: Told, row: str, words: Sequence[str]) -> int | None:
    """The side of a row in a told sentence; of several clauses that have the row, in the one nearest to the words."""
    parts = [part for part in _parts(told) if any(name == row for name, _, _ in part.sides)]
    if not parts:
        return None
    if len(parts) > 1:
        claim = {stem(word) for word in words}
        held = [len(claim & {stem(w) for w in content_words(part.text, part.language)}) for part in parts]
        parts = [part for part, count in zip(parts, held, strict=True) if count == max(held)]
    sides = {None if part.off else part.side(row) for part in parts}
    return sides.pop() if len(sides) == 1 else None


# ---------------------------------------------------------------- a "not"


def _negation(
    clause: _Clause,
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
    if not across:
        return None
    parts = [_nearest(clause, one, embed) for one in across]
    if clause.negations:
        told = any(part.denies for one in (*across, *whole) for part in _parts(one))
        return None if told or _around(across) or _denied_nearby(clause, sources, embed) else clause.negations[0]
    if not denies and all(part.refuses for told in parts for part in told):
        return parts[0][0].refuses[0]
    return None


def _nearest(clause: _Clause, told: Told, embed: Embed | None) -> list[_Clause]:
    """The clauses of a told sentence that are nearest in meaning to a clause; all of them without an engine for it."""
    parts = _parts(told)
    if embed is None or len(parts) < 2:
        return parts
    vectors = embed([clause.text, *(part.text for part in parts)])
    cosines = [float(cosine) for cosine in vectors[1:] @ vectors[0]]
    return [part for part, cosine in zip(parts, cosines, strict=True) if cosine >= max(cosines) - 0.01]


_NEARBY = 0.04  # how much farther than the nearest a sentence may be that denies something of the same facts


def _denied_nearby(clause: _Clause, sources: Sequence[Evidence], embed: Embed | None) -> bool:
    """Whether a foreign sentence that is nearly as near denies something of a clause's figures or places."""
    for source in sources:
        if embed is None or source.language == clause.language:
            continue
        cosines = source.cosines(clause.text, embed)
        near = [n for n, cosine in enumerate(cosines) if cosine >= max(cosines) - _NEARBY]
        denying = [n for n in near if _read(source.sentences[n], source.language).denies]
        if any(shares_facts(clause.text, clause.language, source, place) for place in denying):
            return True
    return False


def _around(told: Sequence[Told]) -> bool:
    """Whether a neighbour of the told sentences denies anything."""
    return any(
        _read(one.source.sentences[place], one.language).denies
        for one in told
        for place in (one.place - 1, one.place + 1)
        if 0 <= place < len(one.source.sentences)
    )


def _negation_in_words(clause: _Clause, own: Sequence[Told], sources: Sequence[Evidence], denies: bool) -> str | None:
    if clause.negations:
        if any(part.denies for one in own for part in _parts(one)) or _echoed(clause, sources):
            return None
        return clause.negations[0]
    if denies:
        return None
    claim = {stem(word) for word in content_words(clause.text, clause.language)}
    denied = [next(_denied(one, claim), None) for one in own]
    return denied[0] if all(denied) else None


def _denied(told: Told, claim: set[str]) -> Iterator[str]:
    """The negation of the clause of a told sentence that holds most of a claim's words, where the claim tells it."""
    parts = _parts(told)
    held = [len(claim & {stem(w) for w in content_words(part.text, part.language)}) for part in parts]
    for part, count in zip(parts, held, strict=True):
        inner = {stem(w) for w in content_words(part.text, part.language)} - {stem(w.casefold()) for w in part.refuses}
        shared = len(inner & claim)
        held_in = shared >= 0.5 * len(inner) if count == max(held) else shared >= max(2, 0.7 * len(inner))
        if part.refuses and held_in:
            yield part.refuses[0]


def _echoed(clause: _Clause, sources: Sequence[Evidence]) -> bool:
    """Whether a source of the same language denies a clause about the same thing."""
    claim = {stem(word) for word in content_words(clause.text, clause.language)}
    for source in sources:
        for n, line in enumerate(source.sentences if source.language == clause.language else ()):
            for part in _parts(Told(source, n, line, source.language, 1.0)):
                other = {stem(word) for word in content_words(part.text, part.language)} if part.denies else set()
                if other and len(claim & other) >= max(1, 0.3 * min(len(claim), len(other))):
                    return True
    return False
