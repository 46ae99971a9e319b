"""Days named in words, and days of the Persian calendar without a year."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.days import named_days


@pytest.mark.parametrize(
    ("text", "language", "month", "day"),
    [
        ("کشتی نهم مه به بندر رسید", "fa", 5, 9),
        ("کشتی بیست و سوم فوریه به بندر رسید", "fa", 2, 23),
        ("کشتی ۱۹ اردیبهشت به بندر رسید", "fa", 5, 9),
        ("کشتی پنجم تیر به بندر رسید", "fa", 6, 26),
        ("وصلت السفينة في التاسع من مايو", "ar", 5, 9),
        ("وصلت السفينة في الثاني والعشرين من مايو", "ar", 5, 22),
        ("Le navire est arrivé le premier mai", "fr", 5, 1),
    ],
)
def test_days_in_words(text: str, language: str, month: int, day: int) -> None:
    """An ordinal before a month is its day; a Persian month without a year is the one nearest to the publication."""
    found = named_days(text, language, date(2025, 5, 12))
    assert [(one.month, one.day) for one in found] == [(month, day)]
    assert text[found[0].start] not in " \u200c"


def test_a_bare_day_may_be_to_come() -> None:
    """24日 in a text of the 23rd is tomorrow, not a month ago."""
    source = [Passage("a", "渡轮公司说,新船定于24日首航。", "zh", "2025-05-23")]
    assert check("The new ship sails for the first time on 24 May.", "en", source).supported
    assert not check("The new ship sails for the first time on 26 May.", "en", source).supported


def test_another_day_in_words_is_refused() -> None:
    """A changed ordinal is a changed day."""
    source = [Passage("a", "渡轮公司说,新船5月7日首航。", "zh", "2025-05-06")]
    assert check("کشتی تازه هفتم مه نخستین سفر خود را آغاز می‌کند.", "fa", source).supported
    assert not check("کشتی تازه نهم مه نخستین سفر خود را آغاز می‌کند.", "fa", source).supported


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ship arrived on the 9th.", "en"),
        ("The ship arrived in the evening of the 9th, port officials said.", "en"),
        ("Le navire est arrivé le 9 au soir.", "fr"),
        ("Das Schiff kam am 9. im Hafen an.", "de"),
        ("El barco llegó el día 9 por la tarde.", "es"),
        ("Tàu cập cảng ngày 9, theo chính quyền.", "vi"),
        ("เรือเข้าเทียบท่าเมื่อวันที่ 9 ที่ผ่านมา", "th"),
        ("Судно прибыло 9-го числа.", "ru"),
        ("船9日抵达港口。", "zh"),
    ],
)
def test_a_day_without_its_month_is_the_last_one(text: str, language: str) -> None:
    """A bare day of the month is that of the publication or the last before it."""
    (found,) = named_days(text, language, date(2025, 5, 12))
    assert (found.year, found.month, found.day) == (2025, 5, 9)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He lives on the 9th floor, and came to the 9th round.", "en"),
        ("Es war am 9. Spieltag.", "de"),
        ("Elle a gagné la 9e étape.", "fr"),
        ("Он живёт на 9-м этаже.", "ru"),
    ],
)
def test_an_ordinal_before_a_noun_is_no_day(text: str, language: str) -> None:
    """Floors, rounds and stages are counted, too."""
    assert named_days(text, language, date(2025, 5, 12)) == ()
