"""The static site: every page stands, leads somewhere, says its languages, and is safe to serve."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.render.interface import interface
from briefing.render.pages import site_files
from briefing.render.site import Publication
from briefing.text.language import direction

from .editions import edition
from .sites import FOLDER, Head, hostile, lost_links, next_day, pages, site_of, with_grounds

EDITIONS = {
    "none": edition(0, "en"),
    "one": edition(1, "en", "fa"),
    "twelve": with_grounds(edition(12, "vi", "th", "fa", "en", interface="en")),
    "forty": edition(40, "th", "vi"),
    "persian": with_grounds(edition(12, "fa", "vi", "th")),
    "hostile": hostile(),
}
SHOWN = "editions/2024-11-08/morning/index.html"


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, bytes]]:
    """Every site once."""
    return {name: site_of([one]) for name, one in EDITIONS.items()}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_link_within_the_site_resolves(made: dict[str, dict[str, bytes]], name: str) -> None:
    """Whatever an edition holds, no page leads to a file or an anchor that is not there."""
    assert lost_links(made[name]) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_pages_need_no_script_and_no_style_of_their_own(made: dict[str, dict[str, bytes]], name: str) -> None:
    """A strict Content-Security-Policy fits every page: nothing inline, nothing from another host, no dead scheme."""
    for path, page in pages(made[name]):
        assert page.xpath("//@style | //style | //iframe | //@*[starts-with(name(), 'on')]") == [], path
        scripts = [(script.get("src"), script.text) for script in page.iter("script")]
        assert scripts == ([("../assets/search.js", None)] if path == "search/index.html" else []), path
        assert page.xpath("//img") == [], path
        assert all(
            href.startswith(("https:", "mailto:", "#", ".")) or ":" not in href for href in page.xpath("//a/@href")
        )


@pytest.mark.parametrize("name", EDITIONS)
def test_what_is_foreign_says_so(made: dict[str, dict[str, bytes]], name: str) -> None:
    """Persian and Thai words stand in an element of their language and direction, or are isolated in a bdi."""
    for path, page in pages(made[name]):
        for text in page.xpath("//body//text()"):
            language = _language(text)
            holder = text.getparent() if text.is_text else text.getparent().getparent()
            if language is None or holder.tag == "bdi" or any(item.tag == "bdi" for item in holder.iterancestors()):
                continue
            nearest = next(item for item in (holder, *holder.iterancestors()) if item.get("lang"))
            assert (nearest.get("lang"), nearest.get("dir")) == (language, direction(language)), (path, text)


def _language(text: str) -> str | None:
    letters = [unicodedata.name(char, "") for char in text if char.isalpha()]
    if any(name.startswith("THAI") for name in letters):
        return "th"
    return "fa" if any(name.startswith("ARABIC") for name in letters) else None


@pytest.mark.parametrize("name", EDITIONS)
def test_pages_are_whole(made: dict[str, dict[str, bytes]], name: str) -> None:
    """Each has a language, a direction, a title, one h1, headings in order, unique ids, and its own address."""
    for path, page in pages(made[name]):
        assert page.get("lang")
        assert page.get("dir") == direction(page.get("lang"))
        assert page.findtext(".//title", "").strip()
        levels = [int(item.tag[1]) for item in page.iter("h1", "h2", "h3", "h4")]
        assert levels[:1] == [1], path
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert page.xpath("//link[@rel='canonical']/@href")[0].startswith(FOLDER.url())
        assert len(page.xpath("//link[@rel='alternate']")) == 3


def test_the_same_editions_give_the_same_bytes(made: dict[str, dict[str, bytes]]) -> None:
    """Nothing on a page depends on anything but the editions."""
    assert site_of([EDITIONS["twelve"]]) == made["twelve"]


def test_attacks_are_shown_as_text(made: dict[str, dict[str, bytes]]) -> None:
    """A stranger's markup, template code and reordering commands reach the reader as plain words, or not at all."""
    page = made["hostile"]["storylines/storyline-0/index.html"].decode()
    assert "&lt;script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", page)
    assert page.count("<bdi>") + page.count("<bdi ") == page.count("</bdi>")


def test_hundreds_of_storylines_make_a_site() -> None:
    """Five hundred storylines have five hundred pages, all of them found from the edition."""
    files = site_of([edition(500, "en", "vi")])
    page = html.document_fromstring(files[SHOWN].decode())
    assert sum(path.startswith("storylines/") and path.endswith("index.html") for path in files) == 502
    assert len(page.xpath("//article")) == 500


def test_an_empty_site_says_so() -> None:
    """Before the first edition there are pages and feeds, and nothing leads astray."""
    files = site_of([])
    assert interface("en").gettext("There is no edition yet.") in files["index.html"].decode()
    assert lost_links(files) == []


def test_a_persian_site_reads_from_the_right(made: dict[str, dict[str, bytes]]) -> None:
    """The interface's language gives direction, digits and words; the stylesheet knows no left and no right."""
    page = made["persian"][SHOWN].decode()
    assert '<html lang="fa" dir="rtl">' in page
    assert "۸ نوامبر" in page
    css = made["persian"]["assets/style.css"].decode()
    assert not re.search(
        r"(margin|padding|border|inset)-(left|right)|(?<![-\w])(left|right):|text-align: (left|right)", css
    )


def test_a_storyline_has_its_sources_as_anchors(made: dict[str, dict[str, bytes]]) -> None:
    """Every article is there under the address that citations without a link of their own use, new before long."""
    told = EDITIONS["twelve"].storylines[0]
    page = html.document_fromstring(made["twelve"]["storylines/storyline-0/index.html"].decode())
    assert [item.get("id") for item in page.xpath("//section[@class='sources']//li")] == [
        f"a-{reference.id}" for reference in told.references
    ]


def test_why_articles_belong_together_is_told_in_words(made: dict[str, dict[str, bytes]]) -> None:
    """Names come first, each spelling isolated; scores, what speaks against, and the same pair twice are left out."""
    page = html.document_fromstring(made["twelve"]["storylines/storyline-0/index.html"].decode())
    (why,) = page.xpath("//section[@class='why']")
    words = " ".join(why.text_content().split())
    assert "Named most often: Kim Jong-un and Putin." in words
    assert "both name Kim Jong-un and Putin = پوتین; both speak of 24 October" in words
    assert "0.42" not in words
    assert "Moscow" not in words
    assert len(why.xpath(".//li")) == len(EDITIONS["twelve"].storylines[0].references) - 1


def test_a_translation_shows_what_it_stands_for() -> None:
    """A translated sentence says so in the interface's words, and its original is a click away in its own language."""
    one = edition(1, "fa", interface="en")
    (told,) = one.storylines
    quoted = told.sentences[0]
    sentence = replace(quoted, text="In other words.", language="en", origin="translation")
    page = html.document_fromstring(
        site_of([replace(one, storylines=(replace(told, sentences=(sentence,), new=()),))])[SHOWN].decode()
    )
    (original,) = page.xpath("//details[@class='original']/p")
    assert (original.get("lang"), original.get("dir"), original.text) == ("fa", "rtl", quoted.text)
    assert original.getparent().findtext("summary") == "translated"


def test_coverage_is_drawn_by_language(made: dict[str, dict[str, bytes]]) -> None:
    """Each language has its row; the bars and the number beside them count its dated articles."""
    page = html.document_fromstring(made["twelve"]["storylines/storyline-0/index.html"].decode())
    rows = page.xpath("//section[@class='coverage']//li[not(@class)]")
    told = EDITIONS["twelve"].storylines[0]
    dated = [reference.language for reference in told.references if reference.published]
    assert {row.xpath("./span")[0].text: int(row.xpath("./span")[1].text) for row in rows} == {
        interface("en").language_name(language): dated.count(language) for language in set(dated)
    }
    assert [svg.get("role") for svg in page.xpath("//section[@class='coverage']//svg")] == ["img"] * len(rows)
    assert all(svg.findtext("title") for svg in page.xpath("//section[@class='coverage']//svg"))


def test_a_site_opens_in_its_own_language() -> None:
    """Of one day's editions the one in the site's language leads, front page and storylines; a later day leads all."""
    site = replace(FOLDER, language="vi", publications=(Publication("morning", "Morning"), Publication("sang", "Sáng")))
    other, own = edition(2, "en"), replace(edition(2, "en", interface="vi"), newsletter="a-sang")
    for editions in ([other, own], [own, other]):
        files = site_of(editions, site)
        assert html.fromstring(files["index.html"]).get("lang") == "vi"
        assert html.fromstring(files["storylines/storyline-0/index.html"]).get("lang") == "vi"
    # An edition without news says nothing where another has some, and yesterday's is not the latest.
    empty = replace(own, storylines=(), left_out=())
    assert html.fromstring(site_of([empty, other], site)["index.html"]).get("lang") == "en"
    assert html.fromstring(site_of([next_day(other), own], site)["index.html"]).get("lang") == "en"


def test_every_newsletter_is_found_from_the_front() -> None:
    """The newest edition is the front; the newest of each other newsletter is named beneath it, in its language."""
    site = replace(FOLDER, publications=(Publication("morning", "Morning", "en"), Publication("sang", "Bản tin", "vi")))
    other = replace(edition(2, "vi"), newsletter="sang", title="Bản tin sáng")
    files = site_of([edition(3, "en"), other], site)
    page = html.document_fromstring(files["index.html"].decode())
    assert page.xpath("//h1//text()") == ["Morning briefing"]
    row = page.xpath("//section[@class='closing']//li[.//a[contains(@href, 'sang')]]")[0]
    assert row.xpath("./a/bdi/@lang | ./span/bdi/@lang") == ["vi", "vi"]
    assert lost_links(files, site) == []


def test_an_edition_in_another_language_is_named_and_dated_in_its_own() -> None:
    """Title and day of a Persian edition are one piece of Persian on the page of an English storyline."""
    site = replace(FOLDER, publications=(Publication("morning", "Morning", "en"), Publication("sobh", "صبح", "fa")))
    other = replace(edition(2, "en", interface="fa"), newsletter="sobh")
    page = html.document_fromstring(
        site_of([edition(2, "en"), other], site)["storylines/storyline-0/index.html"].decode()
    )
    named = page.xpath("//section[@class='closing']//a[contains(@href, 'sobh')]/bdi")[0]
    assert (named.get("lang"), named.get("dir")) == ("fa", "rtl")
    assert named.text == f"{other.title}, {interface('fa').day(other.date)}"


def test_a_storyline_is_told_as_its_newest_edition_does() -> None:
    """Its page names every edition that told it, newest first."""
    first = edition(2, "en")
    second = next_day(first, storylines=(replace(first.storylines[0], headline="It moved on"),))
    files = site_of([second, first])
    page = html.document_fromstring(files["storylines/storyline-0/index.html"].decode())
    assert page.xpath("string(//h1)") == "It moved on"
    told_in = [href.split("/")[-3] for href in page.xpath("//section[@class='closing']//a/@href")]
    assert told_in == ["2024-11-09", "2024-11-08"]


def test_the_page_of_a_lost_address_leads_home_from_anywhere(made: dict[str, dict[str, bytes]]) -> None:
    """404.html is shown at any depth, so its links are whole paths from the root of the host."""
    page = html.document_fromstring(made["one"]["404.html"].decode())
    assert all(href.startswith(("/briefing/", "https:", "mailto:", "#")) for href in page.xpath("//@href"))


def test_the_sitemap_lists_every_page(made: dict[str, dict[str, bytes]]) -> None:
    """Every page but the lost one is in sitemap.xml by its whole address."""
    root = etree.fromstring(made["twelve"]["sitemap.xml"])
    listed = set(root.xpath("//*[local-name()='loc']/text()"))
    assert listed == {
        FOLDER.url(path.removesuffix("index.html")) for path in made["twelve"] if path.endswith("index.html")
    }


def test_a_template_of_ones_own_is_used_and_a_broken_one_reported(tmp_path: Path) -> None:
    """One file overrides one page; when it fails the site is made from the shipped ones and the fault is named."""
    one: Edition = edition(1, "en")
    head = [Head(one.newsletter, one.date, one.title, 1)]
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "missing.html").write_text("<h1>{{ site.title }}: nothing here</h1>")
    files = site_files([one], head, FOLDER, (tmp_path,), [])
    assert files["404.html"] == b"<h1>My briefing: nothing here</h1>"
    (tmp_path / "pages" / "missing.html").write_text("{{ sitte.title }}")
    problems: list[RenderError] = []
    files = site_files([one], head, FOLDER, (tmp_path,), problems)
    assert b"There is no such page" in files["404.html"]
    assert "missing.html, line 1: 'sitte' is undefined (did you mean 'site'?)" in str(problems[0])


GUIDE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")


def test_the_guides_page_works(tmp_path: Path) -> None:
    """The example of docs/templates.md sets the page that it says."""
    example = re.search(r"```html pages/missing\.html\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "missing.html").write_text(example[1], encoding="utf-8")
    page = html.document_fromstring(site_files([], [], FOLDER, (tmp_path,))["404.html"].decode())
    assert page.xpath("//main/p/bdi/@lang") == ["vi"]
    assert page.xpath("//main//a/@href") == ["/briefing/archive/"]


EVERY = ("site", "here", "local", "canonical", "contact", "light", "dark", "feeds", "feed_title", "feed_path")
OWN = {
    "edition": ("sheet", "stages", "colophon", "letters"),
    "storyline": ("story", "told_in", "why", "shared"),
    "untold": ("item", "told_in"),
    "archive": ("months", "spans", "span"),
    "search": ("asked", "results", "languages", "listed", "data"),
    "subscribe": ("groups", "opml"),
}


@pytest.mark.parametrize("template", OWN)
def test_a_page_gets_the_names_the_guide_gives(tmp_path: Path, template: str) -> None:
    """What the guide's table lists for a page is defined when the page is set."""
    lines = GUIDE.splitlines()
    row = [line for line in lines if line.startswith(f"| `pages/{template}.html` |")][-1]
    (common,) = [line for line in lines if line.startswith("| every page |")]
    assert all(f"`{name}" in row for name in OWN[template])
    assert all(f"`{name}" in common for name in EVERY)
    names = (*EVERY, *OWN[template])
    (tmp_path / "pages").mkdir()
    asked = "".join(f"{{{{ '{name} ' if {name} is defined }}}}" for name in names)
    (tmp_path / "pages" / f"{template}.html").write_text(f"Names: {asked}")
    one = edition(2, "en")
    files = site_files([one], [Head(one.newsletter, one.date, one.title, 2)], FOLDER, (tmp_path,))
    told = {body.decode() for body in files.values() if body.startswith(b"Names: ")}
    assert told == {f"Names: {' '.join(names)} "}
