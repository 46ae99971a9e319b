"""Terms that a search compares: what is folded away, and what is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.terms import INDEXED, LONGEST_WORD, indexed, marks_agree, pieces, term_of, tokens


def bares(text: str) -> list[str]:
    return [token.term.bare for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("QUỐC HỘI", "quốc hội"),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
        ("ДОГОВОР", "договор"),
        ("ＧＤＰ", "gdp"),
        ("ｶﾞｽ", "ガス"),
        ("كتاب", "کتاب"),
        ("إيران", "ایران"),
        ("القُدْس", "القدس"),
        ("مؤسسة", "موسسه"),
        ("الـــعربية", "العربية"),
        ("می‌خواهد", "میخواهد"),
        ("๒๕๖๗", "2567"),
        ("۱۴۰۳", "1403"),
        ("२०२४", "2024"),
        ("שָׁלוֹם", "שלום"),
        ("ผู้นำ", "ผู้นํา"),
        ("\ufb01nal", "final"),
    ],
)
def test_one_word_in_two_spellings(one: str, other: str) -> None:
    """Case, width, compatibility forms, Arabic and Persian letters, vowel points, joiners and digits make no other."""
    assert bares(one) == bares(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("мой", "мои"), ("їжа", "іжа"), ("が", "か"), ("कि", "की"), ("มา", "ม้า"), ("2024", "2025"), ("한국", "한굴")],
)
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    """A mark that makes another letter, vowel or tone where nobody leaves it out is kept."""
    assert bares(one) != bares(other)


@pytest.mark.parametrize(
    ("wanted", "found", "agree"),
    [
        ("quoc", "quốc", True),
        ("quốc", "quoc", True),
        ("quốc", "quộc", False),
        ("hoà", "hòa", True),
        ("đảng", "dang", True),
        ("đảng", "đang", False),
        ("Muller", "Müller", True),
        ("élect", "électricité", True),
        ("élect", "elèctric", False),
        ("еще", "ещё", True),
        ("Αθήνα", "ΑΘΗΝΑ", True),
    ],
)
def test_marks_may_be_left_out_but_not_be_others(wanted: str, found: str, agree: bool) -> None:
    """A word without marks finds the one with them and the other way round; with other marks it is another word."""
    one, other = term_of(wanted), term_of(found)
    assert other.bare.startswith(one.bare)
    assert marks_agree(one, other) is agree


def test_scripts_come_apart_without_a_space() -> None:
    """A stretch ends where the script does; Thai digits are a number of their own."""
    kinds = [(token.term.bare, token.term.kind) for token in tokens("GDP増加 ปี๒๕๖๗ ok")]
    assert kinds == [("gdp", "word"), ("増加", "east"), ("ปี", "south"), ("2567", "word"), ("ok", "word")]


def test_a_joined_word_is_found_by_its_parts() -> None:
    """A Persian word bound by a joiner is indexed whole and in parts."""
    assert indexed("می‌خواهد") == {"میخواهد", "می", "خواهد"}


def test_a_stretch_is_found_by_every_part_of_it() -> None:
    """Whatever stands within a stretch is there by all of its pieces, or as the beginning of one."""
    for stretch in ("北朝鮮条約批准", "สภาล่างให้สัตยาบัน"):
        known = indexed(stretch)
        for start in range(len(stretch)):
            for end in range(start + 1, len(stretch) + 1):
                part = next(tokens(stretch[start:end]), None)
                if part is None or part.term.bare not in term_of(stretch, part.term.kind).bare:
                    continue
                parts, begins = pieces(part.term)
                assert all(any(one == had or (begins and had.startswith(one)) for had in known) for one in parts)


def test_what_is_indexed_is_bounded() -> None:
    """Of a text so much is indexed and no more, and a word of any length is indexed by its beginning."""
    assert "late" not in indexed("x " * INDEXED + "late")
    assert indexed("a" * 100_000) == {"a" * LONGEST_WORD}


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    """Tokens of any text come in order, do not overlap, and fold to what is there; no term holds a space or a mark."""
    at = 0
    for token in tokens(text):
        assert at <= token.start < token.end <= len(text)
        at = token.end
        assert token.term == term_of(text[token.start : token.end], token.term.kind)
        assert token.term.bare
        assert not any(char.isspace() or unicodedata.category(char)[0] in "PZ" for char in token.term.bare)


def test_no_character_brings_in_a_space_or_a_mark() -> None:
    """Whatever a character's compatibility form is, what is indexed of it is letters, digits and their marks alone."""
    for point in (*range(0x20, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x10000), *range(0x1F100, 0x1F200)):
        for bare in indexed(f"a{chr(point)}一{chr(point)}"):
            assert bare
            assert all(unicodedata.category(char)[0] in "LNM" for char in bare), hex(point)


@given(st.text(max_size=200))
def test_folding_is_done_once(text: str) -> None:
    """What is folded stays as it is when it is folded again: queries and texts meet in one form."""
    for token in tokens(text):
        if token.term.kind == "word":
            assert term_of(token.term.bare).bare == token.term.bare
