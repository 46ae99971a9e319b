"""The search that a server answers: results in the page, whatever is asked, and the page from the folder where not."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html

from briefing.app import newsroom
from briefing.config import load
from briefing.errors import StoreError
from briefing.pipeline import build
from briefing.pipeline.searching import search_page
from briefing.web.site import site

from ..pipeline.conftest import CONFIG, DUMA, NOON, STORM, VALDAI

HUB = "https://hub.example.org/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one edition."""
    made = tmp_path_factory.mktemp("installation")
    (made / "config.yaml").write_text(CONFIG + f"hub: {HUB}\nengine: {{embedding: lexical}}\n", encoding="utf-8")
    (made / "corpus").mkdir()
    for name, text in (("duma.txt", DUMA), ("valdai.txt", VALDAI), ("storm.txt", STORM)):
        (made / "corpus" / name).write_text(text, encoding="utf-8")
    with newsroom(load(made / "config.yaml", os.environ)) as room:
        asyncio.run(build(room, NOON))
    return made


@pytest.fixture
def client(folder: Path, serving: Any) -> Iterator[httpx.Client]:
    with newsroom(load(folder / "config.yaml", os.environ)) as room:
        pages = site(room.output, search=partial(search_page, room), hub=room.site.hub, address=room.site.url)
        with serving(pages) as made:
            yield made


def test_results_are_in_the_page(client: httpx.Client) -> None:
    """Storyline, article and excerpt are there without a script, what was asked for marked, and the count said."""
    answer = client.get("/search/index.html", params={"q": "typhoon"})
    assert answer.status_code == 200
    page = html.document_fromstring(answer.text)
    assert page.xpath("//script") == []
    (line,) = page.xpath("//ol[@id='found']/li")
    assert "Typhoon Yagi" in line.text_content()
    (target,) = line.xpath("./a/@href")
    assert client.get(f"/search/{target}").status_code == 200
    assert {mark.text_content().casefold() for mark in line.iter("mark")} == {"typhoon"}
    assert page.xpath("string(//*[@role='status'])").strip() == "Storylines found: 1"
    assert page.xpath("//input[@name='q']/@value") == ["typhoon"]


def test_without_a_question_the_newest_are_listed(client: httpx.Client) -> None:
    """The page as it is first shown lists storylines and says nothing of results."""
    page = html.document_fromstring(client.get("/search/").text)
    assert len(page.xpath("//section[@id='all']//li")) == 2
    assert page.xpath("string(//*[@role='status'])").strip() == ""


def test_language_and_day_narrow_down(client: httpx.Client) -> None:
    """They are kept in the form; where nothing is left, that is said."""
    answer = client.get("/search/", params={"q": "treaty", "language": "th", "since": "2024-01-01"})
    page = html.document_fromstring(answer.text)
    assert page.xpath("string(//*[@role='status'])").strip() == "Nothing was found."
    assert page.xpath("//input[@name='since']/@value") == ["2024-01-01"]


@pytest.mark.parametrize(
    "query",
    [
        {"q": '"><script>alert(1)</script>'},
        {"q": "\x00"},
        {"q": "a" * 10_000},
        {"q": '"' * 50},
        {"q": "NEAR(a b) AND title:x *"},
        {"q": "treaty", "language": "'; DROP TABLE articles; --"},
        {"q": "treaty", "since": "tomorrow"},
        {"q": "treaty", "since": "2024-13-45"},
        {"q": "treaty", "page": "-1"},
        {"q": "treaty", "page": "99999999999999999999"},
        {"page": "１"},
        {"q": "treaty\u202e", "x": "y"},
    ],
)
def test_no_query_is_an_error_page(client: httpx.Client, query: dict[str, str]) -> None:
    """Whatever is asked comes back as a page, and as text where it is shown."""
    answer = client.get("/search/", params=query)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text
    assert html.document_fromstring(answer.text).xpath("//form")


def test_bytes_that_are_no_text_are_answered(client: httpx.Client) -> None:
    """A query that is not UTF-8 is one like any other."""
    assert client.get("/search/?q=%ff%fe%00&language=%c3").status_code == 200


def test_results_are_sent_compressed_to_whoever_takes_it(client: httpx.Client) -> None:
    """A page of results is as small on the way as any other page, and never a stale one."""
    query = {"q": "typhoon"}
    answer = client.get("/search/", params=query, headers={"Accept-Encoding": "gzip"})
    plain = client.get("/search/", params=query, headers={"Accept-Encoding": "identity"})
    refused = client.get("/search/", params=query, headers={"Accept-Encoding": "gzip;q=0"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    assert answer.text == plain.text == refused.text
    assert int(answer.headers["Content-Length"]) < int(plain.headers["Content-Length"]) // 2


def test_where_the_store_fails_the_page_searches_by_itself(folder: Path, serving: Any) -> None:
    """A locked or lost store gives the page from the folder, with its script, and no error."""

    def fails(asked: object) -> bytes:
        raise StoreError("locked")

    with serving(site(folder / "out", search=fails)) as client:
        page = html.document_fromstring(client.get("/search/", params={"q": "a"}).text)
        assert page.xpath("//script/@src") == ["../assets/search.js"]


def test_feeds_name_hub_and_self_in_their_headers(client: httpx.Client) -> None:
    """As WebSub asks: both links with the feed and with the 304; pages have none."""
    first = client.get("/newsletters/morning/atom.xml")
    wanted = f'<{HUB}>; rel="hub", <https://news.example.org/newsletters/morning/atom.xml>; rel="self"'
    assert first.headers["link"] == wanted
    again = client.get("/newsletters/morning/atom.xml", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.headers["link"]) == (304, wanted)
    assert "link" not in client.get("/index.html").headers
