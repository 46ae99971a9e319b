"""The extractive summary: the sources' own sentences, chosen as an editor would, in any language, without a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from briefing.compose.candidates import Candidate, candidates
from briefing.compose.coverage import Pair, agreement, gain, pairs
from briefing.compose.headline import headline
from briefing.compose.parts import in_order, numbered, parts_of, spread
from briefing.compose.similarity import Matrix, alike, bags, contained, meaning
from briefing.model import Article, Citation, Sentence
from briefing.ports import Embed
from briefing.text.cleaning import fold_spaces

ARTICLES = 240
"""Articles of a storyline that one summary is made of."""
POOL = 80
"""Sentences that are weighed for one summary; more where many are asked for."""
WIDEST = 400
"""Sentences that are weighed at most."""
EMBEDDED = 32
"""Of those, the best ones, which are embedded where they are in several languages."""
_READ_SENTENCES = 480  # sentences read in all articles of a storyline together
_SAME = 0.55  # a cosine above which two sentences of one language say the same
_TOLD_WORDS = 0.8  # the share of a sentence's words told elsewhere, above which it adds nothing
_FOREIGN = 0.4  # the worth of a development that the reader can only read in the original
_LANDMARK = 1.6  # the worth of a sentence that tells a stage of the matter
_LEANING = 0.3  # the worth of a sentence that needs the one before it, though that is told


@dataclass(frozen=True, slots=True)
class Summary:
    """A headline and the sentences that tell a storyline, each citing the words it is made of."""

    headline: str
    headline_language: str
    headline_article: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Pool:
    """Candidates with what their choice rests on; rows and columns of the matrices are candidates."""

    items: tuple[Candidate, ...]
    words: tuple[tuple[str, ...], ...]
    held: tuple[frozenset[Pair], ...]  # what each says, of which each pair weighs
    weights: Mapping[Pair, float]
    similar: Matrix  # by words
    across: Matrix  # by meaning, between languages only
    merit: Matrix
    part: tuple[int, ...]  # the development of each candidate, oldest first
    importance: tuple[float, ...]  # of each development
    foreign: frozenset[int]  # developments that no source tells in a language the reader reads


def summarise(
    articles: Sequence[Article],
    languages: Sequence[str],
    sentences: int | None,
    embed: Embed | None,
    *,
    length: int | None = None,
    already_told: Sequence[str] = (),
    developments: Mapping[str, str] | None = None,
    landmarks: Collection[tuple[str, int]] = (),
) -> Summary:
    """Tell a storyline in whole verbatim sentences of its sources.

    ``sentences`` bounds their number, ``length`` their words (the total comes as near to it as whole sentences
    allow); without either there are as many as `sentences_for` gives. ``languages`` are the reader's, best first:
    within a development only the reader's languages are quoted where a source has one, else the original.
    ``already_told`` are sentences the reader was sent: they count less. ``developments`` maps article ids to
    developments; without it a silence of more than two days begins another. ``landmarks`` are sentences (article id,
    start) that tell the matter's stages: they count more. The newest development comes first, then
    the rest in order. The result is empty where no article has a whole sentence. Raises ValueError for no article.
    """
    ordered = in_order(articles)
    parts = parts_of(ordered, developments)
    kept = spread(parts, ARTICLES)
    ordered, parts = [ordered[i] for i in kept], numbered([parts[i] for i in kept])
    newest = [article.id for article, part in zip(ordered, parts, strict=True) if part == max(parts)]
    text, language, source = headline(ordered, languages, newest)
    wide = min(WIDEST, max(POOL, 4 * (sentences or 0), (length or 0) // 6))
    pool = _pool(ordered, parts, languages, embed, already_told, landmarks, wide)
    if length is None and sentences is None:
        sentences = worth(ordered, parts)
    chosen = _choose(pool, sentences, length)
    told = tuple(quoted(pool.items[index], ordered[pool.items[index].article]) for index in _arrange(chosen, pool))
    return Summary(text, language, source, told)


def sentences_for(articles: Sequence[Article], developments: Mapping[str, str] | None = None) -> int:
    """Give how many sentences a storyline is worth: 1 for a short single report to 6 for a major matter."""
    ordered = in_order(articles)
    return worth(ordered, parts_of(ordered, developments))


def worth(articles: Sequence[Article], parts: Sequence[int]) -> int:
    """Give the same for articles whose developments are numbered."""
    text = sum(len(article.text) for article in articles)
    if len(articles) == 1:
        return 1 if text < 600 else 2 if text < 2500 else 3
    return min(6, 1 + len(set(parts)) + (len(articles) >= 3) + (len(articles) >= 8))


def _pool(
    articles: Sequence[Article],
    parts: Sequence[int],
    languages: Sequence[str],
    embed: Embed | None,
    already_told: Sequence[str],
    landmarks: Collection[tuple[str, int]],
    wide: int,
) -> _Pool:
    each = max(4, _READ_SENTENCES // max(1, len(articles)))
    allowed = _readable(articles, parts, languages)
    items = [item for item in candidates(articles, each) if item.article in allowed]
    held = [pairs(item.tokens, item.language, parts[item.article]) for item in items]
    weights = agreement(items, held)
    gains = [gain(own, weights, set(), item.length) for item, own in zip(items, held, strict=True)]
    kept = _shortlist(items, gains, wide)
    turns = _turns(items)
    items, held, turns = [items[i] for i in kept], [held[i] for i in kept], [turns[i] for i in kept]
    texts, tongues = [item.text for item in items], [item.language.split("-")[0] for item in items]
    words = bags(texts, tongues)
    told = bags(already_told, [tongues[0] if tongues else "und"] * len(already_told))
    titles = [set(bag) for bag in bags([a.title for a in articles], [a.language for a in articles])]
    wanted = [language.split("-")[0] for language in languages]
    part = tuple(parts[item.article] for item in items)
    groups = list(zip(part, tongues, strict=True))
    merit = _fair([gains[i] for i in kept], groups)
    for index, item in enumerate(items):
        merit[index] *= (
            _lead(turns[index])
            * (1.0 + 0.5 * contained(tuple(titles[item.article]), words[index]))
            * _readability(item)
            * (_LANDMARK if (articles[item.article].id, item.start) in landmarks else 1.0)
            * 0.75 ** (wanted.index(tongues[index]) if tongues[index] in wanted else 0)
            * (1.0 - 0.6 * max((contained(words[index], bag) for bag in told), default=0.0))
        )
    across = _across(merit * [gains[i] for i in kept], groups, texts, embed)
    readable = {one for one, tongue in zip(part, tongues, strict=True) if tongue in wanted}
    foreign = frozenset(part) - readable if readable else frozenset()
    return _Pool(
        tuple(items),
        tuple(words),
        tuple(held),
        weights,
        alike(words),
        across,
        merit,
        part,
        _importance(parts),
        foreign,
    )


def _fair(gains: Sequence[float], groups: Sequence[tuple[int, str]]) -> Matrix:
    """Give factors that make the best sentence of each development in each language equal.

    Reports agree only within a language, and a development told by many is important already (`_importance`).
    """
    best: dict[tuple[int, str], float] = {}
    for value, group in zip(gains, groups, strict=True):
        best[group] = max(value, best.get(group, 0.0))
    return np.array([1.0 / best[group] if best[group] else 0.0 for group in groups])


def _across(merit: Matrix, groups: Sequence[tuple[int, str]], texts: Sequence[str], embed: Embed | None) -> Matrix:
    """Give how alike candidates are across languages, the best of each development in each language by turns.

    Only those are embedded: what is told is among them unless very many sentences are asked for.
    """
    joined = np.zeros((len(texts), len(texts)))
    seen: Counter[tuple[int, str]] = Counter()
    keyed: list[tuple[int, int, int]] = []
    for index in np.argsort(-merit, kind="stable"):
        keyed.append((seen[groups[index]], len(keyed), int(index)))
        seen[groups[index]] += 1
    best = sorted(index for *_, index in sorted(keyed)[:EMBEDDED])
    found = meaning([texts[index] for index in best], [groups[index][1] for index in best], embed)
    if found is not None:
        joined[np.ix_(best, best)] = found
    return joined


def _readable(articles: Sequence[Article], parts: Sequence[int], languages: Sequence[str]) -> set[int]:
    """Give the articles that may be quoted: of each development those in the reader's languages, else all of it."""
    wanted = {language.split("-")[0] for language in languages}
    known = [article.language.split("-")[0] in wanted for article in articles]
    served = {part for part, reads in zip(parts, known, strict=True) if reads}
    return {index for index, part in enumerate(parts) if known[index] or part not in served}


def _importance(parts: Sequence[int]) -> tuple[float, ...]:
    """Weigh developments by how many articles tell them; the newest and the first are what a reader must know."""
    sizes = Counter(parts)
    count = max(parts) + 1
    weight = [float(np.log1p(sizes[part])) for part in range(count)]
    if count > 1:
        weight[0] *= 1.25
        weight[-1] = 1.5 * max(weight)
    return tuple(weight)


def _turns(items: Sequence[Candidate]) -> list[int]:
    """Give the place of each candidate among those of its article, from 0."""
    seen: Counter[int] = Counter()
    turns = []
    for item in items:
        turns.append(seen[item.article])
        seen[item.article] += 1
    return turns


def _lead(turn: int) -> float:
    """News puts what matters first; what several reports hold still counts where it comes late."""
    return 1.0 / (1.0 + 0.15 * turn)


def _readability(item: Candidate) -> float:
    """Prefer sentences of 8 to 45 words: shorter ones say little, longer ones are hard to read."""
    if item.length < 8:
        return 0.5 + item.length / 16
    return 1.0 if item.length <= 45 else max(0.4, 45 / item.length)


def _shortlist(items: Sequence[Candidate], gains: Sequence[float], wide: int) -> list[int]:
    """Keep ``wide`` candidates (indices): half of them openings in turn, so that every report has its say."""
    if len(items) <= wide:
        return list(range(len(items)))
    turns = _turns(items)
    kept = set(sorted(range(len(items)), key=lambda index: (turns[index], index))[: wide // 2])
    for index in sorted(range(len(items)), key=lambda index: (-gains[index] * _lead(turns[index]), index)):
        if len(kept) == wide:
            break
        kept.add(index)
    return sorted(kept)


def _choose(pool: _Pool, most: int | None, length: int | None) -> list[int]:
    """Pick candidates greedily by what they add, up to a number or a length in words."""
    chosen: list[int] = []
    told: set[Pair] = set()
    total = 0
    while (most is None or len(chosen) < most) and (length is None or total < length):
        index = _next(pool, chosen, told, None if length is None else length - total)
        if index is None:
            break
        chosen.append(index)
        told |= pool.held[index]
        total += pool.items[index].length
    return chosen


def _next(pool: _Pool, chosen: Sequence[int], told: set[Pair], room: int | None) -> int | None:
    """Give the best candidate that may still be told, or None; one that leaves the ``room`` further off may not."""
    parts = Counter(pool.part[index] for index in chosen)
    places = {(pool.items[index].article, pool.items[index].position) for index in chosen}
    best, best_value = None, 0.0
    for index, item in enumerate(pool.items):
        if index in chosen or not _stands(item, places) or (room is not None and abs(room - item.length) >= room):
            continue
        if _said(pool, index, chosen):
            continue
        part = pool.part[index]
        overlap = max((_overlap(pool, index, other) for other in chosen), default=0.0)
        share = pool.importance[part] / (1.0 + parts[part]) ** 2
        if part in pool.foreign:
            share *= _FOREIGN ** (1 + parts[part])
        value = float(pool.merit[index]) * gain(pool.held[index], pool.weights, told, item.length)
        value *= share * (1.0 - overlap)
        if not item.loose:
            value *= _LEANING
        if value > best_value:
            best, best_value = index, value
    return best


def _overlap(pool: _Pool, index: int, other: int) -> float:
    """How much two sentences say the same beyond what `gain` sees: across languages, and across developments."""
    within = pool.part[index] == pool.part[other]
    return max(float(pool.across[index, other]), 0.0 if within else float(pool.similar[index, other]))


def _said(pool: _Pool, index: int, chosen: Sequence[int]) -> bool:
    """Whether what is chosen says the same as a candidate."""
    return any(
        pool.similar[index, other] >= _SAME
        or pool.across[index, other] >= _SAME
        or contained(pool.words[index], pool.words[other]) >= _TOLD_WORDS
        for other in chosen
    )


def _stands(item: Candidate, told: set[tuple[int, int]]) -> bool:
    """Whether a sentence can be read: it stands alone, or the sentence it leans on is told just before it."""
    return item.loose or (item.article, item.position - 1) in told


def _arrange(chosen: Sequence[int], pool: _Pool) -> list[int]:
    """Put the newest development that the reader can read first, then the others in order, article by article."""
    readable = [pool.part[index] for index in chosen if pool.part[index] not in pool.foreign]
    newest = max(readable or [pool.part[index] for index in chosen], default=0)
    first: dict[tuple[int, int], int] = {}
    for order, index in enumerate(chosen):
        first.setdefault((pool.part[index], pool.items[index].article), order)
    return sorted(
        chosen,
        key=lambda index: (
            pool.part[index] != newest,
            pool.part[index],
            first[pool.part[index], pool.items[index].article],
            pool.items[index].position,
        ),
    )


def quoted(item: Candidate, article: Article) -> Sentence:
    """Give a candidate as the sentence that is told: the article's own words, cited."""
    return Sentence(
        fold_spaces(item.text),
        article.language,
        (Citation(article.id, item.text, item.start, item.end),),
        article.published,
    )
