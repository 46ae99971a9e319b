"""Which sentences of the cited texts tell what a claim tells: by their words in one language, by meaning across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.grounding.atoms import Atoms, atoms
from briefing.grounding.evidence import COMPARED, Evidence, Passage, evidence
from briefing.grounding.facts import same_value
from briefing.grounding.stems import stem
from briefing.ports import Embed
from briefing.text.words import content_words

_ALIKE = 0.45  # the share of a claim's words, by weight, that a sentence on the same thing holds
_MEANT = 0.80  # the cosine of multilingual-e5 below which no sentence of another language tells the same
_NEAR = 0.012  # what a sentence may be farther than the nearest and still tell it, too
_FEW = 3  # sentences that are all on the claim's matter


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a cited text that tells what a claim tells, and how surely (0 to 1) among the cited sentences."""

    source: Evidence
    place: int
    text: str
    language: str
    score: float


def told_in_words(
    text: str,
    language: str,
    sources: Sequence[Evidence],
    besides: Collection[str] = (),
    least: float = _ALIKE,
    share: float = 0.85,
) -> list[Told]:
    """Give the sentences of a claim's language that hold most of its words, best first.

    Words are compared by their beginnings; one that many sentences hold weighs less, a name half, those in ``besides``
    nothing. A claim of one word is told by none. A sentence counts from the ``share`` of the best on, and from
    ``least`` on.
    """
    own = [source for source in sources if source.language == language]
    words, names = content(text, language)
    claim = {stem(word) for word in (*words, *names) if word not in besides}
    named = {stem(word) for word in names} - {stem(word) for word in words}
    if len(claim) < 2 or not own:
        return []
    held = Counter(key for source in own for line in _stems(source) for key in line & claim)
    weight = {key: (0.5 if key in named else 1.0) / (1 + held[key]) ** 0.5 for key in claim}
    whole = sum(weight.values())
    scored = [
        Told(source, place, source.sentences[place], language, sum(weight[key] for key in line & claim) / whole)
        for source in own
        for place, line in enumerate(_stems(source))
        if line & claim
    ]
    best = max((one.score for one in scored), default=0.0)
    kept = [one for one in scored if one.score >= max(least, share * best)]
    return sorted(kept, key=lambda one: -one.score)


def content(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the content words of a text: those outside names, and those of names."""
    found = atoms(text, language)
    spans = [(name.start, name.end) for name in found.names + found.people] + [(p.start, p.end) for p in found.places]
    bare = list(text)
    for start, end in spans:
        bare[start:end] = " " * (end - start)
    inside = " ".join(text[start:end] for start, end in spans)
    return content_words("".join(bare), language), content_words(inside, language)


@lru_cache(maxsize=512)
def _stems(source: Evidence) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(stem, content_words(line, source.language))) for line in source.sentences)


def told_in_meaning(
    text: str, language: str, sources: Sequence[Evidence], embed: Embed | None, margin: float = _NEAR
) -> list[Told]:
    """Give the sentences of other languages that mean what the claim means, nearest first, down to ``margin`` below.

    Without an engine for meaning only texts of very few sentences are sure to.
    """
    foreign = [source for source in sources if source.language != language]
    if not foreign:
        return []
    if embed is None:
        lines = [Told(s, n, line, s.language, 1.0) for s in foreign for n, line in enumerate(s.sentences)]
        return lines if len(lines) <= _FEW else []
    scored = [
        Told(source, place, source.sentences[place], source.language, cosine)
        for source in foreign
        for place, cosine in enumerate(source.cosines(text, embed))
    ]
    best = max((one.score for one in scored), default=0.0)
    kept = [one for one in scored if one.score >= max(_MEANT, best - margin)]
    return sorted(kept, key=lambda one: -one.score)


def told_by_facts(text: str, language: str, sources: Sequence[Evidence]) -> list[Told]:
    """Give the sentences of other languages that share most of a claim's figures, dates and countries, if any."""
    ours = atoms(text, language)
    scored = [
        Told(source, place, line, source.language, _shared(ours, atoms(line, source.language, source.passage.day)))
        for source in sources
        for place, line in enumerate(source.sentences)
    ]
    best = max((one.score for one in scored), default=0.0)
    return [one for one in scored if one.score >= best] if best else []


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


_WINDOW = 2  # sentences on each side of a told one in which its names stand
_LONG = 8  # sentences from which on a text is narrowed down to those
_LOOSE = 0.04  # what a sentence may be farther than the nearest and be read, too


def about(text: str, sources: Sequence[Evidence], embed: Embed | None) -> list[Evidence]:
    """Narrow long texts down to what is near a claim in meaning, their headlines kept, where there is an engine for it.

    In a whole article of another script some word sounds like any name.
    """
    return [_narrowed(text, source, embed) if embed else source for source in sources]


def _narrowed(text: str, source: Evidence, embed: Embed) -> Evidence:
    if not _LONG < len(source.sentences) <= COMPARED:
        return source
    cosines = source.cosines(text, embed)
    best = max(cosines)
    kept = {0}
    for place, cosine in enumerate(cosines):
        if cosine >= best - _LOOSE:
            kept |= set(range(max(0, place - _WINDOW), min(len(cosines), place + _WINDOW + 1)))
    told = "\n".join(source.sentences[place] for place in sorted(kept))
    return evidence(Passage(f"{source.passage.id}~", told, source.language, source.passage.published))
