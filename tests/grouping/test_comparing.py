"""What a new article is held against: the choice is the same however it is made."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from briefing.grouping.comparing import NEAREST, _most, _nearest


@given(st.lists(st.sampled_from([0.25, 0.5, 0.75, 1.0, 2.0]), max_size=4 * NEAREST))
def test_the_greatest_are_those_that_sorting_all_would_give(shared: list[float]) -> None:
    """The most shared first, and of those that share the same the newest, however many there are."""
    expected = sorted(range(len(shared)), key=lambda at: (-shared[at], -at))[:NEAREST]
    assert _most(np.array(shared, dtype=np.float64)).tolist() == expected


@given(st.integers(1, 5_000), st.integers(0, 2**32 - 1))
def test_the_nearest_are_those_that_sorting_all_would_give(count: int, seed: int) -> None:
    """The nearest first, and of those equally near the oldest, in a pool of any size."""
    rng = np.random.default_rng(seed)
    cosines = (rng.integers(-90, 90, size=(2, count)) / 100).astype(np.float32)
    for row, found in zip(cosines, _nearest(cosines), strict=True):
        assert found == sorted(range(count), key=lambda at: (-row[at], at))[:NEAREST]
