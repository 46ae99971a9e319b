"""Teasers of other articles that stand behind an article on its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.lines import Kind, Line, ends_sentence, is_photo_credit, unmarked
from briefing.extract.phrases import fold, phrases

_FOOTER: frozenset[Kind] = frozenset({"legal", "service"})
_MARKS: frozenset[Kind] = frozenset(
    {"related", "comments", "rating", "source", "tags", "share", "also", "empty", "legal"}
)
_SENTENCE = 45  # letters that a teaser of one sentence has at least
_UNMARKED_SENTENCE = 150  # in scripts without sentence marks, where a shorter line may be a bare title
_TITLE = 18
_MOST = 50  # teasers of one page
_LOST_BREAK = re.compile(r"(?:[^\W_][.!?]|[)\]”»\"][.!?]|[.!?][”»])(?=[\"“«]?[^\W\d_])|(?:[^\W_][.!?]\")(?=[^\W\d_])")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_ABBREVIATIONS = frozenset({
    "mr", "mrs", "ms", "dr", "ph", "st", "vs", "prof", "jr", "sr", "ths", "ts", "gs", "pgs", "bs", "tp", "no", "inc",
})  # fmt: skip
_CAPTION_FIRST = re.compile(r"^[^()]{3,220}[(（]([^()（）]{2,60})[)）]\s*[.。]?\s*(?=\S|$)")
_CUT_OFF = re.compile(r"(?:…|\.{3}|\[(?:…|\.{3}|&hellip;)\])\s*$")


@dataclass(frozen=True, slots=True)
class Teaser:
    """One teaser: its title, where it has one, and its text as paragraphs."""

    title: str | None
    text: str


def teasers(tail: Sequence[Line]) -> tuple[Teaser, ...]:
    """Give the teasers among the lines behind an article: a title with its text, or sentences that stand alone.

    Bare titles are links and no teasers; what readers wrote, a footer and what follows it are passed over.
    """
    lines = _before_footer(tail)
    if _has_comments(lines) or not any(line.kind in _MARKS for line in tail):
        return ()
    labels = _labels(lines)
    found: list[tuple[str | None, list[str]]] = []
    title: str | None = None
    open_item = False
    for line in lines:
        if line.kind in ("prose", "foreign") and _is_sentence(line):
            if title is None and open_item:
                found[-1][1].append(line.text)
            else:
                found.append((title, [line.text]))
                open_item = title is not None
            title = None
        elif line.kind in ("prose", "short", "foreign") and line.folded not in labels:
            title = line.text if line.units >= _TITLE else None
            open_item = False
        else:
            title, open_item = None, False
    return tuple(Teaser(name, text) for name, texts in found[:_MOST] if (text := _tidy(texts)))


def _before_footer(tail: Sequence[Line]) -> Sequence[Line]:
    """Give the lines up to the page's footer: two lines of law or service near each other, or a copyright."""
    for at, line in enumerate(tail):
        near = sum(1 for other in tail[at : at + 3] if other.kind in _FOOTER)
        if line.kind == "legal" or (line.kind == "service" and near >= 2):
            return tail[:at]
    return tail


def _has_comments(lines: Sequence[Line]) -> bool:
    """Whether readers' comments stand there: words such as ``Reply``, or a count of comments above zero."""
    if sum(1 for line in lines if line.kind == "reply" or phrases("reply").whole(line.folded)) >= 1:
        return True
    counts = [re.search(r"\d+", line.text) for line in lines if line.kind == "comments"]
    return any(count and int(count[0][:6]) > 0 for count in counts)


def _labels(lines: Sequence[Line]) -> frozenset[str]:
    """Give the short lines that come again and again but for a number, folded: labels such as ``News 1``."""
    short = {line.folded: _unnumbered(line.folded) for line in lines if line.units <= 25}
    seen = Counter(_unnumbered(line.folded) for line in lines if line.units <= 25)
    return frozenset(folded for folded, bare in short.items() if seen[bare] > 1)


def _unnumbered(folded: str) -> str:
    return "".join(char for char in folded if not char.isdigit()).strip()


def _is_sentence(line: Line) -> bool:
    if unmarked(line.text):
        return line.units >= _UNMARKED_SENTENCE
    return line.units >= _SENTENCE and (ends_sentence(line.text) or bool(_CUT_OFF.search(line.text)))


def _tidy(texts: Sequence[str]) -> str:
    return "\n\n".join(part for text in texts for part in whole_paragraphs(text))


def whole_paragraphs(text: str) -> list[str]:
    """Give a teaser's paragraphs: a leading caption and a sentence that was cut off go, lost line breaks come back.

    A break is lost where a sentence follows another without a space (``Moscow.Kyiv``).
    """
    parts = _at_lost_breaks(text)
    first = _CAPTION_FIRST.match(parts[0])
    if first and is_photo_credit(first[1]):
        rest = parts[0][first.end() :].strip()
        parts = [rest, *parts[1:]] if fold(rest) else parts[1:] or parts
    if _CUT_OFF.search(parts[-1]):
        kept = re.match(r".*[.!?。！？؟۔][\"”»’)]*(?=\s)", _CUT_OFF.sub("", parts[-1]), re.DOTALL)
        if kept:
            parts[-1] = kept[0]
        elif len(parts) > 1:
            parts.pop()
    return parts


def _at_lost_breaks(text: str) -> list[str]:
    """Split where a sentence follows another without a space: a capital after a mark that is no abbreviation's."""
    cuts: list[int] = []
    for found in _LOST_BREAK.finditer(text):
        at = found.end()
        if found[0].endswith('"') and text.count('"', 0, at) % 2:
            at -= 1  # an odd straight quote opens what follows
        before, after = text[found.start()], text[at:].lstrip('"“«')[:1]
        word = _LAST_WORD.search(text, max(0, found.start() - 10), found.start() + 1)
        if after.isupper() and not before.isupper() and not (word and word[0].lower() in _ABBREVIATIONS):
            cuts.append(at)
    if not cuts:
        return [text]
    return [
        part.strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if (part := text[start:end])
    ]
