"""One holder of a name at a time in one store, freed by the system itself when the holder dies."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select, text

from briefing.errors import StoreError
from briefing.store import schema
from briefing.store.database import Database


@contextmanager
def lock(database: Database, name: str) -> Iterator[None]:
    """Hold a name until the end of the block. Raises StoreError at once where another holds it.

    On SQLite it is SQLite's own exclusive lock on a file beside the store, on PostgreSQL an advisory lock of the
    session: neither outlives its process, so nothing is ever left locked and no heartbeat is needed. The table `locks`
    only tells the next one who it is.
    """
    held = _sqlite(database, name) if database.is_sqlite else _postgresql(database, name)
    with held:
        row = {"name": name, "holder": _me(), "since": datetime.now(UTC)}
        with database.writing() as connection:
            database.upsert(connection, schema.locks, [row])
        try:
            yield
        finally:
            with database.writing() as connection:
                connection.execute(delete(schema.locks).where(schema.locks.c.name == name))


def _me() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


@contextmanager
def _sqlite(database: Database, name: str) -> Iterator[None]:
    store = Path(database.engine.url.database or "")
    file = store.with_name(f"{store.name}-lock-{schema.digest(name)[:8]}")
    with database.raising():
        connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise _taken(database, name) from error
            with database.raising():
                raise
        yield
    finally:
        connection.close()


@contextmanager
def _postgresql(database: Database, name: str) -> Iterator[None]:
    with database.raising(), database.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        space = connection.scalar(text("SELECT current_schema()"))
        key = {"key": int(schema.digest("briefing", space, name)[:15], 16)}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
            raise _taken(database, name)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def _taken(database: Database, name: str) -> StoreError:
    query = select(schema.locks.c.holder, schema.locks.c.since).where(schema.locks.c.name == name)
    with database.reading() as connection:
        row = connection.execute(query).first()
    who = f"{row.holder} since {row.since:%Y-%m-%d %H:%M:%S} UTC" if row else "another process"
    return StoreError(
        f"{database.place}: {name} is being done by {who}; wait until it has finished, or stop it. Nothing was changed"
    )
