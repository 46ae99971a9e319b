"""Towns and regions by their names in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.towns import is_capital, longest, names_of, plain, script_of, towns


@pytest.mark.parametrize(
    "names",
    [
        ("Marseille", "Marsiglia", "Марсель", "مارسيليا", "มาร์แซย์", "マルセイユ", "马赛", "마르세유", "מרסיי"),
        ("Kursk", "Koursk", "Курск", "کورسک", "クルスク", "库尔斯克", "쿠르스크"),
        ("Hải Phòng", "Haiphong", "Хайфон", "ไฮฟอง", "海防"),
        ("Florida", "Флорида", "فلوریدا", "ฟลอริดา", "フロリダ", "佛罗里达", "플로리다"),
        ("Crimea", "Krim", "Kırım", "Крым", "کریمه", "ไครเมีย", "クリミア", "克里米亚"),
    ],
    ids=lambda names: names[0],
)
def test_one_place_has_its_name_in_every_script(names: tuple[str, ...]) -> None:
    """Whatever script and language it is written in, a place is the same."""
    first = towns(names[0])[0]
    assert all(first in towns(name) for name in names)


def test_the_largest_place_of_a_name_comes_first() -> None:
    """London is England's before it is Ontario's, and a capital; Marseille is none."""
    assert len(towns("London")) > 1
    assert is_capital("London")
    assert is_capital("Пхеньян")
    assert not is_capital("Marseille")
    assert not is_capital("Atlantis")


@pytest.mark.parametrize("written", ["Марселе", "Марселя", "Курске", "Москве", "Париже", "Каліфорнії"])
def test_cyrillic_names_are_known_in_every_case(written: str) -> None:
    """An ending does not hide a town."""
    assert towns(written)


@pytest.mark.parametrize(
    "word", ["Mexico", "Singapore", "April", "Google", "میدان", "مدينة", "コーチ", "브랜드", "", " ", "!", "a"]
)
def test_what_is_a_country_or_a_common_word_is_no_town(word: str) -> None:
    """Countries have their own table; months, offices and words of everyday texts are left out."""
    assert towns(word) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [("ปารีสเมื่อวันจันทร์", "ปารีส"), ("墨西哥城举行", "墨西哥城"), ("北京市政府", "北京市"), ("กขค", ""), ("", "")],
)
def test_the_longest_name_begins_a_text_without_spaces(text: str, name: str) -> None:
    """Of several names that a text begins with the longest is meant."""
    assert longest(text) == name


@given(st.text(max_size=40))
def test_any_text_may_be_asked_about(text: str) -> None:
    """Nothing raises; a plain name stays as it is; what is found is known in the script it is written in."""
    assert plain(plain(text)) == plain(text)
    assert text.startswith(longest(text))
    for row in towns(text):
        assert names_of(row, script_of(plain(text)))


def test_composed_and_decomposed_letters_are_one_name() -> None:
    """The same name in another normal form is the same name."""
    for name in ("Hải Phòng", "São Paulo", "Нью-Йорк", "서울", "ปักกิ่ง"):
        assert towns(name) == towns(unicodedata.normalize("NFD", name)) != ()
