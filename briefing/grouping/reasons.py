"""Why two articles belong together, or do not, in words of their own."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from briefing.grouping.features import Features
from briefing.grouping.pairs import EVIDENCE, KINDS, VETO, Decision, held_back, veto_of
from briefing.grouping.rarity import Floats
from briefing.model import Reason
from briefing.text.names import blocks, name_score, same_name

SHOWN = 4
"""Values of one reason that are shown; the rarest first."""

LEAST = 0.15
"""A ground that moves the decision by less (log-odds) is not worth a reader's time."""


def reasons(
    one: Features, other: Features, weighed: Floats, decision: Decision, meaning: float, strange: bool | None = None
) -> tuple[Reason, ...]:
    """Give the grounds of a decision over one row of evidence, the strongest first.

    ``meaning`` is the cosine of the two centred vectors. Weights are the shares in the log-odds, so that together with
    the decision's bias they add up to it; a veto stands against them all. Of pairs that share nothing else, likeness
    of meaning counts only as far as it may (`briefing.grouping.pairs.held_back`; ``strange`` where that is known).
    """
    shares = dict(zip(EVIDENCE, (decision.weights * weighed).tolist(), strict=True))
    if held_back(weighed[None])[0] if strange is None else strange:
        beyond = sum(shares.values()) + decision.bias - float(decision.odds(weighed[None])[0])
        shares[EVIDENCE[0]] -= max(0.0, beyond)
    found = []
    for kind, parts in KINDS.items():
        weight = sum(shares[part] for part in parts)
        if abs(weight) < LEAST:
            continue
        found.append(Reason(kind, _values(kind, one, other, meaning, weight), round(weight, 2)))
    if (veto := veto_of(one, other)) is not None:
        found.append(Reason("veto", veto, -VETO))
    return tuple(sorted(found, key=lambda reason: (-reason.weight, reason.kind)))


def _values(kind: str, one: Features, other: Features, meaning: float, weight: float) -> tuple[str, ...]:
    if kind == "meaning":
        return (f"{meaning:.2f}",)
    if kind == "time":
        return tuple(str(_day(features.day)) for features in (one, other) if features.day is not None)
    if kind == "people":
        return shared_names(one, other)
    mine, theirs = getattr(one, kind), getattr(other, kind)
    if kind == "places" and weight < 0:
        return tuple(mine.values())[:2] + tuple(theirs.values())[:2]
    return tuple(_both(mine[key], theirs[key]) for key in mine if key in theirs)[:SHOWN]


def shared_names(one: Features, other: Features) -> tuple[str, ...]:
    """Give the names that both articles hold, as each spells them, in order of appearance."""
    found: dict[str, None] = {}
    theirs = [(match, blocks(match)) for match in other.people]
    for key, spelling in one.people.items():
        mine = blocks(key)
        near = [match for match, heard in theirs if not mine.isdisjoint(heard)]
        best = max(near, key=lambda match: name_score(key, match), default=None)
        if best is not None and same_name(key, best):
            found[_both(spelling, other.people[best])] = None
        if len(found) == SHOWN:
            break
    return tuple(found)


def _both(mine: str, theirs: str) -> str:
    return mine if mine.casefold() == theirs.casefold() else f"{mine} = {theirs}"


def _day(days: float) -> date:
    return date(1970, 1, 1) + timedelta(days=int(np.floor(days)))
