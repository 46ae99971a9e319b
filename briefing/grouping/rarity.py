"""How rare a key is: the vocabulary of what articles share, as small integers, and how many articles hold each."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.features import Features
from briefing.grouping.lookup import Hashes, Lookup
from briefing.text.names import blocks

FIELDS = ("terms", "titled", "people", "places", "numbers", "dates")
"""The sparse fields: sets of keys that are compared by their rarity."""

PSEUDO_ARTICLES = 20.0
"""Added to every count of articles, so that among the first few nothing looks common and nothing unique."""

REMEMBERED = 200_000
"""Keys whose number of articles is remembered."""

CROWDED = 2 * REMEMBERED
"""Keys with a number of their own at which the numbers of forgotten ones are taken back."""

USUAL = {"places": 0.1}
"""The share of articles that hold any one key of a field in the world's news at large: countries are few."""

_BETWEEN = "\n"
"""Between keys in the stored state: no word, name or figure holds a line end."""

_SALTS = np.random.default_rng(1).integers(2**62, size=len(FIELDS))
"""By field, so that the same word of a title and of a text is two keys."""

_USUAL = np.array([USUAL.get(name, 0.0) * PSEUDO_ARTICLES + 0.5 for name in FIELDS])
_SPOKEN = np.array([name in ("terms", "titled") for name in FIELDS])

Ids = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Keyed:
    """The keys of articles as numbers, one article's after another's: all its fields in the order of `FIELDS`.

    ``sizes`` are how many keys there are in each field, ``languages`` the articles' own: a row an article.
    """

    ids: Ids
    sizes: NDArray[np.int64]
    languages: Sequence[str]

    def __len__(self) -> int:
        """How many articles these are."""
        return len(self.languages)


def keys(features: Features, name: str) -> Iterable[str]:
    """Give the keys of one sparse field, in the same order whenever it is asked for."""
    if name == "people":
        return dict.fromkeys(chain.from_iterable(map(name_parts, features.people)))
    if name == "titled":
        return dict.fromkeys(features.titled)
    return getattr(features, name)  # type: ignore[no-any-return]


@lru_cache(maxsize=65_536)
def name_parts(key: str) -> tuple[str, ...]:
    """Give what a name is compared by.

    A name in full and by its last part is one person: names are compared by their parts, rare parts weigh more. Sounds
    that differ between scripts meet in blocks; the same spelling says more and counts on top.
    """
    return tuple(sorted(blocks(key) | {f"={part}" for part in key.split() if len(part) > 2}))


class Rarity:
    """How many articles hold a key, by field; gives the weight of sharing it."""

    def __init__(self) -> None:
        self.articles: Counter[str] = Counter()
        self._names: list[str] = []
        self._numbers = Lookup()
        self._field: NDArray[np.int8] = np.zeros(1_024, dtype=np.int8)
        self._holding: NDArray[np.int64] = np.zeros(1_024, dtype=np.int64)
        self._held = 0

    def __len__(self) -> int:
        """The numbers given to keys so far."""
        return len(self._names)

    def keyed(self, features: Features) -> Keyed:
        """Give an article's keys as numbers; a key never met gets the next one."""
        return self.keyed_all([features])

    def keyed_all(self, articles: Sequence[Features]) -> Keyed:
        """Give the keys of articles as numbers; keys never met get the next ones."""
        names: list[str] = []
        ends = [0]
        for features in articles:
            for field in FIELDS:
                names += keys(features, field)
                ends.append(len(names))
        sizes = np.diff(ends).reshape(len(articles), len(FIELDS))
        fields = np.repeat(np.tile(np.arange(len(FIELDS), dtype=np.int8), len(articles)), sizes.ravel())
        return Keyed(self._numbered(names, fields), sizes, [features.language for features in articles])

    def _numbered(self, names: Sequence[str], fields: NDArray[np.int8]) -> Ids:
        hashes = _hashes(names, fields)
        ids = self._numbers.find(hashes)
        missing = np.flatnonzero(ids < 0)
        if len(missing):
            distinct, first, inverse = np.unique(hashes[missing], return_index=True, return_inverse=True)
            order = np.argsort(first)
            numbers = np.empty(len(order), dtype=np.int32)
            numbers[order] = np.arange(len(self), len(self) + len(order), dtype=np.int32)
            ids[missing] = numbers[inverse]
            self._numbers.add(distinct, numbers)
            new = missing[first[order]]
            self._append(list(map(names.__getitem__, new.tolist())), fields[new])
        return ids

    def _append(self, names: list[str], fields: NDArray[np.int8]) -> None:
        before = len(self)
        self._names += names
        if len(self) > len(self._holding):
            more = np.zeros(len(self), dtype=np.int8)
            self._field = np.concatenate([self._field, more])
            self._holding = np.concatenate([self._holding, more.astype(np.int64)])
        self._field[before : len(self)] = fields

    def add(self, features: Features) -> Keyed:
        """Count one article in, and give its keys as numbers."""
        return self.add_all([features])

    def add_all(self, articles: Sequence[Features]) -> Keyed:
        """Count articles in, and give their keys as numbers."""
        keyed = self.keyed_all(articles)
        self.articles[""] += len(keyed)
        self.articles.update(keyed.languages)
        ids = keyed.ids
        self._held += len(np.unique(ids[self._holding[ids] == 0]))
        np.add.at(self._holding, ids, np.int64(1))  # of the column's own type: sixty times as fast
        if self._held > 1.5 * REMEMBERED:
            self.prune()
        return keyed

    def prune(self) -> None:
        """Forget the rarest keys where there are too many: an unknown key weighs as much as one seen once."""
        floor = 1
        while self._held > REMEMBERED:
            self._holding[self._holding <= floor] = 0
            self._held = int(np.count_nonzero(self._holding))
            floor += 1

    def weights(self, keyed: Keyed) -> Floats:
        """Give the inverse document frequencies of articles' keys, one after another.

        From about 0 (everywhere) to 1 (nowhere else).
        """
        spoken = np.array([self.articles[language] for language in keyed.languages], dtype=np.float64)
        totals = np.where(_SPOKEN, spoken[:, None], float(self.articles[""])) + PSEUDO_ARTICLES
        cells = keyed.sizes.ravel()
        top, scale = (np.repeat(part.ravel(), cells) for part in (np.log(totals + 0.5), np.log(totals + 1.0)))
        usual = np.repeat(np.tile(_USUAL, len(keyed)), cells)
        return np.asarray(np.maximum(0.0, top - np.log(self._holding[keyed.ids] + usual)) / scale)

    def compact(self, used: Ids) -> NDArray[np.int32]:
        """Take back the numbers of keys that are forgotten and not among those ``used``.

        Gives new by old numbers, rising, -1 for those taken back.
        """
        size = len(self)
        kept = self._holding[:size] > 0
        kept[used] = True
        self._names = list(compress(self._names, kept.tolist()))
        self._field, self._holding = self._field[:size][kept], self._holding[:size][kept]
        new = np.where(kept, np.cumsum(kept, dtype=np.int32) - np.int32(1), np.int32(-1))
        self._numbers.renumber(new)
        return new

    def to_state(self) -> dict[str, object]:
        """Give what `restore` needs, JSON-serialisable; keys as one text and counts as one, for there are many."""
        holding: dict[str, list[str]] = {}
        fields, counts = self._field[: len(self)], self._holding[: len(self)]
        for number, name in enumerate(FIELDS):
            known = np.flatnonzero((fields == number) & (counts > 0))
            packed = b64encode(counts[known].astype("<u4").tobytes()).decode("ascii")
            holding[name] = [_BETWEEN.join(map(self._names.__getitem__, known.tolist())), packed]
        return {"articles": dict(self.articles), "holding": holding}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `to_state` gave, now or in its first form (a list of field, key and count)."""
        self.articles = Counter(state["articles"])
        holding: dict[str, tuple[list[str], Any]] = {}
        if isinstance(state["holding"], list):
            for name in FIELDS:
                rows = [(key, number) for field, key, number in state["holding"] if field == name]
                holding[name] = [key for key, _ in rows], [number for _, number in rows]
        else:
            for name, (known, packed) in state["holding"].items():
                numbers = np.frombuffer(b64decode(packed), dtype="<u4")
                holding[name] = known.split(_BETWEEN) if len(numbers) else [], numbers
        for name, (found, numbers) in holding.items():
            ids = self._numbered(found, np.full(len(found), FIELDS.index(name), dtype=np.int8))
            self._holding[ids] = numbers
        self._held = int(np.count_nonzero(self._holding))


def _hashes(names: Sequence[str], fields: NDArray[np.int8]) -> Hashes:
    """Give the hashes of keys: other ones in every process, which changes nothing but where they are looked for."""
    return np.fromiter(map(hash, names), dtype=np.int64, count=len(names)) ^ _SALTS[fields]
