"""Second thoughts: what later articles show to be one is merged, to be two is split; users are obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from briefing.grouping.comparing import Pairs
from briefing.grouping.linking import closeness, link
from briefing.grouping.memory import Memory
from briefing.grouping.pool import Slots
from briefing.grouping.rarity import Floats
from briefing.grouping.register import Event, Line
from briefing.model import Correction

MARGIN = 0.5
"""Log-odds that a merge or split needs beyond even: what readers have seen is not changed for little."""

NEAR, FAR = 0, 1
"""The levels, in the order in which odds are given: one event, one matter."""

SAMPLE = 8
SPLIT_SAMPLE = 32


def repair(memory: Memory, new: range, pairs: Pairs) -> None:
    """Look again at what the new articles touch: merge and split where the margin is clear."""
    touched: dict[str, None] = {}
    for row, slot in enumerate(new):
        event = memory.event_at(slot)
        if event is None:
            continue
        part = slice(pairs.bounds[row], pairs.bounds[row + 1])
        _merge_events(memory, event, _Spoken(pairs.slots[part], pairs.near[part]))
        event = memory.event_at(slot)
        assert event is not None
        _merge_lines(memory, memory.register.lines[event.storyline], _Spoken(pairs.slots[part], pairs.far[part]))
        event = memory.event_at(slot)
        assert event is not None
        touched[event.storyline] = None
    for name in touched:
        line = memory.register.lines.get(name)
        if line is not None and len(line.events) > 2 and memory.due((name, name), line.seen):
            _split(memory, line)


class _Spoken:
    """What one new article says of those it was held against: log-odds by slot."""

    def __init__(self, slots: Slots, odds: Floats) -> None:
        self._odds = dict(zip(slots.tolist(), odds.tolist(), strict=True))

    def events(self, memory: Memory) -> Iterator[Event]:
        """Give the developments of the articles that it speaks for; no other has a mean beyond the margin."""
        for slot in [slot for slot, odds in self._odds.items() if odds > MARGIN]:
            event = memory.event_at(slot)
            if event is not None:
                yield event

    def mean(self, sample: Sequence[int]) -> float:
        """Give the mean odds against those of a sample that it was held against, 0 where it was against none."""
        known = [self._odds[slot] for slot in sample if slot in self._odds]
        return sum(known) / len(known) if known else 0.0


def _merge_events(memory: Memory, mine: Event, spoken: _Spoken) -> None:
    """Join another development of the same storyline that the new article belongs to as much, if both are one event."""
    register = memory.register
    for other in {event.id: event for event in spoken.events(memory)}.values():
        if other.id == mine.id or other.id not in register.events or other.storyline != mine.storyline:
            continue
        sample = memory.event_sample(other)
        if spoken.mean(sample) <= MARGIN:
            continue
        if not memory.due((mine.id, other.id), len(mine.articles) + len(other.articles)):
            continue
        if _are_one(memory, memory.event_sample(mine), sample, NEAR):
            kept, gone = sorted((mine, other), key=_number)
            register.absorb(kept, gone)
            mine = kept


def _merge_lines(memory: Memory, mine: Line, spoken: _Spoken) -> None:
    """Join the storyline that the new article belongs to as much, if both are one matter; the older id stays."""
    if mine.seen < 2:
        return  # it was just held against every storyline and began its own
    register = memory.register
    best, other = MARGIN, None
    for name in dict.fromkeys(event.storyline for event in spoken.events(memory)):
        if name != mine.id and not register.are_apart(mine.id, name):
            mean = spoken.mean(memory.line_sample(register.lines[name]))
            if mean > best:
                best, other = mean, register.lines[name]
    if other is None or not memory.due((mine.id, other.id), mine.seen + other.seen):
        return
    samples = memory.line_sample(mine, SAMPLE), memory.line_sample(other, SAMPLE)
    if _are_one(memory, *samples, FAR):
        kept, gone = sorted((mine, other), key=_number)
        register.merge(kept, gone)


def _are_one(memory: Memory, ours: Sequence[int], theirs: Sequence[int], level: int) -> bool:
    """Whether two groups speak for each other, beyond the margin and what is asked of groups as close as they are."""
    between = _odds(memory, ours, theirs, level).mean()
    if between <= MARGIN:
        return False
    decision = (memory.decisions.development, memory.decisions.storyline)[level]
    looser = min(_closeness(_odds(memory, group, group, level)) for group in (ours, theirs))
    return float(between - decision.asked * looser) > decision.least + MARGIN


def _odds(memory: Memory, ours: Sequence[int], theirs: Sequence[int], level: int) -> Floats:
    judged = memory.decisions.judge(memory.pool, np.repeat(ours, len(theirs)), np.tile(theirs, len(ours)))
    return judged[level].reshape(len(ours), len(theirs))


def _closeness(odds: Floats) -> float:
    return float(closeness((odds.sum() - odds.trace()) / 2, np.float64(len(odds))))


def _split(memory: Memory, line: Line) -> None:
    """Take out developments that, seen from the whole storyline, are another matter; the larger part keeps the id."""
    register = memory.register
    if line.id in register.pinned:
        return
    sample = np.array(sorted(memory.line_sample(line, SPLIT_SAMPLE)))
    names = [event.id for slot in sample.tolist() if (event := memory.event_at(slot)) is not None]
    events, number = np.unique(names, return_inverse=True)
    if len(events) < 2:
        return
    odds = _odds(memory, sample.tolist(), sample.tolist(), FAR)
    odds = (odds + odds.T) / 2
    belongs = np.eye(len(events))[number]
    sizes = belongs.sum(axis=0)
    table = belongs.T @ odds @ belongs / np.outer(sizes, sizes)
    labels = np.array(link(table, sizes, threshold=-MARGIN))
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
