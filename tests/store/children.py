"""What other processes do to a store in its tests; run as `python children.py WORK URL …`."""

from __future__ import annotations

import sqlite3
import sys
import time
from datetime import UTC, date, datetime

from briefing.model import Article, Entry
from briefing.ports import Harvest, SourceState
from briefing.store import Store, open_store

NOW = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)


def say(word: object) -> None:
    """Tell the parent."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def pair(number: int) -> tuple[Entry, Article]:
    """Make an entry and its article."""
    guid = f"g{number}"
    body = f"{number} " * 2000
    return Entry("one", guid, body, NOW), Article(f"{number:016x}", "one", guid, f"T{number}", body, "en", NOW)


def write(store: Store) -> None:
    """Write batches of five entries and their articles for ever, telling the number of each batch kept."""
    for batch in range(100_000):
        pairs = [pair(batch * 5 + place) for place in range(5)]
        store.sources.save_harvest("one", Harvest(tuple(entry for entry, _ in pairs), SourceState(etag=str(batch))))
        store.entries.save_extractions([(entry, (article,)) for entry, article in pairs])
        say(batch)


def read(store: Store) -> None:
    """Read whatever waits, in batches of seven, telling how many articles were new."""
    while waiting := store.entries.unextracted(7):
        say(store.entries.save_extractions([(entry, (pair(int(entry.guid[1:]))[1],)) for entry in waiting]))


def send(store: Store) -> None:
    """Begin and finish the deliveries of one edition to twenty addresses, telling each that was begun."""
    for number in range(20):
        address = f"r{number}@example.org"
        if store.deliveries.begin("morning", date(2026, 3, 4), address, f"<{number}@x>", NOW):
            say(address)
            store.deliveries.finish("morning", date(2026, 3, 4), address, "sent", "250", NOW)


def hold(store: Store) -> None:
    """Hold the lock of the edition until killed."""
    with store.lock("edition"):
        say("held")
        time.sleep(60)


def grab(file: str) -> None:
    """Hold SQLite's own write lock until killed, as another program would."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    say("held")
    time.sleep(60)


if __name__ == "__main__":
    work, url = sys.argv[1:3]
    if work == "grab":
        grab(url)
    else:
        say("ready")
        sys.stdin.readline()
        with open_store(url) as opened:
            {"write": write, "read": read, "send": send, "hold": hold}[work](opened)
