"""The articles a new one is compared with, kept as columns: many comparisons are a few array operations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.centring import LanguageMeans
from briefing.grouping.features import Features
from briefing.grouping.holders import Slots
from briefing.grouping.holdings import Holdings
from briefing.grouping.rarity import FIELDS, Floats, Keyed, Rarity
from briefing.ports import Vectors

_AT_ONCE = 256


class Pool:
    """Columns of up to ``capacity`` articles; a slot is a row in them. Their keys are in ``holdings``."""

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
        self.holdings = Holdings(capacity)
        self._codes: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.articles)

    def code(self, name: str) -> int:
        """Give the number that stands for a language or source in the columns."""
        return self._codes.setdefault(name, len(self._codes))

    # ------------------------------------------------------------ filling

    def add(self, article: str, features: Features, vector: NDArray[np.floating], rarity: Rarity) -> int:
        """Append an article and give its slot; its centred vector is set by `recentre`."""
        return self.extend([article], [features], [vector], rarity, rarity.keyed(features))[0]

    def extend(
        self,
        articles: Sequence[str],
        features: Sequence[Features],
        vectors: Sequence[NDArray[np.floating]],
        rarity: Rarity,
        keyed: Keyed,
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
        self.holdings.extend(keyed)
        self._weigh(slots, rarity)
        return slots

    def _weigh(self, slots: range, rarity: Rarity) -> None:
        part = slice(slots.start, slots.stop)
        keyed = self.holdings.keyed(part, [features.language for features in self.features[part]])
        self.norms[:, part] = self.holdings.weigh(part, rarity.weights(keyed) ** 2)

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
        """Go on with only these slots, rising."""
        count = len(slots)
        picked = np.array(slots, dtype=np.int64)
        self.articles = [self.articles[slot] for slot in slots]
        self.features = [self.features[slot] for slot in slots]
        for column in (self.vectors, self.centred, self.day, self.length, self.language, self.source, self.marked):
            for first in range(0, count, _AT_ONCE):  # each slot moves to one not behind it
                part = slice(first, min(count, first + _AT_ONCE))
                column[part] = column[picked[part]]
        self.norms[:, :count] = self.norms[:, picked]
        self.holdings.keep(picked)

    def renumber(self, rarity: Rarity) -> None:
        """Take back the numbers of keys that neither the pool nor ``rarity`` knows any more."""
        self.holdings.renumber(rarity.compact(self.holdings.ids))
