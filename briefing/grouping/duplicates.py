"""Near-duplicates: wire copy under another masthead, found by locality-sensitive hashing of MinHash signatures.

Bands of the signature are looked up, so the work does not grow with the archive (Leskovec et al., Mining of Massive
Datasets, ch. 3); 16 bands of 4 rows find a copy of 0.7 likeness with a chance of 99 %.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.features import PERMUTATIONS, Features
from briefing.grouping.lookup import Hashes, Lookup

ALIKE = 0.7
"""Estimated Jaccard likeness of word triples from which a text is a copy."""

DAYS = 30.0
"""A text published again later than this is a new report: a law quoted anew, a yearly notice."""

CROWD = 32
"""Candidates looked at in a band, the newest ones: a thousand texts of one form cost no more than a few."""

_ROWS = 4
_BANDS = PERMUTATIONS // _ROWS
_ODD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 by the golden ratio, made odd: what multiplicative hashing spreads by (Knuth, TAOCP 3, 6.4)."""

_SALTS = np.arange(1, _BANDS + 1, dtype=np.uint64) * _ODD


class Copies:
    """The signatures of originals; `originals` finds those that articles copy.

    A band leads to the first article that holds it; those after it, of which there are few, stand in lists.
    """

    def __init__(self) -> None:
        self._first = Lookup()
        self._more: dict[int, list[int]] = {}
        self._articles: list[str] = []
        self._features: list[Features] = []

    def originals(self, articles: Sequence[tuple[str, Features]]) -> list[str | None]:
        """Give for each article, by id, the earliest original of which it is wire copy; remember those that are none.

        Each is held against those before it as well.
        """
        found: list[str | None] = [None] * len(articles)
        signed = [at for at, (_, features) in enumerate(articles) if features.signature]
        if not signed:
            return found
        bands = _cut([articles[at][1] for at in signed])
        meeting = self._meeting(bands)
        for row in np.flatnonzero(meeting).tolist():
            article, features = articles[signed[row]]
            found[signed[row]] = original = self._original(features, bands[row])
            if original is None:
                self._add_meeting(article, features, bands[row])
        alone = np.flatnonzero(~meeting)
        self._add_alone([articles[signed[row]] for row in alone.tolist()], bands[alone])
        return found

    def _meeting(self, bands: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say which articles have a band in common with a known one, or with each other."""
        _, inverse, counts = np.unique(bands, return_inverse=True, return_counts=True)
        met = (self._first.find(bands.reshape(-1)) >= 0) | (counts > 1)[inverse.reshape(-1)]
        return np.asarray(met.reshape(bands.shape).any(axis=1))

    def _original(self, features: Features, bands: Hashes) -> str | None:
        seen: dict[int, None] = {}
        for first in self._first.find(bands).tolist():
            if first >= 0:
                seen.update(dict.fromkeys([first // _BANDS, *self._more.get(first, ())][-CROWD:]))
        alike = {place: likeness(features, self._features[place]) for place in seen}
        best = max(alike.values(), default=0.0)
        if best < ALIKE:
            return None
        return self._articles[next(place for place, value in alike.items() if value == best)]

    def _add_alone(self, articles: Sequence[tuple[str, Features]], bands: NDArray[np.int64]) -> None:
        start = len(self._articles) * _BANDS
        self._first.add(bands.reshape(-1), np.arange(start, start + bands.size, dtype=np.int32))
        self._articles += [article for article, _ in articles]
        self._features += [features for _, features in articles]

    def _add_meeting(self, article: str, features: Features, bands: Hashes) -> None:
        place, known = len(self._articles), self._first.find(bands)
        for first in known[known >= 0].tolist():
            self._more.setdefault(first, []).append(place)
        new = np.flatnonzero(known < 0)
        self._first.add(bands[new], (place * _BANDS + new).astype(np.int32))
        self._articles.append(article)
        self._features.append(features)

    def add(self, articles: Sequence[tuple[str, Features]]) -> None:
        """Remember originals."""
        signed = [one for one in articles if one[1].signature]
        if signed:
            self._add(signed, _cut([features for _, features in signed]))

    def _add(self, articles: Sequence[tuple[str, Features]], bands: NDArray[np.int64]) -> None:
        meeting = self._meeting(bands)
        for row in np.flatnonzero(meeting).tolist():
            self._add_meeting(*articles[row], bands[row])
        alone = np.flatnonzero(~meeting)
        self._add_alone([articles[row] for row in alone.tolist()], bands[alone])

    def remove(self, articles: Collection[str]) -> None:
        """Forget originals."""
        if not articles:
            return
        kept = np.array([article not in articles for article in self._articles], dtype=np.bool_)
        places = np.where(kept, np.cumsum(kept) - 1, -1)
        new = np.where(kept[:, None], places[:, None] * _BANDS + np.arange(_BANDS), -1).reshape(-1).astype(np.int32)
        more: dict[int, list[int]] = {}
        for first, others in self._more.items():
            place, band = divmod(first, _BANDS)
            left = [at for at in places[[place, *others]].tolist() if at >= 0]
            if left:
                new[first] = left[0] * _BANDS + band
            if len(left) > 1:
                more[left[0] * _BANDS + band] = left[1:]
        self._first.renumber(new)
        self._more = more
        self._articles = list(compress(self._articles, kept.tolist()))
        self._features = list(compress(self._features, kept.tolist()))


def _cut(articles: Sequence[Features]) -> NDArray[np.int64]:
    """Give the hashes of the signatures' bands: a row an article, a column a band."""
    rows = np.array([features.signature for features in articles], dtype=np.uint64).reshape(-1, _BANDS, _ROWS)
    mixed = np.broadcast_to(_SALTS, rows.shape[:2])
    for row in range(_ROWS):
        mixed = (mixed ^ rows[:, :, row]) * _ODD
        mixed ^= mixed >> np.uint64(32)
    return mixed.view(np.int64)


def likeness(one: Features, other: Features) -> float:
    """Give the estimated share of common word triples, 0 where two texts only share a form.

    A form is the same sentences around other figures (closing prices, weather, results), or the same text long after.
    """
    if one.language != other.language:
        return 0.0
    if one.day is not None and other.day is not None and abs(one.day - other.day) > DAYS:
        return 0.0
    figures = one.numbers.keys() | other.numbers.keys()
    if len(figures) >= 4 and 2 * len(one.numbers.keys() & other.numbers.keys()) < len(figures):
        return 0.0
    equal = sum(a == b for a, b in zip(one.signature, other.signature, strict=True))
    return equal / PERMUTATIONS
