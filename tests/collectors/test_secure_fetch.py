"""The polite client over TLS, with HTTP/1.1 and HTTP/2."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import h2.config
import h2.connection
import h2.events
import pytest
import trustme

from briefing.collectors import fetch
from briefing.collectors.answers import Answer
from briefing.collectors.fetch import Client
from briefing.errors import CollectError

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client trust the tests' authority, and no other."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    monkeypatch.setattr(fetch, "_trust", lambda: context)


async def old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\none")


async def new(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    writer.write(connection.data_to_send())
    while data := await reader.read(65_536):
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                asked = dict(event.headers)
                assert (asked[b"user-agent"].split(b"/")[0], b"connection" in asked) == (b"briefing", False)
                connection.send_headers(event.stream_id, [(":status", "200"), ("etag", '"two"')])
                connection.send_data(event.stream_id, b"two", end_stream=True)
        writer.write(connection.data_to_send())


def ask(serve: Serve, certificate: trustme.LeafCert, protocol: str) -> Answer:
    """Serve one request over TLS and give the client's answer."""

    async def both() -> Answer:
        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await serve(reader, writer)
            finally:
                writer.close()

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        context.set_alpn_protocols([protocol])
        server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=context)
        async with server:
            port = server.sockets[0].getsockname()[1]
            client = Client(timeout=timedelta(seconds=20))
            return await client.get("test", f"https://localhost:{port}/", NOW, private=True)

    return asyncio.run(both())


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize(("serve", "protocol", "body"), [(old, "http/1.1", b"one"), (new, "h2", b"two")])
def test_both_versions_of_http_are_spoken(authority: trustme.CA, serve: Serve, protocol: str, body: bytes):
    """The server's choice of protocol is followed; the answer is the same."""
    assert ask(serve, authority.issue_cert("localhost"), protocol).body == body


@pytest.mark.usefixtures("trusting")
def test_a_certificate_for_another_host_is_refused(authority: trustme.CA):
    """The certificate is checked against the name asked for, not the address connected to."""
    with pytest.raises(CollectError, match="localhost has no valid certificate") as caught:
        ask(old, authority.issue_cert("elsewhere.example"), "http/1.1")
    assert not caught.value.transient


def test_an_unknown_authority_is_refused(authority: trustme.CA):
    """A certificate that nobody vouches for is no certificate."""
    with pytest.raises(CollectError, match="localhost has no valid certificate"):
        ask(old, authority.issue_cert("localhost"), "http/1.1")
