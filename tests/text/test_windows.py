"""Windows: a costly pattern, run around the words that it needs, finds what it finds in the whole text."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefing.text.windows import around_matches, around_words, matches_in

WORDS = st.lists(
    st.sampled_from(["may", "maya", "mayo 4", " 12 may", "x", " ", "7", ", ", "\n", "lovely"]), max_size=60
)


@given(WORDS, st.integers(6, 20))
def test_a_pattern_finds_in_windows_what_it_finds_in_the_whole(parts: list[str], margin: int) -> None:
    """As long as the margin holds the longest match, nothing is missed, doubled or cut."""
    text = "".join(parts)
    pattern = re.compile(r"(?<!\w)(?:\d{1,2} )?may(?!\w)(?: \d)?")
    windows = around_words(text, ("may",), margin, bound=True)
    assert [m.span() for m in matches_in(text, pattern, windows)] == [m.span() for m in pattern.finditer(text)]


@given(st.text("ab1.", max_size=80), st.integers(0, 9))
def test_windows_are_disjoint_in_order_and_within_the_text(text: str, margin: int) -> None:
    """Windows that touch are one."""
    for windows in (
        around_words(text, ("a", "ab"), margin, bound=False),
        around_matches(text, re.compile("1"), margin),
    ):
        assert all(0 <= start < end <= len(text) for start, end in windows)
        assert all(first[1] < second[0] for first, second in pairwise(windows))


def test_a_bound_name_is_a_word() -> None:
    """A name inside another word opens a window only where names may be glued to what stands around them."""
    assert around_words("dismay, mayor", ("may",), 2, bound=True) == []
    assert around_words("may.", ("may",), 2, bound=True) == [(0, 4)]
    assert around_words("dismay", ("may",), 2, bound=False) == [(1, 6)]


def test_a_word_that_a_window_cuts_is_not_taken_for_a_shorter_one() -> None:
    """Where a window ends within "mayor", no "may" is found in it."""
    text = "may 5, the mayor"
    pattern = re.compile(r"(?<!\w)may(?!\w)")
    assert [match.start() for match in matches_in(text, pattern, [(0, 14)])] == [0]
