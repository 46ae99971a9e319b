"""Places: the countries that a text names, by name, capital, government or adjective, in every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.text.data import table
from briefing.text.guards import may_be_place
from briefing.text.language import script, spaced


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A country (or a city or government standing for it) named at ``text[start:end]``.

    ``code`` is ISO 3166-1 alpha-2, or ``EU`` or ``UN``.
    """

    start: int
    end: int
    code: str


def territory_name(code: str, language: str) -> str:
    """Give a country's CLDR name in a language, in English where the language is not known, else the code itself."""
    names = table("territories")
    own = names.get(language) or names.get(language.split("-")[0]) or {}
    return str(own.get(code) or names["en"].get(code) or code)


def is_city(name: str, language: str) -> bool:
    """Whether a name is that of a city, in a language or (for Latin letters) in English; not of a country's, too."""
    base = language.split("-")[0]
    listed = table("cities")
    return name in listed.get(base, {}) or (name.isascii() and name in listed.get("en", {}))


def find_places(text: str, language: str) -> tuple[PlaceMention, ...]:
    """Give the countries named in a text, in order; a city or adjective stands for its country."""
    base = language.split("-")[0]
    return _spaced(text, base) if spaced(base) else _unspaced(text, base)


# ---------------------------------------------------------------- the names


@dataclass(frozen=True, slots=True)
class _Name:
    """A place's name as folded tokens; where ``open_ended`` each may have up to ``room`` letters more."""

    tokens: tuple[str, ...]
    code: str
    capital: bool
    room: int = 0
    stems: tuple[str, ...] = ()


_TOKEN = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0d7f\"״׳][^\W\d_]+)*[\u0900-\u0d7f\u064b-\u065f]*"
)
_FOLD = str.maketrans(
    {"ي": "ی", "ك": "ک", "ى": "ی", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "״": '"', "׳": "'", "ё": "е"}
)
_MARKS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670\u0640]")
# Languages that bend names by endings: any ending of up to so many letters.
_BENDING = dict.fromkeys(
    [
        "ru",
        "uk",
        "be",
        "bg",
        "mk",
        "sr",
        "hr",
        "sl",
        "cs",
        "sk",
        "pl",
        "lt",
        "lv",
        "et",
        "fi",
        "hu",
        "tr",
        "az",
        "kk",
        "ky",
        "el",
        "hy",
        "ka",
        "ro",
        "sq",
    ],
    4,
)
_SHORT = frozenset(("ru", "uk", "be", "bg"))  # where a name of four letters bends, too: Иран, Ираке
_GENITIVE = frozenset(["de", "nl", "sv", "da", "no", "nb"])  # Russlands, Indiens
_VOWELS = "aeiouyąęěáéíóúýаеєиіїоуыэюяьйῶάέήίόύώαεηιουω"
_PREFIXED = {
    "ar": re.compile("^(?:[وفبلك]{1,2})(?=ال)|^(?:وال|فال|بال|كال|ال|و|ب|ل|ف|ك)"),
    "he": re.compile("^[והבלמשכ]{1,3}"),
}


@lru_cache(maxsize=65_536)
def fold(token: str) -> str:
    """Give a token as places are compared: casefolded, one spelling of Arabic letters, no vowel marks."""
    token = token.casefold()
    if token.isascii():
        return token
    return _MARKS.sub("", token.translate(_FOLD))


def _variants(name: str) -> tuple[str, ...]:
    """CLDR writes ``Myanmar (Burma)`` and ``Congo - Kinshasa``: the parts that stand alone in text."""
    bare = re.sub(r"\s*[（(].*?[)）]", "", name).strip()
    inner = re.findall(r"[（(]([^)）]+)[)）]", name)
    found = [bare] if bare else []
    # "Hong Kong (China)", "Macao SAR", "Falkland Islands (Islas Malvinas)": only single words stand for themselves.
    found += [part for part in inner if bare in ("Myanmar",) or part in ("พม่า", "Burma", "برمه")]
    return tuple(part for part in found if "SAR" not in part and len(part) > 1)


@cache
def _names(language: str) -> tuple[tuple[str, str], ...]:
    """Every (name, code) that a text in this language may use; a star at the end stands for any ending."""
    rows: dict[str, str] = {}
    latin = script(language) == "Latn"
    aliases = table("places")
    sources = ("en", language) if latin else (language,)
    for source in sources:
        for kind in ("cities", "territories"):
            for name, code in _pairs(table(kind).get(source, {}), kind):
                for variant in _variants(name):
                    rows[variant] = code
    for source in ("Latn", language) if latin else (language,):
        for code, names in aliases.get(source, {}).items():
            rows.update((name, code) for name in names.split("|"))
    return tuple(rows.items())


def _pairs(listed: dict[str, str], kind: str) -> list[tuple[str, str]]:
    return list(listed.items()) if kind == "cities" else [(name, code) for code, name in listed.items()]


@cache
def _index(language: str) -> tuple[dict[str, list[_Name]], dict[str, list[_Name]]]:
    """Names by their whole first token, and open-ended ones by its first three letters; the longest come first."""
    whole: dict[str, list[_Name]] = {}
    stems: dict[str, list[_Name]] = {}
    room = _BENDING.get(language, 0)
    for written, code in _names(language):
        starred = written.endswith("*")
        tokens = tuple(fold(token) for token in _TOKEN.findall(written))
        if not tokens:
            continue
        capital = written[0].isupper()
        entry = _Name(tokens, code, capital)
        if not starred:
            whole.setdefault(tokens[0], []).append(entry)
        short = language in _SHORT and len(tokens[0]) == 4 and tokens[0][-1] not in _VOWELS
        if starred or short or (room and len(tokens[0]) >= 5):
            cut = tuple(token if starred else _stem(token) for token in tokens)
            open_ended = _Name(tokens, code, capital, 12 if starred else 2 if short else room, cut)
            stems.setdefault(cut[0][:3], []).append(open_ended)
    for listed in (*whole.values(), *stems.values()):
        listed.sort(key=lambda entry: (-len(entry.tokens), -sum(map(len, entry.tokens))))
    return whole, stems


def _stem(token: str) -> str:
    cut = token.rstrip(_VOWELS)
    return cut if len(cut) >= 4 else token


# ---------------------------------------------------------------- scripts with spaces

_Token = tuple[str, int, int, bool]


@cache
def _small(language: str) -> frozenset[str]:
    """The first tokens (or their first three letters) of the names that are written without a capital: adjectives."""
    whole, stems = _index(language)
    return frozenset(
        head for index in (whole, stems) for head, names in index.items() if any(not name.capital for name in names)
    )


def _spaced(text: str, language: str) -> tuple[PlaceMention, ...]:
    whole, stems = _index(language)
    cased = script(language) in ("Latn", "Cyrl", "Grek", "Armn")
    small = _small(language) if cased else frozenset()
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        tokens.append((fold(word), match.start(), match.end(), word[0].isupper()))
    found: list[PlaceMention] = []
    at = 0
    while at < len(tokens):
        token, start, _, upper = tokens[at]
        if cased and not upper and token not in small and token[:3] not in small:
            at += 1
            continue
        hit = _match(text, tokens, at, whole.get(token, ()), cased) or _match(
            text, tokens, at, stems.get(token[:3], ()), cased
        )
        if hit is None and language in _PREFIXED:
            hit = _bare(text, tokens, at, language, whole)
        if hit is None and language in _GENITIVE and token.endswith("s") and len(token) > 4:
            hit = next(((1, name.code) for name in whole.get(token[:-1], ()) if len(name.tokens) == 1 and upper), None)
        if hit is None and language == "ko":
            hit = _korean(token, whole)
        folded = fold(text[start : tokens[at + hit[0] - 1][2]]) if hit else ""
        if hit is not None and not may_be_place(text, start, tokens[at + hit[0] - 1][2], folded, language):
            hit = None
        if hit is None or (cased and _false_friend(text, tokens, at, hit, language)):
            at += 1
            continue
        count, code = hit
        found.append(PlaceMention(start, tokens[at + count - 1][2], code))
        at += count
    return tuple(found)


def _match(text: str, tokens: Sequence[_Token], at: int, names: Sequence[_Name], cased: bool) -> tuple[int, str] | None:
    for name in names:
        count = len(name.tokens)
        if at + count > len(tokens) or (cased and name.capital and not tokens[at][3]):
            continue
        if all(_fits(tokens[at + n], name, n) for n in range(count)) and _close(text, tokens, at, count):
            return count, name.code
    return None


def _fits(token: _Token, name: _Name, n: int) -> bool:
    if not name.room:
        return token[0] == name.tokens[n]
    stem = name.stems[n]
    if token[0] == stem != name.tokens[n] and name.room < 12:
        return False  # Росс is no form of Россия
    return token[0].startswith(stem) and len(token[0]) <= len(name.tokens[n]) + name.room


def _close(text: str, tokens: Sequence[_Token], at: int, count: int) -> bool:
    """Whether nothing but a space, hyphen, full stop or joiner stands between the tokens of one name."""
    return all(
        tokens[n + 1][1] - tokens[n][2] <= 2 and not set(text[tokens[n][2] : tokens[n + 1][1]]) & set(',;:!?\n()"»«')
        for n in range(at, at + count - 1)
    )


def _bare(
    text: str, tokens: list[_Token], at: int, language: str, whole: dict[str, list[_Name]]
) -> tuple[int, str] | None:
    """Arabic and Hebrew glue "and", "in", "to", "the" to the front of a word."""
    token, start, end, upper = tokens[at]
    candidates = {"ال" + token[2:]} if language == "ar" and token.startswith("لل") else set()
    glued = _PREFIXED[language].match(token)
    if glued:
        candidates |= {token[cut:] for cut in range(1, glued.end() + 1)}
        # The article belongs to a country's name or makes an adjective of it: المالي is "financial" or "Malian".
        candidates -= {token[cut:] for cut in range(2, glued.end() + 1) if token[:cut].endswith("ال")}
    for candidate in sorted(candidates, key=len, reverse=True):
        if len(candidate) >= 3 and candidate in whole:
            trial = [*tokens]
            trial[at] = (candidate, start, end, upper)
            hit = _match(text, trial, at, whole[candidate], False)
            if hit:
                return hit
    return None


_PARTICLE = re.compile(
    "(?:은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|인|군|측|산|제|식|행|발|계|당국|정부|대통령|총리|및|까지|부터|보다|처럼|이나|나|라며|라고|간|내|에도|에는|에서는|와의|과의|으로부터|군의|군이|인들|인들이|인의)$"
)


def _korean(token: str, whole: dict[str, list[_Name]]) -> tuple[int, str] | None:
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


def _false_friend(text: str, tokens: Sequence[_Token], at: int, hit: tuple[int, str], language: str) -> bool:
    """Whether this name is more likely a part of a person's name, or another word at the start of a sentence."""
    count, _ = hit
    if count > 1:
        return False
    word, start, end, upper = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    joined = bool(following and following[3] and text[end : following[1]] in (" ", "\u00a0"))
    before = tokens[at - 1] if at else None
    led = bool(before and before[3] and text[before[2] : start] in (" ", "\u00a0"))
    if language == "vi" and upper and len(word) <= 5:
        opens = not before or text[before[2] : start].strip(" \u00a0") != ""
        if word == "anh" and opens and not (following and following[0] in ("và", "pháp", "mỹ")):
            return True
        next_vi = joined and following is not None and bool(_VI_MARKED.search(text[following[1] : following[2]]))
        return (led and _is_vietnamese_name(text, before)) or (next_vi and opens)
    if word in _GIVEN and upper:
        place_before = bool(before and fold(before[0]) in ("in", "south", "west", "east", "northern", "southern"))
        article = bool(before and before[0] in _ARTICLES.get(language, ()))  # "Le Kenya ratifie": nobody is called Le
        return (joined or led) and not place_before and not (article and not joined)
    return word in ("jersey", "mexico") and led and before is not None and before[0] == "new"


def _is_vietnamese_name(text: str, token: _Token | None) -> bool:
    if token is None or len(token[0]) > 7 or token[0] in ("việt", "điện"):
        return False
    return bool(_VI_MARKED.search(text[token[1] : token[2]]))


# ---------------------------------------------------------------- scripts without


@cache
def _by_two(language: str) -> dict[str, list[tuple[str, str]]]:
    index: dict[str, list[tuple[str, str]]] = {}
    for name, code in _names(language):
        for written in {name, unicodedata.normalize("NFC", name.replace("・", ""))}:
            index.setdefault(written[:2] if len(written) > 1 else written, []).append((written, code))
    for listed in index.values():
        listed.sort(key=lambda row: -len(row[0]))
    return index


_KATAKANA = re.compile("[ァ-ヺー]")


def _unspaced(text: str, language: str) -> tuple[PlaceMention, ...]:
    index = _by_two(language)
    found: list[PlaceMention] = []
    at, length = 0, len(text)
    while at < length:
        listed = index.get(text[at : at + 2]) or index.get(text[at])
        if listed:
            for name, code in listed:
                if text.startswith(name, at) and _stands(text, at, name, language):
                    found.append(PlaceMention(at, at + len(name), code))
                    at += len(name) - 1
                    break
        at += 1
    return tuple(found)


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
