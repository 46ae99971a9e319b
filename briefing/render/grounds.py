"""Why articles belong together, in words a reader understands and in the interface's language."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import Reason, Telling
from briefing.render.interface import Interface
from briefing.render.views import Phrase, clipped, plain
from briefing.text.language import direction

_SHOWN = 3
_WEIGHT = 0.15
"""Grounds that weigh less say nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Two articles, and in a few words each ground on which they were put together."""

    one: Phrase
    other: Phrase
    grounds: tuple[str, ...]


def grounds(telling: Telling, words: Interface) -> tuple[Ground, ...]:
    """Give the grounds of a storyline, one entry an article that was joined to another."""
    titles = {
        reference.id: Phrase(clipped(plain(reference.title), 90), reference.language, direction(reference.language))
        for reference in telling.references
    }
    return tuple(
        Ground(titles[why.article], titles[why.nearest], told)
        for why in telling.why
        if why.article in titles
        and why.nearest in titles
        and (told := tuple(_told(reason, words) for reason in why.reasons if reason.weight >= _WEIGHT)[:_SHOWN])
    )


def _told(reason: Reason, words: Interface) -> str:
    values = words.listing([plain(value) for value in reason.values[:4]])
    match reason.kind:
        case "people" | "places":
            return words.gettext("both name %(values)s", values=values)
        case "dates":
            return words.gettext("both speak of %(values)s", values=values)
        case "terms" | "numbers":
            return words.gettext("both say %(values)s", values=values)
        case "time":
            return words.gettext("close in time")
        case "duplicate":
            return words.gettext("the same report")
        case "correction":
            return words.gettext("joined by hand")
        case _:
            return words.gettext("alike in meaning")
