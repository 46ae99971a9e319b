"""Numbers: figures with what they count, in every digit and notation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.text.data import table
from briefing.text.words import words

# The first digit (zero) of each decimal digit block that news is written in.
_ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10,
)  # fmt: skip
_FOLD = {zero + n: str(n) for zero in _ZEROS for n in range(10)}
_NATIVE = re.compile("[" + "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in _ZEROS) + "]")


def digits(text: str) -> str:
    """Give the text with native digits of any script as ASCII digits; every offset stays the same."""
    if text.isascii() or not _NATIVE.search(text):
        return text
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A figure at ``text[start:end]``, its value with multipliers applied, and what it counts.

    ``unit`` is ``%`` for a percentage, an ISO 4217 code for money, else the folded word beside the figure, or ''.
    """

    start: int
    end: int
    value: float
    unit: str


# A figure stands free of letters; only of scripts that put no space between words may one stand before it: ราว3,000คน.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_FIGURE = re.compile(
    rf"(?<![^\W{_UNSPACED}])(?<![.,/:٫٬])(?<![^\W\d_]-)(?P<money>[$€£¥₩₫฿₽₴₹₺₪﷼]\s?)?"
    r"(?P<figure>\d{1,3}(?:[.,\u00a0\u202f\u2009 '’٬،]\d{3})+(?:[.,٫]\d{1,3})?(?!\d)|\d+(?:[.,٫]\d+|٬\d{1,2}(?!\d))?)"
    r"(?![\d/:]|[.,]\d)"
)
_BEGINS = re.compile(r"[$€£¥₩₫฿₽₴₹₺₪﷼]|\d+")
_EASTERN = frozenset(("zh", "ja", "ko", "yue"))
_STEP = re.compile(
    r"(?P<gap>\s?)(?:(?P<figure>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d.]|\s?[年月日년월일])"
    r"|[多余餘여数數수]?(?P<small>[十십]|[百백](?!分)|[千천](?![瓦克米卡伏]))"
    r"|[多余餘여数數수]?(?P<myriad>[万萬만亿億憶억]|[兆조](?![瓦赫字帕])))"
)
_SMALL = {**dict.fromkeys("十십", 1e1), **dict.fromkeys("百백", 1e2), **dict.fromkeys("千천", 1e3)}
_MYRIADS = {**dict.fromkeys("万萬만", 1e4), **dict.fromkeys("亿億憶억", 1e8), **dict.fromkeys("兆조", 1e12)}
_DATED = re.compile(r"\d{1,4}-\d{1,2}-\d{1,4}")
_DECIMAL_COMMA = frozenset((
    "vi", "de", "fr", "es", "it", "pt", "pl", "ru", "uk", "id", "tr", "nl", "bg", "cs", "sk", "ro", "hu", "da",
    "sv", "no", "fi", "el", "sr", "hr", "sl", "be", "fa",
))  # fmt: skip
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₫": "VND", "฿": "THB", "₽": "RUB", "₴": "UAH",
            "₹": "INR", "₺": "TRY", "₪": "ILS", "﷼": "IRR"}  # fmt: skip
_PERCENT = re.compile(r"\s?(?:%|٪|％)")
_NEXT = re.compile(r"\s?([^\W\d_][^\s,.;:!?()\"“”«»。，、）（]*)")


def _value(figure: str, language: str) -> float | None:
    """The value of a written figure, or None where the language does not say what its mark means."""
    figure = re.sub(r"٬(?=\d{1,2}$)", "٫", figure)  # a decimal mark all the same
    figure = (
        re.sub(r"[\s'’٬]", "", figure).replace("٫", "." if language not in _DECIMAL_COMMA else ",").replace("،", ",")
    )
    comma, dot = figure.count(","), figure.count(".")
    if not comma and not dot:
        return float(figure)
    if comma and dot:
        decimal = "," if figure.rfind(",") > figure.rfind(".") else "."
    elif comma > 1 or dot > 1:
        decimal = "." if comma else ","
    else:
        mark = "," if comma else "."
        own = "," if language in _DECIMAL_COMMA else "."
        if language == "ar":
            own = "," if mark == "." else "."  # either mark parts thousands, by country
        grouped = len(figure) - figure.index(mark) - 1 == 3 and not figure.startswith("0")
        decimal = own if grouped else mark
    thousands = "." if decimal == "," else ","
    try:
        return float(figure.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return None


@cache
def multipliers(language: str) -> tuple[re.Pattern[str], dict[str, float]] | None:
    """Give the pattern of what multiplies a figure right before it ("million", "nghìn"), and the values by word."""
    listed: dict[str, float] = {
        word: float(value) for value, names in table("multipliers").get(language, {}).items() for word in names.split()
    }
    if not listed:
        return None
    listed = {word.replace("_", " "): value for word, value in listed.items()}
    longest = sorted(listed, key=len, reverse=True)
    tail = "" if language in ("th", "zh", "ja", "ko", "lo", "km", "my") else r"(?!\w)"
    if language == "tr":
        tail = rf"(?:l[ıiuü][kğ]\w*)?{tail}"  # 180 milyonluk
    return re.compile(r"[\s\u00a0-]?(" + "|".join(map(re.escape, longest)) + ")" + tail, re.IGNORECASE), listed


def _stepped(text: str, end: int, value: float) -> tuple[float, int]:
    """Give the value and end of a figure with what East Asian steps follow it: 3조2000억, 4万8200, 3억 5천만, 5.2万.

    A section below ten thousand is counted up from its tens, hundreds and thousands, then taken times its myriad; a
    figure after it must be smaller than that step.
    """
    total = section = 0.0
    figure: float | None = value
    room, small_room, at = float("inf"), float("inf"), end
    while step := _STEP.match(text, at):
        if step["figure"]:
            next_figure = float(step["figure"].replace(",", ""))
            if figure is not None or next_figure >= min(room, small_room):
                break
            figure = next_figure
        elif step["small"]:
            times = _SMALL[step["small"]]
            if figure is None or times >= small_room:
                break
            section, figure, small_room = section + figure * times, None, times
        else:
            times = _MYRIADS[step["myriad"]]
            counted = section + (figure or 0.0)
            if counted and times < room:
                total += counted * times
            elif total and not counted and not step["gap"]:
                total *= times  # 万亿: ten thousand times a hundred million
            else:
                break
            section, figure, room, small_room = 0.0, None, times, float("inf")
        at = step.end()
    return total + section + (figure or 0.0), at


def find_numbers(text: str, language: str) -> tuple[NumberMention, ...]:
    """Give the figures of a text in order; dates, times, scores and ordinals of lists are the caller's to leave out.

    Native digits, thousand marks by the language's own rule (``10.000`` is ten thousand in Vietnamese, ten in English),
    multiplier words (nghìn, million, هزار, พัน, 万) and money are understood.
    """
    base = language.split("-")[0]
    folded = digits(text)
    found: list[NumberMention] = []
    times_of = multipliers(base)
    dated = [match.span() for match in _DATED.finditer(folded)] if "-" in folded else []
    done = 0
    for match in _figures(folded):
        if dated and any(start <= match.start() < end for start, end in dated):
            continue
        value = _value(match["figure"], base)
        if value is None or len(match["figure"]) > 30:
            continue
        end = match.end()
        if match.start() < done:
            continue
        if base in _EASTERN and not (base == "ko" and folded[match.start() - 1 : match.start()] == "제"):
            value, end = _stepped(folded, end, value)
        while base not in _EASTERN and times_of and (times := times_of[0].match(folded, end)):
            value *= times_of[1][times[1].casefold()]
            end = times.end()
        unit = _SYMBOLS[match["money"].strip()] if match["money"] else ""
        percent = _PERCENT.match(folded, end)
        if percent:
            unit, end = "%", percent.end()
        elif not unit:
            following = _NEXT.match(folded, end)
            if following:
                unit = _unit(following[1], base)
        found.append(NumberMention(match.start(), end, value, unit))
        done = end
    return tuple(found)


def _figures(text: str) -> Iterator[re.Match[str]]:
    """Give the figures in order: the pattern is tried where one can begin, not at every character."""
    end = 0
    for start in [match.start() for match in _BEGINS.finditer(text)]:
        if start >= end and (match := _FIGURE.match(text, start)) is not None:
            end = match.end()
            yield match


def _unit(word: str, language: str) -> str:
    known = table("units").get(language, {}).get(word.casefold())
    return str(known) if known else _first_word(word[:40], language)


@lru_cache(maxsize=16_384)
def _first_word(text: str, language: str) -> str:
    first = words(text, language)
    return first[0] if first else ""
