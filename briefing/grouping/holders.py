"""Who holds a key: the slots of each key in stretches of one long column, added to and read many keys at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.int64]
Ids = NDArray[np.int32]


def stretches(begin: Slots, sizes: Slots) -> Slots:
    """Give the positions of stretches of a long column, one stretch after another."""
    total = np.cumsum(sizes)
    last = int(total[-1]) if len(total) else 0
    return np.arange(last) + np.repeat(begin - total + sizes, sizes)


class Holders:
    """Slots by key, each key's in the order in which they were added.

    A stretch that is full moves to the end of the column and gets room for twice as many: what is left behind is less
    than what is in use.
    """

    def __init__(self) -> None:
        self._slots = np.zeros(1_024, dtype=np.int32)
        self._used = 0
        self._begin, self._count, self._room = (np.zeros(1_024, dtype=np.int64) for _ in range(3))

    def add(self, ids: Ids, slots: Slots) -> None:
        """Add a slot to each key's."""
        if not len(ids):
            return
        order = np.argsort(ids, kind="stable")
        sorted_ = ids[order]
        starts = np.flatnonzero(np.diff(sorted_, prepend=-1))
        more = np.diff(starts, append=len(sorted_))
        keys = sorted_[starts].astype(np.int64)
        self._make_room(keys, more)
        self._slots[stretches(self._begin[keys] + self._count[keys], more)] = slots[order]
        self._count[keys] += more

    def keep(self, new: Ids) -> None:
        """Go on with other slots, in the same order: ``new`` by old ones; what gets -1 is gone."""
        keys = np.flatnonzero(self._count)
        slots = new[self._slots[stretches(self._begin[keys], self._count[keys])]]
        kept = slots >= 0
        ends = np.concatenate([[0], np.cumsum(kept)])[np.cumsum(self._count[keys])]
        self._count[keys] = np.diff(ends, prepend=0)
        self._room[:] = self._count
        self._begin[keys] = ends - self._count[keys]
        self._used = int(ends[-1]) if len(ends) else 0
        self._slots[: self._used] = slots[kept]

    def renumber(self, old: Slots) -> None:
        """Go on with other numbers of keys: ``old`` by new ones; no key that is left out has a slot."""
        old = old[old < len(self._count)]
        self._begin, self._count, self._room = self._begin[old], self._count[old], self._room[old]

    def _make_room(self, keys: Slots, more: Slots) -> None:
        if keys[-1] >= len(self._count):
            longer = np.zeros(int(keys[-1]) + 1, dtype=np.int64)
            self._begin, self._count, self._room = (
                np.concatenate([column, longer]) for column in (self._begin, self._count, self._room)
            )
        wanted = self._count[keys] + more
        full = np.flatnonzero(wanted > self._room[keys])
        moving, room = keys[full], 2 * wanted[full]
        begin = self._used + np.cumsum(room) - room
        self._used += int(room.sum())
        while self._used > len(self._slots):
            self._slots = np.concatenate([self._slots, np.zeros_like(self._slots)])
        counts = self._count[moving]
        self._slots[stretches(begin, counts)] = self._slots[stretches(self._begin[moving], counts)]
        self._begin[moving], self._room[moving] = begin, room

    def count(self, ids: Ids) -> Slots:
        """Give how many slots each key has."""
        return self._count[ids]

    def of(self, ids: Ids) -> Slots:
        """Give the slots of keys, one key's after another's."""
        return self._slots[stretches(self._begin[ids], self._count[ids])].astype(np.int64)
