"""Times told other than by a date, and which of several it was."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check

FERRY = "Next month the ferry moves to the new pier. It will sail every Wednesday. Tickets went on sale in early March."
FERRIES = {
    "de": "Nächsten Monat zieht die Fähre an den neuen Anleger um. Sie fährt jeden Mittwoch.",
    "fr": "Le mois prochain, le bac rejoindra le nouveau quai. Il partira chaque mercredi.",
    "es": "El próximo mes el transbordador se mudará al nuevo muelle. Zarpará cada miércoles.",
    "vi": "Tháng tới, phà chuyển sang bến mới. Phà chạy mỗi thứ Tư.",
    "th": "เดือนหน้าเรือข้ามฟากจะย้ายไปท่าใหม่ เรือจะออกทุกวันพุธ",
    "ru": "В следующем месяце паром переедет на новый причал. Он будет ходить каждую среду.",
    "fa": "ماه آینده کشتی به اسکله تازه می‌رود. کشتی هر چهارشنبه حرکت می‌کند.",
    "ko": "다음 달 여객선이 새 부두로 옮긴다. 매주 수요일 운항한다.",
    "zh": "下个月渡轮将迁往新码头。渡轮每周三开航。",
    "tr": "Gelecek ay feribot yeni iskeleye taşınacak. Her çarşamba sefer yapacak.",
}


def supported(claim: str, source: str, language: str) -> bool:
    return check(claim, "en", [Passage("a", source, language, "2025-06-10")]).supported


@pytest.mark.parametrize("language", FERRIES)
def test_last_month_is_not_next_month(language: str) -> None:
    """What is told of the next month is not borne out of the last, nor what is on Wednesdays on other days."""
    source = FERRIES[language]
    assert supported("The ferry moves to a new pier next month.", source, language)
    assert not supported("The ferry moved to a new pier last month.", source, language)
    assert supported("The ferry will sail every Wednesday.", source, language)
    assert not supported("The ferry will sail every Saturday.", source, language)


def test_a_part_of_a_month() -> None:
    """The beginning of a month is not its end, and a text that names the month alone says nothing of either."""
    told = [Passage("a", FERRY, "en", "2025-06-10")]
    assert check("Les billets sont en vente depuis début mars.", "fr", told).supported
    assert [one.kind for one in check("Les billets sont en vente depuis fin mars.", "fr", told).missing] == ["date"]
    dated = [Passage("a", "Tickets went on sale on 24 March.", "en", "2025-06-10")]
    assert not check("Les billets sont en vente depuis début mars.", "fr", dated).supported
    bare = [Passage("a", "Tickets went on sale in March.", "en", "2025-06-10")]
    assert check("Les billets sont en vente depuis début mars.", "fr", bare).supported


def test_years_later_are_no_next_year() -> None:
    """A span of years before "later" names no year, and a date within the span stands for it."""
    told = [Passage("a", "The bridge opened in May 2024. It will be widened next year.", "en", "2025-06-10")]
    assert check("Le pont a ouvert l'année dernière.", "fr", told).supported


VISITS = {
    "vi": "Đây là lần thứ hai bộ trưởng tới đảo này.",
    "th": "นี่เป็นครั้งที่สองที่รัฐมนตรีมาเยือนเกาะนี้",
    "fa": "این دومین سفر وزیر به این جزیره است.",
    "ar": "هذه هي الزيارة الثانية للوزير إلى الجزيرة.",
    "ru": "Это второй визит министра на остров.",
    "zh": "这是部长第二次访问该岛。",
    "ko": "장관이 이 섬을 찾은 것은 두 번째다.",
    "de": "Es ist der zweite Besuch des Ministers auf der Insel.",
    "tr": "Bu, bakanın adaya ikinci ziyareti.",
}


@pytest.mark.parametrize("language", VISITS)
def test_the_fourth_is_not_the_second(language: str) -> None:
    """Which time it was is compared across languages, in words and in digits."""
    source = VISITS[language]
    assert supported("It is the minister's second visit to the island.", source, language)
    assert supported("It is the minister's 2nd visit to the island.", source, language)
    assert not supported("It is the minister's fourth visit to the island.", source, language)


def test_a_greater_ordinal_in_words() -> None:
    """The thirty-first in Arabic words is not the 32nd, and a part of a greater ordinal is none of its own."""
    told = [Passage("a", "The island became the 32nd member of the league.", "en", "2025-06-10")]
    assert check("أصبحت الجزيرة العضو الثاني والثلاثين في الرابطة.", "ar", told).supported
    verdict = check("أصبحت الجزيرة العضو الحادي والثلاثين في الرابطة.", "ar", told)
    assert [one.kind for one in verdict.missing] == ["number"]
