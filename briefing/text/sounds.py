"""Sounds: a name as it sounds, whatever script it is written in, and how far two of them are apart.

A sound key is a word in a small alphabet: ``p b f v w t d k g x h s z c š ž č j y m n l r`` and ``a e i o u``; a
capital letter is silent or uncertain. Scripts of news have their own tables (abjads leave out vowels, Thai writes
silent letters, kana and hangul put vowels in); any other goes through anyascii's Latin.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from briefing.text.data import table

_VOWELS = frozenset("aeiou")


@cache
def _tables() -> dict[str, dict[str, str]]:
    return {script: dict(pair.split("=") for pair in pairs.split(" ")) for script, pairs in table("sounds").items()}


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Give the sound key of one word.

    ``Putin``, ``ปูติน``, ``پوتین`` and ``Путин`` come out alike, not always equal.
    """
    word = "".join(unicodedata.normalize("NFC", word).casefold().split())
    first = next((char for char in word if char.isalpha()), "")
    if not first:
        return ""
    if first.isascii() or first < "\u0370":
        return _latin(word)
    for low, high, reader in _READERS:
        if low <= first <= high:
            return _squeeze(reader(word))
    # A transliteration may set syllables apart; a key is one word.
    return _latin("".join(_plain_latin(word).split()))


def _plain_latin(text: str) -> str:
    from anyascii import anyascii  # slow to import: only for scripts without a table

    return str(anyascii(text)).lower()


def _squeeze(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)


# ---------------------------------------------------------------- readers

_FOREIGN = (("sch", "š"), ("shch", "š"), ("tsch", "č"), ("tch", "č"), ("sh", "š"), ("zh", "ž"), ("ch", "č"),
            ("kh", "χ"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("ts", "c"), ("tz", "c"), ("cz", "č"),
            ("sz", "š"), ("rz", "ž"),
            ("dzh", "j"), ("dj", "j"), ("dž", "j"), ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
            ("aw", "o"), ("ow", "o"), ("ew", "u"))  # fmt: skip
_DIGRAPH = re.compile("|".join(sorted((pair for pair, _ in _FOREIGN), key=len, reverse=True)))
_DIGRAPHS = dict(_FOREIGN)
_NASAL = re.compile("ng(?![aeiouylr])")
_LETTERS = {
    "ĝ": "G", "χ": "x",
    "x": "ks", "q": "k", "y": "y", "ç": "s", "č": "č", "ć": "č", "š": "š", "ś": "š", "ş": "š", "ș": "š", "ž": "ž",
    "ż": "ž", "ź": "ž", "ń": "n", "ñ": "n", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "ß": "s", "ğ": "G", "ı": "i", "ø":
    "o", "å": "o", "ö": "o", "ü": "u", "ä": "e", "æ": "e", "œ": "e", "ơ": "o", "ư": "u",
}  # fmt: skip


def _latin(word: str) -> str:
    word = _NASAL.sub("nĝ", _DIGRAPH.sub(lambda match: _DIGRAPHS[match[0]], word))
    sounds: list[str] = []
    for n, char in enumerate(word):
        following = word[n + 1 : n + 2]
        if char == "c":
            sounds.append("s" if following in ("e", "i", "y", "é", "í") and following else "k")
        elif char == "x":
            sounds.append("š" if n == 0 else "ks")
        elif char in _LETTERS:
            sounds.append(_LETTERS[char])
        elif char.isascii():
            sounds.append(char if char.isalpha() else "")
        else:
            plain = unicodedata.normalize("NFD", char)[0]
            sounds.append(_LETTERS.get(plain, plain) if plain.isascii() else "")
    return _squeeze("".join(sounds))


def _plain(script: str) -> dict[str, str]:
    return _tables()[script]


def _cyrillic(word: str) -> str:
    letters = _plain("Cyrl")
    word = word.replace("дж", "џ").replace("цз", "џ").replace("тс", "ц").replace("тч", "ч").replace("чж", "ж")
    return "".join(letters.get(char, "") for char in word)


_THAI_SILENT = re.compile("([\u0e01-\u0e2e])[\u0e34\u0e38]?\u0e4c")
_THAI_FRONT = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")


def _thai(word: str) -> str:
    letters = _plain("Thai")
    word = _THAI_FRONT.sub(r"\2\1", word)
    word = _THAI_SILENT.sub(lambda match: letters.get(match[1], "").upper(), word)
    return "".join(
        char if char.isascii() and char.isupper() else letters.get(char, char if char in "ŠČŽ" else "") for char in word
    )


def _arabic(word: str) -> str:
    letters = _plain("Arab")
    word = word.replace("تش", "چ").replace("تس", "ĉ").replace("تز", "ĉ").replace("\u200c", "")
    sounds = "".join("c" if char == "ĉ" else letters.get(char, "") for char in word)
    return sounds[:-1] + "a" if len(sounds) > 2 and sounds.endswith("h") else sounds


def _hebrew(word: str) -> str:
    letters = _plain("Hebr")
    word = re.sub("ג['׳]", "ĵ", word)
    word = re.sub("[זצץ]['׳]", "č", word)
    sounds = "".join(letters.get(char, "j" if char == "ĵ" else "č" if char == "č" else "") for char in word)
    return sounds.replace("ww", "v").replace("yy", "y")


def _devanagari(word: str) -> str:
    letters = _plain("Deva")
    word = (
        word.replace("\u095b", "z")
        .replace("ज़", "z")
        .replace("फ़", "फ")
        .replace("ख़", "x")
        .replace("ग़", "ग")
        .replace("क़", "क")
        .replace("ड़", "र")
        .replace("ढ़", "र")
    )
    return "".join(letters.get(char, char if char in "zx" else "") for char in word)


def _kana(word: str) -> str:
    letters = _plain("Kana")
    word = (
        word.replace("ティ", "テi")
        .replace("ディ", "デi")
        .replace("トゥ", "トu")
        .replace("ドゥ", "ドu")
        .replace("ファ", "フa")
    )
    word = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in word)
    sounds = "".join(letters.get(char, char if char in "aiu" else "") for char in word)
    sounds = re.sub("[eou](?=[iu])(?<=[td][eo])", "", sounds)
    sounds = re.sub("(?<=[šjč])i(?=[aueo])", "", sounds)
    # The vowel that only carries a foreign consonant: sutorasu for stras.
    return re.sub("(?<=[bvfgkmprszčjct])u(?=[^aeiou]|$)|(?<=[td])o(?=[^aeiou]|$)", "U", sounds)


# Jamo in the order of Unicode: 19 initials, 21 vowels, 28 finals (the first is none).
_HANGUL_INITIAL, _HANGUL_VOWEL, _HANGUL_FINAL = (
    jamo.split(" ")
    for jamo in (
        "g g n d d l m b b s s  j j č k t p h",
        "a e ya ye o e yo ye o wa we we yo u wo we wi yu U ui i",
        " k k k n n n t l k m l l l l l m p p t t n t t k t p h",
    )
)


def _hangul(word: str) -> str:
    sounds = []
    for char in word:
        point = ord(char) - 0xAC00
        if 0 <= point < 11172:
            sounds.append(_HANGUL_INITIAL[point // 588] + _HANGUL_VOWEL[point % 588 // 28] + _HANGUL_FINAL[point % 28])
    # The vowel eu only carries a foreign consonant; sy is how a foreign sh is written.
    return "".join(sounds).replace("sy", "š")


def _han(word: str) -> str:
    sounds = []
    for char in word:
        syllable = _plain_latin(char)
        # The palatals j, q, x stand for ki, ti, si of foreign names alike.
        syllable = syllable.replace("zh", "č").replace("ch", "č").replace("sh", "š").replace("ng", "nG")
        if syllable[:1] in ("j", "q"):
            syllable = "q" + syllable[1:]
        elif syllable[:1] == "x":
            syllable = "š" + syllable[1:]
        elif syllable[:1] == "r":
            syllable = "ž" + syllable[1:]
        if syllable.endswith(("te", "de", "ke", "ge", "fu", "si", "shi", "bu", "pu", "mu", "er", "le")):
            syllable = "l" if syllable == "er" else syllable[:-1] + syllable[-1].upper()
        sounds.append(syllable)
    return "".join(sounds)


_READERS = (
    ("\u0400", "\u052f", _cyrillic), ("\u0590", "\u05ff", _hebrew), ("\u0600", "\u077f", _arabic),
    ("\u0900", "\u097f", _devanagari), ("\u0e00", "\u0e7f", _thai), ("\u3041", "\u30ff", _kana), ("\uac00", "\ud7a3",
    _hangul), ("\u3400", "\u9fff", _han),
)  # fmt: skip

# ---------------------------------------------------------------- distance

_CLOSE: dict[frozenset[str], float] = {}
for _pairs, _cost in (
    ("td", 0.3), ("pb kg sz fv xg šž čj bv gh vw xh", 0.25), ("kx wu wo vf yi ye ie uo", 0.1),
    ("sš sč sc sj zš zž zj zc zč cč cš šč čž žj jš cž", 0.2),
    ("uv pf tč dj kq gq tq dq čq jq sq šq zq cq gj kč", 0.25), ("lr mn", 0.3), ("jy kc ks gz", 0.35),
    ("ts dz tz ds tc bw bf pv", 0.4), ("jh xj yj", 0.35),
    ("ae ao ai au ya ay", 0.12), ("iu io eu eo yu", 0.2), ("wa wi we wy", 0.35),
):  # fmt: skip
    for _pair in _pairs.split():
        _CLOSE[frozenset(_pair)] = min(_cost, _CLOSE.get(frozenset(_pair), 1.0))
_SKIP = {**dict.fromkeys("aeiou", 0.12), "y": 0.12, "w": 0.25, "h": 0.2, "x": 0.7}


def _skip(char: str) -> float:
    return 0.05 if char.isupper() else _SKIP.get(char, 1.0)


def _swap(one: str, two: str) -> float:
    if one == two:
        return 0.0
    soft_one, soft_two = one.lower(), two.lower()
    if soft_one == soft_two:
        return 0.05
    close = _CLOSE.get(frozenset((soft_one, soft_two)))
    if close is not None:
        return close
    return 1.0


@cache
def _swaps(one: str, two: str) -> float:
    return _swap(one, two)


@cache
def _skips(char: str) -> float:
    return _skip(char)


@lru_cache(maxsize=262_144)
def distance(one: str, two: str) -> float:
    """Give how far two sound keys are apart: 0 the same, about .2 the limit for one name, 1 nothing alike."""
    if one == two:
        return 0.0
    weight = max(_weight(one), _weight(two))
    row = [0.0]
    for char in two:
        row.append(row[-1] + _skips(char))
    for char in one:
        left = row[0]
        row[0] = last = left + _skips(char)
        cost = _skips(char)
        for n, other in enumerate(two, 1):
            up = row[n]
            last = min(up + cost, last + _skips(other), left + _swaps(char, other))
            left, row[n] = up, last
    return row[-1] / weight if weight else row[-1]


def distance_within(one: str, two: str) -> float:
    """Give how far a sound key is from the stretch of another (a text without spaces) that is nearest to it."""
    row = [0.0] * (len(two) + 1)
    for char in one:
        left, cost = row[0], _skips(char)
        row[0] = last = left + cost
        for n, other in enumerate(two, 1):
            up = row[n]
            last = min(up + cost, last + _skips(other), left + _swaps(char, other))
            left, row[n] = up, last
    return min(row) / (_weight(one) or 1.0)


@lru_cache(maxsize=65_536)
def _weight(key: str) -> float:
    """The firm consonants of a key, and a little for its vowels."""
    return sum(1.0 if _skips(char) >= 0.7 else 0.15 for char in key if not char.isupper())


_COARSE = str.maketrans({
    **dict.fromkeys("pbfv", "P"), **dict.fromkeys("td", "T"), **dict.fromkeys("kgx", "K"),
    **dict.fromkeys("szcšžčj", "S"), **dict.fromkeys("lr", "R"), **dict.fromkeys("mn", "N"),
    **dict.fromkeys("aeiouywhAEIOUYWHG", ""),
})  # fmt: skip
_SILENT = re.compile("[A-ZŠČŽ]")


@lru_cache(maxsize=65_536)
def coarse(key: str) -> tuple[str, ...]:
    """Give the consonant classes of a sound key, in each reading: two of one name nearly always share one."""
    firm = _SILENT.sub("", key)
    readings = {firm}
    if "č" in firm or "q" in firm:
        readings |= {firm.replace("č", "t").replace("q", "t"), firm.replace("q", "k"), firm.replace("q", "j")}
    if "w" in firm:
        readings |= {reading.replace("w", "v") for reading in tuple(readings)}
    return tuple(sorted({_squeeze(reading.translate(_COARSE)).replace("q", "S") for reading in readings}))
