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
    # a club in one word with its city
    ("en", "The Tigers won the match by a single goal.", "ja", "デトロイトタイガースは1点差で試合に勝った。", True),
    ("en", "The match was won by the Falcons.", "ja", "デトロイトタイガースは1点差で試合に勝った。", False),
    # ordinals in words, and an ordinal day
    ("ru", "Он остановился на 44-м круге.", "fa", "او در چهل و چهارمین دور ایستاد.", True),
    ("ru", "Он остановился на 46-м круге.", "fa", "او در چهل و چهارمین دور ایستاد.", False),
    ("id", "Ia berhenti di putaran ke-38.", "fr", "Il s'est arrêté au trente-huitième tour.", True),
    ("id", "Ia berhenti di putaran ke-37.", "fr", "Il s'est arrêté au trente-huitième tour.", False),
    ("ru", "Встреча прошла 29-го сентября.", "de", "Das Treffen war am 29. September.", True),
    ("ru", "Встреча прошла 28-го сентября.", "de", "Das Treffen war am 29. September.", False),
    # figures in words, in other marks and in spans of years
    ("fa", "چهارده نفر درمان شدند.", "vi", "Mười bốn người đã được điều trị.", True),
    ("fa", "پانزده نفر درمان شدند.", "vi", "Mười bốn người đã được điều trị.", False),
    ("fa", "۲٬۵۲ میلیون نفر تماشا کردند.", "ko", "252만 명이 시청했다.", True),
    ("fa", "۲٬۵۷ میلیون نفر تماشا کردند.", "ko", "252만 명이 시청했다.", False),
    ("th", "สงคราม 1950-53 สิ้นสุดลง", "de", "Der von 1950 bis 1953 geführte Krieg endete.", True),
    ("th", "สงคราม 1950-54 สิ้นสุดลง", "de", "Der von 1950 bis 1953 geführte Krieg endete.", False),
    ("vi", "Chi phí là 3,1 tỷ euro.", "ja", "費用は31憶ユーロに上る。", True),
    # other units
    ("zh", "火山位于首都东南72公里处。", "tr", "Başkentin 45 mil güneyinde bulunan volkan.", True),
    ("zh", "火山位于首都东南92公里处。", "tr", "Başkentin 45 mil güneyinde bulunan volkan.", False),
    ("en", "A boar of 550 pounds broke the fence.", "uk", "249-кілограмовий кабан зламав паркан.", True),
    ("en", "A boar of 650 pounds broke the fence.", "uk", "249-кілограмовий кабан зламав паркан.", False),
    ("ja", "火災は40ヘクタールに及んだ。", "en", "The fire burned 100 acres.", True),
    ("ja", "火災は60ヘクタールに及んだ。", "en", "The fire burned 100 acres.", False),
    # a fraction that looks like a day
    ("vi", "Anh ấy đã ném 220 2/3 hiệp.", "uk", "Він відіграв 220 2/3 іннінга.", True),
    # a name with an ending that another script has without
    ("tr", "Kemal Arslan Baton Fleur'da yetişti.", "uk", "Кемаль Арслан виріс у Батон-Флер.", True),
    # feasts and forms of address
    ("es", "Los niños esperan la Navidad en casa.", "id", "Anak-anak menunggu hari raya di rumah.", True),
    ("fr", "Les fidèles du Père Anselm rebâtirent.", "vi", "Giáo dân của cha Anselm đã xây lại.", True),
    ("fr", "Les fidèles du Père Gustav rebâtirent.", "vi", "Giáo dân của cha Anselm đã xây lại.", False),
    # a country in another spelling
    ("ar", "قضى عاماً في العراق.", "hi", "उसने ईराक़ में एक साल बिताया।", True),
    # a party by its initials
    ("ru", "СДПГ потеряла треть мест.", "ru", "Социал-демократы лишились трети мест.", True),
    ("ru", "На выборах СвДП потеряла треть мест.", "ru", "Социал-демократы лишились трети мест.", False),
    ("es", "El lunes votó en contra el partido La Izquierda.", "fa", "دوشنبه حزب چپ و سبزها رأی مخالف دادند.", True),
    ("es", "El lunes votó en contra el partido La Izquierda.", "fa", "دوشنبه سبزها رأی مخالف دادند.", False),
]


@pytest.mark.parametrize(("language", "claim", "other", "text", "right"), PAIRS)
def test_a_right_sentence_is_told_from_a_wrong_one_like_it(
    language: str, claim: str, other: str, text: str, right: bool
) -> None:
    """What languages put differently is no difference; what differs is found."""
    assert check(claim, language, [Passage("p", text, other)]).supported is right
