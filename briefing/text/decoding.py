"""Decoding: bytes of unknown encoding to text."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from briefing.text.cleaning import normalise

_SAMPLE = 65_536  # bytes looked at where the encoding must be guessed
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)

# What HTML calls these charsets is their superset (WHATWG Encoding Standard).
_ALIASES = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "windows-31j": "cp932", "utf8": "utf-8", "unicode": "utf-16",
}  # fmt: skip
_LEGACY = (
    "cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "koi8_u", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp874", "cp932", "euc_jp", "cp949", "gb18030", "big5",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in its normal form (`briefing.text.cleaning.normalise`), and the Python codec that read it."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Give the text of bytes in any common encoding.

    Order of belief: byte order mark, valid UTF-8, the charset ``declared`` (by HTTP) or in an HTML or XML head, and the
    likeliest of the legacy encodings. Raises ValueError where the bytes are not text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(normalise(data.decode(name, errors="replace")), name)
    for name in _candidates(data, declared):
        decoded = _try(data, name)
        if decoded is not None:
            return decoded
    raise ValueError("this is not text in any known encoding")


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    wide = _wide(data)
    if wide:
        yield wide
        return
    yield "utf-8"
    said = _META.search(data[:4096])
    for name in (declared, (said[1] or said[2]).decode("ascii") if said else None):
        codec = _codec(name)
        if codec:
            yield codec
    yield from _guesses(data[:_SAMPLE])


def _wide(data: bytes) -> str | None:
    """UTF-32 or UTF-16 without a byte order mark, by where the zero bytes stand."""
    head = data[:4096]
    zeros = [head[n::4].count(0) * 4 / max(len(head), 1) for n in range(4)]
    if zeros[2] > 0.9 and zeros[3] > 0.9:
        return "utf-32-le"
    if zeros[0] > 0.9 and zeros[1] > 0.9:
        return "utf-32-be"
    odd, even = (zeros[1] + zeros[3]) / 2, (zeros[0] + zeros[2]) / 2
    if max(odd, even) > 0.1 and min(odd, even) < max(odd, even) / 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    with contextlib.suppress(LookupError, ValueError):
        found = codecs.lookup(_ALIASES.get(name.strip().lower(), name.strip()))
        if getattr(found, "_is_text_encoding", True):
            return found.name
    return None


def _guesses(sample: bytes) -> Iterator[str]:
    if sample.count(0) > len(sample) // 1000:
        return
    for match in from_bytes(sample, cp_isolation=list(_LEGACY), enable_fallback=False):
        yield match.encoding


def _try(data: bytes, name: str) -> Decoded | None:
    """Decode strictly, or, where hardly anything is wrong (a cut or damaged file), with replacement characters."""
    try:
        text = data.decode(name)
    except (UnicodeError, ValueError):
        text = data.decode(name, errors="replace")
        if text.count("\ufffd") > len(text) // 200:
            return None
    head = text[:_SAMPLE]
    controls = sum(1 for char in head if char < " " and char not in "\t\n\r\f\x1b")
    if controls > len(head) // 100 or not head.strip("\0"):
        return None
    return Decoded(normalise(text), name)
