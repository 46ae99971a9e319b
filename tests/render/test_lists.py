"""The site's lists: an archive of any length, sources for others, and what the search page looks through."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

from lxml import etree, html

from briefing.render.lists import search_names
from briefing.render.pages import older_files, site_files
from briefing.render.records import Listed, Records, records_of
from briefing.render.site import Subscription

from .editions import edition
from .sites import FOLDER, Head, hostile, lost_links, site_of

LAST = date(2026, 11, 21)


def heads(count: int, newsletters: int = 1) -> list[Head]:
    return [
        Head(f"letter{number % newsletters}", LAST - timedelta(number // newsletters), "Morning briefing", 3)
        for number in range(count)
    ]


def links(body: bytes) -> list[str]:
    return [str(href) for href in html.document_fromstring(body.decode()).xpath("//main//a/@href")]


def test_a_short_archive_is_one_page() -> None:
    """Up to a hundred editions are listed on one page, by month, and there is no other."""
    files = site_files([], heads(100), FOLDER)
    assert [path for path in files if path.startswith("archive/")] == ["archive/index.html"]
    page = html.document_fromstring(files["archive/index.html"].decode())
    assert len(page.xpath("//main//li")) == 100
    assert [item.text_content() for item in page.xpath("//main//h2")][:2] == ["Nov 2026", "Oct 2026"]


def test_a_long_archive_lists_every_edition_on_pages_of_bounded_length() -> None:
    """Years, and the months of full years, have pages of their own; each edition is on one of them, none has many."""
    given = [*heads(1200, 5), Head("letter0", date(2020, 5, 1), "Old", 1)]
    files = site_files([], given, FOLDER)
    archive = {path: body for path, body in files.items() if path.startswith("archive/")}
    assert {"archive/2026/index.html", "archive/2026/10/index.html", "archive/2020/index.html"} <= set(archive)
    listed = {link for path, body in archive.items() if path != "archive/index.html" for link in links(body)}
    editions = {re.sub(r"^(\.\./)+", "", link) for link in listed if "editions/" in link}
    assert editions == {f"editions/{one.date}/{one.newsletter}/index.html" for one in given}
    assert all(len([link for link in links(body) if "editions/" in link]) <= 400 for body in archive.values())
    first = links(archive["archive/index.html"])
    assert {"2026/index.html", "2020/index.html"} <= set(first)


def test_the_sitemap_knows_all_editions() -> None:
    """Also those whose pages are not made again are listed there."""
    body = site_files([], heads(300), FOLDER)["sitemap.xml"]
    assert body.count(b"/editions/") == 300


def test_sources_are_a_subscription_list() -> None:
    """The OPML is 2.0 and lists title, address and language of each; the subscribe page leads to it."""
    feeds = (
        Subscription('A "quoted" & <b>bold</b>\nname', "https://example.org/a?b=1&c=2", "vi"),
        Subscription("", "https://example.org/b"),
    )
    files = site_of([edition(1, "en")], replace(FOLDER, subscriptions=feeds))
    root = etree.fromstring(files["subscribe/sources.opml"])
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == FOLDER.title
    outlines = root.findall("body/outline")
    assert [outline.get("xmlUrl") for outline in outlines] == ["https://example.org/a?b=1&c=2", "https://example.org/b"]
    assert [outline.get("type") for outline in outlines] == ["rss", "rss"]
    assert outlines[0].get("language") == "vi"
    assert outlines[1].get("text") == "https://example.org/b"
    assert "sources.opml" in links(files["subscribe/index.html"])
    assert lost_links(files, FOLDER) == []


def test_a_site_of_no_feeds_lists_no_sources() -> None:
    """A site made of documents alone has no such list, and no link to one."""
    files = site_of([edition(1, "en")])
    assert "subscribe/sources.opml" not in files
    assert b"OPML" not in files["subscribe/index.html"]


def rows(body: bytes, month: str) -> list[list[object]]:
    match = re.fullmatch(rf'briefing\.month\("{month}",(.*)\);\n', body.decode(), re.DOTALL)
    assert match is not None
    found: list[list[object]] = json.loads(match[1])
    return found


def test_what_is_searched_without_a_server_is_a_script_a_month() -> None:
    """Each storyline is in its month once, with headline, language, day and lines, and nothing that ends a script."""
    one, evil = edition(12, "vi", "th", "fa", "en"), hostile()
    files = site_of([replace(one, date=date(2024, 12, 1)), evil])
    data = rows(files["search/2024-12.js"], "2024-12")
    assert [row[0] for row in data] == [told.slug for told in one.storylines]
    assert all(row[5] for row in data)
    assert b"</script" not in files["search/2024-11.js"]
    page = html.document_fromstring(files["search/index.html"].decode())
    known = json.loads(page.xpath("//form/@data-months")[0])
    assert [month for month, _ in known["months"]] == ["2024-12", "2024-11"]


def test_a_months_list_is_bounded() -> None:
    """However many storylines a month had, its list stays small: what they tell gives way, their headlines stay."""
    many = tuple(
        Listed(f"s{number}", f"slug-{number}", f"Headline {number}", "th", "morning", LAST, ("ข่าว" * 300,) * 3)
        for number in range(1500)
    )
    files = site_files([], [], FOLDER, records=Records({"2026-11": many}, ("2026-11",)))
    body = files["search/2026-11.js"]
    assert len(rows(body, "2026-11")) == 1500
    assert len(body) < 450_000


def test_the_search_page_lists_the_newest_without_a_script() -> None:
    """What a browser without JavaScript sees is a list of storylines, each once and bounded, and a word why."""
    made = [edition(12, "en"), replace(edition(12, "en"), date=date(2024, 11, 7))]
    page = html.document_fromstring(site_of(made)["search/index.html"].decode())
    assert len(page.xpath("//section[@id='all']//li")) == 12
    assert page.xpath("//noscript")
    many = tuple(Listed(f"s{number}", f"slug-{number}", "Same", "en", "morning", LAST, ()) for number in range(700))
    names = search_names(FOLDER, Records({"2026-11": many}, ("2026-11",)))
    assert len(names["listed"]) == 200
    assert len({item["title"] + item["suffix"] for item in names["listed"]}) == 200


def test_older_pages_are_the_same_as_when_they_were_new() -> None:
    """An edition made again alone has the page that it had on the site; its storylines have theirs."""
    one = edition(4, "en", "fa")
    older, site = older_files([one], FOLDER), site_of([one])
    assert {path for path in older if path.startswith("editions/")} == {"editions/2024-11-08/morning/index.html"}
    assert all(site[path] == body for path, body in older.items())


def test_records_of_editions_hold_each_storyline_of_a_month_once() -> None:
    """As its newest edition tells it."""
    one = edition(3, "en")
    later = replace(
        one,
        date=one.date + timedelta(1),
        storylines=(replace(one.storylines[0], headline="Later"), *one.storylines[1:]),
    )
    found = records_of([later, one])
    assert found.months == ("2024-11",)
    assert found.listed["2024-11"][0].headline == "Later"
    assert len(found.listed["2024-11"]) == 3


def test_a_persian_archive_is_grouped_by_persian_months() -> None:
    """Editions of one Gregorian month stand under the two Persian months that it lies in; addresses stay."""
    given = [Head("letter", date(2026, 11, day), "خبرنامه", 3) for day in (23, 22, 21, 20)]
    files = site_files([], given, replace(FOLDER, language="fa"))
    page = html.document_fromstring(files["archive/index.html"].decode())
    assert page.xpath("//section/h2/text()") == ["آذر ۱۴۰۵", "آبان ۱۴۰۵"]
    assert page.xpath("//section[1]//time/text()") == ["۲ آذر", "۱ آذر"]
    assert page.xpath("//section[2]//time/@datetime") == ["2026-11-21", "2026-11-20"]
