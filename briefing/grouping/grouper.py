"""Grouping as articles arrive: each is compared with a bounded choice of what came before, and joins or begins anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.arrivals import Arrival, Changes
from briefing.grouping.comparing import (
    EVENT_CAREFUL,
    LINE_CAREFUL,
    Measured,
    Pairs,
    compare,
    linked,
    spoken_for,
)
from briefing.grouping.duplicates import likeness
from briefing.grouping.features import Features
from briefing.grouping.holders import Slots
from briefing.grouping.memory import AT_ONCE, Memory, renewal, unpack
from briefing.grouping.pairs import MEASURES, MOST, Decision, evidence, held_back, measure
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import Floats
from briefing.grouping.reasons import reasons
from briefing.grouping.register import Event
from briefing.grouping.repair import correct, repair
from briefing.model import Correction, Membership, Reason

ALIKE = 0.7
"""Likeness from which `Grouper.why` speaks of a copy."""


class Grouper:
    """Keeps articles in developments and storylines; ``engine`` is the name of the Embedder the vectors come from.

    Deterministic: the same arrivals in the same batches give the same result, and a batch is sorted first, so that its
    order plays no part. Work and memory per article are bounded whatever came before.
    """

    def __init__(self, engine: str, dimensions: int) -> None:
        self._memory = Memory(engine, dimensions)

    @staticmethod
    def wanted(state: bytes) -> tuple[str, ...]:
        """Give the ids of the articles whose features and vectors `restore` needs; ValueError for a foreign state.

        The first are those that matter most where not all can be embedded at once: see `memory.renewal`.
        """
        return renewal(unpack(state))

    @property
    def dormant(self) -> int:
        """How many articles in memory wait to be embedded by this engine; nothing new is compared with them."""
        return len(self._memory.dormant)

    @property
    def remembered(self) -> int:
        """How many articles are in memory; those of older developments live on in the store alone."""
        return len(self._memory.titles)

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

        Articles without a vector stay where they are and are compared again once a later `restore` has one; those
        without features are forgotten (their memberships stay as stored). Raises ValueError where the state is of
        another version or damaged.
        """
        grouper = cls(engine, dimensions)
        try:
            grouper._memory.restore(unpack(state), features, vectors)
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"a damaged grouping state: {error!r}") from error
        return grouper

    def state(self) -> bytes:
        """Give what `restore` needs beside features and vectors; bounded, some 2 MB at most."""
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
        originals = self._memory.copies.originals([(arrival.id, arrival.features) for arrival in arrivals])
        for arrival, original in zip(arrivals, originals, strict=True):
            if original is None:
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
        new = self._memory.take_in(fresh)
        pairs, measured = compare(self._memory, new)
        waiting = self._join_events(pairs, new)
        if waiting:
            self._join_lines(waiting, pairs, fresh)
        repair(self._memory, new, pairs)
        return self._memberships([arrival.id for arrival in fresh], measured)

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
        members |= self._memberships(register.take_moved())
        storylines, developments, redirects = register.changes()
        return Changes(tuple(members.values()), storylines, developments, redirects)

    # ------------------------------------------------------------ joining

    def _join_events(self, pairs: Pairs, new: range) -> list[list[int]]:
        """Put new articles into developments; give the rows that belong to none yet, grouped by what they tell."""
        decision = self._memory.decisions.development
        events = spoken_for(self._memory, pairs, pairs.near, decision.least + EVENT_CAREFUL)
        samples = {name: self._memory.event_sample(event) for name, event in events.items()}
        labels, names = linked(pairs, pairs.near, [[row] for row in range(len(new))], samples, decision, EVENT_CAREFUL)
        waiting: dict[int, list[int]] = {}
        for row, label in enumerate(labels):
            if label in names:
                self._put(new[row], events[names[label]])
            else:
                waiting.setdefault(label, []).append(row)
        return list(waiting.values())

    def _join_lines(self, groups: list[list[int]], pairs: Pairs, arrivals: Sequence[Arrival]) -> None:
        """Hang new developments into storylines, or begin new ones."""
        register = self._memory.register
        decision = self._memory.decisions.storyline
        events = spoken_for(self._memory, pairs, pairs.far, decision.least + LINE_CAREFUL)
        lines = {event.storyline: register.lines[event.storyline] for event in events.values()}
        samples = {name: self._memory.line_sample(line) for name, line in lines.items()}
        labels, names = linked(pairs, pairs.far, groups, samples, decision, LINE_CAREFUL)
        homes = {label: lines[name] for label, name in names.items()}
        for group, label in zip(groups, labels, strict=True):
            if label not in homes:
                first = arrivals[group[0]]
                homes[label] = register.open_line(first.title, first.features.language)
            event = register.open_event(homes[label])
            for row in group:
                self._put(pairs.first + row, event)

    def _put(self, slot: int, event: Event) -> None:
        pool = self._memory.pool
        self._memory.register.put(pool.articles[slot], event, pool.features[slot].day)

    # ------------------------------------------------------------ reasons

    def _memberships(self, articles: Sequence[str], measured: Measured | None = None) -> dict[str, Membership]:
        """Say where articles are now, and why: by the article of their development (or storyline) nearest to each.

        ``measured`` is what was just compared, where these are the new articles, row by row.
        """
        memory = self._memory
        members: dict[str, Membership] = {}
        asked: list[_Asked] = []
        for row, article in enumerate(articles):
            event = memory.register.events[memory.register.event_of[article]]
            if article in event.copies:
                members[article] = _copy(article, event, event.copies[article])
                continue
            members[article] = Membership(article, event.id, event.storyline)
            if article in memory.dormant:
                continue
            slot, decision = memory.slots[article], memory.decisions.development
            others = sorted(other for other in memory.event_sample(event) if other != slot)
            if not others:
                line, decision = memory.register.lines[event.storyline], memory.decisions.storyline
                others = sorted(other for other in memory.line_sample(line) if other != slot)
            if others:
                picked = np.array(others, dtype=np.int64)
                known = None if measured is None else measured.of(row, picked)
                asked.append(_Asked(article, slot, picked, decision, known))
        for start in range(0, len(asked), AT_ONCE):
            for one, nearest, grounds in self._explain(asked[start : start + AT_ONCE]):
                event_ = members[one.article]
                members[one.article] = replace(event_, nearest=nearest, reasons=grounds)
        return members

    def _explain(self, asked: Sequence[_Asked]) -> Iterator[tuple[_Asked, str, tuple[Reason, ...]]]:
        pool = self._memory.pool
        unknown = [one for one in asked if one.measures is None]
        sizes = [len(one.others) for one in unknown]
        if unknown:
            others = np.concatenate([one.others for one in unknown])
            taken = measure(pool, np.repeat([one.slot for one in unknown], sizes), others)
            parts = dict(zip([one.slot for one in unknown], np.split(taken, np.cumsum(sizes)[:-1]), strict=True))
        measures = [parts[one.slot] if one.measures is None else one.measures for one in asked]
        weighed = np.split(evidence(np.concatenate(measures)), np.cumsum([len(part) for part in measures])[:-1])
        best = [int((part @ one.decision.weights).argmax()) for one, part in zip(asked, weighed, strict=True)]
        strange = held_back(np.stack([part[row] for part, row in zip(weighed, best, strict=True)])).tolist()
        for one, measured, part, row, alien in zip(asked, measures, weighed, best, strange, strict=True):
            nearest = int(one.others[row])
            meaning = float(measured[row, MEASURES.index("meaning")])
            both = pool.features[one.slot], pool.features[nearest]
            yield one, pool.articles[nearest], reasons(*both, part[row], one.decision, meaning, alien)

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


@dataclass(frozen=True, slots=True)
class _Asked:
    """An article whose nearest is asked for among ``others`` (slots, rising); ``measures`` where already taken."""

    article: str
    slot: int
    others: Slots
    decision: Decision
    measures: Floats | None


_COPY = Reason("duplicate", (), MOST)


def _copy(article: str, event: Event, original: str) -> Membership:
    return Membership(article, event.id, event.storyline, original, original, (_COPY,))
