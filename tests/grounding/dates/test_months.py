"""Months that a text names by themselves bear out a month of a claim."""

import pytest

from briefing.grounding import Passage, check

RIGHT = [
    ("en", "The bridge stays closed until October.", "en", "The bridge remains shut until Oct."),
    ("ko", "다리는 9월에 다시 열렸다.", "th", "สะพานเปิดอีกครั้งในเดือน ก.ย."),
    ("zh", "2019 年 3 月大桥重新开放。", "tr", "Köprü 2019 Martında yeniden açıldı."),
]
WRONG = [
    ("zh", "2019 年 4 月大桥重新开放。", "tr", "Köprü 2019 Martında yeniden açıldı."),
    ("zh", "2017 年 3 月大桥重新开放。", "tr", "Köprü 2019 Martında yeniden açıldı."),
    ("ko", "다리는 10월에 다시 열렸다.", "th", "สะพานเปิดอีกครั้งในเดือน ก.ย."),
]


@pytest.mark.parametrize(("language", "claim", "other", "text"), RIGHT)
def test_a_month_is_found_shortened_and_with_an_ending(language: str, claim: str, other: str, text: str) -> None:
    """Oct., ก.ย. and Martında are months."""
    assert check(claim, language, [Passage("p", text, other)]).supported


@pytest.mark.parametrize(("language", "claim", "other", "text"), WRONG)
def test_another_month_or_year_is_not(language: str, claim: str, other: str, text: str) -> None:
    """The month and, where a claim has one, the year must be the text's."""
    assert [one.kind for one in check(claim, language, [Passage("p", text, other)]).missing][:1] == ["date"]


def test_the_months_of_the_levant_are_known() -> None:
    """نيسان is April, and "a finales de abril" stands in a text that says so."""
    source = Passage("a", "أُرجئت الجلسة بعدما كانت مقررة في نهاية نيسان.", "ar")
    assert check("La audiencia estaba prevista a finales de abril.", "es", [source]).supported
    assert not check("La audiencia estaba prevista a finales de junio.", "es", [source]).supported
