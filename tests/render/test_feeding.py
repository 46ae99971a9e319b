"""Feeds of a site: the same entries in three forms, for good, and clean by the rules of the W3C feed validator.

Rules: https://validator.w3.org/feed/docs/, RFC 4287, RFC 822 with RFC 1123's years, JSON Feed 1.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from lxml import etree

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.render.feeding import feed_files
from briefing.render.site import Publication, Site

from .editions import edition
from .sites import FOLDER, hostile, next_day

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
EDITIONS = {
    "none": edition(0, "en"),
    "one": edition(1, "en", "fa"),
    "twelve": edition(12, "vi", "th", "fa", "en"),
    "hostile": hostile(),
}
# What readers keep, and the validator finds safe, of what an entry needs.
SAFE = {"div", "p", "ul", "li", "blockquote", "a", "strong", "em", "h3", "span", "bdi"}


@pytest.fixture(scope="module", params=EDITIONS)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The feeds of one edition."""
    return feed_files([EDITIONS[request.param]], FOLDER)


def entries(files: Mapping[str, bytes], folder: str = "") -> list[str]:
    """Give the guids of a feed in its order."""
    return [item["id"] for item in json.loads(files[f"{folder}feed.json"])["items"]]


def test_three_forms_list_the_same_entries(files: dict[str, bytes]) -> None:
    """RSS, Atom and JSON Feed of every part of the site agree on ids, titles, links, content and times."""
    folders = {path.rpartition("/")[0] for path in files}
    for folder in folders:
        at = f"{folder}/" if folder else ""
        channel = etree.fromstring(files[f"{at}feed.xml"])[0]
        feed = etree.fromstring(files[f"{at}atom.xml"])
        items = json.loads(files[f"{at}feed.json"])["items"]
        first = [
            (
                item.findtext("guid"),
                item.findtext("title"),
                item.findtext("link"),
                item.findtext(CONTENT),
                parsedate_to_datetime(item.findtext("pubDate") or ""),
            )
            for item in channel.iter("item")
        ]
        second = [
            (
                item.findtext(f"{ATOM}id"),
                item.findtext(f"{ATOM}title"),
                item.find(f"{ATOM}link").get("href"),  # type: ignore[union-attr]
                item.findtext(f"{ATOM}content"),
                datetime.fromisoformat(item.findtext(f"{ATOM}published") or ""),
            )
            for item in feed.iter(f"{ATOM}entry")
        ]
        third = [
            (
                item["id"],
                item["title"],
                item["url"],
                item["content_html"],
                datetime.fromisoformat(item["date_published"]),
            )
            for item in items
        ]
        assert first == second == third


def test_rss_is_clean(files: dict[str, bytes]) -> None:
    """Dates are RFC 822 and true, texts are plain, guids differ, the language is a code, its own address is its own."""
    for path, body in files.items():
        if not path.endswith("feed.xml"):
            continue
        channel = etree.fromstring(body)[0]
        for name in ("title", "link", "description", "language", "lastBuildDate", "ttl", "docs", "generator"):
            assert channel.findtext(name), (path, name)
        assert channel.find(f"{ATOM}link").get("href") == FOLDER.url(path)  # type: ignore[union-attr]
        assert re.fullmatch("[a-z]{2,3}(-[a-z0-9]+)*", channel.findtext("language") or "")
        for date in channel.iter("pubDate", "lastBuildDate"):
            assert format_datetime(parsedate_to_datetime(date.text or "")) == date.text
        guids = [item.findtext("guid") for item in channel.iter("item")]
        assert len(guids) == len(set(guids))
        # The profile's way to say that an ampersand or a bracket is meant as such, which no reader mistakes for markup.
        for text in re.findall(rb"<(?:title|description|category)>([^<]*)<", body):
            assert b"&amp;" not in text
            assert b"&lt;" not in text
            assert not re.search(rb"&#x3C;[/a-zA-Z]|&#x26;#?\w+;", text), "markup in plain text"


def test_atom_is_clean(files: dict[str, bytes]) -> None:
    """Every entry has id, title, author, link and both dates; no two share an id or the second of their update."""
    for path, body in files.items():
        if not path.endswith("atom.xml"):
            continue
        feed = etree.fromstring(body)
        assert feed.find(f"{ATOM}link[@rel='self']").get("href") == FOLDER.url(path)  # type: ignore[union-attr]
        assert (feed.findtext(f"{ATOM}id") or "").startswith("tag:news.example.org,2026:")
        found = list(feed.iter(f"{ATOM}entry"))
        for name in ("id", "updated"):
            texts = [item.findtext(ATOM + name) for item in found]
            assert len(texts) == len(set(texts)), (path, name)
        for item in found:
            assert item.findtext(f"{ATOM}author/{ATOM}name")
            assert (item.findtext(f"{ATOM}title") or "").strip()
            assert item.get("{http://www.w3.org/XML/1998/namespace}lang")
            published, updated = (item.findtext(ATOM + name) or "" for name in ("published", "updated"))
            assert published <= updated <= (feed.findtext(f"{ATOM}updated") or "")


def test_content_is_safe_and_absolute(files: dict[str, bytes]) -> None:
    """An entry's HTML parses strictly, has plain elements alone, and every link is absolute and https."""
    for item in json.loads(files["feed.json"])["items"]:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(item["content_html"])
        for element in tree.iter():
            if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
                continue
            assert element.tag in SAFE
            assert set(element.attrib) <= {"href", "lang", "dir"}
            if "href" in element.attrib:
                parts = urlsplit(element.attrib["href"])
                assert (parts.scheme, bool(parts.hostname)) == ("https", True)


def test_an_entry_tells_all_there_is() -> None:
    """What is new, the story, figures, disputes, stage, timeline and sources reach one who never opens a page."""
    item = json.loads(feed_files([EDITIONS["twelve"]], FOLDER)["feed.json"])["items"][0]
    told = EDITIONS["twelve"].storylines[0]
    for sentence in (*told.new, *told.sentences, *(milestone.sentence for milestone in told.milestones)):
        assert sentence.text in item["content_html"]
    for heading in ("Điểm mới", "Con số thay đổi", "Các nguồn nói khác nhau", "Diễn biến", "Nguồn"):
        assert heading in item["content_html"], heading
    assert item["summary"] == told.new[0].text


def test_an_entry_keeps_its_guid_and_its_first_date() -> None:
    """Later editions move the update, never the id or the publication; a new development is a new entry."""
    first = edition(3, "en")
    again = next_day(first, storylines=(replace(first.storylines[1], headline="Told again"),))
    moved = next_day(again, storylines=(replace(first.storylines[1], development="d77"),))
    before, after = feed_files([first], FOLDER), feed_files([moved, again, first], FOLDER)
    old = {item["id"]: item for item in json.loads(before["feed.json"])["items"]}
    new = {item["id"]: item for item in json.loads(after["feed.json"])["items"]}
    guid = "tag:news.example.org,2026:storyline/s1/d1"
    assert set(new) - set(old) == {"tag:news.example.org,2026:storyline/s1/d77"}
    assert new[guid]["date_published"] == old[guid]["date_published"]
    assert new[guid]["date_modified"] > old[guid]["date_modified"]
    assert new[guid]["title"] == "Told again"
    assert entries(after)[0].endswith("/d77")
    assert feed_files([moved, again, first], FOLDER) == after


def test_what_is_remembered_dates_an_entry() -> None:
    """An entry whose first editions are out of sight keeps the date it was first told at, and is no newer for it."""
    made = edition(3, "en")
    long_ago = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    told = {("morning", "storyline/s1/d1"): long_ago}
    files = feed_files([made], FOLDER, told=told)
    items = {item["id"]: item for item in json.loads(files["feed.json"])["items"]}
    old = items["tag:news.example.org,2026:storyline/s1/d1"]
    assert old["date_published"] == "2024-01-02T03:04:05Z"
    assert old["date_modified"] > old["date_published"]
    assert entries(files)[-1].endswith("/s1/d1")


def test_a_feed_of_editions_has_each_whole() -> None:
    """Where a newsletter asks for it, an entry is an edition, with all that its storylines tell, under a stable id."""
    site = replace(FOLDER, publications=(Publication("morning", "Morning briefing", "en", "editions"),))
    first = edition(12, "vi", "th", "fa", "en")
    second = next_day(first)
    files = feed_files([second, first], site)
    for folder in ("", "newsletters/morning/"):
        assert entries(files, folder) == [
            "tag:news.example.org,2026:edition/morning/2024-11-09",
            "tag:news.example.org,2026:edition/morning/2024-11-08",
        ]
    item = json.loads(files["newsletters/morning/feed.json"])["items"][1]
    assert item["url"] == "https://news.example.org/briefing/editions/2024-11-08/morning/"
    assert all(sentence.text in item["content_html"] for told in first.storylines for sentence in told.sentences)
    assert entries(files, "storylines/storyline-3/") == ["tag:news.example.org,2026:storyline/s3/d3"]


def test_a_feed_of_editions_is_as_clean_as_any() -> None:
    """Hostile editions come out in plain elements, and their times differ from each other's."""
    site = replace(FOLDER, publications=(Publication("morning", "Morning briefing", "en", "editions"),))
    one = hostile()
    feed = etree.fromstring(feed_files([next_day(one), one], site)["atom.xml"])
    times = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert len(times) == len(set(times)) == 2
    for entry in feed.iter(f"{ATOM}entry"):
        content = html5lib.parse(entry.findtext(f"{ATOM}content"), namespaceHTMLElements=False)
        assert {element.tag for element in content.find("body").iter()} <= SAFE | {"body", "h2"}


def test_two_newsletters_may_differ_in_what_an_entry_is() -> None:
    """The site's feed has each newsletter's in its own form."""
    publications = (Publication("morning", "Morning"), Publication("sang", "Sáng", "vi", "editions"))
    made = edition(2, "en")
    files = feed_files([made, replace(made, newsletter="sang")], replace(FOLDER, publications=publications))
    kinds = sorted(guid.partition(":storyline/")[1] or guid.partition(":edition/")[1] for guid in entries(files))
    assert kinds == [":edition/", ":storyline/", ":storyline/"]
    assert len(entries(files, "newsletters/sang/")) == 1


def test_what_did_not_move_is_no_entry() -> None:
    """A storyline repeated because it is followed is not sent to readers again."""
    made = edition(5, "en")
    still = replace(made.storylines[0], new=(), unchanged_since="2024-11-05")
    assert "tag:news.example.org,2026:storyline/s0/d0" not in entries(
        feed_files([replace(made, storylines=(still,))], FOLDER)
    )


def test_a_feed_of_what_rests_holds_what_was_told_last() -> None:
    """Where no edition at hand tells it anew, a storyline's feed has its last telling, as old as its news, for good."""
    made = edition(3, "en")
    still = tuple(replace(told, new=(), unchanged_since="2024-11-05") for told in made.storylines[1:])
    first = replace(made, storylines=still)
    later = next_day(first, storylines=still)
    told = {("morning", "storyline/s2/d2"): datetime(2024, 11, 5, 6, 7, 8, tzinfo=UTC)}
    files = feed_files([later, first], FOLDER, told=told)
    for number, dated in ((1, "2024-11-05T00:00:00Z"), (2, "2024-11-05T06:07:08Z")):
        (item,) = json.loads(files[f"storylines/storyline-{number}/feed.json"])["items"]
        assert item["id"] == f"tag:news.example.org,2026:storyline/s{number}/d{number}"
        assert item["date_published"] == item["date_modified"] == dated
        assert len(etree.fromstring(files[f"storylines/storyline-{number}/atom.xml"]).findall(f"{ATOM}entry")) == 1
    assert [name.rpartition("/")[2] for name in entries(files, "languages/en/")] == ["d2", "d1"]
    assert not entries(files)
    # Another day on which nothing moves changes nothing that a reader could take for news.
    before = feed_files([first], FOLDER, told=told)
    assert all(files[path] == body for path, body in before.items() if path.startswith("storylines/"))


def test_news_stand_alone_where_there_are_any() -> None:
    """What rests is no entry beside what moved: its language's and category's feeds have the news alone."""
    made = edition(3, "en")
    still = replace(made.storylines[1], new=(), unchanged_since="whenever")
    files = feed_files([replace(made, storylines=(made.storylines[0], still))], FOLDER)
    assert entries(files, "languages/en/") == ["tag:news.example.org,2026:storyline/s0/d0"]
    (item,) = json.loads(files["storylines/storyline-1/feed.json"])["items"]
    assert item["date_published"] == "2026-01-01T00:00:00Z"


def test_each_part_has_its_own() -> None:
    """Newsletter, language, category and storyline feeds hold what is theirs, and a development once."""
    site = replace(FOLDER, publications=(Publication("morning", "Morning"), Publication("sang", "Sáng", "vi")))
    made = edition(12, "vi", "th", "fa", "en")
    files = feed_files([made, replace(made, newsletter="sang", language="vi")], site)
    count = sum(not (told.unchanged_since and not told.new) for told in made.storylines)
    assert len(entries(files)) == len(entries(files, "newsletters/morning/")) == count
    assert entries(files, "storylines/storyline-3/") == ["tag:news.example.org,2026:storyline/s3/d3"]
    languages = {f"languages/{name}/": name for name in ("vi", "th", "fa", "en")}
    for folder, language in languages.items():
        assert {item["language"] for item in json.loads(files[f"{folder}feed.json"])["items"]} == {language}
    assert sum(len(entries(files, folder)) for folder in languages) == count
    assert entries(files, "categories/science/")


def test_a_feed_says_what_it_is_about() -> None:
    """That of a storyline names what is new in it, whatever its headline holds; others have many."""
    made = edition(2, "en")
    odd = replace(made.storylines[0], headline="50%(n)s & <b>more</b>")
    site = replace(FOLDER, language="fr")
    files = feed_files([replace(made, storylines=(odd, made.storylines[1]))], site)
    assert "affaire par affaire" in json.loads(files["feed.json"])["description"]
    one, other = (json.loads(files[f"storylines/storyline-{n}/feed.json"])["description"] for n in (0, 1))
    assert one == "Ce qui est nouveau : 50%(n)s & ‹b›more‹/b›"
    assert other.endswith(f" : {made.storylines[1].headline}")
    assert "affaire par affaire" not in other


def test_a_feed_is_not_endless() -> None:
    """However much is told, a feed holds its newest sixty entries."""
    made = edition(100, "en")
    assert entries(feed_files([made], FOLDER))[:2] == [
        "tag:news.example.org,2026:storyline/s0/d0",
        "tag:news.example.org,2026:storyline/s1/d1",
    ]
    assert len(entries(feed_files([made], FOLDER))) == 60


@pytest.mark.parametrize("editions", [[], [edition(0, "en")]])
def test_an_empty_feed_has_a_date(editions: list[Edition]) -> None:
    """Without entries a feed is dated by its newest edition, or by a day that never changes; never by a clock."""
    channel = etree.fromstring(feed_files(editions, FOLDER)["feed.xml"])[0]
    dated = parsedate_to_datetime(channel.findtext("lastBuildDate") or "")
    assert dated == (editions[0].made_at if editions else datetime(2026, 1, 1, tzinfo=UTC))


def test_an_entry_of_ones_own_making(tmp_path: Path) -> None:
    """feeds/entry.html in the user's folder sets the content of every entry; a fault in it is named."""
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "entry.html").write_text("<p>{{ story.headline.text }}!</p>")
    made = [edition(1, "en")]
    site: Site = FOLDER
    item = json.loads(feed_files(made, site, (tmp_path,))["feed.json"])["items"][0]
    assert item["content_html"] == "<p>Upper house sets a date for the treaty vote!</p>"
    (tmp_path / "feeds" / "entry.html").write_text("{{ story.headlin.text }}")
    with pytest.raises(RenderError, match=r"entry\.html, line 1: .*did you mean 'headline'"):
        feed_files(made, site, (tmp_path,))
