"""What a source took back is cited no more: from the wire, through the store, to the next edition."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from .conftest import NOON, Desk

CONFIG = """
title: Test
base_url: https://news.example.org/
sources:
  - {feed: "http://127.0.0.1:PORT/one", name: One, language: en, allow_private: true}
  - {feed: "http://127.0.0.1:PORT/two", name: Two, language: en, allow_private: true}
newsletters:
  - title: Morning
    slug: morning
    delivery: {sender: "Morning <m@example.org>", to: [ann@example.org]}
"""
SIGNED = "Oria and Beland signed the river treaty in Marvo on 17 November 2026 after ten years of talks."
FARMERS = "Farmers on both banks of the river Orla had asked Oria and Beland for the treaty since the great flood."
VOTE = "The parliament of Beland ratified the river treaty with Oria on 21 November 2026 by eighty votes to twelve."
FISHERMEN = "Fishermen in Marvo cheered when the river treaty between Oria and Beland passed the parliament of Beland."


def feed(name: str, *items: tuple[str, str, str]) -> bytes:
    """An RSS feed of (title, text, date)."""
    rows = "".join(
        f"<item><title>{title}</title><link>https://{name}.example/{place}</link><guid>{name}-{place}</guid>"
        f"<pubDate>{date}</pubDate><description>{text}</description></item>"
        for place, (title, text, date) in enumerate(items)
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{rows}</channel></rss>".encode()


FIRST = "Wed, 18 Nov 2026 08:00:00 GMT"
SECOND = "Sat, 21 Nov 2026 20:00:00 GMT"


@pytest.fixture
def pages() -> Iterator[dict[str, Any]]:
    """A real server on the loopback interface: what it answers by path, and its port."""
    answers: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, b""))
            self.send_response(status)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answers["port"] = server.server_address[1]
    yield answers
    server.shutdown()
    server.server_close()


def cited(folder: Path, day: str) -> set[str]:
    """Every article that an edition cites, lists or takes its headline from, and the words of all it quotes."""
    edition = json.loads((folder / "out/editions" / day / "morning/edition.json").read_text("utf-8"))
    assert edition["storylines"]
    return {part for part in json.dumps(edition).split('"') if part}


def test_a_feed_that_is_gone_is_cited_no_more(pages: dict[str, Any], tmp_path: Path) -> None:
    """410: the next edition neither quotes nor lists what the feed had given; the other source's reports stay."""
    desk = Desk(tmp_path, CONFIG.replace("PORT", str(pages["port"])))
    pages["/one"] = (200, feed("one", ("River treaty signed", f"{SIGNED} {FARMERS}", FIRST)))
    pages["/two"] = (
        200,
        feed("two", ("Oria and Beland sign river treaty", f"{SIGNED} Boats sounded their horns.", FIRST)),
    )
    desk.build(NOON)
    assert "https://one.example/0" in cited(tmp_path, "2026-11-21")
    pages["/one"] = (410, b"")
    later = (200, feed("two", ("Oria and Beland sign river treaty", f"{SIGNED} Boats sounded their horns.", FIRST),
                       ("Beland ratifies river treaty with Oria", f"{VOTE} {FISHERMEN}", SECOND)))  # fmt: skip
    pages["/two"] = later
    report = desk.build(NOON + timedelta(days=1))
    told = cited(tmp_path, "2026-11-22")
    assert "https://two.example/1" in told
    assert not any("one.example" in part or FARMERS in part for part in told)
    assert any("gone for good" in failure.message for failure in report.collected.failures)
    pages["/one"] = (200, feed("one", ("River treaty signed", f"{SIGNED} {FARMERS}", FIRST)))
    desk.build(NOON + timedelta(days=2))  # not asked any more, so not back either
    room = desk.open()
    assert room.store.sources.state("one").gone
    assert not any(article.source == "one" for article in room.store.articles.get(
        [a for line in room.store.storylines.newest(limit=9) for d in line.developments for a in d.articles]
    ).values())  # fmt: skip
    desk.close()
