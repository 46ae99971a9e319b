"""What the grouper has in mind: the articles that can still be compared, the books, and what is known of languages."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.arrivals import Arrival
from briefing.grouping.centring import LanguageMeans
from briefing.grouping.duplicates import Copies
from briefing.grouping.features import VERSION, Features
from briefing.grouping.pairs import decisions
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import CROWDED, Rarity
from briefing.grouping.register import Event, Line, Register

STATE = 2
"""Version of the stored state; the first, which counted keys in another form, is read as well."""

KEPT = 6_144
"""Articles that stay comparable when the pool is thinned out: a quarter newest, the rest to stand for storylines."""

FULL = KEPT + 4_096
"""Articles in the pool at which it is thinned out."""

AT_ONCE = 128
"""Articles that are decided together."""

GROWTH = 1.5
"""What was looked at for a merge or split is looked at again when it grew by so much."""

MORE_KEYS = 1.5
"""Keys are numbered anew when there are so many times as many as after the last time: articles may hold `CROWDED`."""

TITLE = 200
"""Characters of a title that are remembered, to name a storyline that is split off."""

EVENT_SAMPLE = 8
LINE_SAMPLE = 16
"""Articles of a development, and of a storyline, that stand for it: the work does not grow with its size."""


class Memory:
    """Bounded: at most `FULL` articles whatever came before; older developments live on in the store alone.

    ``dormant`` are articles that have no vector of this engine yet: they keep their place in developments and
    storylines and are recognised when copied, but nothing new is compared with them until they are embedded again.
    """

    def __init__(self, engine: str, dimensions: int) -> None:
        self.engine = engine
        self.decisions = decisions(engine)
        self.means = LanguageMeans(engine, dimensions)
        self.rarity = Rarity()
        self.pool = Pool(dimensions, FULL + AT_ONCE)
        self.slots: dict[str, int] = {}
        self.titles: dict[str, str] = {}
        self.dormant: dict[str, Features] = {}
        self.copies = Copies()
        self.register = Register()
        self._looked: dict[tuple[str, str], int] = {}
        self._samples: dict[tuple[str, int], tuple[int, list[int]]] = {}
        self._last: dict[str, tuple[list[str], list[int]]] = {}
        self._seen = self._centred_at = self._weighed_at = self._numbered = 0

    def take_in(self, arrivals: Sequence[Arrival]) -> range:
        """Remember originals and give their slots."""
        for arrival in arrivals:
            self.means.add(arrival.features.language, arrival.vector)
        read = [arrival.features for arrival in arrivals]
        keyed = self.rarity.add_all(read)
        self._seen += len(arrivals)
        names = [arrival.id for arrival in arrivals]
        slots = self.pool.extend(names, read, [arrival.vector for arrival in arrivals], self.rarity, keyed)
        self.slots |= zip(names, slots, strict=True)
        self.titles |= {arrival.id: arrival.title[:TITLE] for arrival in arrivals}
        self._refresh(slots.start)
        return slots

    def _refresh(self, start: int) -> None:
        # Means and rarities move ever more slowly: what rests on them is redone when they have moved enough.
        if self._seen >= 2 * self._weighed_at:
            self.pool.recentre(self.means, self.rarity)
            self._weighed_at = self._centred_at = self._seen
        elif self._seen >= 1.1 * self._centred_at:
            self.pool.recentre(self.means)
            self._centred_at = self._seen
        else:
            self.pool.recentre(self.means, start=start)

    def event_at(self, slot: int) -> Event | None:
        """Give the development of the article in a slot, None where it is not decided yet."""
        return next(self.events_at((slot,)))

    def events_at(self, slots: Iterable[int]) -> Iterator[Event | None]:
        """Give the developments of the articles in slots, None where one is not decided yet."""
        articles, event_of, events = self.pool.articles, self.register.event_of, self.register.events
        for slot in slots:
            name = event_of.get(articles[slot])
            yield None if name is None else events[name]

    def features(self, article: str) -> Features:
        """Give what was read out of an article in memory."""
        dormant = self.dormant.get(article)
        return self.pool.features[self.slots[article]] if dormant is None else dormant

    def event_sample(self, event: Event) -> list[int]:
        """Give the slots of the last few articles of a development."""
        last = (self._awake(event) if self.dormant else event.articles)[-EVENT_SAMPLE:]
        known = self._last.get(event.id)
        if known is None or known[0] != last:
            self._last[event.id] = known = last, [self.slots[article] for article in last]
        return known[1]

    def _awake(self, event: Event) -> list[str]:
        if not self.dormant:
            return event.articles
        return [article for article in event.articles if article not in self.dormant]

    def line_sample(self, line: Line, size: int = LINE_SAMPLE) -> list[int]:
        """Give the slots of articles that stand for a storyline, spread evenly over its developments."""
        if size < LINE_SAMPLE and len(whole := self.line_sample(line)) < LINE_SAMPLE:
            return [whole[place] for place in _evenly(len(whole), size)]
        version, sample = self._samples.get((line.id, size), (-1, []))
        if version != line.version:
            sample = [self.slots[article] for article in self._spread(line, size)]
            self._samples[line.id, size] = line.version, sample
        return sample

    def _spread(self, line: Line, size: int) -> list[str]:
        events = list(map(self.register.events.__getitem__, line.events))
        if len(events) == 1 and not self.dormant and len(events[0].articles) <= size:
            return events[0].articles
        parts = [self._awake(event) for event in events] if self.dormant else [event.articles for event in events]
        ends = list(accumulate(map(len, parts)))
        count = ends[-1] if ends else 0
        if count <= size:
            return list(chain.from_iterable(parts))
        sample: list[str] = []
        for at in _evenly(count, size):
            part = bisect_right(ends, at)
            sample.append(parts[part][at - ends[part]])  # counted from the part's end
        return sample

    def grown(self, pair: tuple[str, str], size: int) -> bool:
        """Whether two groups (or one with itself) grew enough since they were last looked at to look again."""
        return size >= GROWTH * self._looked.get((min(pair), max(pair)), 0)

    def due(self, pair: tuple[str, str], size: int) -> bool:
        """Whether two groups are `grown`; if so, that they are looked at now is remembered."""
        if grown := self.grown(pair, size):
            self._looked[min(pair), max(pair)] = size
        return grown

    def remove(self, articles: Sequence[str]) -> None:
        """Forget articles altogether."""
        gone = {article for article in articles if article in self.titles}
        self._forget(articles)
        if gone:
            self._keep([slot for slot, article in enumerate(self.pool.articles) if article not in gone])

    def _forget(self, articles: Sequence[str]) -> None:
        self.copies.remove(set(articles))
        for article in articles:
            self.dormant.pop(article, None)
            self.titles.pop(article, None)
        self.register.forget(articles)

    def thin_out(self) -> None:
        """Where the pool is full, keep the newest articles, then what stands for storylines.

        A storyline may be quiet for longer, by the square, the more often it was told, and each keeps two articles
        before any keeps more: a treaty must be there when it moves again after months, whatever came since.
        """
        if len(self.rarity) > max(CROWDED, MORE_KEYS * self._numbered):
            self.pool.renumber(self.rarity)
            self._numbered = len(self.rarity)
        if self.dormant and len(self.pool) + len(self.dormant) > FULL:
            # As many as fit; first go the oldest of storylines that have others to stand for them.
            excess = len(self.pool) + len(self.dormant) - FULL
            homes = {
                article: self.register.events[self.register.event_of[article]].storyline for article in self.dormant
            }
            alone = {name: self.register.lines[name].seen < LINE_SAMPLE for name in set(homes.values())}
            self._forget(sorted(self.dormant, key=lambda article: alone[homes[article]])[:excess])
        count = len(self.pool)
        if count <= FULL:
            return
        keep = self._telling(set(range(count - KEPT // 4, count)))
        self._forget([article for slot, article in enumerate(self.pool.articles) if slot not in keep])
        self._keep(sorted(keep))
        alive = self.register.lines.keys() | self.register.events.keys()
        self._looked = {pair: size for pair, size in self._looked.items() if alive.issuperset(pair)}

    def _telling(self, keep: set[int]) -> set[int]:
        """Add what stands for storylines until there are `KEPT`."""
        told = [(line, self.line_sample(line)) for line in self.register.lines.values()]
        told.sort(key=lambda one: -max(one[1], default=-1))
        ranks = {line.id: rank / line.seen**2 for rank, (line, _) in enumerate(told)}
        told.sort(key=lambda one: ranks[one[0].id])
        for size in (2, 4, LINE_SAMPLE):
            for line, sample in told:
                part = sample if len(sample) <= size else self.line_sample(line, size)
                keep.update(part[: KEPT - len(keep)])
                if len(keep) >= KEPT:
                    return keep
            told = [one for one in told if len(one[1]) > size]  # all of others are kept
        return keep

    def _keep(self, slots: list[int]) -> None:
        self.pool.keep(slots)
        self._samples.clear()
        self._last.clear()
        self.slots = {article: slot for slot, article in enumerate(self.pool.articles)}

    # ------------------------------------------------------------ stored state

    def to_state(self) -> bytes:
        """Give all but features and vectors, which the store keeps anyway: compressed JSON."""
        state = {
            "version": STATE,
            "features": VERSION,
            "engine": self.engine,
            "seen": [self._seen, self._centred_at, self._weighed_at],
            "looked": [[*pair, size] for pair, size in self._looked.items()],
            "articles": self.titles,
            "dormant": list(self.dormant),
            "means": self.means.to_state(),
            "rarity": self.rarity.to_state(),
            "register": self.register.to_state(),
        }
        return zlib.compress(json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode(), 1)

    def restore(
        self, state: Mapping[str, Any], features: Mapping[str, Features], vectors: Mapping[str, NDArray[np.floating]]
    ) -> None:
        """Take up a state with the features and vectors of its articles; those without features are forgotten.

        Articles without a vector are `dormant`. Vectors of another engine than the state's are welcome: the languages'
        means are then learned from them.
        """
        self.register.restore(state["register"])
        self.dormant = {name: features[name] for name in state["articles"] if name in features and name not in vectors}
        known = [name for name in state["articles"] if name in features and name in vectors]
        self.rarity.restore(state["rarity"])
        self._seen, self._centred_at, self._weighed_at = state["seen"]
        self._looked = {(one, other): size for one, other, size in state["looked"]}
        unheard = set(known)
        if state["engine"] == self.engine:
            self.means.restore(state["means"])
            unheard = unheard.intersection(state.get("dormant", ()))
        for name in known:
            if name in unheard:
                self.means.add(features[name].language, vectors[name])
        self.titles = {name: title for name, title in state["articles"].items() if name in features}
        read = [features[name] for name in known]
        keyed = self.rarity.keyed_all(read)
        slots = self.pool.extend(known, read, [vectors[name] for name in known], self.rarity, keyed)
        self.slots |= zip(known, slots, strict=True)
        self.copies.add([(name, features[name]) for name in self.titles])
        self.pool.recentre(self.means)
        self.register.forget(sorted(set(state["articles"]) - set(self.titles)))


def _evenly(count: int, size: int) -> Sequence[int]:
    """Give at most ``size`` places out of ``count``, the first and the last among them."""
    return range(count) if count <= size else [at * (count - 1) // (size - 1) for at in range(size)]


def unpack(state: bytes) -> dict[str, Any]:
    """Read a stored state. Raises ValueError where it is not one of this version."""
    try:
        found = json.loads(zlib.decompress(state))
    except (zlib.error, ValueError) as error:
        raise ValueError(f"not a stored grouping state: {error}") from error
    if not isinstance(found, dict) or found.get("version") not in (1, STATE):
        raise ValueError("a grouping state of another version")
    return found


def renewal(state: Mapping[str, Any]) -> tuple[str, ...]:
    """Give a state's articles in the order in which another engine should embed them again.

    The newest article of every storyline first, the last active storyline before all, then the second newest of each,
    and so on: soon each storyline has something that a new article can be compared with.
    """
    newest_first = list(reversed(state["articles"]))
    place = {name: at for at, name in enumerate(newest_first)}
    ranks: dict[str, int] = {}
    lines: dict[str, list[str]] = {}
    for _, line, _, _, articles, _ in state["register"]["events"]:
        lines.setdefault(line, []).extend(name for name in articles if name in place)
    for names in lines.values():
        ranks |= {name: rank for rank, name in enumerate(sorted(names, key=place.__getitem__))}
    return tuple(sorted(newest_first, key=lambda name: (ranks.get(name, 0), place[name])))
