"""Near-duplicates: wire copy under another masthead, found by locality-sensitive hashing of MinHash signatures.

Bands of the signature are looked up, so the work does not grow with the archive (Leskovec et al., Mining of Massive
Datasets, ch. 3); 16 bands of 4 rows find a copy of 0.7 likeness with a chance of 99 %.
"""

from __future__ import annotations

from array import array

from briefing.grouping.features import PERMUTATIONS, Features

ALIKE = 0.7
"""Estimated Jaccard likeness of word triples from which a text is a copy."""

DAYS = 30.0
"""A text published again later than this is a new report: a law quoted anew, a yearly notice."""

CROWD = 32
"""Candidates looked at in a band, the newest ones: a thousand texts of one form cost no more than a few."""

_ROWS = 4
_BYTES = 8 * _ROWS
_BANDS = tuple(slice(_BYTES * number, _BYTES * (number + 1)) for number in range(PERMUTATIONS // _ROWS))
"""Each band's four values of eight bytes in a packed signature."""


class Copies:
    """The signatures of originals; `original` finds the one that an article copies."""

    def __init__(self) -> None:
        self._bands: tuple[dict[bytes, list[str]], ...] = tuple({} for _ in _BANDS)
        self._originals: dict[str, tuple[Features, list[bytes]]] = {}

    def original(self, features: Features) -> str | None:
        """Give the id of the earliest added article of which this is wire copy, or None."""
        if not features.signature:
            return None
        seen: dict[str, None] = {}
        for known, band in zip(self._bands, _cut(features), strict=True):
            if (articles := known.get(band)) is not None:
                seen.update(dict.fromkeys(articles[-CROWD:]))
        alike = {article: likeness(features, self._originals[article][0]) for article in seen}
        best = max(alike.values(), default=0.0)
        if best < ALIKE:
            return None
        return next(article for article, value in alike.items() if value == best)

    def add(self, article: str, features: Features) -> None:
        """Remember an original."""
        if not features.signature or article in self._originals:
            return
        self._originals[article] = features, _cut(features)
        for known, band in zip(self._bands, self._originals[article][1], strict=True):
            known.setdefault(band, []).append(article)

    def remove(self, article: str) -> None:
        """Forget an original."""
        if article not in self._originals:
            return
        _, bands = self._originals.pop(article)
        for known, band in zip(self._bands, bands, strict=True):
            articles = known[band]
            if len(articles) > 1:
                articles.remove(article)
            else:
                del known[band]


def _cut(features: Features) -> list[bytes]:
    packed = array("Q", features.signature).tobytes()
    return [packed[band] for band in _BANDS]


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
