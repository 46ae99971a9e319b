"""Small figures across languages: spans of time and scores."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong", "spoken"),
    [
        (
            "El Gobierno decretó tres días de luto por los marineros.",
            "es",
            "Die Regierung ordnete drei Tage Trauer an.",
            "Die Regierung ordnete fünf Tage Trauer an.",
            "de",
        ),
        (
            "คณะกรรมการให้เวลาเจ้าของเรือ 6 เดือนในการซ่อม",
            "th",
            "The board gives the owners six months for repairs.",
            "The board gives the owners nine months for repairs.",
            "en",
        ),
        (
            "위원회는 여덟 시간 동안 회의했다. 8시간 만에 합의했다.",
            "ko",
            "The board agreed after eight hours.",
            "The board agreed after ten hours.",
            "en",
        ),
        ("港队以2比1获胜，全场比分2-1。", "zh", "The harbour side won 2-1.", "The harbour side won 3-1.", "en"),
        (
            "The harbour side lost the final 1-2.",
            "en",
            "Đội cảng thua trận chung kết 2-1.",
            "Đội cảng thua trận chung kết 3-1.",
            "vi",
        ),
    ],
)
def test_a_span_of_time_and_a_score_are_the_same_in_every_language(
    source: str, language: str, right: str, wrong: str, spoken: str
) -> None:
    """Another figure with the same unit of time, and another score, are caught, however small and however written."""
    passage = Passage("a", source, language, "2025-06-01")
    assert check(right, spoken, [passage]).supported
    assert check(wrong, spoken, [passage]).missing[0].kind == "number"


@pytest.mark.parametrize(
    ("source", "language", "claim"),
    [
        (
            "Das Schiff lag drei Tage im Hafen, die Reparatur kostete acht Arbeiter viel Kraft.",
            "de",
            "Eight men took part.",
        ),
        ("Het schip lag een dag vast.", "nl", "The ship was stuck for a day, four people said."),
        ("船は港に停泊した。", "ja", "The ship lay in port for four days."),
    ],
)
def test_what_a_source_does_not_count_is_not_held_against_a_small_figure(
    source: str, language: str, claim: str
) -> None:
    """Figures without a unit, and sources that count none, say nothing of it: they may use other words."""
    missing = check(claim, "en", [Passage("a", source, language, "2025-06-01")]).missing
    assert not any(one.kind == "number" for one in missing)


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        ("Le port ferma quatre jours.", "fr", "The port was shut for 96 hours.", "The port was shut for 90 hours."),
        ("O porto fechou por 36 meses.", "pt", "The port was shut for 3 years.", "The port was shut for 35 months."),
        ("港口关闭了72小时。", "zh", "The port was closed for three days.", "The port was closed for 70 hours."),
        ("El puerto se fundó en 1985.", "es", "The port is 40 years old.", "The port is 30 years old."),
    ],
)  # fmt: skip
def test_a_span_of_time_in_another_unit(source: str, language: str, right: str, wrong: str) -> None:
    """48 hours are two days; forty years are borne out by the year that many before the publication."""
    cited = [Passage("a", source, language, "2025-03-12")]
    assert check(right, "en", cited).supported
    assert not check(wrong, "en", cited).supported
