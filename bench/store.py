"""What the store costs a build: against bare sqlite3 on the same text, and whether it grows with the archive.

    python bench/store.py [articles]

For `articles` (10,000) texts of 4,000 characters it prints what each step of a build costs an article; their sum as a
multiple of inserting the same texts twice with bare sqlite3, which is the least that any store could do (an entry and
its article); what 1,000 more cost in a store that holds that many; and what a re-run with nothing new and a delivery
cost.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from briefing.model import Article, Development, Entry, Membership, Reason, Storyline
from briefing.ports import Harvest, SourceState
from briefing.store import Store, open_store

NOW = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
REASONS = (Reason("people", ("Kim Jong-un", "Putin"), 1.5), Reason("places", ("Nga",), 0.75), Reason("time", (), 0.1))


class Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Add the block's seconds to a step."""
        start = time.perf_counter()
        yield
        self.spent[step] = self.spent.get(step, 0.0) + time.perf_counter() - start


def nouns(count: int) -> tuple[list[Entry], list[Article]]:
    """Make entries and their articles."""
    words = [f"word{number}" for number in range(5000)]
    chance = random.Random(1)
    entries, articles = [], []
    for number in range(count):
        text = " ".join(chance.choices(words, k=470))[:4000]
        guid = f"https://example.org/news/{number}"
        id_ = hashlib.sha256(guid.encode()).hexdigest()[:16]
        entries.append(Entry(f"source{number % 40}", guid, text, NOW, url=guid))
        articles.append(Article(id_, f"source{number % 40}", guid, text[:60], text, "en", NOW, url=guid))
    return entries, articles


def bare(folder: Path, entries: Sequence[Entry]) -> float:
    """Insert the texts twice with nothing but sqlite3; give the seconds."""
    connection = sqlite3.connect(folder / "bare.db")
    connection.execute("PRAGMA journal_mode = WAL")
    start = time.perf_counter()
    for table in ("entries", "articles"):
        connection.execute(f"CREATE TABLE {table} (guid TEXT PRIMARY KEY, body TEXT)")
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", [(entry.guid, entry.body) for entry in entries])
        connection.commit()
    spent = time.perf_counter() - start
    connection.close()
    return spent


def build(store: Store, clock: Clock, entries: Sequence[Entry], articles: Sequence[Article]) -> None:
    """Do what a build does to the store."""
    by_source: dict[str, list[Entry]] = {}
    for entry in entries:
        by_source.setdefault(entry.source, []).append(entry)
    with clock("collect"):
        for source, given in by_source.items():
            store.sources.save_harvest(source, Harvest(tuple(given), SourceState(etag="1")))
    told = {article.guid: article for article in articles}
    while True:
        with clock("extract: read"):
            waiting = store.entries.unextracted(500)
        if not waiting:
            break
        with clock("extract: write"):
            store.entries.save_extractions([(entry, (told[entry.guid],)) for entry in waiting])
    vectors = np.random.default_rng(1).normal(size=(len(articles), 384)).astype(np.float32)
    with clock("vectors: write"):
        store.cache.save_vectors("e", {article.id: vector for article, vector in zip(articles, vectors, strict=True)})
    with clock("vectors: read"):
        store.cache.vectors("e", [article.id for article in articles])
    with clock("features"):
        store.grouping.save_features("v1", {article.id: b"x" * 400 for article in articles})
    while True:
        with clock("group: read"):
            waiting_articles = store.grouping.ungrouped(500)
        if not waiting_articles:
            break
        with clock("group: write"):
            group(store, waiting_articles)
    with clock("tell: read"):
        for storyline in store.storylines.newest(limit=12):
            store.articles.of_storyline(storyline.id)
            store.storylines.memberships(storyline.id)


def group(store: Store, articles: Sequence[Article]) -> None:
    """Bind articles, five to a storyline."""
    members, lines, events = [], [], []
    for start in range(0, len(articles), 5):
        five = articles[start : start + 5]
        name = five[0].id
        lines.append(Storyline(f"s{name}", f"slug-{name}", "T", "en"))
        events.append(Development(f"d{name}", f"s{name}", tuple(article.id for article in five)))
        members += [Membership(article.id, f"d{name}", f"s{name}", None, None, REASONS) for article in five]
    store.grouping.save(members, lines, events, state=b"x" * 10_000)


def rerun(store: Store, entries: Sequence[Entry]) -> float:
    """Do what a build does where nothing is new; give the seconds."""
    by_source: dict[str, list[Entry]] = {}
    for entry in entries:
        by_source.setdefault(entry.source, []).append(entry)
    start = time.perf_counter()
    for source, given in by_source.items():
        assert store.sources.save_harvest(source, Harvest(tuple(given), SourceState(etag="1"))) == 0
    assert not store.entries.unextracted()
    assert not store.grouping.ungrouped()
    assert not store.storylines.moved_since(store.articles.max_sequence())
    return time.perf_counter() - start


def ledger(store: Store, count: int) -> float:
    """Begin and finish deliveries, each safe against a power cut; give the milliseconds of one."""
    start = time.perf_counter()
    for number in range(count):
        store.deliveries.begin("morning", date(2026, 3, 4), f"{number}@example.org", "<1@x>", NOW)
        store.deliveries.finish("morning", date(2026, 3, 4), f"{number}@example.org", "sent", "250", NOW)
    return (time.perf_counter() - start) / count * 1000


def main(count: int) -> None:
    """Print the figures."""
    entries, articles = nouns(count + 1000)
    with tempfile.TemporaryDirectory() as name:
        folder, clock, more = Path(name), Clock(), Clock()
        least = bare(folder, entries[:count])
        with open_store(f"sqlite:///{folder / 'briefing.db'}") as store:
            build(store, clock, entries[:count], articles[:count])
            build(store, more, entries[count:], articles[count:])
            again, sent = rerun(store, entries), ledger(store, 200)
        with open_store(f"sqlite:///{folder / 'first.db'}") as store:
            first = Clock()
            build(store, first, entries[count:], articles[count:])
        size = (folder / "briefing.db").stat().st_size / sum(len(entry.body) for entry in entries)
    total = sum(clock.spent.values())
    print(f"{count} articles: {total:.2f} s, {total / count * 1000:.3f} ms each, {total / least:.1f} × bare sqlite3")
    for step, spent in clock.spent.items():
        print(f"  {step:15} {spent / count * 1000:.3f} ms an article, {spent / total:5.1%}")
    growth = sum(more.spent.values()) / sum(first.spent.values())
    print(f"  1,000 more      {growth:.2f} × the first 1,000 of an empty store")
    print(f"  nothing new     {again:.3f} s, {again / total:.1%} of the build")
    print(f"  one delivery    {sent:.2f} ms, begun and finished")
    print(f"  file            {size:.2f} bytes a character given")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
