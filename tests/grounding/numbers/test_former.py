"""Former figures and new ones: which of two is which, in every language."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.numbers.former import pairs


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The port expects two ferries instead of the four announced."),
        ("en", "The line cut its ferries from four to two."),
        ("de", "Der Hafen rechnet mit zwei Fähren statt der angekündigten vier."),
        ("es", "El puerto espera dos transbordadores en lugar de los cuatro anunciados."),
        ("fr", "Le port attend deux ferries au lieu des quatre annoncés."),
        ("ru", "Порт ждёт два парома вместо обещанных четырёх."),
        ("vi", "Cảng dự kiến có hai phà thay vì bốn phà."),
        ("ja", "港はフェリーを4隻から2隻に減らした。"),
        ("ko", "항구는 여객선을 4척에서 2척으로 줄였다."),
        ("tr", "Liman dört yerine iki feribot bekliyor."),
        ("zh", "港口预计有2艘渡轮，而不是4艘。"),
        ("fa", "بندر به جای چهار کشتی، دو کشتی می‌گیرد."),
    ],
)
def test_new_and_former(language: str, text: str) -> None:
    """Two is the new figure and four the former one, however a language says so."""
    assert {pair[:2] for pair in pairs(text, language)} == {(2.0, 4.0)}


REPORT = (
    "El puerto espera solo dos transbordadores en lugar de los cuatro anunciados en mayo. La tasa bajó del 5 al 3 %."
)


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        (
            "en",
            "The port now expects two ferries instead of the four announced in May.",
            "The port now expects four ferries instead of the two announced in May.",
        ),
        ("de", "Die Abgabe sank von 5 auf 3 Prozent.", "Die Abgabe stieg von 3 auf 5 Prozent."),
        ("ko", "항구는 여객선을 4척에서 2척으로 줄였다.", "항구는 여객선을 2척에서 4척으로 늘렸다."),
    ],
)
def test_the_other_way_round(language: str, right: str, wrong: str) -> None:
    """A former figure told as the new one is refused; the pair as the text has it stands."""
    source = [Passage("a", REPORT, "es", "2025-10-02")]
    assert check(right, language, source).supported
    assert "number" in {entry.kind for entry in check(wrong, language, source).missing}
