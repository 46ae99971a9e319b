"""Pictures of storylines in mail, pages and feeds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from briefing.compose import shorten
from briefing.model import Image, Picture
from briefing.proof import check_mail, check_message, check_page
from briefing.render.mail import BUDGET, PERSONAL, fit, mail, mail_html
from briefing.render.message import prepare
from briefing.render.pages import site_files
from briefing.render.theme import themes
from briefing.render.viewing import view
from briefing.render.views import Figure

from .editions import PHOTO as URL
from .editions import SITE, edition, with_pictures

FOLDER = "editions/2024-11-08/morning/"


def images(source: str | bytes) -> list[dict[str, str]]:
    text = source.decode() if isinstance(source, bytes) else source
    return [dict(node.attrib) for node in html.document_fromstring(text).iter("img")]


def figure(image: Image, size: str = "lead", file: str | None = None) -> Figure | None:
    made = with_pictures(edition(2, "en"), image, file)
    return view(made, SITE).stories[0 if size == "lead" else 1].figure


def test_no_edition_without_pictures_holds_one() -> None:
    """An edition that has none says nothing of pictures, in mail, pages and feeds alike."""
    made = edition(12)
    assert "<img" not in mail_html(made, SITE)
    for path, body in site_files([made], [], SITE).items():
        assert b"<img" not in body, path
        assert b"xmlns:media" not in body, path


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize("languages", [("en",), ("vi",), ("th", "en"), ("fa", "en"), ("en", "vi", "th", "fa")])
def test_mails_with_pictures_pass_the_proof(theme: str, languages: tuple[str, ...]) -> None:
    """In every theme and direction a mail and a page with pictures have nothing wrong with them."""
    site = replace(SITE, theme=theme)
    made = with_pictures(edition(12, *languages))
    source, text = mail(made, site)
    assert len(images(source)) == sum(telling.size != "brief" for telling in made.storylines) == 4
    assert check_mail(source) == ()
    mailing = prepare(made, source, text, "Morning <m@example.org>", unsubscribe="https://example.org/unsubscribe/")
    assert check_message(mailing.to("ann@example.com").message) == ()
    files = site_files([made], [], site)
    assert check_page(files[f"{FOLDER}index.html"].decode(), files["assets/style.css"].decode()) == ()


def test_the_text_part_is_the_same_with_and_without_pictures() -> None:
    """Who reads the text part misses and sees nothing of pictures."""
    made = edition(12)
    source, text = mail(made, SITE)
    shown, same = mail(with_pictures(made), SITE)
    assert same == text
    assert len(shown) > len(source)


def test_pictures_that_are_asked_for_count_as_links() -> None:
    """Both parts together hold an even number of links and pictures, which filters do not tell apart."""
    made = edition(12, "en")
    for count in range(4):
        told = with_pictures(made).storylines[:count] + made.storylines[count:]
        source, text = mail(replace(made, storylines=told), SITE)
        assert source.count(' src="https://') == count
        assert (source.count(' src="https://') + source.count('href="https://') + text.count("https://")) % 2 == 0


def test_a_picture_in_mail_has_size_text_and_credit() -> None:
    """Each has an address over https, width and height of its own shape, a text, and whose it is below it."""
    made = with_pictures(edition(4, "en"), Image(URL.replace("https", "http"), "Cranes at dusk", 1200, 600))
    source = mail_html(made, SITE)
    large, small, *_ = images(source)
    assert large["src"] == URL
    assert (large["width"], large["height"], large["alt"]) == ("584", "292", "Cranes at dusk")
    assert (small["width"], small["height"]) == ("120", "60")
    assert "max-width:584px" in large["style"]
    assert "height:auto" in large["style"]
    assert source.count("Picture: <bdi>The Harbour Post</bdi>") == len(images(source))


def test_a_text_in_another_language_says_so() -> None:
    """The text of a picture is in its article's language; a picture that says nothing is decorative."""
    made = with_pictures(edition(1, "fa", interface="en"), Image(URL, "جرثقیل‌های بندر", 1200, 600))
    for source in (mail_html(made, SITE), site_files([made], [], SITE)["index.html"]):
        (shown,) = images(source)
        assert (shown["alt"], shown["lang"], shown["dir"]) == ("جرثقیل‌های بندر", "fa", "rtl")
    made = with_pictures(edition(1, "fa", interface="en"), Image(URL))
    for source in (mail_html(made, SITE), site_files([made], [], SITE)["index.html"]):
        (shown,) = images(source)
        assert shown["alt"] == ""
        assert "lang" not in shown


def test_a_picture_on_pages_tells_nobody_who_reads() -> None:
    """It is asked for without the page's address, only when it is scrolled to, and has its place before it is there."""
    files = site_files([with_pictures(edition(12))], [], SITE)
    for path in (f"{FOLDER}index.html", "index.html", "storylines/storyline-0/index.html"):
        found = images(files[path])
        assert found, path
        for shown in found:
            assert shown["loading"] == "lazy"
            assert shown["referrerpolicy"] == "no-referrer"
            assert (shown["width"], shown["height"]) == ("1200", "675")


def test_a_copy_is_shown_from_the_editions_own_folder() -> None:
    """A copy's address is the site's own: whole in a mail, relative on pages, so that the site may lie anywhere."""
    made = with_pictures(edition(1, "en"), Image(URL, "", 1168, 657), "picture-1.jpg")
    assert images(mail_html(made, SITE))[0]["src"] == f"https://news.example.org/{FOLDER}picture-1.jpg"
    files = site_files([made], [], SITE)
    assert images(files[f"{FOLDER}index.html"])[0]["src"] == "picture-1.jpg"
    assert images(files["index.html"])[0]["src"] == f"{FOLDER}picture-1.jpg"
    assert images(files["storylines/storyline-0/index.html"])[0]["src"] == f"../../{FOLDER}picture-1.jpg"
    assert "cdn.example.com" not in mail_html(made, SITE)


HOSTILE: tuple[Any, ...] = (
    "javascript:alert(1)",
    "data:image/png;base64,AAAA",
    "//cdn.example.com/a.jpg",
    "https://",
    "https://cdn.example.com:99999/a.jpg",
    "https://unsubscribe.invalid/a.jpg",
    "https://cdn.example.com/" + "ภ" * 900,
)


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_not_shown(url: str) -> None:
    """An edition kept with an address that no mail can carry shows no picture, and is set all the same."""
    made = with_pictures(edition(2, "en"), Image(url, "x", 1200, 600))
    assert images(mail_html(made, SITE)) == []
    for path, body in site_files([made], [], SITE).items():
        assert b"<img" not in body, path


def test_markup_in_address_and_text_stays_text() -> None:
    """Quotes, tags and template syntax in what a stranger says of a picture are shown as they are, or encoded."""
    nasty = '"><script>alert(1)</script>{{ 7 * 7 }}<mj-text>\u202e</mjml>'
    image = Image('https://cdn.example.com/a"onerror="x.jpg?q=<b>\'{{7}}', nasty, 1200, 600)
    made = with_pictures(edition(1, "en"), image)
    for source in (mail_html(made, SITE), site_files([made], [], SITE)["index.html"].decode()):
        (shown,) = images(source)
        assert set(shown) <= {
            "src",
            "alt",
            "class",
            "width",
            "height",
            "style",
            "loading",
            "decoding",
            "referrerpolicy",
        }
        assert shown["src"] == "https://cdn.example.com/a%22onerror=%22x.jpg?q=%3Cb%3E%27%7B%7B7%7D%7D"
        assert shown["alt"] == nasty.replace("\u202e", "")
        assert "<script>alert" not in source
    assert check_mail(mail_html(made, SITE)) == ()


@pytest.mark.parametrize(
    ("image", "shape", "large"),
    [
        (Image(URL, "", 1200, 630), (584, 307), True),
        (Image(URL), (584, 307), True),
        (Image(URL, "", 700, None), (584, 307), True),
        (Image(URL, "", 240, 135), (120, 68), False),
        (Image(URL, "", 1000, 1500), (80, 120), False),
        (Image(URL, "", 20_000, 100), (584, 175), True),
        (Image(URL, "", 100, 20_000), (60, 120), False),
    ],
)
def test_shapes(image: Image, shape: tuple[int, int], large: bool) -> None:
    """A wide picture stands across the text, a narrow or tall one beside the headline; absurd shapes are bounded."""
    found = figure(image)
    assert found is not None
    assert found.large is large
    assert found.fitted(*((584, 584) if large else (120, 120))) == shape
    beside = figure(image, "medium")
    assert beside is not None
    assert not beside.large


def test_a_picture_of_nobody_known_is_not_shown() -> None:
    """A picture whose article is not among the sources has no credit, and so no place."""
    made = edition(1, "en")
    lost = replace(made.storylines[0], picture=Picture("ffffffffffffffff", Image(URL)))
    assert view(replace(made, storylines=(lost,)), SITE).stories[0].figure is None


def test_pictures_count_towards_the_clip_budget() -> None:
    """Forty storylines in Thai with long addresses stay below 95,000 bytes, and the lead keeps its picture."""
    long = Image("https://cdn.example.com/" + "a" * 900 + ".jpg", "ภาพ" * 60, 1200, 630)
    made = with_pictures(edition(40, "th"), long)
    fitted, source = fit(made, lambda planned: mail_html(planned, SITE), shorten)
    assert len(source.encode()) + PERSONAL <= BUDGET
    assert fitted.storylines[0].picture is not None
    assert images(source)[0]["src"] == long.url


def test_feeds_carry_pictures() -> None:
    """RSS and Atom name an entry's picture as Media RSS, JSON Feed as image; a parser reads the same text as before."""
    plain, made = edition(3, "en"), with_pictures(edition(3, "en"))
    before, files = site_files([plain], [], SITE), site_files([made], [], SITE)
    for path in ("feed.xml", "atom.xml"):
        etree.fromstring(files[path])
        old, new = feedparser.parse(before[path]), feedparser.parse(files[path])
        assert not new.bozo
        assert [entry.summary for entry in old.entries] == [entry.summary for entry in new.entries]
        assert [entry.content[0].value for entry in old.entries] == [entry.content[0].value for entry in new.entries]
        media = new.entries[0].media_content[0]
        assert (media["url"], media["medium"], media["width"], media["height"]) == (URL, "image", "1200", "675")
        assert "type" not in media
        assert new.entries[0].media_credit[0]["content"] == "The Harbour Post"
        assert "media_content" not in new.entries[2]
    items = json.loads(files["feed.json"])["items"]
    assert [item.get("image") for item in items] == [URL, URL, None]


def test_a_copy_in_feeds_is_named_as_what_it_is() -> None:
    """A copy is a JPEG on the site; feeds of whole editions carry the first storyline's."""
    made = with_pictures(edition(1, "en"), Image(URL, "", 1168, 657), "picture-1.jpg")
    here = f"https://news.example.org/{FOLDER}picture-1.jpg"
    files = site_files([made], [], SITE)
    assert f'url="{here}" type="image/jpeg" medium="image"'.encode() in files["feed.xml"]
    whole = replace(SITE, publications=(replace(SITE.publications[0], entries="editions"),))
    (item,) = json.loads(site_files([made], [], whole)["newsletters/morning/feed.json"])["items"]
    assert item["image"] == here


def test_outlook_takes_sizes_from_attributes() -> None:
    """No picture's attribute is larger than its place, because Outlook does not know max-width."""
    source = mail_html(with_pictures(edition(12)), SITE)
    for shown in images(source):
        assert int(shown["width"]) <= 584
        assert shown["width"] == re.search(r"max-width:(\d+)px", shown["style"])[1]  # type: ignore[index]
