"""Why articles belong together, in words a reader understands and in the interface's language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from briefing.model import Reason, Telling
from briefing.render.interface import Interface
from briefing.render.views import Phrase, clipped, plain
from briefing.text.language import direction, script, scripts

_VALUES = 4
_NAMED = 6
_WEIGHT = 0.15
"""Grounds that weigh less say nothing to a reader."""

_NAMES = ("people", "places")
_SAME = " = "
"""Between two spellings of one name."""
_MARKS = re.compile("[\ue000\ue001]")


@dataclass(frozen=True, slots=True)
class Ground:
    """Two articles, and in a few words each ground on which they were put together."""

    one: Phrase
    other: Phrase
    grounds: tuple[Markup, ...]


def grounds(telling: Telling, words: Interface) -> tuple[Ground, ...]:
    """Give the grounds of a storyline, each pair of articles once, in the order in which they were joined."""
    titles = {
        reference.id: Phrase(clipped(plain(reference.title), 90), reference.language, direction(reference.language))
        for reference in telling.references
    }
    found: dict[frozenset[str], Ground] = {}
    for why in telling.why:
        told = tuple(_told(_weighty(why.reasons), words))
        if why.article in titles and why.nearest in titles and why.article != why.nearest and told:
            pair = frozenset((why.article, why.nearest))
            found.setdefault(pair, Ground(titles[why.article], titles[why.nearest], told))
    return tuple(found.values())


def named_most(telling: Telling, words: Interface) -> Markup:
    """Give the people and places that put most of the articles together, as a list in words; empty without any.

    Spellings that were matched with each other are one name, shown as it is most often written in the script of the
    storyline's headline, or of the interface, where any is.
    """
    if not telling.why:
        return Markup()
    named = [
        [plain(spelling) for spelling in value.split(_SAME)]
        for why in telling.why
        for reason in why.reasons
        if reason.kind in _NAMES and reason.weight >= _WEIGHT
        for value in reason.values
    ]
    written = Counter(spelling for spellings in named for spelling in spellings)
    same: dict[str, frozenset[str]] = {}
    for spellings in named:
        joined = frozenset(spellings).union(*(same.get(spelling, ()) for spelling in spellings))
        same.update(dict.fromkeys(joined, joined))
    read = (script(telling.headline_language), script(words.language))
    chosen = {
        group: max(sorted(group), key=lambda name: ([of in scripts(name) for of in read], written[name]))
        for group in same.values()
    }
    often = Counter(chosen[same[spellings[0]]] for spellings in named)
    shown = sorted(often, key=lambda name: (-often[name], name))[:_NAMED]
    return _listed([name for name in shown if often[name] > 1], words)


def _weighty(reasons: Sequence[Reason]) -> list[Reason]:
    """Give what speaks for two articles, and of that the plainest: names and dates before words, meaning alone last."""
    kept = [reason for reason in reasons if reason.weight >= _WEIGHT]
    named = [reason for reason in kept if reason.kind not in ("meaning", "terms", "time")]
    return named or [reason for reason in kept if reason.kind == "terms"] or kept


def _told(reasons: Sequence[Reason], words: Interface) -> Iterator[Markup]:
    naming = [plain(value) for reason in reasons if reason.kind in _NAMES for value in reason.values[:_VALUES]]
    if naming:
        yield _filled(words.gettext("both name %(values)s"), naming, words)
    for reason in reasons:
        values = [plain(value) for value in reason.values[:_VALUES]]
        match reason.kind:
            case "people" | "places":
                continue
            case "dates" if values:
                yield _filled(words.gettext("both speak of %(values)s"), values, words)
            case "terms" | "numbers" if values:
                yield _filled(words.gettext("both say %(values)s"), values, words)
            case "time":
                yield escape(words.gettext("close in time"))
            case "duplicate":
                yield escape(words.gettext("the same report"))
            case "correction":
                yield escape(words.gettext("joined by hand"))
            case _:
                yield escape(words.gettext("alike in meaning"))


def _filled(message: str, values: Sequence[str], words: Interface) -> Markup:
    return escape(message) % {"values": _listed(values, words)}


def _listed(values: Sequence[str], words: Interface) -> Markup:
    """Give a list in which every spelling keeps its own direction."""
    marks = [_SAME.join(f"\ue000{_MARKS.sub('', part)}\ue001" for part in value.split(_SAME)) for value in values]
    listed = str(escape(words.listing(marks)))
    return Markup(listed.replace("\ue000", "<bdi>").replace("\ue001", "</bdi>"))  # noqa: S704 - escaped just above
