"""Names that one text spells and another writes otherwise."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.text.names import hear, name_key

FOREIGN = {
    "th": ("นางสาวกัลยา ศรีวิไล กล่าวว่าชาวประมงรอวันนี้มานาน", "Kalaya Sriwilai", "Suda Rattanaporn"),
    "fa": ("سیمین دادگر گفت هزینه راه‌آهن خواف ۹۷۰ میلیون دلار است.", "Simin Dadgar", "Laleh Hashemi"),
    "ar": ("وقال وزير الطاقة سامر الخصاونة إن الخط سيدخل الخدمة في عام 2028.", "Samer Khasawneh", "Ahmad Mansour"),
    "ru": ("Генпрокурор Ерлан Сарсенбаев сказал, что переговоры шли полгода.", "Yerlan Sarsenbayev", "Nurlan Ibraev"),
    "ko": ('정태식 해양수산부 차관은 "더는 다치지 않아야 한다"고 말했다.', "Jung Tae-shik", "Kim Dong-won"),
    "zh": ("韩方由海洋水产部次官郑泰植率团出席。", "Jeong Tae-sik", "Park Min-ho"),
    "ja": ("開通式で西村和子知事があいさつした。", "Kazuko Nishimura", "Yoko Tanaka"),
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_whole_name_is_found_or_not(language: str) -> None:
    """A person named in another script is found in any spelling; one that the text does not name is not."""
    text, named, other = FOREIGN[language]
    cited = [Passage("a", text, language)]
    assert check(f"{named} spoke to reporters.", "en", cited).supported
    assert [one.value for one in check(f"{other} spoke to reporters.", "en", cited).missing] == [other]


@pytest.mark.parametrize(
    ("name", "found"), [("He Liqun", True), ("Liqun He", True), ("Li Ming", False), ("Nguyen Van An", False)]
)
def test_a_chinese_name_is_read_off_its_characters(name: str, found: bool) -> None:
    """Pinyin is compared with what the characters read; of a Vietnamese the family name's character is looked for."""
    cited = [Passage("a", "中方代表团团长何立群说，下一轮会谈在釜山举行。", "zh")]
    assert check(f"{name} spoke to reporters.", "en", cited).supported is found


def test_a_name_in_characters_is_looked_for_as_it_is_spelt() -> None:
    """A Korean in a Chinese claim is found by the spelling of the family name; a foreign one is left to its sound."""
    cited = [Passage("a", "Jeong Tae-sik led the delegation.", "en")]
    assert check("郑泰植部长率领代表团。", "zh", cited).supported
    assert not check("部长朴民浩表示，会谈将继续。", "zh", cited).supported


def test_a_surname_behind_another_name_is_another_person() -> None:
    """In Latin letters both words count: Quốc in a person's name is no support for an island called Phu Quoc."""
    cited = [Passage("a", "Phó Thủ tướng Đặng Quốc Hưng đến đảo Lý Sơn.", "vi")]
    assert check("Dos barcos se hundieron frente a Ly Son.", "es", cited).supported
    assert not check("Dos barcos se hundieron frente a Phu Quoc.", "es", cited).supported


def test_german_nouns_before_a_name_are_no_part_of_it() -> None:
    """What a person or company is called beside the name need not be in the text; the name itself must."""
    cited = [Passage("a", "Der Konzern Skagen Marine übernimmt die Werft. Das teilte Lars Bruun mit.", "de")]
    assert check("Die Werft geht an den Käufer Skagen Marine.", "de", cited).supported
    assert check("Konzernchef Lars Bruun teilte das mit.", "de", cited).supported
    assert not check("Das sagte Søren Kjeldsen.", "de", cited).supported


def test_what_begins_with_kh_sounds_the_same_in_every_script() -> None:
    """Kh is one sound, no x of Latin spelling."""
    assert name_key(["Khamenei"])[0] == name_key(["خامنه‌ای"])[0] == "x"
    assert hear("خواف", "fa").nearest(name_key(["Khaf"])) < 0.2


FERRY = (
    "Ferry line opens.\nTransport minister Petra Lundqvist said in Beijing that the ferry would sail daily."
    " Magnus Ekholm of the harbour board welcomed it."
)


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken", "missing"),
    [
        ("รัฐมนตรีลุนด์ควิสต์กล่าวว่าเรือจะออกทุกวัน", "th", FERRY, "en", False),
        ("รัฐมนตรีสตราวินสกีกล่าวว่าเรือจะออกทุกวัน", "th", FERRY, "en", True),
        ("مگنوس اکهولم گفت از آن استقبال می‌کند.", "fa", FERRY, "en", False),
        ("رودریگو باستینادو گفت از آن استقبال می‌کند.", "fa", FERRY, "en", True),
        ("رحبت البلاد، وقال ماغنوس إكهولم إن ذلك جيد.", "ar", FERRY, "en", False),
        ("رحبت البلاد، وقال رودريغو باستينادو إن ذلك جيد.", "ar", FERRY, "en", True),
        (
            "Minister Hoang Gia Khiem opened the quay.",
            "en",
            "Bộ trưởng Hoàng Gia Khiêm khánh thành bến cảng.",
            "vi",
            False,
        ),
        (
            "Minister Pham Binh Trong opened the quay.",
            "en",
            "Bộ trưởng Hoàng Gia Khiêm khánh thành bến cảng.",
            "vi",
            True,
        ),
        (
            "Minister Christian Vanderloo opened the quay.",
            "en",
            "Ministerin Anke Rohlfs eröffnete den Kai.",
            "de",
            True,
        ),
        ("A quay near Valencia was opened.", "en", "Abrió un muelle en la costa valenciana.", "es", False),
        ("The quay was opened in Beijing.", "en", "اسکله در پکن، پایتخت چین، گشایش یافت.", "fa", False),
        ("The quay was opened near New York.", "en", "Bến cảng gần New York đã khánh thành.", "vi", False),
        (
            "The quay was shown to guests from Los Angeles.",
            "en",
            "Gäste aus Chicago sahen den Kai in den USA.",
            "de",
            True,
        ),
    ],
)
def test_names_in_the_forms_of_languages(claim: str, language: str, source: str, spoken: str, missing: bool) -> None:
    """A run of Thai, two words beside a verb of saying, syllables in a row, cities: found where told, else missed."""
    verdict = check(claim, language, [Passage("a", source, spoken, "2025-06-01")])
    assert bool(verdict.missing) == missing, verdict.missing


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        ("It was a return to a Soviet-era custom.", "en", "این بازگشت به رسمی از دوران شوروی بود.", "fa"),
        ("Судно вёл капитан Мартин Уилсоном нанятый.", "ru", "선장 마틴 윌슨은 배를 몰았다.", "ko"),
        ("Maç Olimpiyat Stadyumu'nda oynandı.", "tr", "بازی در ورزشگاه المپیک برگزار شد.", "fa"),
        ("Phía Skagen vắng mặt tại buổi họp.", "vi", "Công ty Skagen không dự buổi họp hôm thứ Hai.", "vi"),
        (
            "Die Mannschaft schlug Schottland klar.",
            "de",
            "Die Mannschaft überrollte schwache Schotten.",
            "de",
        ),
        ("รัฐมนตรีสาธารณสุขกล่าวว่าเรือจะออกทุกวัน", "th", "The health minister said the ferry would sail daily.", "en"),
        ("Le plus bref de la Ve République.", "fr", "Die kürzeste Amtszeit der Fünften Republik.", "de"),
    ],
)
def test_what_is_no_name_of_its_own_is_not_looked_for(claim: str, language: str, source: str, spoken: str) -> None:
    """Adjectives, case endings, buildings, portfolios and the word that opens a sentence are no missing names."""
    assert check(claim, language, [Passage("a", source, spoken, "2025-06-01")]).supported


def test_a_flag_is_a_country() -> None:
    """ "Liberian-flagged" names Liberia, which the text must name."""
    cited = [Passage("a", "巴拿马籍货轮在港外起火，船上船员全部获救。", "zh", "2025-06-01")]
    assert check("The Panamanian-flagged freighter caught fire.", "en", cited).supported
    assert not check("The Liberian-flagged freighter caught fire.", "en", cited).supported


def test_a_german_town_may_lead_another_noun() -> None:
    """Genfer Sparte is told of a Genfer Handelsgeschäft, a Berner Sparte is not."""
    text = (
        "Die Finanzmarktaufsicht genehmigte den Zusammenschluss, verlangt aber den Verkauf des Genfer Handelsgeschäfts."
    )
    claim = "Die Aufsicht ließ die Fusion unter der Auflage zu, dass eine Genfer Sparte abgestoßen wird."
    source = [Passage("a", text, "de")]
    assert check(claim, "de", source).supported
    assert not check(claim.replace("Genfer", "Berner"), "de", source).supported
