"""Average linkage over log-odds: clusters are joined while, pair by pair on average, enough speaks for it.

The average (UPGMA: Sokal, Michener 1958) resists both the chain that single linkage makes of one false pair and the
one missing link that keeps complete linkage apart. How much is enough depends on the two: of clusters that hold
together closely each, more is asked than of loose ones. Two fires told by ten reports each are alike in all that fires
have in common, and yet each ten are far more alike among themselves; of a hundred headlines of one event most pairs
have little in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

NEVER = -1e9

DOUBT = 3.0
"""Pairs of no odds at all that are added to a cluster's own, so that one close pair is not yet a close cluster."""

Sizes = Sequence[float] | NDArray[np.float64]
Amounts = NDArray[np.float64] | np.float64


def link(
    odds: NDArray[np.floating],
    sizes: Sizes | None = None,
    threshold: float = 0.0,
    overwrite: bool = False,
    *,
    asked: float = 0.0,
    loose: float = 0.0,
    inner: Sizes | None = None,
) -> list[int]:
    """Give a cluster number for each row of the symmetric matrix ``odds`` (mean log-odds between rows).

    Clusters are joined, the most alike first, while the mean odds between them, less ``asked`` times the mean odds
    within the looser of both, reach ``threshold``. No cluster counts as looser than ``loose`` (at most 0): what is
    asked must not fall with every join, or the last would join all. ``sizes`` are how many articles a row stands for
    (1 each if None), ``inner`` the odds of all pairs among a row's own articles, added up (0 if None). Numbers are the
    smallest row of a cluster. ``overwrite`` lets a float32 matrix be used up instead of copied. Equal odds join the
    earliest rows first, so that the outcome is deterministic. Memory O(n²); time O(n²) for usual data.
    """
    steps = joins(odds, sizes, threshold, overwrite, asked=asked, loose=loose, inner=inner)
    return labels(len(odds), [(left, right) for left, right, _ in steps])


def link_apart(odds: NDArray[np.floating], sizes: Sizes, threshold: float, *, asked: float, inner: Sizes) -> list[int]:
    """Give what `link` gives with ``loose`` 0, part by part: most of what is linked as it arrives falls into pairs.

    Nothing is then asked for less than the threshold, and no mean of odds is greater than the greatest of them, so that
    rows that no odds of that much connect, directly or through others, are never joined.
    """
    scores = np.asarray(odds, dtype=np.float32)
    weight, within = np.asarray(sizes, dtype=np.float64), np.asarray(inner, dtype=np.float64)
    spoken = scores >= threshold
    np.fill_diagonal(spoken, False)
    found = list(range(len(scores)))
    parts: dict[int, list[int]] = {}
    for row, part in enumerate(labels(len(scores), _connections(spoken))):
        parts.setdefault(part, []).append(row)
    close = asked * closeness(within, weight)
    for rows in parts.values():
        if len(rows) == 2:
            one, other = rows
            joined = np.float32(scores[one, other] - min(close[one], close[other])) >= threshold
            found[other] = one if joined else other
        elif len(rows) > 2:
            linked = link(scores[np.ix_(rows, rows)], weight[rows], threshold, True, asked=asked, inner=within[rows])
            for row, place in zip(rows, linked, strict=True):
                found[row] = rows[place]
    return found


def _connections(spoken: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Give joins that lead from one to another of all rows that are connected, the smaller first."""
    parent = list(range(len(spoken)))
    for left, right in np.argwhere(np.triu(spoken)).tolist():
        while parent[left] != left:
            left = parent[left]
        while parent[right] != right:
            right = parent[right]
        if left != right:
            left, right = sorted((left, right))
            parent[right] = left
            yield left, right


def labels(count: int, steps: Iterable[tuple[int, int]]) -> list[int]:
    """Give a cluster number for each of ``count`` rows after some joins."""
    found = list(range(count))
    parent = list(range(count))
    for left, right in steps:
        parent[right] = left
    for row in range(count):
        while parent[found[row]] != found[row]:
            found[row] = parent[found[row]]
    return found


def joins(
    odds: NDArray[np.floating],
    sizes: Sizes | None = None,
    threshold: float = 0.0,
    overwrite: bool = False,
    *,
    asked: float = 0.0,
    loose: float = 0.0,
    inner: Sizes | None = None,
) -> list[tuple[int, int, float]]:
    """Give the joins in order: the smallest rows of both clusters and what spoke for it; arguments as of `link`."""
    count = len(odds)
    steps: list[tuple[int, int, float]] = []
    if count < 2:
        return steps
    scores = np.array(odds, dtype=np.float32, copy=not overwrite or None)
    np.fill_diagonal(scores, NEVER)
    weight = np.ones(count) if sizes is None else np.array(sizes, dtype=np.float64)
    within = np.zeros(count) if inner is None else np.array(inner, dtype=np.float64)
    close = asked * closeness(within, weight, loose)
    nearest, best = _nearest(scores, close, np.arange(count))
    while True:
        left = int(best.argmax())
        if best[left] < threshold or best[left] <= NEVER / 2:
            return steps
        spoke = float(best[left])
        left, right = sorted((left, int(nearest[left])))
        steps.append((left, right, spoke))
        within[left] += within[right] + scores[left, right] * weight[left] * weight[right]
        row = (scores[left] * weight[left] + scores[right] * weight[right]) / (weight[left] + weight[right])
        row[scores[left] <= NEVER / 2] = NEVER
        row[scores[right] <= NEVER / 2] = NEVER
        weight[left] += weight[right]
        close[left] = asked * closeness(within[left], weight[left], loose)
        row[[left, right]] = NEVER
        scores[left] = row
        scores[:, left] = row
        scores[right] = NEVER
        scores[:, right] = NEVER
        best[right] = NEVER
        _refresh(scores, close, nearest, best, left, right)


def closeness(within: Amounts, size: Amounts, loose: float = 0.0) -> NDArray[np.float64]:
    """Give the mean odds of the pairs among ``size`` articles, which add up to ``within``, but ``loose`` at least.

    For a few pairs they are nearer to 0.
    """
    return np.maximum(loose, within / (size * (size - 1) / 2 + DOUBT))


def _nearest(
    scores: NDArray[np.float32], close: NDArray[np.float64], rows: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Give the best partner of each row and what speaks for it."""
    nearest, best = np.empty(len(rows), dtype=np.intp), np.empty(len(rows), dtype=np.float32)
    some_loose = bool((close < 0).any())
    for at, row in enumerate(rows.tolist()):
        found = scores[row] - np.minimum(close[row], close) if some_loose or close[row] else scores[row]
        nearest[at] = found.argmax()
        best[at] = found[nearest[at]]
    return nearest, best


def _refresh(
    scores: NDArray[np.float32],
    close: NDArray[np.float64],
    nearest: NDArray[np.intp],
    best: NDArray[np.float32],
    left: int,
    right: int,
) -> None:
    alive = best > NEVER / 2
    alive[left] = True
    stale = np.flatnonzero(alive & ((nearest == left) | (nearest == right)))
    stale = np.union1d(stale, [left])
    nearest[stale], best[stale] = _nearest(scores, close, stale)
    column = scores[:, left] - np.minimum(close[left], close)
    better = alive & (column > best)
    better[left] = False
    nearest[better] = left
    best[better] = column[better]
