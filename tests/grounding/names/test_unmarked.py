"""Names in scripts without capitals, where no title stands before them."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.atoms import atoms
from briefing.grounding.names.unmarked import unmarked

ENGLISH = """Robert Karlsson, the deputy mayor of Tavelund, opened the bridge on Monday.
The ferry company wants to keep one boat. Fares stay as they are."""
THAI = "โรเบิร์ต คาร์ลสสัน รองนายกเทศมนตรีเปิดสะพานเมื่อวันจันทร์ บริษัทเรือเฟอร์รีต้องการเก็บเรือไว้หนึ่งลำ"
PERSIAN = "روبرت کارلسون، معاون شهردار، دوشنبه پل را گشود. شرکت کشتیرانی می‌خواهد یک قایق را نگه دارد."
ARABIC = "افتتح روبرت كارلسون، نائب رئيس البلدية، الجسر يوم الاثنين. وتريد شركة العبّارات الاحتفاظ بقارب واحد."

CLAIMS = {
    "fa": ("{}، معاون شهردار، پل را گشود.", "رابرت کارلسون", "دمیتری ولکوف"),
    "th": ("{} อดีตรองนายกเทศมนตรี เปิดสะพาน", "โรเบิร์ต คาร์ลสสัน", "ดมิทรี โวลคอฟ"),
    "hi": ("52 वर्षीय {} ने पुल खोला।", "रॉबर्ट कार्लसन", "दमित्री वोल्कोव"),
    "ar": ("{} (52 عاماً) افتتح الجسر.", "روبرت كارلسون", "دميتري فولكوف"),
    "he": ("{} (52) פתח את הגשר.", "רוברט קרלסון", "דמיטרי וולקוב"),
    "ko": ("{}(52)이 다리를 열었다.", "로버트 칼손", "드미트리 볼코프"),
}


@pytest.mark.parametrize("language", CLAIMS)
def test_somebody_else_before_an_office_or_age(language: str) -> None:
    """A name beside an office or age is found in a text of another script by its sound; another one is missing."""
    claim, named, other = CLAIMS[language]
    cited = [Passage("a", ENGLISH + " Karlsson is 52.", "en", "2025-06-02")]
    told = check(claim.format(named), language, cited)
    assert not [one for one in told.missing if one.kind == "name"]
    wrong = check(claim.format(other), language, cited)
    assert [one.value for one in wrong.missing if one.kind == "name"] == [other]


@pytest.mark.parametrize(
    ("language", "text", "named", "other"),
    [
        ("th", THAI, "โรเบิร์ต คาร์ลสสัน อดีตรองนายกเทศมนตรี เปิดสะพาน", "แอนเดรียส เบิร์กมัน อดีตรองนายกเทศมนตรี เปิดสะพาน"),
        ("fa", PERSIAN, "روبرت کارلسون، معاون شهردار، پل را گشود.", "آندریاس برگمان، معاون شهردار، پل را گشود."),
        ("fa", PERSIAN, "روبرت کارلسن، معاون شهردار، پل را گشود.", "روبرت برگمان، معاون شهردار، پل را گشود."),
    ],
)
def test_in_the_language_of_the_text(language: str, text: str, named: str, other: str) -> None:
    """In one language the words of a name are looked for, in another spelling of its vowels too."""
    cited = [Passage("a", text, language, "2025-06-02")]
    assert "name" not in {one.kind for one in check(named, language, cited).missing}
    assert "name" in {one.kind for one in check(other, language, cited).missing}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "روز دوشنبه، معاون شهردار پل را گشود."),
        ("fa", "به گفته مقام‌های شهر، شهردار آمد."),
        ("th", "รัฐบาลใหม่ แถลงว่า อดีตผู้ว่าการลาออก"),
        ("th", "เมื่อวันจันทร์ ที่ผ่านมา นายกรัฐมนตรีเปิดสะพาน"),
        ("ar", "قُتل عشرات الأشخاص (52) في الحادث."),
        ("hi", "18 वर्षीय युवा मतदाताओं ने वोट दिया।"),
        ("zh", "以色列警告说，局势紧张。"),
    ],
)
def test_a_phrase_is_no_name(language: str, text: str) -> None:
    """Days, bodies and groups of people before an office or age are no names."""
    assert not unmarked(text, language, [(0, 3)] if language == "zh" else [])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("이 법안은 이틀 만에 처리되었으나 대통령의 거부권에 부딪혔다.", "ko"),
        ("조사는 은퇴한 판사의 손에 맡겨졌다.", "ko"),
        ("أبدى رئيس بعثة المنتخب استعداده لتحمّل تكاليف الجراحة.", "ar"),
        ("وکیل مدافع می\u200cگوید متهم در بیمارستان بوده است.", "fa"),
        ("שר התקשורת הבטיח להעביר לרשויות המשפט את המסמכים.", "he"),
        ("市长向工会承诺员工薪水不会缩水。", "zh"),
        ("Weil Kredite teuer bleiben, legen sie den Schacht zu den Akten.", "de"),
    ],
)
def test_wording_beside_an_office_is_no_name(text: str, language: str) -> None:
    """A verb, a team, a preposition and a conjunction that stand where a name would are none."""
    assert not atoms(text, language).people


def test_a_president_by_name_is_still_one() -> None:
    """A name before its office stays a name."""
    assert [name.text for name in atoms("문재인 대통령은 거부했다.", "ko").people] == ["문재인"]
