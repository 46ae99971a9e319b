"""Stores that cannot be used: each says which, what is wrong and what to do, and nothing is touched."""

from __future__ import annotations

import ctypes
import errno
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import StoreError
from briefing.ports import Harvest, SourceState
from briefing.store import open_store

from .makers import entry


def trouble(url: str) -> str:
    """Open a store that cannot be opened, and give the message."""
    with pytest.raises(StoreError) as caught, open_store(url, patience=1):
        pass
    assert "secret" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "not a database URL"),
        ("data/briefing.db", "not a database URL"),
        ("mysql://u:secret@host/name", "begins with 'mysql'"),
        ("postgresql+psycopg2://u:secret@host/name", "not known"),
        ("postgresql://u:secret@host:port/name", "not a database URL"),
        ("postgresql://u:secret@host", "names no database"),
        ("sqlite://", "three slashes"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite://data/briefing.db", "three slashes"),
    ],
)
def test_urls_that_name_no_store(url: str, words: str) -> None:
    """A URL that cannot be meant is refused with an example of one that can, and without its password."""
    message = trouble(url)
    assert words in message
    assert "sqlite:///data/briefing.db" in message


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """A file of something else is refused and stays byte for byte."""
    file = tmp_path / "notes.txt"
    file.write_bytes(b"These are my notes.\n" * 500)
    assert f"{file} is not a database" in trouble(f"sqlite:///{file}")
    assert file.read_bytes() == b"These are my notes.\n" * 500


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """An empty file, as mktemp makes it, holds nothing that could be lost."""
    file = tmp_path / "briefing.db"
    file.touch()
    with open_store(f"sqlite:///{file}") as store:
        assert store.entries.count() == 0


def test_a_database_of_another_program(tmp_path: Path) -> None:
    """A SQLite file with foreign tables is refused and gets none of ours."""
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    assert "of another program (it holds bookmarks)" in trouble(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    connection.close()


def test_a_damaged_store(tmp_path: Path) -> None:
    """A store whose pages were overwritten says so, and how to rescue it."""
    file = tmp_path / "briefing.db"
    url = f"sqlite:///{file}"
    with open_store(url) as store:
        store.sources.save_harvest("one", Harvest(tuple(entry(n) for n in range(200)), SourceState()))
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(StoreError, match="is damaged; restore it"), open_store(url) as store:
        store.entries.unextracted()


def test_folders(tmp_path: Path) -> None:
    """A folder for a file, and a file for a folder, are named; missing folders are made."""
    assert "is a folder; let `store` name a file in it" in trouble(f"sqlite:///{tmp_path}")
    (tmp_path / "file").touch()
    assert "folder cannot be made" in trouble(f"sqlite:///{tmp_path}/file/deeper/briefing.db")
    with open_store(f"sqlite:///{tmp_path}/a/b/briefing.db"):
        assert (tmp_path / "a" / "b" / "briefing.db").exists()


def _in_child(work: Callable[[], str]) -> str:
    """Run a function in a forked process and give what it reports, so that its rights and mounts end with it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, work().encode())
        except BaseException as error:  # noqa: BLE001  # a forked test reports all and never returns
            os.write(writing, f"unexpected {error!r}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as report:
        text = report.read()
    os.waitpid(child, 0)
    return text


def _fill(file: Path, count: int = 1) -> str:
    """Open a store and write to it; give what happened."""
    try:
        with open_store(f"sqlite:///{file}", patience=1) as store:
            for number in range(count):
                given = tuple(entry(n, body="x" * 20_000) for n in range(number * 20, number * 20 + 20))
                store.sources.save_harvest("one", Harvest(given, SourceState(etag=str(number))))
    except StoreError as error:
        return str(error)
    return "wrote"


@pytest.mark.parametrize("locked", ["file", "folder"])
def test_without_the_right_to_write(tmp_path: Path, locked: str) -> None:
    """A store, or its folder, that this user may only read is named with the mend, and not changed."""
    folder = tmp_path / "data"
    file = folder / "briefing.db"
    assert _fill(file) == "wrote"
    before = file.read_bytes()
    file.chmod(0o444 if locked == "file" else 0o666)
    folder.chmod(0o777 if locked == "file" else 0o555)

    def work() -> str:
        if os.geteuid() == 0:  # root may write anything
            for parent in (tmp_path, *tmp_path.parents):
                if "pytest" in str(parent):
                    parent.chmod(0o755)
            os.setuid(65534)
        return _fill(file, 2)

    report = _in_child(work)
    assert f"{file if locked == 'file' else folder} is read-only for this user" in report
    assert "chmod u+rw" in report
    assert file.read_bytes() == before


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="needs root to mount a small disk"
)
def test_a_full_disk(tmp_path: Path) -> None:
    """On a real full disk the write that does not fit fails whole, and all kept before is there and readable."""

    def work() -> str:
        if failed := _mount(tmp_path, b"size=1m"):
            return failed
        report = _fill(tmp_path / "briefing.db", 100)
        (tmp_path / "free").unlink(missing_ok=True)
        with open_store(f"sqlite:///{tmp_path / 'briefing.db'}") as store:
            kept, state = store.entries.count(), store.sources.state("one").etag
        return f"{report} kept={kept} whole={kept == 20 * (int(state or -1) + 1)}"

    report = _in_child(work)
    if report.startswith("no mounts here"):
        pytest.skip(report)
    assert "the disk is full" in report or "is full" in report
    assert "whole=True" in report
    assert "kept=0 " not in report


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="needs root to mount a small disk"
)
def test_a_read_only_disk(tmp_path: Path) -> None:
    """A store on a disk mounted read-only is named with the mend, for root too."""

    def work() -> str:
        if failed := _mount(tmp_path, b"size=4m"):
            return failed
        first = _fill(tmp_path / "briefing.db")
        libc = ctypes.CDLL(None, use_errno=True)
        assert libc.mount(b"tmpfs", str(tmp_path).encode(), b"tmpfs", 0x21, None) == 0, ctypes.get_errno()
        return f"{first}; {_fill(tmp_path / 'briefing.db')}; {_fill(tmp_path / 'deeper' / 'new.db')}"

    report = _in_child(work)
    if report.startswith("no mounts here"):
        pytest.skip(report)
    assert report.startswith("wrote; ")
    assert "is read-only" in report
    assert "folder cannot be made" in report


def _mount(folder: Path, options: bytes) -> str:
    """Mount a small disk in a world of its own; give why not, if not."""
    libc = ctypes.CDLL(None, use_errno=True)
    private = libc.unshare(0x00020000) == 0 and libc.mount(None, b"/", None, 0x4000 | 0x40000, None) == 0
    if not private or libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, options) != 0:
        return f"no mounts here: {errno.errorcode[ctypes.get_errno()]}"
    return ""


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """A PostgreSQL server that cannot be reached is named without its password, within the patience given."""
    for where in ("u:secret@127.0.0.1:1/name", f"u:secret@/name?host={tmp_path}"):
        message = trouble(f"postgresql://{where}")
        assert "PostgreSQL at postgresql://u:***@" in message
        assert "cannot be reached" in message


def test_an_old_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python with too old a SQLite says which is needed, and makes no file."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    assert "needs SQLite 3.35 or newer" in trouble(f"sqlite:///{tmp_path}/briefing.db")
    assert list(tmp_path.iterdir()) == []


def test_the_driver_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without psycopg a PostgreSQL store says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'briefing[postgresql]'" in trouble("postgresql://u:secret@host/name")


@pytest.mark.postgresql
def test_databases_and_rights_of_a_server(postgresql_server: str, postgresql_url: str) -> None:
    """A database that does not exist, a user who may make no tables, and a foreign table in the way are told apart."""
    import psycopg

    missing = postgresql_server.replace("/postgres?", "/none?")
    assert "createdb" in trouble(missing)
    schema = postgresql_url.rpartition("%3D")[2]
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {schema} LOGIN")
        connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {schema}")
    message = trouble(postgresql_url.replace("briefing@", f"{schema}@"))
    assert "GRANT CREATE" in message
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {schema}.editions (id int)")
    message = trouble(postgresql_url)
    assert 'relation "editions" already exists' in message
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        query = f"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'"
        assert connection.execute(query).fetchone() == (1,)


def test_a_folder_that_may_not_be_entered(tmp_path: Path) -> None:
    """A store in a folder that this user may not enter is named with the mend."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)

    def work() -> str:
        if os.geteuid() == 0:
            for parent in (tmp_path, *tmp_path.parents):
                if "pytest" in str(parent):
                    parent.chmod(0o755)
            os.setuid(65534)
        else:
            folder.chmod(0o000)
        return _fill(folder / "briefing.db")

    assert f"{folder}: the store's folder cannot be made or entered" in _in_child(work)
