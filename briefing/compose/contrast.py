"""What two sentences on one matter say differently: a figure that moved, a claim that somebody else denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from briefing.compose.candidates import Candidate, candidates
from briefing.compose.summary import quoted
from briefing.model import Article, Change, Dispute, Sentence
from briefing.text.dates import find_dates
from briefing.text.modality import modality
from briefing.text.names import find_names
from briefing.text.numbers import NumberMention, find_numbers
from briefing.text.words import content_words

_MOST = 2  # of each kind for one storyline
_POOL = 120  # sentences that are compared
_EACH = 12  # sentences of one article
_SAME_MATTER = 0.34  # Jaccard index of two sentences' stems, figures apart
_SAME_CLAIM = 0.5  # the share of the shorter sentence's stems that the other holds
_BESIDE = 40  # characters around a figure that say what it counts
_YEAR = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with what it is compared by."""

    item: Candidate
    article: Article
    stems: frozenset[str]

    @property
    def figures(self) -> tuple[NumberMention, ...]:
        return _figures(self.item.text, self.item.language)

    @property
    def sentence(self) -> Sentence:
        return quoted(self.item, self.article)

    @property
    def day(self) -> str:
        return self.article.published.iso[:10] if self.article.published else ""


def contrasts(articles: Sequence[Article], new: frozenset[str]) -> tuple[tuple[Change, ...], tuple[Dispute, ...]]:
    """Give the figures that moved and the claims that are disputed, at most two of each, in sentences quoted whole.

    A figure moved where a later article gives another value of the same unit in a sentence on the same thing; where
    two outlets give them on one day, they dispute it. A claim is disputed where one party tells what another denies.
    At least one side is of a ``new`` article (ids). Only sentences of one language are compared: precision before
    reach.
    """
    said = list(_read(articles))
    changes: list[Change] = []
    disputes: list[Dispute] = []
    for one, other in combinations(said, 2):
        if one.article.id == other.article.id or one.item.language != other.item.language:
            continue
        if not {one.article.id, other.article.id} & new:
            continue
        earlier, later = (one, other) if (one.day, one.article.id) <= (other.day, other.article.id) else (other, one)
        moved = _moved(earlier, later)
        if moved and earlier.day < later.day and earlier.day:
            changes.append(moved)
        elif (moved and _outlet(one) != _outlet(other)) or _denied(one, other) or _denied(other, one):
            pair = (earlier.sentence, later.sentence)
            if not any(sentence in dispute.sentences for dispute in disputes for sentence in pair):
                disputes.append(Dispute(pair))
    return _distinct(changes), tuple(disputes[:_MOST])


def _outlet(said: _Said) -> str:
    return (said.article.outlet or said.article.source).casefold()


def _distinct(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The latest move of each thing that is counted."""
    by_what: dict[str, Change] = {}
    for change in changes:
        dated = change.sentences[1].published
        kept = by_what.get(change.what)
        if kept is None or (dated and kept.sentences[1].published and dated.iso > kept.sentences[1].published.iso):
            by_what[change.what] = change
    return tuple(by_what.values())[:_MOST]


def _read(articles: Sequence[Article]) -> Iterator[_Said]:
    each = max(2, min(_EACH, _POOL // max(1, len(articles))))
    for item in candidates(articles, each):
        if item.loose:
            stems = frozenset(word[:5] for word in content_words(item.text, item.language))
            yield _Said(item, articles[item.article], stems)


@lru_cache(maxsize=4096)
def _figures(text: str, language: str) -> tuple[NumberMention, ...]:
    """Figures that count something: with a unit, no part of a date, no year."""
    numbers = [number for number in find_numbers(text, language) if number.unit]
    dates = [(mention.start, mention.end) for mention in find_dates(text, language)] if numbers else []
    return tuple(
        number
        for number in numbers
        if not any(start < number.end and number.start < end for start, end in dates)
        and not (number.value in _YEAR and "," not in text[number.start : number.end])
    )


def _moved(earlier: _Said, later: _Said) -> Change | None:
    if _jaccard(earlier, later) < _SAME_MATTER:
        return None
    for before in earlier.figures:
        for after in later.figures:
            if not _same_unit(before.unit, after.unit) or before.value == after.value or not after.value:
                continue
            if any(figure.value == before.value for figure in later.figures):
                continue  # the later sentence gives the earlier figure, too
            ratio = max(before.value, after.value) / max(1e-9, min(before.value, after.value))
            if ratio <= 20 and _beside(earlier, before) & _beside(later, after):
                what = _what(later.item.text, after)
                written = earlier.item.text[before.start : before.end], later.item.text[after.start : after.end]
                return Change(what, *written, (earlier.sentence, later.sentence))
    return None


def _jaccard(one: _Said, other: _Said) -> float:
    together = one.stems | other.stems
    return len(one.stems & other.stems) / len(together) if together else 0.0


def _same_unit(one: str, other: str) -> bool:
    return one == other or (len(one) > 4 and one[:4] == other[:4])


def _beside(said: _Said, figure: NumberMention) -> frozenset[str]:
    """The stems of what stands around a figure."""
    text = said.item.text[max(0, figure.start - _BESIDE) : figure.end + _BESIDE]
    return frozenset(word[:5] for word in content_words(text, said.item.language))


_COUNTED = re.compile(r"[^\S\n]*((?:[^\W\d_a-z][\w-]*[^\S\n]){0,3}[^\W\d_][\w-]*)")


def _what(text: str, figure: NumberMention) -> str:
    """What a figure counts, as the later sentence writes it ("North Korean troops"); its unit where no word follows."""
    following = _COUNTED.match(text, figure.end)
    return following[1] if following and figure.unit != "%" else figure.unit


def _denied(claim: _Said, denial: _Said) -> bool:
    """Whether one sentence denies what another, of somebody else, tells."""
    shorter = min(len(claim.stems), len(denial.stems))
    if shorter < 3 or len(claim.stems & denial.stems) < _SAME_CLAIM * shorter:
        return False
    told = modality(claim.item.text, claim.item.language)
    against = modality(denial.item.text, denial.item.language)
    if not against.denied or told.denied or told.negated or told.cancelled:
        return False
    return _speaker(claim) != _speaker(denial)


def _speaker(said: _Said) -> frozenset[str]:
    """The first name or country of a sentence: who speaks or acts."""
    names = find_names(said.item.text, said.item.language)
    found = [(place.start, place.code) for place in names.places] + [(name.start, name.key) for name in names.people]
    return frozenset({min(found)[1]}) if found else frozenset()
