"""The articles a new one is compared with, kept as columns: many comparisons are a few array operations."""

from __future__ import annotations

import operator
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.centring import LanguageMeans
from briefing.grouping.features import Features
from briefing.grouping.rarity import FIELDS, Floats, Ids, Keyed, Rarity
from briefing.ports import Vectors

COMMON = 256
"""A key that more articles of the pool hold than this is no evidence and is passed over: work stays bounded.

Countries are few and always looked at: that two articles share none speaks against them.
"""

ROW = 512
"""From so many comparisons of one article on, it costs less to look up who holds its keys than what others hold."""

ROWS = 8
"""Articles whose comparisons are looked up at once, where each has few."""

AMONG = 8
"""From so many comparisons an article on, those among a `FEW` are looked up as a table of all their keys."""

FEW = 64
"""Articles whose table of all their keys stays small."""

_AT_ONCE = 256
_FIELD_APART = np.int64(2**32)
_PLACES = FIELDS.index("places")
_NAMED = (FIELDS.index("people"), FIELDS.index("numbers"))

Slots = NDArray[np.int64]


class Pool:
    """Columns of up to ``capacity`` articles; a slot is a row in them.

    Keys are one long column of numbers (`Rarity`), with the field and the squared weight of each beside it; an article
    has a stretch of it.
    """

    def __init__(self, dimensions: int, capacity: int) -> None:
        self.vectors: Vectors = np.zeros((capacity, dimensions), dtype=np.float32)
        self.centred: Vectors = np.zeros((capacity, dimensions), dtype=np.float32)
        self.day: Floats = np.full(capacity, np.nan)
        self.length: Floats = np.zeros(capacity)
        self.language: Slots = np.full(capacity, -1, dtype=np.int64)
        self.source: Slots = np.full(capacity, -1, dtype=np.int64)
        self.marked: NDArray[np.bool_] = np.zeros(capacity, dtype=np.bool_)
        self.norms: Floats = np.zeros((len(FIELDS), capacity))
        self.articles: list[str] = []
        self.features: list[Features] = []
        self._keyed: list[Keyed] = []
        self._codes: dict[str, int] = {}
        self._begin: Slots = np.zeros(capacity, dtype=np.int64)
        self._size: Slots = np.zeros(capacity, dtype=np.int64)
        self._used = 0
        self._ids: Ids = np.zeros(1_024, dtype=np.int32)
        self._field: NDArray[np.int8] = np.zeros(1_024, dtype=np.int8)
        self._squared: Floats = np.zeros(1_024)
        self._holders: NDArray[np.int32] = np.zeros(1_024, dtype=np.int32)
        self._asked: NDArray[np.bool_] = np.zeros((ROWS, 1_024), dtype=np.bool_)
        self._worth: Floats = np.zeros((ROWS, 1_024))
        self._named: dict[int, array[int]] = {}
        self._columns: tuple[Slots, Slots] | None = None

    def __len__(self) -> int:
        return len(self.articles)

    def code(self, name: str) -> int:
        """Give the number that stands for a language or source in the columns."""
        return self._codes.setdefault(name, len(self._codes))

    # ------------------------------------------------------------ filling

    def add(self, article: str, features: Features, vector: NDArray[np.floating], rarity: Rarity) -> int:
        """Append an article and give its slot; its centred vector is set by `recentre`."""
        return self.extend([article], [features], [vector], rarity, [rarity.keyed(features)])[0]

    def extend(
        self,
        articles: Sequence[str],
        features: Sequence[Features],
        vectors: Sequence[NDArray[np.floating]],
        rarity: Rarity,
        keyed: Sequence[Keyed],
    ) -> range:
        """Append articles and give their slots; ``keyed`` are their keys as ``rarity`` numbers them."""
        slots = range(len(self), len(self) + len(articles))
        self.articles += articles
        self.features += features
        for slot, one, vector in zip(slots, features, vectors, strict=True):
            self.vectors[slot] = vector
            self.day[slot] = np.nan if one.day is None else one.day
            self.length[slot] = len(one.terms)
            self.language[slot] = self.code(one.language)
            self.source[slot] = self.code(one.source)
            self.marked[slot] = bool(one.marks)
        self._append(slots, keyed)
        self._weigh(slots, rarity)
        return slots

    def _append(self, slots: range, keyed: Sequence[Keyed]) -> None:
        self._keyed += keyed
        sizes = np.array([len(one.ids) for one in keyed], dtype=np.int64)
        stop = self._used + int(sizes.sum())
        while stop > len(self._ids):
            self._ids, self._field = _doubled(self._ids), _doubled(self._field)
            self._squared = _doubled(self._squared)
        self._begin[slots.start : slots.stop] = self._used + np.cumsum(sizes) - sizes
        self._size[slots.start : slots.stop] = sizes
        fresh = slice(self._used, stop)
        self._used = stop
        if keyed:
            self._ids[fresh] = np.concatenate([one.ids for one in keyed])
            self._field[fresh] = np.repeat(
                np.tile(np.arange(len(FIELDS), dtype=np.int8), len(keyed)), np.concatenate([one.sizes for one in keyed])
            )
        self._hold(self._ids[fresh])
        self._columns = None
        self._name(self._ids[fresh], self._field[fresh], np.repeat(np.arange(slots.start, slots.stop), sizes))

    def _name(self, ids: Ids, fields: NDArray[np.int8], slots: Slots) -> None:
        """Add to the slots that hold each name and figure, a key's at once; ``slots`` are rising."""
        naming = np.flatnonzero(np.isin(fields, _NAMED))
        order = naming[np.argsort(ids[naming], kind="stable")]
        starts = np.flatnonzero(np.diff(ids[order], prepend=-1))
        packed, width = slots[order].tobytes(), slots.itemsize
        cuts = [*(starts * width).tolist(), len(packed)]
        for id_, start, stop in zip(ids[order[starts]].tolist(), cuts, cuts[1:], strict=False):
            holders = self._named.get(id_)
            if holders is None:
                self._named[id_] = array("q", packed[start:stop])
            else:
                holders.frombytes(packed[start:stop])

    def _hold(self, ids: Ids) -> None:
        most = int(ids.max(initial=0))
        if most >= len(self._holders):
            more = max(most + 1 - len(self._holders), len(self._holders))
            self._holders = np.concatenate([self._holders, np.zeros(more, dtype=np.int32)])
            self._asked = np.zeros((ROWS, len(self._holders)), dtype=np.bool_)
            self._worth = np.zeros((ROWS, len(self._holders)))
        np.add.at(self._holders, ids, np.int32(1))  # of the column's own type: sixty times as fast

    def _weigh(self, slots: range, rarity: Rarity) -> None:
        if not slots:
            return
        part = slice(slots.start, slots.stop)
        stretch = slice(int(self._begin[slots.start]), int(self._begin[slots.stop - 1] + self._size[slots.stop - 1]))
        squared = rarity.weights(self._keyed[part]) ** 2
        self._squared[stretch] = squared
        rows = np.repeat(np.arange(len(slots)), self._size[part])
        sums = np.bincount(self._field[stretch] * np.int64(len(slots)) + rows, squared, len(FIELDS) * len(slots))
        self.norms[:, part] = np.sqrt(sums).reshape(len(FIELDS), len(slots))

    def recentre(self, means: LanguageMeans, rarity: Rarity | None = None, start: int = 0) -> None:
        """Take the languages' means out of the vectors from slot ``start`` on, and weigh keys anew."""
        stop = len(self)
        for first in range(start, stop, _AT_ONCE):  # few enough to stay in cache
            part = slice(first, min(stop, first + _AT_ONCE))
            languages = [features.language for features in self.features[part]]
            self.centred[part] = means.centre(self.vectors[part], languages)
        if rarity is not None:
            self._weigh(range(start, stop), rarity)

    def keep(self, slots: list[int]) -> None:
        """Go on with only these slots, in this order."""
        count = len(slots)
        picked = np.array(slots, dtype=np.int64)
        keyed = [self._keyed[slot] for slot in slots]
        self.articles = [self.articles[slot] for slot in slots]
        self.features = [self.features[slot] for slot in slots]
        for column in (self.vectors, self.centred, self.day, self.length, self.language, self.source, self.marked):
            column[:count] = column[picked]
        self.norms[:, :count] = self.norms[:, picked]
        squared = self._squared[stretches(self._begin[picked], self._size[picked])]
        self._used, self._keyed = 0, []
        self._named.clear()
        self._holders[:] = 0
        self._append(range(count), keyed)
        self._squared[: self._used] = squared

    def renumber(self, rarity: Rarity) -> None:
        """Take back the numbers of keys that neither the pool nor ``rarity`` knows any more."""
        new = rarity.compact(self._ids[: self._used])
        slots = range(len(self))
        keyed = [Keyed(new[one.ids], one.sizes, one.language) for one in self._keyed]
        self._used, self._keyed = 0, []
        self._named.clear()
        self._holders = np.zeros(1_024, dtype=np.int32)
        self._append(slots, keyed)

    # ------------------------------------------------------------ what is shared

    def named(self, slot: int) -> tuple[Slots, Floats]:
        """Give the slots that share people or numbers with this one, and the squared weights shared, added up."""
        begin, sizes = int(self._begin[slot]), self._keyed[slot].sizes.tolist()
        parts: list[array[int]] = []
        weights: list[float] = []
        for field in _NAMED:
            start = begin + sum(sizes[:field])
            stretch = slice(start, start + sizes[field])
            for id_, squared in zip(self._ids[stretch].tolist(), self._squared[stretch].tolist(), strict=True):
                holders = self._named[id_]
                if 1 < len(holders) <= COMMON:
                    parts.append(holders)
                    weights.append(squared)
        if not parts:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        slots = np.frombuffer(b"".join(parts), dtype=np.int64)
        repeated = np.repeat(weights, [len(part) for part in parts])
        added: Floats = np.bincount(slots, repeated, slot + 1).astype(np.float64, copy=False)
        added[slot] = 0.0
        found = np.flatnonzero(added > 0)  # of truths: looking through floats for zeros takes ten times as long
        return found, added[found]

    def shared(self, ones: Slots, others: Slots) -> Floats:
        """Give the squared weights of the keys that pairs of slots share, added up: a row a field, a column a pair.

        The weights are those of ``ones``; pairs of one article stand together.
        """
        found = np.zeros((len(FIELDS), len(ones)))
        if not len(ones):
            return found
        bounds = [0, *(np.flatnonzero(np.diff(ones)) + 1).tolist(), len(ones)]
        if max(map(operator.sub, bounds[1:], bounds)) >= ROW:
            for start, stop in pairwise(bounds):
                found[:, start:stop] = self._by_key(int(ones[start]))[:, others[start:stop]]
            return found
        if AMONG * len(bounds) < len(ones) and len(bounds) <= FEW:
            few = np.unique(np.concatenate([ones, others]))
            if AMONG * len(few) < len(ones) and len(few) <= FEW:
                return self._among(few)[:, np.searchsorted(few, ones), np.searchsorted(few, others)]
        run = 0
        while run < len(bounds) - 1:  # as many articles at once as there are rows, and little enough to stay in cache
            ahead = run + 1
            while ahead < min(len(bounds) - 1, run + ROWS) and bounds[ahead + 1] - bounds[run] <= ROW // 2:
                ahead += 1
            found[:, bounds[run] : bounds[ahead]] = self._by_article(ones, others, bounds[run : ahead + 1])
            run = ahead
        return found

    def _by_article(self, ones: Slots, others: Slots, bounds: list[int]) -> Floats:
        """Look up what others hold among the keys of the one they are compared with: a few articles at once."""
        told = [self._telling(int(ones[start])) for start in bounds[:-1]]
        for row, (ids, squared) in enumerate(told):
            self._asked[row, ids] = squared > 0
            self._worth[row, ids] = squared
        theirs = others[bounds[0] : bounds[-1]]
        sizes = self._size[theirs]
        stretch = stretches(self._begin[theirs], sizes)
        keys = self._ids[stretch].astype(np.int64)
        if len(told) > 1:
            rows = np.repeat(np.arange(len(told)) * self._asked.shape[1], np.diff(bounds))
            keys += np.repeat(rows, sizes)
        hits = np.flatnonzero(self._asked.ravel()[keys])
        pairs = np.searchsorted(np.cumsum(sizes), hits, side="right")
        cells = self._field[stretch[hits]] * np.int64(len(theirs)) + pairs
        added = np.bincount(cells, self._worth.ravel()[keys[hits]], len(FIELDS) * len(theirs))
        for row, (ids, _) in enumerate(told):
            self._asked[row, ids] = False
        return added.astype(np.float64, copy=False).reshape(len(FIELDS), -1)

    def _among(self, slots: Slots) -> Floats:
        """Give what each of a few articles shares with each of them, by field."""
        sizes = self._size[slots]
        stretch = stretches(self._begin[slots], sizes)
        keys = self._field[stretch] * _FIELD_APART + self._ids[stretch]
        known, column = np.unique(keys, return_inverse=True)
        held, worth = np.zeros((len(slots), len(known))), np.zeros((len(slots), len(known)))
        cells = np.repeat(np.arange(len(slots)), sizes), column
        held[cells] = 1.0
        worth[cells] = np.where(self._is_telling(stretch), self._squared[stretch], 0.0)
        ends = np.searchsorted(known, np.arange(len(FIELDS) + 1) * _FIELD_APART)
        parts = [slice(*part) for part in pairwise(ends.tolist())]
        return np.stack([worth[:, part] @ held[:, part].T for part in parts])

    def _telling(self, slot: int) -> tuple[Ids, Floats]:
        """Give those keys of an article that are evidence, and their squared weights."""
        stretch = slice(self._begin[slot], self._begin[slot] + self._size[slot])
        return self._ids[stretch], np.where(self._is_telling(stretch), self._squared[stretch], 0.0)

    def _is_telling(self, stretch: slice | Slots) -> NDArray[np.bool_]:
        return np.asarray((self._holders[self._ids[stretch]] <= COMMON) | (self._field[stretch] == _PLACES))

    def _by_key(self, slot: int) -> Floats:
        holders, begin = self._transposed()
        ids, squared = self._telling(slot)
        used = np.flatnonzero(squared)
        sizes = self._holders[ids[used]].astype(np.int64)
        rows = self._field[self._begin[slot] + used].astype(np.int64) * len(self)
        cells = holders[stretches(begin[ids[used]], sizes)] + np.repeat(rows, sizes)
        weights = np.repeat(squared[used], sizes)
        added: Floats = np.bincount(cells, weights, len(FIELDS) * len(self)).astype(np.float64, copy=False)
        return added.reshape(len(FIELDS), -1)

    def _transposed(self) -> tuple[Slots, Slots]:
        """Give the slots that hold each key, and where a key's slots begin; made once for a pool that stays."""
        if self._columns is None:
            order = np.argsort(self._ids[: self._used], kind="stable")
            holders = np.repeat(np.arange(len(self)), self._size[: len(self)])[order]
            counts = self._holders.astype(np.int64)
            self._columns = holders, np.cumsum(counts) - counts
        return self._columns


def stretches(begin: Slots, sizes: Slots) -> Slots:
    """Give the positions of stretches of a long column, one stretch after another."""
    total = np.cumsum(sizes)
    last = int(total[-1]) if len(total) else 0
    return np.arange(last) + np.repeat(begin - total + sizes, sizes)


def _doubled(column: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([column, np.zeros_like(column)])
