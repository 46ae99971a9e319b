"""The store: all that `briefing` remembers, in SQLite or PostgreSQL; the only room that says SQL.

    with open_store("sqlite:///data/briefing.db") as store:
        store.sources.save_harvest(slug, harvest)
        for entry in store.entries.unextracted(): ...

Every method is one transaction: killed at any moment, the store holds it whole or not at all. What waits for the next
step (`entries.unextracted`, `grouping.ungrouped`) waits until the transaction that keeps the step's outcome, so a run
that starts again goes on where the last one stopped. Whatever a list method gives is ordered by a unique key. Methods
raise StoreError alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from briefing.store.articles import Articles
from briefing.store.cache import Cache
from briefing.store.database import Database
from briefing.store.deliveries import Deliveries
from briefing.store.editions import Editions, Header
from briefing.store.entries import Entries
from briefing.store.grouping import Grouping
from briefing.store.listing import Listing
from briefing.store.locking import lock
from briefing.store.migrations import migrate
from briefing.store.opening import open_database
from briefing.store.pictures import Pictures
from briefing.store.runs import Failures, Run, Runs
from briefing.store.search import Group, Hit, Results, Search
from briefing.store.sources import Sources
from briefing.store.storylines import Storylines

__all__ = ["Group", "Header", "Hit", "Results", "Run", "Store", "open_store"]


class Store:
    """One open store, its methods grouped by what they are about.

    ``place`` names it for messages; ``version`` is the number of its schema.
    """

    def __init__(self, database: Database, version: int) -> None:
        self._database = database
        self.place = database.place
        self.version = version
        self.sources = Sources(database)
        self.entries = Entries(database)
        self.articles = Articles(database)
        self.pictures = Pictures(database)
        self.cache = Cache(database)
        self.grouping = Grouping(database)
        self.storylines = Storylines(database)
        self.search = Search(database)
        self.editions = Editions(database)
        self.listing = Listing(database)
        self.deliveries = Deliveries(database)
        self.failures = Failures(database)
        self.runs = Runs(database)

    def lock(self, name: str) -> AbstractContextManager[None]:
        """Hold a name until the end of the block. Raises StoreError at once where another holds it."""
        return lock(self._database, name)


@contextmanager
def open_store(url: str, *, patience: float = 30.0) -> Iterator[Store]:
    """Open the store of a SQLAlchemy URL (SQLite file or PostgreSQL), made or brought to this program's schema.

    ``patience`` is how many seconds to wait for another process's write. Raises StoreError, with existing data
    untouched, where the URL, the file, its rights or its version do not allow it.
    """
    database = open_database(url, patience)
    try:
        yield Store(database, migrate(database))
    finally:
        database.engine.dispose()
