"""The figures that a sentence claims, in digits and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from briefing.grounding.tables import data
from briefing.text.language import spaced
from briefing.text.numbers import digits, find_numbers, multipliers
from briefing.text.words import stopwords


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as written and its value; ``worded`` if written as a word.

    ``kind`` is ``%``, ``share`` (of a whole in words: a third is 33.3), ``money``, '' or, where a percentage may be
    meant ("35 per cent, not 22"), ``~``; ``bound`` is 1 where the figure is said to be passed ("more than"), -1 where
    it is not reached, else 0.
    """

    start: int
    end: int
    value: float
    kind: str
    worded: bool = False
    bound: int = 0


def clear(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a span touches none of those taken."""
    return all(end <= first or last <= start for first, last in taken)


_DIGITS = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_HAN = re.compile(
    # Not "hundreds of": 数百人, 何百人, 上百人.
    r"(?<![数數何几幾上零一二三四五六七八九十百千万萬亿億两兩])[零一二三四五六七八九十百千万萬亿億两兩]+(?=\s?(?:人|名|个|個|年|天|次|票|国|國|家|位|所|艘|架|枚|岁|歲|种|種|项|項|度|回|件|か|カ|つ))"
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


def numbers_of(text: str, language: str, taken: list[tuple[int, int]]) -> tuple[Number, ...]:
    """Give the figures of a text in order, in digits and in words, without those in the spans ``taken`` (dates)."""
    shares = _shares(text, language)
    taken = taken + [(share.start, share.end) for share in shares]
    found = shares + [
        Number(n.start, n.end, n.value, _kind(text, n.start, n.end, n.unit))
        for n in find_numbers(text, language)
        if clear(n.start, n.end, taken)
    ]
    covered = taken + [(number.start, number.end) for number in found]
    folded = digits(text)
    for match in _DIGITS.finditer(folded):
        if clear(match.start(), match.end(), covered):
            bare = re.sub(r"[.,\u00a0\u202f](?=\d{3}(?!\d))", "", match[0]).replace(",", ".")
            if bare.count(".") <= 1:
                found.append(Number(match.start(), match.end(), float(bare), _kind(text, *match.span(), "")))
    covered = taken + [(number.start, number.end) for number in found]
    found += [number for number in _worded(text, language) if clear(number.start, number.end, covered)]
    found = [number for number in found if not _decade(text, number)]
    shared = any(number.kind == "%" for number in found)
    return tuple(
        replace(
            number,
            kind=_elliptic(text, number, language) if shared else number.kind,
            bound=_bound(text, number, language),
        )
        for number in sorted(found, key=lambda number: number.start)
    )


_PARTS_OF = re.compile(r"([0-9一二两兩三四五六七八九十百]+)\s?(?:分之|分の|분의)\s?([0-9一二两兩三四五六七八九十]+)")
_TENTHS = re.compile(
    r"([0-9一二两兩三四五六七八九])\s?(?:成(?!年|员|員|立|功|为|為|果|长|長|本|交|都|绩|績|分|形)|割(?!り|引)|할(?=\s|[은는이가을를의로])|할$)"
)


@cache
def _fractions(language: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    edges = (r"(?<!\w)", r"(?!\w)") if spaced(language) and language != "ko" else ("", "")
    listed = data("fractions").get(language, {})
    return tuple(
        (100 * over / under, re.compile(f"{edges[0]}(?:{words}){edges[1]}", re.IGNORECASE))
        for share, words in listed.items()
        for over, under in [map(int, share.split("/"))]
    )


def _shares(text: str, language: str) -> list[Number]:
    """The shares of a whole in words: a third, 两成, 3分の1."""
    found: list[Number] = []
    for value, pattern in _fractions(language):
        for match in pattern.finditer(text):
            if clear(*match.span(), [(share.start, share.end) for share in found]):
                found.append(Number(*match.span(), value, "share", True))
    if language in ("zh", "yue", "ja", "ko"):
        folded = digits(text)
        for match in _PARTS_OF.finditer(folded):
            under, over = _figure(match[1]), _figure(match[2])
            if under > over and match[1] != "百":
                found.append(Number(*match.span(), 100 * over / under, "share", True))
        found += [Number(*match.span(), 10 * _figure(match[1]), "share", True) for match in _TENTHS.finditer(folded)]
    return found


def _figure(written: str) -> float:
    return float(written) if written.isdigit() else han_value(written)


_NEXT = re.compile(r"\s?([^\W\d_]+)")


def _elliptic(text: str, number: Number, language: str) -> str:
    """The kind of a figure beside percentages: one that counts nothing may be a percentage, too."""
    following = _NEXT.match(text, number.end)
    bare = following is None or following[1].casefold() in stopwords(language)
    return "~" if number.kind == "" and bare else number.kind


_BESIDE = 28  # characters before a figure in which "more than" belongs to it
_AFTER = 24  # the same after it: "130 kilómetros o más"


@cache
def _bounds(language: str) -> tuple[tuple[int, re.Pattern[str], re.Pattern[str]], ...]:
    listed = data("bounds").get(language, {})
    edge = r"(?<!\w)" if spaced(language) else ""
    return tuple(
        (
            sign,
            re.compile(rf"{edge}(?:{row['before']})\s?(?:[^\W\d_]{{1,12}}\s){{0,1}}[$€£¥₩₫฿₽₴₹₺₪]?\s?$", re.IGNORECASE),
            re.compile(rf"(?:\s?(?:%|[^\W\d_]{{1,14}}))?\s?(?:{row['after']})", re.IGNORECASE),
        )
        for sign, name in ((-1, "under"), (1, "over"))
        if (row := listed.get(name))
    )


def _bound(text: str, number: Number, language: str) -> int:
    before, after = text[max(0, number.start - _BESIDE) : number.start], text[number.end : number.end + _AFTER]
    for sign, leading, trailing in _bounds(language):
        if leading.search(before) or trailing.match(after):
            return sign
    return 0


def _decade(text: str, number: Number) -> bool:
    """Whether a figure names ten years of age: "in his 40s" is 四十几岁 or "quarantaine"."""
    return number.value < 100 and number.value % 10 == 0 and text[number.end : number.end + 1] == "s"


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
    values = {**_spelt(language), **values}
    joined = "|".join(re.escape(word) for word in sorted(values, key=len, reverse=True))
    edge = (r"(?<!\w)", r"(?![\w\u0900-\u0963])") if spaced(language) and language != "ko" else ("", "")
    return re.compile(f"{edge[0]}(?:{joined}){edge[1]}"), values


_CASES = ("genitive", "dative", "ablative", "locative")
_NOT_SPELT = frozenset(("ko", "vi", "th"))  # whose figures in words are other words, too, or need a counter


def _spelt(language: str) -> dict[str, int]:
    """The figures from 13 to 99 in words, as ICU spells them: Unicode's rules for every language."""
    if language in _NOT_SPELT:
        return {}
    from icu4py.messageformat import MessageFormat  # slow to import: only where figures are looked for in words

    spell = MessageFormat("{n,spellout}", language)
    found = {spell.format({"n": n}).replace("\u00ad", "").replace("\u200b", "").lower(): n for n in range(13, 100)}
    if language in ("ru", "pl"):
        for case in _CASES:
            bent = MessageFormat(f"{{n,spellout,%spellout-cardinal-masculine-{case}}}", language)
            found |= {bent.format({"n": n}).replace("\u00ad", "").lower(): n for n in range(11, 100)}
    if language == "uk":
        found |= {word[:-1] + ending: n for word, n in found.items() if word[-1] == "ь" for ending in ("и", "ьма")}
    return found | {word.replace("-", " "): value for word, value in found.items() if "-" in word}


_THAI_COUNTED = re.compile(
    r"\s?(?:คน|ราย|ประเทศ|ครั้ง|วัน|เดือน|ปี|ลำ|นาย|แห่ง|เสียง|ข้อ|ฉบับ|ศพ|ชั่วโมง|คัน|ดวง|หลัง|ลูก|กอง|สัปดาห์)"
)


def _worded(text: str, language: str) -> list[Number]:
    if language in ("zh", "ja", "yue"):
        read = ((match, han_value(match[0])) for match in _HAN.finditer(text))
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
        value, end = _multiplied(folded, float(values[match[0]]), match.end(), language)
        found.append(Number(match.start(), end, value, _kind(text, match.start(), end, ""), True))
    return found


def _multiplied(text: str, value: float, end: int, language: str) -> tuple[float, int]:
    """Give a figure in words with the multipliers behind it, and where they end: "three hundred million"."""
    known = multipliers(language)
    while known and (times := known[0].match(text, end)):
        value, end = value * known[1][times[1].casefold()], times.end()
    return value, end


def han_value(figure: str) -> float:
    """Give the value of a number in Chinese characters: 三十五, 两百, 一万二千."""
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
