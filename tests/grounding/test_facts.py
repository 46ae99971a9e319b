"""Figures, days and countries of a claim looked up in its sources."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check


def supported(claim: str, language: str, source: str, spoken: str) -> bool:
    """Whether a claim is borne out by one text."""
    return check(claim, language, [Passage("a", source, spoken)]).supported


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        (
            "Таллин считает случившееся непреднамеренным, а Хельсинки в этом сомневается.",
            "ru",
            "Эстонская разведка сообщила в среду, что умысла не обнаружено. Финская прокуратура с этим не согласна.",
            "ru",
        ),
        (
            "هنوز قراردادی برای پل به امضا نرسیده، هرچند بروکسل آمادگی خود را اعلام کرده است.",
            "fa",
            "اتحادیهٔ اروپا پیشنهاد داده است بازسازی پل را تأمین مالی کند، ولی هنوز قراردادی بسته نشده است.",
            "fa",
        ),
        (
            "لا يزال شاب من غامبيا في عداد المفقودين.",
            "ar",
            "Un giovane gambiano risulta ancora disperso. Il vescovo ha aperto le chiese.",
            "it",
        ),
        (
            "这家墨西哥企业卖掉了危地马拉子公司。",
            "zh",
            "La cementera mexicana Tolteca vendió el lunes su filial guatemalteca.",
            "es",
        ),
        (
            "州经济部长正与一家韩国投资方商谈。",
            "zh",
            "Wirtschaftsministerin Renate Sölling spricht mit einem koreanischen Investor.",
            "de",
        ),
    ],
)
def test_a_country_is_borne_out_by_its_capital_and_people(claim: str, language: str, source: str, spoken: str) -> None:
    """Helsinki is what the Finnish prosecutor says, Brussels the Union, and Gambia where a Gambian is from."""
    assert supported(claim, language, source, spoken)


def test_another_countrys_people_bear_out_nothing() -> None:
    """Guatemalan is not Honduran, and what the Finns say is not said by Stockholm."""
    assert not supported("洪都拉斯子公司被卖掉。", "zh", "Vendió el lunes su filial guatemalteca.", "es")
    assert not supported("Стокгольм в этом сомневается.", "ru", "Финская прокуратура с этим не согласна.", "ru")


def test_a_capital_stands_for_its_country_across_languages() -> None:
    """Canberra is what Australia's ministry says; Wellington is not."""
    source = "โฆษกกลาโหมออสเตรเลียปฏิเสธว่าการฝึกมีเป้าหมายต่อประเทศใด"
    assert supported("O treino não é dirigido contra ninguém, garante Camberra.", "pt", source, "th")
    assert not supported("O treino não é dirigido contra ninguém, garante Bogotá.", "pt", source, "th")
