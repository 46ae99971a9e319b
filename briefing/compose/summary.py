"""The extractive summary: the sources' own sentences, chosen as an editor would, in any language, without a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from briefing.compose.candidates import Candidate, candidates
from briefing.compose.headline import headline
from briefing.compose.parts import in_order, parts_of
from briefing.compose.similarity import Matrix, alike, bags, contained, meaning, rank
from briefing.model import Article, Citation, Sentence
from briefing.ports import Embed
from briefing.text.cleaning import fold_spaces

POOL = 80
"""Sentences that are weighed for one summary."""
EMBEDDED = 32
"""Of those, the best ones, which are embedded where they are in several languages."""
_READ_SENTENCES = 480  # sentences read in all articles of a storyline together
_SAME = 0.55  # a cosine above which two sentences of one language say the same
_TOLD_WORDS = 0.8  # the share of a sentence's words told elsewhere, above which it adds nothing
_FOREIGN = 0.4  # the worth of a development that the reader can only read in the original
_LANDMARK = 2.5  # the worth of a sentence that tells a stage of the matter
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
    """Candidates with what their choice rests on; rows and columns of ``similar`` are candidates."""

    items: tuple[Candidate, ...]
    similar: Matrix
    merit: Matrix
    part: tuple[int, ...]  # the development of each candidate, oldest first
    importance: tuple[float, ...]  # of each development
    foreign: frozenset[int]  # developments that no source tells in a language the reader reads
    bags: tuple[tuple[str, ...], ...]


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
    newest = [article.id for article, part in zip(ordered, parts, strict=True) if part == max(parts)]
    text, language, source = headline(ordered, languages, newest)
    pool = _pool(ordered, parts, languages, embed, already_told, landmarks)
    if length is None and sentences is None:
        sentences = worth(ordered, parts)
    chosen = _choose(pool, sentences) if length is None else _fill(pool, length, sentences)
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
) -> _Pool:
    each = max(4, _READ_SENTENCES // max(1, len(articles)))
    allowed = _readable(articles, parts, languages)
    items = [item for item in candidates(articles, each) if item.article in allowed]
    if len(items) > POOL:
        items = _shortlist(items)
    texts, tongues = [item.text for item in items], [item.language.split("-")[0] for item in items]
    words = bags(texts, tongues)
    told = bags(already_told, [tongues[0] if tongues else "und"] * len(already_told))
    similar = alike(words)
    titles = [set(bag) for bag in bags([a.title for a in articles], [a.language for a in articles])]
    wanted = [language.split("-")[0] for language in languages]
    merit = 0.5 + 0.5 * rank(similar)  # a sentence like no other may still be what matters
    turns = _turns(items)
    for index, item in enumerate(items):
        merit[index] *= (
            _lead(turns[index])
            * (1.0 + 0.5 * contained(tuple(titles[item.article]), words[index]))
            * _readability(item)
            * (_LANDMARK if (articles[item.article].id, item.start) in landmarks else 1.0)
            * 0.75 ** (wanted.index(tongues[index]) if tongues[index] in wanted else 0)
            * (1.0 - 0.6 * max((contained(words[index], bag) for bag in told), default=0.0))
        )
    similar = _across(similar, merit, texts, tongues, embed)
    part = tuple(parts[item.article] for item in items)
    readable = {parts[item.article] for item, tongue in zip(items, tongues, strict=True) if tongue in wanted}
    foreign = frozenset(part) - readable if readable else frozenset()
    return _Pool(tuple(items), similar, merit, part, _importance(parts), foreign, tuple(words))


def _across(
    similar: Matrix, merit: Matrix, texts: Sequence[str], tongues: Sequence[str], embed: Embed | None
) -> Matrix:
    """Add how alike the best candidates are across languages: only those are embedded, for only they may be chosen."""
    best = np.sort(np.argsort(-merit, kind="stable")[:EMBEDDED])
    across = meaning([texts[index] for index in best], [tongues[index] for index in best], embed)
    if across is None:
        return similar
    joined = similar.copy()
    joined[np.ix_(best, best)] = np.maximum(similar[np.ix_(best, best)], across)
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
    return 1.0 / (1.0 + 0.7 * turn)


def _readability(item: Candidate) -> float:
    """Prefer sentences of 8 to 45 words: shorter ones say little, longer ones are hard to read."""
    if item.length < 8:
        return 0.5 + item.length / 16
    return 1.0 if item.length <= 45 else max(0.4, 45 / item.length)


def _shortlist(items: list[Candidate]) -> list[Candidate]:
    """Keep `POOL` candidates: every article's first ones before anyone's later ones."""
    rounds = sorted((turn, order) for order, turn in enumerate(_turns(items)))
    kept = sorted(order for _, order in rounds[:POOL])
    return [items[order] for order in kept]


def _choose(pool: _Pool, most: int | None) -> list[int]:
    """Pick candidates greedily by merit, discounted by what is already chosen (maximal marginal relevance)."""
    chosen: list[int] = []
    while most is None or len(chosen) < most:
        index = _next(pool, chosen)
        if index is None:
            break
        chosen.append(index)
    return chosen


def _fill(pool: _Pool, length: int, most: int | None) -> list[int]:
    """Pick sentences up to a length in words: the reports' leads in turn, the most central report first.

    News puts what matters first, and several reports of one event agree on it; at a fixed length taking their
    openings in turn, without what was said, is hard to beat. The last sentence is the one that comes nearest to the
    length.
    """
    chosen: list[int] = []
    total = 0
    for index in _in_turn(pool):
        if total >= length or (most is not None and len(chosen) >= most):
            break
        size = pool.items[index].length
        told = {(pool.items[other].article, pool.items[other].position) for other in chosen}
        nearer = abs(total + size - length) < length - total
        if nearer and _stands(pool.items[index], told) and not _said(pool, index, chosen):
            chosen.append(index)
            total += size
    return chosen


def _in_turn(pool: _Pool) -> list[int]:
    """Order candidates by their turn in their report, the most central report first; what is foreign comes last."""
    central: dict[int, float] = {}
    keyed = []
    for index, (item, turn) in enumerate(zip(pool.items, _turns(pool.items), strict=True)):
        if item.article not in central:
            own = [place for place, other in enumerate(pool.items) if other.article == item.article]
            central[item.article] = float(pool.similar[own].mean())
        keyed.append((pool.part[index] in pool.foreign, turn, -central[item.article], item.article, index))
    return [index for *_, index in sorted(keyed)]


def _next(pool: _Pool, chosen: Sequence[int]) -> int | None:
    """Give the best candidate that may still be told, or None."""
    parts = Counter(pool.part[index] for index in chosen)
    voices = Counter(pool.items[index].article for index in chosen)
    told = {(pool.items[index].article, pool.items[index].position) for index in chosen}
    best, best_value = None, 0.0
    for index, item in enumerate(pool.items):
        if index in chosen or not _stands(item, told):
            continue
        if _said(pool, index, chosen):
            continue
        overlap = max((float(pool.similar[index, other]) for other in chosen), default=0.0)
        part = pool.part[index]
        share = pool.importance[part] / (1.0 + parts[part]) ** 1.5
        if part in pool.foreign:
            share *= _FOREIGN ** (1 + parts[part])
        value = float(pool.merit[index]) * share * (1.0 - overlap) / (1.0 + 0.5 * voices[item.article])
        if not item.loose:
            value *= _LEANING
        if value > best_value:
            best, best_value = index, value
    return best


def _said(pool: _Pool, index: int, chosen: Sequence[int]) -> bool:
    """Whether what is chosen says the same as a candidate."""
    return any(
        pool.similar[index, other] >= _SAME or contained(pool.bags[index], pool.bags[other]) >= _TOLD_WORDS
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
