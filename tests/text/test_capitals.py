"""Capitalised words are sought by their capitals: the same are found as among all words."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.text.capitals import _WORD, _capital, _is_start, _written_small
from briefing.text.names import find_names
from briefing.text.numbers import _FIGURE, _figures

LETTERS = st.text(st.one_of(st.sampled_from("aAzZéÉяЯİıßǅ'’ʼ-_. \n1٣"), st.characters()), max_size=40)
_SMALL = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][^\W\d_]*")


@given(LETTERS)
@example("al-Assad U.S. O'Neil Ǆ ʼA 𝐀b a.B")
@settings(deadline=None)
def test_words_are_found_by_their_capitals(text: str) -> None:
    """In any script, behind any joiner, each word that begins with a capital is found as it stands, and no other."""
    found = [(match.start(), match[0]) for match in _capital(0x1F200).finditer(text)]
    assert found == [(match.start(), match[0]) for match in _WORD.finditer(text) if match[0][0].isupper()]
    assert all(_is_start(text, start) for start, _ in found)


@given(LETTERS, st.text("aéя1b", max_size=3))
@settings(deadline=None)
def test_a_word_is_written_small_where_it_stands_alone_without_a_capital(text: str, word: str) -> None:
    """What is glued to a letter, an apostrophe or a hyphen before, or goes on, is another word."""
    small = {found for found in _SMALL.findall(text) if found.islower()}
    for one in (word, *text.lower().split()):
        assert _written_small(text, one) == (one in small)


@given(st.text(st.one_of(st.sampled_from("0123456789.,/:-$€ xกน"), st.characters()), max_size=40))
@settings(deadline=None)
def test_figures_are_tried_wherever_one_may_begin(text: str) -> None:
    """Trying the pattern at digits and signs of money alone finds what trying it everywhere finds."""
    assert [match.span() for match in _figures(text)] == [match.span() for match in _FIGURE.finditer(text)]


def test_a_part_belongs_to_the_longest_full_name_and_of_equals_to_the_first() -> None:
    """Which of two Palins a single Palin is does not hang on how a set happens to be ordered."""
    for one, other in (("Bob", "Ron"), ("Ron", "Bob")):
        text = f"The senator met {one} Palin and {other} Palin in Ohio, but Palin left."
        assert [mention.key for mention in find_names(text, "en").people][-1] == f"{one.lower()} palin"
