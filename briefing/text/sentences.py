"""Sentences: where each whole sentence of a text begins and ends, in every language.

Sentencex (Wikimedia) proposes boundaries for scripts that have sentence marks; what it splits wrongly (abbreviations,
initials, ordinals, quotations that go on) is joined again. Thai, Lao, Khmer and Burmese have no such marks: their
paragraphs are split at spaces only where a sentence very probably begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sentencex import get_sentence_boundaries

from briefing.text.data import table

_LONGEST = 20_000  # characters of one paragraph handed to the segmenter at once
_UNMARKED = frozenset({"th", "lo", "km", "my"})
_PARAGRAPH = re.compile(r"[^\n]+")
_WHOLE_THAI = 250  # a Thai paragraph up to this length may stay one sentence


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into a text: ``text[start:end]``."""

    start: int
    end: int


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """Give the spans of the sentences of a text, in order, without the white space around them.

    A line break always ends a sentence: paragraphs come one a line. Between two spans there is only white space.
    """
    base = language.split("-")[0]
    spans: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        for start in range(paragraph.start(), paragraph.end(), _LONGEST):
            piece = text[start : min(start + _LONGEST, paragraph.end())]
            bounds = _unmarked(piece) if base in _UNMARKED else _marked(piece, base)
            for first, last in bounds:
                kept = _trim(text, start + first, start + last)
                if kept.end > kept.start:
                    spans.append(kept)
    return tuple(spans)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# ---------------------------------------------------------------- scripts with sentence marks

_ENDS = ".!?…。！？｡؟۔।॥։።"
_CLOSERS = "\"'”’»›)]）」』】》〉】］〕"
_INITIAL = re.compile(r"(?:^|[\s.(\"“«-])[^\W\d_]\.[\"”»)]*\s*$")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,4}\.\s*$")
_LAST_WORD = re.compile(r"([^\s\"“”«»„()\[\]]+)\.\s*$")


def _marked(text: str, language: str) -> Iterator[tuple[int, int]]:
    start, end = 0, 0
    for bound in get_sentence_boundaries(language, text):
        first, last = bound["start_index"], bound["end_index"]
        if end > start and not _breaks(text, start, first, language):
            end = last
            continue
        yield from _parts(text, start, end, language)
        start, end = end or first, last
    yield from _parts(text, start, max(end, len(text)), language)


def _parts(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """A quotation of many sentences, or one that never closes, is cut at its marks where it grows too long to read.

    Before a figure (。1年後) the segmenter sees the mark of a footnote, which news has none of, and in "5 May." and
    "voted no." an abbreviation.
    """
    missed = _MISSED.get(language)
    for mark in missed.finditer(text, start, end) if missed else ():
        if _breaks(text, start, mark.start(), language):
            yield start, mark.start()
            start = mark.start()
    if end - start > _LONG.get(language, 400):
        for mark in _MARKS.finditer(text, start, end):
            cut = mark.end()
            if cut - start > 40 and end - cut > 20 and _breaks(text, start, cut, language, quoted=True):
                yield start, cut
                start = cut
    if end > start:
        yield start, end


def _breaks(text: str, start: int, at: int, language: str, *, quoted: bool = False) -> bool:
    """Whether a sentence that began at ``start`` really ends before ``at``."""
    before, after = text[max(start, at - 40) : at].rstrip(), text[at : at + 40].lstrip()
    if not before or not after:
        return True
    bare = before.rstrip(_CLOSERS + "“‘ \u00a0\u202f")  # „German“ and « French » close with these
    mark = bare[-1:]
    if mark not in _ENDS or after[0].islower() or _GOES_ON.match(after):
        return False
    if after[0] in "-–—" and not text[at - 1].isspace():
        return False  # MADRID (EFE).- El presidente
    if mark == "." and language in _DANDA and "।" in text:
        return False
    if language in ("zh", "ja", "yue"):
        inside = not quoted and _open(text[start:at])
        return not inside and not (bare != before and _goes_on(after, language))
    if language == "ko" and bare != before and _goes_on(after, language):
        return False
    if mark == ".":
        word = _LAST_WORD.search(bare)
        a_word = word and word[1] in _WORDS_TOO.get(language, "") and after.lstrip("\"“‘'")[:1].isupper()
        if word and not a_word and re.split("['’]", word[1].casefold())[-1] in _abbreviations(language):
            return False
        if _INITIAL.search(bare) and after[0].isupper():
            return False
        if after[0].isdigit() and word and _NO_VOWEL.fullmatch(word[1]):
            return False  # w I kw. 2025 r.
        if language in _ORDINALS and _ORDINAL.search(bare):
            return False
    return True


def _open(piece: str) -> bool:
    """Whether a Chinese or Japanese quotation has begun and not ended."""
    return any(piece.count(opener) > piece.count(closer) for opener, closer in ("「」", "『』", "“”", "《》"))


_LONG = {"zh": 160, "ja": 160, "ko": 250}  # characters; 400 elsewhere
_MARKS = re.compile(
    rf"(?<![{re.escape(_ENDS)}])[{re.escape(_ENDS)}]++[{re.escape(_CLOSERS)}“]*(?:\s+|(?<=[。！？｡])|(?<=[。！？｡][”」』]))"
)
_BEFORE_FIGURE = re.compile(r"(?<=[。！？｡])(?=\d)")
# Small letters make these words, which capitals or figures make abbreviations: "voted no. Officials", "No. 5".
_WORDS_TOO = {"en": frozenset(("no", "sat", "sun")), "es": frozenset(("no",)), "it": frozenset(("no",))}
_AFTER_NO = re.compile(r"(?<=\bno\.)\s+(?=[\"“«¿¡]?[^\W\d_a-zà-ÿ])")
_MISSED = {
    "zh": _BEFORE_FIGURE,
    "ja": _BEFORE_FIGURE,
    "yue": _BEFORE_FIGURE,
    "en": re.compile(r"(?:(?<=\d May\.)|(?<=\b(?:sat|sun)\.)|(?<=\bno\.))\s+(?=[\"“‘']?[A-Z])"),
    "es": _AFTER_NO,
    "it": _AFTER_NO,
}
# What can only go on: a comma, a closing mark, a dash before a small letter, or nothing but marks.
_GOES_ON = re.compile(r"[,;:，、；：)\]»）]|[-–—][ \u00a0][^\W\dA-ZА-ЯЁІЇЄ]|[^\w\s]+(?:\s|$)(?![\w\s])|[^\w\s]+$")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xzłńśćźżčřšžбвгджзклмнпрстфхцчшщ]{1,4}")  # a word without one is shortened
_DANDA = frozenset(("hi", "mr", "ne", "bn", "as", "or"))  # with it, a point is an abbreviation's
_ORDINALS = frozenset(["de", "cs", "sk", "da", "no", "fi", "hu", "tr", "pl", "sl", "hr", "sr", "et", "lv", "is", "nb"])
_AFTER_QUOTE = {
    "ko": re.compile("라고|라는|라며|이라|고 |며 |는 |란 |하고|라 "),
    "ja": re.compile(r"[とをのにがはもなで、と]"),
    "zh": re.compile(
        r"[，、的。]|[^。！？“”]{1,24}?(?:说|說|表示|称|稱|指出|强调|強調|认为|認為|回应|回應|道)[，。：]"
    ),
}


def _goes_on(after: str, language: str) -> bool:
    pattern = _AFTER_QUOTE.get(language)
    return bool(pattern and pattern.match(after))


@cache
def _abbreviations(language: str) -> frozenset[str]:
    """The abbreviations of a language; foreign names bring the English ones everywhere."""
    listed = table("abbreviations")
    return frozenset(f"{listed.get(language, '')} {listed['*']}".casefold().split())


_ABBREVIATIONS = {language: frozenset(words.casefold().split()) for language, words in table("abbreviations").items()}


# ---------------------------------------------------------------- scripts without

_THAI_BEGINS = re.compile(
    r"\s+(?=(?:เมื่อวันที่|เมื่อวาน|ขณะที่|ในขณะที่|ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|ก่อนหน้านี้|ด้าน(?:นาย|นาง|พล)|ต่อมา|ล่าสุด|"
    r"ตามรายงาน|สำหรับ|ส่วน(?:นาย|นาง)|โดยก่อนหน้านี้|อย่างไรก็ดี|ในวันเดียวกัน|วันเดียวกัน|จากนั้น|ขณะเดียวกัน|ในเดือน|ในปี|"
    r"นาย\S{2,40}?\s?(?:กล่าว|ระบุ|เปิดเผย|แถลง)|นาง\S{2,40}?\s?(?:กล่าว|ระบุ|เปิดเผย|แถลง)))"
)
_NOT_SHORT = "".join(f"(?<!{word})" for word in table("abbreviations")["th"].split())
_THAI_MARK = re.compile(
    r"[!?។။៕](?:[\"”’)]*)(?:\s+|$)|(?<=[\u0e01-\u0e4e]{4})"
    + _NOT_SHORT
    + r"[.](?:[\"”’)]*)\s+(?=[\u0e00-\u0e7f])|[”\"]\s+(?=(?:นาย|นาง|ทั้งนี้|ขณะ|โดย))"
)


def _unmarked(text: str) -> Iterator[tuple[int, int]]:
    cuts = {match.end() for match in _THAI_MARK.finditer(text)}
    if len(text) > _WHOLE_THAI:
        cuts |= {match.end() for match in _THAI_BEGINS.finditer(text)}
    start = 0
    for cut in sorted(cuts):
        if cut - start >= 40 and len(text) - cut >= 40:
            yield start, cut
            start = cut
    yield start, len(text)


# ---------------------------------------------------------------- whole or not

_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”»)\s]*$")
_OPENS_LOW = re.compile(r"^[\"“«'(\[]*[a-zà-öø-ÿа-яёђ-џ]")


def is_whole(sentence: str, language: str) -> bool:
    """Whether this is a whole sentence: not a fragment, not a label line, not cut off with an ellipsis."""
    sentence = sentence.strip()
    base = language.split("-")[0]
    if len(sentence) < 8 or _CUT.search(sentence):
        return False
    if base in _UNMARKED:
        return len(sentence) >= 25 and not sentence.endswith((":", ",", "-"))
    if sentence.rstrip(_CLOSERS)[-1:] not in _ENDS and sentence[-1] not in _ENDS:
        return False
    if _OPENS_LOW.match(sentence):
        return False
    return sentence.count("(") == sentence.count(")")
