"""Words: comparable tokens in every script, and how wide text is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.words import content_words, display_width, words


def test_a_persian_word_is_one_with_and_without_its_joiner() -> None:
    """Mi-konad with a zero-width non-joiner, without, and with Arabic letters is the same word."""
    assert words("می\u200cکند", "fa") == words("میکند", "fa") == words("مي\u200cكند", "fa") == ("میکند",)


def test_arabic_spellings_are_folded() -> None:
    """Vowel marks, tatweel and the seats of hamza do not make another word."""
    assert words("الإِتِّفاقـيّة", "ar") == words("الاتفاقية", "ar")


@pytest.mark.parametrize(
    ("language", "text", "some"),
    [
        ("th", "รัฐสภาให้สัตยาบัน ลงนามในสนธิสัญญา", {"รัฐสภา", "ให้", "สัตยาบัน"}),
        ("zh", "议会批准了条约", {"议会", "批准", "条约"}),
        ("ja", "国会が条約を承認した", {"国会", "条約", "承認"}),
        ("km", "សភាអនុម័ត", {"សភា"}),
        ("vi", "Quốc hội phê chuẩn", {"quốc", "hội", "phê", "chuẩn"}),
        ("en", "The State's well-known law", {"the", "state's", "well", "known", "law"}),
        ("hi", "संसद ने संधि को", {"संसद", "ने", "संधि", "को"}),
        ("ko", "의회가 조약을 비준했다", {"의회가", "조약을", "비준했다"}),
    ],
)
def test_words_of_each_script(language: str, text: str, some: set[str]) -> None:
    """Dictionaries cut what has no spaces; marks of Indic scripts stay on their letters."""
    assert some <= set(words(text, language))


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "The treaty was signed in 2024 by the two leaders", ("treaty", "signed", "leaders")),
        ("vi", "Hiệp ước đã được ký trong tháng 6", ("hiệp", "ước", "ký")),
        ("ru", "Договор был подписан в июне", ("договор", "подписан", "июне")),
        ("fa", "این پیمان در ماه ژوئن امضا شد", ("پیمان", "ماه", "ژوئن", "امضا")),
    ],
)
def test_content_words(language: str, text: str, kept: tuple[str, ...]) -> None:
    """Function words and numbers go, what the sentence is about stays, in order."""
    assert content_words(text, language) == kept


@given(st.text(), st.sampled_from(["en", "vi", "th", "fa", "ar", "zh", "ja", "ko", "hi", "km", "und", "x-y"]))
def test_words_of_any_text(text: str, language: str) -> None:
    """Every word holds a letter or digit and is casefolded; content words are a part of the words."""
    found = words(text, language)
    assert all(any(char.isalnum() for char in word) for word in found)
    assert set(content_words(text, language)) <= set(found)


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("条約", 4), ("ที่นี่", 2), ("Việt", 4), ("می\u200cکند", 5), ("ｱ", 1), ("", 0)]
)
def test_display_width(text: str, width: int) -> None:
    """East Asian wide characters fill two cells, combining marks and joiners none."""
    assert display_width(text) == width
