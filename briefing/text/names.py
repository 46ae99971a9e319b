"""Names: the places and people that a text names, comparable across languages and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from briefing.text.data import table
from briefing.text.language import script, spaced
from briefing.text.skeleton import skeleton


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A country (or a city standing for it) named at ``text[start:end]``; ``code`` is ISO 3166-1 alpha-2."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class NameMention:
    """A person (or other proper name) at ``text[start:end]``; ``key`` is its skeleton, see `same_name`."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a text, in order."""

    places: tuple[PlaceMention, ...]
    people: tuple[NameMention, ...]


def territory_name(code: str, language: str) -> str:
    """Give a country's CLDR name in a language, in English where the language is not known, else the code."""
    names = table("territories")
    return str(names.get(language, names.get(language.split("-")[0], {})).get(code) or names["en"].get(code, code))


_TOKEN = re.compile(r"[^\W\d_]+(?:[’'\u200c-][^\W\d_]+)*")
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})


@cache
def _places(language: str) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    """Names by their first token (or first two characters, where words are not spaced), longest first; and prefixes."""
    index: dict[str, list[tuple[str, str]]] = {}
    prefixes: dict[str, str] = {}
    own = table("territories")
    rows: list[tuple[str, str]] = []
    for source in {language, "en"} if script(language) == "Latn" else {language}:
        rows += [(name, code) for code, name in own.get(source, {}).items()]
    for code, names in table("places").items():
        rows += [(name, code) for name in names.split("|")]
    for name, code in rows:
        if name.endswith("*"):
            prefixes[name[:-1].casefold()] = code
            continue
        first = _TOKEN.match(name) if spaced(language) else None
        head = first[0].casefold() if first else name[:2]
        index.setdefault(head, []).append((name, code))
    for names_here in index.values():
        names_here.sort(key=lambda row: -len(row[0]))
    return index, prefixes


def find_places(text: str, language: str) -> tuple[PlaceMention, ...]:
    """Give the countries that a text names, themselves or by capital, government or adjective."""
    base = language.split("-")[0]
    index, prefixes = _places(base)
    found: list[PlaceMention] = []
    if not spaced(base):
        at = 0
        while at < len(text) - 1:
            for name, code in index.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    found.append(PlaceMention(at, at + len(name), code))
                    at += len(name) - 1
                    break
            at += 1
        return tuple(found)
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() < end:
            continue
        token = match[0].casefold()
        hit = _named(text, match.start(), index.get(token, ()))
        if hit is None:
            for length in range(len(token), 3, -1):
                if token[:length] in prefixes:
                    hit = (match.end(), prefixes[token[:length]])
                    break
        if hit:
            end = hit[0]
            found.append(PlaceMention(match.start(), hit[0], hit[1]))
    return tuple(found)


def _named(text: str, at: int, names: Iterable[tuple[str, str]]) -> tuple[int, str] | None:
    for name, code in names:
        end = at + len(name)
        if text.startswith(name, at) and not text[end : end + 1].isalpha():
            return end, code
    return None


_RUN = re.compile(
    r"(?:[^\W\d_a-zа-яёіїєґ][^\W\d_]*(?:[’'-][^\W\d_]+)*\.?)(?:[ \u00a0](?:(?:de|da|di|del|al|bin|ibn|van|von|el|le|la)[ ])?[^\W\d_a-zа-яёіїєґ][^\W\d_]*(?:[’'-][^\W\d_]+)*)*"
)


def find_names(text: str, language: str) -> Names:
    """Give the places and people named in a text."""
    base = language.split("-")[0]
    places = find_places(text, base)
    people: list[NameMention] = []
    if script(base) in _CASED:
        covered = {position for place in places for position in range(place.start, place.end)}
        for match in _RUN.finditer(text):
            if match[0][0].isupper() and match.start() not in covered and len(match[0]) > 3:
                before = text[: match.start()].rstrip()
                if (not before or before[-1] in '.!?\n:“"') and " " not in match[0]:
                    continue
                people.append(NameMention(match.start(), match.end(), skeleton(match[0])))
    return Names(places, tuple(people))


def name_score(a: str, b: str) -> float:
    """How surely two keys name one person, 0 to 1."""
    if a == b:
        return 1.0
    one, two = a.split(), b.split()
    if not one or not two:
        return 0.0
    shared = len(set(one) & set(two))
    if not shared:
        return 0.0
    if one[-1] == two[-1] or one[0] == two[0]:
        return 0.5 + 0.5 * shared / min(len(one), len(two)) * (0.9 if len(max(one[-1], two[-1], key=len)) > 2 else 0.5)
    return 0.3 * shared / min(len(one), len(two))


def same_name(a: str, b: str) -> bool:
    """Whether two keys very probably name one person."""
    return name_score(a, b) >= 0.7


def mentions(keys: Iterable[str], text: str, language: str) -> frozenset[str]:
    """Give those keys (of names found in other articles) that a text names, in any script, marked by capitals or not."""
    bones = " " + skeleton(text) + " "
    return frozenset(key for key in keys if len(key.replace(" ", "")) >= 4 and f" {key} " in bones)
