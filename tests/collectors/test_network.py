"""Which addresses may be connected to."""

import asyncio
import ipaddress
import socket
import threading
import time

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.collectors import network
from briefing.collectors.network import GuardedBackend, RefusedAddressError, UnresolvedError, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "0.1.2.3", "255.255.255.255", "224.0.0.1", "240.0.0.1", "198.18.0.1", "192.0.2.1", "::", "::1", "fe80::1",
        "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::",
        "2002:a00:1::1",
    ],
)  # fmt: skip
def test_addresses_off_the_public_internet_are_refused(address: str):
    """Loopback, private, link-local, shared, reserved and multicast addresses are not public, however written."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "151.101.0.81", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]
)
def test_addresses_on_the_public_internet_are_allowed(address: str):
    """Public addresses pass, those that an IPv6-only network synthesises for IPv4 hosts (NAT64) included."""
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_every_way_to_embed_an_address_is_judged_as_the_address(four: ipaddress.IPv4Address):
    """Mapped, compatible, NAT64 and 6to4 spellings of an IPv4 address are public exactly if it is."""
    number = int(four)
    mapped = ipaddress.IPv6Address(0xFFFF << 32 | number)
    translated = ipaddress.IPv6Address((0x64FF9B << 96) | number)
    tunnelled = ipaddress.IPv6Address(0x2002 << 112 | number << 80 | 1)
    assert {is_public(each) for each in (mapped, translated, tunnelled)} == {is_public(four)}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0", "::1", "::ffff:127.0.0.1"])
def test_every_spelling_of_loopback_is_refused(host: str):
    """Decimal, hexadecimal and short spellings resolve to the address that is judged; no connection is made."""
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        with pytest.raises((RefusedAddressError, UnresolvedError)):
            asyncio.run(GuardedBackend(private=False).connect_tcp(host, port, 2.0))
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_one_private_address_refuses_the_host(monkeypatch: pytest.MonkeyPatch):
    """A name with a public and a private address is refused before either is tried (DNS rebinding)."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("203.0.114.1", "10.0.0.1")]
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RefusedAddressError):
        asyncio.run(GuardedBackend(private=False).connect_tcp("rebind.example", 80, 0.5))


def test_a_silent_name_server_does_not_hold_up_the_program(monkeypatch: pytest.MonkeyPatch):
    """A resolver that blocks is given up after the connect time, and ending the loop does not wait for it."""
    release = threading.Event()

    def block(*_: object, **__: object) -> list[object]:
        release.wait(20)
        return []

    monkeypatch.setattr(network.socket, "getaddrinfo", block)
    before = time.monotonic()
    with pytest.raises(UnresolvedError):
        asyncio.run(GuardedBackend(private=False).connect_tcp("slow.example", 80, 0.2))
    assert time.monotonic() - before < 5
    release.set()


def test_local_sockets_are_refused():
    """No source reads a Unix socket."""
    with pytest.raises(httpcore.UnsupportedProtocol):
        asyncio.run(GuardedBackend(private=True).connect_unix_socket("/tmp/x"))
