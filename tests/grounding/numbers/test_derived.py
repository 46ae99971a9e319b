"""Figures that follow from two figures of one sentence."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check


def supported(claim: str, language: str, source: str, spoken: str) -> bool:
    """Whether a claim is borne out by one text."""
    return check(claim, language, [Passage("a", source, spoken)]).supported


def test_more_than_a_share_follows_from_the_counts_of_one_sentence() -> None:
    """36 votes against 45 are less than half, 97 of 112 more than three quarters."""
    votes = "El Senado votó con 36 votos a favor y 45 en contra de la destitución."
    assert supported("Menos de la mitad votó por la destitución.", "es", votes, "es")
    freed = "連れ去られた生徒112人のうち、97人が3日に解放された。"
    assert supported("Mehr als drei Viertel der verschleppten Schüler kamen wieder frei.", "de", freed, "ja")
    assert not supported("Weniger als ein Drittel der verschleppten Schüler kam wieder frei.", "de", freed, "ja")


def test_a_half_may_be_told_in_any_word_for_it() -> None:
    """Za połowę ceny is at half price."""
    assert supported("Musiał sprzedać jagnięta za połowę ceny.", "pl", "He had to sell lambs at half price.", "en")


@pytest.mark.parametrize(
    ("right", "wrong", "language", "source"),
    [
        (
            "Срок заключения сократили на три года.",
            "Срок заключения сократили на четыре года.",
            "ru",
            "Мосгорсуд снизил срок заключения с девяти до шести лет.",
        ),
        ("It was won by five votes.", "It was won by seven votes.", "en", "It was won with 21 votes against 16."),
    ],
)
def test_by_how_much_follows_from_a_difference(right: str, wrong: str, language: str, source: str) -> None:
    """From nine to six is by three, and 21 against 16 by five; another difference is missing."""
    assert supported(right, language, source, language)
    assert not supported(wrong, language, source, language)


def test_nothing_follows_from_a_table() -> None:
    """Of many figures in a row any two would give almost any difference."""
    row = " ".join(str(7 * n * n) for n in range(1, 400))
    assert not supported("Prices rose by 49.", "en", f"Prices rose: {row}.".replace(" 49 ", " "), "en")
