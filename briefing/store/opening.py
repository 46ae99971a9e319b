"""From a URL to an engine that behaves the same on both dialects, or a StoreError that says what to mend."""

from __future__ import annotations

import os
import sqlite3
import time
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from briefing.errors import StoreError
from briefing.store.database import Database

_SCHEMES = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_SQLITE = (3, 35)  # the first with RETURNING
_EXAMPLES = "sqlite:///data/briefing.db or postgresql://user:password@host/name"


def open_database(url: str, patience: float) -> Database:
    """Make the engine for a URL, and for SQLite the file's folder. Raises StoreError."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        if sqlite3.sqlite_version_info < _SQLITE:
            wanted = ".".join(map(str, _SQLITE))
            raise StoreError(
                f"the store needs SQLite {wanted} or newer; this Python was built with {sqlite3.sqlite_version}: "
                "use another Python, or PostgreSQL"
            )
        file = Path(parsed.database or "")
        _prepare_file(file)
        return Database(_sqlite_engine(parsed, patience), str(file))
    if find_spec("psycopg") is None:
        raise StoreError(f"{place_of(parsed)} needs the PostgreSQL driver: pip install 'briefing[postgresql]'")
    return Database(_postgresql_engine(parsed, patience), place_of(parsed))


def place_of(url: URL) -> str:
    """Name a server's database for an error message, without its password."""
    return f"PostgreSQL at {url.set(drivername='postgresql').render_as_string(hide_password=True)}"


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # the message would show the password
        raise StoreError(f"`store` is not a database URL; write {_EXAMPLES}") from error
    driver = _SCHEMES.get(parsed.drivername)
    if driver is None:
        raise StoreError(f"`store` begins with {parsed.drivername!r}, which is not known; write {_EXAMPLES}")
    if driver.startswith("sqlite"):
        if parsed.host or not parsed.database or parsed.database == ":memory:" or parsed.query:
            raise StoreError("`store` must name a file, with three slashes: sqlite:///data/briefing.db")
    elif not parsed.database:
        raise StoreError(f"`store` names no database; write {_EXAMPLES}")
    return parsed.set(drivername=driver)


def _prepare_file(file: Path) -> None:
    folder = file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_folder, exists = file.is_dir(), file.exists()
    except OSError as error:
        raise StoreError(
            f"{folder}: the store's folder cannot be made or entered ({error.strerror}); make it, give this user the "
            "right to use it, or let `store` name another"
        ) from error
    if is_folder:
        raise StoreError(f"{file} is a folder; let `store` name a file in it: sqlite:///{file / 'briefing.db'}")
    for path in (file, folder) if exists else (folder,):
        if not os.access(path, os.W_OK | os.R_OK):
            raise StoreError(
                f"{path} is read-only for this user; the store must be written, and so must its folder "
                f"(chmod u+rw, chown), or let `store` name another place. Nothing was changed"
            )


# An engine remembers how each statement is written, and whoever opens a store again (the preview, at every look) need
# not write them anew. One that was disposed of holds no connection.
@lru_cache(maxsize=4)
def _sqlite_engine(url: URL, patience: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: Any) -> None:
        _set_journal(connection, patience)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_size_limit = 67108864")
        connection.execute("PRAGMA wal_autocheckpoint = 8000")
        connection.execute("PRAGMA cache_size = -16384")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A write takes the lock at once: a reader that turns writer half-way fails without waiting its turn.
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get('durable') else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")

    return engine


def _set_journal(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to write-ahead logging; SQLite does not wait here by itself when two processes make one file at once."""
    end = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.05)


@lru_cache(maxsize=4)
def _postgresql_engine(url: URL, patience: float) -> Engine:
    arguments = {"connect_timeout": max(2, round(patience / 3)), "application_name": "briefing"}
    arguments = {name: value for name, value in arguments.items() if name not in url.query}
    try:
        engine = create_engine(url, connect_args=arguments, pool_pre_ping=True)
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(
            f"the PostgreSQL driver does not load ({error}): pip install 'briefing[postgresql]'"
        ) from error

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(patience * 1000)}")
            cursor.execute("SET TIME ZONE 'UTC'")
        connection.commit()

    return engine
