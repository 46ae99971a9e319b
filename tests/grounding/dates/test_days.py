"""Days named in words, and days of the Persian calendar without a year."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.dates.days import named_days, weekday_names


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


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        # The published day is Wednesday 12 March 2025.
        ("Die Brücke wurde am Montagabend gesperrt.", "de", "on 10 March 2025", "on 9 March 2025"),
        ("สะพานถูกปิดเมื่อวันจันทร์ และจะเปิดในภายหลัง", "th", "on 10 March 2025", "on 8 March 2025"),
        ("橋は閉鎖され、再開は28日。", "ja", "on 28 March 2025", "on 26 March 2025"),
        ("다리는 28일부터 다시 열린다.", "ko", "on 28 March 2025", "on 26 March 2025"),
        ("پل روز گذشته بسته شد.", "fa", "on 11 March 2025", "on 9 March 2025"),
        ("پل در سه روز گذشته بسته بود.", "fa", "on 9 March 2025", "on 11 March 2025"),
        ("The bridge was closed last month.", "en", "in February", "in January"),
        ("다리는 지난달 폐쇄됐다.", "ko", "in February", "in January"),
        ("Le contrôle s'est achevé lundi ; le lendemain, le pont a été fermé.", "fr", "on 11 March", "on 7 March"),
        ("Le pont a été fermé il y a cinq jours.", "fr", "on 7 March 2025", "on 6 March 2025"),
    ],
)  # fmt: skip
def test_a_day_may_be_reckoned_from_the_publication(source: str, language: str, right: str, wrong: str) -> None:
    """Weekdays, bare days, "overnight", the last month and days ago bear out the date they are, and no other."""
    cited = [Passage("a", source, language, "2025-03-12")]
    assert check(f"The bridge was closed {right}.", "en", cited).supported
    assert not check(f"The bridge was closed {wrong}.", "en", cited).supported


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le pont rouvre le samedi 15 à midi.", "fr"),
        ("A ponte reabre no sábado (15).", "pt"),
        ("The bridge reopens on Saturday the 15th.", "en"),
    ],
)
def test_a_weekday_with_its_day_is_one_date(text: str, language: str) -> None:
    """The figure behind a weekday is the day of the month on which it falls; what counts a noun is left alone."""
    (found,) = named_days(text, language, date(2025, 3, 12))
    assert (found.month, found.day) == (3, 15)
    (found,) = named_days("El sábado 20 personas cruzaron el puente.", "es", date(2025, 3, 12))
    assert found.end == len("El sábado")


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        ("The bridge will be repaired next year.", "en", "in 2026", "in 2027"),
        ("橋は来年修理される。", "ja", "in 2026", "in 2027"),
        ("הגשר יתוקן בשנה הבאה.", "he", "in 2026", "in 2027"),
        ("Der Bau begann vor zwölf Jahren.", "de", "in 2013", "in 2011"),
    ],
)
def test_a_year_may_be_reckoned_from_the_publication(source: str, language: str, right: str, wrong: str) -> None:
    """Next year is the year after the publication, and twelve years ago is twelve before it."""
    cited = [Passage("a", source, language, "2025-03-12")]
    assert check(f"The bridge stands for work {right}.", "en", cited).supported
    assert not check(f"The bridge stands for work {wrong}.", "en", cited).supported


def test_the_next_day_is_not_another_one() -> None:
    """In one language the day after a named one is borne out where it is told as "the next day"."""
    cited = [Passage("a", "Checks ended on Monday; work on the bridge began the next day.", "en", "2025-03-12")]
    assert check("Work on the bridge began on 11 March 2025.", "en", cited).supported
    assert not check("Work on the bridge began on 7 March 2025.", "en", cited).supported


def test_a_rocket_is_no_date() -> None:
    """Long March 5 names a rocket, not the fifth of March."""
    assert named_days("A Long March 5 rocket took off.", "en", date(2025, 5, 12)) == ()


def test_an_undated_text_may_say_when_it_was_published() -> None:
    """A short line with a whole date at the beginning dates the weekdays of a text; a date within the text does not."""
    dated = [Passage("a", "Bridge closed\nUpdated : March 12 , 2025\nThe bridge was closed on Monday .", "en")]
    assert check("Le pont a été fermé le 10 mars 2025.", "fr", dated).supported
    assert not check("Le pont a été fermé le 8 mars 2025.", "fr", dated).supported


def test_a_text_in_tokens_is_joined() -> None:
    """Figures and abbreviations of a text whose marks stand apart are whole again."""
    cited = [Passage("a", "About 20 , 000 people , most from the U . K . , crossed the bridge .", "en")]
    assert check("Quelque 20 000 Britanniques ont franchi le pont.", "fr", cited).supported
    assert not check("Quelque 26 000 Britanniques ont franchi le pont.", "fr", cited).supported
    assert check("About 20 , 000 people , most from the U . K .", "en", cited).supported


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Среди причин названа погода", "ru", 0),
        ("Серед причин названо погоду", "uk", 0),
        ("В среду судно прибыло в порт", "ru", 1),
        ("У середу судно прибуло в порт", "uk", 1),
    ],
)
def test_among_is_no_wednesday(text: str, language: str, count: int) -> None:
    """What only looks like a case of a weekday's name is none."""
    assert len(list(weekday_names(text, language))) == count


def test_a_persian_weekday_is_whole_with_its_joint() -> None:
    """پنج‌شنبه is Thursday, with a zero-width joint, a space or neither, and never Saturday, which stands in it."""
    for written in ("پنج\u200cشنبه", "پنج شنبه", "پنجشنبه"):
        source = Passage("a", f"بندر نخستین محمولهٔ گندم را {written} بارگیری کرد.", "fa")
        assert check("حُمّل القمح يوم الخميس.", "ar", [source]).supported, written
        assert not check("حُمّل القمح يوم السبت.", "ar", [source]).supported, written
