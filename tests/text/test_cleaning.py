"""Cleaning: one normal form, and what of the invisible is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.cleaning import fold_spaces, normalise


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0be\x85f", "a\nb\nc\nd\ne\nf"),
        ("\ufeffBOM\x00\x07\x9b", "BOM"),
        ("zero\u200bwidth so\u00adft", "zerowidth soft"),
        ("\u202eevil\u202c \u2066x\u2069 \u200fy\u200e", "evil x y"),
        ("می\u200cکند", "می\u200cکند"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("latin\u200cjoiner \u200d", "latinjoiner "),
        ("Vie\u0302\u0323t", "Việt"),
        ("\ud800lone", "lone"),
        ("z" + "\u0336" * 40, "z" + "\u0336" * 4),
        ("tab\tkept  two", "tab\tkept  two"),
    ],
)
def test_normal_form(raw: str, clean: str) -> None:
    """Newlines are unified, debris and direction tricks go, joiners stay where they join, and letters are composed."""
    assert normalise(raw) == clean


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The normal form is stable, composed and free of controls."""
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in once if char not in "\n\t")


@given(st.text())
def test_folded_spaces(text: str) -> None:
    """One line, single spaces, trimmed; no letter is lost."""
    folded = fold_spaces(text)
    assert folded.split() == text.split()
    assert folded == " ".join(folded.split())
