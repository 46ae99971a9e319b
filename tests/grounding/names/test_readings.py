"""Names as other languages say them: with sounds they lack, or write and do not say."""

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.names.readings import readings

HEARD = [
    ("ja", "選手団はリンナーさんとムーアさんを迎えた。", "en", "Coach Elmore met the team and Linner.", "Elmore"),
    ("ja", "国会議員のキム・ドンソクは予算案を批判した。", "en", "Lawmaker Kim Dong-seok criticised the budget.", ""),
    ("ja", "災害はチョンナーの村を襲った。", "en", "The disaster hit the village of Chong Na.", ""),
    (
        "ar",
        "قال الوزير صلاح الدين أحمد إن الميناء سيفتح غداً.",
        "ru",
        "Министр Салахуддин Ахмед сказал, что порт откроется.",
        "",
    ),
    ("fa", "وزیر بدرالزمان گفت بندر فردا باز می‌شود.", "en", "Minister Badruzzaman said the port would open.", ""),
    ("th", "ทีมงานกลับมาพร้อมยานฟอลคอนของสเปซเอ็กซ์", "en", "The team came home with a SpaceX Falcon.", ""),
]
OTHERS = [
    ("ja", "国会議員のキム・ドンソクは予算案を批判した。", "en", "Lawmaker Park Jin-woo criticised the budget."),
    (
        "ar",
        "قال الوزير صلاح الدين أحمد إن الميناء سيفتح غداً.",
        "ru",
        "Министр Камаль Рахман сказал, что порт откроется.",
    ),
    ("ja", "災害はチョンナーの村を襲った。", "en", "The disaster hit the village of Mu Cang."),
]


@pytest.mark.parametrize(("written_in", "text", "language", "claim", "besides"), HEARD)
def test_a_name_is_heard_as_its_language_says_it(
    written_in: str, text: str, language: str, claim: str, besides: str
) -> None:
    """What a language does not say of a name, or says once, is not missed."""
    absent = [missing.value for missing in check(claim, language, [Passage("p", text, written_in)]).missing]
    assert absent == ([besides] if besides else [])


@pytest.mark.parametrize(("written_in", "text", "language", "claim"), OTHERS)
def test_another_name_is_still_missing(written_in: str, text: str, language: str, claim: str) -> None:
    """A name that no word of the text sounds like is not there."""
    assert not check(claim, language, [Passage("p", text, written_in)]).supported


def test_a_reading_says_a_doubled_sound_once() -> None:
    """The key of a joined name is given with and without what stands on both sides of its joint."""
    assert set(readings(["Lang", "Nu"], "ja")) >= {"lanGnu", "lanu"}
