"""The new articles of one arrival held against what is known: which pairs are looked at, and what speaks for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.holders import Slots
from briefing.grouping.linking import NEVER, link_apart
from briefing.grouping.memory import Memory
from briefing.grouping.pairs import MOST, Decision, measure
from briefing.grouping.rarity import Floats
from briefing.grouping.register import Event

NEAREST = 32
"""Candidates an article gets by meaning; as many again at most by the names and figures it shares."""

EVENT_CAREFUL, LINE_CAREFUL = 1.25, 1.2
"""Log-odds beyond the least that it takes to join a known development, or storyline: what is joined one by one draws in
ever more, while among articles that are there together the surest are joined first."""

LINES = 4
EVENTS = 8
"""Storylines and developments an article is held against: those of its nearest candidates."""

Samples = Mapping[str, Sequence[int]]
"""The slots that stand for a development or storyline, by its id; no slot stands for two."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that were compared, row by row: ``rows`` are new articles, ``slots`` what each was held against, rising.

    ``near`` and ``far`` are the log-odds of one event and of one matter; ``bounds[row] : bounds[row + 1]`` is a row.
    """

    first: int
    bounds: list[int]
    rows: Slots
    slots: Slots
    near: Floats
    far: Floats


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures behind `Pairs`, as first taken: before new articles were given both sides' word."""

    bounds: list[int]
    slots: Slots
    measures: Floats

    def of(self, row: int, others: Slots) -> Floats | None:
        """Give the measures of a new article against ``others`` (slots, rising) where all were taken, else None."""
        mine = slice(self.bounds[row], self.bounds[row + 1])
        at = np.searchsorted(self.slots[mine], others)
        if at.max() >= self.bounds[row + 1] - self.bounds[row] or (self.slots[mine][at] != others).any():
            return None
        return self.measures[mine][at]


def compare(memory: Memory, new: range) -> tuple[Pairs, Measured]:
    """Hold each new slot (the last of the pool) against a bounded choice of all slots."""
    pool = memory.pool
    centred = pool.centred[: len(pool)]
    cosines = centred[new.start :] @ centred.T
    itself = np.arange(len(new))
    cosines[itself, itself + new.start] = -2.0
    choose = _Choice(memory)
    named = pool.holdings.named(new)
    chosen = [choose(*parts) for parts in zip(new, _nearest(cosines), named, strict=True)]
    sizes = [len(one) for one in chosen]
    bounds = [0, *np.cumsum(sizes).tolist()]
    slots = np.concatenate(chosen)
    rows = np.repeat(np.arange(len(new)), sizes)
    measures = measure(pool, rows + new.start, slots, cosines[rows, slots])
    near, far = memory.decisions.judge(pool, rows + new.start, slots, measures)
    return _both_sides(new, rows, slots, near, far), Measured(bounds, slots, measures)


class _Choice:
    """Chooses what an article is compared with: the nearest by meaning and by names, with what they belong to."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._events: dict[str, list[int]] = {}
        self._lines: dict[str, list[int]] = {}

    def __call__(self, slot: int, nearest: list[int], named: tuple[Slots, Floats]) -> Slots:
        """Give the chosen slots, rising.

        ``nearest`` are those by meaning, the nearest first, ``named`` those of `Holdings.named`.
        """
        memory = self._memory
        sharing, shared = named
        found = {*nearest, *sharing[_most(shared)].tolist()}
        events: dict[str, Event] = {}
        lines: dict[str, None] = {}
        for event in memory.events_at(nearest):
            if event is not None:
                if len(events) < EVENTS:
                    events[event.id] = event
                if len(lines) < LINES:
                    lines[event.storyline] = None
                elif len(events) == EVENTS:
                    break
        for name in lines:
            found.update(self._lines.get(name) or self._line(name))
        for name, event in events.items():
            found.update(self._events.get(name) or self._event(event))
        found.discard(slot)
        return np.array(sorted(found), dtype=np.int64)

    def _line(self, name: str) -> list[int]:
        self._lines[name] = sample = self._memory.line_sample(self._memory.register.lines[name])
        return sample

    def _event(self, event: Event) -> list[int]:
        self._events[event.id] = sample = self._memory.event_sample(event)
        return sample


def _most(shared: Floats) -> Slots:
    """Give the places of the `NEAREST` greatest; of those that share the same, the last."""
    places = np.arange(len(shared))
    if len(shared) > NEAREST:  # what is less than that many others need not be sorted
        places = (shared >= np.partition(shared, -NEAREST)[-NEAREST]).nonzero()[0]
    places = places[::-1]
    return places[np.argsort(-shared[places], kind="stable")[:NEAREST]]


def _nearest(cosines: NDArray[np.float32]) -> Iterator[list[int]]:
    """Give the `NEAREST` columns of each row, the nearest first.

    Columns are folded over each other to their maxima: as many of those as are wanted are at least some value, and what
    is less is none of the nearest, so that hardly more than those are sorted.
    """
    wanted = min(NEAREST, cosines.shape[1])
    most = cosines
    while (half := most.shape[1] // 2) >= 4 * NEAREST:
        most = np.maximum(most[:, :half], most[:, half : 2 * half])
    least = np.partition(most, -wanted, axis=1)[:, -wanted]
    for row, bound in zip(cosines, least, strict=True):
        close = (row >= bound).nonzero()[0]
        yield close[np.argsort(-row[close], kind="stable")[:NEAREST]].tolist()


def _both_sides(new: range, rows: Slots, slots: Slots, near: Floats, far: Floats) -> Pairs:
    """One side's rarities weigh what is shared: among new articles take the mean of both sides' odds."""
    old = slots < new.start
    square = np.full((2, len(new), len(new)), np.nan)
    square[:, rows[~old], slots[~old] - new.start] = near[~old], far[~old]
    turned = square.transpose(0, 2, 1)
    both = np.where(np.isnan(square), turned, square)
    both = (both + both.transpose(0, 2, 1)) / 2
    one, other = np.nonzero(~np.isnan(both[0]))
    rows, slots = np.concatenate([rows[old], one]), np.concatenate([slots[old], other + new.start])
    near, far = np.concatenate([near[old], both[0, one, other]]), np.concatenate([far[old], both[1, one, other]])
    order = np.argsort(rows, kind="stable")
    bounds = np.searchsorted(rows[order], np.arange(len(new) + 1)).tolist()
    return Pairs(new.start, bounds, rows[order], slots[order], near[order], far[order])


def linked(
    pairs: Pairs, odds: Floats, members: Sequence[Sequence[int]], samples: Samples, decision: Decision, careful: float
) -> tuple[list[int], dict[int, str]]:
    """Link groups of new rows with each other and with what is known; give their labels and the known by label.

    What is known is joined from ``careful`` beyond the least on. Loose groups are asked for no less here: what arrives
    together is too little to tell a loose group from several.
    """
    count = len(members)
    among = _means(pairs, odds, members, [[pairs.first + row for row in group] for group in members])
    against = _means(pairs, odds, members, list(samples.values())) - careful
    # What no group speaks for cannot be joined by an average of theirs either.
    spoken = np.flatnonzero(against.max(axis=0, initial=-MOST) > decision.least).tolist()
    known = list(samples)
    names = [known[at] for at in spoken]
    sizes = np.array([len(group) for group in members] + [len(samples[name]) for name in names], dtype=np.float64)
    # No article is compared with itself, which counts as far as can be.
    own = (np.diag(among) * sizes[:count] + MOST) * sizes[:count] / 2
    inner = np.concatenate([own, np.zeros(len(names))])
    table = _table(among, against[:, spoken])
    labels = np.arange(len(table))
    # Nor does a group join for which nothing speaks enough: what is asked of close ones is asked on top.
    some = np.flatnonzero(table.max(axis=1, initial=NEVER) >= decision.least)
    near = table[np.ix_(some, some)]
    joined = link_apart(near, sizes[some], decision.least, asked=decision.asked, inner=inner[some])
    labels[some] = some[joined]
    found = labels.tolist()
    return found[:count], dict(zip(found[count:], names, strict=True))


def _means(pairs: Pairs, odds: Floats, members: Sequence[Sequence[int]], samples: Sequence[Sequence[int]]) -> Floats:
    """Give the mean odds of each group of rows against each sample of slots; not compared is as far as can be."""
    group = _labels(members, len(pairs.bounds) - 1)
    sample = _labels(samples, pairs.first + len(pairs.bounds) - 1)
    rows, columns = group[pairs.rows], sample[pairs.slots]
    used = (rows >= 0) & (columns >= 0)
    cells = rows[used] * len(samples) + columns[used]
    sums = np.bincount(cells, odds[used] + MOST, len(members) * len(samples))
    sizes = np.outer([len(one) for one in members], [len(one) for one in samples])
    return np.asarray(sums.reshape(len(members), len(samples)) / sizes - MOST)


def _labels(groups: Sequence[Sequence[int]], length: int) -> Slots:
    labels = np.full(length, -1, dtype=np.int64)
    labels[list(chain.from_iterable(groups))] = np.repeat(np.arange(len(groups)), list(map(len, groups)))
    return labels


def _table(new: Floats, known: Floats) -> Floats:
    """Give the square table of odds among new groups and what is known.

    What is known is never joined here: that is a repair, decided on more than one arrival's word.
    """
    count = len(new)
    table = np.full((count + known.shape[1],) * 2, NEVER)
    table[:count, :count] = new
    np.fill_diagonal(table, NEVER)
    table[:count, count:] = known
    table[count:, :count] = known.T
    return table


def spoken_for(memory: Memory, pairs: Pairs, odds: Floats, least: float) -> dict[str, Event]:
    """Give the developments, by id, of the articles that some new one speaks for with more than ``least``.

    No mean of odds is greater than the greatest of them: against all others nothing can be joined from ``least`` on.
    """
    slots = np.unique(pairs.slots[odds > least]).tolist()
    return {event.id: event for event in memory.events_at(slots) if event is not None}
