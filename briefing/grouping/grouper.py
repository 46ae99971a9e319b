"""Grouping as articles arrive: each is compared with a bounded choice of what came before, and joins or begins anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.arrivals import Arrival, Changes
from briefing.grouping.duplicates import likeness
from briefing.grouping.features import Features
from briefing.grouping.linking import NEVER, link
from briefing.grouping.memory import AT_ONCE, Memory, unpack
from briefing.grouping.pairs import MEASURES, MOST, Decision, evidence, measure
from briefing.grouping.pool import FIELDS, Floats, Pool
from briefing.grouping.reasons import reasons
from briefing.grouping.register import Event, Line
from briefing.grouping.repair import correct, repair
from briefing.model import Correction, Membership, Reason

NEAREST = 32
"""Candidates an article gets by meaning; as many again at most by the names and figures it shares."""

LINES = 4
EVENTS = 8
"""Storylines and developments an article is held against: those of its nearest candidates."""

ALIKE = 0.7
"""Likeness from which `Grouper.why` speaks of a copy."""

Slots = NDArray[np.int64]


class Grouper:
    """Keeps articles in developments and storylines; ``engine`` is the name of the Embedder the vectors come from.

    Deterministic: the same arrivals in the same batches give the same result, and a batch is sorted first, so that its
    order plays no part. Work and memory per article are bounded whatever came before.
    """

    def __init__(self, engine: str, dimensions: int) -> None:
        self._memory = Memory(engine, dimensions)
        self._measured: dict[str, tuple[Slots, Floats]] = {}

    @staticmethod
    def wanted(state: bytes) -> tuple[str, ...]:
        """Give the ids of the articles whose features and vectors `restore` needs; ValueError for a foreign state."""
        return tuple(unpack(state)["articles"])

    @classmethod
    def restore(
        cls,
        engine: str,
        dimensions: int,
        state: bytes,
        features: Mapping[str, Features],
        vectors: Mapping[str, NDArray[np.floating]],
    ) -> Grouper:
        """Go on from a stored state. ``engine`` may be another one than before, if the vectors are its own.

        Articles without features or vector are forgotten (their memberships stay as stored). Raises ValueError where
        the state is of another version or damaged.
        """
        grouper = cls(engine, dimensions)
        try:
            grouper._memory.restore(unpack(state), features, vectors)
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"a damaged grouping state: {error!r}") from error
        return grouper

    def state(self) -> bytes:
        """Give what `restore` needs beside features and vectors; bounded, about 1 MB at most."""
        return self._memory.to_state()

    # ------------------------------------------------------------ arrivals

    def add(self, arrivals: Sequence[Arrival]) -> Changes:
        """Group arrivals, in any order; one whose id is known already replaces it and is decided anew."""
        distinct = {arrival.id: arrival for arrival in arrivals}
        self.remove([name for name in distinct if name in self._memory.register.event_of])
        ordered = sorted(distinct.values(), key=lambda arrival: arrival.order)
        members: dict[str, Membership] = {}
        for start in range(0, len(ordered), AT_ONCE):
            members |= self._add(ordered[start : start + AT_ONCE])
        return self._changes(members)

    def _add(self, arrivals: Sequence[Arrival]) -> dict[str, Membership]:
        fresh: list[Arrival] = []
        copies: list[tuple[Arrival, str]] = []
        for arrival in arrivals:
            original = self._memory.copies.original(arrival.features)
            if original is None:
                self._memory.copies.add(arrival.id, arrival.features)
                fresh.append(arrival)
            else:
                copies.append((arrival, original))
        members = self._decide(fresh) if fresh else {}
        for arrival, original in copies:
            event = self._memory.register.events[self._memory.register.event_of[original]]
            self._memory.register.put(arrival.id, event, arrival.features.day, original)
            members[arrival.id] = _copy(arrival.id, event, original)
        self._memory.thin_out()
        return members

    def _decide(self, fresh: Sequence[Arrival]) -> dict[str, Membership]:
        slots = np.array(self._memory.take_in(fresh))
        near, far = self._compare(slots)
        waiting = self._join_events(slots, near)
        self._join_lines(waiting, slots, far, dict(zip(slots.tolist(), fresh, strict=True)))
        repair(self._memory, slots, near, far)
        members = {arrival.id: self._membership(arrival.id) for arrival in fresh}
        self._measured.clear()
        return members

    def remove(self, articles: Sequence[str]) -> None:
        """Forget articles (withdrawn, or about to be decided anew because their text changed)."""
        self._memory.remove(articles)

    def apply(self, correction: Correction) -> Changes:
        """Do what a user said about storylines, and remember it for later arrivals.

        Merged storylines are never split again by themselves, separated ones never joined. Muting and following are
        marks that the store keeps; articles that join later share them. Unknown ids are passed over.
        """
        correct(self._memory, correction)
        return self._changes({})

    def _changes(self, members: dict[str, Membership]) -> Changes:
        register = self._memory.register
        for article in register.take_moved():
            members[article] = self._membership(article)
        storylines, developments, redirects = register.changes()
        return Changes(tuple(members.values()), storylines, developments, redirects)

    # ------------------------------------------------------------ comparing

    def _compare(self, slots: Slots) -> tuple[Floats, Floats]:
        """Give log-odds of both levels for each new slot against all slots; NaN where not compared."""
        pool, decisions = self._memory.pool, self._memory.decisions
        count = len(pool)
        near = np.full((len(slots), count), np.nan)
        far = np.full((len(slots), count), np.nan)
        cosines = pool.centred[slots] @ pool.centred[:count].T
        for row, slot in enumerate(slots.tolist()):
            shared = pool.shared(slot)
            chosen = self._candidates(slot, cosines[row], shared)
            if len(chosen):
                measured = measure(pool, slot, chosen, shared)
                near[row, chosen], far[row, chosen] = decisions.judge(pool, slot, chosen, measured)
                self._measured[pool.articles[slot]] = chosen, measured
        for matrix in (near, far):  # one side's rarities weigh what is shared: among new ones take both sides' mean
            square = matrix[:, slots]
            both = np.where(np.isnan(square), square.T, square)
            matrix[:, slots] = (both + both.T) / 2
        return near, far

    def _candidates(self, slot: int, cosines: NDArray[np.float32], shared: Floats) -> Slots:
        """Give the slots worth comparing: the nearest by meaning and by names, with what they belong to."""
        memory = self._memory
        cosines[slot] = -2.0
        nearest = _largest(cosines, NEAREST)
        named = shared[FIELDS.index("people")] + shared[FIELDS.index("numbers")]
        named[slot] = 0.0
        found = set(nearest.tolist()) | {other for other in _largest(named, NEAREST).tolist() if named[other] > 0}
        events: dict[str, Event] = {}
        lines: dict[str, Line] = {}
        for other in nearest[np.argsort(-cosines[nearest], kind="stable")].tolist():
            event = memory.event_at(other)
            if event is not None:
                if len(events) < EVENTS:
                    events[event.id] = event
                if len(lines) < LINES:
                    lines[event.storyline] = memory.register.lines[event.storyline]
        for line in lines.values():
            found.update(memory.line_sample(line))
        for event in events.values():
            found.update(memory.event_sample(event))
        return np.array(sorted(found - {slot}), dtype=np.int64)

    # ------------------------------------------------------------ joining

    def _join_events(self, slots: Slots, near: Floats) -> list[list[int]]:
        """Put new slots into developments; give those that belong to none yet, grouped by what they tell."""
        events: dict[str, Event] = {}
        for slot in _compared(near):
            event = self._memory.event_at(slot)
            if event is not None:
                events[event.id] = event
        samples = {name: self._memory.event_sample(event) for name, event in events.items()}
        labels, names = _linked(near, slots, [[row] for row in range(len(slots))], samples)
        known = {label: events[name] for label, name in names.items()}
        waiting: dict[int, list[int]] = {}
        for slot, label in zip(slots.tolist(), labels, strict=False):
            if label in known:
                self._put(slot, known[label])
            else:
                waiting.setdefault(label, []).append(slot)
        return list(waiting.values())

    def _join_lines(self, groups: list[list[int]], slots: Slots, far: Floats, arrivals: Mapping[int, Arrival]) -> None:
        """Hang new developments into storylines, or begin new ones."""
        register = self._memory.register
        lines: dict[str, Line] = {}
        for slot in _compared(far):
            event = self._memory.event_at(slot)
            if event is not None:
                lines[event.storyline] = register.lines[event.storyline]
        if not groups:
            return
        samples = {name: self._memory.line_sample(line) for name, line in lines.items()}
        rows = {slot: row for row, slot in enumerate(slots.tolist())}
        labels, names = _linked(far, slots, [[rows[slot] for slot in group] for group in groups], samples)
        known = {label: lines[name] for label, name in names.items()}
        for group, label in zip(groups, labels, strict=False):
            if label not in known:
                first = arrivals[group[0]]
                known[label] = register.open_line(first.title, first.features.language)
            event = register.open_event(known[label])
            for slot in group:
                self._put(slot, event)

    def _put(self, slot: int, event: Event) -> None:
        pool = self._memory.pool
        self._memory.register.put(pool.articles[slot], event, pool.features[slot].day)

    # ------------------------------------------------------------ reasons

    def _membership(self, article: str) -> Membership:
        memory = self._memory
        event = memory.register.events[memory.register.event_of[article]]
        if article in event.copies:
            return _copy(article, event, event.copies[article])
        slot, decision = memory.slots[article], memory.decisions.development
        others = [other for other in memory.event_sample(event) if other != slot]
        if not others:
            line, decision = memory.register.lines[event.storyline], memory.decisions.storyline
            others = [other for other in memory.line_sample(line) if other != slot]
        if not others:
            return Membership(article, event.id, event.storyline)
        nearest, grounds = self._explain(slot, np.array(others), decision)
        return Membership(article, event.id, event.storyline, memory.pool.articles[nearest], None, grounds)

    def _explain(self, slot: int, others: Slots, decision: Decision) -> tuple[int, tuple[Reason, ...]]:
        pool = self._memory.pool
        chosen, known = self._measured.get(pool.articles[slot], (others[:0], None))
        at = np.searchsorted(chosen, others)
        if known is not None and at.max() < len(chosen) and (chosen[at] == others).all():
            measured = known[at]  # just compared, to decide where it belongs
        else:
            measured = measure(pool, slot, others)
        weighed = evidence(measured)
        best = int((weighed @ decision.weights).argmax())
        nearest = int(others[best])
        meaning = float(measured[best, MEASURES.index("meaning")])
        return nearest, reasons(pool.features[slot], pool.features[nearest], weighed[best], decision, meaning)

    def why(self, one: Arrival, other: Arrival) -> tuple[Reason, ...]:
        """Give the grounds for and against two articles being of one matter, the strongest for it first.

        The articles need not be in memory: their features and vectors are compared by what is known now.
        """
        if one.features.signature and other.features.signature and likeness(one.features, other.features) >= ALIKE:
            return (_COPY,)
        pool = Pool(len(one.vector), 2)
        for arrival in (one, other):
            pool.add(arrival.id, arrival.features, arrival.vector, self._memory.rarity)
        pool.recentre(self._memory.means)
        measured = measure(pool, 0, np.array([1]))
        meaning = float(measured[0, MEASURES.index("meaning")])
        decision = self._memory.decisions.storyline
        return reasons(one.features, other.features, evidence(measured)[0], decision, meaning)


_COPY = Reason("duplicate", (), MOST)


def _copy(article: str, event: Event, original: str) -> Membership:
    return Membership(article, event.id, event.storyline, original, original, (_COPY,))


def _largest(values: NDArray[np.floating], count: int) -> Slots:
    if len(values) <= count:
        return np.arange(len(values))
    return values.argpartition(len(values) - count)[len(values) - count :].astype(np.int64)


def _linked(
    odds: Floats, slots: Slots, members: Sequence[list[int]], samples: Mapping[str, list[int]]
) -> tuple[list[int], dict[int, str]]:
    """Link groups of new rows with each other and with what is known; give their labels and the known by label."""
    among = _means(odds, members, [slots[group].tolist() for group in members])
    against = _means(odds, members, list(samples.values()))
    # What no group speaks for cannot be joined by an average of theirs either.
    spoken = np.flatnonzero(against.max(axis=0, initial=-MOST) > 0).tolist()
    names = [list(samples)[at] for at in spoken]
    sizes = [len(group) for group in members] + [len(samples[name]) for name in names]
    labels = link(_table(among, against[:, spoken]), sizes)
    return labels[: len(members)], dict(zip(labels[len(members) :], names, strict=True))


def _compared(odds: Floats) -> list[int]:
    return np.flatnonzero(~np.isnan(odds).all(axis=0)).tolist()


def _means(odds: Floats, members: Sequence[list[int]], samples: Sequence[list[int]]) -> Floats:
    """Give the mean odds of each group of rows against each sample of columns; not compared is as far as can be."""
    filled = np.where(np.isnan(odds), -MOST, odds)
    rows = np.add.reduceat(filled[np.concatenate(members)], _starts(members), axis=0)
    if not samples:
        return np.zeros((len(members), 0))
    sums = np.add.reduceat(rows[:, np.concatenate(samples)], _starts(samples), axis=1)
    return np.asarray(sums / np.outer([len(group) for group in members], [len(sample) for sample in samples]))


def _starts(groups: Sequence[Sequence[int]]) -> NDArray[np.intp]:
    return np.cumsum([0] + [len(group) for group in groups[:-1]])


def _table(new: Floats, known: Floats) -> Floats:
    """Give the square table of odds among new groups and what is known.

    What is known is never joined here: that is a repair, decided on more than one arrival's word.
    """
    count = len(new)
    table = np.full((count + known.shape[1],) * 2, NEVER)
    table[:count, :count] = new
    table[:count, count:] = known
    table[count:, :count] = known.T
    return table
