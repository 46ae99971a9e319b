"""Which picture a storyline shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from briefing.compose import Material, Preferences, plan, shorten
from briefing.extract.images import inward
from briefing.model import Article, Dating, Edition, Image, Picture, Storyline

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
MATTERS = (
    ("harbour", "The new pier of the harbour opens in March, the harbour office of Westhaven said on Friday morning."),
    ("bank", "The central bank of Norland left its main rate at four percent because prices rose more slowly there."),
    ("river", "Water in the lower delta of the Sand river fell by forty centimetres overnight, the river office said."),
)


def photo(name: str, **sizes: int) -> Image:
    return Image(f"https://cdn.example.org/{name}.jpg", "", **sizes)


def article(name: str, text: str, image: Image | None, day: int = 20, **changes: Any) -> Article:
    title = " ".join(text.split()[:7])
    published = Dating(f"2026-11-{day:02d}")
    return Article(name, "feed", name, title, text, "en", NOW, published=published, image=image, **changes)


def material(name: str, *articles: Article) -> Material:
    return Material(Storyline(name, name, name, "en"), articles, frozenset(one.id for one in articles))


def told(*materials: Material, **wanted: Any) -> Edition:
    preferences = Preferences("morning", "Morning", **({"images": "storylines"} | wanted))
    return plan(materials, preferences, None, NOW)


def pictures(edition: Edition) -> dict[str, str | None]:
    return {
        telling.id: telling.picture.image.url.rpartition("/")[2] if telling.picture else None
        for telling in edition.storylines
    }


def three(**images: Image | None) -> list[Material]:
    """Give three storylines; the harbour leads, being told twice."""
    made = [material(name, article(name, text, images.get(name))) for name, text in MATTERS]
    other = article("harbour-2", f"{MATTERS[0][1]} Ships of forty metres can be moored.", None, outlet="Other")
    made[0] = material("harbour", *made[0].articles, other)
    return made


def test_no_picture_is_shown_unless_asked_for() -> None:
    """A newsletter shows none, one with the lead, or one with each storyline of some length, as it says."""
    given = three(harbour=photo("a"), bank=photo("b"), river=photo("c"))
    assert set(pictures(told(*given, images="none")).values()) == {None}
    assert pictures(told(*given, images="lead")) == {"harbour": "a.jpg", "bank": None, "river": None}
    assert pictures(told(*given)) == {"harbour": "a.jpg", "bank": "b.jpg", "river": "c.jpg"}
    assert Preferences("morning", "Morning").images == "none"


def test_what_storylines_share_is_a_sites_own_mark() -> None:
    """The same picture with two matters shows nothing of either."""
    assert pictures(told(*three(harbour=photo("mark"), bank=photo("mark"), river=photo("c")))) == {
        "harbour": None,
        "bank": None,
        "river": "c.jpg",
    }


def test_the_article_of_the_headline_gives_the_picture() -> None:
    """The picture goes with the headline; where that article has none, or a narrow one, the newest other gives it."""
    text = MATTERS[0][1]
    first = article("a", text, photo("a"), 20)
    second = article("b", f"{text} Ships of forty metres can be moored there.", photo("b"), 19)
    edition = told(material("harbour", first, second))
    assert edition.storylines[0].picture == Picture(edition.storylines[0].headline_article, edition_image(edition))
    narrow = article("a", text, photo("a", width=240), 20)
    assert pictures(told(material("harbour", narrow, second))) == {"harbour": "b.jpg"}
    assert pictures(told(material("harbour", article("a", text, None), second))) == {"harbour": "b.jpg"}
    assert pictures(told(material("harbour", narrow))) == {"harbour": "a.jpg"}


def edition_image(edition: Edition) -> Image:
    picture = edition.storylines[0].picture
    assert picture is not None
    return picture.image


def test_nothing_inside_a_readers_network_is_linked_to() -> None:
    """A picture at an address of one's own network would make every reader's program ask there."""
    for url in (
        "http://192.168.1.1/reboot.jpg",
        "http://127.0.0.1:8080/a.jpg",
        "http://[::1]/a.jpg",
        "http://2130706433/a.jpg",
        "http://0x7f.1/a.jpg",
        "http://127.1/a.jpg",
        "http://8.8.8.8/a.jpg",
        "http://localhost/a.jpg",
        "http://router/a.jpg",
        "http://printer.local/a.jpg",
        "http://nas.home.arpa./a.jpg",
        "http://wiki.internal/a.jpg",
        "http://[::1/a.jpg",
        "nonsense",
    ):
        assert inward(url), url
        assert pictures(told(*three(harbour=Image(url)), images_from="link"))["harbour"] is None, url
    # Whoever makes a copy judges by the source, and by where the name leads in the end.
    assert pictures(told(*three(harbour=Image("http://127.0.0.1:8080/a.jpg"))))["harbour"] == "a.jpg"
    for url in ("https://cdn.example.org/a.jpg", "https://i.example.co.uk:8443/a.jpg", "https://bücher.example/a"):
        assert not inward(url), url


def test_pictures_go_before_sentences_where_a_mail_is_too_long() -> None:
    """What is re-planned shorter loses the pictures of its medium storylines first, and keeps the lead's."""
    given = three(harbour=photo("a"), bank=photo("b"), river=photo("c"))
    edition = told(*given)
    shorter = shorten(edition, 100)
    assert pictures(edition) == {"harbour": "a.jpg", "river": "c.jpg", "bank": "b.jpg"}
    assert pictures(shorter) == {"harbour": "a.jpg", "river": "c.jpg", "bank": None}
    for before, after in zip(edition.storylines, shorter.storylines, strict=True):
        assert after.sentences == before.sentences


def test_a_picture_is_of_an_article_that_is_listed() -> None:
    """An article that the newsletter filters out gives no picture either."""
    text = MATTERS[0][1]
    mine, other = article("a", text, None), article("b", text + " More.", photo("b"), 21)
    given = material("harbour", mine, Article(**{**fields(other), "source": "unwanted"}))
    assert pictures(told(given, sources=("feed",))) == {"harbour": None}
    assert pictures(told(given)) == {"harbour": "b.jpg"}


def fields(one: Article) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}
