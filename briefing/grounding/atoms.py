"""What a sentence claims that can be looked up: its numbers, dates, places, names and quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from babel import Locale, UnknownLocaleError

from briefing.text.dates import find_dates
from briefing.text.language import script, spaced
from briefing.text.names import find_names
from briefing.text.numbers import digits, find_numbers

Kind = Literal["name", "number", "date", "place", "negation", "quotation", "event"]


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as written and its value; ``kind`` is ``%``, ``money`` or ''; ``worded`` if written as a word."""

    start: int
    end: int
    value: float
    kind: str
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date named: month and day where given, year where known; ``weekday`` 0 (Monday) to 6 for a bare weekday."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None


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


@cache
def data(name: str) -> Any:
    """Give a packaged table by its name."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files(__package__).joinpath(f"data/{name}.yaml").read_bytes(), Loader=loader)  # noqa: S506


@lru_cache(maxsize=4096)
def atoms(text: str, language: str, anchor: date | None = None) -> Atoms:
    """Read a text; ``anchor`` is the day it was published, against which relative dates are resolved."""
    base = language.split("-")[0]
    days = _days(text, base, anchor)
    taken = [(day.start, day.end) for day in days]
    numbers = _numbers(text, base, taken)
    named = find_names(text, base)
    places = tuple(Place(p.start, p.end, p.code) for p in named.places)
    people = tuple(Name(p.start, p.end, text[p.start : p.end]) for p in named.people)
    taken += [(place.start, place.end) for place in places] + [(number.start, number.end) for number in numbers]
    return Atoms(numbers, days, places, _names(text, base, taken, people), people, quotations(text))


def _clear(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or last <= start for first, last in taken)


# ---------------------------------------------------------------- numbers

_DIGITS = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_HAN = re.compile(
    r"[零一二三四五六七八九十百千万萬亿億两兩]+(?=\s?(?:人|名|个|個|年|天|次|票|国|國|家|位|所|艘|架|枚|岁|歲|种|種|项|項|度|回|件|か|カ|つ))"
)
_HAN_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_PERCENT = re.compile(
    r"\s?(?:%|％|٪|per\s?cent|phần trăm|เปอร์เซ็นต์|درصد|процент|відсот|por\s?ciento|pour\s?cent|prozent"
    r"|por\s?cento|procent|yüzde|persen|百分|パーセント|퍼센트|프로|بالمئة|بالمائة|في المئة|אחוז|प्रतिशत|फीसदी)",
    re.IGNORECASE,
)
_PERCENT_BEFORE = re.compile(r"(?:ร้อยละ|百分之|yüzde|%|٪)\s?$", re.IGNORECASE)
_CURRENCY = re.compile(r"^[A-Z]{3}$")


def _numbers(text: str, language: str, taken: list[tuple[int, int]]) -> tuple[Number, ...]:
    found = [
        Number(n.start, n.end, n.value, _kind(text, n.start, n.end, n.unit))
        for n in find_numbers(text, language)
        if _clear(n.start, n.end, taken)
    ]
    if language in ("zh", "ja", "ko", "yue"):
        found = [n for n in _myriads(text) if _clear(n.start, n.end, taken)]
    covered = taken + [(number.start, number.end) for number in found]
    folded = digits(text)
    for match in _DIGITS.finditer(folded):
        if _clear(match.start(), match.end(), covered):
            bare = re.sub(r"[.,\u00a0\u202f](?=\d{3}(?!\d))", "", match[0]).replace(",", ".")
            if bare.count(".") <= 1:
                found.append(Number(match.start(), match.end(), float(bare), _kind(text, *match.span(), "")))
    covered = taken + [(number.start, number.end) for number in found]
    found += [number for number in _worded(text, language) if _clear(number.start, number.end, covered)]
    found = [number for number in found if not _decade(text, number)]
    return tuple(sorted(found, key=lambda number: number.start))


def _decade(text: str, number: Number) -> bool:
    """Whether a figure names ten years of age: "in his 40s" is 四十几岁 or "quarantaine"."""
    return number.value < 100 and number.value % 10 == 0 and text[number.end : number.end + 1] == "s"


_MYRIAD = re.compile(
    r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?(?:\s?[千百천백]?[万萬만亿億억兆조千천]\s?(?:\d[\d,]*(?:\.\d+)?)?)*"
)
_STEP = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([千百천백]?)([万萬만亿億억兆조]?)")
_STEPS = {
    "": 1.0,
    **dict.fromkeys("百백", 1e2),
    **dict.fromkeys("千천", 1e3),
    **dict.fromkeys("万萬만", 1e4),
    **dict.fromkeys("亿億억", 1e8),
    **dict.fromkeys("兆조", 1e12),
}


def _myriads(text: str) -> list[Number]:
    """Figures with East Asian steps of ten thousand: 3조2000억, 4万8200, 5.2万, 1 億 4 千万."""
    found = []
    for match in _MYRIAD.finditer(digits(text)):
        steps = _STEP.findall(match[0])
        value = sum(float(figure.replace(",", "")) * _STEPS[small] * _STEPS[step] for figure, small, step in steps)
        found.append(Number(match.start(), match.end(), value, _kind(text, match.start(), match.end(), "")))
    return found


def _kind(text: str, start: int, end: int, unit: str) -> str:
    if unit == "%" or _PERCENT.match(text, end) or _PERCENT_BEFORE.search(text[max(0, start - 8) : start]):
        return "%"
    return "money" if _CURRENCY.match(unit) else ""


@cache
def _numerals(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    listed = data("numerals").get(language)
    if not listed:
        return None
    values = {word: value for value, words in listed.items() for word in words.split("|")}
    joined = "|".join(re.escape(word) for word in sorted(values, key=len, reverse=True))
    edge = (r"(?<!\w)", r"(?![\w\u0900-\u0963])") if spaced(language) and language != "ko" else ("", "")
    return re.compile(f"{edge[0]}(?:{joined}){edge[1]}"), values


_THAI_COUNTED = re.compile(
    r"\s?(?:คน|ราย|ประเทศ|ครั้ง|วัน|เดือน|ปี|ลำ|นาย|แห่ง|เสียง|ข้อ|ฉบับ|ศพ|ชั่วโมง|คัน|ดวง|หลัง|ลูก|กอง|สัปดาห์)"
)


def _worded(text: str, language: str) -> list[Number]:
    if language in ("zh", "ja", "yue"):
        read = ((match, _han(match[0])) for match in _HAN.finditer(text))
        return [Number(m.start(), m.end(), value, "", True) for m, value in read if value > 2]
    table = _numerals(language)
    if table is None:
        return []
    pattern, values = table
    folded = text.lower() if len(text.lower()) == len(text) else text
    found = []
    for match in pattern.finditer(folded):
        if language == "vi" and text[match.start()].isupper():
            continue  # "Ba Lan", "thứ Ba"
        if language == "th" and not _THAI_COUNTED.match(text, match.end()):
            continue
        found.append(Number(match.start(), match.end(), float(values[match[0]]), _kind(text, *match.span(), ""), True))
    return found


def _han(figure: str) -> float:
    """The value of a number in Chinese characters: 三十五, 两百, 一万二千."""
    total = section = digit = 0
    for char in figure:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        elif char in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        else:
            total += (section + digit or 1) * _HAN_MYRIADS[char]
            section = digit = 0
    return float(total + section + digit)


# ---------------------------------------------------------------- dates


@cache
def _weekdays(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "short", "abbreviated") if language in ("zh", "ko") else ("wide",):
            for day, name in locale.days[context].get(width, {}).items():
                folded = name.lower()
                if len(folded) > 1:
                    names[folded] = day
                    if language in ("ru", "uk", "pl") and len(folded) > 4:
                        names[folded[:-1]] = day  # case endings
                    if language == "pt":
                        names[folded.split("-")[0] + "-feira"] = day
    if not names:
        return None
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    edge = (r"(?<!\w)", r"\w{0,2}(?!\w)") if spaced(language) else ("", "")
    return re.compile(f"{edge[0]}({joined}){edge[1]}"), names


_VI_WEEKDAY = re.compile(r"(?:hôm|ngày|sáng|trưa|chiều|tối|đêm|vào|từ|đến)\s$")


def _days(text: str, language: str, anchor: date | None) -> tuple[Day, ...]:
    found = []
    for mention in find_dates(text, language, anchor):
        year = int(mention.iso[:4]) if mention.iso and (mention.year_known or anchor) else None
        found.append(Day(mention.start, mention.end, year, mention.month, mention.day))
    found += _months(text, language, found)
    table = _weekdays(language)
    if table:
        pattern, names = table
        folded = text.lower() if len(text.lower()) == len(text) else text
        for match in pattern.finditer(folded):
            if language == "vi" and not (
                text[match.end() - 2].isupper() or _VI_WEEKDAY.search(folded[: match.start()])
            ):
                continue  # "thứ hai" is also "the second"
            if _clear(match.start(), match.end(), [(day.start, day.end) for day in found]):
                found.append(Day(match.start(), match.end(), None, None, None, names[match[1]]))
    return tuple(sorted(found, key=lambda day: day.start))


_IN_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|last|next|this|early|late|mid|from|to|through|before|after|during)[ -]$",
    re.IGNORECASE,
)


@cache
def _month_names(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    names = {
        name.lower(): month
        for context in ("format", "stand-alone")
        for month, name in locale.months[context].get("wide", {}).items()
        if len(name) > 2 and not any(map(str.isdigit, name))
    }
    if not names:
        return None
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    edge = (r"(?<!\w)", r"(?!\w)") if spaced(language) else ("", "")
    return re.compile(f"{edge[0]}({joined}){edge[1]}"), names


_MONTH_NUMBER = re.compile(r"(?<!\d)(1[0-2]|[1-9])\s?[月월](?!\s?\d)")


def _months(text: str, language: str, found: list[Day]) -> list[Day]:
    """Months named without a day, which is a date, too; "may" and "march" only after a preposition."""
    covered = [(day.start, day.end) for day in found]
    if language in ("zh", "ja", "ko", "yue"):
        numbered = _MONTH_NUMBER.finditer(digits(text))
        return [Day(m.start(), m.end(), None, int(m[1]), None) for m in numbered if _clear(*m.span(), covered)]
    table = _month_names(language)
    folded = text.lower()
    if table is None or len(folded) != len(text):
        return []
    return [
        Day(match.start(), match.end(), None, table[1][match[1]], None)
        for match in table[0].finditer(folded)
        if _clear(match.start(), match.end(), covered)
        and (language != "en" or match[1] not in ("may", "march") or _IN_MONTH.search(text[: match.start()]))
    ]


def days_of(weekday: int, anchor: date) -> tuple[date, ...]:
    """Give the days a bare weekday may mean in a text published on ``anchor``: that day, the last one, the next one."""
    back = (anchor.weekday() - weekday) % 7
    return (anchor - timedelta(days=back), anchor + timedelta(days=7 - back))


# ---------------------------------------------------------------- names

_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
_WORD = r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*"
_TOKEN = re.compile(_WORD)
_PARTICLES = frozenset(
    ["de", "da", "di", "del", "al", "bin", "ibn", "van", "von", "el", "le", "la", "den", "der", "dos", "du"]
)
_SENTENCE = re.compile(r"(?:^|[.!?:;\n]\s*)[\"“«„'‘(\[–—-]*\s*$")
_KATAKANA = re.compile(r"[ァ-ヺー]{3,}(?:[・＝][ァ-ヺー]{2,})*")


@cache
def common() -> frozenset[str]:
    """Give the capitalised words that are no names: institutions, offices, peoples, calendar."""
    return frozenset(data("common")["words"].split())


def _names(text: str, language: str, taken: list[tuple[int, int]], people: tuple[Name, ...]) -> tuple[Name, ...]:
    if script(language) in _CASED:
        return tuple(_cased(text, language, taken))
    found = [Name(m.start(), m.end(), m[0], True) for m in _KATAKANA.finditer(text) if language == "ja"]
    found += people
    latin = re.finditer(r"[A-Z][a-zA-Z]+(?:[ \-][A-Z][a-zA-Z]+)*", text)
    found += [Name(m.start(), m.end(), m[0], True) for m in latin]
    return tuple(name for name in found if _clear(name.start, name.end, taken))


def _cased(text: str, language: str, taken: list[tuple[int, int]]) -> list[Name]:
    """Runs of capitalised words, without those that open a sentence and look like common words."""
    found: list[Name] = []
    run: list[re.Match[str]] = []

    def close() -> None:
        while run and run[-1][0].casefold() in _PARTICLES:
            run.pop()
        if run:
            name = _named(text, run, language)
            if name is not None and _clear(name.start, name.end, taken):
                found.append(name)
        run.clear()

    for token in _TOKEN.finditer(text):
        capital = token[0][0].isupper()
        adjacent = bool(run) and text[run[-1].end() : token.start()] in (" ", "\u00a0")
        inside = not _clear(token.start(), token.end(), taken)
        if run and (not adjacent or inside or not (capital or token[0] in _PARTICLES)):
            close()
        if not inside and (capital or (run and token[0] in _PARTICLES and adjacent)):
            run.append(token)
    close()
    return found


def _named(text: str, run: list[re.Match[str]], language: str) -> Name | None:
    opens = bool(_SENTENCE.search(text[: run[0].start()]))
    words = [token for token in run if token[0].casefold() not in common()]
    if not words:
        return None
    if opens and words[0] is run[0] and len(run) == 1 and _plain(words[0][0], language):
        return None
    if language == "de" and (len(words) == 1 or words[0][0].endswith(_GERMAN_NOUN)):
        return None  # a German noun has a capital, too
    return Name(words[0].start(), words[-1].end(), text[words[0].start() : words[-1].end()], len(words) > 1)


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
            end = min((place for mark in closers if (place := text.find(mark, at + 1)) > 0), default=-1)
            if end > 0:
                inner = text[at + 1 : end].strip()
                if inner:
                    found.append(Quotation(at + 1, end, inner))
                at = end
        at += 1
    return tuple(found)
