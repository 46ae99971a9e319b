"""What bears a country's name and is none is not looked for as that country."""

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.atoms import atoms
from briefing.grounding.places.regions import names_region

REGIONS = [
    ("en", "a patrol in the South China Sea"),
    ("en", "exports to Latin America"),
    ("vi", "tàu cá trên vịnh Mexico"),
    ("vi", "các nước Nam Mỹ"),
    ("vi", "ba triệu đô la Mỹ"),
    ("th", "พายุในอ่าวเม็กซิโก"),
    ("th", "สามล้านดอลลาร์สหรัฐ"),
    ("th", "ประเทศในอเมริกาใต้"),
    ("fa", "کشتی‌ها در اقیانوس هند"),
    ("fa", "دادستان ناحیه کلمبیا"),
    ("ar", "سفن في المحيط الهندي"),
    ("ar", "دول أمريكا اللاتينية"),
    ("he", "מדינות דרום אמריקה"),
    ("hi", "दक्षिण अमेरिका के देश"),
    ("hi", "उत्तरी आयरलैंड की सरकार"),
    ("ru", "страны Латинской Америки"),
    ("ru", "рейс через Индийский океан"),
    ("uk", "країни Південної Америки"),
    ("pl", "kraje Ameryki Południowej"),
    ("zh", "船只穿过墨西哥湾"),
    ("ja", "南アメリカの国々"),
    ("ko", "로드 아일랜드 주지사"),
    ("id", "negara-negara Amerika Latin"),
    ("tr", "Güney Çin Denizi'nde devriye"),
    ("es", "una tormenta en el golfo de México"),
    ("fr", "un navire en mer de Chine"),
    ("it", "una tempesta nel golfo del Messico"),
    ("pt", "uma tempestade no golfo do México"),
    ("de", "ein Sturm über dem Golf von Mexiko"),
]
COUNTRIES = [
    ("en", "a patrol off the coast of China"),
    ("vi", "ngoài khơi bờ biển Nhật Bản"),
    ("th", "สหรัฐกล่าวว่าจะถอนทหาร"),
    ("ru", "американские моряки в порту"),
    ("zh", "日本海上自卫队的军舰"),
    ("ja", "日本海上保安庁の船"),
    ("es", "el mar llega a México"),
    ("de", "der Golf ist in Mexiko beliebt"),
    ("tr", "Çin denizaltı yolladı"),
]


@pytest.mark.parametrize(("language", "text"), REGIONS)
def test_a_region_is_told_from_the_country_it_is_named_after(language: str, text: str) -> None:
    """Seas, continents, peninsulas, states, money: each is put in words of its own by every language."""
    places = atoms(text, language).places
    assert places
    assert all(names_region(place, text, language) for place in places)


@pytest.mark.parametrize(("language", "text"), COUNTRIES)
def test_a_country_beside_the_sea_stays_one(language: str, text: str) -> None:
    """A coast guard, sailors and a coast are of the country."""
    assert any(not names_region(place, text, language) for place in atoms(text, language).places)


def test_a_country_in_another_spelling_is_found() -> None:
    """Thai has several spellings of Mexico, Persian of the Dominican Republic; a country not named is missing."""
    thai = Passage("t", "รัฐบาลแม็กซิโกประกาศหยุดงานสามวันหลังเหตุเพลิงไหม้", "th")
    assert check("Mexico declared three days of mourning after the fire.", "en", [thai]).supported
    persian = Passage("f", "جمهوری دومینیک پس از سیل اخیر مرز خود را بست.", "fa")
    assert check("The Dominican Republic closed its border after the floods.", "en", [persian]).supported
    assert not check("Jamaica closed its border after the floods.", "en", [persian]).supported
