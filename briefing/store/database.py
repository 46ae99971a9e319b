"""One database behind one interface: transactions, upserts, counters and bounded IN lists on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import SQLAlchemyError

from briefing.store import schema
from briefing.store.troubles import VendorError, store_error

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Item = TypeVar("Item")

_BATCH = 500


def _insert(is_sqlite: bool, table: Table) -> postgresql.Insert | sqlite.Insert:
    if is_sqlite:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a twentieth of a short run's time, which most stores never need

    return postgresql.insert(table)


@lru_cache(maxsize=256)  # few are needed, and making one takes longer than what it does
def _upsert(
    is_sqlite: bool, table: Table, names: tuple[str, ...], keep: frozenset[str]
) -> postgresql.Insert | sqlite.Insert:
    return _new_upsert(is_sqlite, table, names, keep, None)


def _new_upsert(
    is_sqlite: bool, table: Table, names: tuple[str, ...], keep: frozenset[str], condition: ColumnElement[bool] | None
) -> postgresql.Insert | sqlite.Insert:
    keys = [column.name for column in table.primary_key]
    statement = _insert(is_sqlite, table)
    new = {name: statement.excluded[name] for name in names if name not in {*keys, *keep}}
    upsert: postgresql.Insert | sqlite.Insert
    if new:
        upsert = statement.on_conflict_do_update(index_elements=keys, set_=new, where=condition)
    else:
        upsert = statement.on_conflict_do_nothing(index_elements=keys)
    return upsert


class Database:
    """An engine and the name by which error messages call it."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one unmoving state of the store. Raises StoreError."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.raising(), self.engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:
        """Give a connection whose work is kept whole at the end, or not at all. Raises StoreError.

        A durable transaction survives a power cut from its end on; any other survives the death of the process and,
        after a power cut, is there whole or is done again by the next run.
        """
        with self.raising(), self.engine.connect() as plain:
            connection = plain.execution_options(writing=True, durable=durable)
            with connection.begin():
                yield connection

    @contextmanager
    def raising(self) -> Iterator[None]:
        """Translate what the drivers raise into StoreError."""
        try:
            yield
        except (SQLAlchemyError, VendorError) as error:
            raise store_error(error, self.engine, self.place) from error

    def upsert(
        self, connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, keep: Iterable[str] = ()
    ) -> None:
        """Insert rows; where the primary key is taken, replace all columns but `keep`."""
        if rows:
            connection.execute(_upsert(self.is_sqlite, table, tuple(rows[0]), frozenset(keep)), rows)

    def upsert_if(
        self, connection: Connection, table: Table, row: dict[str, Any], condition: ColumnElement[bool]
    ) -> bool:
        """Insert one row; or replace the one of its primary key if the condition holds; say whether it did."""
        statement = _new_upsert(self.is_sqlite, table, tuple(row), frozenset(), condition).returning(*table.primary_key)
        return connection.execute(statement, row).first() is not None

    def numbers(self, connection: Connection, name: str, count: int) -> range:
        """Take the next `count` numbers of a counter, from 1, never given again.

        The counter's row stays locked until the transaction ends, so numbers become visible in their order: a reader
        who has seen n will never see a smaller one appear later, as a PostgreSQL sequence would allow.
        """
        start = {"name": name, "value": count}
        statement = _insert(self.is_sqlite, schema.counters).values(start)
        upsert = statement.on_conflict_do_update(
            index_elements=["name"], set_={"value": schema.counters.c.value + count}
        ).returning(schema.counters.c.value)
        last: int = connection.execute(upsert).scalar_one()
        return range(last - count + 1, last + 1)


def batches(items: Iterable[Item], size: int = _BATCH) -> Iterator[list[Item]]:
    """Cut items into lists that an IN clause takes on every build of SQLite."""
    walk = iter(items)
    while batch := list(islice(walk, size)):
        yield batch
