"""Sentences: where each whole sentence of a text begins and ends, in every language.

Sentencex (Wikimedia) proposes boundaries for scripts that have sentence marks; what it splits wrongly (abbreviations,
initials, ordinals, quotations that go on) is joined again. Thai, Lao, Khmer and Burmese have no such marks: their
paragraphs are split at spaces only where a sentence very probably begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
        if end > start:
            yield start, end
        start, end = first if not end else end, last
    if end > start:
        yield start, end


def _breaks(text: str, start: int, at: int, language: str) -> bool:
    """Whether a sentence that began at ``start`` really ends before ``at``."""
    before, after = text[max(start, at - 40) : at].rstrip(), text[at : at + 40].lstrip()
    if not before or not after:
        return True
    bare = before.rstrip(_CLOSERS)
    mark = bare[-1:]
    if mark not in _ENDS:
        return language in ("zh", "ja") and False
    if after[0].islower():
        return False
    if language in ("zh", "ja", "yue"):
        return not (bare != before and _goes_on(after, language))
    if mark == ".":
        word = _LAST_WORD.search(bare)
        if word and word[1].casefold() in _abbreviations(language):
            return False
        if _INITIAL.search(bare) and after[0].isupper():
            return False
        if language in _ORDINALS and _ORDINAL.search(bare):
            return False
    return True


_ORDINALS = frozenset("de cs sk da no fi hu tr pl sl hr sr et lv is nb".split())
_AFTER_QUOTE = {"ja": re.compile(r"[とをのにがはもなで、と]"), "zh": re.compile(r"[，、的。]")}


def _goes_on(after: str, language: str) -> bool:
    pattern = _AFTER_QUOTE.get(language)
    return bool(pattern and pattern.match(after))


def _abbreviations(language: str) -> frozenset[str]:
    return _ABBREVIATIONS.get(language, frozenset())


_ABBREVIATIONS = {language: frozenset(words.casefold().split()) for language, words in table("abbreviations").items()}


# ---------------------------------------------------------------- scripts without

_THAI_BEGINS = re.compile(
    r"\s+(?=(?:เมื่อวันที่|เมื่อวาน|ขณะที่|ในขณะที่|ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|ก่อนหน้านี้|ด้าน(?:นาย|นาง|พล)|ต่อมา|ล่าสุด|"
    r"ตามรายงาน|สำหรับ|ส่วน(?:นาย|นาง)|โดยก่อนหน้านี้|อย่างไรก็ดี|ในวันเดียวกัน|วันเดียวกัน|จากนั้น|ขณะเดียวกัน|ในเดือน|ในปี|"
    r"นาย\S{2,40}?\s?(?:กล่าว|ระบุ|เปิดเผย|แถลง)|นาง\S{2,40}?\s?(?:กล่าว|ระบุ|เปิดเผย|แถลง)))"
)
_THAI_MARK = re.compile(
    r"[!?។။៕](?:[\"”’)]*)(?:\s+|$)|[.](?:[\"”’)]*)\s+(?=[\u0e00-\u0e7f])|[”\"]\s+(?=(?:นาย|นาง|ทั้งนี้|ขณะ|โดย))"
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
