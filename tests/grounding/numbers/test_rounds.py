"""Two rounds of one vote: a figure of the one is not told of the other."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check

MAYOR = (
    "Neue Bürgermeisterin nach zwei Runden gewählt. "
    "Im ersten Wahlgang bekam Lena Brandt 118 Stimmen und damit zu wenige. "
    "Erst im zweiten Wahlgang wurde sie mit 164 Stimmen gewählt."
)


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        (
            "en",
            "Lena Brandt was elected with 164 votes in the second ballot.",
            "Lena Brandt was elected with 164 votes in the first ballot.",
        ),
        ("fr", "Lena Brandt a obtenu 118 voix au premier tour.", "Lena Brandt a obtenu 118 voix au second tour."),
        ("ru", "В первом туре Лена Брандт получила 118 голосов.", "Во втором туре Лена Брандт получила 118 голосов."),
        ("vi", "Ở vòng hai, bà Lena Brandt được 164 phiếu.", "Ở vòng một, bà Lena Brandt được 164 phiếu."),
        ("zh", "莱娜·布兰特在第二轮投票中获得164票。", "莱娜·布兰特在首轮投票中获得164票。"),
    ],
)
def test_the_other_round(language: str, right: str, wrong: str) -> None:
    """A figure of the second round told of the first is refused, and the other way round; its own stands."""
    source = [Passage("a", MAYOR, "de", "2025-10-02")]
    assert check(right, language, source).supported
    assert "number" in {entry.kind for entry in check(wrong, language, source).missing}


def test_both_rounds_in_one_clause() -> None:
    """A claim that tells of both rounds stands."""
    source = [Passage("a", MAYOR, "de", "2025-10-02")]
    claim = "After 118 votes in the first round Lena Brandt got 164 in the second round."
    assert check(claim, "en", source).supported
