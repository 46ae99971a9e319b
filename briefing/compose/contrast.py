"""What two sentences on one matter say differently: a figure that moved, a claim that somebody else denies.

Sentences of one language are compared by their words; of two languages by what a figure counts and by the people and
places that both name, and a denial only where an embedding engine finds them to speak of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from statistics import median

from briefing.compose.candidates import Candidate, candidates
from briefing.compose.counted import figures, kind_of
from briefing.compose.summary import quoted
from briefing.model import Article, Change, Dispute, Sentence
from briefing.ports import Embed
from briefing.text.language import spaced
from briefing.text.modality import modality
from briefing.text.names import Names, find_names, same_name
from briefing.text.numbers import NumberMention
from briefing.text.words import content_words

_MOST = 2  # of each kind for one storyline
_POOL = 120  # sentences that are compared
_ARTICLES = 60  # articles they are taken from
_EACH = 12  # sentences of one article
_SAME_MATTER = 0.34  # Jaccard index of two sentences' stems, figures apart
_SAME_CLAIM = 0.5  # the share of the shorter sentence's stems that the other holds
_BESIDE = 40  # characters around a figure that say what it counts
_DAYS_APART = 14  # between two counts in two languages: later ones are of another event of the same kind
_TOLLS = frozenset(("dead", "injured", "missing", "displaced", "detained"))
_ONE_EVENT = 5  # days within which a toll in two languages is of one event
_OPENING = 200  # characters of an article that say where it happened
_ROUNDED = 0.05  # a difference below which two languages round one figure
_ONE_FACT = 0.88  # a raw cosine of multilingual-e5 that only one fact in two languages passes
_STANDS_OUT = 0.025  # above the median of what else is said in that language
_COMPARED = 8  # sentences that give the median
_EMBEDDED = 24  # sentences of one storyline
_SHOWN = 200  # characters of a sentence that are embedded


@dataclass(frozen=True)
class _Said:
    """A sentence with what it is compared by."""

    item: Candidate
    article: Article
    stems: frozenset[str]

    @cached_property
    def figures(self) -> tuple[NumberMention, ...]:
        return figures(self.item.text, self.item.language)

    @cached_property
    def counted(self) -> dict[str, NumberMention]:
        """Its figures by what they count, where one figure counts it."""
        found = [(kind_of(self.item.text, figure, self.item.language), figure) for figure in self.figures]
        named = [(kind.name, figure) for kind, figure in found if kind]
        return {name: figure for name, figure in named if [other for other, _ in named].count(name) == 1}

    @cached_property
    def names(self) -> Names:
        return find_names(self.item.text, self.item.language)

    @cached_property
    def opening(self) -> Names:
        """The names of its article's title and lead."""
        return find_names(f"{self.article.title}. {self.article.text[:_OPENING]}", self.article.language)

    @cached_property
    def tongue(self) -> str:
        return self.item.language.split("-")[0]

    @property
    def sentence(self) -> Sentence:
        return quoted(self.item, self.article)

    @property
    def day(self) -> str:
        return self.article.published.iso[:10] if self.article.published else ""


def contrasts(
    articles: Sequence[Article], new: frozenset[str], embed: Embed | None = None
) -> tuple[tuple[Change, ...], tuple[Dispute, ...]]:
    """Give the figures that moved and the claims that are disputed, at most two of each, in sentences quoted whole.

    A figure moved where a later article gives another value of the same unit in a sentence on the same thing; where
    two outlets give them on one day, they dispute it. A claim is disputed where one party tells what another denies.
    At least one side is of a ``new`` article (ids). Of a long storyline the new and the newest articles are compared.
    """
    said = list(_read(_weighed(articles, new)))
    changes: list[Change] = []
    disputes: list[Dispute] = []
    doubted: list[tuple[_Said, _Said]] = []
    for one, other in combinations(said, 2):
        if one.article.id == other.article.id or not {one.article.id, other.article.id} & new:
            continue
        earlier, later = (one, other) if (one.day, one.article.id) <= (other.day, other.article.id) else (other, one)
        alike = one.tongue == other.tongue
        moved = _moved(earlier, later) if alike else _moved_abroad(earlier, later)
        if moved and earlier.day < later.day and earlier.day:
            changes.append(moved)
        elif (moved and _outlet(one) != _outlet(other)) or (alike and (_denied(one, other) or _denied(other, one))):
            _add(disputes, earlier, later)
        elif not alike and (_may_deny(one, other) or _may_deny(other, one)):
            doubted.append((earlier, later))
    for earlier, later in _of_one_thing(doubted, said, embed):
        _add(disputes, earlier, later)
    return _distinct(changes), tuple(disputes[:_MOST])


def _add(disputes: list[Dispute], earlier: _Said, later: _Said) -> None:
    """Put two sentences side by side, unless one of them stands beside another already."""
    pair = (earlier.sentence, later.sentence)
    if not any(sentence in dispute.sentences for dispute in disputes for sentence in pair):
        disputes.append(Dispute(pair))


def _weighed(articles: Sequence[Article], new: frozenset[str]) -> list[Article]:
    """Give the articles that are compared: half of the room for the newest new ones, the rest for the others."""

    def key(article: Article) -> tuple[str, str]:
        return (article.published.iso[:10] if article.published else "", article.id)

    if len(articles) <= _ARTICLES:
        return list(articles)
    ranked = sorted(articles, key=key, reverse=True)
    fresh = [article for article in ranked if article.id in new][: _ARTICLES // 2]
    told = [article for article in ranked if article.id not in new][: _ARTICLES - len(fresh)]
    kept = {article.id for article in (*fresh, *told)}
    return [article for article in articles if article.id in kept]


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


def _moved(earlier: _Said, later: _Said) -> Change | None:
    if _jaccard(earlier, later) < _SAME_MATTER:
        return None
    for before in (figure for figure in earlier.figures if figure.unit):
        for after in (figure for figure in later.figures if figure.unit):
            if not _same_unit(before.unit, after.unit) or before.value == after.value or not after.value:
                continue
            if any(figure.value == before.value for figure in later.figures):
                continue  # the later sentence gives the earlier figure, too
            ratio = max(before.value, after.value) / max(1e-9, min(before.value, after.value))
            if ratio <= 20 and _beside(earlier, before) & _beside(later, after):
                what = _what(later, after)
                written = earlier.item.text[before.start : before.end], later.item.text[after.start : after.end]
                return Change(what, *written, (earlier.sentence, later.sentence))
    return None


def _moved_abroad(earlier: _Said, later: _Said) -> Change | None:
    """The same across languages: of one kind of thing, within days, where both name the same people and places."""
    for kind in sorted(earlier.counted.keys() & later.counted.keys()):
        before, after = earlier.counted[kind], later.counted[kind]
        low, high = sorted((before.value, after.value))
        if low <= 0 or high > 3 * low or high - low <= _ROUNDED * high:
            continue
        if not _same_scene(earlier, later, of_one_event=kind in _TOLLS):
            continue
        written = earlier.item.text[before.start : before.end], later.item.text[after.start : after.end]
        return Change(_what(later, after), *written, (earlier.sentence, later.sentence))
    return None


def _same_scene(one: _Said, other: _Said, *, of_one_event: bool) -> bool:
    """Whether two sentences, some days apart, name two people or places in common, and none apart from each other.

    The victims of one event are often counted without a name: there one that both reports open with is enough.
    """
    if not (one.article.published and other.article.published):
        return False
    days = abs((one.article.published.day - other.article.published.day).days)
    places, others = ({place.code for place in said.names.places} for said in (one, other))
    if places - others and others - places:
        return False
    if of_one_event:
        opened = one.opening, other.opening
        return days <= _ONE_EVENT and bool(
            {place.code for place in opened[0].places} & {place.code for place in opened[1].places}
        )
    return days <= _DAYS_APART and _share_names(one, other) >= 2


def _may_deny(claim: _Said, denial: _Said) -> bool:
    """Whether one sentence may deny what another, of somebody else, tells in another language."""
    told = modality(claim.item.text, claim.item.language)
    against = modality(denial.item.text, denial.item.language)
    if not against.denied or told.denied or told.negated or told.cancelled:
        return False
    return _speaker(claim) != _speaker(denial) and _share_names(claim, denial) >= 2


def _share_names(one: _Said, other: _Said) -> int:
    places = {place.code for place in one.names.places} & {place.code for place in other.names.places}
    return len(places) + sum(any(same_name(a.key, b.key) for b in other.names.people) for a in one.names.people)


def _of_one_thing(
    pairs: Sequence[tuple[_Said, _Said]], said: Sequence[_Said], embed: Embed | None
) -> Iterator[tuple[_Said, _Said]]:
    """Give the pairs that an embedding engine finds to speak of one thing, most alike first; none without an engine.

    A wrong dispute costs more than a missed one: the pair must be as alike as one fact in two languages is, and stand
    out from what else is ``said`` in the language of its earlier sentence, as cosines between languages are lifted.
    """
    if embed is None or not pairs:
        return
    texts: dict[str, int] = {}
    for text in (text for pair in pairs for one in (*pair, *_others(pair, said)) for text in (_shown(one),)):
        if len(texts) < _EMBEDDED:
            texts.setdefault(text, len(texts))
    vectors = embed(list(texts))
    near = []
    for order, pair in enumerate(pairs):
        one, other = (texts.get(_shown(member)) for member in pair)
        if one is None or other is None:
            continue
        cosine = float(vectors[one] @ vectors[other])
        rest = [texts[_shown(member)] for member in _others(pair, said) if _shown(member) in texts]
        usual = median(float(vectors[row] @ vectors[other]) for row in rest) if len(rest) >= 3 else None
        if cosine >= _ONE_FACT and (usual is None or cosine - usual >= _STANDS_OUT):
            near.append((-cosine, order))
    yield from (pairs[order] for _, order in sorted(near))


def _others(pair: tuple[_Said, _Said], said: Sequence[_Said]) -> list[_Said]:
    """What else is said in the language of the earlier sentence of a pair."""
    return [one for one in said if one.tongue == pair[0].tongue and one is not pair[0]][:_COMPARED]


def _shown(said: _Said) -> str:
    return said.item.text[:_SHOWN]


def _jaccard(one: _Said, other: _Said) -> float:
    together = one.stems | other.stems
    return len(one.stems & other.stems) / len(together) if together else 0.0


def _same_unit(one: str, other: str) -> bool:
    return one == other or (len(one) > 4 and one[:4] == other[:4])


def _beside(said: _Said, figure: NumberMention) -> frozenset[str]:
    """The stems of what stands around a figure."""
    text = said.item.text[max(0, figure.start - _BESIDE) : figure.end + _BESIDE]
    return frozenset(word[:5] for word in content_words(text, said.item.language))


_COUNTED = re.compile(r"[^\S\n]*((?:[^\W\d_a-z][\w\u0900-\u0dff-]*[^\S\n]){0,3}[^\W\d_][\w\u0900-\u0dff\u200c-]*)")


def _what(said: _Said, figure: NumberMention) -> str:
    """What a figure counts, as the sentence writes it ("North Korean troops"): the words after it, else its unit."""
    text = said.item.text
    if figure.unit == "%":
        return "%"
    kind = kind_of(text, figure, said.item.language)
    if kind and kind.word:
        return kind.word
    following = _COUNTED.match(text, figure.end) if spaced(said.tongue) else None
    return following[1] if following else figure.unit


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
    found = [(place.start, place.code) for place in said.names.places]
    found += [(name.start, name.key) for name in said.names.people]
    return frozenset({min(found)[1]}) if found else frozenset()
