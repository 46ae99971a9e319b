"""How a name may sound in a text of another script: what its language leaves out of the name or says otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.text.sounds import sound


def readings(parts: Sequence[str], heard_in: str) -> tuple[str, ...]:
    """Give the sound keys of a name, its parts as one, in each way that a text of a language may have it."""
    return _readings(tuple(part.casefold() for part in parts), heard_in)


@lru_cache(maxsize=16_384)
def _readings(parts: tuple[str, ...], heard_in: str) -> tuple[str, ...]:
    spelt = [parts, tuple(_SILENT.sub("", part.replace("dge", "je").replace("ght", "t")) for part in parts)]
    if heard_in in _WITH_ARTICLE:
        spelt += [tuple(_SUN.sub(r"l\1", part) for part in parts)]
    spelt += [tuple(_UMLAUT.sub("e", part) for part in parts)]
    keys = ["".join(map(sound, one)) for one in spelt]
    keys += map(_said_once, keys[:])
    if _CYRILLIC.match(parts[0]):
        keys += [key.replace("x", "h") for key in keys]  # х is the letter of a foreign h, too
    if _KANA.match(parts[0]):
        keys += [key.replace("r", "l") for key in keys]  # Japanese has one sound for both
    if heard_in in _WITHOUT_R:
        keys += [_RHOTIC.sub("", key) for key in keys]
    return tuple(dict.fromkeys(keys))


def _said_once(key: str) -> str:
    """A key in which a sound on both sides of a joint, or of a letter that may be silent, is one: Lang Nu, ランヌー."""
    return _TWICE.sub(r"\1", key)


_SILENT = re.compile("(?<=[aeiou][rlnmtkpds])e$|(?<=m)b$|^k(?=n)|^w(?=r)")  # Wilmore, Steele; Lamb, Knight, Wright
_UMLAUT = re.compile("(?<=[bdfghklmnprstvwz])oe(?=[a-z])")  # Schroeder is said and written シュレーダー
_WITH_ARTICLE = frozenset(("ar", "fa", "ur"))
# The article within an Arabic name, which is written with l and said with the letter behind it: Shahabuddin, uz-Zaman.
_SUN = re.compile("(?<=[aeiuаеиуіє])-?([dzrstnдзрстн])-?(?=\\1[aiouyаиіоуя])")
_CYRILLIC = re.compile("[а-яіїєґ]")
_TWICE = re.compile(r"(.)[A-ZĜŠČŽ]*\1")
_KANA = re.compile("[ァ-ヺー]")
_WITHOUT_R = frozenset(("ja", "ko"))
# What Japanese and Korean do not say of a foreign r: before a consonant and at the end (Scherzer, タイガー, 타이거).
_RHOTIC = re.compile("(?<=[aeiouy])r(?![aeiouyrlw])")
