"""Claims held against sources of another language."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.text.names import hear, name_key

SOURCES = {
    "ru": "Министр Бернардо Кастельянос заявил в Москве, что завод откроют в 2019 году. Его поддержал Ульрих Маккензи.",
    "uk": "Міністр Бернардо Кастельянос заявив у Києві, що завод відкриють 2019 року. Його підтримав Ульріх Маккензі.",
    "fa": "وزیر برناردو کاستیانوس گفت کارخانه در سال ۲۰۱۹ افتتاح می‌شود. اولریش مکنزی از او حمایت کرد.",
    "th": "รัฐมนตรีเบร์นาร์โด กัสเตยาโนส กล่าวว่าโรงงานจะเปิดในปี 2019 โดยอุลริช แม็คเคนซี สนับสนุน",
    "ko": "베르나르도 카스테야노스 장관은 공장이 2019년에 문을 연다고 말했다. 울리히 매켄지가 그를 지지했다.",
    "hi": "मंत्री बर्नार्डो कास्टेलानोस ने कहा कि कारखाना 2019 में खुलेगा। उलरिच मैकेंज़ी ने उनका समर्थन किया।",
    "de": "Minister Bernardo Castellanos sagte, das Werk werde 2019 öffnen. Ulrich McKenzie unterstützte ihn.",
}
OTHERS = ("Halvorsen", "Brightwater", "Featherstone", "Grabowski")


@pytest.mark.parametrize("language", SOURCES)
def test_a_name_is_heard_in_another_script(language: str) -> None:
    """The surname that a source spells in its own script is found; of four that nobody named, none is."""
    source = [Passage("a", SOURCES[language], language)]
    assert check("The plant will open in 2019, Minister McKenzie said.", "en", source).supported
    for other in OTHERS:
        verdict = check(f"The plant will open in 2019, Minister {other} said.", "en", source)
        assert [missing.value for missing in verdict.missing] == [other]


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "{} said that the plant will open in 2019."),
        ("es", "{} anunció que la planta abrirá en 2019."),
        ("fr", "{} a annoncé que l'usine ouvrira en 2019."),
        ("it", "{} ha annunciato che la fabbrica aprirà nel 2019."),
        ("vi", "{} cho biết nhà máy sẽ mở cửa năm 2019."),
    ],
)
def test_a_name_that_opens_the_sentence(language: str, claim: str) -> None:
    """A single name at the start of a sentence is looked up, though any word has a capital there."""
    source = [Passage("a", SOURCES["ru"], "ru")]
    assert check(claim.format("Castellanos"), language, source).supported
    assert not check(claim.format("Halvorsen"), language, source).supported


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "Production was to begin in 2019."),
        ("en", "Everyone said that the plant will open in 2019."),
        ("es", "Alguien anunció que la planta abrirá en 2019."),
        ("fr", "Cela a été annoncé en 2019."),
        ("uk", "Завод Демократичної партії відкриють у 2019 році."),
        ("tr", "Fabrika, Araştırma Merkezi tarafından 2019'da açılacak."),
        ("ko", "외무부 장관은 공장이 2019년에 문을 연다고 말했다."),
    ],
)
def test_what_is_no_name_is_not_asked_for(language: str, claim: str) -> None:
    """Ordinary words that open a sentence, and institutions, which are translated, need not be found by sound."""
    assert check(claim, language, [Passage("a", SOURCES["ru"], "ru")]).supported


def test_nearest_tells_the_heard_from_the_unheard() -> None:
    """What a text names is near to what is heard in it; what it does not name is far."""
    for language in ("ru", "uk", "fa", "th", "ko", "hi"):
        heard = hear(SOURCES[language], language)
        assert heard.nearest(name_key(["McKenzie"])) < min(heard.nearest(name_key([other])) for other in OTHERS)


def test_the_opposite_in_another_language() -> None:
    """Refused for approved is caught where the source tells of little else; in a long text only by shared facts."""
    short = "下院は火曜日に条約を承認した。"
    assert not check("The lower house rejected the treaty.", "en", [Passage("a", short, "ja")]).supported
    assert check("The lower house approved the treaty.", "en", [Passage("a", short, "ja")]).supported
    long = short + "議長は演説した。野党は街頭に出た。市民は拍手した。記者が質問した。"
    assert check("Protesters reject the speech.", "en", [Passage("a", long, "ja")]).supported
    facts = "下院は320票で条約を承認した。議長は演説した。野党は街頭に出た。市民は拍手した。"
    assert not check("The lower house rejected the treaty by 320 votes.", "en", [Passage("a", facts, "ja")]).supported


def test_a_city_is_looked_for_by_its_name_in_the_source() -> None:
    """What happened in Tokyo is not borne out by what happened in Manila, though both capitals' countries are named."""
    source = [Passage("a", "日本政府とフィリピン政府はマニラで会談し、巡視船の供与で合意した。", "ja")]
    assert check("Nhật Bản và Philippines họp tại Manila.", "vi", source).supported
    assert not check("Nhật Bản và Philippines họp tại Tokyo.", "vi", source).supported
    assert check("Tokyo will provide patrol ships.", "en", source).supported  # it stands for its government


def test_a_plan_in_another_language_is_not_told_as_done() -> None:
    """What is to begin has not begun."""
    source = [Passage("a", "Tuyến đường sắt sẽ khởi công vào tháng 12 năm nay.", "vi", "2025-08-15")]
    assert check("Construction of the railway will begin in December.", "en", source).supported
    assert not check("Construction of the railway began this year.", "en", source).supported


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        ("We could not be happier with the harbour.", "en", "Wir sind mit dem Hafen sehr zufrieden.", "de"),
        ("Comment pourrais-je manquer ce concert ?", "fr", "¿Por qué no querría ir a ese concierto?", "es"),
        ("他们和港口的关系很不错。", "zh", "У них прекрасные отношения с портом.", "ru"),
        ("เศรษฐกิจของเมืองชะลอตัวลง", "th", "The economy of the city is weaker.", "en"),
        (
            "公社は津波を住民に知らせなかったことで広く批判された。",
            "ja",
            "L'agence a été largement critiquée pour ne pas avoir averti les habitants du tsunami.",
            "fr",
        ),
        ("او به آنجا رفت اما سفر خوب پیش نرفت.", "fa", "Fue allí, pero el viaje no fue bien.", "es"),
        ("Le port a adopté une motion de censure sans précédent.", "fr", "港口通过了前所未有的不信任案。", "zh"),
        ("The parliament passed a no-confidence motion.", "en", "Парламент принял вотум недоверия.", "ru"),
    ],
)
def test_what_only_looks_like_a_denial_denies_nothing(claim: str, language: str, source: str, spoken: str) -> None:
    """Idioms, questions, what a "not" does not turn and verbs that hold one of their own contradict nothing."""
    assert check(claim, language, [Passage("a", source, spoken)]).supported


def test_a_plain_denial_is_still_told_from_its_opposite() -> None:
    """The same sentences with their "not" on one side only."""
    assert not check("او به آنجا سفر نکرد.", "fa", [Passage("a", "Viajó allí.", "es")]).supported
    assert not check("He went to the port.", "en", [Passage("a", "او به بندر نرفت.", "fa")]).supported
