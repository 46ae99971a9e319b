"""What keeps look-alikes apart: the number, year, name or countries that tell one of a kind from the next."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.engines.embedding import LexicalEmbedder
from briefing.grouping import Arrival, Features, Grouper, embedding_text, features, group
from briefing.grouping.pairs import VETO, veto_of
from briefing.grouping.vetoes import find_marks
from briefing.model import Article, Dating

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENGINE = LexicalEmbedder(64)

TWELFTH = (
    ("en", "Council adopts 12th sanctions package"),
    ("en", "Council agrees on twelfth package of measures"),
    ("en", "Twelfth round of EU sanctions takes effect"),
    ("de", "Rat beschließt 12. Sanktionspaket"),
    ("de", "Zwölftes Sanktionspaket in Kraft"),
    ("fr", "Le Conseil adopte un 12e paquet de sanctions"),
    ("es", "El Consejo aprueba el duodécimo paquete de sanciones"),
    ("es", "El Consejo aprueba el 12.º paquete de sanciones"),
    ("it", "Il Consiglio approva il 12° pacchetto di sanzioni"),
    ("pt", "Conselho aprova 12.º pacote de sanções"),
    ("pl", "Rada przyjęła 12. pakiet sankcji"),
    ("ru", "Совет принял 12-й пакет санкций"),
    ("ru", "Совет принял двенадцатый пакет санкций"),
    ("uk", "Рада ухвалила 12-й пакет санкцій"),
    ("vi", "Hội đồng thông qua gói trừng phạt thứ 12"),
    ("th", "สภาเห็นชอบมาตรการคว่ำบาตรรอบที่ ๑๒"),
    ("fa", "تصویب دوازدهمین بسته تحریمی"),
    ("fa", "بسته ۱۲ تحریم تصویب شد"),
    ("ar", "إقرار حزمة العقوبات الثانية عشرة"),
    ("he", "המועצה אישרה את חבילת הסנקציות ה-12"),
    ("hi", "परिषद ने 12वां प्रतिबंध पैकेज मंज़ूर किया"),
    ("id", "Dewan setujui paket sanksi ke-12"),
    ("tr", "Konsey 12. yaptırım paketini onayladı"),
    ("zh", "欧盟通过第十二轮对俄制裁"),
    ("ja", "理事会、第12弾の制裁を採択"),
    ("ko", "이사회, 제12차 제재 채택"),
)


def read(title: str, language: str = "en", text: str = "") -> Features:
    """Read an article."""
    return features(Article("x", "s", "x", title, text, language, NOW))


@pytest.mark.parametrize(("language", "title"), TWELFTH, ids=lambda value: value[:24])
def test_the_twelfth_is_the_twelfth_in_every_language(language: str, title: str) -> None:
    """However a language writes and places an ordinal, and in whichever digits, it is number twelve."""
    assert "package#12" in find_marks(title, "", language)


def test_no_two_reports_on_one_package_are_kept_apart() -> None:
    """Of all pairs of headlines on the twelfth package none is vetoed; the thirteenth always is."""
    twelfth = [read(title, language) for language, title in TWELFTH]
    thirteenth = read("Council adopts 13th sanctions package")
    assert [veto_of(*pair) for pair in combinations(twelfth, 2) if veto_of(*pair)] == []
    assert all(veto_of(thirteenth, one) and veto_of(one, thirteenth) for one in twelfth)


APART = (
    ("en", "COP28 opens with a deal on losses", "fr", "La COP 29 s’ouvre sur la finance"),
    ("en", "15th Congress convenes in spring", "en", "16th Congress convenes in spring"),
    ("vi", "Đại hội Đảng lần thứ XIII bế mạc", "en", "Delegates gather for the 14th Party Congress"),
    ("en", "Candidates register for 2024 election", "th", "ผู้สมัครเลือกตั้งปี 2570"),
    ("fa", "نامزدهای انتخابات ۱۴۰۳", "en", "Candidates for the 2028 election"),
    ("en", "Typhoon Yagi 2024 floods the delta", "en", "Typhoon Yagi 2025 floods the delta"),
    ("en", "Typhoon Yagi floods the delta", "ru", "Тайфун «Каджики» затопил дельту"),
    ("vi", "Bão số 3 đổ bộ vào đất liền", "vi", "Bão số 5 đổ bộ vào đất liền"),
    ("zh", "台风“摩羯”登陆", "zh", "台风贝碧嘉逼近沿海"),
    ("zh", "强台风摩羯登陆", "vi", "Bão Bualoi làm ngập đồng bằng"),
    ("th", "ไต้ฝุ่น “บัวลอย” ขึ้นฝั่ง", "en", "Typhoon Yagi floods the delta"),
    ("th", "พายุยางิ ขึ้นฝั่ง", "zh", "超强台风桦加沙逼近"),
    ("ja", "ハリケーン「ミルトン」が上陸", "en", "Hurricane Helene makes landfall"),
    ("ko", "태풍 카눈 북상", "fa", "طوفان «یاگی» به ساحل رسید"),
    ("en", "Torch arrives for the 2024 Olympics", "es", "La antorcha de los Juegos Olímpicos de 2028"),
    ("en", "Senate of Chile ratifies treaty with Peru", "de", "Kenia ratifiziert den Vertrag mit Uganda"),
)


@pytest.mark.parametrize(("language", "one", "spoken", "other"), APART, ids=lambda value: value[:24])
def test_one_of_a_kind_is_not_the_next(language: str, one: str, spoken: str, other: str) -> None:
    """Another number, year, storm, or another two countries' treaty."""
    assert veto_of(read(one, language), read(other, spoken)) is not None
    assert veto_of(read(other, spoken), read(one, language)) is not None


TOGETHER = (
    ("en", "Typhoon Yagi floods the delta", "ru", "Тайфун «Яги» затопил дельту"),
    ("vi", "Bão số 3 đổ bộ vào đất liền", "ja", "台風11号が上陸"),
    ("zh", "台风“摩羯”登陆", "en", "Typhoon Yagi makes landfall"),
    ("zh", "颱風山陀兒登陸", "en", "Typhoon Krathon makes landfall"),
    ("th", "ไต้ฝุ่น “บัวลอย” ขึ้นฝั่ง", "ru", "Тайфун «Буалой» вышел на берег"),
    ("th", "พายุยางิ ขึ้นฝั่ง", "vi", "Siêu bão Yagi vào bờ"),
    ("th", "พายุถล่ม บ้านพังหลายหลัง", "th", "พายุวิภา ขึ้นฝั่ง"),
    ("ja", "ハリケーン「ミルトン」が上陸", "zh", "飓风“米尔顿”登陆"),
    ("ja", "ハリケーン・シーズン始まる", "ja", "ハリケーン「ミルトン」が上陸"),
    ("zh", "台风登陆沿海", "zh", "台风“摩羯”登陆"),
    ("ko", "태풍 피해 잇따라", "ko", "태풍 카눈 북상"),
    ("en", "Typhoon Yagi floods the delta", "vi", "Bão số 3 làm ngập đồng bằng"),
    ("en", "The bloc has adopted 12 packages of sanctions", "en", "13th sanctions package adopted"),
    ("en", "Host of the 86th Academy Awards named", "en", "She hosts the Oscars for a second time"),
    ("en", "Polls open in election for 12 seats", "en", "Polls open in election for 14 seats"),
    ("en", "After the 12th sanctions package comes the 13th package", "de", "13. Sanktionspaket beschlossen"),
    ("en", "Chile and Peru sign treaty", "es", "Perú ratifica el tratado"),
    ("en", "Senate votes on treaty", "es", "Perú ratifica el tratado"),
    ("th", "การเลือกตั้งปี 2567", "en", "The 2024 election begins"),
)


@pytest.mark.parametrize(("language", "one", "spoken", "other"), TOGETHER, ids=lambda value: value[:24])
def test_what_only_looks_apart_is_not_vetoed(language: str, one: str, spoken: str, other: str) -> None:
    """Other countries' numbering, counts that are no ordinals, one of two numbers in common, a country in common."""
    assert veto_of(read(one, language), read(other, spoken)) is None


def test_a_shared_person_outweighs_the_countries() -> None:
    """A treaty is not another one because two reports name other parties of it, when they name the same president."""
    one = read("Treaty signed by Chile and Peru", text="President Miguel Carrasco Oyarzún signed for Chile.")
    other = read("Bolivia and Ecuador study treaty", text="President Miguel Carrasco Oyarzún asked both to join.")
    assert not one.people.keys().isdisjoint(other.people)
    assert veto_of(one, other) is None


def _reports(number: str, count: int) -> list[Article]:
    text = f"Ambassadors in Brussels adopted the {number} sanctions package against Russia after weeks of talks on oil."
    return [
        Article(f"{number}-{at}", f"s{at}", "g", f"EU adopts {number} sanctions package", text, "en", NOW,
                Dating("2023-12-18"))
        for at in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("stream", [False, True])
def test_the_grouper_heeds_vetoes(stream: bool) -> None:
    """Reports that differ in one number alone: two developments of two storylines, whole and as a stream."""
    articles = [*_reports("12th", 2), *_reports("13th", 2)]
    members = group(articles, ENGINE.embed, stream=stream, engine=ENGINE.name)
    lines = [member.storyline for member in members]
    assert lines[0] == lines[1] != lines[2] == lines[3]


def test_why_shows_the_veto_in_the_articles_words() -> None:
    """The reason says what each of the two says, and weighs against all others."""
    articles = [*_reports("12th", 1), *_reports("13th", 1)]
    vectors = ENGINE.embed([embedding_text(one.title, one.text) for one in articles])
    one, other = (Arrival.of(article, vector) for article, vector in zip(articles, vectors, strict=True))
    found = Grouper(ENGINE.name, ENGINE.dimensions).why(one, other)[-1]
    assert (found.kind, found.values, found.weight) == ("veto", ("12th sanctions", "13th sanctions"), -VETO)


@given(st.text(max_size=300), st.sampled_from(["en", "vi", "th", "fa", "zh", "ru", "und"]))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(text: str, language: str) -> None:
    """Whatever stands in a headline: marks are found or not, each with words of the text itself."""
    for mark, spelling in find_marks(text, text, language).items():
        assert mark
        assert spelling in text
