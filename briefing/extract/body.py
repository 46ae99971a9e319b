"""Where the article begins and ends on its page, and what stands before and behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.lines import Kind, Line, ends_sentence, is_foreign, unmarked
from briefing.extract.phrases import fold, phrases
from briefing.text.words import content_words

_HARD: frozenset[Kind] = frozenset({"comments", "rating", "legal", "reply"})
_SOFT: frozenset[Kind] = frozenset({"related", "source", "also", "tags", "share", "service", "promo", "empty"})
_BODY: frozenset[Kind] = frozenset({"prose", "short"})
_TITLE_UNITS = 200
_SAME_MATTER = 0.7  # of the article's own cohesion


@dataclass(frozen=True, slots=True)
class Regions:
    """The three parts of a page: before the first paragraph, the article's lines, and what comes behind them."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    tail: tuple[Line, ...]


def divide(lines: Sequence[Line], language: str) -> Regions:
    """Divide a page's lines: the article goes from the first paragraph to the mark behind which no more of it comes.

    Marks are comment boxes, ratings, footers (which end it once it has a few paragraphs) and related headings, sources,
    tags, buttons (which end it only where what follows does not go on about the same matter).
    """
    first = _first_paragraph(lines, language)
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


def _first_paragraph(lines: Sequence[Line], language: str) -> int | None:
    """Give the index of the first paragraph; a title long enough to look like one is passed over."""
    at = [number for number, line in enumerate(lines) if line.kind == "prose" and not is_foreign(line, language)]
    if not at:
        return None
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
    after = [line for line in lines[at + 1 :] if line.kind == "prose" and not is_foreign(line, language)]
    if not after:
        return True
    told = sum(line.units for line in before)
    if lines[at].kind in _HARD:
        return len(before) >= 3 or told >= 500 or told >= sum(line.units for line in after)
    if lines[at].kind in ("service", "promo", "empty"):
        return False
    if _labelled(lines[at + 1 :]):
        return True
    return len(before) >= 2 and not goes_on(before, after, language)


def _labelled(lines: Sequence[Line]) -> bool:
    """Whether one short line comes again and again, as the label of items does (``News 1``)."""
    seen: set[str] = set()
    for line in lines:
        if line.kind != "prose" and line.units <= 25:
            key = "".join(char for char in line.folded if not char.isdigit())
            if key in seen and key:
                return True
            seen.add(key)
    return False


def goes_on(before: Sequence[Line], after: Sequence[Line], language: str) -> bool:
    """Whether the paragraphs after a mark share about as many words with those before as these do among themselves."""
    sets = [frozenset(content_words(line.text[:1_500], language)) for line in before[:20]]
    inner = [_share(words, frozenset().union(*sets[:at], *sets[at + 1 :])) for at, words in enumerate(sets)]
    known = frozenset().union(*sets)
    outer = [_share(frozenset(content_words(line.text[:1_500], language)), known) for line in after[:8]]
    if not inner or not outer:
        return False
    return sum(outer) / len(outer) >= _SAME_MATTER * sum(inner) / len(inner)


def _share(words: frozenset[str], known: frozenset[str]) -> float:
    return len(words & known) / len(words) if words else 0.0


def paragraphs(body: Sequence[Line], title: str, language: str) -> list[str]:
    """Give the paragraphs of an article's lines: debris, captions, lines in another language and link lists left out.

    A short line stays where it heads a paragraph, or is a sentence; three and more in a row are a menu.
    """
    kept: list[str] = []
    headings: list[Line] = []
    known = fold(title)
    for line in body:
        if line.kind not in _BODY:
            if line.kind in ("related", "also", "share", "tags"):
                headings = []
            continue
        if line.folded == known or is_foreign(line, language):
            continue
        if line.kind == "short" and not ends_sentence(line.text):
            if not phrases("byline").head(line.folded):
                headings.append(line)
            continue
        kept += [item.text for item in headings if len(headings) <= 2 or _is_item(item)]
        kept.append(line.text)
        headings = []
    return kept


def _is_item(line: Line) -> bool:
    """Whether a short line is an item of a list that the article itself makes."""
    return line.text.startswith(("-", "–", "—", "•", "*", "·")) and line.units >= 12
