"""Which keys articles hold, and what pairs of them share by the keys' rarity: long columns instead of sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.holders import Holders, Slots, stretches
from briefing.grouping.rarity import FIELDS, Floats, Ids, Keyed

COMMON = 256
"""A key that more articles of the pool hold than this is no evidence and is passed over: work stays bounded.

Countries are few and always looked at: that two articles share none speaks against them.
"""

ROW = 512
"""From so many comparisons of one article on, it costs less to look up who holds its keys than what others hold."""

ROWS = 4
"""Articles whose comparisons are looked up at once, a bit for each."""

PAGE = 32
"""Keys of an article are kept in pages of so many: copied whole, which takes a fraction of picking them one by one."""

_FOLDED = 1 << 16
_PAIRS_AT_ONCE = 16_384
_PLACES = FIELDS.index("places")
_NAMED = np.isin(FIELDS, ("people", "numbers"))


class Holdings:
    """The keys of up to ``capacity`` articles, with the field and the squared weight of each beside it.

    Where a page is not full, its rest holds no key (-1, which weighs nothing).
    """

    def __init__(self, capacity: int) -> None:
        self.size: Slots = np.zeros(capacity, dtype=np.int64)
        self._sizes: Slots = np.zeros((capacity, len(FIELDS)), dtype=np.int64)
        self._page: Slots = np.zeros(capacity, dtype=np.int64)
        self._pages: Slots = np.zeros(capacity, dtype=np.int64)
        self._count = self._used = 0
        self._ids: Ids = np.full((32, PAGE), -1, dtype=np.int32)
        self._folded: NDArray[np.uint16] = np.full((32, PAGE), _FOLDED - 1, dtype=np.uint16)
        self._field: NDArray[np.int8] = np.zeros((32, PAGE), dtype=np.int8)
        self._squared: Floats = np.zeros((32, PAGE))
        self._holders: NDArray[np.int32] = np.zeros(1_024, dtype=np.int32)
        self._asked: NDArray[np.uint8] = np.zeros(_FOLDED, dtype=np.uint8)
        self._worth: Floats = np.zeros((ROWS, 1_025))
        self._last: Ids = np.zeros(1_024, dtype=np.int32)
        self._named = Holders()
        self._columns: tuple[Slots, Slots] | None = None

    def __len__(self) -> int:
        return self._count

    # ------------------------------------------------------------ filling

    def extend(self, keyed: Keyed) -> None:
        """Append articles; their keys weigh nothing yet."""
        slots = slice(self._count, self._count + len(keyed))
        sizes = keyed.sizes.sum(axis=1)
        self._sizes[slots], self.size[slots], self._pages[slots] = keyed.sizes, sizes, -(-sizes // PAGE)
        pages = self._pages[slots]
        self._page[slots] = self._used + np.cumsum(pages) - pages
        self._used += int(pages.sum())
        self._count = slots.stop
        while self._used > len(self._ids):
            self._double()
        fresh = self.positions(slots)
        every = np.tile(np.arange(len(FIELDS), dtype=np.int8), len(keyed))
        fields = np.repeat(every, keyed.sizes.ravel())
        self._ids.reshape(-1)[fresh] = keyed.ids
        self._folded.reshape(-1)[fresh] = keyed.ids & (_FOLDED - 1)
        self._field.reshape(-1)[fresh] = fields
        self._hold(keyed.ids, fields, np.repeat(np.arange(slots.start, slots.stop), sizes))

    def positions(self, slots: slice | Slots) -> Slots:
        """Give where articles' keys are in the columns, one article's after another's."""
        return stretches(self._page[slots] * PAGE, self.size[slots])

    def keyed(self, slots: slice, languages: Sequence[str]) -> Keyed:
        """Give articles' keys as they were given to `extend`."""
        return Keyed(self._ids.take(self.positions(slots)), self._sizes[slots], languages)

    def weigh(self, slots: slice, squared: Floats) -> Floats:
        """Set the squared weights of articles' keys, one article's after another's; give the norms by field."""
        at = self.positions(slots)
        self._squared.reshape(-1)[at] = squared
        sizes = self.size[slots]
        rows = np.repeat(np.arange(len(sizes)), sizes)
        cells = self._field.take(at) * np.int64(len(sizes)) + rows
        return np.sqrt(_added(cells, squared, len(FIELDS) * len(sizes))).reshape(len(FIELDS), -1)

    def _double(self) -> None:
        self._ids = np.concatenate([self._ids, np.full_like(self._ids, -1)])
        self._folded = np.concatenate([self._folded, np.full_like(self._folded, _FOLDED - 1)])
        self._field = np.concatenate([self._field, np.zeros_like(self._field)])
        self._squared = np.concatenate([self._squared, np.zeros_like(self._squared)])

    def _hold(self, ids: Ids, fields: NDArray[np.int8], slots: Slots) -> None:
        most = int(ids.max(initial=0))
        if most >= len(self._holders):
            self._know(len(self._holders) + most + 1)
        np.add.at(self._holders, ids, np.int32(1))  # of the column's own type: sixty times as fast
        naming = np.flatnonzero(_NAMED[fields])
        self._named.add(ids[naming], slots[naming])
        self._columns = None

    def _know(self, keys: int) -> None:
        """Make room for so many keys."""
        self._holders = np.concatenate([self._holders, np.zeros(keys - len(self._holders), dtype=np.int32)])
        self._worth = np.zeros((ROWS, keys + 1))
        self._last = np.zeros(keys, dtype=np.int32)

    def keep(self, slots: Slots) -> None:
        """Go on with only these articles, rising."""
        pages = stretches(self._page[slots], self._pages[slots])
        used = len(pages)
        for column, empty in ((self._ids, -1), (self._folded, _FOLDED - 1), (self._field, 0), (self._squared, 0.0)):
            column[:used] = column[pages]
            column[used : self._used] = empty
        new = np.full(self._count, -1, dtype=np.int32)
        count = self._count = len(slots)
        new[slots] = np.arange(count, dtype=np.int32)
        self.size[:count], self._sizes[:count] = self.size[slots], self._sizes[slots]
        self._pages[:count] = self._pages[slots]
        self._page[:count] = np.cumsum(self._pages[:count]) - self._pages[:count]
        self._used = used
        self._holders = np.bincount(self.ids, minlength=len(self._holders)).astype(np.int32)
        self._named.keep(new)
        self._columns = None

    def renumber(self, new: Ids) -> None:
        """Go on with other numbers of keys: ``new`` by old ones, rising; -1 for those that no article holds."""
        old = np.flatnonzero(new >= 0)
        self._ids = np.append(new, np.int32(-1))[self._ids]
        self._folded = (self._ids & (_FOLDED - 1)).astype(np.uint16)
        self._holders = self._holders[old[old < len(self._holders)]]
        self._named.renumber(old)
        self._know(len(self._holders))
        self._columns = None

    @property
    def ids(self) -> Ids:
        """All numbers of keys that some article holds, as often as one does."""
        return self._ids.reshape(-1)[self.positions(slice(self._count))]

    # ------------------------------------------------------------ what is shared

    def named(self, slots: range) -> Iterator[tuple[Slots, Floats]]:
        """Give for each slot those that share people or numbers with it, and the squared weights shared, added up."""
        part = slice(slots.start, slots.stop)
        at = self.positions(part)
        rows = np.repeat(np.arange(len(slots)), self.size[part])
        ids = self._ids.take(at)
        holders = self._holders[ids]
        some = np.flatnonzero(_NAMED[self._field.take(at)] & (holders > 1) & (holders <= COMMON))
        ids, sizes = ids[some], holders[some].astype(np.int64)
        others = self._named.of(ids)
        weights = np.repeat(self._squared.take(at[some]), sizes)
        ends = np.cumsum(np.bincount(rows[some], sizes, len(slots))).astype(int).tolist()
        for slot, start, stop in zip(slots, [0, *ends], ends, strict=False):
            added = _added(others[start:stop], weights[start:stop], slot + 1)
            added[slot] = 0.0
            found = (added > 0).nonzero()[0]  # of truths: looking through floats for zeros takes ten times as long
            yield found, added[found]

    def shared(self, ones: Slots, others: Slots) -> Floats:
        """Give the squared weights of the keys that pairs of slots share, added up: a row a field, a column a pair.

        The weights are those of ``ones``; pairs of one article stand together.
        """
        found = np.zeros((len(FIELDS), len(ones)))
        if not len(ones):
            return found
        bounds = np.concatenate([[0], np.flatnonzero(np.diff(ones)) + 1, [len(ones)]])
        if np.diff(bounds).max() >= ROW:
            for start, stop in pairwise(bounds.tolist()):
                found[:, start:stop] = self._by_key(int(ones[start]))[:, others[start:stop]]
            return found
        first = 0
        while first < len(bounds) - 1:
            last = int(np.searchsorted(bounds, bounds[first] + _PAIRS_AT_ONCE)) - 1
            part = bounds[first : last + 1]
            found[:, part[0] : part[-1]] = self._by_article(ones[part[:-1]], others[part[0] : part[-1]], part - part[0])
            first = last
        return found

    def _by_article(self, ones: Slots, others: Slots, bounds: Slots) -> Floats:
        """Look up what others hold among the keys of the one they are compared with: a few articles at once.

        Most keys are passed over by 16 of their bits: that table stays in the cache.
        """
        ids, squared, ends = self._telling(ones)
        folded, bits = ids & (_FOLDED - 1), np.uint8(1) << (np.arange(len(ones)) % ROWS).astype(np.uint8)
        told = np.repeat(np.arange(len(ones)) % ROWS * self._worth.shape[1], np.diff(ends)) + ids
        pages = stretches(self._page[others], self._pages[others])
        pair = np.repeat(np.arange(len(others)), self._pages[others])
        row = np.repeat(np.arange(len(ones)), np.diff(bounds))[pair]
        starts = np.searchsorted(row, np.arange(len(ones) + 1))
        asked, worth = self._asked, self._worth.reshape(-1)
        bits_told, bits_held = np.repeat(bits, np.diff(ends)), bits[row, None]
        row_held = row % ROWS * self._worth.shape[1]
        places, weights = [], []
        for first in range(0, len(ones), ROWS):
            last = min(first + ROWS, len(ones))
            mine, theirs = slice(ends[first], ends[last]), slice(starts[first], starts[last])
            np.bitwise_or.at(asked, folded[mine], bits_told[mine])
            worth[told[mine]] = squared[mine]
            found = asked.take(self._folded.take(pages[theirs], axis=0)) & bits_held[theirs]
            like = np.flatnonzero(found != 0)  # of truths: of numbers it takes ten times as long
            page = theirs.start + like // PAGE
            at = pages[page] * PAGE + like % PAGE
            keys = self._ids.take(at)
            weights.append(worth.take(row_held[page] + keys))  # nothing where only the 16 bits are the same
            places.append(self._field.take(at) * np.int64(len(others)) + pair[page])
            asked[folded[mine]] = 0
            worth[told[mine]] = 0.0
        added = _added(np.concatenate(places), np.concatenate(weights), len(FIELDS) * len(others))
        return added.reshape(len(FIELDS), -1)

    def between(self, ours: Sequence[int], theirs: Sequence[int]) -> Floats:
        """Give what `shared` gives for every one of a few articles with every one of others: field by one by other.

        The two groups are the same or have none in common. Of an article and itself nothing is said.
        """
        slots = np.array(ours if ours == theirs else [*ours, *theirs], dtype=np.int64)
        at = self.positions(slots)
        ids, rows = self._ids.take(at), np.repeat(np.arange(len(slots)), self.size[slots])
        self._last[ids] = np.arange(len(ids), dtype=np.int32)  # one of each key's places stands for the key
        last = self._last.take(ids)
        count = np.bincount(last, minlength=len(ids))
        keys = np.flatnonzero(count > 1)
        keys = keys[np.argsort(self._field.take(at[keys]), kind="stable")]
        some = np.flatnonzero(count[last] > 1)
        column = np.empty(len(ids), dtype=np.int64)
        column[keys] = np.arange(len(keys))
        held, worth = np.zeros((len(slots), len(keys))), np.zeros((len(slots), len(keys)))
        cells = rows[some], column[last[some]]
        held[cells], worth[cells] = 1.0, self._evidence(at[some])
        worth, held = worth[: len(ours)], held[-len(theirs) :]
        ends = np.searchsorted(self._field.take(at[keys]), np.arange(len(FIELDS) + 1)).tolist()
        return np.stack([worth[:, start:stop] @ held[:, start:stop].T for start, stop in pairwise(ends)])

    def _telling(self, slots: Slots) -> tuple[Ids, Floats, Slots]:
        """Give those keys of articles that are evidence, their squared weights, and where each article's begin."""
        at = self.positions(slots)
        squared = self._evidence(at)
        rows = np.repeat(np.arange(len(slots)), self.size[slots])
        used = np.flatnonzero(squared)
        bounds = np.searchsorted(rows[used], np.arange(len(slots) + 1))
        return self._ids.take(at[used]), squared[used], bounds

    def _evidence(self, at: Slots) -> Floats:
        telling = (self._holders[self._ids.take(at)] <= COMMON) | (self._field.take(at) == _PLACES)
        return np.where(telling, self._squared.take(at), 0.0)

    def _by_key(self, slot: int) -> Floats:
        holders, begin = self._transposed()
        at = self.positions(slice(slot, slot + 1))
        squared = self._evidence(at)
        used = np.flatnonzero(squared)
        ids = self._ids.take(at[used])
        sizes = self._holders[ids].astype(np.int64)
        rows = self._field.take(at[used]).astype(np.int64) * len(self)
        cells = holders[stretches(begin[ids], sizes)] + np.repeat(rows, sizes)
        return _added(cells, np.repeat(squared[used], sizes), len(FIELDS) * len(self)).reshape(len(FIELDS), -1)

    def _transposed(self) -> tuple[Slots, Slots]:
        """Give the slots that hold each key, and where a key's slots begin; made once for a pool that stays."""
        if self._columns is None:
            order = np.argsort(self.ids, kind="stable")
            holders = np.repeat(np.arange(self._count), self.size[: self._count])[order]
            counts = self._holders.astype(np.int64)
            self._columns = holders, np.cumsum(counts) - counts
        return self._columns


def _added(cells: Slots, weights: Floats, length: int) -> Floats:
    return np.bincount(cells, weights, length).astype(np.float64, copy=False)
