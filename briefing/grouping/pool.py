"""The articles a new one is compared with, kept as columns: a row of comparisons is a few array operations."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.centring import LanguageMeans
from briefing.grouping.features import Features
from briefing.ports import Vectors
from briefing.text.names import blocks

FIELDS = ("terms", "titled", "people", "places", "numbers", "dates")
"""The sparse fields: sets of keys that are compared by their rarity."""

COMMON = 256
"""A key that more articles of the pool hold than this is no evidence and is passed over: work stays bounded.

Countries are few and always looked at: that two articles share none speaks against them.
"""

PSEUDO_ARTICLES = 20.0
"""Added to every count of articles, so that among the first few nothing looks common and nothing unique."""

REMEMBERED = 200_000
"""Keys whose number of articles is remembered."""

USUAL = {"places": 0.1}
"""The share of articles that hold any one key of a field in the world's news at large: countries are few."""

Floats = NDArray[np.float64]
Slots = NDArray[np.int64]


def keys(features: Features, name: str) -> Iterable[str]:
    """Give the keys of one sparse field."""
    if name == "people":
        return _name_parts(features)
    return getattr(features, name)  # type: ignore[no-any-return]


def _name_parts(features: Features) -> frozenset[str]:
    return _parts(tuple(features.people))


@lru_cache(maxsize=8_192)
def _parts(people: tuple[str, ...]) -> frozenset[str]:
    # A name in full and by its last part is one person: names are compared by their parts, rare parts weigh more.
    # Sounds that differ between scripts meet in blocks; the same spelling says more and counts on top.
    parts: set[str] = set()
    for key in people:
        parts |= blocks(key)
        parts.update(f"={part}" for part in key.split() if len(part) > 2)
    return frozenset(parts)


def _most(name: str, count: int) -> int:
    return count if name == "places" else COMMON


@dataclass
class Rarity:
    """How many articles hold a key, by field (and by language for words); gives the weight of sharing it."""

    articles: Counter[str] = field(default_factory=Counter)
    holding: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, features: Features) -> None:
        """Count one article in."""
        self.articles[""] += 1
        self.articles[features.language] += 1
        for name in FIELDS:
            self.holding.update((name, key) for key in keys(features, name))
        if len(self.holding) > 1.5 * REMEMBERED:
            self.prune()

    def to_state(self) -> dict[str, object]:
        """Give what `restore` needs, JSON-serialisable."""
        return {"articles": dict(self.articles), "holding": [[*key, count] for key, count in self.holding.items()]}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `to_state` gave."""
        self.articles = Counter(state["articles"])
        self.holding = Counter({(name, key): count for name, key, count in state["holding"]})

    def prune(self) -> None:
        """Forget the rarest keys where there are too many: an unknown key weighs as much as one seen once."""
        floor = 1
        while len(self.holding) > REMEMBERED:
            self.holding = Counter({key: count for key, count in self.holding.items() if count > floor})
            floor += 1

    def weights(self, name: str, found: Iterable[str], language: str) -> dict[str, float]:
        """Give the inverse document frequency of keys of a field, about 0 (everywhere) to 1 (nowhere else)."""
        spoken = language if name in ("terms", "titled") else ""
        total = self.articles[spoken] + PSEUDO_ARTICLES
        usual = USUAL.get(name, 0.0) * PSEUDO_ARTICLES + 0.5
        top, scale, held, log = math.log(total + 0.5), math.log(total + 1.0), self.holding, math.log
        unseen = (top - log(usual)) / scale
        return {
            key: max(0.0, top - log(count + usual)) / scale if (count := held.get((name, key))) else unseen
            for key in found
        }


class Pool:
    """Columns of up to ``capacity`` articles; a slot is a row in them."""

    def __init__(self, dimensions: int, capacity: int) -> None:
        self.vectors: Vectors = np.zeros((capacity, dimensions), dtype=np.float32)
        self.centred: Vectors = np.zeros((capacity, dimensions), dtype=np.float32)
        self.day: Floats = np.full(capacity, np.nan)
        self.length: Floats = np.zeros(capacity)
        self.language: Slots = np.full(capacity, -1, dtype=np.int64)
        self.source: Slots = np.full(capacity, -1, dtype=np.int64)
        self.norms: dict[str, Floats] = {name: np.zeros(capacity) for name in FIELDS}
        self.postings: dict[str, dict[str, array[int]]] = {name: {} for name in FIELDS}
        self.weights: list[dict[str, dict[str, float]]] = []
        self.articles: list[str] = []
        self.features: list[Features] = []
        self._codes: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.articles)

    def code(self, name: str) -> int:
        """Give the number that stands for a language or source in the columns."""
        return self._codes.setdefault(name, len(self._codes))

    def add(self, article: str, features: Features, vector: NDArray[np.floating], rarity: Rarity) -> int:
        """Append an article and give its slot; its centred vector is set by `recentre`."""
        slot = len(self.articles)
        self.articles.append(article)
        self.features.append(features)
        self.vectors[slot] = vector
        self.day[slot] = np.nan if features.day is None else features.day
        self.length[slot] = len(features.terms)
        self.language[slot] = self.code(features.language)
        self.source[slot] = self.code(features.source)
        self.weights.append({})
        self._weigh(slot, rarity)
        self._post(slot)
        return slot

    def _post(self, slot: int) -> None:
        for name in FIELDS:
            postings = self.postings[name]
            for key in self.weights[slot][name]:
                holders = postings.get(key)
                if holders is None:
                    postings[key] = array("q", (slot,))
                else:
                    holders.append(slot)

    def _weigh(self, slot: int, rarity: Rarity) -> None:
        features = self.features[slot]
        for name in FIELDS:
            weights = rarity.weights(name, keys(features, name), features.language)
            self.weights[slot][name] = weights
            self.norms[name][slot] = math.sqrt(sum(weight * weight for weight in weights.values()))

    def recentre(self, means: LanguageMeans, rarity: Rarity | None = None, start: int = 0) -> None:
        """Take the languages' means out of the vectors from slot ``start`` on, and weigh keys anew."""
        stop = len(self)
        languages = [features.language for features in self.features[start:stop]]
        self.centred[start:stop] = means.centre(self.vectors[start:stop], languages)
        if rarity is not None:
            for slot in range(start, stop):
                self._weigh(slot, rarity)

    def shared(self, slot: int) -> Floats:
        """Give the squared weights of the keys that every slot shares with this one, added up: a row a field."""
        count = len(self)
        parts: list[NDArray[np.int64]] = []
        weights: list[float] = []
        rows: list[int] = []
        for row, name in enumerate(FIELDS):
            postings, most = self.postings[name], _most(name, count)
            for key, weight in self.weights[slot][name].items():
                holders = postings[key]
                if 1 < len(holders) <= most:
                    parts.append(np.frombuffer(holders, dtype=np.int64))
                    weights.append(weight * weight)
                    rows.append(row * count)
        if not parts:
            return np.zeros((len(FIELDS), count))
        sizes = [len(part) for part in parts]
        cells = np.concatenate(parts) + np.repeat(rows, sizes)
        added = np.bincount(cells, np.repeat(weights, sizes), minlength=len(FIELDS) * count)
        return added.reshape(len(FIELDS), count).astype(np.float64, copy=False)

    def shared_by(self, ones: Slots, others: Slots) -> Floats:
        """Give the same for a few pairs of slots: a row a field, a column a pair."""
        found = np.zeros((len(FIELDS), len(ones)))
        pairs = [
            (self.weights[one], self.weights[other]) for one, other in zip(ones.tolist(), others.tolist(), strict=True)
        ]
        for row, name in enumerate(FIELDS):
            postings, most = self.postings[name], _most(name, len(self))
            for column, (mine, theirs) in enumerate(pairs):
                weights = mine[name]
                if common := weights.keys() & theirs[name].keys():
                    found[row, column] = sum(weights[key] ** 2 for key in sorted(common) if len(postings[key]) <= most)
        return found

    def keep(self, slots: list[int]) -> Pool:
        """Give a pool of the same capacity with only these slots, in this order."""
        kept = Pool(self.vectors.shape[1], len(self.day))
        count = len(slots)
        kept._codes = self._codes
        kept.articles = [self.articles[slot] for slot in slots]
        kept.features = [self.features[slot] for slot in slots]
        kept.weights = [self.weights[slot] for slot in slots]
        for column in ("vectors", "centred", "day", "length", "language", "source"):
            getattr(kept, column)[:count] = getattr(self, column)[slots]
        for name in FIELDS:
            kept.norms[name][:count] = self.norms[name][slots]
        for slot in range(count):
            kept._post(slot)
        return kept
