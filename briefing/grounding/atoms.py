"""What a sentence claims that can be looked up: its numbers, dates, places, names and quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from briefing.grounding.dates.days import Day, named_days
from briefing.grounding.names.unmarked import is_wording, unmarked
from briefing.grounding.numbers.figures import Number, clear, numbers_of
from briefing.grounding.tables import data
from briefing.text.language import script
from briefing.text.names import NameMention, PlaceMention, find_names
from briefing.text.words import stopwords, words

Kind = Literal["name", "number", "date", "place", "negation", "quotation", "event"]


@dataclass(frozen=True, slots=True)
class Place:
    """A country named, by its ISO 3166-1 alpha-2 code."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; ``sure`` where a title or its form shows that it is one."""

    start: int
    end: int
    text: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Atoms:
    """Everything of a text that can be looked up, in order.

    ``names`` are all capitalised names (people, places without a code, organisations), which a text of the same
    language must hold; ``people`` the fewer ones that are spelt by sound in another language, where the rest is
    translated.
    """

    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    places: tuple[Place, ...]
    names: tuple[Name, ...]
    people: tuple[Name, ...]
    quotations: tuple[Quotation, ...]


@lru_cache(maxsize=4096)
def atoms(text: str, language: str, anchor: date | None = None) -> Atoms:
    """Read a text; ``anchor`` is the day it was published, against which relative dates are resolved."""
    base = language.split("-")[0]
    days = named_days(text, base, anchor)
    taken = [(day.start, day.end) for day in days]
    numbers = numbers_of(text, base, taken)
    named = find_names(_HUNG.sub(" ", text) if base == "en" else text, base)
    places = tuple(Place(p.start, p.end, p.code) for p in named.places if not _syllable(text[p.start : p.end]))
    people = tuple(Name(p.start, p.end, text[p.start : p.end]) for p in named.people) + _opening(
        text, base, (*named.people, *named.places)
    )
    people += _localities(text, base, (*named.people, *named.places))
    people = tuple(name for name in people if not _HANGING.match(name.text) and not is_wording(name.text, base))
    shown = unmarked(text, base, [*((one.start, one.end) for one in people), *((p.start, p.end) for p in named.places)])
    people = (*_beside(people, shown, text), *(Name(start, end, text[start:end]) for start, end in shown))
    taken += [(place.start, place.end) for place in places] + [(number.start, number.end) for number in numbers]
    return Atoms(numbers, days, places, _names(text, base, taken, people), people, quotations(text))


def _beside(people: tuple[Name, ...], shown: Sequence[tuple[int, int]], text: str) -> Iterator[Name]:
    """The names but those behind an office that, between commas, says who the name before it is."""
    for name in people:
        if not any(end < name.start and _APPOSITION.fullmatch(text, end, name.start) for _, end in shown):
            yield name


_APPOSITION = re.compile(r"[،,][^،,.]{2,50}[،,]\s")
_HANGING = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # a Thai sign that stands on the letter before it
# What English hangs on a name: Soviet-era, Liberian-flagged.
_HUNG = re.compile(
    r"(?<=\w)-(?=(?:era|led|born|based|backed|style|made|bound|owned|like|linked|run|occupied|held|controlled|speaking"
    r"|dominated|related|affiliated|sponsored|built|funded|flagged|brokered|mediated|trained|registered|listed)\b)"
)


def _syllable(written: str) -> bool:
    """Whether what looks like an abbreviation is none: Kim Jong Un is not the UN."""
    return len(written) == 2 and written.isascii() and written.istitle()


VIETNAMESE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aeiouyăâêôơư]{1,3}(?:ng|nh|ch|[cmnpt])?$"
)
"""A Vietnamese syllable without its tone."""


def _opening(text: str, language: str, known: Sequence[NameMention | PlaceMention]) -> tuple[Name, ...]:
    """The single name that opens a sentence, where any word has a capital.

    In Vietnamese a word that is no syllable; elsewhere what an age, a verb of saying or an auxiliary follows without
    an article before, and is no pronoun or the like.
    """
    first = _FIRST.match(text)
    if not first or len(first[1]) < 4 or any(name.start <= first.start(1) < name.end for name in known):
        return ()
    word = first[1].casefold()
    if language == "vi":
        named = first[1].isascii() and not VIETNAMESE.match(word)
    else:
        acts = _acts(language)
        named = acts is not None and bool(acts.match(text, first.end(1))) and word not in stopwords(language)
        named = named and first[1][0].isupper() and not (language == "en" and _plain(word, language))
    return (Name(*first.span(1), first[1]),) if named and word not in common() else ()


def _localities(text: str, language: str, known: Sequence[NameMention | PlaceMention]) -> tuple[Name, ...]:
    """The names behind "province", "city", "island" in scripts that mark no name by a capital; they are ``sure``."""
    pattern = _LOCALITY.get(language)
    spans = [(name.start, name.end) for name in known]
    found = list(_said_by(text, language, spans))
    for match in pattern.finditer(text) if pattern else ():
        word = match[1]
        if language == "th":
            cut = words(word, language)
            word = cut[0] if cut and len(cut[0]) > 3 else "".join(cut[:2])
        end = match.start(1) + len(word)
        if len(word) > 2 and word not in stopwords(language) and clear(match.start(1), end, spans):
            found.append(Name(match.start(1), end, word, True))
    if language == "th":
        towns = (match for match in _THAI_TOWN.finditer(text) if _SPELT_OUT.search(match[1]))
        found += [Name(*town.span(1), town[1], True) for town in towns if clear(*town.span(1), spans)]
    return tuple(found)


# Two words that are a name for what stands beside them: in Persian before a title or, opening a sentence, before a verb
# of saying; in Arabic after such a verb, which stands first.
_SAID_BY = {
    "fa": re.compile(
        r"(?:^|[.!؟]\s)([^\W\d_]{3,}\s[^\W\d_]{3,})(?="
        r"\s(?:گفت|افزود|تأکید کرد|تاکید کرد|اظهار داشت|هشدار داد|اعلام کرد)(?!\w)"
        r"|،\s(?:رئیس|نخست[ \u200c]?وزیر|وزیر|صدراعظم|شهردار|دبیرکل|رهبر|سخنگوی|مدیر"
        r"|سناتور|ملکه|پادشاه|پاپ|استاندار)(?!\w)"
        r")"
    ),
    "ar": re.compile(
        r"(?<!\w)[وف]?(?:قال|قالت|أكد|أكدت|أعلن|أعلنت|صرح|أضاف|أضافت|أوضح|صوت|صوتت|أقر|أقرت|حذر|حذرت|دعا|دعت)\s"
        r"((?!ال|لل|أن|إن|من|في|على|عن|مع|ضد|بعد|قبل|خلال|نواب|نائب|حزب|رئيس|وزير"
        r"|مدرب|مدير|متحدث|ناطق|مسؤول|خبير|خبراء|محلل|ضابط|شاهد|شهود|طبيب|محامي?|ناشط|عضو|أعضاء|زعيم|قائد|كبير|كبار|أحد|إحدى"
        r"|بعض|عدد|مصدر|مصادر|مواطن|لاعب|سكان|رجل|رجال|امرأة|سيدة|والد|والدة|شقيق|ابن|ابنة|زوج|زوجة|باحث|عالم|علماء|محافظ)"
        r"[^\W\d_]{3,}"
        r"\s(?!لل|أن|إن|من|في|على|عن|مع|ضد|بعد|قبل|خلال)[^\W\d_]{3,})(?!\w)"
    ),
}


def _said_by(text: str, language: str, spans: list[tuple[int, int]]) -> Iterator[Name]:
    pattern = _SAID_BY.get(language)
    for match in pattern.finditer(text) if pattern else ():
        parts = match[1].split()
        if clear(*match.span(1), spans) and not any(part in stopwords(language) for part in parts):
            yield Name(*match.span(1), match[1])


# A foreign town in Thai, up to the next space or function word; letters that no native word ends with show it.
_THAI_TOWN = re.compile(
    "(?<!การ)(?<!พล)(?<!ชาว)(?:เมือง|เกาะ)((?:(?!ของ|ที่|ใน|ทาง|ซึ่ง|และ|เมื่อ|ตั้งแต่|หลัง|ก่อน|โดย|ประเทศ)[\u0e01-\u0e4e]){3,16})"
)
_SPELT_OUT = re.compile("\u0e4c|[ซฟชสล]$")
_LOCALITY = {
    "fa": re.compile("(?<!\\w)(?:استان|شهر|جزیره|جزیرهٔ|بندر|شهرستان|روستای|ایالت)\\s([^\\W\\d_][\\w\u200c]+)"),
    "ar": re.compile("(?<!\\w)[وبلف]?(?:مدينة|محافظة|جزيرة|بلدة|مقاطعة)\\s([^\\W\\d_]\\w+)"),
    "th": re.compile("(?:จังหวัด|อำเภอ)([\u0e01-\u0e4e]{3,})"),
}
_FIRST = re.compile(r"[\"“«‘'(\[\s]*([^\W\d_]+(?:-[^\W\d_]+)*)")


@cache
def _acts(language: str) -> re.Pattern[str] | None:
    listed = data("common")["acts"].get(language)
    return re.compile(rf"(?:['’]s)?\s(?:{listed})(?!\w)|,\s\d{{1,3}},?\s", re.IGNORECASE) if listed else None


# ---------------------------------------------------------------- names

CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
"""Scripts in which a name has a capital."""
_WORD = r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*"
_TOKEN = re.compile(_WORD)
_PARTICLES = frozenset(
    ["de", "da", "di", "del", "al", "bin", "ibn", "van", "von", "el", "le", "la", "den", "der", "dos", "du"]
)
# Words of a language that stand between names and join none: German articles, for every noun has a capital.
_NO_PARTICLES = {"de": frozenset(("der", "den")), "tr": frozenset(("de", "da")), "id": frozenset(("di",))}
_SENTENCE = re.compile(r"(?:^|[.!?:;\n]\s*)[\"“«„'‘(\[–—-]*\s*$")
_KATAKANA = re.compile(r"[ァ-ヺー]{3,}(?:[・＝][ァ-ヺー]{2,})*")


@cache
def common() -> frozenset[str]:
    """Give the capitalised words that are no names: institutions, offices, peoples, calendar."""
    return frozenset(data("common")["words"].split())


@cache
def offices() -> frozenset[str]:
    """Give the capitalised words that stand before a person's name: offices, ranks, forms of address."""
    return frozenset(data("common")["offices"].split())


def _names(text: str, language: str, taken: list[tuple[int, int]], people: tuple[Name, ...]) -> tuple[Name, ...]:
    if script(language) in CASED:
        return tuple(_cased(text, language, taken))
    found = [Name(m.start(), m.end(), m[0], True) for m in _KATAKANA.finditer(text) if language == "ja"]
    found += people
    latin = re.finditer(r"[A-Z][a-zA-Z]+(?:[ \-][A-Z][a-zA-Z]+)*", text)
    found += [Name(m.start(), m.end(), m[0], True) for m in latin]
    return tuple(name for name in found if clear(name.start, name.end, taken))


def _cased(text: str, language: str, taken: list[tuple[int, int]]) -> list[Name]:
    """Runs of capitalised words, without those that open a sentence and look like common words."""
    found: list[Name] = []
    covered = bytearray(len(text))
    for start, end in taken:
        covered[start:end] = b"\1" * (end - start)
    run: list[re.Match[str]] = []

    particles = _PARTICLES - _NO_PARTICLES.get(language, frozenset())

    def close() -> None:
        while run and run[-1][0].casefold() in _PARTICLES:
            run.pop()
        if run:
            name = _named(text, run, language)
            if name is not None and not any(covered[name.start : name.end]):
                found.append(name)
        run.clear()

    for token in _TOKEN.finditer(text):
        capital = token[0][0].isupper()
        adjacent = bool(run) and text[run[-1].end() : token.start()] in (" ", "\u00a0")
        inside = any(covered[token.start() : token.end()])
        if run and (not adjacent or inside or not (capital or token[0] in particles)):
            close()
        if not inside and (capital or (run and token[0] in particles and adjacent)):
            run.append(token)
    close()
    return found


def _named(text: str, run: list[re.Match[str]], language: str) -> Name | None:
    opens = bool(_SENTENCE.search(text, max(0, run[0].start() - 12), run[0].start()))
    words = [token for token in run if token[0].casefold() not in common()]
    while words and opens and words[0] is run[0] and words[0][0].casefold() in stopwords(language):
        run, words, opens = run[1:], words[1:], False  # "Das Land"
    before = run[0].start() if run else 0
    owned = bool(words) and (words[-1][0].endswith("s") or any(token[0] == "von" for token in words))
    noun = owned and language == "de" and _ARTICLE.search(text, max(0, before - 8), before) is not None
    while language == "de" and len(words) > 1 and (noun or _TITLED.search(words[0][0])):
        noun, words = False, words[1:]
        while len(words) > 1 and words[0][0].casefold() in _PARTICLES:
            words = words[1:]
    if not words:
        return None
    if opens and words[0] is run[0] and len(run) == 1 and _plain(words[0][0], language):
        return None
    if language == "de" and (len(words) == 1 or words[0][0].endswith(_GERMAN_NOUN)):
        return None  # a German noun has a capital, too
    return Name(words[0].start(), words[-1].end(), text[words[0].start() : words[-1].end()], len(words) > 1)


# What stands before a German noun and hardly before a name: ein Eigentor Rüdigers, das Team von Nagelsmann.
_ARTICLE = re.compile(r"(?<!\w)(?:das|dem|den|des|eine?[mnrs]?|im|am|zum|beim)\s$", re.IGNORECASE)
# How the nouns end that stand before a German name.
_TITLED = re.compile(
    r"(?:chef|chefin|minister|ministerin|sprecher|sprecherin|präsident|präsidentin|direktor|direktorin|leiter|leiterin"
    r"|vorsitzende[rn]?|anwalt|anwältin|beauftragte[rn]?|kommissar|kommissarin|verwalter|verwalterin|käufer|käuferin"
    r"|konzern|unternehmen|firma|partei|werft|bank|verband|gruppe|reederei|verein|klub|insel|stadt|ort|dorf|fluss|schiff"
    r"|meister|meisterin|rat|rätin|richter|richterin|führer|führerin|trainer|spieler|spielerin|forscher|forscherin"
    r"|experte|expertin|politiker|politikerin|kandidat|kandidatin|abgeordnete[rn]?|bischof|könig|königin|general"
    r"|inhaber|inhaberin|betreiber|hersteller|anbieter|investor|investorin|vize|ex)$",
    re.IGNORECASE,
)


def without_title(name: Name) -> Name:
    """Give a German name without the nouns before it."""
    text = name.text
    while " " in text and _TITLED.search(text.split(" ", 1)[0]):
        text = text.split(" ", 1)[1]
    return Name(name.end - len(text), name.end, text, name.sure)


_GERMAN_NOUN = ("en", "ung", "heit", "keit", "schaft", "tion", "nis", "tum")
_PLAIN_ENDINGS = {
    "en": (
        "s",
        "ly",
        "ing",
        "ed",
        "tion",
        "ment",
        "ness",
        "ity",
        "ence",
        "ance",
        "ism",
        "men",
        "ship",
        "thing",
        "body",
    ),
    "de": ("ung", "heit", "keit", "schaft", "tion", "en", "er", "e", "t", "s", "m", "nn"),
    "fr": ("s", "ment", "tion", "té", "eurs", "ant", "e", "é", "ès", "d", "n", "r", "l"),
    "es": ("s", "mente", "ción", "dad", "o", "a", "n", "r", "e", "l"),
    "pt": ("s", "mente", "ção", "dade", "o", "a", "m", "r", "e", "l"),
    "it": ("mente", "zione", "tà", "o", "a", "e", "i", "n", "l"),
}


def _plain(word: str, language: str) -> bool:
    """Whether a capitalised word that opens a sentence is probably a common one."""
    if len(word) <= 3:
        return True
    endings = _PLAIN_ENDINGS.get(language)
    return word.endswith(endings) if endings else True


# ---------------------------------------------------------------- quotations

_MARKS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("„", "“”"), ("‹", "›"), ('"', '"'), ("”", "”"))


def quotations(text: str) -> tuple[Quotation, ...]:
    """Give what stands between quotation marks of any language, outermost first, without the marks."""
    found: list[Quotation] = []
    at = 0
    while at < len(text):
        closers = next((last for first, last in _MARKS if text[at] == first), None)
        if closers:
            end = _closed(text, at, closers)
            if end > 0:
                inner = text[at + 1 : end].strip()
                if inner:
                    found.append(Quotation(at + 1, end, inner))
                at = end
        at += 1
    return tuple(found)


def _closed(text: str, at: int, closers: str) -> int:
    """Where the mark at a place is closed, past others of its kind within («a «b» c»); -1 where it is not."""
    depth = 0
    for place in range(at + 1, len(text)):
        if text[place] in closers:
            if not depth:
                return place
            depth -= 1
        elif text[place] == text[at]:
            depth += 1
    return min((place for mark in closers if (place := text.find(mark, at + 1)) > 0), default=-1)


def unquoted(text: str) -> str:
    """Give a text with blanks in place of what stands between quotation marks, offsets unchanged."""
    bare = list(text)
    for quotation in quotations(text):
        bare[quotation.start : quotation.end] = " " * (quotation.end - quotation.start)
    return "".join(bare)
