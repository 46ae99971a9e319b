"""The figures that a sentence claims, in digits and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from briefing.grounding.numbers.spelt import figures_in_words, han_value
from briefing.grounding.tables import data
from briefing.text.language import spaced
from briefing.text.numbers import digits, find_numbers
from briefing.text.words import stopwords


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as written and its value; ``worded`` if written as a word.

    ``kind`` is ``%``, ``share`` (of a whole in words: a third is 33.3), ``money``, '' or, where a percentage may be
    meant ("35 per cent, not 22"), ``~``; ``bound`` is 1 where the figure is said to be passed ("more than"), -1 where
    it is not reached, else 0; ``about`` where it is said to be a rounded one ("nearly", "some"). ``other`` is what it
    may be as well: 16,700 and 16.7 by the mark of another country.
    """

    start: int
    end: int
    value: float
    kind: str
    worded: bool = False
    bound: int = 0
    about: bool = False
    other: float | None = None


def clear(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a span touches none of those taken."""
    return all(end <= first or last <= start for first, last in taken)


_DIGITS = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_PERCENT = re.compile(
    r"\s?(?:%|％|٪|per\s?cent|phần trăm|เปอร์เซ็นต์|درصد|процент|відсот|por\s?ciento|pour\s?cent|prozent"
    r"|por\s?cento|procent|yüzde|persen|百分|パーセント|퍼센트|프로|بالمئة|بالمائة|في المئة|في المائة|אחוז|प्रतिशत|फीसदी"
    r"|điểm phần trăm|จุดเปอร์เซ็นต์|واحد درصد|نقاط مئوية|نقطة مئوية|puntos? porcentual|points? de pourcentage"
    r"|pontos? percentua|punt[oi] percentual|p(?:unkt\w*|\.) proc|п\.\s?п\.|个百分点|個百分點|%포인트|poin persen)",
    re.IGNORECASE,
)
_PERCENT_BEFORE = re.compile(r"(?:ร้อยละ|百分之|yüzde|%|٪)\s?$", re.IGNORECASE)
_POINTS = re.compile(
    r"\s?(?:ポイント|포인트|points?\b|poin\b|puntos?\b|pontos?\b|punti\b|puan\b|điểm|نقطة|نقاط|пункт|punkt|จุด|נקוד)",
    re.IGNORECASE,
)
_BASIS_POINTS = re.compile(
    r"[\s-]?(?:basis[\s-]points?|bps?\b|个?基点|個?基點|ベーシスポイント|bp\b|베이시스\s?포인트|điểm cơ bản"
    r"|เบสิสพอยต์|จุดพื้นฐาน"
    r"|базисн\w+ пункт|puntos? básico|points? de base|basispunkt|نقطه پایه|نقطة أساس|نقاط أساس|baz puan|punti base"
    r"|pontos?[\s-]base|punkt\w* bazow|basis poin|נקודות בסיס|आधार अंक)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"^[A-Z]{3}$")


# Money's letters right before a figure, and what Hebrew hangs on one: Rp1,71, כ-130.
_GLUED = re.compile(r"(?<![A-Za-z])(?:Rp|RM|Rs|Tk|CHF|EUR|USD|GBP|SGD|PHP)\.?(?=\d)|(?<!\w)[ובכלמהש]{1,3}[-־](?=\d)")


def numbers_of(text: str, language: str, taken: list[tuple[int, int]]) -> tuple[Number, ...]:
    """Give the figures of a text in order, in digits and in words, without those in the spans ``taken`` (dates)."""
    text = _GLUED.sub(lambda glued: " " * len(glued[0]), text)
    shares = _shares(text, language)
    taken = taken + [(share.start, share.end) for share in shares]
    found = shares + [
        Number(
            n.start, n.end, n.value, _kind(text, n.start, n.end, n.unit), other=_marked(text[n.start : n.end], n.value)
        )
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
    worded = (Number(a, b, v, _kind(text, a, b, ""), True) for a, b, v in figures_in_words(text, language))
    found += [one for one in worded if clear(one.start, one.end, covered) and (one.value > 2 or one.kind == "%")]
    found = [_of_a_span(text, _in_points(text, number)) for number in found if not _decade(text, number)]
    shared = any(number.kind == "%" for number in found)
    found.sort(key=lambda number: number.start)
    return tuple(
        replace(
            number,
            kind=_elliptic(text, number, language) if shared else number.kind,
            bound=_bound(text, number, language),
            about=_about(text, number, language),
            other=number.other if after is None else _as_next(text, number, after) or number.other,
        )
        for number, after in zip(found, [*found[1:], None], strict=False)
    )


_TO = re.compile(
    r"\s?(?:[-–—~〜～]|auf|bis|to|and|or|à|a|al|ao|para|до|по|na|do|ke|hingga|lên|xuống|đến|tới|se|から|到|至|에서"
    r"|إلى|به|تا|ถึง|เป็น|ל)\s?"
)


def _as_next(text: str, number: Number, after: Number) -> float | None:
    """What a figure is where it shares the multiplier of the next: 2.2 in "from 2.2 to 3.1 billion"."""
    written = re.match(r"\D{0,3}(\d+(?:[.,]\d+)?)(?=\s?\D)", digits(text[after.start : after.end]))
    if written is None or number.value >= _FROM_ITSELF or not _TO.fullmatch(text, number.end, after.start):
        return None
    times = after.value / (float(written[1].replace(",", ".")) or 1)
    return number.value * times if times >= _FROM_ITSELF else None


_FROM_ITSELF = 1000  # what a figure is that needs no multiplier


_MARKED = re.compile(r"\D*\d{1,3}[.,،]\d{3}(?![\d.,،])")


def _marked(written: str, value: float) -> float | None:
    """What a figure is where its only mark means the other thing: 16.7 and 16,700."""
    figure = _MARKED.match(digits(written))
    if figure is None or not value:
        return None
    bare = float(re.sub(r"[^\d.]", "", figure[0].replace(",", ".").replace("،", ".")).strip("."))
    return value / 1000 if value >= 1000 * bare else value * 1000


_SPAN = re.compile(r"(?<!\d)(1[5-9]|20)(\d\d)[-–]$")


def _of_a_span(text: str, number: Number) -> Number:
    """Give a year's last two figures as the year they may be, too: 1950-53."""
    year = _SPAN.search(digits(text[max(0, number.start - 5) : number.start]))
    if number.kind or year is None or number.end - number.start != 2 or number.value <= int(year[2]):
        return number
    return replace(number, other=100 * int(year[1]) + number.value)


def _in_points(text: str, number: Number) -> Number:
    """Give a figure of basis points, which are hundredths of a percentage point, as the percentage it is."""
    if number.kind in ("", "~", "%") and _BASIS_POINTS.match(text, number.end):
        return replace(number, value=number.value / 100, kind="%", worded=False)
    return number


_PARTS_OF = re.compile(r"([0-9一二两兩三四五六七八九十百]+)\s?(?:分之|分の|분의)\s?([0-9一二两兩三四五六七八九十]+)")
_HUNDREDTHS = re.compile(r"百分之\s?([一二两兩三四五六七八九十]+)(?![点點百])")
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


@cache
def _points(language: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    """Parts of a percentage point in words: half a point, un quart de point."""
    listed = data("fractions")["points"].get(language, {})
    edge = r"(?<!\w)" if spaced(language) else ""
    return tuple((float(share), re.compile(f"{edge}(?:{words})", re.IGNORECASE)) for share, words in listed.items())


def _shares(text: str, language: str) -> list[Number]:
    """The shares of a whole in words: a third, 两成, 3分の1."""
    found = [
        Number(*match.span(), value, "%", True)
        for value, pattern in _points(language)
        for match in pattern.finditer(text)
    ]
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
        found += [Number(*match.span(), _figure(match[1]), "%", True) for match in _HUNDREDTHS.finditer(folded)]
        found += [Number(*match.span(), 10 * _figure(match[1]), "share", True) for match in _TENTHS.finditer(folded)]
    return found


def _figure(written: str) -> float:
    return float(written) if written.isdigit() else han_value(written)


_RANGE = re.compile(r"\d\s?[-–—~]\s?$")  # the second figure of a range: ร้อยละ 4.5–4.75
_NEXT = re.compile(r"\s?([^\W\d_]+)")


def _elliptic(text: str, number: Number, language: str) -> str:
    """The kind of a figure beside percentages: one that counts nothing may be a percentage, too."""
    following = _NEXT.match(text, number.end)
    if number.kind == "" and _RANGE.search(text[max(0, number.start - 3) : number.start]):
        return "~"
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


@cache
def _rounding(language: str) -> re.Pattern[str] | None:
    listed = data("bounds").get(language, {}).get("about")
    edge = r"(?<!\w)" if spaced(language) else ""
    close = r"\s?(?:[^\W\d_]{1,4}\s)?[$€£¥]?\s?$"
    return re.compile(f"{edge}(?:{listed}){close}", re.IGNORECASE) if listed else None


_COLLECTIVE = re.compile(r"aine$|illi(?:er|aio)$|illar$|centen|[ct]ena$|сотн|около|dozen|dutzend", re.IGNORECASE)


def _about(text: str, number: Number, language: str) -> bool:
    pattern = _rounding(language)
    if _COLLECTIVE.search(text[number.start : number.end]):
        return True
    return pattern is not None and pattern.search(text[max(0, number.start - _BESIDE) : number.start]) is not None


def _decade(text: str, number: Number) -> bool:
    """Whether a figure names ten years of age: "in his 40s" is 四十几岁 or "quarantaine"."""
    return number.value < 100 and number.value % 10 == 0 and text[number.end : number.end + 1] == "s"


def _kind(text: str, start: int, end: int, unit: str) -> str:
    if unit == "%" or _PERCENT.match(text, end) or _PERCENT_BEFORE.search(text[max(0, start - 8) : start]):
        return "%"
    if _POINTS.match(text, end):
        return "~"
    return "money" if _CURRENCY.match(unit) else ""
