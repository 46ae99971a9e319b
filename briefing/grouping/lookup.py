"""Numbers by hash, looked up many at once: a table in two arrays.

A dictionary of half a million texts is larger than a processor's caches, and each look at it waits for memory several
times, one after another; here the looks of a whole batch wait together. Open addressing with linear probing (Knuth,
The Art of Computer Programming 3, 6.4), at most two thirds full.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.int64]
Numbers = NDArray[np.int32]

_SMALLEST = 4_096
_FREE = np.int32(-1)


class Lookup:
    """Numbers (0 and more) by 64-bit hashes, which must be spread over all their low bits.

    Two things of one hash are taken for one: of half a million the chance that any two are is below one in a hundred
    million.
    """

    def __init__(self) -> None:
        self._hashes: Hashes
        self._numbers: Numbers
        self._begin_anew(0)

    def find(self, hashes: Hashes) -> Numbers:
        """Give the number of each hash, -1 where there is none."""
        found = np.full(len(hashes), _FREE)
        rest = np.arange(len(hashes))
        at = hashes & self._last
        while len(rest):
            numbers = self._numbers[at]
            mine = self._hashes[at] == hashes[rest]
            taken = numbers >= 0
            found[rest] = np.where(mine, numbers, _FREE)
            further = np.flatnonzero(taken & ~mine)
            rest, at = rest[further], (at[further] + 1) & self._last
        return found

    def add(self, hashes: Hashes, numbers: Numbers) -> None:
        """Remember numbers, no two of them the same, by hashes that are not known yet, no two of them the same."""
        if 3 * (self._count + len(hashes)) > 2 * len(self._numbers):
            self._grow(self._count + len(hashes))
        self._put(hashes, numbers)

    def renumber(self, new: Numbers) -> None:
        """Go on with other numbers: ``new`` by old ones, no two of them the same; what gets -1 is forgotten."""
        known = np.flatnonzero(self._numbers >= 0)
        hashes, numbers = self._hashes[known], new[self._numbers[known]]
        kept = np.flatnonzero(numbers >= 0)
        self._begin_anew(len(kept))
        self._put(hashes[kept], numbers[kept])

    @property
    def _last(self) -> np.int64:
        return np.int64(len(self._numbers) - 1)

    def _put(self, hashes: Hashes, numbers: Numbers) -> None:
        self._count += len(hashes)
        at = hashes & self._last
        while len(hashes):
            free = np.flatnonzero(self._numbers[at] < 0)
            self._numbers[at[free]] = numbers[free]  # of several that want one place one gets it
            won = self._numbers[at] == numbers
            self._hashes[at[won]] = hashes[won]
            others = np.flatnonzero(~won)
            hashes, numbers, at = hashes[others], numbers[others], (at[others] + 1) & self._last

    def _grow(self, count: int) -> None:
        known = np.flatnonzero(self._numbers >= 0)
        hashes, numbers = self._hashes[known], self._numbers[known]
        self._begin_anew(count)
        self._put(hashes, numbers)

    def _begin_anew(self, count: int) -> None:
        size = _SMALLEST
        while 3 * count > 2 * size:
            size *= 2
        self._hashes, self._numbers = np.zeros(size, dtype=np.int64), np.full(size, _FREE)
        self._count = 0
