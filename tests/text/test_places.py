"""Places found by a first look at few tokens are those that looking at every token finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text.gazetteer import by_letters, by_token, fold
from briefing.text.places import _firsts, _hit, _openings, _read, find_places

LANGUAGES = ("en", "de", "vi", "ru", "tr", "ar", "fa", "he", "hi", "ko")
GLUED = ("", "", "", "و", "بال", "لل", "ו", "ב", "מה", "s", "em", "에서는", "ının", "İ", "ß", "\u064e", "״", "Ё", "ё")


@st.composite
def _texts(draw: st.DrawFn, language: str) -> str:
    whole, stems = by_token(language)
    heads = st.sampled_from([*whole, *stems])
    glued = st.sampled_from(GLUED)
    words = draw(st.lists(st.tuples(glued, heads, glued, st.sampled_from([" ", ". ", "-", "\n", '"'])), max_size=8))
    shape = draw(st.sampled_from([str, str.title, str.upper]))
    return "".join(f"{before}{shape(head)}{after}{gap}" for before, head, after, gap in words)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_no_name_begins_at_a_token_that_is_passed_over(language: str, data: st.DataObject) -> None:
    """Whatever is glued to a name, and however it is written, the first look keeps its token."""
    text = data.draw(_texts(language))
    tokens, firsts = _read(text, language)
    if not firsts:
        return
    for cased in (False, True):
        for at in set(range(len(tokens.folded))) - set(firsts):
            assert _hit(tokens, at, language, cased) is None


@pytest.mark.parametrize("language", ["en", "ru", "ar", "he"])
@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_tokens_stand_where_they_are_said_to(language: str, data: st.DataObject) -> None:
    """Folding the whole text at once moves no token, in any script and with any mark."""
    text = data.draw(_texts(language))
    tokens, firsts = _read(text, language)
    assert firsts == _firsts(tokens.folded, language)
    spans = zip(tokens.starts, tokens.ends, strict=True)
    assert not firsts or [fold(text[start:end]) for start, end in spans] == list(tokens.folded)


@pytest.mark.parametrize("language", ["th", "zh", "ja"])
@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_every_opening_of_a_name_without_spaces_is_looked_at(language: str, data: st.DataObject) -> None:
    """Where the first two letters of a name, or its only one, stand, it is looked for."""
    index = by_letters(language)
    text = "".join(data.draw(st.lists(st.sampled_from([*index, "x", " ", "\U0001f600"]), max_size=20)))
    wanted = [at for at in range(len(text)) if text[at : at + 2] in index or text[at] in index]
    assert set(wanted) <= set(_openings(text, language))


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("ru", "Послы Дании, Кубы и Чада встретились в Риге, Риме и Вене.", ["DK", "CU", "TD", "LV", "IT", "AT"]),
        ("uk", "Посли Данії та Куби зустрілися в Римі з делегацією Кенії.", ["DK", "CU", "IT", "KE"]),
        ("pl", "Posłowie z Danii, Iraku i Syrii spotkali się na Kubie.", ["DK", "IQ", "SY", "CU"]),
        ("ru", "Газом отапливают дома. Того требует закон.", []),
    ],
)
def test_a_short_name_bends(language: str, text: str, codes: list[str]) -> None:
    """A country whose stem is too short to take any ending is found in its cases; other words are not."""
    assert [place.code for place in find_places(text, language)] == codes


def test_a_word_that_is_also_a_place_is_one_beside_what_shows_it() -> None:
    """가자 is "go" but before a strip, and lima is five but behind a preposition."""
    assert not find_places("장터가 강가로 옮겨 가자 장사꾼들이 따졌다.", "ko")
    assert [place.code for place in find_places("가자 지구에서 휴전이 시작됐다.", "ko")] == ["PS"]
    assert not find_places("Lima tahun penjara dituntut jaksa.", "id")
    assert [place.code for place in find_places("Pertemuan itu digelar di Lima.", "id")] == ["PE"]
