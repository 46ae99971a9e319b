"""Second thoughts: what later articles show to be one is merged, to be two is split; users are obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from briefing.grouping.comparing import Pairs
from briefing.grouping.holders import Slots
from briefing.grouping.linking import closeness, link
from briefing.grouping.memory import Memory
from briefing.grouping.pairs import measure
from briefing.grouping.rarity import FIELDS, Floats
from briefing.grouping.register import Event, Line
from briefing.model import Correction

MARGIN = 0.5
"""Log-odds that a merge or split needs beyond even: what readers have seen is not changed for little."""

NEAR, FAR = 0, 1
"""The levels, in the order in which odds are given: one event, one matter."""

SAMPLE = 8
SPLIT_SAMPLE = 32
_AT_ONCE = 32


def repair(memory: Memory, new: range, pairs: Pairs) -> None:
    """Look again at what the new articles touch: merge and split where the margin is clear."""
    near, far = _spoken(pairs, pairs.near), _spoken(pairs, pairs.far)
    judged = _Judged(memory)
    rivals = [_rival(memory, slot, spoken) for slot, spoken in zip(new, far, strict=True)]
    judged.ahead([pair for pair, _ in rivals if pair is not None])
    touched: dict[str, None] = {}
    stirred: set[str] = set()
    for row, slot in enumerate(new):
        event = memory.event_at(slot)
        if event is None:
            continue
        stirred |= _merge_events(memory, event, near[row], judged)
        rival, seen = rivals[row]
        if not stirred.isdisjoint(seen):
            rival, _ = _rival(memory, slot, far[row])
        if rival is not None:
            stirred |= _merge_lines(memory, *rival, judged)
        event = memory.event_at(slot)
        assert event is not None
        touched[event.storyline] = None
    _split_all(memory, [memory.register.lines[name] for name in touched if name in memory.register.lines])


class _Spoken:
    """What one new article says of those it was held against: log-odds by slot."""

    def __init__(self, slots: Slots, odds: Floats, speaks_for: list[int]) -> None:
        self._for = speaks_for
        self._pairs = slots, odds
        self._odds: dict[int, float] = {}

    def events(self, memory: Memory) -> Iterator[Event]:
        """Give the developments of the articles that it speaks for; no other has a mean beyond the margin."""
        return (event for event in memory.events_at(self._for) if event is not None)

    def mean(self, sample: Sequence[int]) -> float:
        """Give the mean odds against those of a sample that it was held against, 0 where it was against none."""
        if not self._odds:
            slots, odds = self._pairs
            self._odds = dict(zip(slots.tolist(), odds.tolist(), strict=True))
        known = [self._odds[slot] for slot in sample if slot in self._odds]
        return sum(known) / len(known) if known else 0.0


def _spoken(pairs: Pairs, odds: Floats) -> list[_Spoken]:
    """Give what each new article says."""
    some = np.flatnonzero(odds > MARGIN)
    slots, ends = pairs.slots[some].tolist(), np.searchsorted(some, pairs.bounds).tolist()
    return [
        _Spoken(pairs.slots[start:stop], odds[start:stop], slots[first:last])
        for (start, stop), (first, last) in zip(pairwise(pairs.bounds), pairwise(ends), strict=True)
    ]


_Group = tuple[int, ...]


class _Judged:
    """The odds between groups of articles, both levels: judged many at once, for most of the cost is in the calls."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._odds: dict[tuple[_Group, _Group], tuple[Floats, ...]] = {}

    def ahead(self, rivals: Sequence[tuple[Line, Line]]) -> None:
        """Judge storylines that are due to be looked at, and, where they speak for each other, each one's own."""
        due = [pair for pair in rivals if self._memory.grown(*_look(*pair))]
        samples = [tuple(tuple(self._memory.line_sample(line, SAMPLE)) for line in pair) for pair in due]
        self.judge([(ours, theirs) for ours, theirs in samples])
        close = [pair for pair in samples if self._odds[pair[0], pair[1]][FAR].mean() > MARGIN]
        self.judge([(group, group) for pair in close for group in pair])

    def judge(self, wanted: Sequence[tuple[_Group, _Group]]) -> None:
        """Judge pairs of groups, to be asked for by `odds`."""
        pool, decisions = self._memory.pool, self._memory.decisions
        missing = [pair for pair in dict.fromkeys(wanted) if pair not in self._odds]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            ones = np.concatenate([np.repeat(ours, len(theirs)) for ours, theirs in part])
            others = np.concatenate([np.tile(theirs, len(ours)) for ours, theirs in part])
            cuts = np.cumsum([len(ours) * len(theirs) for ours, theirs in part])[:-1]
            cosines = [pool.centred[list(ours)] @ pool.centred[list(theirs)].T for ours, theirs in part]
            shared = [pool.holdings.between(ours, theirs).reshape(len(FIELDS), -1) for ours, theirs in part]
            meaning = np.concatenate([block.ravel() for block in cosines])
            measured = measure(pool, ones, others, meaning, np.concatenate(shared, axis=1))
            levels = [np.split(odds, cuts) for odds in decisions.judge(pool, ones, others, measured)]
            for at, (ours, theirs) in enumerate(part):
                self._odds[ours, theirs] = tuple(odds[at].reshape(len(ours), len(theirs)) for odds in levels)

    def odds(self, ours: Sequence[int], theirs: Sequence[int], level: int) -> Floats:
        """Give the log-odds of every article of one group against every one of the other."""
        pair = tuple(ours), tuple(theirs)
        self.judge([pair])
        return self._odds[pair][level]


def _merge_events(memory: Memory, mine: Event, spoken: _Spoken, judged: _Judged) -> set[str]:
    """Join another development of the same storyline that the new article belongs to as much, if both are one event.

    Gives the storyline where that was so.
    """
    register = memory.register
    stirred: set[str] = set()
    for other in {event.id: event for event in spoken.events(memory)}.values():
        if other.id == mine.id or other.id not in register.events or other.storyline != mine.storyline:
            continue
        sample = memory.event_sample(other)
        if spoken.mean(sample) <= MARGIN:
            continue
        if not memory.due((mine.id, other.id), len(mine.articles) + len(other.articles)):
            continue
        if _are_one(memory, memory.event_sample(mine), sample, NEAR, judged):
            kept, gone = sorted((mine, other), key=_number)
            register.absorb(kept, gone)
            mine = kept
            stirred.add(kept.storyline)
    return stirred


def _rival(memory: Memory, slot: int, spoken: _Spoken) -> tuple[tuple[Line, Line] | None, set[str]]:
    """Give the storyline of a new article and the other that it belongs to as much, if there is one, and all seen."""
    register = memory.register
    event = memory.event_at(slot)
    if event is None:
        return None, set()
    mine = register.lines[event.storyline]
    names = dict.fromkeys(event.storyline for event in spoken.events(memory))
    best, other = MARGIN, None
    for name in names if mine.seen > 1 else ():  # else it was just held against every storyline and began its own
        if name != mine.id and not register.are_apart(mine.id, name):
            mean = spoken.mean(memory.line_sample(register.lines[name]))
            if mean > best:
                best, other = mean, register.lines[name]
    return None if other is None else (mine, other), {mine.id, *names}


def _look(mine: Line, other: Line) -> tuple[tuple[str, str], int]:
    return (mine.id, other.id), mine.seen + other.seen


def _merge_lines(memory: Memory, mine: Line, other: Line, judged: _Judged) -> set[str]:
    """Join two storylines if both are one matter, and give both; the older id stays."""
    if not memory.due(*_look(mine, other)):
        return set()
    samples = memory.line_sample(mine, SAMPLE), memory.line_sample(other, SAMPLE)
    if not _are_one(memory, *samples, FAR, judged):
        return set()
    kept, gone = sorted((mine, other), key=_number)
    memory.register.merge(kept, gone)
    return {kept.id, gone.id}


def _are_one(memory: Memory, ours: Sequence[int], theirs: Sequence[int], level: int, judged: _Judged) -> bool:
    """Whether two groups speak for each other, beyond the margin and what is asked of groups as close as they are."""
    between = judged.odds(ours, theirs, level).mean()
    if between <= MARGIN:
        return False
    decision = (memory.decisions.development, memory.decisions.storyline)[level]
    looser = min(_closeness(judged.odds(group, group, level)) for group in (ours, theirs))
    return float(between - decision.asked * looser) > decision.least + MARGIN


def _closeness(odds: Floats) -> float:
    return float(closeness((odds.sum() - odds.trace()) / 2, np.float64(len(odds))))


def _split_all(memory: Memory, lines: Sequence[Line]) -> None:
    """Split those storylines that are due to be looked at and hold another matter, judged together."""
    due: dict[str, _Group] = {}
    for line in lines:
        if len(line.events) > 2 and memory.due((line.id, line.id), line.seen) and line.id not in memory.register.pinned:
            due[line.id] = tuple(sorted(memory.line_sample(line, SPLIT_SAMPLE)))
    judged = _Judged(memory)
    judged.judge([(sample, sample) for sample in due.values()])
    for name, sample in due.items():
        _split(memory, memory.register.lines[name], sample, judged)


def _split(memory: Memory, line: Line, sample: _Group, judged: _Judged) -> None:
    """Take out developments that, seen from the whole storyline, are another matter; the larger part keeps the id."""
    register = memory.register
    names = [event.id for slot in sample if (event := memory.event_at(slot)) is not None]
    events, number = np.unique(names, return_inverse=True)
    if len(events) < 2:
        return
    odds = judged.odds(sample, sample, FAR)
    odds = (odds + odds.T) / 2
    belongs = np.eye(len(events))[number]
    sizes = belongs.sum(axis=0)
    table = (belongs.T @ odds @ belongs / np.outer(sizes, sizes)).astype(np.float32)
    least = memory.decisions.storyline.least - MARGIN
    if table[~np.eye(len(events), dtype=np.bool_)].min() >= least:  # no mean of them is less: all stay together
        return
    labels = np.array(link(table, sizes, threshold=least))
    weight = {label: (sizes[labels == label].sum(), -label) for label in set(labels.tolist())}
    stays = max(weight, key=lambda label: weight[label])
    for label in sorted(weight):
        if label != stays:
            _take_out(memory, line, [register.events[name] for name in events[labels == label].tolist()])


def _take_out(memory: Memory, line: Line, events: Sequence[Event]) -> Line:
    register = memory.register
    first = events[0].articles[0]
    new = register.open_line(memory.titles[first], memory.features(first).language)
    for event in events:
        register.move(event, new)
    return new


def correct(memory: Memory, correction: Correction) -> None:
    """Merge or split as told, and remember it."""
    register = memory.register
    lines = [register.lines[name] for name in correction.storylines if name in register.lines]
    if correction.kind == "merge" and len(lines) > 1:
        kept = min(lines, key=_number)
        for other in lines:
            if other.id != kept.id:
                register.apart.discard((min(kept.id, other.id), max(kept.id, other.id)))
                register.merge(kept, other)
        register.pinned.add(kept.id)
    elif correction.kind == "split" and lines:
        _split_as_told(memory, lines[0], correction.articles)


def _split_as_told(memory: Memory, line: Line, articles: Sequence[str]) -> None:
    register = memory.register
    chosen = [article for article in articles if article in memory.titles]
    leaving: list[Event] = []
    for name in list(line.events):
        event = register.events[name]
        mine = [article for article in event.articles if article in chosen]
        if len(mine) == len(event.articles):
            leaving.append(event)
        elif mine:
            leaving.append(register.divide(event, mine, {name: memory.features(name).day for name in event.articles}))
    if leaving and len(leaving) < len(line.events):
        new = _take_out(memory, line, leaving)
        register.keep_apart(line.id, new.id)
        register.pinned |= {line.id, new.id}


def _number(named: Event | Line) -> int:
    return int(named.id[1:])
