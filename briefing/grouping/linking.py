"""Average linkage over log-odds: clusters are joined while, pair by pair on average, more speaks for it than against.

The average (UPGMA: Sokal, Michener 1958) resists both the chain that single linkage makes of one false pair and the
one missing link that keeps complete linkage apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEVER = -1e9


def link(
    odds: NDArray[np.floating],
    sizes: Sequence[float] | NDArray[np.float64] | None = None,
    threshold: float = 0.0,
    overwrite: bool = False,
) -> list[int]:
    """Give a cluster number for each row of the symmetric matrix ``odds`` (mean log-odds between rows).

    ``sizes`` are how many articles a row stands for (1 each if None). Numbers are the smallest row of a cluster.
    ``overwrite`` lets a float32 matrix be used up instead of copied. Equal odds join the earliest rows first, so that
    the outcome is deterministic. Memory O(n²); time O(n²) for usual data.
    """
    count = len(odds)
    labels = list(range(count))
    if count < 2:
        return labels
    scores = np.array(odds, dtype=np.float32, copy=not overwrite or None)
    np.fill_diagonal(scores, NEVER)
    weight = np.ones(count) if sizes is None else np.array(sizes, dtype=np.float64)
    nearest = scores.argmax(axis=1)
    best = scores[np.arange(count), nearest]
    parent = np.arange(count)
    while True:
        left = int(best.argmax())
        if best[left] < threshold or best[left] <= NEVER:
            break
        left, right = sorted((left, int(nearest[left])))
        parent[right] = left
        row = (scores[left] * weight[left] + scores[right] * weight[right]) / (weight[left] + weight[right])
        row[scores[left] <= NEVER / 2] = NEVER
        row[scores[right] <= NEVER / 2] = NEVER
        weight[left] += weight[right]
        row[[left, right]] = NEVER
        scores[left] = row
        scores[:, left] = row
        scores[right] = NEVER
        scores[:, right] = NEVER
        best[right] = NEVER
        _refresh(scores, nearest, best, left, right)
    for row_number in range(count):
        while parent[labels[row_number]] != labels[row_number]:
            labels[row_number] = int(parent[labels[row_number]])
    return labels


def _refresh(
    scores: NDArray[np.float32], nearest: NDArray[np.intp], best: NDArray[np.float32], left: int, right: int
) -> None:
    alive = best > NEVER
    alive[left] = True
    stale = np.flatnonzero(alive & ((nearest == left) | (nearest == right)))
    stale = np.union1d(stale, [left])
    nearest[stale] = scores[stale].argmax(axis=1)
    best[stale] = scores[stale, nearest[stale]]
    better = alive & (scores[:, left] > best)
    better[left] = False
    nearest[better] = left
    best[better] = scores[better, left]
