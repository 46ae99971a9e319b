"""Unpacking answers in bounded memory."""

import asyncio
import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.collectors.decoding import BadCodingError, TooLargeError, read


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def unpack(data: bytes, coding: str, limit: int = 10**6, size: int = 65_536) -> bytes:
    return asyncio.run(read(pieces(data, size), coding, limit))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=5000), st.integers(1, 700), st.sampled_from(["", "gzip", "br"]))
def test_what_was_packed_comes_back(data: bytes, size: int, coding: str):
    """Any bytes come back from gzip, brotli or no coding, whatever the pieces they arrive in."""
    packed = {"": bytes, "gzip": gzip.compress, "br": brotli.compress}[coding](data)
    assert unpack(packed, coding, size=size) == data


@pytest.mark.parametrize("size", [1, 7, 65_536])
def test_gzip_members_follow_each_other(size: int):
    """Several gzip members in a row are one body (RFC 1952), with padding after the last."""
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", "gzip", size=size) == b"one two"


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(300_000_000), 6)),
        ("br", brotli.compress(bytes(300_000_000), quality=5)),
        ("gzip", gzip.compress(bytes(1000)) * 5000),
        ("", bytes(3_000_000)),
    ],
    ids=["gzip", "brotli", "members", "plain"],
)
def test_a_bomb_is_stopped_in_small_memory(coding: str, bomb: bytes):
    """300 MB in a few hundred bytes are refused after the limit, at a memory of a few times the limit."""
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        unpack(bomb, coding, limit=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_cut_body_is_said_to_be_cut(coding: str):
    """Half of a packed answer is an error, not half an answer."""
    packed = {"gzip": gzip.compress, "br": brotli.compress}[coding](bytes(range(256)) * 200)
    with pytest.raises(BadCodingError, match="cut off"):
        unpack(packed[: len(packed) // 2], coding)


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_damaged_data_are_refused(coding: str):
    """Bytes that are not what the header says are an error that says so."""
    with pytest.raises(BadCodingError, match="damaged"):
        unpack(b"\xffno coding at all" * 10, coding)


@pytest.mark.parametrize("coding", ["deflate", "zstd", "gzip, gzip", "\N{SNOWMAN}"])
def test_only_what_was_asked_for_is_unpacked(coding: str):
    """A coding that we did not accept is refused by name."""
    with pytest.raises(BadCodingError, match="not asked for"):
        unpack(zlib.compress(b"x"), coding)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["gzip", "br"]))
def test_any_bytes_are_unpacked_or_refused(data: bytes, coding: str):
    """No bytes lead to another error than the two that are named."""
    with contextlib.suppress(BadCodingError, TooLargeError):
        unpack(data, coding, limit=10_000)
