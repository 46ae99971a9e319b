"""Linkage: when groups are joined, and how much is asked of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grouping.linking import NEVER, closeness, link, link_apart


def two_groups(within: float, between: float, size: int = 5) -> np.ndarray:
    """Give the odds of two groups of one size."""
    odds = np.full((2 * size, 2 * size), between)
    odds[:size, :size] = odds[size:, size:] = within
    return odds


def test_close_groups_are_asked_for_more() -> None:
    """What joins loose groups leaves close ones apart: two fires share all that fires have in common."""
    assert link(two_groups(4.0, 1.0), asked=0.75) == [0] * 5 + [5] * 5
    assert link(two_groups(1.2, 1.0), asked=0.75) == [0] * 10


def test_loose_groups_are_asked_for_less() -> None:
    """Two halves of one event whose reports have little in common are joined where two close groups would not be."""
    halves = two_groups(-0.8, -1.3, size=20)
    halves[:20, :20] += np.where(np.indices((20, 20)).sum(axis=0) % 2, 0.4, -0.4)
    assert len(set(link(halves, threshold=-1.0, asked=0.9))) > 1
    assert link(halves, threshold=-1.0, asked=0.9, loose=-0.6) == [0] * 40
    assert link(two_groups(4.0, -1.3), threshold=-1.0, asked=0.9, loose=-0.6) == [0] * 5 + [5] * 5


def test_no_group_counts_as_looser_than_told() -> None:
    """However loose a group gets, what is far from it stays out."""
    assert link(two_groups(-0.5, -1.6, size=20), threshold=-1.0, asked=0.9, loose=-0.6) == [0] * 20 + [20] * 20


def test_without_asking_the_average_decides() -> None:
    """Where nothing is asked, groups are joined while their mean odds are at the threshold or above."""
    assert link(two_groups(4.0, 0.1)) == [0] * 10
    assert link(two_groups(4.0, -0.1)) == [0] * 5 + [5] * 5
    assert link(two_groups(4.0, 0.1), threshold=0.5) == [0] * 5 + [5] * 5


def test_a_single_report_is_asked_for_nothing() -> None:
    """An article has no closeness of its own: it joins a close group by its mean odds alone."""
    odds = np.full((6, 6), 5.0)
    odds[5, :] = odds[:, 5] = 0.1
    assert link(odds, asked=0.75) == [0] * 6


def test_groups_made_before_bring_their_closeness() -> None:
    """Rows that stand for groups, with sizes and inner odds, are joined as their articles would have been."""
    table = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert link(table, sizes=[5, 5], inner=[40.0, 40.0], asked=0.75) == [0, 1]
    assert link(table, sizes=[5, 5], inner=[12.0, 40.0], asked=0.75) == [0, 0]


def test_what_must_not_be_joined_never_is() -> None:
    """A pair marked as never keeps all that joins either of them apart."""
    odds = np.full((4, 4), 3.0)
    odds[0, 3] = odds[3, 0] = NEVER
    found = link(odds)
    assert found[0] != found[3]


@given(st.integers(1, 12), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.25, 0.75]))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_plays_no_part(count: int, seed: int, asked: float) -> None:
    """Rows in another order are grouped the same."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(0, 3, size=(count, count))
    odds = odds + odds.T
    order = rng.permutation(count)
    found = np.array(link(odds, asked=asked))
    turned = np.array(link(odds[np.ix_(order, order)], asked=asked))
    together = found[order][:, None] == found[order][None, :]
    assert (together == (turned[:, None] == turned[None, :])).all()


@pytest.mark.parametrize(("size", "within"), [(1, 0.0), (2, 4.0), (10, 180.0)])
def test_closeness_is_held_down_for_a_few_pairs(size: int, within: float) -> None:
    """One close pair is not yet a close group: closeness nears the mean odds only as pairs add up."""
    pairs = size * (size - 1) / 2
    found = float(closeness(np.float64(within), np.float64(size)))
    assert found <= (within / pairs if pairs else 0.0)
    assert found == pytest.approx(within / (pairs + 3))


@settings(max_examples=60)
@given(st.integers(0, 24), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.4]), st.sampled_from([-0.3, 0.5]))
def test_parts_that_nothing_connects_are_linked_alike_together_and_apart(
    count: int, seed: int, asked: float, threshold: float
) -> None:
    """Linking part by part gives what linking all together does, with ties, made groups and forbidden pairs."""
    rng = np.random.default_rng(seed)
    odds = np.round(rng.normal(-1.2, 1.5, size=(count, count)), 1)
    odds[rng.random((count, count)) < 0.1] = NEVER
    odds = np.minimum(odds, odds.T)
    sizes = rng.integers(1, 5, count).astype(float)
    inner = np.where(sizes > 1, rng.normal(1, 3, count) * sizes, 0)
    together = link(odds, sizes, threshold, asked=asked, inner=inner)
    assert link_apart(odds, sizes, threshold, asked=asked, inner=inner) == together
