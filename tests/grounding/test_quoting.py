"""What stands between quotation marks in a claim, looked for in texts of its language."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.atoms import quotations

CLUB = "Капітан «Портовика» Левко Гнатів дякує вболівальникам. «Ми ще повернемося», — сказав він у Скадовську."
FIRM = "أطلقت المهندسة سلمى حداد شركة «موجة» في حيفا، وتعمل الشركة على محطة «مرفأ» لتحلية المياه."


@pytest.mark.parametrize(
    ("language", "claim", "source"),
    [
        (
            "uk",
            "Левко Гнатів, капітан клубу «Портовик», подякував уболівальникам.",
            CLUB,
        ),
        ("uk", "Левко Гнатів, який грає за «Портовиком», подякував уболівальникам.", CLUB),
        ("ar", "أسست سلمى حداد شركة «مَوجة».", FIRM),
    ],
)
def test_a_name_in_quotation_marks_has_cases_and_vowels(language: str, claim: str, source: str) -> None:
    """A club or a firm is found in another case, and with vowels that the text leaves out."""
    assert check(claim, language, [Passage("a", source, language, "2025-06-10")]).supported


@pytest.mark.parametrize("said", ["Це жах", "Ми ще не повернемося", "Ганьба"])
def test_what_nobody_said_is_missing(said: str) -> None:
    """Quoted words of which a text has none, or has not all, are not found in it."""
    verdict = check(f"Левко Гнатів сказав: «{said}».", "uk", [Passage("a", CLUB, "uk", "2025-06-10")])
    assert ("quotation", said) in [(one.kind, one.value) for one in verdict.missing]


@pytest.mark.parametrize(("quoted", "stands"), [("روسالينا", True), ("سوليد", False), ("كالفيرو", False)])
def test_name_in_latin_letters(quoted: str, stands: bool) -> None:
    """A name in quotation marks stands where an Arabic text has it in Latin letters; another one does not."""
    source = [Passage("a", "أطلقت الشركة منصة Rosalina للصيادين.", "ar", "2025-06-02")]
    assert check(f"أطلقت الشركة منصة «{quoted}» للصيادين.", "ar", source).supported == stands


def test_marks_within_marks_are_closed_by_their_own() -> None:
    """The outer quotation goes past an inner one in marks of the same kind; an open one ends at the first."""
    assert [one.text for one in quotations("«Хвала «Заре», они старались», — сказал он.")] == [
        "Хвала «Заре», они старались"
    ]
    assert [one.text for one in quotations("«Хвала «Заре», они старались.")] == ["Хвала «Заре"]
