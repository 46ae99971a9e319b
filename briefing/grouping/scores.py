"""How well articles were grouped, held against labels: B-cubed (Bagga, Baldwin 1998) and pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Sequence[Hashable], truth: Sequence[Hashable]) -> Score:
    """Give the average over articles of how pure and how complete its own group is."""
    both = Counter(zip(found, truth, strict=True))
    in_found, in_truth = Counter(found), Counter(truth)
    count = max(1, len(found))
    precision = sum(n * n / in_found[group] for (group, _), n in both.items()) / count
    recall = sum(n * n / in_truth[label] for (_, label), n in both.items()) / count
    return Score(precision, recall)


def pairwise(
    found: Sequence[Hashable], truth: Sequence[Hashable], languages: Sequence[Hashable] | None = None
) -> Score:
    """Give the score over pairs of articles; with ``languages`` only over pairs of two different languages."""
    right = _pairs(list(zip(found, truth, strict=True)), languages)
    return Score(_share(right, _pairs(found, languages)), _share(right, _pairs(truth, languages)))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _pairs(groups: Sequence[Hashable], languages: Sequence[Hashable] | None) -> int:
    pairs = sum(n * (n - 1) // 2 for n in Counter(groups).values())
    if languages is not None:
        pairs -= sum(n * (n - 1) // 2 for n in Counter(zip(groups, languages, strict=True)).values())
    return pairs
