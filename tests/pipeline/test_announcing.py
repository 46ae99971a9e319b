"""A hub is told of feeds that have something new, and no hub can spoil a build."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from .conftest import BELOUSOV, CONFIG, NOON, Desk


class _Hub(ThreadingHTTPServer):
    """A hub on the loopback interface that remembers what it is told, and answers what it is set to."""

    daemon_threads = True

    def __init__(self) -> None:
        self.told: list[dict[str, list[str]]] = []
        self.agents: list[str] = []
        self.status = 204
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hub"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, _Hub)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        self.server.told.append(parse_qs(body.decode()))
        self.server.agents.append(self.headers["User-Agent"])
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def hub() -> Iterator[_Hub]:
    with _Hub() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _with_hub(desk: Desk, url: str) -> None:
    desk.config.write_text(CONFIG + f"hub: {url}\n", encoding="utf-8")


def test_a_hub_is_told_of_each_feed_that_changed_and_of_none_twice(treaty_desk: Desk, hub: _Hub) -> None:
    """The first build names every feed by its public address; a build with nothing new asks the hub nothing."""
    _with_hub(treaty_desk, hub.url)
    treaty_desk.build()
    topics = [topic for told in hub.told for topic in told["hub.url"]]
    assert all(told["hub.mode"] == ["publish"] for told in hub.told)
    assert "https://news.example.org/feed.xml" in topics
    assert "https://news.example.org/newsletters/morning/atom.xml" in topics
    assert len(topics) == len(set(topics))
    assert all(agent.startswith("briefing") for agent in hub.agents)
    hub.told.clear()
    treaty_desk.build()
    assert hub.told == []


def test_feeds_name_their_hub(treaty_desk: Desk, hub: _Hub) -> None:
    """RSS and Atom link to hub and self, JSON Feed lists it; without one configured none of them does."""
    treaty_desk.build()
    assert b'rel="hub"' not in treaty_desk.files()["feed.xml"]
    _with_hub(treaty_desk, hub.url)
    treaty_desk.build()
    files = treaty_desk.files()
    for form in ("feed.xml", "atom.xml"):
        assert f'rel="hub" href="{hub.url}"'.encode() in files[form]
        assert f'href="https://news.example.org/{form}"'.encode() in files[form]
    assert f'"url": "{hub.url}"'.encode() in files["feed.json"]


@pytest.mark.parametrize("status", [400, 500])
def test_a_hub_that_refuses_spoils_nothing(treaty_desk: Desk, hub: _Hub, status: int) -> None:
    """The build succeeds, its files are there, the failure is recorded with its mend, and goes when the hub is back."""
    hub.status = status
    _with_hub(treaty_desk, hub.url)
    report = treaty_desk.build()
    assert not report.failed
    assert "feed.xml" in treaty_desk.files()
    (failure,) = [one for one in treaty_desk.open().store.failures.open() if one.stage == "deliver"]
    assert failure.subject == hub.url
    assert f"answered {status}" in failure.message
    assert "`hub`" in failure.message
    hub.status = 202
    treaty_desk.write("belousov.txt", BELOUSOV)
    treaty_desk.build(now=NOON + timedelta(days=1))
    assert [one for one in treaty_desk.open().store.failures.open() if one.stage == "deliver"] == []


def test_a_hub_that_is_not_there_spoils_nothing(treaty_desk: Desk) -> None:
    """Nobody listens at the address: the build is whole, and says so."""
    _with_hub(treaty_desk, "http://127.0.0.1:9/")
    assert not treaty_desk.build().failed
    assert any("cannot be reached" in one.message for one in treaty_desk.open().store.failures.open())
