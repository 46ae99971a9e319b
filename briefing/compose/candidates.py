"""Which sentences of the sources may be told: whole, standing on their own, and news."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from briefing.compose.tables import table
from briefing.model import Article
from briefing.text.language import spaced
from briefing.text.sentences import Span, is_whole, sentences
from briefing.text.words import words

LONGEST = 700
"""Characters of the longest sentence that is told; longer ones are run-on text, tables or minutes."""
_PER_ARTICLE = 60  # sentences read of one article: news comes first
_READ = 40_000  # characters read of one article
_QUOTES = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("„", "“”"), ("《", "》"))
_OPENING = "\"'“‘«„「『‹(（[【-–—•*·▪►> \t"
_LINK = re.compile(
    r"https?://|www\.|\S+@\S+\.\w|[©®]|\s[|│]\s|►|>>|#\w+\s#\w+"
    r"|\bignore (?:all |any |the |your )*(?:previous |prior |above |earlier )*instructions",  # said to a machine
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s+(?:of|de|du|des|di|da|do|von|van|av|af|d['’])\s*[^\W\d_a-z]")  # "the city of Lyon" names it
_OPENING_WORDS = re.compile(r"(?:[^\s,]+\s){1,4}[^\s,]+")
_QUESTION = re.compile(r"[?？؟;]\s*[\"”»'’)\]」』]*$")
_TEASER = re.compile(r"(?:…|\.\.\.|:|：)\s*[\"”»'’)\]」』]*$")
_ENUMERATED = re.compile(r"^\s*(?:\d{1,2}[.)]|[•*▪►])\s")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s*$")
_BULLET = re.compile(r"[-–—]\s+(?=\S)")
_CREDIT = re.compile(
    r"[(\[（][^()\[\]（）]{0,60}(?:photo|pic(?:ture)?\b|image|ảnh|фото|foto|bild|写真|사진|图|圖|ภาพ|عکس|تصویر|صورة|תמונה|צילום|फोटो)"
    r"[^()\[\]（）]{0,60}[)\]）]\s*$",
    re.IGNORECASE,
)
_GERSHAYIM = re.compile(r'(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
_DATELINE = re.compile(r"[^\W\d_a-zа-яёіїєґ]{3,}\b[^.!?]{0,50}\s[—–-]\s[^.!?,]{2,30}\.$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be told: ``articles[article].text[start:end] == text``.

    ``position`` counts the sentences of its article from 0, told or not. ``leans`` is true where it opens with a word
    whose referent is in the sentence before (``He``, ``This``), ``links`` where it only ties on to it (``However``).
    ``length`` is in words as a reader counts them.
    """

    article: int
    position: int
    start: int
    end: int
    text: str
    language: str
    leans: bool
    links: bool
    tokens: tuple[str, ...]
    length: int

    @property
    def loose(self) -> bool:
        """Whether it can be read without the sentence before it."""
        return not (self.leans or self.links)


@dataclass(frozen=True, slots=True)
class _Cues:
    references: re.Pattern[str] | None
    titles: re.Pattern[str] | None
    links: re.Pattern[str] | None
    ties: re.Pattern[str] | None
    speech: re.Pattern[str] | None
    debris: re.Pattern[str] | None


@cache
def _cues(language: str) -> _Cues:
    listed = table("openers").get(language, {})
    ends = r"(?!\w)" if spaced(language) and language != "ko" else ""

    def either(kind: str, *, start: str = "", end: str = ends) -> re.Pattern[str] | None:
        phrases = sorted(listed.get(kind, ()), key=len, reverse=True)
        if not phrases:
            return None
        joined = "|".join(re.escape(phrase.casefold()) + (end if phrase[-1].isalnum() else "") for phrase in phrases)
        return re.compile(f"{start}(?:{joined})")

    return _Cues(
        either("references"),
        either("titles", end=r"(?!\w)"),
        either("links"),
        either("ties", start=r"(?<!\w)"),
        either("speech", start="" if not spaced(language) else r"(?<!\w)"),
        either("debris", end=""),
    )


def length_in_words(text: str, language: str) -> int:
    """Count words as a reader does: by spaces where the language has them, by the segmenter where it has not."""
    return len(text.split()) if spaced(language) else len(words(text, language))


def _title_without_name(text: str, cues: _Cues) -> bool:
    """Whether it opens with a title that no name follows: "Ông nói", not "Ông Stoltenberg nói"."""
    found = cues.titles.match(text.casefold()) if cues.titles else None
    if not found:
        return False
    rest = text[found.end() :].lstrip()
    return not rest[:1].isupper()


def _named(rest: str) -> bool:
    """Whether what stands before is named by what follows: "the city" by "of Lyon", not by "of the north"."""
    found = _NAMED.match(rest)
    return found is not None and found[0][-1].isupper()


def _leans(text: str, cues: _Cues) -> tuple[bool, bool]:
    """Whether the sentence points back (references), and whether it ties on (links)."""
    bare = text.lstrip(_OPENING)
    folded = bare.casefold()
    points = bool(cues.references and cues.references.match(folded)) or _title_without_name(bare, cues)
    if not points and cues.speech:
        points = bool(cues.speech.search(folded))
    if not points:
        points = _only_quotation(text)
    opening = _OPENING_WORDS.match(folded)
    tied = bool(cues.ties and opening and cues.ties.search(folded, 0, opening.end()))
    link = cues.links.match(folded) if cues.links else None
    named = link and len(folded) == len(bare) and _named(bare[link.end() :])
    return points, tied or bool(link and not named)


def _only_quotation(text: str) -> bool:
    """Whether nothing but a quotation is there, so that nobody says it."""
    stripped = text.strip()
    for first, last in (*_QUOTES, ('"', '"')):
        if stripped.startswith(first):
            closing = max(stripped.rfind(mark) for mark in last)
            inner = stripped[len(first) : closing]
            rest = stripped[closing + 1 :].strip(" .!?。،,")
            return closing > 0 and first not in inner and not any(mark in inner for mark in last) and len(rest) < 3
    return False


def _balanced(text: str, language: str) -> bool:
    if language == "he":
        text = _GERSHAYIM.sub("", text)
    if text.count('"') % 2 or text.count("(") != text.count(")") or text.count("（") != text.count("）"):
        return False
    if text.count("„"):
        return text.count("„") <= text.count("“") + text.count("”")
    return all(text.count(first) == sum(map(text.count, last)) for first, last in _QUOTES if first != "„")


def _news(text: str, language: str, cues: _Cues) -> bool:
    """Whether it is a line of news: no question, teaser, caption, address, table row, list mark or half a quotation."""
    if _LINK.search(text) or _TEASER.search(text) or _ENUMERATED.match(text) or not _balanced(text, language):
        return False
    if _QUESTION.search(text) and not (text.rstrip().endswith(";") and language != "el"):
        return False
    if cues.debris and cues.debris.match(text.lstrip(_OPENING).casefold()):
        return False
    if len(text) < 80 and _DATELINE.fullmatch(text):
        return False
    letters = sum(char.isalpha() or unicodedata.category(char) in ("Mn", "Mc") for char in text)
    digits = sum(map(str.isdigit, text))
    return letters >= 8 and digits * 2 <= letters


def _begin(text: str, span: Span) -> int | None:
    """Give where a sentence begins, behind a bullet; None for an item of a numbered list and a picture's caption."""
    line = text.rfind("\n", 0, span.start) + 1
    if span.start > line and _NUMBERED.fullmatch(text, line, span.start):
        return None
    end = text.find("\n", span.end)
    rest = text[span.end : span.end + 200 if end < 0 else min(end, span.end + 200)]
    if rest and span.end - line < 400 and _CREDIT.fullmatch(rest.strip()):
        return None
    bullet = _BULLET.match(text, span.start, span.end) if span.start == line else None
    return bullet.end() if bullet else span.start


def candidates(articles: Sequence[Article], each: int = _PER_ARTICLE) -> tuple[Candidate, ...]:
    """Give the tellable sentences of articles, article by article, in order.

    At most the first ``each`` sentences (60) and 40,000 characters of an article are read. A sentence is left out
    when it is not whole, longer than `LONGEST`, a question, a teaser, a caption, or an exact copy of its article's
    headline.
    """
    found: list[Candidate] = []
    for index, article in enumerate(articles):
        language = article.language.split("-")[0]
        cues = _cues(language)
        headline = article.title.strip().rstrip(".").casefold()
        spans = sentences(article.text[:_READ], article.language)[: min(each, _PER_ARTICLE)]
        for position, span in enumerate(spans):
            if span.end == _READ:
                break  # cut by us
            start = _begin(article.text, span)
            if start is None:
                continue
            text = article.text[start : span.end]
            if not 15 <= len(text) <= LONGEST * (0.5 if language in ("zh", "ja") else 1):
                continue
            if not is_whole(text, article.language) or not _news(text, language, cues):
                continue
            if text.rstrip(".").casefold() == headline:
                continue
            length = length_in_words(text, language)
            if length < 4:
                continue
            leans, links = _leans(text, cues)
            tokens = words(text, article.language)
            found.append(
                Candidate(index, position, start, span.end, text, article.language, leans, links, tokens, length)
            )
    return tuple(found)
