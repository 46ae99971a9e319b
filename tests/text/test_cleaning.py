"""Cleaning: one normal form, and what of the invisible is kept."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.cleaning import as_given, fold_spaces, normalise


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


DIRTY = "\u0939\u095b\u093e\u0930 \u200bVie\u0302\u0323t\r\nNam\u00ad. \u202eEnd\u202c"


@pytest.mark.parametrize(
    ("clean", "raw"),
    [
        ("\u0939\u091c\u093c\u093e\u0930", "\u0939\u095b\u093e\u0930"),
        ("Việt\nNam", "Vie\u0302\u0323t\r\nNam"),
        ("Nam.", "Nam\u00ad."),
        ("End", "End"),
    ],
)
def test_a_stretch_is_found_as_it_was_given(clean: str, raw: str) -> None:
    """Where letters were composed, lines unified and debris dropped, the same words are found, nothing around them."""
    start = normalise(DIRTY).index(clean)
    span = as_given(DIRTY, start, start + len(clean))
    assert span is not None
    assert DIRTY[slice(*span)] == raw


@given(st.text(alphabet=st.sampled_from("aé e\u0301\u0323\u095b\u091c\u093c\u200d\u200b\r\n\u0308k.")), st.data())
def test_a_stretch_as_given_has_the_same_normal_form(raw: str, data: st.DataObject) -> None:
    """Whatever is found reads the same; whole words of a text are always found."""
    clean = normalise(raw)
    start = data.draw(st.integers(0, len(clean)))
    end = data.draw(st.integers(start, len(clean)))
    span = as_given(raw, start, end)
    assert span is None or normalise(raw[slice(*span)]) == clean[start:end]
    for word in re.finditer(r"[^ \n]+", clean):
        assert as_given(raw, *word.span()) is not None


@given(st.text())
def test_folded_spaces(text: str) -> None:
    """One line, single spaces, trimmed; no letter is lost."""
    folded = fold_spaces(text)
    assert folded.split() == text.split()
    assert folded == " ".join(folded.split())
