"""Plain text lines: measured in cells, broken where each script may be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.render.wrapping import WIDTH, pieces, unsure, wrap
from briefing.text.words import display_width

from .editions import STORIES


@pytest.mark.parametrize("language", ["en", "vi", "th", "fa"])
def test_lines_fit_and_lose_nothing(language: str) -> None:
    """No line is wider than the measure, and joined again they are the text."""
    text = " ".join(sentence for story in STORIES[language] for sentence in story)
    made = wrap(text, language)
    assert len(made.splitlines()) > 5
    assert all(display_width(line) <= WIDTH for line in made.splitlines())
    assert made.replace("\n", "").replace(" ", "") == text.replace(" ", "")


def test_thai_breaks_between_words() -> None:
    """Thai has no spaces; a line ends after a word, never inside one."""
    text = "สภาล่างของรัสเซียให้สัตยาบันสนธิสัญญา" * 3
    lines = wrap(text, "th", 40).splitlines()
    assert len(lines) > 2
    words = ("สภา", "ล่าง", "ของ", "รัสเซีย", "ให้", "สัตยาบัน", "สนธิ", "สัญญา")
    for line in lines:
        assert line.startswith(words), line
        assert line.endswith(words), line


def test_thai_does_not_break_where_a_foreign_name_has_taken_a_letter() -> None:
    """Beside what is no word nothing breaks, nor where the word after a name would begin with its second letter."""
    assert pieces("นางสาวเดวิสกล่าวว่าจะลงนาม", "th")[2:4] == ["เด", "วิสกล่าวว่า"]
    assert pieces("เนทันยาฮูกล่าวว่ากองทัพ", "th")[-2:] == ["ยาฮูกล่าวว่า", "กองทัพ"]
    assert "ยูนนาน" in pieces("จะเดินทางไปยูนนานพรุ่งนี้", "th")
    # What is a word alone, and an abbreviation, may begin a line.
    assert pieces("ประชุม ณ กรุงเทพ 16.00 น. ", "th") == ["ประชุม ", "ณ ", "กรุงเทพ ", "16.00 ", "น. ", ""]


def test_what_a_browser_would_part_within_a_word_is_named() -> None:
    """The part of a Thai text in which the dictionary has torn a word is marked; a text in other scripts never is."""
    text = "ชี้แจงต่อที่ประชุมตามรายงานของสปุตนิกว่า ข้อผูกพัน"
    parts = unsure(text, "th")
    assert [part for part, torn in parts if torn] == ["รายงานของสปุ"]
    assert "".join(part for part, _ in parts) == text
    assert unsure("สภาล่างของรัสเซียให้สัตยาบันสนธิสัญญา", "th") == [("สภาล่างของรัสเซียให้สัตยาบันสนธิสัญญา", False)]
    assert unsure("Sputnik", "en") == [("Sputnik", False)]


def test_japanese_fills_lines_and_keeps_marks_off_their_start() -> None:
    """Chinese and Japanese break between characters, but not before a full stop or a closing bracket."""
    lines = wrap("朝鮮とロシアは、条約を批准した。「はい」" * 8, "ja", 42).splitlines()
    assert all(36 <= display_width(line) <= 42 for line in lines[:-1])
    assert not any(line[0] in "、。」" for line in lines)


def test_an_address_is_never_broken() -> None:
    """A link wider than the line stays whole, on a line of its own."""
    url = "https://example.com/" + "a" * 90
    lines = wrap(f"See {url} for more.", "en").splitlines()
    assert lines == ["See", url, "for more."]


def test_an_unbroken_word_is_cut_between_whole_characters() -> None:
    """Two thousand letters, or family emoji, are cut without tearing a character."""
    assert {len(line) for line in wrap("w" * 2_000, "en", 50).splitlines()} == {50}
    family = "👨\u200d👩\u200d👧"
    for line in wrap(family * 40, "en", 30).splitlines():
        assert line.replace(family, "") == ""


def test_first_and_rest_open_the_lines() -> None:
    """A list item hangs under its mark, or under what is asked for."""
    assert wrap("one two three", "en", 9, "* ") == "* one two\n  three"
    assert wrap("one two three", "en", 10, "- x: ", " ") == "- x: one\n two three"
    assert wrap("", "en", 9, "* ") == "*"


@given(st.text("กขนวลณธาิีูะๆเแโใไ่้์ |.a1", max_size=120), st.integers(8, 40))
@settings(max_examples=100, deadline=None)
def test_any_thai_wraps(text: str, width: int) -> None:
    """However the letters follow each other, every one is kept, and in order."""
    made = wrap(text, "th", width)
    assert "".join(made.split()) == "".join(text.split())


@given(st.text(max_size=400), st.sampled_from(["en", "th", "ja", "fa", "und"]), st.integers(8, 80))
@settings(max_examples=150, deadline=None)
def test_any_text_wraps(text: str, language: str, width: int) -> None:
    """Whatever the text, every character that is no space is kept, in order."""
    made = wrap(text, language, width)
    assert "".join(made.split()) == "".join(text.split())
