"""Towns and regions by their names in every script: those of 100,000 inhabitants and more, capitals, great regions."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from briefing.text.gazetteer import fold

__all__ = ["country_of", "is_capital", "longest", "names_of", "plain", "script_of", "stem", "towns"]


def towns(name: str) -> tuple[int, ...]:
    """Give the places that bear a name, in whatever script, as rows for `names_of`; the largest come first.

    Russian and Ukrainian names may have any case's ending: Марселе.
    """
    known = plain(name)
    return _index().get(known) or (_bent().get(stem(known), ()) if "а" <= known[:1] <= "ѳ" else ())


def names_of(row: int, script: str) -> tuple[str, ...]:
    """Give the names of a place, as `plain` gives them, in a script (`script_of`); empty where none is known."""
    return tuple(name for name in _lines()[row][1].split("|") if script_of(name) == script)


def is_capital(name: str) -> bool:
    """Whether the largest place of a name is a country's capital, which may stand for its government."""
    rows = towns(name)
    return bool(rows) and rows[0] in _capitals()


def country_of(row: int) -> str:
    """Give the country of a place, an ISO 3166-1 alpha-2 code."""
    return _lines()[row][0][:2]


def longest(text: str) -> str:
    """Give the longest name of a place with which a text without spaces begins, or nothing."""
    return next((text[:end] for end in range(min(len(text), _LONGEST), 1, -1) if _named(text[:end])), "")


def _named(stretch: str) -> bool:
    return not stretch[-1].isspace() and plain(stretch) in _index()


_LONGEST = 16


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Give a name as names of places are compared: casefolded, without accents and joiners, spaces for hyphens."""
    folded = unicodedata.normalize("NFKD", fold(unicodedata.normalize("NFKC", name.replace("\u200c", " "))))
    bare = "".join(char for char in folded if not _ACCENT.match(char))
    return " ".join(_PARTING.sub(" ", unicodedata.normalize("NFC", bare).translate(_LETTERS)).split())


_ACCENT = re.compile("[\u0300-\u036f\u064b-\u065f'’ʻʼ`.]")
_PARTING = re.compile("[-–_]")
_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ð": "d", "ى": "ی", "ة": "ه"})


def script_of(name: str) -> str:
    """Give the script of a name's first letter; the two kana and Chinese characters apart."""
    first = next((char for char in name if char.isalpha()), "a")
    return next((code for low, high, code in _SCRIPTS if low <= first <= high), "Latn")


_SCRIPTS = (
    ("\u0370", "\u03ff", "Grek"), ("\u0400", "\u052f", "Cyrl"), ("\u0590", "\u05ff", "Hebr"),
    ("\u0600", "\u06ff", "Arab"), ("\u0900", "\u097f", "Deva"), ("\u0e00", "\u0e7f", "Thai"),
    ("\u3040", "\u30ff", "Kana"), ("\u3400", "\u9fff", "Hani"), ("\uac00", "\ud7a3", "Hang"),
)  # fmt: skip


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """The country's code, with an asterisk for its capital and a plus for a large town, and the names of each place."""
    text = files("briefing.text.data").joinpath("towns.tsv").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line[:1] != "#")
    return tuple((code, names) for code, _, names in rows)


@cache
def _capitals() -> frozenset[int]:
    return frozenset(row for row, (code, _) in enumerate(_lines()) if code.endswith("*"))


@cache
def _index() -> dict[str, tuple[int, ...]]:
    index: dict[str, tuple[int, ...]] = {}
    for row, (code, names) in enumerate(_lines()):
        for name in names.split("|"):
            if len(name) == 2 and not code[2:]:
                continue  # two characters are too often another word; in a text that is held they tell
            index[name] = (*index.get(name, ()), row)
    return index


@cache
def _bent() -> dict[str, tuple[int, ...]]:
    """The index of single Cyrillic names without the vowels that cases change."""
    index: dict[str, tuple[int, ...]] = {}
    for name, rows in _index().items():
        if "а" <= name[0] <= "ѳ" and " " not in name and len(stem(name)) > 3:
            index[stem(name)] = (*index.get(stem(name), ()), *rows)
    return index


def stem(name: str) -> str:
    """Give a Cyrillic name, as `plain` gives it, without its last vowels; short ones are left whole."""
    return name.rstrip("аеиоуыюяьії") if len(name) > 4 else name
