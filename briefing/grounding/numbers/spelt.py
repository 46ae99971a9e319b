"""Figures written in words: "three hundred million", "un millier", 一万二千, صد و سی هزار."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.grounding.tables import data
from briefing.text.language import spaced
from briefing.text.numbers import multipliers

_HAN = re.compile(
    # Not "hundreds of": 数百人, 何百人, 上百人.
    r"(?<![数數何几幾上零一二三四五六七八九十百千万萬亿億两兩])[零一二三四五六七八九十百千万萬亿億两兩]+(?=\s?(?:人|名|个|個|年|天|次|票|国|國|家|位|所|艘|架|枚|岁|歲|种|種|项|項|度|回|件|か|カ|つ))"
)
_HAN_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


@cache
def _numerals(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    listed = data("numerals").get(language)
    if not listed:
        return None
    rows = [*listed.get("before a multiplier", {}).items(), *listed.items()]
    values = {word: value for value, words in rows if isinstance(value, int) for word in words.split("|")}
    values = {**_spelt(language), **values, **_units_first(values, language)}
    joined = "|".join(re.escape(word) for word in sorted(values, key=len, reverse=True))
    if language == "ar":
        joined = joined.replace(r"\ ", _NUNATION + r"?\ ")
    front = r"(?:(?<!\w)|(?<=(?<!\w)[وبلفك]))" if language == "ar" else r"(?<![\w\u0900-\u0963])"
    edge = (front, r"(?![\w\u0900-\u0963])") if spaced(language) and language != "ko" else ("", "")
    return re.compile(f"{edge[0]}(?:{joined}){edge[1]}"), values


_NUNATION = "(?:اً|ًا|[ًٌٍ])"
_NUNATED = re.compile(_NUNATION + "(?= )")


def _plain(figure: str) -> str:
    """Give a figure as it is listed: without the case that Arabic may write on its first word, واحداً وثلاثين."""
    return _NUNATED.sub("", figure)


def _units_first(values: dict[str, int], language: str) -> dict[str, int]:
    """The figures from 11 to 99 of Arabic, in either gender and every case, units first: اثنتي عشرة, واحد وثلاثين."""
    if language != "ar":
        return {}
    below = {word: value for word, value in values.items() if value < 10}
    tens = {word: value for word, value in values.items() if 20 <= value < 100 and value % 10 == 0}
    teens = {f"{word} {ten}": value + 10 for word, value in below.items() for ten in ("عشر", "عشرة")}
    return teens | {f"{unit} و{ten}": one + more for unit, one in below.items() for ten, more in tens.items()}


_CASES = ("genitive", "dative", "ablative", "locative")
_NOT_SPELT = frozenset(("ko",))  # whose figures in words are other words, too


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
    if language == "he":
        masculine = MessageFormat("{n,spellout,%spellout-cardinal-masculine}", language)
        found |= {masculine.format({"n": n}).lower(): n for n in range(11, 20)}
    if language == "uk":
        found |= {word[:-1] + ending: n for word, n in found.items() if word[-1] == "ь" for ending in ("и", "ьма")}
    return found | {word.replace("-", " "): value for word, value in found.items() if "-" in word}


_THAI_COUNTED = re.compile(
    r"\s?(?:คน|ราย|ประเทศ|ครั้ง|วัน|เดือน|ปี|ลำ|นาย|แห่ง|เสียง|ข้อ|ฉบับ|ศพ|ชั่วโมง|คัน|ดวง|หลัง|ลูก|กอง|สัปดาห์|เปอร์เซ็นต์|เท่า|บาท)"
)
_THAI_PERCENT = re.compile(r"ร้อยละ\s?$")


def figures_in_words(text: str, language: str) -> Iterator[tuple[int, int, float]]:
    """Give the figures of a text that are written in words, as (start, end, value) in order.

    One and two are among them, which count nothing in "both" and "one of".
    """
    if language in ("zh", "ja", "yue"):
        yield from ((match.start(), match.end(), han_value(match[0])) for match in _HAN.finditer(text))
        return
    table = _numerals(language)
    if table is None:
        return
    pattern, values = table
    folded = text.lower() if len(text.lower()) == len(text) else text
    done = 0
    for bent in _BENT[language].finditer(folded) if language in _BENT else ():
        figure = next((word for n in range(len(bent[1]), 1, -1) if (word := _hard(bent[1][:n])) in values), None)
        if figure and figure != bent[1].split(" ")[0]:
            end = bent[1].find(" ", len(figure))
            yield bent.start(1), bent.end(1) if end < 0 else bent.start(1) + end, float(values[figure])
    for match in pattern.finditer(folded):
        if match.start() < done:
            continue
        if language == "vi" and text[match.start()].isupper() and not _opens(text, *match.span()):
            continue  # "Ba Lan", "thứ Ba"
        if folded.endswith(_NO_FIGURE.get(language, ()), 0, match.start()):
            continue
        value, done = _multiplied(folded, float(values[_plain(match[0])]), match.end(), language)
        if language == "th" and not (
            _THAI_COUNTED.match(text, done) or _THAI_PERCENT.search(text[max(0, match.start() - 8) : match.start()])
        ):
            continue
        joined = _JOINED.get(language)
        while joined and value >= _HIGH and (link := joined.match(folded, done)):
            more = pattern.match(folded[link.end() : link.end() + _LONGEST])  # cut off: Arabic glues "and" to it
            below = values[_plain(more[0])] if more else value
            if more is None or below >= value:
                break
            added, done = _multiplied(folded, float(below), link.end() + more.end(), language)
            times = added / below  # مئة وثلاثون ألفاً: what stands before a multiplier is multiplied as one
            value = (value + below) * times if value < 1000 <= times else value + added
        alone = done == match.end()
        if language == "en" and folded.endswith("half ", 0, match.start()):
            value /= 2  # half a million
        if not (alone and match[0] in _multiplied_only(language)):
            yield match.start(), done, value


# What stands before a word that is no figure behind it: deux pour cent, sağ elli (right-handed).
_NO_FIGURE = {"fr": ("pour ",), "it": ("per ",), "en": ("per ",), "tr": ("sağ ", "sol ", "çift ")}


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital opens a sentence and no name: "Ba tháng sau"."""
    return (
        text[:start].rstrip(' “"(')[-1:] in ("", ".", "!", "?", "\n", ":")
        and not text[end : end + 2].strip()[:1].isupper()
    )


# A figure that has a case behind the word for "per cent", where it can be no other word: yüzde üçü.
_BENT = {"tr": re.compile(r"(?<=yüzde )(\w+(?: \w+)?)(?!\w)")}


def _hard(word: str) -> str:
    return "dört" if word == "dörd" else word


_LONGEST = 24  # characters of a figure in words
_HIGH = 20  # from which on what "and" joins is one figure
_JOINED = {
    "fa": re.compile(r"\sو\s"),
    "ar": re.compile(r"\s?و(?=\w)|\sو\s"),
    "he": re.compile(r"\sו(?=\w)"),
    "en": re.compile(r"\sand\s"),
}


@cache
def _multiplied_only(language: str) -> frozenset[str]:
    """The figures that are also other words, and count only before a multiplier: "năm nghìn"."""
    listed = data("numerals").get(language, {}).get("before a multiplier", {})
    return frozenset(word for words in listed.values() for word in words.split("|"))


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
