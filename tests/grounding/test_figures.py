"""Shares of a whole, figures in words and years."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check


def supported(claim: str, language: str, source: str, spoken: str) -> bool:
    """Whether a claim is borne out by one text."""
    return check(claim, language, [Passage("a", source, spoken, "2025-06-01")]).supported


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        ("本年渔船比去年减少两成。", "zh", "The fleet shrank by 20 per cent.", "The fleet shrank by a third."),
        ("وسيموّل البنك ثلث المشروع.", "ar", "The bank pays a third of it.", "The bank pays half of it."),
        (
            "México pagará dos tercios de la obra.",
            "es",
            "Mexico pays two thirds of it.",
            "Mexico pays a quarter of it.",
        ),
        ("参加者の3分の1が反対した。", "ja", "33 per cent were against it.", "Two thirds were against it."),
        (
            "สมาชิกหนึ่งในสี่ลงชื่อ",
            "th",
            "A quarter of the members put their names to it.",
            "A third of the members put their names to it.",
        ),
        ("یک‌پنجم کارگران اعتصاب کردند.", "fa", "A fifth of the workers walked out.", "Half of the workers walked out."),
        (
            "Треть рабочих бастует.",
            "ru",
            "33 per cent of workers are on strike.",
            "20 per cent of workers are on strike.",
        ),
    ],
)
def test_a_share_in_words_is_a_percentage(source: str, language: str, right: str, wrong: str) -> None:
    """A third is 33 per cent in every language, and no other share."""
    assert supported(right, "en", source, language)
    assert not supported(wrong, "en", source, language)


def test_a_share_may_be_reckoned_from_two_counts() -> None:
    """410 of 640 are about two thirds, not a third."""
    source = "410 der 640 Arbeitsplätze bleiben erhalten."
    assert supported("Fast zwei Drittel der Arbeitsplätze bleiben erhalten.", "de", source, "de")
    assert not supported("Ein Drittel der Arbeitsplätze bleibt erhalten.", "de", source, "de")


def test_figures_in_words_bend() -> None:
    """Russian puts eleven in six cases; a figure of another language finds each."""
    source = "Стороны обменялись одиннадцатью заключёнными."
    assert supported("They exchanged 11 prisoners.", "en", source, "ru")
    assert not supported("They exchanged 17 prisoners.", "en", source, "ru")


def test_a_year_is_not_rounded() -> None:
    """2030 is no rounded 2028, though 2,000 people may be."""
    source = "The line enters service in 2028. It employs 2,028 people."
    assert not supported("The line enters service in 2030.", "en", source[:36], "en")
    assert supported("It employs 2,030 people.", "en", source, "en")
