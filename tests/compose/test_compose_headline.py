"""Headlines: the best source's own, cleaned, never made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compose.headline import clean, headline
from briefing.model import Article, Dating

NOW = datetime(2025, 3, 20, tzinfo=UTC)


def article(key: str, title: str, language: str = "en", *, made: bool = False, text: str = "") -> Article:
    """An article with a headline."""
    return Article(
        key, "tribune", key, title, text or f"{title}.", language, NOW, outlet="The Marvo Tribune", title_made=made
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Council closes old bridge - The Marvo Tribune", "Council closes old bridge"),
        ("Council closes old bridge | World | The Marvo Tribune", "Council closes old bridge"),
        ("VIDEO: Council closes old bridge", "Council closes old bridge"),
        ("[LIVE] Council closes old bridge", "Council closes old bridge"),
        ("Breaking news: Council closes old bridge (updated)", "Council closes old bridge"),
        ("Trực tiếp: Hội đồng đóng cầu cũ", "Hội đồng đóng cầu cũ"),
        ("ด่วน! สภาเมืองปิดสะพานเก่า", "สภาเมืองปิดสะพานเก่า"),
        ("【速報】市議会が古い橋を閉鎖", "市議会が古い橋を閉鎖"),
        ("СРОЧНО: Совет закрыл старый мост", "Совет закрыл старый мост"),
        ("عاجل | المجلس يغلق الجسر القديم في المدينة", "المجلس يغلق الجسر القديم في المدينة"),
        ("Tribune – Council closes old bridge", "Council closes old bridge"),
        ("North-South talks - a last chance for peace", "North-South talks - a last chance for peace"),
        ("Live music returns to Marvo", "Live music returns to Marvo"),
        ("  Council\n closes   bridge ", "Council closes bridge"),
        ("🔴 LIVE — Council closes old bridge 🚨", "Council closes old bridge"),
        ("EN DIRECT, Marvo : le conseil ferme le pont", "Marvo : le conseil ferme le pont"),
        ("Live, work and rest in the old harbour", "Live, work and rest in the old harbour"),
        ("+++ Eilmeldung +++ Rat schließt alte Brücke", "Rat schließt alte Brücke"),
        ("Council closes old bridge – live updates", "Council closes old bridge"),
        ("WRAPUP 3-Council closes old bridge", "Council closes old bridge"),
        ("#Breaking Council closes old bridge #marvo #bridge", "Council closes old bridge"),
        ("Council closes bridge | The Marvo Tribune - Breaking News, Latest News", "Council closes bridge"),
        ("Council closes old bridge :: The Marvo Tribune", "Council closes old bridge"),
        ("Council closes old bridge • Tribune", "Council closes old bridge"),
        ("Tribune: Council closes old bridge", "Council closes old bridge"),
        ("Council closes old bridge | ", "Council closes old bridge"),
        ("市议会关闭旧桥_新闻_示例网", "市议会关闭旧桥"),
        ("Rovers 2 - 1 United after extra time", "Rovers 2 - 1 United after extra time"),
        ("COUNCIL CLOSES OLD BRIDGE", "COUNCIL CLOSES OLD BRIDGE"),
        ("😀😀", "😀😀"),
        ("Video", "Video"),
        ("|", "|"),
    ],
)
def test_a_headline_loses_what_clings_to_it(given: str, kept: str) -> None:
    """Site names, sections, format marks and brackets go; what belongs to the headline stays."""
    assert clean(given, ("The Marvo Tribune", "Tribune")) == kept


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_cleaning_never_empties_a_headline(title: str, names: list[str]) -> None:
    """Whatever the title, something of it is left, and every letter of it is the source's."""
    kept = clean(title, names)
    assert bool(kept) == bool(title.strip())
    assert set(kept) <= set(title) | {" "}


def test_the_readers_language_then_the_best_headline() -> None:
    """Language first; a made headline, a question and clickbait only where there is nothing else."""
    bridge = "The council closed the old bridge over the Orla on Friday."
    given = [
        article("1", "Is this the end of the bridge?", text=bridge),
        article("2", "You won't believe which bridge was closed", text=bridge),
        article("3", "Council closes old bridge over the Orla", text=bridge),
        article("4", "The council closed the old bridge", made=True, text=bridge),
        article("5", "Le conseil ferme le vieux pont", "fr"),
    ]
    assert headline(given, ["en"]) == ("Council closes old bridge over the Orla", "en", "3")
    assert headline(given, ["fr", "en"])[2] == "5"
    assert headline(given[3:4], ["vi"])[2] == "4"
    assert headline(given[:2], ["en"])[2] == "1"


def test_a_lead_that_can_be_read_is_better_than_a_headline_that_cannot() -> None:
    """A headline made from a lead in the reader's language goes before another language's own."""
    given = [
        article("1", "The council closed the old bridge over the Orla", made=True),
        article("2", "Le conseil ferme le vieux pont", "fr"),
    ]
    assert headline(given, ["en"])[2] == "1"
    assert headline(given, ["en", "fr"])[2] == "2"


def test_the_newest_development_gives_the_headline() -> None:
    """Among good headlines in one language, one of the newest development wins."""
    given = [
        article("1", "Deputies sign the river treaty in Marvo"),
        article("2", "Parliament ratifies the river treaty"),
    ]
    assert headline(given, ["en"], newest=["2"])[2] == "2"
    assert headline(given, ["en"], newest=["1"])[2] == "1"


def test_a_matter_of_years_is_headed_by_what_is_near_its_newest() -> None:
    """With the newest report in a language that the reader lacks, the readable headline nearest to it in time heads."""
    text = "The harbour treaty on the strait of Orla was discussed by the council of Marvo and its neighbours."
    told = [
        replace(article("a", "Harbour treaty of Orla is signed", text=text), published=Dating("2023-09-20", "feed")),
        replace(article("b", "Sixtieth state joins Orla pact", text="Rivo."), published=Dating("2025-09-19", "feed")),
        replace(article("c", "Договор вступил в силу", "ru"), published=Dating("2026-01-17", "feed")),
    ]
    assert headline(told, ["en"], ["c"])[2] == "b"


def test_todays_news_heads_before_an_old_headline_in_a_better_language() -> None:
    """Of two languages that the reader reads the first one heads within a week; after that the newer report does."""
    english = replace(article("a", "Harbour treaty of Orla is signed"), published=Dating("2024-06-19", "feed"))
    french = article("b", "Le Sénat approuve le traité d'Orla", "fr")
    assert headline([english, replace(french, published=Dating("2024-06-24", "feed"))], ["en", "fr"])[2] == "a"
    assert headline([english, replace(french, published=Dating("2024-11-08", "feed"))], ["en", "fr"])[2] == "b"
    assert headline([english, french], ["en", "fr"], ["b"])[2] == "a"
    assert headline([english, replace(french, published=Dating("2024-11-08", "feed"))], ["en"])[2] == "a"


def test_a_headline_of_nothing_is_an_error() -> None:
    """No article, no headline."""
    with pytest.raises(ValueError, match="at least one article"):
        headline([], ["en"])
