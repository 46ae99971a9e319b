"""Pictures of articles: which are read, and which are not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract import extract
from briefing.extract.images import LONGEST_ADDRESS, LONGEST_ALT, image, widest
from briefing.model import Entry, Image

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PHOTO = "https://cdn.paper.example/2026/harbour.jpg"
TEXT = (
    "<p>The harbour office said on Friday the new pier will open in March, a year later than planned, because the "
    "steel for its deck came late.</p><p>Ships of up to forty metres can be moored there, the office added, and the "
    "old pier will be taken down in the summer.</p>"
)


def found(head: str, body: str = TEXT, **changes: object) -> Image | None:
    """Give the picture of a page with this head."""
    page = f"<!doctype html><html lang=en><head><title>Pier opens late</title>{head}</head><body>{body}</body></html>"
    entry = Entry("paper", "1", page, NOW, "text/html", **changes)  # type: ignore[arg-type]
    return extract(entry).article.image


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:image/png;base64,iVBORw0KGgo=",
        "//cdn.paper.example/a.jpg",
        "/img/a.jpg",
        "a.jpg",
        "ftp://paper.example/a.jpg",
        "file:///etc/passwd",
        "cid:1@paper.example",
        "https://",
        "https:///a.jpg",
        "https://user:word@paper.example/a.jpg",
        "https://user@paper.example/a.jpg",
        "https://paper.example:0/a.jpg",
        "https://paper.example:99999/a.jpg",
        "https://[::1/a.jpg",
        'https://paper.example/a.jpg" onerror="alert(1)',
        "https://paper.example/a.jpg><script>",
        "https://paper.example\\@other.example/a.jpg",
        "https://paper.example/\u202egpj.a",
        "https://paper.example/a\u200b.jpg",
        "https://paper.example/a\r\nSet-Cookie: x.jpg",
        "https://paper.example/" + "a" * 10_000 + ".jpg",
        "https://paper.example/drawing.svg",
        "https://paper.example/drawing.SVG?v=2",
        "https://paper.example/film.mp4",
        "https://paper.example/favicon.png",
        "https://paper.example/site-logo.png",
        "https://stats.example/1x1/pixel.gif",
        "https://paper.example/og-default.jpg",
        None,
        7,
        "",
        " ",
    ],
)
def test_hostile_and_useless_addresses_are_refused(address: object) -> None:
    """Only an absolute http or https address without a login, of sane length, that names no furniture is a picture."""
    assert image(address) is None


@pytest.mark.parametrize(
    "address",
    [
        PHOTO,
        "http://paper.example/a",
        "https://paper.example/Ảnh-bến-cảng.jpg",
        "https://paper.example/image.php?id=7&w=1200",
        "https://paper.example/google-pixel-review.jpg",
        "https://paper.example/o'brien.jpg",
        "https://i.paper.example/vi/x/maxresdefault.jpg",
    ],
)
def test_addresses_of_photographs_are_kept(address: str) -> None:
    """An address that may be asked for is kept as it was given."""
    assert image(f" {address} ") == Image(address)


def test_spaces_in_an_address_are_written_as_such() -> None:
    """A space inside an address, which many sites leave there, becomes %20."""
    assert image("https://paper.example/the new pier.jpg") == Image("https://paper.example/the%20new%20pier.jpg")


def test_small_pictures_count_readers_or_are_icons() -> None:
    """A declared side below 100 pixels refuses a picture; nonsense in a size is no size."""
    for sides in (("1", "1"), (1, 1), ("0", "0"), ("600", "1"), ("99px", None), (None, "16")):
        assert image(PHOTO, "", *sides) is None, sides
    for sides in (("100%", "auto"), ("-5", "1e9"), ("999999", True), (None, []), ("", "x" * 10_000)):
        assert image(PHOTO, "", *sides) == Image(PHOTO), sides
    assert image(PHOTO, "", "1200", 630.0) == Image(PHOTO, "", 1200, 630)


def test_texts_of_pictures() -> None:
    """What a picture shows is one line of at most 300 characters; the name of a file says nothing."""
    assert image(PHOTO, " The\n new  pier ") == Image(PHOTO, "The new pier")
    for useless in ("IMG_2033.jpg", "image 1", "DSC-0001", "…", "2026", None, 3, "photo"):
        assert image(PHOTO, useless) == Image(PHOTO), useless
    for long in ("pier " * 400, "ก" * 3_000):
        made = image(PHOTO, long)
        assert made is not None
        assert LONGEST_ALT // 2 < len(made.alt) <= LONGEST_ALT
        assert made.alt.endswith("…")


def test_open_graph_names_the_picture() -> None:
    """og:image is read with the text and size that stand behind it, before Twitter's and JSON-LD's."""
    head = (
        f'<meta property="og:image" content="{PHOTO}"><meta property="og:image:width" content="1200">'
        '<meta property="og:image:height" content="630"><meta property="og:image:alt" content="Cranes &amp; a pier">'
        '<meta name="twitter:image" content="https://paper.example/other.jpg">'
    )
    assert found(head) == Image(PHOTO, "Cranes & a pier", 1200, 630)


def test_each_of_several_pictures_keeps_its_own_properties() -> None:
    """Where the first og:image is unfit the next one is taken, with its own text; og:image:secure_url is its alias."""
    head = (
        '<meta property="og:image" content="/relative.jpg"><meta property="og:image:alt" content="First">'
        f'<meta property="og:image" content="{PHOTO}"><meta property="og:image:secure_url" content="{PHOTO}">'
        '<meta property="og:image:alt" content="Second">'
    )
    assert found(head) == Image(PHOTO, "Second")
    assert found(f'<meta property="og:image:url" content="{PHOTO}">') == Image(PHOTO)
    film = f'<meta property="og:image" content="{PHOTO}"><meta property="og:image:type" content="video/mp4">'
    assert found(film) is None


def test_a_page_with_fifty_pictures_gives_its_first() -> None:
    """Publishers name the picture they mean first; of very many only the first fifty are looked at."""
    many = "".join(f'<meta property="og:image" content="https://paper.example/{n}.jpg">' for n in range(50))
    assert found(many) == Image("https://paper.example/0.jpg")
    unfit = "".join(f'<meta property="og:image" content="/{n}.jpg">' for n in range(60))
    assert found(f'{unfit}<meta property="og:image" content="{PHOTO}">') is None


@pytest.mark.parametrize(
    "stated",
    [
        f'"{PHOTO}"',
        f'["{PHOTO}", "https://paper.example/b.jpg"]',
        f'{{"@type": "ImageObject", "url": "{PHOTO}"}}',
        f'[{{"@type": "ImageObject", "contentUrl": "{PHOTO}"}}]',
        f'[null, 3, {{}}, {{"url": ["x"]}}, "{PHOTO}"]',
    ],
)
def test_json_ld_names_the_picture(stated: str) -> None:
    """schema.org's image is an address, an object or a list of either; what is neither is passed over."""
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "image": {stated}}}</script>'
    assert found(head) == Image(PHOTO)


def test_twitter_names_the_picture() -> None:
    """twitter:image is read with its own text, under either of its names."""
    head = f'<meta name="twitter:image:src" content="{PHOTO}"><meta name="twitter:image:alt" content="A pier">'
    assert found(head) == Image(PHOTO, "A pier")


def test_a_text_that_repeats_the_headline_says_nothing() -> None:
    """A picture whose text is the headline again is decorative: a reader would hear it twice."""
    head = f'<meta property="og:image" content="{PHOTO}"><meta property="og:image:alt" content="Pier opens late!">'
    assert found(head) == Image(PHOTO)


def test_the_feed_outweighs_the_text_and_the_text_is_better_than_nothing() -> None:
    """An item's own picture is taken before the first inside its text; a counter of readers is passed over."""
    body = f'<p><img src="https://stats.example/b" width=1 height=1><img src="{PHOTO}" alt="A pier"></p>{TEXT}'
    entry = Entry("paper", "1", body, NOW, "text/html", title="Pier")
    assert extract(entry).article.image == Image(PHOTO, "A pier")
    own = Image("https://paper.example/own.jpg", "Own", 800, 450)
    entry = Entry("paper", "1", body, NOW, "text/html", title="Pier", image=own)
    assert extract(entry).article.image == own


def test_the_widest_of_the_declared_is_taken() -> None:
    """Of several sizes of one picture the widest is taken, the first of equals, none of what is none."""
    small, large = Image("https://a.example/s.jpg", "", 240), Image("https://a.example/l.jpg", "", 960)
    assert widest([small, None, large]) == large
    assert widest([Image("https://a.example/1"), Image("https://a.example/2")]) == Image("https://a.example/1")
    assert widest([None]) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=12))
def test_whatever_is_kept_is_an_address(address: str, alt: str, side: str) -> None:
    """No text whatever makes an error, and what is kept is a bounded http address without spaces or quotes."""
    for given_ in (address, f"https://{address}", f"https://paper.example/{address}"):
        made = image(given_, alt, side, side)
        if made is not None:
            assert made.url.startswith(("http://", "https://"))
            assert len(made.url) <= LONGEST_ADDRESS
            assert not set(made.url) & set(' \t\n"<>\\')
            assert len(made.alt) <= LONGEST_ALT
