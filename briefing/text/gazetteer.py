"""The names of places, in every language: as tokens for scripts with spaces, by their first two letters for others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.text.data import table
from briefing.text.language import script


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


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name as folded tokens; where ``open_ended`` each may have up to ``room`` letters more."""

    tokens: tuple[str, ...]
    code: str
    capital: bool
    room: int = 0
    stems: tuple[str, ...] = ()


TOKEN = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0d7f\"״׳][^\W\d_]+)*[\u0900-\u0d7f\u064b-\u065f]*"
)
LETTERS = (
    ("ي", "ی"), ("ك", "ک"), ("ى", "ی"), ("ۀ", "ه"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ё", "е"),
)  # fmt: skip
_FOLD = str.maketrans(dict((*LETTERS, ("״", '"'), ("׳", "'"))))
_MARKS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670\u0640]")
# Languages that bend names by endings: any ending of up to so many letters.
_BENDING = dict.fromkeys((
    "ru", "uk", "be", "bg", "mk", "sr", "hr", "sl", "cs", "sk", "pl", "lt", "lv", "et", "fi", "hu", "tr", "az", "kk",
    "ky", "el", "hy", "ka", "ro", "sq",
), 4)  # fmt: skip
_SHORT = frozenset(("ru", "uk", "be", "bg"))  # where a name of four letters bends, too: Иран, Ираке
# Of names whose stem is too short to take any ending (Дания, Kuba, Чад): how each ending bends, longest first; ''
# stands for a consonant.
_CASES: dict[str, dict[str, str]] = {
    "ru": {"ия": "ии ию ией", "а": "ы и е у ой", "я": "и е ю ей", "й": "я ю ем е", "": "а у ом е"},
    "uk": {"ія": "ії ію ією", "а": "и і у ою", "я": "і ю ею", "й": "я ю єм ї", "": "а у ом ові і"},
    "pl": {"ia": "ii ię ią", "a": "y i ę ą ie", "": "u a em ie owi"},
}
_VOWELS = "aeiouyąęěáéíóúýаеєиіїоуыэюяьйῶάέήίόύώαεηιουω"


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
def by_token(language: str) -> tuple[dict[str, list[Name]], dict[str, list[Name]]]:
    """Give names by their whole first token, and open-ended ones by its first three letters; the longest come first."""
    whole: dict[str, list[Name]] = {}
    stems: dict[str, list[Name]] = {}
    room = _BENDING.get(language, 0)
    for written, code in _names(language):
        starred = written.endswith("*")
        tokens = tuple(fold(token) for token in TOKEN.findall(written))
        if not tokens:
            continue
        capital = written[0].isupper()
        entry = Name(tokens, code, capital)
        if not starred:
            whole.setdefault(tokens[0], []).append(entry)
        short = language in _SHORT and len(tokens[0]) == 4 and tokens[0][-1] not in _VOWELS
        if starred or short or (room and len(tokens[0]) >= 5):
            cut = tuple(token if starred else _stem(token) for token in tokens)
            open_ended = Name(tokens, code, capital, 12 if starred else 2 if short else room, cut)
            stems.setdefault(cut[0][:3], []).append(open_ended)
        if len(tokens) == 1 and not starred and not written.isupper():
            for form in _forms(tokens[0], language):
                whole.setdefault(form, []).append(Name((form,), code, capital))
    for listed in (*whole.values(), *stems.values()):
        listed.sort(key=lambda entry: (-len(entry.tokens), -sum(map(len, entry.tokens))))
    return whole, stems


def _forms(token: str, language: str) -> list[str]:
    """The cases of a short name, where its stem takes no ending."""
    if len(token) < 3 or len(token.rstrip(_VOWELS)) > (3 if len(token) > 4 or token[-1] in _VOWELS else 4):
        return []
    for ending, cases in _CASES.get(language, {}).items():
        if token.endswith(ending) and (ending or token[-1] not in _VOWELS + "ь"):
            bare = token.removesuffix(ending)
            return [bare + case for case in cases.split(" ")]
    return []


def _stem(token: str) -> str:
    cut = token.rstrip(_VOWELS)
    return cut if len(cut) >= 4 else token


@cache
def by_letters(language: str) -> dict[str, list[tuple[str, str]]]:
    """Give (name, code) by a name's first two letters, or its only one; the longest come first."""
    index: dict[str, list[tuple[str, str]]] = {}
    for name, code in _names(language):
        for written in {name, unicodedata.normalize("NFC", name.replace("・", ""))}:
            index.setdefault(written[:2] if len(written) > 1 else written, []).append((written, code))
    for listed in index.values():
        listed.sort(key=lambda row: -len(row[0]))
    return index
