"""Decoding: bytes of unknown encoding to text."""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.text.cleaning import normalise
from briefing.text.language import script, scripts
from briefing.text.words import stopwords

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
    "gbk": "gb18030", "shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987":
    "cp949", "windows-31j": "cp932", "utf8": "utf-8", "unicode": "utf-16",
}  # fmt: skip
_ANY = ("th", "zh", "ja", "ko", "hi", "ar", "fa", "ru", "uk", "he")
# Encodings that news still comes in, with the languages that they were made for.
_LEGACY = {
    "cp1252": ("fr", "es", "de", "pt", "it", "nl", "en", "id"), "cp1250": ("pl",), "iso8859_2": ("pl",),
    "cp1251": ("ru", "uk", "bg"), "koi8_r": ("ru",), "koi8_u": ("uk",), "cp1254": ("tr",), "cp1255": ("he",),
    "cp1256": ("ar", "fa", "ur"), "cp1258": ("vi",), "cp874": ("th",), "cp932": ("ja",), "euc_jp": ("ja",), "cp949":
    ("ko",), "utf-16-le": _ANY, "utf-16-be": _ANY, "gb18030": ("zh",), "big5": ("zh",), "cp1253": ("el",), "cp1257":
    ("lt",),
}  # fmt: skip


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


# Python's own notations, which no page is written in; a page may declare them.
_NO_CHARSETS = frozenset(["unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "idna",
                          "punycode", "undefined", "utf-7"])  # fmt: skip


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    with contextlib.suppress(LookupError, ValueError):
        found = codecs.lookup(_ALIASES.get(name.strip().lower(), name.strip()))
        if getattr(found, "_is_text_encoding", True) and found.name not in _NO_CHARSETS:
            return found.name
    return None


def _guesses(sample: bytes) -> Iterator[str]:
    """Legacy encodings, the likeliest first: by function words of their languages, then by charset-normalizer."""
    zeros = sample.count(0) > len(sample) // 1000  # then only UTF-16 can be text
    scores = {
        name: _likeness(sample, name, languages)
        for name, languages in _LEGACY.items()
        if not zeros or name.startswith("utf-16")
    }
    best = sorted((name for name in scores if scores[name] > _LIKELY), key=lambda name: -scores[name])
    yield from best
    if not best and not zeros:
        from charset_normalizer import from_bytes  # slow to import: only for what nothing else reads

        for match in from_bytes(
            sample, cp_isolation=[name for name in _LEGACY if not name.startswith("utf")], enable_fallback=False
        ):
            yield match.encoding


_LIKELY = 0.06  # share of function words; any of the real languages has 0.15 or more in a paragraph
_TOKEN = re.compile(r"[^\W\d_]+")


def _likeness(sample: bytes, name: str, languages: tuple[str, ...]) -> float:
    """The share of function words (of the letters, where words are not spaced) if read as this encoding."""
    if name.startswith("utf-16"):
        sample = sample[: len(sample) // 2 * 2]
    text = sample.decode(name, errors="replace")
    if text.count("\ufffd") > len(text) // 200 + (len(sample) == _SAMPLE):
        return 0.0
    text = unicodedata.normalize("NFC", text[:_READ])
    foreign = "".join(char for char in text if char > "\x7f" and char.isalpha())
    found = _scripts_of(foreign)
    own = [language for language in languages if script(language) in found]
    if not own:
        return 0.0
    odd = len(_ODD.findall(text)) / len(foreign)
    return max(0.0, max(_share(text, foreign, language) for language in own) - 2 * odd)


def _share(text: str, foreign: str, language: str) -> float:
    if language in _UNSPACED:
        known = sum(len(word) * text.count(word) for word in stopwords(language) if len(word) > (language == "th"))
        return known / len(foreign) / 2
    tokens = _TOKEN.findall(text)
    # KOI8 read as 1251 swaps the cases: a word with a small initial and capitals after it is none.
    words = [token.casefold() for token in tokens if token[1:] == token[1:].lower()]
    return sum(word in stopwords(language) for word in words) / max(len(tokens), 1)


def _scripts_of(letters: str) -> set[str]:
    counts = scripts(letters)
    found = {name for name, count in counts.items() if count * 3 > sum(counts.values())}
    return found | ({"Jpan"} if "Kana" in counts else set()) | ({"Kore"} if "Hang" in found else set())


_READ = 6_000  # characters of the sample that are scored
_UNSPACED = frozenset({"th", "ja", "zh"})
# What no text holds amid its letters: symbols between two letters, C1 controls, box drawing, private use.
_ODD = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’ʼ.,·・´`\u0300-\u036f\u0900-\u097f\u0e31-\u0e4e\u2010-\u2015/:\"”“»«()（）、。，！？「」『』：；《》&@%\u200c-]+(?=[^\W\d_])"
    r"|[\x80-\x9f\u2500-\u259f\ue000-\uf8ff]|(?<![\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
)


def _try(data: bytes, name: str) -> Decoded | None:
    """Decode strictly, or, where hardly anything is wrong (a cut or damaged file), with replacement characters."""
    try:
        text = data.decode(name)
    except (UnicodeError, ValueError):
        text = data.decode(name, errors="replace")
        wrong = text.count("\ufffd")
        if wrong > len(text) // 200:
            return None
        # A few stray bytes are damage in UTF-8 only where there is more of what only UTF-8 can mean.
        if name == "utf-8" and sum(char > "\x7f" for char in text[:_SAMPLE]) < 4 * wrong:
            return None
    head = text[:_SAMPLE]
    controls = sum(1 for char in head if char < " " and char not in "\t\n\r\f\x1b")
    if controls > len(head) // 100 or (head and not head.strip("\0")):
        return None
    return Decoded(normalise(text), name)
