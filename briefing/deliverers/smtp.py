"""A mail server: SMTP (RFC 5321), STARTTLS (RFC 3207) or TLS from the first byte (RFC 8314), login (RFC 4954)."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from briefing.errors import DeliveryError
from briefing.ports import Envelope

Security = Literal["starttls", "tls", "none"]

_GOODBYE = 421  # "service not available, closing transmission channel": the connection is of no more use
_LONGEST_REPLY = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ADDRESS = re.compile(r"([^\s<>@]{1,64})@([^\s<>@]{1,255})")  # lengths of RFC 5321, 4.5.3.1


class Smtp:
    """Hands messages to one mail server, over connections that are kept for the next message.

    ``security`` is a demand, never an attempt: with ``starttls`` a server that does not offer it, or shows a
    certificate that no known authority signed for its name, gets no message and no password. Own authorities are
    named to OpenSSL with SSL_CERT_FILE. With ``none`` a password is sent to this machine alone. ``timeout`` is in
    seconds, for connecting and for each answer. As many connections are opened as `deliver` is called at once.
    """

    name = "smtp"

    def __init__(
        self,
        host: str,
        port: int,
        security: Security = "starttls",
        username: str | None = None,
        password: str | None = None,
        *,
        timeout: float = 60.0,
    ) -> None:
        self.host, self.port, self.security = host, port, security
        self._username, self._password = username or None, password or ""
        self._timeout = timeout
        self._idle: list[tuple[asyncio.AbstractEventLoop, SMTP]] = []

    async def deliver(self, envelope: Envelope) -> str:
        """Send one message and give the server's answer. Raises DeliveryError.

        A refusal with a code of 4xx, a time-out and a broken connection are transient, a code of 5xx is not
        (RFC 5321, 4.2.1); uncertain is only what breaks after the message was given.
        """
        kept = self._kept()
        if kept is not None:
            try:
                return await self._send(kept, envelope)
            except _Stale:
                pass  # a server ends connections that idle or have served enough; nothing was handed over
        client = await self._connect(envelope.recipient)
        try:
            return await self._send(client, envelope)
        except _Stale as error:
            message = f"{self._place} ended the connection ({error})"
            raise DeliveryError(envelope.recipient, message, transient=True) from error

    async def close(self) -> None:
        """Say goodbye on every connection kept."""
        idle, self._idle = self._idle, []
        loop = asyncio.get_running_loop()
        for home, client in idle:
            if home is loop and client.is_connected:
                try:
                    await client.quit(timeout=min(self._timeout, 5.0))
                except SMTPException:
                    client.close()

    @property
    def _place(self) -> str:
        return f"mail server {self.host}:{self.port}"

    def _kept(self) -> SMTP | None:
        loop = asyncio.get_running_loop()
        while self._idle:
            home, client = self._idle.pop()
            if home is loop and client.is_connected:
                return client
        return None

    async def _connect(self, recipient: str) -> SMTP:
        if self.security == "none" and self._username and not _is_loopback(self.host):
            raise DeliveryError(
                recipient, f"{self._place}: a password is not sent unprotected; set `security` to starttls or tls"
            )
        client = SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.security == "tls",
            start_tls=False,
            timeout=self._timeout,
            tls_context=None if self.security == "none" else ssl.create_default_context(),
        )
        try:
            with self._translating(recipient):
                await client.connect()
                await client.ehlo()
                if self.security == "starttls":
                    if not client.supports_extension("starttls"):
                        raise DeliveryError(
                            recipient,
                            f"{self._place} offers no STARTTLS; set `security` to tls (port 465), or to none for a "
                            "server on this machine",
                        )
                    await client.starttls()
                if self._username:
                    await client.login(self._username, self._password)
        except BaseException:
            client.close()
            raise
        return client

    async def _send(self, client: SMTP, envelope: Envelope) -> str:
        usable = False
        try:
            with self._translating(envelope.recipient):
                try:
                    answer = await self._transact(client, envelope)
                    usable = True
                except SMTPResponseException as error:
                    if error.code == _GOODBYE:
                        raise _Stale(self._clean(f"{error.code} {error.message}")) from error
                    with suppress(SMTPException):
                        await client.rset()
                        usable = True
                    raise
        finally:
            if usable:
                self._idle.append((asyncio.get_running_loop(), client))
            else:
                client.close()
        return self._clean(f"{self.host}: {answer.code} {answer.message}")

    async def _transact(self, client: SMTP, envelope: Envelope) -> SMTPResponse:
        sender, recipient = (_bare(address) for address in (envelope.sender, envelope.recipient))
        options, encoding = self._options(client, envelope, sender + recipient)
        try:
            await client.mail(sender, options=options, encoding=encoding)
            await client.rcpt(recipient, encoding=encoding)
        except SMTPServerDisconnected as error:
            raise _Stale(self._clean(error.message)) from error
        try:
            return await client.data(envelope.message)
        except (SMTPServerDisconnected, SMTPTimeoutError) as error:
            what = "no answer came in time" if isinstance(error, SMTPTimeoutError) else "the connection broke"
            message = f"{self._place}: {what} after the message was given; it may have arrived"
            raise DeliveryError(envelope.recipient, message, uncertain=True) from error

    def _options(self, client: SMTP, envelope: Envelope, addresses: str) -> tuple[list[str], str]:
        options = []
        if client.supports_extension("size"):
            options.append(f"SIZE={len(envelope.message)}")
        if not envelope.message.isascii() and client.supports_extension("8bitmime"):
            options.append("BODY=8BITMIME")
        if addresses.isascii():
            return options, "ascii"
        if not client.supports_extension("smtputf8"):
            message = f"{self._place} takes no address with letters beyond ASCII before the @ (no SMTPUTF8)"
            raise DeliveryError(envelope.recipient, message)
        return [*options, "SMTPUTF8"], "utf-8"

    @contextmanager
    def _translating(self, recipient: str) -> Iterator[None]:
        """Raise what aiosmtplib, ssl and the system raise as DeliveryError."""
        try:
            yield
        except SMTPResponseException as error:
            raise self._refused(recipient, error) from error
        except (SMTPException, OSError, ValueError) as error:
            raise self._broken(recipient, error) from error

    def _refused(self, recipient: str, error: SMTPResponseException) -> DeliveryError:
        transient = 400 <= error.code < 500
        what = f"answered {error.code} {error.message}"
        if isinstance(error, SMTPAuthenticationError):
            what = f"refused the login of {self._username}: {error.code} {error.message}"
            what += "" if transient else "; check `username` and `password`"
        return DeliveryError(recipient, self._clean(f"{self._place} {what}"), transient=transient)

    def _broken(self, recipient: str, error: Exception) -> DeliveryError:
        chain: list[BaseException] = [error]
        while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and len(chain) < 8:
            chain.append(cause)
        for link in chain:
            if isinstance(link, ssl.SSLCertVerificationError):
                what = f"shows a certificate that is not trusted ({link.verify_message}); mend it, check `host`, or "
                return DeliveryError(recipient, f"{self._place} {what}name its authority in SSL_CERT_FILE")
            if isinstance(link, ssl.SSLError):
                what = f"does not speak TLS here ({link.reason or link}); check `port` and `security`"
                return DeliveryError(recipient, f"{self._place} {what}")
        if isinstance(error, ValueError):
            return DeliveryError(recipient, self._clean(f"this is no address that mail can be sent to ({error})"))
        if isinstance(error, TimeoutError):
            return DeliveryError(recipient, f"{self._place} did not answer in {self._timeout:g} s", transient=True)
        text = self._clean(f"{self._place} cannot be used: {error}; check `host`, `port` and the network")
        return DeliveryError(recipient, text, transient=isinstance(error, OSError))

    def _clean(self, text: str) -> str:
        """Fold a server's words to one bounded line, without the password should the server repeat it."""
        for secret in self._secrets():
            text = text.replace(secret, "***")
        text = " ".join(_CONTROL.sub(" ", text).split()).strip()
        return text if len(text) <= _LONGEST_REPLY else text[: _LONGEST_REPLY - 1] + "…"

    def _secrets(self) -> list[str]:
        if not self._password:
            return []
        plain = f"\0{self._username}\0{self._password}"
        coded = [base64.b64encode(text.encode()).decode() for text in (plain, self._password)]
        return [*coded, self._password]


class _Stale(Exception):  # noqa: N818  # never leaves this module
    """The server ended the connection before it took the message."""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost" or host.rstrip(".").lower().endswith(".localhost")


def _bare(mailbox: str) -> str:
    """Give the address of a mailbox, its domain as DNS writes it (IDNA); the local part alone may be beyond ASCII.

    Raises ValueError for what is no address, and for what could carry a second command.
    """
    match = _ADDRESS.fullmatch(parseaddr(mailbox)[1]) if _CONTROL.search(mailbox) is None else None
    if match is None:
        raise ValueError(repr(mailbox[:100]))
    local, domain = match.groups()
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
