"""Numbered steps that bring a store to this program's schema: `steps/NNNN*.sql`, forward only, each in one transaction.

Plain files rather than Alembic: the schema is small, both dialects read the same SQL, and nothing needs to go back;
a reviewer reads what will run, and no second configuration, environment or revision graph is shipped.
"""

from __future__ import annotations

import re
from importlib.resources import files

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from briefing.errors import StoreError
from briefing.store.database import Database
from briefing.store.troubles import VendorError, store_error

_VERSION_TABLE = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY)"
_LOCK = 0x62726965  # "brie": the advisory lock of those who migrate one PostgreSQL database at once


def steps() -> dict[int, str]:
    """Give the shipped steps: number to SQL."""
    folder = files("briefing.store").joinpath("steps")
    found = {int(step.name[:4]): step for step in folder.iterdir() if re.fullmatch(r"\d{4}.*\.sql", step.name)}
    return {number: found[number].read_text(encoding="utf-8") for number in sorted(found)}


def migrate(database: Database) -> int:
    """Bring the store to the newest schema and give its number.

    Raises StoreError where the store is of a newer program, or a table of another program is in the way.
    """
    shipped = steps()
    newest = max(shipped)
    if (version := _version(database)) < newest:
        for number in range(version + 1, newest + 1):
            _apply(database, number, shipped[number])
        version = _version(database)
    if version > newest:
        raise StoreError(
            f"{database.place} was written by a newer briefing (schema {version}; this one knows {newest}): "
            "update briefing (pip install --upgrade briefing) or restore the backup made before it. Nothing was changed"
        )
    return version


def _version(database: Database) -> int:
    with database.reading() as connection:
        if database.is_sqlite:
            query = text("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = set(connection.scalars(query))
            if tables and "schema_version" not in tables:
                raise StoreError(
                    f"{database.place} is a database of another program (it holds {', '.join(sorted(tables)[:3])}); "
                    "nothing in it was changed. Give `store` a file of its own"
                )
            known = bool(tables)
        else:
            known = connection.scalar(text("SELECT to_regclass('schema_version')")) is not None
        return (connection.scalar(text("SELECT max(version) FROM schema_version")) or 0) if known else 0


def _apply(database: Database, number: int, sql: str) -> None:
    try:
        with database.engine.connect() as plain:
            connection = plain.execution_options(writing=True, durable=True)
            with connection.begin():
                _run(database, connection, number, sql)
    except (SQLAlchemyError, VendorError) as error:
        translated = store_error(error, database.engine, database.place)
        raise StoreError(f"{translated} (while bringing the store to schema {number})") from error


def _run(database: Database, connection: Connection, number: int, sql: str) -> None:
    if not database.is_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    connection.execute(text(_VERSION_TABLE))
    done = connection.scalar(text("SELECT max(version) FROM schema_version")) or 0
    if done >= number:  # another process was faster
        return
    for statement in statements(sql, postgresql=not database.is_sqlite):
        connection.exec_driver_sql(statement)
    connection.execute(text("INSERT INTO schema_version (version) VALUES (:number)"), {"number": number})


def statements(sql: str, *, postgresql: bool) -> list[str]:
    """Cut a step into its statements, in the words of the dialect.

    A statement that only one dialect understands begins with ``/* sqlite */`` or ``/* postgresql */``.
    """
    mine, other = ("postgresql", "sqlite") if postgresql else ("sqlite", "postgresql")
    sql = re.sub(r"--[^\n]*", "", sql)
    if postgresql:
        sql = re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', re.sub(r"\bBLOB\b", "BYTEA", sql))
    found = (statement.strip() for statement in sql.split(";"))
    return [
        statement.removeprefix(f"/* {mine} */").strip()
        for statement in found
        if statement and not statement.startswith(f"/* {other} */")
    ]
