from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from briefing.errors import RenderError
from briefing.web.preview import Shown, Snapshot, preview

FOLDER = "editions/2026-11-21/morning"
MAIL = (
    "<html><head><style>p{color:red}@media (prefers-color-scheme: dark){p{color:blue}}</style></head><body><p>สวัสดี</p>"
    '<a href="https://example.org/u/1">Unsubscribe</a><img src="https://example.org/a.png" alt=""></body></html>'
)
MESSAGE = (
    b"Subject: =?utf-8?q?B=E1=BA=A3n_tin?=\r\nFrom: Morning <m@example.org>\r\n"
    b"List-Id: <m.example.org>\r\n\r\nhello\r\n"
)


def snapshot(**changes: Any) -> Snapshot:
    files = {
        "index.html": b"<html><body><h1>Latest</h1></body></html>",
        "404.html": b"<h1>Lost</h1>",
        "feed.xml": b"<rss/>",
        f"{FOLDER}/index.html": b"<html><body><h1>Edition</h1></body></html>",
        f"{FOLDER}/email.html": MAIL.encode(),
        f"{FOLDER}/email.txt": "BẢN TIN SÁNG\n<không phải thẻ>\n".encode(),
        f"{FOLDER}/email.eml": MESSAGE,
    }
    made: dict[str, Any] = {
        "files": files,
        "editions": (Shown(FOLDER, "Morning briefing", "2026-11-21"),),
        "made_at": datetime(2026, 11, 21, tzinfo=UTC),
    }
    return Snapshot(**(made | changes))


@pytest.fixture
def client(serving: Any) -> Iterator[httpx.Client]:
    with serving(preview(snapshot, [])) as made:
        yield made


def test_the_tool_shows_the_newest_edition(client: httpx.Client) -> None:
    """Without a choice the tool frames the newest edition's mail and shows its subject, size and links."""
    page = client.get("/preview/").text
    assert f'src="/{FOLDER}/email.html?scheme=light&amp;images=on"' in page
    assert "Bản tin" in page
    assert "</meter> of 95,000" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("view=text", "&lt;không phải thẻ&gt;"),
        ("view=source", "&lt;style&gt;p{color:red}@media"),
        ("view=headers", "<td>&lt;m.example.org&gt;</td>"),
        ("view=links", "<td>https://example.org/u/1</td>"),
        ("view=page", f'src="/{FOLDER}/?scheme=light"'),
        ("device=phone&scheme=dark", 'class="stage phone dark"'),
        ("scheme=inverted", 'class="stage desktop inverted"'),
        ("view=%3Cscript%3E&edition=nothing", f'src="/{FOLDER}/email.html?scheme=light&amp;images=on"'),
    ],
)
def test_each_view_shows_its_part(client: httpx.Client, query: str, expected: str) -> None:
    """Text, source, headers, links, page, devices and colours are each one link; what is unknown is the default."""
    assert expected in client.get(f"/preview/?{query}").text


def test_the_mail_may_style_itself_but_not_script(client: httpx.Client) -> None:
    """The framed mail keeps its inline styles, runs nothing, and loads images only where they are on."""
    on = client.get(f"/{FOLDER}/email.html").headers["content-security-policy"]
    off = client.get(f"/{FOLDER}/email.html?images=off").headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in on
    assert "script-src" not in on
    assert "img-src https:" in on
    assert "img-src 'none'" in off


def test_the_colours_asked_for_are_forced(client: httpx.Client) -> None:
    """The dark mail is dark whatever the browser prefers, and the light and the inverted one are not."""
    rule = "@media (prefers-color-scheme: dark)"
    assert rule in client.get(f"/{FOLDER}/email.html").text
    assert "@media all" in client.get(f"/{FOLDER}/email.html?scheme=dark").text
    assert "@media not all" in client.get(f"/{FOLDER}/email.html?scheme=inverted").text


def test_pages_are_served_as_published_and_reload(client: httpx.Client) -> None:
    """Pages and feeds are at their published paths; only the preview's copy of a page carries the reload script."""
    assert "<h1>Latest</h1>" in client.get("/").text
    assert "/preview/static/reload.js" in client.get("/").text
    assert client.get("/feed.xml").headers["content-type"].startswith("application/rss+xml")
    assert client.get(f"/{FOLDER}").status_code == 301
    assert client.get("/none").status_code == 404
    lost = client.get("/none/", headers={"Accept": "text/html"})
    assert (lost.status_code, lost.text) == (404, "<h1>Lost</h1>")
    assert client.get("/preview/static/../preview.py").status_code == 404


def test_a_change_is_told_within_a_second(serving: Any, tmp_path: Path) -> None:
    """Writing a watched template makes a new snapshot and tells the open page at once."""
    template = tmp_path / "mail.mjml"
    template.write_text("one")
    made: list[float] = []

    def make() -> Snapshot:
        made.append(time.monotonic())
        return snapshot(files={"index.html": template.read_bytes()})

    with serving(preview(make, [tmp_path])) as client, client.stream("GET", "/preview/events") as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": ready"
        time.sleep(0.5)
        threading.Timer(0.1, template.write_text, ["two"]).start()
        assert next(line for line in lines if line.startswith("event:")) == "event: changed"
        assert "two" in client.get("/").text
        assert len(made) >= 2


def test_a_broken_template_keeps_the_last_good_edition(serving: Any, tmp_path: Path) -> None:
    """When rendering fails the preview keeps showing the last good edition and says what is wrong."""
    template = tmp_path / "mail.mjml"
    template.write_text("good")

    def make() -> Snapshot:
        if template.read_text() == "bad":
            raise RenderError("mail.mjml", "line 3: 'storyline' is undefined")
        return snapshot()

    with serving(preview(make, [tmp_path])) as client, client.stream("GET", "/preview/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        time.sleep(0.5)
        template.write_text("bad")
        next(line for line in lines if line.startswith("event:"))
        page = client.get("/preview/").text
        assert "&#39;storyline&#39; is undefined" in page
        assert f'src="/{FOLDER}/email.html' in page


def test_an_empty_store_says_what_to_do(serving: Any) -> None:
    """Without an edition the tool is a page that says how to make one."""
    with serving(preview(lambda: snapshot(files={}, editions=()), [])) as client:
        assert "briefing build" in client.get("/preview/").text
