"""Right sentences put as translations put them, each beside a wrong one of the same form."""

import pytest

from briefing.grounding import Passage, check

PAIRS = [
    # an hour of two clocks
    ("de", "Um 14:00 Uhr wurde die Brücke geräumt.", "fa", "پل ساعت ۲ بعدازظهر تخلیه شد.", True),
    ("de", "Um 15:00 Uhr wurde die Brücke geräumt.", "fa", "پل ساعت ۲ بعدازظهر تخلیه شد.", False),
    ("fr", "Le vote aura lieu à 20 heures.", "zh", "投票将于晚上8点举行。", True),
    ("fr", "Le vote aura lieu à 19 heures.", "zh", "投票将于晚上8点举行。", False),
    # a decade by its last digits
    ("es", "La fábrica cerró en los años 80.", "uk", "Завод закрили у 1980-х.", True),
    ("es", "La fábrica cerró en los años 70.", "uk", "Завод закрили у 1980-х.", False),
    # a weekday with either apostrophe
    ("ja", "金曜日に投票があった。", "uk", "Голосування відбулося у п’ятницю.", True),
    ("ja", "木曜日に投票があった。", "uk", "Голосування відбулося у п’ятницю.", False),
    # a German genitive before a compound
    ("de", "Geprüft wird, ob Hartleys Wahlkampfteam Geld nahm.", "vi", "Họ kiểm tra chiến dịch của Hartley.", True),
    ("de", "Geprüft wird, ob Brunners Wahlkampfteam Geld nahm.", "vi", "Họ kiểm tra chiến dịch của Hartley.", False),
    # a noun before a name in another script
    ("ru", "Капсула Starling вернулась пустой.", "ko", "캡슐 스탈링은 비어 있는 채로 돌아왔다.", True),
    ("ru", "Капсула Meridian вернулась пустой.", "ko", "캡슐 스탈링은 비어 있는 채로 돌아왔다.", False),
    # syllables that are read off characters
    ("vi", "Tàu Thiên Chu rời bãi phóng.", "zh", "天舟飞船离开发射场。", True),
    # who speaks in Arabic is no name where it is an office
    ("ar", "وقال مدرب كرة السلة إن الفريق في صدمة", "hi", "बास्केटबॉल कोच ने कहा कि टीम सदमे में है", True),
    # a chancellor is a head of government; of a council or commission one is president
    (
        "vi",
        "Thủ tướng Lindner thua cuộc bỏ phiếu.",
        "en",
        "The chancellor, Lindner, lost the vote; the president watched.",
        True,
    ),
    ("es", "El presidente del Gobierno dimitió.", "fa", "نخست‌وزیر استعفا کرد.", True),
    ("es", "El presidente de la República dimitió.", "fa", "نخست‌وزیر استعفا کرد.", False),
    # a party by its initials
    ("ru", "СДПГ потеряла треть мест.", "ru", "Социал-демократы лишились трети мест.", True),
    ("ru", "На выборах СвДП потеряла треть мест.", "ru", "Социал-демократы лишились трети мест.", False),
]


@pytest.mark.parametrize(("language", "claim", "other", "text", "right"), PAIRS)
def test_a_right_sentence_is_told_from_a_wrong_one_like_it(
    language: str, claim: str, other: str, text: str, right: bool
) -> None:
    """What languages put differently is no difference; what differs is found."""
    assert check(claim, language, [Passage("p", text, other)]).supported is right
