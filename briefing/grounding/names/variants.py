"""Other forms of one name: shortened, spelt as another language does, bare, left in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from briefing.grounding.atoms import common
from briefing.grounding.evidence import Evidence, unaccented
from briefing.grounding.tables import data
from briefing.text.names import Heard, hear, name_key
from briefing.text.sounds import coarse
from briefing.text.words import stopwords

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@cache
def _translated() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{forms})" for forms in data("common")["forms"].values()), re.IGNORECASE)


def is_translated(word: str) -> bool:
    """Whether a word with a capital is put in another word by each language, in any of its cases: Луны, Kościoła."""
    return _translated().fullmatch(word) is not None


def alone(parts: Sequence[str]) -> bool:
    """Whether a word stands alone that is a name only beside another: Earth, Rouge; not Sun Li, Baton Rouge."""
    return len(parts) == 1 and parts[0].casefold() in _alone()


@cache
def _alone() -> frozenset[str]:
    return frozenset(data("common")["alone"].split())


def without_general(parts: Sequence[str]) -> list[str]:
    """Give the parts of a name that are no words which languages translate."""
    telling = [part for part in parts if part.casefold() not in common() and not is_translated(part)]
    return [] if alone(telling) else telling


def shortened(part: str, source: Evidence) -> bool:
    """Whether a text has an abbreviation where a claim has the words, or the words where it has an abbreviation.

    Of three letters and more: neighbouring words of four letters and more begin with them (small words between them
    do not count). A name in two halves may be told by its two initials.
    """
    halves = part.split("-")
    if len(halves) > 1 and all(half[:1].isupper() and len(half) > 2 for half in halves):
        short = "".join(half[0] for half in halves)
        return re.search(rf"(?<![\w.]){short}(?!\w)", source.text) is not None
    return part.isupper() and 3 <= len(part) <= _LETTERS and part.casefold() in _initials(source, len(part))


_LETTERS = 6


@lru_cache(maxsize=64)
def _initials(source: Evidence, count: int) -> frozenset[str]:
    telling = [word for word in _WORD.findall(source.text) if len(word) > 3]
    return frozenset(
        "".join(word[0] for word in telling[first : first + count]).casefold() for first in range(len(telling))
    )


def in_initials(name: str, source: Evidence) -> bool:
    """Whether a text has a body by its initials alone: FMI, where a claim has Fundo Monetário Internacional."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return len(initials) >= 3 and re.search(rf"(?<!\w){re.escape(initials)}(?!\w)", source.text) is not None


def leads_a_noun(first: str, second: str, sources: Sequence[Evidence]) -> bool:
    """Give whether a German noun follows a name: Leslies Darstellung, Genfer Sparte where a source has Genfer."""
    adjective = first.endswith("er") and any(first.casefold() in source.words for source in sources)
    return adjective or (first.endswith("s") and second.endswith(GERMAN_NOUN))


GERMAN_NOUN = ("erin", "ung", "heit", "keit", "schaft", "tion", "nis", "tum", "behörde", "gremium", "en", "er", "kick")
"""Endings of German nouns, which have a capital, too, and are of no name."""


def respelt(part: str, source: Evidence) -> bool:
    """Whether a Latin text has a name as another language spells its sounds: Nouba, Nuba; Oscar, Oscars."""
    word = unaccented(part)
    if len(word) < _SPELT:
        return False
    return f"{word}s" in source.plain or _plainly(word) in _plain_names(source)


_SPELT = 4  # letters of a name from which on another spelling of it is told from another name
_SPELLINGS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("tsch|tch|sch|ch|sh|sz|cz", "š"), ("dj|dsch|dzh", "j"), ("ou|oo", "u"), ("ee|ie", "i"), ("ph", "f"),
        ("th", "t"), ("kh", "k"), ("gh", "g"), ("ck|qu|q|c(?![eiy])", "k"), ("w", "v"), ("y", "i"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip


def _plainly(word: str) -> str:
    for pattern, letter in _SPELLINGS:
        word = pattern.sub(letter, word)
    return word


@lru_cache(maxsize=64)
def _plain_names(source: Evidence) -> frozenset[str]:
    return frozenset(_plainly(unaccented(word)) for word in _WORD.findall(source.text) if word[0].isupper())


def led_by_another(surname: str, language: str, source: Evidence, besides: Sequence[frozenset[str]]) -> bool:
    """Whether a text has a surname behind a word with a capital that may be a first name, or has it nowhere.

    ``besides`` are words (in small letters) that are no first names: offices, institutions.
    """
    wanted = unaccented(surname)
    led: list[bool] = []
    matches = list(_WORD.finditer(source.text))
    for before, after in zip([None, *matches], matches, strict=False):
        word = after[0]
        if not word[0].isupper() or not _same(unaccented(word), wanted):
            continue
        beside = before is not None and source.text[before.end() : after.start()] in (" ", "\u00a0", ". ")
        first = before[0] if before is not None and beside else ""
        plain = first.casefold()
        led.append(
            bool(first)
            and first[0].isupper()
            and plain not in stopwords(language)
            and not any(plain in words for words in besides)
            and not _TITLED.search(plain)
        )
    return not led or any(led)


def _same(word: str, wanted: str) -> bool:
    """Whether two words are one name but for an ending."""
    short, long = sorted((word, wanted), key=len)
    return long.startswith(short) and len(long) - len(short) <= _CASE and len(short) > _CASE


_CASE = 2  # letters of an ending
# How German words end that say what somebody is.
_TITLED = re.compile(
    r"(?:präsident|minister|kanzler|chef|sprecher|direktor|trainer|leiter|kommissar|richter|anwalt|meister|könig)(?:in)?s?$"
)


def surely_heard(parts: Sequence[str], sources: Sequence[Evidence]) -> bool:
    """Whether a single long name is heard in a text as good as exactly: then it is that name, wherever it stands."""
    key = name_key(parts)
    return (
        len(parts) == 1
        and max(map(len, coarse(key))) >= _LONG
        and any(source.heard.nearest(key) <= _EXACT for source in sources if not source.heard.runs)
    )


_LONG, _EXACT = 4, 0.06  # firm consonants, and the sound distance up to which a name of so many is no other


def told_in_latin(parts: Sequence[str], source: Evidence) -> bool:
    """Whether a text of another script leaves a name of several parts in Latin letters: Brett Kavanaugh in Thai."""
    letters = None if source.latin or len(parts) < 2 else _in_latin(source)
    if letters is None:
        return False
    last = max(map(len, coarse(name_key(parts[-1:]))))
    return last > 1 and letters.together(name_key(["".join(parts)])) <= _IN_LATIN


_IN_LATIN = 0.25  # the sound distance up to which words in Latin letters are the name


@lru_cache(maxsize=64)
def _in_latin(source: Evidence) -> Heard | None:
    found = _LATIN_RUN.findall(source.text)
    return hear("\n".join(found), "en") if found else None


_LATIN_RUN = re.compile(r"[A-Z][a-zÀ-ɏ]+(?:[ -][A-Z][a-zÀ-ɏ]+)+")


def in_kana(part: str, source: Evidence) -> bool:
    """Whether a Japanese text has a foreign name in other kana for the same sound: リヴィングストン, リビングストン."""
    return _one_kana(part) in _folded_kana(source)


@lru_cache(maxsize=64)
def _folded_kana(source: Evidence) -> str:
    return _one_kana(source.text)


_KANA = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"), ("ー", ""), ("ッ", ""))


def _one_kana(text: str) -> str:
    for two, one in _KANA:
        text = text.replace(two, one)
    return text


def in_other_vowels(part: str, source: Evidence) -> bool:
    """Whether a text with spaces and no capitals has a foreign name with other vowels, or none: برنستاد, برانستاد."""
    key = name_key([part])
    firm = max(map(len, coarse(key))) if key and not source.heard.runs else 0
    return firm >= _SAID and source.heard.nearest(key) <= _ALIKE


_SAID, _ALIKE = 3, 0.1  # firm consonants, and the sound distance up to which two spellings in one script are one name
