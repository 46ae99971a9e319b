"""Names: places and people of every script, and whether two texts name the same."""

# ruff: noqa: E501  (a sample sentence is easier to read on one line)

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.names import blocks, find_names, hear, mentions, name_key, name_score, same_name, territory_name

PLACES = [
    (
        "en",
        "Russia and North Korea signed in Moscow; the U.S. and South Koreans protested.",
        ["RU", "KP", "RU", "US", "KR"],
    ),
    ("vi", "Nga và Triều Tiên ký kết tại Bình Nhưỡng, Mỹ và Hàn Quốc phản đối.", ["RU", "KP", "KP", "US", "KR"]),
    ("th", "รัสเซียและเกาหลีเหนือลงนามที่กรุงเปียงยาง สหรัฐฯ คัดค้าน", ["RU", "KP", "KP", "US"]),
    ("fa", "روسیه و کره شمالی در پیونگ‌یانگ امضا کردند؛ آمریکا اعتراض کرد.", ["RU", "KP", "KP", "US"]),
    ("ar", "وقعت روسيا وكوريا الشمالية في موسكو، وبالولايات المتحدة احتجاج.", ["RU", "KP", "RU", "US"]),
    (
        "ru",
        "В Москве российские и северокорейские депутаты; в Саудовской Аравии и Польше.",
        ["RU", "RU", "KP", "SA", "PL"],
    ),
    ("uk", "Росія та Північна Корея; у Києві та Польщі.", ["RU", "KP", "UA", "PL"]),
    ("zh", "俄罗斯和朝鲜在莫斯科签署，美国和韩国抗议。", ["RU", "KP", "RU", "US", "KR"]),
    ("ja", "ロシアと北朝鮮は平壌で署名、米国と韓国は抗議。", ["RU", "KP", "KP", "US", "KR"]),
    ("ko", "러시아와 북한은 평양에서 서명했고 미국은 반발했다.", ["RU", "KP", "KP", "US"]),
    ("he", "רוסיה וצפון קוריאה חתמו במוסקבה.", ["RU", "KP", "RU"]),
    ("hi", "रूस और उत्तर कोरिया ने हस्ताक्षर किए, अमेरिका ने विरोध किया।", ["RU", "KP", "US"]),
    ("id", "Rusia dan Korea Utara menandatangani di Pyongyang; AS memprotes.", ["RU", "KP", "KP", "US"]),
    ("tr", "Rusya ve Kuzey Kore Moskova'da imzaladı; ABD karşı çıktı.", ["RU", "KP", "RU", "US"]),
    ("es", "Rusia y Corea del Norte firmaron en Moscú; EE. UU. protestó.", ["RU", "KP", "RU", "US"]),
    ("fr", "La Russie et la Corée du Nord ont signé à Moscou; les États-Unis protestent.", ["RU", "KP", "RU", "US"]),
    ("de", "Russland und Nordkorea unterzeichneten in Moskau; die USA protestieren.", ["RU", "KP", "RU", "US"]),
    ("pt", "A Rússia e a Coreia do Norte assinaram em Moscou; os EUA protestam.", ["RU", "KP", "RU", "US"]),
    (
        "it",
        "La Russia e la Corea del Nord hanno firmato a Mosca; gli Stati Uniti protestano.",
        ["RU", "KP", "RU", "US"],
    ),
    ("pl", "Rosja i Korea Północna podpisały w Moskwie; Stany Zjednoczone protestują.", ["RU", "KP", "RU", "US"]),
]

NO_PLACES = [
    ("en", "They ate turkey with china cups."),
    ("en", "Michael Jordan scored; Georgia Miller cheered."),
    ("vi", "Anh nói rằng chị Thúy Nga đã mua áo mới."),
    ("ja", "タイヤとネクタイを買った。"),
    ("th", "เขาไปทำงานทุกวัน"),
]

PEOPLE = {
    "en": "President Vladimir Putin met Kim Jong Un. Mr. Putin smiled.",
    "vi": "Tổng thống Nga Vladimir Putin gặp nhà lãnh đạo Kim Jong-un. Ông Putin mỉm cười.",
    "th": "ประธานาธิบดีวลาดิเมียร์ ปูติน พบนายคิม จองอึน ผู้นำเกาหลีเหนือ นายปูตินกล่าวว่าดี",
    "fa": "رئیس‌جمهور روسیه، ولادیمیر پوتین با رهبر کره شمالی، کیم جونگ‌اون دیدار کرد.",
    "ar": "التقى الرئيس الروسي فلاديمير بوتين مع الزعيم الكوري الشمالي كيم جونغ أون.",
    "ru": "Президент Владимир Путин встретился с Ким Чен Ыном. Путин улыбнулся.",
    "uk": "Президент Володимир Путін зустрівся з Кім Чен Ином.",
    "zh": "俄罗斯总统弗拉基米尔·普京会见了朝鲜领导人。",
    "ja": "ロシアのウラジーミル・プーチン大統領が会談した。プーチン氏は笑った。",
    "ko": "블라디미르 푸틴 러시아 대통령은 회담을 가졌다. 푸틴 대통령은 웃었다.",
    "hi": "राष्ट्रपति व्लादिमीर पुतिन ने मुलाकात की।",
    "de": "Präsident Wladimir Putin traf Kim Jong Un. Putin lächelte.",
    "fr": "Le président Vladimir Poutine a rencontré Kim Jong-un.",
    "pl": "Prezydent Władimir Putin spotkał się z Kim Dzong Unem.",
    "tr": "Devlet Başkanı Vladimir Putin, Kim Jong-un ile görüştü. Putin'in sözleri.",
    "he": "נשיא רוסיה ולדימיר פוטין נפגש עם מנהיג צפון קוריאה.",
}


def _codes(text: str, language: str) -> list[str]:
    return [place.code for place in find_names(text, language).places]


@pytest.mark.parametrize(("language", "text", "codes"), PLACES, ids=[row[0] for row in PLACES])
def test_places_in_twenty_languages(language: str, text: str, codes: list[str]) -> None:
    """Countries, capitals, governments, adjectives and case forms give the same codes in every language."""
    assert _codes(text, language) == codes


@pytest.mark.parametrize(("language", "text"), NO_PLACES)
def test_false_friends(language: str, text: str) -> None:
    """A bird, cups, first names, brothers and tyres are no countries."""
    assert _codes(text, language) == []


def test_a_country_with_an_article_is_no_given_name() -> None:
    """ "Le Kenya" is the country, "Kenya Barris" a person."""
    assert [place.code for place in find_names("Le Kenya ratifie le traité.", "fr").places] == ["KE"]
    assert find_names("Le Kenya ratifie le traité.", "fr").people == ()
    assert find_names("Kenya Barris est venu.", "fr").places == ()


@pytest.mark.parametrize("language", PEOPLE)
def test_one_person_in_every_script(language: str) -> None:
    """The president of each text is the Vladimir Putin of the English one."""
    english = {name.key for name in find_names(PEOPLE["en"], "en").people}
    own = {name.key for name in find_names(PEOPLE[language], language).people}
    assert any(same_name(key, "vladimir putin") for key in own)
    assert "vladimir putin" in english


def test_a_short_form_carries_the_full_names_key() -> None:
    """Putin alone, later in the same text, is the Vladimir Putin of its beginning."""
    people = find_names(PEOPLE["en"], "en").people
    assert [name.key for name in people].count("vladimir putin") == 2


def test_titles_ordinary_words_and_places_are_no_people() -> None:
    """Only the names stay of a text full of capitals."""
    text = (
        "On Monday, President Maria Lopez of Brazil met the Minister. Yesterday she left. The Senate voted. Lopez won."
    )
    assert {text[name.start : name.end] for name in find_names(text, "en").people} == {"Maria Lopez", "Senate", "Lopez"}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (("Vladimir", "Putin"), ("Путин",), True),
        (("Vladimir", "Putin"), ("Владимир", "Путин"), True),
        (("Vladimir", "Putin"), ("Volodymyr", "Zelensky"), False),
        (("Joe", "Biden"), ("Putin",), False),
        (("Joe", "Biden"), ("Hunter", "Biden"), False),
        (("Kim", "Jong-un"), ("Ким", "Чен", "Ын"), True),
        (("Kim", "Jong-un"), ("คิม", "จองอึน"), True),
        (("Andrei", "Belousov"), ("Андрей", "Белоусов"), True),
        (("Andrei", "Belousov"), ("Andrey", "Beloussov"), True),
        (("Xi", "Jinping"), ("Си", "Цзиньпин"), True),
        (("Kim",), ("Lee",), False),
    ],
)
def test_same_name(one: tuple[str, ...], two: tuple[str, ...], same: bool) -> None:
    """Full and short forms agree across scripts; another first name, or another sound, does not."""
    assert same_name(name_key(one), name_key(two)) is same
    assert same_name(name_key(two), name_key(one)) is same


def test_names_are_heard_where_nothing_marks_them() -> None:
    """Names known from elsewhere are found in scripts without capitals, and absent ones are not."""
    keys = [name_key(("Andrei", "Belousov")), name_key(("Kamala", "Harris")), name_key(("Vladimir", "Putin"))]
    for language, text in (
        ("th", "อันเดรย์ เบโลอูซอฟ เดินทางถึงกรุงเปียงยางเมื่อวานนี้"),
        ("fa", "آندری بلوسوف دیروز وارد پیونگ‌یانگ شد"),
        ("ar", "وصل أندريه بيلوسوف أمس إلى العاصمة"),
        ("ko", "안드레이 벨로우소프는 어제 평양에 도착했다"),
        ("hi", "आंद्रेई बेलौसोव कल पहुंचे"),
        ("zh", "安德烈·别洛乌索夫昨天抵达平壤"),
    ):
        assert mentions(keys, text, language) == {keys[0]}, language


def test_territory_names() -> None:
    """CLDR's name in the reader's language, English for others, the code for what is no territory."""
    assert territory_name("RU", "vi") == "Nga"
    assert territory_name("KP", "fa-IR") == "کرهٔ شمالی"
    assert territory_name("RU", "xx") == "Russia"
    assert territory_name("XQ", "en") == "XQ"


LANGUAGES = ["en", "vi", "th", "fa", "ar", "ru", "zh", "ja", "ko", "he", "hi", "tr", "de", "ur", "xx"]


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "Nga",
                    "Anh",
                    "U.S.",
                    "นาย",
                    "ปูติน",
                    "رئیس",
                    "پوتین",
                    "President",
                    "New",
                    "Jersey",
                    "总统",
                    "普京",
                    "氏",
                    "씨",
                    "-",
                    ".",
                    "Jong-un",
                ]
            )
        ).map(" ".join),
    ),
    st.sampled_from(LANGUAGES),
)
def test_spans_are_valid(text: str, language: str) -> None:
    """Whatever the text: spans lie in it in order, places do not overlap, keys are not empty, scores are between 0 and 1."""
    names = find_names(text, language)
    for group in (names.places, names.people):
        assert list(group) == sorted(group, key=lambda mention: mention.start)
        assert all(0 <= mention.start < mention.end <= len(text) for mention in group)
    for name in names.people:
        assert name.key.strip()
        assert blocks(name.key) == blocks(name.key)
        assert 0 <= name_score(name.key, "vladimir putin") <= 1
        hear(text, language).holds(name.key)


def test_a_text_stuffed_with_names_is_bounded() -> None:
    """A hundred thousand capitals in a row end in names of at most six parts."""
    people = find_names("Aa Bb Cc " * 10_000, "en").people
    assert all(len(name.key.split(" ")) <= 6 for name in people)


def test_agreement_on_parallel_news(shared: Path) -> None:
    """On translations of one article against other articles: places agree nearly always, people mostly, others hardly."""
    rows = [json.loads(line) for line in (shared / "data" / "ntrex_dev.jsonl").read_text("utf-8").splitlines()]
    stories = sorted({row["development"] for row in rows})[::2]
    found = {
        (row["language"], row["development"]): find_names(f"{row['title']}\n{row['text']}", row["language"])
        for row in rows
        if row["development"] in stories
    }
    agree: dict[str, list[float]] = {"same": [], "other": []}
    for language in ("vi", "fa", "th", "ar", "ru", "zh", "ja", "ko", "hi", "de"):
        for n, story in enumerate(stories):
            for kind, other in (("same", story), ("other", stories[(n + 7) % len(stories)])):
                one, two = ({place.code for place in found[key].places} for key in (("en", story), (language, other)))
                if one and two:
                    agree[kind].append(len(one & two) / min(len(one), len(two)))
    assert sum(agree["same"]) / len(agree["same"]) >= 0.94
    assert sum(agree["other"]) / len(agree["other"]) <= 0.3


FALSE_FRIENDS = [
    ("ar", "أعلن الوزير الدعم المالي وهو دعم مالي كبير", []),
    ("ar", "الحرب في مالي والسودان", ["ML", "SD"]),
    ("fa", "امور مالی و بحران مالی", []),
    ("fa", "کودتا در مالی", ["ML"]),
    ("tr", "Mali yardım arttı", []),
    ("tr", "Mali'de darbe oldu", ["ML"]),
    ("de", "Die mexikanische und die nigerianische Regierung", ["MX", "NG"]),
    ("de", "Der georgische, der tschadische und der jordanische Minister", ["GE", "TD", "JO"]),
    ("de", "Stürme im Indischen Ozean", []),
    ("fr", "l'armée tchadienne et le gouvernement nigérien", ["TD", "NE"]),
    ("fr", "une idée maligne, un roman", []),
    ("es", "el presidente mexicano viajó a Granada", ["MX"]),
    ("en", "Guinea pigs and a turkey dinner", []),
    ("en", "Nigerian troops entered Niger", ["NG", "NE"]),
    ("en", "Chad Smith met Michael Jordan", []),
    ("en", "Chad and Jordan signed it in Georgia", ["TD", "JO", "GE"]),
    ("ru", "Росс сказал. Того, кто пришёл, ждали.", []),
    ("ru", "Россия и Того подписали договор", ["RU"]),
    ("ru", "Россией и Турцией", ["RU", "TR"]),
    ("th", "นิทานชาดก ของมาลีนนท์", []),
    ("th", "ผู้ลี้ภัยในชาด", ["TD"]),
    ("zh", "马里兰州的阿曼达", []),
    ("zh", "马里和阿曼", ["ML", "OM"]),
    ("ko", "모든 수단을 동원했다", []),
    ("ko", "수단 정부는 거부했다", ["SD"]),
    ("ja", "リチャードとマリアのロマン", []),
]


@pytest.mark.parametrize(("language", "text", "codes"), FALSE_FRIENDS)
def test_false_friends_of_places(language: str, text: str, codes: list[str]) -> None:
    """A common word that is spelt like a country is none; the country, and its adjectives, are found all the same."""
    assert [place.code for place in find_names(text, language).places] == codes


def test_german_nouns_are_no_names() -> None:
    """Nouns have a capital in German: what an article stands before, or what ends like one, is cut from a name."""
    text = (
        "Der Anschlag erschütterte die Stadt. Das Team Hamilton gewann im Interview Anfang Woche. Cricks Vorschlag "
        "gefiel. Der Amerikaner Jordan Spieth traf Angela Merkel. Laut Friedrich Merz handelte Minister Lindner. Das "
        "Verteidigungsministerium Russlands schwieg."
    )
    found = find_names(text, "de")
    people = [text[name.start : name.end] for name in found.people]
    assert people == ["Jordan Spieth", "Angela Merkel", "Friedrich Merz", "Lindner"]
    assert "RU" in [place.code for place in found.places]


def test_korean_verbs_before_a_title_are_no_names() -> None:
    """A short verb behind what it governs stands where a name stands before a title, and is none."""
    for verb in ("회의를 이끈 총리는 떠났다.", "부패에 맞선 판사가 말했다.", "위원회를 지낸 장관이 웃었다."):
        assert not find_names(verb, "ko").people
    assert find_names("어제 푸틴 대통령이 웃었다.", "ko").people
