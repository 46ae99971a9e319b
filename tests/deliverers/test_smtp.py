"""A mail server on this machine: well, locked, busy, refusing, broken."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.deliverers.smtp import Smtp
from briefing.errors import DeliveryError
from briefing.ports import Envelope

SECRET = "correct horse battery"


def letter(recipient: str = "a@example.org", message: bytes = b"Subject: S\r\n\r\n.dot\r\nend\r\n") -> Envelope:
    """Make an envelope."""
    return Envelope("Morning <briefing@example.org>", recipient, "<1@example.org>", message)


class Handler:
    """What the server does: keeps messages, and answers as told."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.messages: list[tuple[str, list[str], bytes]] = []
        self.logged_in: list[bool] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.answers.get(address) or self.answers.get("RCPT", "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.get("DATA", "250 queued as 42")
        if answer.startswith("250"):
            self.logged_in.append(bool(session.authenticated))
            self.messages.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return answer


def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    """Let in who knows the password."""
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"user", SECRET.encode())
    return AuthResult(success=known, handled=False)


class Running:
    """A server's port and how often it was connected to."""

    port = 0
    connections = 0


@asynccontextmanager
async def running(handler: Handler, tls: ssl.SSLContext | None = None, **options: Any) -> AsyncIterator[Running]:
    """Run a real SMTP server on loopback."""
    state = Running()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    open_: list[SMTP] = []

    def factory() -> SMTP:
        state.connections += 1
        open_.append(SMTP(handler, hostname="localhost", **options))
        return open_[-1]

    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", 0, ssl=tls)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for protocol in open_:
            if protocol.transport is not None:
                protocol.transport.close()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def scripted(talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[int]:
    """Run a server that says what a script says and then hangs up; give its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A certificate authority of our own."""
    return trustme.CA()


@pytest.fixture
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """A server's certificate for localhost, signed by that authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our authority is known to this machine."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@asynccontextmanager
async def sending(port: int, **options: Any) -> AsyncIterator[Smtp]:
    """Give a deliverer to a port of this machine."""
    deliverer = Smtp(options.pop("host", "127.0.0.1"), port, **({"security": "none", "timeout": 5} | options))
    try:
        yield deliverer
    finally:
        await deliverer.close()


async def refusal(deliverer: Smtp, envelope: Envelope | None = None) -> DeliveryError:
    """Deliver, and give the error that must come."""
    with pytest.raises(DeliveryError) as caught:
        await deliverer.deliver(envelope or letter())
    assert SECRET not in str(caught.value)
    assert "\n" not in caught.value.message
    return caught.value


def test_a_message_arrives_byte_for_byte() -> None:
    """Sender and recipient are bare addresses, lines that begin with a dot survive, the receipt is the answer."""

    async def run() -> None:
        handler = Handler()
        async with running(handler) as server, sending(server.port) as deliverer:
            assert await deliverer.deliver(letter()) == "127.0.0.1: 250 queued as 42"
        assert handler.messages == [("briefing@example.org", ["a@example.org"], letter().message)]

    asyncio.run(run())


def test_many_messages_use_one_connection() -> None:
    """A connection is kept for the next message, also after a refused recipient."""

    async def run() -> None:
        handler = Handler(**{"bad@example.org": "550 5.1.1 no such user"})
        async with running(handler) as server, sending(server.port) as deliverer:
            for number in range(50):
                await deliverer.deliver(letter(f"r{number}@example.org"))
                if number == 20:
                    error = await refusal(deliverer, letter("bad@example.org"))
                    assert (error.subject, error.transient) == ("bad@example.org", False)
                    assert "550 5.1.1 no such user" in error.message
            assert server.connections == 1
        assert len(handler.messages) == 50

    asyncio.run(run())


def test_messages_at_once_use_connections_of_their_own() -> None:
    """Deliveries that run at once neither wait for nor disturb each other, and their connections are used again."""

    async def run() -> None:
        handler = Handler()
        async with running(handler) as server, sending(server.port) as deliverer:
            for _ in range(2):
                await asyncio.gather(*(deliverer.deliver(letter(f"r{number}@example.org")) for number in range(4)))
            assert server.connections == 4
        assert sorted(to for _, (to,), _ in handler.messages) == sorted(f"r{n % 4}@example.org" for n in range(8))

    asyncio.run(run())


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "transient"), [("451 4.7.1 greylisted, come back", True), ("554 5.7.1 spam", False)]
)
def test_codes_tell_whether_to_try_again(step: str, answer: str, transient: bool) -> None:
    """4xx is transient, 5xx is not, at the recipient as after the message; the server's words are shown."""

    async def run() -> None:
        async with running(Handler(**{step: answer})) as server, sending(server.port) as deliverer:
            error = await refusal(deliverer)
            assert (error.transient, error.uncertain) == (transient, False)
            assert answer in error.message

    asyncio.run(run())


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_protected_and_logged_in(tls: ssl.SSLContext, security: str) -> None:
    """Over STARTTLS and over TLS from the first byte, a server with a trusted certificate gets login and message."""

    async def run() -> None:
        handler = Handler()
        options: dict[str, Any] = {"authenticator": authenticate}
        options |= {"auth_require_tls": False} if security == "tls" else {"tls_context": tls, "require_starttls": True}
        async with (
            running(handler, tls if security == "tls" else None, **options) as server,
            sending(server.port, host="localhost", security=security, username="user", password=SECRET) as deliverer,
        ):
            await deliverer.deliver(letter())
            await deliverer.deliver(letter())
            assert server.connections == 1
        assert handler.logged_in == [True, True]

    asyncio.run(run())


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password(tls: ssl.SSLContext) -> None:
    """A refused login is permanent, names the user and what to check, and never the password."""

    async def run() -> None:
        async with (
            running(Handler(), authenticator=authenticate, tls_context=tls) as server,
            sending(
                server.port, host="localhost", security="starttls", username="user", password="wrong one"
            ) as deliverer,
        ):
            error = await refusal(deliverer)
            assert not error.transient
            assert "refused the login of user: 535" in error.message
            assert "check `username` and `password`" in error.message
            assert "wrong one" not in str(error)

    asyncio.run(run())


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for(tls: ssl.SSLContext, security: str) -> None:
    """A server whose certificate no known authority signed gets no message."""

    async def run() -> None:
        handler = Handler()
        async with (
            running(handler, tls if security == "tls" else None, tls_context=tls) as server,
            sending(server.port, host="localhost", security=security) as deliverer,
        ):
            error = await refusal(deliverer)
            assert not error.transient
            assert "certificate that is not trusted" in error.message
            assert "SSL_CERT_FILE" in error.message
        assert handler.messages == []

    asyncio.run(run())


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name(tls: ssl.SSLContext) -> None:
    """A trusted certificate for another name than the host's is not trusted."""

    async def run() -> None:
        async with (
            running(Handler(), tls_context=tls) as server,
            sending(server.port, security="starttls") as deliverer,
        ):
            assert "certificate that is not trusted" in (await refusal(deliverer)).message

    asyncio.run(run())


def test_no_starttls_offered() -> None:
    """A server without STARTTLS gets neither password nor message where STARTTLS is demanded."""

    async def run() -> None:
        handler = Handler()
        async with (
            running(handler, authenticator=authenticate, auth_require_tls=False) as server,
            sending(server.port, security="starttls", username="user", password=SECRET) as deliverer,
        ):
            error = await refusal(deliverer)
            assert not error.transient
            assert "offers no STARTTLS; set `security` to tls" in error.message
        assert handler.messages == []

    asyncio.run(run())


def test_tls_to_a_server_that_speaks_none() -> None:
    """TLS demanded of a plain port is told apart from a bad certificate."""

    async def run() -> None:
        async with running(Handler()) as server, sending(server.port, security="tls") as deliverer:
            assert "does not speak TLS here" in (await refusal(deliverer)).message

    asyncio.run(run())


def test_no_password_in_the_clear() -> None:
    """Without protection a password goes to this machine alone; elsewhere not even a connection is made."""

    async def run() -> None:
        async with sending(25, host="mail.example.org", username="user", password=SECRET) as deliverer:
            assert "not sent unprotected" in (await refusal(deliverer)).message
        handler = Handler()
        async with (
            running(handler, authenticator=authenticate, auth_require_tls=False) as server,
            sending(server.port, username="user", password=SECRET) as deliverer,
        ):
            await deliverer.deliver(letter())
        assert len(handler.messages) == 1

    asyncio.run(run())


def test_a_server_that_repeats_the_password() -> None:
    """Neither the password nor its coded forms are shown, whatever the server says; long answers are cut."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        await reader.readline()
        writer.write(b"250-hello\r\n250 AUTH PLAIN\r\n")
        words = (await reader.readline()).split()[-1]
        writer.write(b"535 you said " + words + b" which is " + SECRET.encode() + b" " + b"x" * 400 + b"\r\n")
        await reader.readline()

    async def run() -> None:
        async with scripted(talk) as port, sending(port, username="user", password=SECRET) as deliverer:
            error = await refusal(deliverer)
            assert "you said *** which is ***" in error.message
            assert len(error.message) <= 300

    asyncio.run(run())


def test_nobody_listens() -> None:
    """A refused connection is transient and names host and port."""

    async def run() -> None:
        async with scripted(lambda reader, writer: asyncio.sleep(0)) as port:
            pass
        async with sending(port) as deliverer:
            error = await refusal(deliverer)
            assert (error.transient, error.uncertain) == (True, False)
            assert f"mail server 127.0.0.1:{port} cannot be used" in error.message

    asyncio.run(run())


def test_a_server_that_never_answers() -> None:
    """Silence ends with the time-out, as a transient error."""

    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def run() -> None:
        async with scripted(silence) as port, sending(port, timeout=0.2) as deliverer:
            error = await refusal(deliverer)
            assert (error.transient, error.uncertain) == (True, False)
            assert "did not answer in 0.2 s" in error.message

    asyncio.run(run())


async def _until_data(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 hello\r\n")
    for _ in range(3):  # EHLO, MAIL, RCPT
        await reader.readline()
        writer.write(b"250 fine\r\n")
    await reader.readline()
    writer.write(b"354 go on\r\n")
    await reader.readuntil(b"\r\n.\r\n")


@pytest.mark.parametrize(("silent", "what"), [(False, "connection broke"), (True, "no answer came in time")])
def test_what_breaks_after_the_message_is_uncertain(silent: bool, what: str) -> None:
    """Where the server took the whole message and then vanished, it may have arrived: not transient, but uncertain."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _until_data(reader, writer)
        if silent:
            await reader.read()

    async def run() -> None:
        async with scripted(talk) as port, sending(port, timeout=0.3) as deliverer:
            error = await refusal(deliverer)
            assert (error.transient, error.uncertain) == (False, True)
            assert what in error.message
            assert "it may have arrived" in error.message

    asyncio.run(run())


def test_a_connection_lost_before_the_message() -> None:
    """Where the server vanishes before it took anything, trying again later is safe."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        await reader.readline()
        writer.write(b"250 fine\r\n")
        await reader.readline()

    async def run() -> None:
        async with scripted(talk) as port, sending(port) as deliverer:
            error = await refusal(deliverer)
            assert (error.transient, error.uncertain) == (True, False)

    asyncio.run(run())


@pytest.mark.parametrize("goodbye", [b"", b"421 too many messages\r\n"])
def test_a_kept_connection_that_was_ended(goodbye: bytes) -> None:
    """A server that ends a kept connection, silently or with 421, gets the message over a new one."""
    seen = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _until_data(reader, writer)
        writer.write(b"250 taken\r\n")
        seen.append(1)
        command = await reader.readline()
        if command.upper().startswith(b"MAIL"):
            writer.write(goodbye)

    async def run() -> None:
        async with scripted(talk) as port, sending(port) as deliverer:
            for _ in range(3):
                assert "taken" in await deliverer.deliver(letter())
        assert len(seen) == 3

    asyncio.run(run())


@pytest.mark.parametrize(
    "recipient", ["a@example.org\r\nRCPT TO:<b@example.org>", "a b@example.org>", "@", "", "a\x00@example.org"]
)
def test_addresses_that_carry_commands(recipient: str) -> None:
    """An address that is none, or hides a second command, is refused and reaches nobody."""

    async def run() -> None:
        handler = Handler()
        async with running(handler) as server, sending(server.port) as deliverer:
            error = await refusal(deliverer, letter(recipient))
            assert not error.transient
        assert handler.messages == []

    asyncio.run(run())


@settings(deadline=None, max_examples=60)
@given(
    recipient=st.text(max_size=80)
    | st.builds("{}@{}".format, st.text(max_size=20), st.text(max_size=20))
    | st.builds(
        "a{}@example.org".format,
        st.sampled_from(["\r\n", "\n", " ", "<", ">", '"', "\\", ",", "\u2028", "\ud800", "é"]),
    )
)
def test_whatever_the_address(recipient: str) -> None:
    """Any text as an address ends in one recipient without white space, or in a DeliveryError; nothing else escapes."""

    async def run() -> None:
        handler = Handler()
        async with running(handler, enable_SMTPUTF8=True) as server, sending(server.port) as deliverer:
            try:
                await deliverer.deliver(letter(recipient))
            except DeliveryError:
                assert handler.messages == []
            else:
                ((_, (address,), _),) = handler.messages
                assert address.split() == [address]

    asyncio.run(run())


def test_international_addresses() -> None:
    """A domain beyond ASCII travels as DNS writes it; a local part beyond ASCII needs a server with SMTPUTF8."""

    async def run() -> None:
        handler = Handler()
        async with running(handler) as server, sending(server.port) as deliverer:
            await deliverer.deliver(letter("tin@bücher.example"))
            assert "no SMTPUTF8" in (await refusal(deliverer, letter("thư@example.org"))).message
        async with running(handler, enable_SMTPUTF8=True) as server, sending(server.port) as deliverer:
            await deliverer.deliver(letter("thư@example.org", "Nội dung".encode()))
        assert [to for _, to, _ in handler.messages] == [["tin@xn--bcher-kva.example"], ["thư@example.org"]]

    asyncio.run(run())


def test_a_second_loop_opens_its_own_connection() -> None:
    """A deliverer used by one event loop after another never touches the connections of the former."""

    async def once(deliverer: Smtp) -> None:
        handler = Handler()
        async with running(handler) as server:
            deliverer.port = server.port
            await deliverer.deliver(letter())
            await deliverer.close()
        assert len(handler.messages) == 1

    deliverer = Smtp("127.0.0.1", 1, "none", timeout=5)
    asyncio.run(once(deliverer))
    asyncio.run(once(deliverer))
