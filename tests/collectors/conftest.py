"""A real HTTP server on the loopback interface that answers as a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefing.collectors.feed import FeedCollector
from briefing.collectors.fetch import Client

Route = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """The server: ``routes`` by path, and what it was asked."""

    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Answer a path with this body and these headers (``_`` for ``-``), and give its address."""
        data = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(data)))
            request.end_headers()
            request.wfile.write(data)

        self.routes[path] = answer
        return self.url(path)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            route = found.routes.get(self.path)
            if route is None:
                self.send_error(404)
            else:
                try:
                    route(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def client() -> Client:
    """A client in a hurry."""
    return Client("https://example.org/us", timeout=timedelta(seconds=20), max_size=200_000, spacing=timedelta(0))


@pytest.fixture
def collector(client: Client) -> Callable[..., FeedCollector]:
    """Make a collector that may reach the loopback interface."""

    def make(url: str, **options: object) -> FeedCollector:
        return FeedCollector("test", url, lambda: client, **({"private": True} | options))  # type: ignore[arg-type]

    return make


@pytest.fixture
def rss() -> Callable[..., str]:
    """Write an RSS feed around items."""

    def write(*items: str, channel: str = "", end: str = "</channel></rss>") -> str:
        body = "".join(f"<item>{item}</item>" for item in items)
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A paper</title>{channel}{body}{end}'

    return write
