"""Places: the countries that a text names, by name, capital, government or adjective, in every language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.text.gazetteer import LETTERS, TOKEN, Name, by_letters, by_token, fold, is_city, territory_name
from briefing.text.guards import may_be_place
from briefing.text.language import script, spaced

__all__ = ["PlaceMention", "find_places", "is_city", "territory_name"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A country (or a city or government standing for it) named at ``text[start:end]``.

    ``code`` is ISO 3166-1 alpha-2, or ``EU`` or ``UN``.
    """

    start: int
    end: int
    code: str


def find_places(text: str, language: str) -> tuple[PlaceMention, ...]:
    """Give the countries named in a text, in order; a city or adjective stands for its country."""
    base = language.split("-")[0]
    return _spaced(text, base) if spaced(base) else _unspaced(text, base)


# ---------------------------------------------------------------- scripts with spaces

# What parts tokens otherwise where the whole text is folded: marks, and an iota that becomes a letter.
_UNEVEN = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670\u0640״׳\u0345]")
_GENITIVE = frozenset(["de", "nl", "sv", "da", "no", "nb"])  # Russlands, Indiens
_PREFIXED = {
    "ar": re.compile("^(?:[وفبلك]{1,2})(?=ال)|^(?:وال|فال|بال|كال|ال|و|ب|ل|ف|ك)"),
    "he": re.compile("^[והבלמשכ]{1,3}"),
}


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a text, folded, and where each begins and ends."""

    text: str
    folded: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def upper(self, n: int) -> bool:
        return self.text[self.starts[n]].isupper()

    def between(self, n: int) -> str:
        """What stands between a token and the next."""
        return self.text[self.ends[n] : self.starts[n + 1]]


@cache
def _small(language: str) -> frozenset[str]:
    """The first tokens (or their first three letters) of the names that are written without a capital: adjectives."""
    whole, stems = by_token(language)
    return frozenset(
        head for index in (whole, stems) for head, names in index.items() if any(not name.capital for name in names)
    )


def _spaced(text: str, language: str) -> tuple[PlaceMention, ...]:
    cased = script(language) in ("Latn", "Cyrl", "Grek", "Armn")
    found: list[PlaceMention] = []
    done = 0
    tokens, firsts = _read(text, language)
    for at in firsts:
        hit = _hit(tokens, at, language, cased) if at >= done else None
        if hit is None:
            continue
        start, end = tokens.starts[at], tokens.ends[at + hit[0] - 1]
        if may_be_place(text, start, end, fold(text[start:end]), language) and not (
            cased and _false_friend(tokens, at, hit, language)
        ):
            found.append(PlaceMention(start, end, hit[1]))
            done = at + hit[0]
    return tuple(found)


def _read(text: str, language: str) -> tuple[_Tokens, list[int]]:
    """Give the tokens, and those at which a name may begin; nothing more is done where there is none."""
    even = text.casefold()
    for written, kept in LETTERS:
        even = even.replace(written, kept)
    whole = len(even) == len(text) and not _UNEVEN.search(even)
    folded = TOKEN.findall(even) if whole else list(map(fold, TOKEN.findall(text)))
    firsts = _firsts(folded, language)
    if not firsts:
        return _Tokens(text, folded, (), ()), firsts
    starts, ends = [], []
    at = 0
    for word in folded if whole else TOKEN.findall(text):
        starts.append(at := (even if whole else text).find(word, at))  # no letter stands between two tokens
        ends.append(at := at + len(word))
    return _Tokens(text, folded, starts, ends), firsts


def _firsts(folded: Sequence[str], language: str) -> list[int]:
    """Give the tokens at which a name may begin; few of them are one."""
    whole, stems = by_token(language)
    if language in _PREFIXED:
        return [
            n
            for n, token in enumerate(folded)
            if token in whole
            or token[:3] in stems
            or (token[0] in _GLUED and (token[1:] in whole or token[2:] in whole or token[3:] in whole))
            or (token[:2] == "لل" and "ال" + token[2:] in whole)
        ]
    if language == "ko":
        heads = _heads(language)
        return [n for n, token in enumerate(folded) if token[:2] in heads]
    found = [n for n, token in enumerate(folded) if token in whole or token[:3] in stems]
    if language in _GENITIVE:
        found = sorted({*found, *(n for n, token in enumerate(folded) if token[-1] == "s" and token[:-1] in whole)})
    return found


_GLUED = frozenset("والفبكוהבלמשכ")


_OTHER_WORDS = {
    ("ko", "가자"): re.compile("지구|시티|북부|남부|중부|전쟁|휴전|당국|주민|보건부|국경|사태"),
    ("id", "lima"): re.compile("(?:di|ke|dari|kota|peru|ibu)$"),
}
"""Names that are other words, too ("let us go", five), and what stands beside them where they are names."""


@cache
def _heads(language: str) -> frozenset[str]:
    """The first two letters of all names."""
    return frozenset(token[:2] for index in by_token(language) for token in index)


def _hit(tokens: _Tokens, at: int, language: str, cased: bool) -> tuple[int, str] | None:
    """Give how many tokens from one on are a name, and its code."""
    whole, stems = by_token(language)
    token = tokens.folded[at]
    beside = _OTHER_WORDS.get((language, token))
    if beside is not None and not any(map(beside.match, tokens.folded[max(0, at - 1) : at + 2])):
        return None
    if cased and not tokens.upper(at) and _small(language).isdisjoint((token, token[:3])):
        return None
    hit = _match(tokens, at, whole.get(token, ()), cased) or _match(tokens, at, stems.get(token[:3], ()), cased)
    if hit is None and language in _PREFIXED:
        hit = _bare(tokens, at, language, whole)
    if hit is None and language in _GENITIVE and token.endswith("s") and len(token) > 4 and tokens.upper(at):
        hit = next(((1, name.code) for name in whole.get(token[:-1], ()) if len(name.tokens) == 1), None)
    if hit is None and language == "ko":
        hit = _korean(token, whole)
    return hit


def _match(
    tokens: _Tokens, at: int, names: Sequence[Name], cased: bool, first: str | None = None
) -> tuple[int, str] | None:
    """Give the first of some names that stands at a token, which may be read as ``first``."""
    folded = tokens.folded
    for name in names:
        count = len(name.tokens)
        if at + count > len(folded) or (cased and name.capital and not tokens.upper(at)):
            continue
        fits = _fits(first or folded[at], name, 0) and all(_fits(folded[at + n], name, n) for n in range(1, count))
        if fits and _close(tokens, at, count):
            return count, name.code
    return None


def _fits(token: str, name: Name, n: int) -> bool:
    if not name.room:
        return token == name.tokens[n]
    stem = name.stems[n]
    if token == stem != name.tokens[n] and name.room < 12:
        return False  # Росс is no form of Россия
    return token.startswith(stem) and len(token) <= len(name.tokens[n]) + name.room


def _close(tokens: _Tokens, at: int, count: int) -> bool:
    """Whether nothing but a space, hyphen, full stop or joiner stands between the tokens of one name."""
    gaps = [tokens.between(n) for n in range(at, at + count - 1)]
    return all(len(gap) <= 2 and _PARTING.isdisjoint(gap) for gap in gaps)


_PARTING = frozenset(',;:!?\n()"»«')


def _bare(tokens: _Tokens, at: int, language: str, whole: dict[str, list[Name]]) -> tuple[int, str] | None:
    for candidate in _unglued(tokens.folded[at], language):
        hit = _match(tokens, at, whole.get(candidate, ()), False, candidate)
        if hit:
            return hit
    return None


def _unglued(token: str, language: str) -> list[str]:
    """Give a token without the "and", "in", "to", "the" that Arabic and Hebrew glue to its front; longest first."""
    candidates = {"ال" + token[2:]} if language == "ar" and token.startswith("لل") else set()
    glued = _PREFIXED[language].match(token)
    if glued:
        candidates |= {token[cut:] for cut in range(1, glued.end() + 1)}
        # The article belongs to a country's name or makes an adjective of it: المالي is "financial" or "Malian".
        candidates -= {token[cut:] for cut in range(2, glued.end() + 1) if token[:cut].endswith("ال")}
    return sorted((one for one in candidates if len(one) >= 3), key=len, reverse=True)


_PARTICLE = re.compile(
    "(?:은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|인|군|측|산|제|식|행|발|계|당국|정부|대통령|총리|및|까지|부터|보다|처럼|이나|나|라며|라고|간|내|에도|에는|에서는|와의|과의|으로부터|군의|군이|인들|인들이|인의)$"
)


def _korean(token: str, whole: dict[str, list[Name]]) -> tuple[int, str] | None:
    """Korean glues particles and other nouns behind a name."""
    for length in range(min(len(token) - 1, 8), 1, -1):
        for name in whole.get(token[:length], ()):
            if len(name.tokens) == 1 and (length >= 3 or _PARTICLE.match(token[length:])):
                return 1, name.code
    return None


_GIVEN = frozenset(
    ["jordan", "georgia", "chad", "sofia", "paris", "israel", "kenya", "india", "sydney", "vienna", "lima", "florence"]
)
_VI_MARKED = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)


_ARTICLES = {"fr": ("le", "la", "les"), "es": ("el", "la"), "it": ("il", "la", "lo"), "pt": ("o", "a")}


def _false_friend(tokens: _Tokens, at: int, hit: tuple[int, str], language: str) -> bool:
    """Whether this name is more likely a part of a person's name, or another word at the start of a sentence."""
    if hit[0] > 1:
        return hit[1] == "RE" and "R" not in tokens.text[tokens.starts[at] : tokens.ends[at + hit[0] - 1]]  # la réunion
    word, upper = tokens.folded[at], tokens.upper(at)
    before = tokens.folded[at - 1] if at else ""
    following = tokens.folded[at + 1] if at + 1 < len(tokens.folded) else ""
    joined = bool(following) and tokens.upper(at + 1) and tokens.between(at) in (" ", "\u00a0")
    led = bool(before) and tokens.upper(at - 1) and tokens.between(at - 1) in (" ", "\u00a0")
    if language == "vi" and upper and len(word) <= 5:
        opens = not before or tokens.between(at - 1).strip(" \u00a0") != ""
        if word == "anh" and opens and following not in ("và", "pháp", "mỹ"):
            return True
        next_vi = joined and bool(_VI_MARKED.search(following))
        return (led and _is_vietnamese_name(tokens, at - 1)) or (next_vi and opens)
    if word in _GIVEN and upper:
        place_before = before in ("in", "south", "west", "east", "northern", "southern")
        article = before in _ARTICLES.get(language, ())  # "Le Kenya ratifie": nobody is called Le
        return (joined or led) and not place_before and not (article and not joined)
    return word in ("jersey", "mexico") and led and before == "new"


def _is_vietnamese_name(tokens: _Tokens, at: int) -> bool:
    token = tokens.folded[at]
    return len(token) <= 7 and token not in ("việt", "điện") and bool(_VI_MARKED.search(token))


# ---------------------------------------------------------------- scripts without


_KATAKANA = re.compile("[ァ-ヺー]")


def _unspaced(text: str, language: str) -> tuple[PlaceMention, ...]:
    index = by_letters(language)
    found: list[PlaceMention] = []
    done = 0
    for at in _openings(text, language):
        if at < done:
            continue
        for name, code in index.get(text[at : at + 2]) or index.get(text[at]) or ():
            if text.startswith(name, at) and _stands(text, at, name, language):
                found.append(PlaceMention(at, at + len(name), code))
                done = at + len(name)
                break
    return tuple(found)


def _openings(text: str, language: str) -> list[int]:
    """Give where a name may begin, and hardly any other place: two letters in a row are looked up all at once."""
    import numpy as np  # slow to import: only for scripts without spaces

    points = np.frombuffer((text + "\0").encode("utf-32-le", "surrogatepass"), dtype="<u4")
    alone, pairs = _opening(language)
    return np.flatnonzero(alone[points[:-1] % _CELLS] | pairs[_cell(points[:-1], points[1:])]).tolist()


_CELLS = 1 << 16


def _cell(one: Any, two: Any) -> Any:
    return (one * 131 + two) % _CELLS


@cache
def _opening(language: str) -> tuple[Any, Any]:
    """Give tables of which letters, and which pairs of them, begin a name; a few others fall into the same cells."""
    import numpy as np

    alone, pairs = np.zeros(_CELLS, dtype=np.bool_), np.zeros(_CELLS, dtype=np.bool_)
    for head in by_letters(language):
        if len(head) == 1:
            alone[ord(head) % _CELLS] = True
        else:
            pairs[_cell(ord(head[0]), ord(head[1]))] = True
    return alone, pairs


def _stands(text: str, at: int, name: str, language: str) -> bool:
    """Whether a name found amid letters is a word of its own, as far as the script tells."""
    end = at + len(name)
    if not may_be_place(text, at, end, name, language):
        return False
    if language == "ja" and _KATAKANA.match(name):
        return not _KATAKANA.match(text[at - 1 : at]) and not _KATAKANA.match(text[end : end + 1])
    if language == "th":
        # A vowel or tone mark after the name belongs to its last letter: then it is another word.
        if len(name) <= 4 and not _parted(text, at, end):
            return False
        return not ("\u0e30" <= text[end : end + 1] <= "\u0e3a" or "\u0e47" <= text[end : end + 1] <= "\u0e4e")
    if language == "zh" and name == "俄":
        return text[end : end + 2] != "亥俄" and text[at - 2 : at] != "俄亥"
    return True


_AROUND = 16  # characters on each side of a short name by which its word is cut


def _parted(text: str, at: int, end: int) -> bool:
    """Whether a short Thai name begins and ends where ICU's dictionary parts words: no ริกา in บริการ."""
    from icu4py.breakers import WordBreaker  # slow to import: only for scripts without spaces

    place, edges = max(0, at - _AROUND), set()
    for token in WordBreaker(text[place : end + _AROUND], "th"):
        edges.add(place)
        place += len(token)
    return at in edges and end in (edges | {place})
