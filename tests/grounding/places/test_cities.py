"""Where a claim sets something, held against sources of every script."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.evidence import evidence
from briefing.grounding.places.cities import astray
from briefing.grounding.places.locating import located

SOURCES = {
    "en": "Delegates met in Marseille on Monday and talked about fishing.",
    "vi": "Các đại biểu họp tại Marseille hôm thứ Hai để bàn về nghề cá.",
    "ru": "Делегаты встретились в понедельник в Марселе и говорили о рыболовстве.",
    "fa": "نمایندگان روز دوشنبه در مارسی دیدار کردند و درباره ماهیگیری گفتگو کردند.",
    "ar": "التقى المندوبون يوم الاثنين في مرسيليا وتحدثوا عن الصيد.",
    "th": "คณะผู้แทนประชุมกันที่เมืองมาร์เซย์เมื่อวันจันทร์เรื่องการประมง",
    "zh": "代表们周一在马赛会面，讨论渔业问题。",
    "ja": "代表団は月曜日にマルセイユで会合を開き、漁業について話し合った。",
    "ko": "대표단은 월요일 마르세유에서 만나 어업에 대해 논의했다.",
}
SET_IN = {
    "en": ("They met in {} to talk about fishing.", "Marseille", "Hamburg"),
    "fr": ("Ils ont parlé de la pêche à {} lundi.", "Marseille", "Hambourg"),
    "de": ("Sie sprachen in {} über die Fischerei.", "Marseille", "Hamburg"),
    "vi": ("Họ họp tại {} để bàn về nghề cá.", "Marseille", "Hamburg"),
    "ru": ("Они говорили в {} о рыболовстве.", "Марселе", "Гамбурге"),
    "tr": ("{}'da balıkçılığı konuştular.", "Marsilya", "Barselona"),
    "fa": ("آنها در {} درباره ماهیگیری گفتگو کردند.", "مارسی", "هامبورگ"),
    "ar": ("تحدثوا في {} عن الصيد.", "مرسيليا", "هامبورغ"),
    "th": ("ประชุมกันที่เมือง{}เรื่องการประมง", "มาร์แซย์", "ฮัมบูร์ก"),
    "zh": ("他们在{}讨论渔业问题。", "马赛", "汉堡"),
    "ja": ("彼らは{}で漁業について話し合った。", "マルセイユ", "ハンブルク"),
    "ko": ("그들은 {}에서 어업을 논의했다.", "마르세유", "함부르크"),
}


@pytest.mark.parametrize("own", SOURCES)
@pytest.mark.parametrize("language", SET_IN)
def test_a_town_is_the_same_in_every_script_and_another_is_not(language: str, own: str) -> None:
    """A claim that names the source's town in its own way stands; with another town it does not."""
    pattern, right, wrong = SET_IN[language]
    source = [evidence(Passage("a", SOURCES[own], own))]
    assert [place.text for place in located(pattern.format(right), language)] == [right]
    assert not list(astray(pattern.format(right), language, source))
    assert [place.text for place in astray(pattern.format(wrong), language, source)] == [wrong]


def test_a_region_is_held_against_the_region() -> None:
    """One country of both does not make one state of them."""
    source = [Passage("a", "2人の飛行士を乗せた宇宙船は19日、米フロリダ沖に着水した。", "ja", "2025-03-19")]
    assert check("The two astronauts splashed down off Florida.", "en", source).supported
    verdict = check("The two astronauts splashed down off California.", "en", source)
    assert [(one.kind, one.value) for one in verdict.missing] == [("place", "California")]


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "A letter from Paris was read to the delegates."),  # the government
        ("en", "In April they talked about fishing."),
        ("en", "They talked with Victoria Nuland about fishing."),
        ("en", "They met in Obscure-sur-Rien."),  # a place that the table does not know
        ("fa", "آنها به میدان بازگشتند."),
        ("ja", "コーチの話を聞いた。"),
        ("zh", "他们在联合国讨论渔业问题。"),
        ("ru", "Они говорили в среду о рыболовстве."),
    ],
)
def test_what_sets_nothing_in_a_town_is_not_judged(language: str, claim: str) -> None:
    """Governments, months, people, unknown places and common words are no towns of a claim."""
    assert not list(astray(claim, language, [evidence(Passage("a", SOURCES["th"], "th"))]))


def test_a_second_town_behind_and_is_held_as_the_first() -> None:
    """ "Between Hamburg and Marseille" names two towns."""
    source = [evidence(Passage("a", "The ferry between Marseille and Ajaccio was late.", "en"))]
    found = astray("Die Fähre zwischen Marseille und Hamburg kam zu spät.", "de", source)
    assert [place.text for place in found] == ["Hamburg"]


def test_a_source_whose_script_has_no_name_of_a_town_tells_nothing_of_it() -> None:
    """Where no spelling is known a town is not said to be missing."""
    source = [evidence(Passage("a", "Քաղաքում հանդիպում է տեղի ունեցել։", "hy"))]
    assert not list(astray("They met in Tallahassee.", "en", source))


def test_a_journey_goes_to_the_town_though_it_is_a_capital() -> None:
    """ "A trip to Beijing" is not about a government; "an appeal to Beijing" may be."""
    source = [evidence(Passage("a", "ปูตินเดินทางเยือนกรุงเปียงยางในเดือนมิถุนายน", "th"))]
    assert [place.text for place in astray("They signed it during his trip to Beijing.", "en", source)] == ["Beijing"]
    assert not list(astray("They signed it during his trip to Pyongyang.", "en", source))
    assert not list(astray("It was read as a warning to Beijing.", "en", source))


def test_a_name_that_is_a_known_town_is_found_by_any_of_its_names() -> None:
    """Ginebra is no misspelt person where the source writes Geneva."""
    source = [Passage("a", "GENEVA – Health ministers adopted the pandemic agreement on Tuesday.", "en", "2025-05-20")]
    assert check("Los ministros adoptaron en Ginebra el acuerdo sobre pandemias.", "es", source).supported
    assert not check("Los ministros adoptaron en Lisboa el acuerdo sobre pandemias.", "es", source).supported


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        ("Mit 3:0 schlug die Elf überforderte Schotten.", "de", "They beat Scotland 3-0.", "They beat Portugal 3-0."),
        ("ผู้แทนตกลงถ้อยคำกันได้ที่เจนีวา", "th", "Delegates agreed in Geneva.", "Delegates agreed in Vienna."),
        ("火箭在文昌升空。", "zh", "The Chinese rocket took off.", "The Japanese rocket took off."),
        ("Vor Bergamo ist ein Damm gebrochen.", "de", "A dam broke in Italy.", "A dam broke in Spain."),
        ("Fires burn in British Columbia.", "en", "Пожары охватили Британскую Колумбию.", "Пожары охватили Боливию."),
    ],
)  # fmt: skip
def test_a_country_is_borne_out_by_its_towns_and_people(source: str, language: str, right: str, wrong: str) -> None:
    """Schotten are of Scotland, Wenchang is in China; British Columbia is not Colombia."""
    spoken = "en" if right.isascii() else "ru"
    cited = [Passage("a", source, language, "2025-03-12")]
    assert check(right, spoken, cited).supported
    assert not check(wrong, spoken, cited).supported


@pytest.mark.parametrize(
    ("language", "claim", "right", "wrong"),
    [
        ("zh", "受害者大多来自{}，家属已获通知。", "马赛", "汉堡"),
        ("zh", "代表们周一抵达{}，讨论渔业。", "马赛", "汉堡"),
        ("tr", "Delegeler pazartesi {} Üniversitesi'nde balıkçılığı konuştu.", "Marsilya", "Barselona"),
    ],
)
def test_from_a_town_and_its_buildings(language: str, claim: str, right: str, wrong: str) -> None:
    """Where people come from, arrive, and whose stadium or university it is, are places, too."""
    for own in ("en", "ru", "ko"):
        source = [evidence(Passage("a", SOURCES[own], own, "2025-06-02"))]
        assert not list(astray(claim.format(right), language, source))
        assert [place.text for place in astray(claim.format(wrong), language, source)] == [wrong]
