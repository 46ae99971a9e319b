"""Names in scripts with capitals: runs of capitalised words that are no place, no title and no ordinary word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from briefing.text.data import table
from briefing.text.german import titled_names, without_nouns
from briefing.text.words import stopwords

Span = tuple[int, int]
Part = tuple[str, int, int]
"""A word with where it begins and ends."""

_MOST_PARTS = 5

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*\.?")
# Case endings that carry a consonant, which a name's sound would keep: Путиным, Трампом; Davis'in.
_ENDINGS = {
    "ru": re.compile("(?<=[а-яё]{3}[бвгджзклмнпрстфхцчшщ])(?:ом|ым|ем|ой|ого|ому|ых|ами|ов)$"),
    "uk": re.compile("(?<=[а-яіїє]{3}[бвгджзклмнпрстфхцчшщ])(?:ом|им|ем|ою|ого|ому|их|ами)$"),
    "pl": re.compile("(?<=[a-ząćęłńóśźż]{3}[bcdfghjklmnprstwzłśźć])(?:em|om|iem|owi|ego|emu|ą|ach|ami)$"),
    "tr": re.compile("['’].*$"),
}
_LINKS = frozenset((
    "de", "da", "di", "del", "della", "al", "el", "bin", "ibn", "ben", "van", "von", "der", "den", "la", "le",
    "dos", "das", "du", "af", "ten", "ter", "y",
))  # fmt: skip
_OPENS = re.compile(r"(?:^|[.!?…:;\n\"“«„‘(\[—–•*|-])[\s\"“«„‘(\[]*$")


@cache
def _titles(language: str) -> frozenset[str]:
    return frozenset(table("people")["before"].get(language, "").split()) | frozenset(("mr", "mrs", "dr"))


@cache
def ordinary_words(language: str) -> frozenset[str]:
    """Give the words of a language that may have a capital and are no names, in small letters."""
    listed = frozenset(table("people")["common"].get(language, "").split())
    months = table("calendar").get(language, {})
    return listed | stopwords(language) | frozenset(months.get("months", ())) | frozenset(months.get("weekdays", ()))


def capitalised(text: str, language: str, taken: Sequence[Span]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Give the names of a text in such a script with their parts, in order; spans in ``taken`` (places) are none."""
    runs = list(_runs(text, language, taken))
    firm: Counter[str] = Counter()
    for tokens, opening in runs:
        for n, (part, _, _) in enumerate(tokens):
            if n or not opening:
                firm[part] += 1
    named = [_named(tokens, opening, language, firm, text) for tokens, opening in runs]
    known = {part for kept in named if len(kept) > 1 for part, _, _ in kept}
    ending = _ENDINGS.get(language)
    if language == "de":
        known |= titled_names(text, _titles("de"))
    if language == "de":
        nouns = ordinary_words("de") | _LINKS
        named = [without_nouns(text, kept, nouns) for kept in named]
    for kept in named:
        if len(kept) == 1 and language == "de" and kept[0][0] not in known:
            continue  # every German noun has a capital
        if kept:
            parts = tuple(part for part, _, _ in kept)
            yield (kept[0][1], kept[-1][2]), tuple(ending.sub("", part) for part in parts) if ending else parts


def _written_small(text: str, word: str) -> bool:
    """Whether the text also writes a word without a capital: then it is an ordinary word."""
    at = text.find(word) if word.islower() and all(map(_is_letter, word)) else -1
    while at >= 0:
        before, end = text[at - 1 : at], at + len(word)
        if not (before.isalnum() or before in _TIES) and not _is_letter(text[end : end + 1]):
            return True
        at = text.find(word, at + 1)
    return False


_TIES = frozenset("_'’-")


def _is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdecimal()


@cache
def _capital(last: int) -> re.Pattern[str]:
    """A word as `_WORD` finds it that begins with a capital, up to a code point: most words have none."""
    upper = "".join(char for char in map(chr, range(last + 1)) if char.isupper() and char.isalnum())
    upper, tail = f"[{upper}]", _WORD.pattern.replace("+", "*", 1)
    return re.compile(rf"{upper}(?<![^\W\d_].)(?<![^\W\d_][’'ʼ-].){tail}")


def _is_start(text: str, at: int) -> bool:
    """Whether a word of `_WORD` may begin here: nothing ties it to a letter before."""
    return not _is_letter(text[at - 1 : at]) and not (text[at - 1 : at] in _JOINS and _is_letter(text[at - 2 : at - 1]))


_JOINS = frozenset("’'ʼ-")


def _runs(text: str, language: str, taken: Sequence[Span]) -> Iterator[tuple[list[Part], bool]]:
    """Runs of capitalised words, and whether each opens a sentence or stands in a heading set in capitals."""
    starts = {start: end for start, end in taken if _is_start(text, start)}
    capital = _capital(0xFFFF if max(text, default="") < "\U00010000" else 0x1F200)
    words = {match.start(): match[0] for match in capital.finditer(text)}
    run: list[Part] = []
    opening, end, skip = False, -1, -1
    heading = _headings(text)
    for start in sorted(words.keys() | starts.keys()):
        if start < skip:
            continue
        word = words.get(start, "")
        if run:
            ended = text[end - 1] == "." and len(run[-1][0]) > 3
            link = "" if ended or len(run) > _MOST_PARTS or not word else _link(text, end, start, language)
            if link and end + 1 not in starts:
                run.append((link, end + 1, start - 1))
                end = start - 1
            if start in starts or ended or text[end:start] not in (" ", "\u00a0", "") or len(run) > _MOST_PARTS:
                yield run, opening
                run = []
        if start in starts:
            skip = starts[start]
            continue
        if not run:
            opening = bool(_OPENS.search(text[max(0, start - 4) : start])) or start < heading
        end = start + len(word)
        stop = end - (word.endswith(".") and len(word) > 2)
        bare = word.rstrip(".") if len(word) > 2 else word
        for suffix in ("'s", "’s"):
            bare = bare.removesuffix(suffix)
        run.append((bare, start, min(stop, start + len(bare))))
    if run:
        yield run, opening


def _link(text: str, end: int, start: int, language: str) -> str:
    """Give the one small word that may stand within a name (van, de, bin) between two capitalised ones, if it does."""
    word = text[end + 1 : start - 1]
    linked = word.casefold() in _LINKS and (language, word) not in _NO_LINKS
    return word if linked and text[end] == " " and text[start - 1] != "." else ""


_NO_LINKS = frozenset((("tr", "de"), ("tr", "da"), ("id", "di"), ("id", "la"), ("vi", "la")))  # "too", "in"


def _headings(text: str) -> int:
    """Where a first line ends that capitals do not mark names in, because most of its words have one (0 if none)."""
    line = text.split("\n", 1)[0]
    found = [word for word in _WORD.findall(line) if len(word) > 3]
    return (
        len(line)
        if len(line) < 200 and len(found) > 2 and sum(word[0].isupper() for word in found) * 3 > len(found) * 2
        else 0
    )


def _named(tokens: list[Part], opening: bool, language: str, firm: Counter[str], text: str) -> list[Part]:
    titles, common = _titles(language), ordinary_words(language)
    titled = False
    while tokens and (tokens[0][0].casefold().rstrip(".") in titles or tokens[0][0].casefold() in common):
        titled = titled or tokens[0][0].casefold() in titles
        tokens, opening = tokens[1:], False if titled else opening and len(tokens) > 1
    while (
        tokens
        and language != "vi"
        and (tokens[-1][0].casefold() in common or tokens[-1][0].casefold() in titles or tokens[-1][0] in _LINKS)
    ):
        tokens = tokens[:-1]
    if opening and tokens and not firm[tokens[0][0]] and _written_small(text, tokens[0][0].casefold()):
        tokens = tokens[1:]
    if not tokens:
        return []
    if len(tokens) == 1:
        word = tokens[0][0]
        if len(word) < 3 or (opening and not firm[word]) or _written_small(text, word.casefold()):
            return []
        if word.isupper() and len(word) > 5:
            return []
        if language == "vi" and not titled and not word.isascii():
            return []  # the head of an office or place: Quốc hội, Bộ Quốc phòng
    return tokens
