"""The labelled sets that grouping learns from, as evidence for all pairs: in full, by headlines, dated otherwise.

Read by `train_grouping.py`, which says what for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.centring import LanguageMeans
from briefing.grouping.features import Features, embedding_text, features
from briefing.grouping.pairs import EVIDENCE, evidence, measure
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import Rarity
from briefing.model import Article, Dating

SMALL, PORTION = 24, 3
"""Articles in a small batch, and how many at most of one topic or storyline stand together in one."""

YEARS, BUSY = 6.0, 0.01
"""How much further apart, or closer together, than they were reports are dated, to learn that a matter of years is one
as well, and that what is told on one day is not."""

EVENTS_WITHIN, TOLD_WITHIN = 4.0, 1.5
"""Days within which events without a date are put, and within which each is told then."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """One set: evidence for all pairs, shape (n, n, len(EVIDENCE)), with labels and a fold key per article.

    ``compared`` says which pairs were, shape (n, n): articles of two batches were not, and have no label in common.
    """

    name: str
    pairs: Array
    labels: dict[str, list[str]]
    languages: list[str]
    folds: list[str]
    brief: bool
    compared: NDArray[np.bool_]


def read(
    folder: Path,
    name: str,
    titles: bool,
    spread: float,
    embed: Callable[[Sequence[str]], Array],
    engine: str,
    small: bool = False,
) -> Labelled:
    """Read a labelled set, in full or its headlines only, as a whole or (for the storyline alone) in ``small`` batches.

    Dates are made ``spread`` times as far apart as they were (0: taken away); where there are none, and they are to be
    close together, events are dated by chance.
    """
    rows = [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
    articles = [_article(row, titles=titles) for row in rows]
    articles = [
        replace(article, published=published)
        for article, published in zip(articles, _spread(articles, rows, spread), strict=True)
    ]
    vectors = embed([embedding_text(article.title, article.text) for article in articles])
    folds = [row.get("storyline") or row.get("topic") or row["development"] for row in rows]
    batch = _batches([article.id for article in articles], folds) if small else np.zeros(len(rows), dtype=int)
    pairs = _pairs_within(batch, [features(article) for article in articles], vectors, engine)
    # Where one event is all that is told of a matter, the event is the matter.
    matters = [row.get("storyline") or row["development"] for row in rows]
    labels = {"storyline": [f"{matter} {number}" for matter, number in zip(matters, batch, strict=True)]}
    # Without dates, or over years, the events of one storyline cannot be told apart by anyone.
    if spread in (1, BUSY) and not small:
        labels["development"] = [row["development"] for row in rows]
    kind = " small" * small + " titles" * titles + {0.0: " undated", 1.0: "", BUSY: " busy", YEARS: " years"}[spread]
    compared = np.equal.outer(batch, batch)
    return Labelled(name + kind, pairs, labels, [row["language"] for row in rows], folds, titles, compared)


def _batches(ids: Sequence[str], folds: Sequence[str]) -> NDArray[np.int64]:
    """Put articles into batches of about `SMALL`, a few of each fold together; give each article's batch."""
    rows = {name: [row for row, fold in enumerate(folds) if fold == name] for name in sorted(set(folds))}
    mixed = [sorted(members, key=lambda row: shuffled(ids[row])) for members in rows.values()]
    portions = [members[at : at + PORTION] for members in mixed for at in range(0, len(members), PORTION)]
    order = [row for portion in sorted(portions, key=lambda portion: shuffled(ids[portion[0]])) for row in portion]
    batch = np.empty(len(ids), dtype=np.int64)
    batch[order] = np.arange(len(ids)) // SMALL
    return batch


def _pairs_within(batch: NDArray[np.int64], read_out: list[Features], vectors: Array, engine: str) -> Array:
    """Give the evidence of all pairs within each batch, as if nothing else had been seen; of other pairs none."""
    found = np.zeros((len(batch), len(batch), len(EVIDENCE)))
    for number in np.unique(batch):
        rows = np.flatnonzero(batch == number)
        found[np.ix_(rows, rows)] = all_pairs([read_out[row] for row in rows], vectors[rows], engine)
    return found


def _spread(articles: Sequence[Article], rows: Sequence[dict[str, str]], times: float) -> list[Dating | None]:
    """Give the publications, as many times as far from the first as they were."""
    if times in (0, 1):
        return [article.published if times else None for article in articles]
    instants, first = [one.published.instant for one in articles if one.published], datetime(2024, 5, 6, tzinfo=UTC)
    if not instants:
        late = [EVENTS_WITHIN * _chance(row["development"]) + TOLD_WITHIN * _chance(row["id"]) ** 2 for row in rows]
        return [Dating((first + timedelta(days=days)).isoformat()) for days in late]
    first = min(instants)
    return [Dating((first + times * (instant - first)).isoformat()) for instant in instants]


def _chance(name: str) -> float:
    """Give a number from 0 to 1, always the same for a name."""
    return int.from_bytes(shuffled(name)[:4], "big") / 2**32


def _article(row: dict[str, str], *, titles: bool) -> Article:
    published = Dating(row["published"]) if row.get("published") else None
    told = row.get("source", "-"), row["id"], row["title"], "" if titles else row["text"], row["language"]
    return Article(row["id"], *told, datetime(2026, 1, 1, tzinfo=UTC), published)


def all_pairs(read_out: list[Features], vectors: Array, engine: str) -> Array:
    """Give the evidence of all pairs of a set."""
    means, rarity = LanguageMeans(engine, vectors.shape[1]), Rarity()
    for one, vector in zip(read_out, vectors, strict=True):
        means.add(one.language, vector)
        rarity.add(one)
    pool = Pool(vectors.shape[1], len(read_out))
    for number, (one, vector) in enumerate(zip(read_out, vectors, strict=True)):
        pool.add(str(number), one, vector, rarity)
    pool.recentre(means)
    return np.stack([evidence(measure(pool, slot)) for slot in range(len(pool))])


def shuffled(name: str) -> bytes:
    """Give what names are sorted by for an order by chance that is always the same."""
    return sha256(name.encode()).digest()
