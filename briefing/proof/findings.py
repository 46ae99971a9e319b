"""Findings: what a proof has found, how much it matters, where it stands, and the mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from briefing import shipped

Weight = Literal["wrong", "note"]
"""``wrong`` needs a mend before anything is sent; ``note`` is worth knowing."""

PLACES = 50
"""Places that a finding names; how often it was found is its ``count``."""


@dataclass(frozen=True, slots=True)
class Place:
    """An element of a document: the ``index``-th of its ``tag``, counted from 0 in document order; ``line`` from 1."""

    tag: str
    index: int
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, ``count`` times.

    ``rule`` is its stable name, a key of ``data/rules.yaml``; ``part`` what was looked at (``template``, ``mail``,
    ``message``, ``page``, ``theme``); ``text`` says what was found; ``places`` are where, as far as that is
    at elements.
    """

    part: str
    rule: str
    weight: Weight
    text: str
    mend: str
    places: tuple[Place, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One breach of a rule, before equal ones are put together."""

    rule: str
    text: str
    place: Place | None = None


def gathered(part: str, hits: Iterable[Hit]) -> tuple[Finding, ...]:
    """Give findings of hits: those that say the same as one, the wrong ones first, else in the order of the page."""
    together: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        together.setdefault((hit.rule, hit.text), []).append(hit)
    found = [
        Finding(
            part=part,
            rule=rule,
            weight=rules()[rule]["weight"],
            text=text,
            mend=rules()[rule]["mend"],
            places=tuple(hit.place for hit in same if hit.place is not None)[:PLACES],
            count=len(same),
        )
        for (rule, text), same in together.items()
    ]
    return tuple(sorted(found, key=lambda finding: finding.weight == "note"))


@lru_cache(maxsize=1)
def rules() -> dict[str, dict[str, Any]]:
    """Give every rule by its name, each with ``weight`` and ``mend``."""
    return dict(_table("rules"))


@lru_cache(maxsize=1)
def generic_links() -> frozenset[str]:
    """Give the link texts, in lower case, that say nothing of where they lead, in any language."""
    return frozenset(text for texts in _table("links").values() for text in texts)


def _table(name: str) -> Any:
    return shipped.table(__package__, f"data/{name}.yaml")


def shortened(text: str, limit: int = 60) -> str:
    """Give a stranger's text fit for one line of a finding."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def first(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Give the first hit alone, where more of the same would say nothing new."""
    for hit in hits:
        yield hit
        return
