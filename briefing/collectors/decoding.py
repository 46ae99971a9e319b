"""Undoing a content coding in bounded memory: no more is ever unpacked than is allowed to be read."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, Callable
from typing import Protocol

import brotli

_PIECE = 65_536


class TooLargeError(Exception):
    """An answer is larger than what is read of one."""


class BadCodingError(Exception):
    """An answer is packed in a way that was not asked for, is damaged, or is cut off."""


ACCEPTED = "gzip, br"


class _Decoder(Protocol):
    finished: bool

    def unpack(self, data: bytes, room: int) -> bytes:
        """Give what ``data`` unpacks to, at most ``room`` bytes of it."""
        ...


class _Plain:
    finished = True

    def unpack(self, data: bytes, room: int) -> bytes:
        return data


class _Gzip:
    """RFC 1952, several members in a row included."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self.finished = False

    def unpack(self, data: bytes, room: int) -> bytes:
        parts = []
        while data and room > 0:
            if self._member.eof:
                if not data.strip(b"\0"):  # padding after the last member
                    break
                self._member = zlib.decompressobj(wbits=31)
            try:
                part = self._member.decompress(data, room)
            except zlib.error as error:
                raise BadCodingError(f"damaged gzip data ({error})") from error
            parts.append(part)
            room -= len(part)
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self.finished = self._member.eof
        return b"".join(parts)


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self.finished = False

    def unpack(self, data: bytes, room: int) -> bytes:
        parts = []
        while room > 0:
            try:
                part = self._decoder.process(data, output_buffer_limit=min(room, _PIECE))
            except brotli.error as error:
                raise BadCodingError("damaged brotli data") from error
            parts.append(part)
            room -= len(part)
            data = b""
            if not part or self._decoder.is_finished():
                break
        self.finished = self._decoder.is_finished()
        return b"".join(parts)


_CODINGS: dict[str, Callable[[], _Decoder]] = {
    "": _Plain,
    "identity": _Plain,
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "br": _Brotli,
}


async def read(stream: AsyncIterable[bytes], coding: str, limit: int) -> bytes:
    """Give the unpacked body of an answer, at most ``limit`` bytes of it.

    Raises TooLargeError, or BadCodingError where ``coding`` (the Content-Encoding) is unknown or the data are damaged.
    """
    kind = _CODINGS.get(coding.strip().lower())
    if kind is None:
        raise BadCodingError(f"packed as {coding[:40]!r}, which was not asked for")
    decoder = kind()
    body = bytearray()
    async for data in stream:
        body += decoder.unpack(data, limit + 1 - len(body))
        if len(body) > limit:
            raise TooLargeError
    if body and not decoder.finished:
        raise BadCodingError("cut off before its end")
    return bytes(body)
