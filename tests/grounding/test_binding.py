"""Facts of two texts run together in one clause, and what may be drawn from both."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check

VOTE = Passage(
    "vote",
    "La chambre approuve la réforme du port. Les députés ont adopté la réforme du port par 212 voix contre 40, "
    "après une séance de nuit à Rouen. Le ministre a salué un progrès.",
    "fr",
    "2025-05-20",
)
PURCHASE = Passage(
    "purchase",
    "Порт покупает новые краны. Управление порта заказало 16 кранов за 23 миллиона евро. Их привезут в Гамбург осенью.",
    "ru",
    "2025-05-24",
)


def test_money_of_another_text() -> None:
    """A sum of one text is not told of the votes of another; each with its own stands, also one after the other."""
    cited = [VOTE, PURCHASE]
    assert check("Die Abgeordneten billigten die Reform mit 212 gegen 40 Stimmen.", "de", cited).supported
    assert check("Der Hafen bestellte für 23 Millionen Euro 16 Kräne.", "de", cited).supported
    wrong = check("Die Abgeordneten billigten mit 212 gegen 40 Stimmen Kräne für 23 Millionen Euro.", "de", cited)
    assert {entry.kind for entry in wrong.missing} == {"event"}


def test_town_of_another_text() -> None:
    """A town that only another text names is not told of this one's deed, though something there sounds like it."""
    cited = [VOTE, PURCHASE]
    assert check("Deputies passed the reform by 212 votes to 40 in Rouen.", "en", cited).supported
    assert not check("Deputies passed the reform by 212 votes to 40 in Hamburg.", "en", cited).supported


@pytest.mark.parametrize(
    "claim",
    [
        "Deputies passed the reform by 212 votes; days later the port said that it had ordered cranes from Hamburg.",
        "Deputies passed the reform by 212 votes and in May the port ordered cranes for Hamburg.",
    ],
)
def test_one_after_the_other(claim: str) -> None:
    """What a semicolon or "and in May" parts may each be of its own text."""
    cited = [VOTE, Passage("p", PURCHASE.text.replace("Порт покупает", "В мае порт покупает"), "ru", "2025-05-24")]
    assert check(claim, "en", cited).supported


def test_month_of_a_bare_day() -> None:
    """A day without a month is of the likeliest month, where a claim names none but the month."""
    told = Passage("a", "위원회는 20일 초안을 채택했다. 회의는 닷새 걸렸다.", "ko", "2025-05-20")
    assert check("The committee adopted the draft in May.", "en", [told]).supported
    assert not check("The committee adopted the draft in April.", "en", [told]).supported
