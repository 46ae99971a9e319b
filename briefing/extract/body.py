"""Where the article begins and ends on its page, and what stands before and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.extract.lines import Kind, Line, ends_sentence, unmarked
from briefing.extract.phrases import fold, phrases
from briefing.text.dates import find_dates
from briefing.text.words import content_words

_HARD: frozenset[Kind] = frozenset({"comments", "rating", "legal", "reply"})
_SOFT: frozenset[Kind] = frozenset({"related", "source", "tags", "share"})
_BODY: frozenset[Kind] = frozenset({"prose", "short"})
_TITLE_UNITS = 200
_LABELLED = re.compile(r"^[^\W\d_]+(?:\s[^\W\d_]+){0,2}:\s+\S")
_SENTENCE, _SENTENCE_UNMARKED = 60, 28  # letters
_AHEAD = 150  # lines looked at behind a mark
_SAME_MATTER, _PLAINLY_SAME = 0.65, 0.9  # of the article's own cohesion


@dataclass(frozen=True, slots=True)
class Regions:
    """The three parts of a page: before the first paragraph, the article's lines, and what comes behind them."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    tail: tuple[Line, ...]


def divide(lines: Sequence[Line], language: str, title: str | None = None) -> Regions:
    """Divide a page's lines: the article goes from the first paragraph to the mark behind which no more of it comes.

    ``title`` is the title where the source stated it.

    Marks are comment boxes, ratings, footers (which end it once it has a few paragraphs) and related headings, sources,
    tags, buttons (which end it only where what follows does not go on about the same matter).
    """
    first = _first_paragraph(lines, title)
    if first is None:
        return Regions(tuple(lines), (), ())
    end = len(lines)
    for at in range(first + 1, len(lines)):
        kind = lines[at].kind
        if (kind in _HARD or kind in _SOFT) and _ends(lines, first, at, language):
            end = at
            break
    while end > first + 1 and not _closes(lines[end - 1]):
        end -= 1
    return Regions(tuple(lines[:first]), tuple(lines[first:end]), tuple(lines[end:]))


def _first_paragraph(lines: Sequence[Line], title: str | None) -> int | None:
    """Give the index of the first paragraph; an unstated title long enough to look like one is passed over."""
    known = fold(title or "")
    at = [number for number, line in enumerate(lines) if line.kind == "prose" and line.folded != known]
    if not at or title:
        return at[0] if at else None
    first = lines[at[0]]
    title_like = not ends_sentence(first.text) and first.units <= _TITLE_UNITS and ". " not in first.text
    alone = not any(line.kind == "short" and line.units >= 15 for line in lines[: at[0]])
    if title_like and len(at) > 1 and (not unmarked(first.text) or alone):
        return at[1]
    return at[0]


def _closes(line: Line) -> bool:
    """Whether the article may end with this line: a paragraph, or a short line that is a sentence."""
    return line.kind == "prose" or (line.kind == "short" and ends_sentence(line.text))


def _ends(lines: Sequence[Line], first: int, at: int, language: str) -> bool:
    """Whether nothing of the article follows the mark at index ``at``."""
    before = [line for line in lines[first:at] if line.kind == "prose"]
    rest = lines[at + 1 : at + 1 + _AHEAD]
    after = [line for line in rest if line.kind == "prose"]
    if not after:
        return True
    told = sum(line.units for line in before)
    if lines[at].kind in _HARD:
        return len(before) >= 2 or told >= 500 or told >= sum(line.units for line in after)
    if lines[at].kind != "related" and len(before) < 3 and _longest_run(rest) > 1:
        return False  # buttons between the standfirst and the article
    return _labelled(rest) or not _goes_on(before, after, _longest_run(rest), language)


def _longest_run(lines: Sequence[Line]) -> int:
    """Give the most paragraphs that follow each other without a title between."""
    longest = run = 0
    for line in lines:
        run = run + 1 if line.kind == "prose" else 0 if line.kind == "short" else run
        longest = max(longest, run)
    return longest


def _labelled(lines: Sequence[Line]) -> bool:
    """Whether one short line comes again and again, as the label of items does (``News 1``)."""
    seen: set[str] = set()
    for line in lines:
        if line.kind == "short" and line.units <= 25:
            key = "".join(char for char in line.folded if not char.isdigit())
            if key in seen and key:
                return True
            seen.add(key)
    return False


def _goes_on(before: Sequence[Line], after: Sequence[Line], run: int, language: str) -> bool:
    """Whether the paragraphs after a mark are of the same matter as those before.

    Each shares about as many words with all others, before and after, as one before the mark does. A lone paragraph
    below each title is a teaser unless it shares plainly more.
    """
    sets = [_words(line.text[:1_500], language) for line in (*before[:20], *after[:10])]
    shares = [_share(words, frozenset().union(*sets[:at], *sets[at + 1 :])) for at, words in enumerate(sets)]
    inner, outer = shares[: len(before[:20])], shares[len(before[:20]) :]
    same = sum(outer) / len(outer) / max(sum(inner) / len(inner), 0.01)
    return same >= (_SAME_MATTER if run > 1 else _PLAINLY_SAME) and (run > 1 or sum(outer) / len(outer) >= 0.35)


@lru_cache(maxsize=256)
def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(content_words(text, language))


def _share(words: frozenset[str], known: frozenset[str]) -> float:
    return len(words & known) / len(words) if words else 0.0


def paragraphs(body: Sequence[Line], title: str, language: str) -> list[str]:
    """Give the paragraphs of an article's lines: debris, captions, lines in another language and link lists left out.

    A short line stays where it heads a paragraph, or is a sentence; three and more in a row are a menu, those below
    ``related`` links.
    """
    kept: list[str] = []
    headings: list[Line] = []
    known, boxed = fold(title), False
    for line in body:
        if line.kind not in _BODY:
            boxed = boxed or line.kind in ("related", "also")
            headings = [] if boxed else headings
        elif line.folded == known or (kept and _names_title(line, known)) or _is_label(line):
            continue
        elif line.kind == "short" and not ends_sentence(line.text):
            if not boxed and not phrases("byline").head(line.folded) and not is_date(line, language):
                headings.append(line)
        else:
            kept += [item.text for item in headings if len(headings) <= 2 or _is_item(item)]
            kept.append(line.text)
            headings, boxed = [], False
    return kept


def _names_title(line: Line, title: str) -> bool:
    """Whether a line speaks of the article by its title: ``You are reading "…" in section Science``."""
    return len(title) >= 25 and title in line.folded and len(line.folded) < 2.5 * len(title)


def _is_label(line: Line) -> bool:
    """Whether a short line is a label and a title, ``Also of note: A bridge is built``, in whatever language."""
    return line.kind == "short" and not ends_sentence(line.text) and bool(_LABELLED.match(line.text))


def is_date(line: Line, language: str) -> bool:
    """Whether a short line is little more than a full date."""
    dates = find_dates(line.text, language) if any(map(str.isdigit, line.text)) and len(line.text) <= 60 else ()
    return any(day.year_known and (day.end - day.start) * 2 > len(line.text) for day in dates)


def _is_item(line: Line) -> bool:
    """Whether a short line is an item of a list that the article itself makes: marked, or as long as a sentence."""
    if line.units >= (_SENTENCE_UNMARKED if unmarked(line.text) else _SENTENCE):
        return True
    return line.units >= 12 and line.text.startswith(("-", "–", "—", "•", "*", "·"))
