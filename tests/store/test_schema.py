"""The tables as SQL makes them and as the program sees them."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import inspect, text

from briefing.errors import StoreError
from briefing.store import open_store
from briefing.store.migrations import migrate, statements, steps
from briefing.store.opening import open_database
from briefing.store.schema import Instant, digest, metadata, storable


def test_steps_and_tables_agree(url: str) -> None:
    """Every column of every table is in the migrated store with the same name, key and nullability, and no other.

    The one exception is the index for searching, whose shape is the dialect's own.
    """
    with open_store(url):
        database = open_database(url, 5)
        found = inspect(database.engine)
        names = {name for name in found.get_table_names() if name.partition("_")[0] != "search"}
        assert names == set(metadata.tables) | {"schema_version"}
        assert found.has_table("search")
        for table in metadata.tables.values():
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}, table.name
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert set(keys) == {column.name for column in table.primary_key}, table.name
        database.engine.dispose()


def test_steps_are_numbered_without_gaps() -> None:
    """Step n is the n-th: no number is missing or given twice."""
    assert list(steps()) == list(range(1, len(steps()) + 1))


def test_opening_twice_changes_nothing(url: str) -> None:
    """A second opening finds the schema there and applies no step again."""
    with open_store(url) as store:
        version = store.version
    with open_store(url) as store:
        assert store.version == version == max(steps())
    database = open_database(url, 5)
    with database.reading() as connection:
        assert connection.scalars(text("SELECT version FROM schema_version")).all() == list(steps())
    database.engine.dispose()


def test_a_newer_schema_is_refused(url: str) -> None:
    """A store of a newer program is left alone, and the message says to update."""
    with open_store(url):
        database = open_database(url, 5)
        with database.writing() as connection:
            connection.execute(text("INSERT INTO schema_version (version) VALUES (99)"))
        database.engine.dispose()
    with pytest.raises(StoreError, match=r"newer briefing \(schema 99.*update briefing"), open_store(url):
        pass


def test_comments_and_dialects_in_steps() -> None:
    """Comments fall away, and PostgreSQL gets its own names of types."""
    sql = "-- TEXT; BLOB\nCREATE TABLE a (b TEXT, c BLOB);\nCREATE INDEX d ON a (b);\n"
    assert statements(sql, postgresql=False) == ["CREATE TABLE a (b TEXT, c BLOB)", "CREATE INDEX d ON a (b)"]
    assert statements(sql, postgresql=True)[0] == 'CREATE TABLE a (b TEXT COLLATE "C", c BYTEA)'
    sql = "/* sqlite */ CREATE VIRTUAL TABLE a USING fts5 (b);\n-- More.\n/* postgresql */ CREATE TABLE a (b TSVECTOR);"
    assert statements(sql, postgresql=False) == ["CREATE VIRTUAL TABLE a USING fts5 (b)"]
    assert statements(sql, postgresql=True) == ["CREATE TABLE a (b TSVECTOR)"]


def test_text_no_database_keeps_is_replaced() -> None:
    """NUL and lone surrogates become U+FFFD; all other text stays as it is."""
    assert storable("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    assert storable("Việt ไทย می\u200cخواهد 🇻🇳") == "Việt ไทย می\u200cخواهد 🇻🇳"


def test_digest_keeps_parts_apart() -> None:
    """Moving a character from one part to the next gives another digest."""
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("x")) == 32


def test_instants_need_a_zone() -> None:
    """A naive datetime is refused rather than guessed."""
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 3, 4), None)  # type: ignore[arg-type]  # noqa: DTZ001


def test_an_older_store_is_brought_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the first schema keeps what it holds, and what waited to be read or grouped still waits."""
    first = {1: steps()[1]}
    monkeypatch.setattr("briefing.store.migrations.steps", lambda: first)
    database = open_database(url, 5)
    migrate(database)
    with database.writing() as connection:
        for number in (1, 2, 3):
            row = {
                "n": number,
                "k": f"k{number}",
                "a": f"a{number}",
                "g": f"g{number}",
                "at": "2026-03-04T00:00:00+00:00",
            }
            names = "source, guid, withdrawn, collected_at, categories, language"
            values = "'one', :g, FALSE, :at, '[]', 'en'"
            rest = "key, number, hash, media_type, body"
            query = f"INSERT INTO entries ({names}, {rest}) VALUES ({values}, :k, :n, 'h', 'text/plain', 'b')"
            connection.execute(text(query), row)
            rest = "id, sequence, title, title_made, text"
            query = f"INSERT INTO articles ({names}, {rest}) VALUES ({values}, :a, :n, 't', FALSE, 'b')"
            connection.execute(text(query), row)
        connection.execute(text("INSERT INTO extractions VALUES ('k1', 'h'), ('k2', 'former')"))
        connection.execute(text("INSERT INTO storylines VALUES ('s', 's', 't', 'en', FALSE, FALSE, NULL, 1)"))
        connection.execute(text("INSERT INTO developments VALUES ('d', 's', NULL, NULL)"))
        connection.execute(text("INSERT INTO memberships VALUES ('a1', 'd', 's', NULL, NULL, '[]')"))
    database.engine.dispose()
    monkeypatch.undo()
    with open_store(url) as store:
        assert [entry.guid for entry in store.entries.unextracted()] == ["g2", "g3"]
        assert [article.id for article in store.grouping.ungrouped()] == ["a2", "a3"]
        assert store.articles.count() == 3
