"""Whether a claim says the opposite of its source: a "not" too many or too few, or "rejected" for "approved"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.grounding.atoms import Atoms, atoms
from briefing.grounding.evidence import Evidence, fold
from briefing.grounding.facts import same_value
from briefing.grounding.stems import overlap, stem
from briefing.grounding.tables import data
from briefing.text.language import spaced
from briefing.text.modality import clauses, cues
from briefing.text.words import content_words

_ALIKE = 0.45  # the share of the claim's content words that a source sentence on the same thing holds
# The first rows mean the same in every language: agree and refuse, rise and fall.
_COMMON_ROWS = 2
_FEW = 3  # sentences that are all on the claim's matter, though they share no figure, date or place with it
_CLOSE = 12  # characters between a negation and the word it turns
_AGAINST = ("negated", "denied", "cancelled")


@dataclass(frozen=True, slots=True)
class _Near:
    """A source sentence on the same thing as the claim, and how surely it is."""

    text: str
    language: str
    score: float


def flipped(text: str, language: str, sources: Sequence[Evidence]) -> str | None:
    """Give the word by which a claim contradicts its sources, or None where it does not.

    In the claim's own language the source sentences that share its words are compared; in others those that hold the
    same pair of opposites ("ratify", "reject") and most of its figures, dates and places.
    """
    own = [source for source in sources if source.language == language]
    nearest = _kept(_in_words(text, language, own), 0.8)
    if nearest:
        return _negation(text, language, nearest, sources) or _opposite(text, language, nearest)
    foreign = [source for source in sources if source.language != language]
    return _crosswise(text, language, foreign) or _unfounded(text, language, sources)


def _crosswise(text: str, language: str, sources: Sequence[Evidence]) -> str | None:
    """A word that says the opposite of what the source sentences on the same act say, in another language."""
    for row, pair in enumerate(_pairs(language)[:_COMMON_ROWS]):
        found = [side.search(text) for side in pair]
        said = next((match for match in found if match), None)
        if said is None or all(found):
            continue
        side = found.index(said)
        turned = side != _beside_negation(text, language, said)
        facts = [fact for source in sources for fact in _acts(text, language, source, row)]
        best = max((score for score, _ in facts), default=0.0)
        verdicts = {verdict for score, verdict in facts if score >= best}
        alone = sum(len(source.sentences) for source in sources) <= _FEW
        if (best > 0 or alone) and len(verdicts) == 1 and verdicts != {turned}:
            return said[0]
    return None


def _acts(text: str, language: str, source: Evidence, row: int) -> Iterator[tuple[float, bool]]:
    """For each sentence that holds one side of a row: how much of the claim's facts it has, and which way it goes."""
    ours = atoms(text, language, source.passage.day)
    pairs = _pairs(source.language)
    for sentence in source.sentences if row < len(pairs) else ():
        found = [side.search(sentence) for side in pairs[row]]
        said = next((match for match in found if match), None)
        if said is not None and not all(found):
            way = found.index(said) != _beside_negation(sentence, source.language, said)
            yield _shared(ours, atoms(sentence, source.language, source.passage.day)), way


def _beside_negation(text: str, language: str, word: re.Match[str]) -> bool:
    """Whether a negation stands so close to a word that it turns it: "did not ratify", "تصویب نکرد"."""
    return any(
        start < word.end() + _CLOSE and word.start() - _CLOSE < end
        for _, start, end in _against(text, language, called_off=False)
        if end <= word.start() or start >= word.end()
    )


def _kept(found: Sequence[_Near], share: float) -> list[_Near]:
    best = max((near.score for near in found), default=0.0)
    return [near for near in found if near.score >= best * share]


def _in_words(text: str, language: str, sources: Sequence[Evidence]) -> list[_Near]:
    claim = frozenset(content_words(text, language))
    scored = [
        _Near(sentence, language, overlap(claim, sentence, language))
        for source in sources
        for sentence in source.sentences
    ]
    return [near for near in scored if near.score >= _ALIKE]


def _shared(one: Atoms, other: Atoms) -> float:
    """The share of a claim's figures, dates and places that another text holds; 0 for a claim of none."""
    wanted = len(one.numbers) + len(one.days) + len({p.code for p in one.places})
    if not wanted:
        return 0.0
    values = [number.value for number in other.numbers]
    held = sum(any(same_value(number.value, value) for value in values) for number in one.numbers)
    dated = {(day.month, day.day, day.weekday) for day in other.days}
    held += sum((day.month, day.day, day.weekday) in dated for day in one.days)
    held += len({p.code for p in one.places} & {p.code for p in other.places})
    return held / wanted


# Words that look like a negation: Chinese 不到 (less than), 非常 (very).
_NO_NEGATION = re.compile(r"不[到久断斷仅僅少同足时時过過但论論管料满滿安]|非[常法洲凡]|[无無][数數论論线線]")


def _against(text: str, language: str, *, called_off: bool = True) -> list[tuple[str, int, int]]:
    """The cues of negation, denial and calling off in a text, without those inside quotation marks."""
    found = [cue for cue in cues(text, language) if cue.kind in _AGAINST[: 3 if called_off else 2]]
    return [(text[c.start : c.end], c.start, c.end) for c in found if not _NO_NEGATION.match(text, c.start)]


def _negation(text: str, language: str, nearest: Sequence[_Near], sources: Sequence[Evidence]) -> str | None:
    """A negation on one side only: of the claim where no source negates the like, or of every near source sentence."""
    ours = _against(text, language)
    theirs = [_against(near.text, near.language) for near in nearest]
    turned = any(_turned(text, language, near) for near in nearest)
    if ours and not turned:
        if not any(theirs) and not any(_against(source.text, source.language) for source in sources):
            return ours[0][0]
        if all(near.language == language for near in nearest):
            return next((cue for cue, start, _ in ours if not _echoed(text, start, language, sources)), None)
        return None if any(theirs) else ours[0][0]
    if not ours and all(theirs) and not turned:
        for near, found in zip(nearest, theirs, strict=True):
            if not any(_told(text, language, near, start, end) for _, start, end in found):
                return None
        return theirs[0][0][0]
    return None


def _clause(text: str, language: str, at: int) -> frozenset[str]:
    """The stems of the content words of the clause in which a cue stands."""
    spans = [(a, b) for a, b in clauses(text, language) if a <= at < b] or [(0, len(text))]
    return frozenset(stem(word) for word in content_words(text[spans[0][0] : spans[0][1]], language))


def _echoed(text: str, at: int, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source of the same language negates a clause about the same thing."""
    clause = _clause(text, language, at)
    for source in sources:
        if source.language == language:
            for sentence in source.sentences:
                for _, start, _ in _against(sentence, language):
                    other = _clause(sentence, language, start)
                    if len(clause & other) >= max(1, 0.3 * min(len(clause), len(other))):
                        return True
    return False


def _told(text: str, language: str, near: _Near, start: int, end: int) -> bool:
    """Whether the clause that a source negates is one that the claim tells."""
    spans = [(a, b) for a, b in clauses(near.text, near.language) if a <= start < b] or [(0, len(near.text))]
    clause = near.text[spans[0][0] : spans[0][1]]
    if near.language != language:
        return len(clause) >= 0.7 * len(near.text)
    inner = [word for word in content_words(clause, language) if word not in fold(near.text[start:end])]
    return len(inner) >= 2 and overlap(frozenset(inner), text, language) >= 0.5


def _unfounded(text: str, language: str, sources: Sequence[Evidence]) -> str | None:
    """A negation where no cited text, of those few sentences that there are, has any."""
    ours = _against(text, language)
    if not ours:
        return None
    for source in sources:
        if _against(source.text, source.language) or _sides(source.text, source.language)[1]:
            return None
    return ours[0][0]


@cache
def _pairs(language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    pairs = []
    for row in data("opposites").get(language, ()):
        one, other = row.split("|")
        pairs.append((_side(one, language), _side(other, language)))
    return tuple(pairs)


def _side(listed: str, language: str) -> re.Pattern[str]:
    stems = sorted((stem.strip() for stem in listed.split(",")), key=len, reverse=True)
    before = r"(?<!\w)(?:[וובהול]|ال|و)?" if language in ("ar", "he") else r"(?<!\w)" if spaced(language) else ""
    after = r"(?!\w)" if language == "vi" else ""
    return re.compile(f"{before}(?:{'|'.join(stems)}){after}", re.IGNORECASE)


def _sides(text: str, language: str) -> tuple[set[int], set[int]]:
    """Which pairs of opposites a text holds the first and the second side of."""
    rows = list(enumerate(_pairs(language)))
    return {i for i, (one, _) in rows if one.search(text)}, {i for i, (_, other) in rows if other.search(text)}


def _opposite(text: str, language: str, nearest: Sequence[_Near]) -> str | None:
    """A word of one side where every near source sentence has only the other side."""
    one, other = _sides(text, language)
    for row, (first, second) in enumerate(_pairs(language)):
        if (row in one) == (row in other):
            continue
        same = [near for near in nearest if near.language == language or row < _COMMON_ROWS]
        if not same or len(same) < len(nearest):
            continue
        sides = [_sides(near.text, near.language) for near in same]
        contrary = 1 if row in one else 0
        negated = bool(_against(text, language))
        if all(row in side[contrary] and row not in side[1 - contrary] for side in sides) and not negated:
            if any(_against(near.text, near.language) for near in same):
                continue
            word = (first if row in one else second).search(text)
            return word[0] if word else None
    return None


def _turned(text: str, language: str, near: _Near) -> bool:
    """Whether claim and source hold the two sides of a pair of opposites: "not approved" is "rejected"."""
    one, other = _sides(text, language), _sides(near.text, near.language)
    limit = 99 if near.language == language else _COMMON_ROWS
    return any(row < limit for row in (one[0] & other[1] - other[0]) | (one[1] & other[0] - other[1]))
