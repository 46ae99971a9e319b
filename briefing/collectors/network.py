"""Connections that only reach the public internet: names are resolved and addresses judged here, before use.

The judging is done on the very address that is then connected to, so that a name which resolves differently the second
time (DNS rebinding), a redirect, or an unusual spelling of an address leads nowhere else.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterable
from itertools import chain, zip_longest
from typing import Any

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 6052: the last 32 bits are the IPv4 address that is reached; RFC 8215: the like, for a network's own use.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_CONNECT_SECONDS = 5.0


class RefusedAddressError(Exception):
    """A host leads to an address that is not on the public internet."""

    def __init__(self, host: str, address: Address) -> None:
        super().__init__(f"{host} is at {address}")
        self.address = address


class UnresolvedError(Exception):
    """A host name has no address, or nobody could be asked for it."""


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, looking through every way to write an IPv4 address inside IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        embedded = _embedded(address)
        if embedded is not None:
            return is_public(embedded)
        if address.is_site_local or address in _LOCAL_NAT64:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


async def resolve(host: str, port: int) -> list[Address]:
    """Give the addresses of a host, IPv6 and IPv4 in turn. Raises UnresolvedError.

    Asks on a thread of its own that nobody waits for: the system's resolver can block for half a minute when there is
    no network, and an executor's thread would keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def settle(result: list[Any] | OSError | UnicodeError) -> None:
        if answer.done():
            return
        if isinstance(result, list):
            answer.set_result(result)
        else:
            answer.set_exception(UnresolvedError(str(result)))

    def ask() -> None:
        result: list[Any] | OSError | UnicodeError
        try:
            result = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            result = error
        with contextlib.suppress(RuntimeError):  # the loop may be closed by now
            loop.call_soon_threadsafe(settle, result)

    threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()
    found = list(dict.fromkeys(ipaddress.ip_address(info[4][0].partition("%")[0]) for info in await answer))
    six, four = ([address for address in found if address.version == version] for version in (6, 4))
    return [address for address in chain.from_iterable(zip_longest(six, four)) if address is not None]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects like httpcore, but resolves names itself and, unless ``private`` is true, refuses what is not public."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's signature)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of the host that answers, all of them public."""
        patience = _CONNECT_SECONDS if timeout is None else timeout
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        try:
            async with asyncio.timeout(patience):
                addresses = await resolve(host, port)
        except TimeoutError:
            raise UnresolvedError("no answer from the name server") from None
        for address in addresses:
            # One bad address refuses the host: which of them is used would be a matter of luck.
            if not self._private and not is_public(address):
                raise RefusedAddressError(host, address)
        failure: Exception = httpcore.ConnectError("no address")
        for position, address in enumerate(addresses):
            share = max(deadline - loop.time(), 0.1) / (len(addresses) - position)
            try:
                return await self._inner.connect_tcp(str(address), port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's signature)
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: a source is never a local socket."""
        raise httpcore.UnsupportedProtocol(f"{path} is a local socket")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)
