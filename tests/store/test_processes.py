"""Several processes on one store, and processes that die."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from briefing.errors import StoreError
from briefing.ports import Harvest, SourceState
from briefing.store import open_store
from briefing.store.opening import open_database

from .children import pair

CHILD = Path(__file__).with_name("children.py")


@contextmanager
def child(work: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process, and kill it at the end if it still runs."""
    command = [sys.executable, "-W", "error", str(CHILD), work, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    """Give the next line that a process says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go(process: subprocess.Popen[str]) -> None:
    """Let a process that is ready begin."""
    assert line(process) == "ready"
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("moment", [0.0, 0.017])
def test_killed_in_the_middle_of_writes(url: str, moment: float) -> None:
    """A writer killed at any moment leaves all it had told as kept, nothing half-written, and the next one goes on."""
    with child("write", url) as process:
        go(process)
        told = 0
        while told < 4:
            told = int(line(process))
        time.sleep(moment)
        process.kill()
        assert process.stdout is not None
        told = int(([str(told), *process.stdout.read().split()])[-1])
    with open_store(url, patience=20) as store:
        entries, articles = store.entries.count(), store.articles.count()
        assert entries >= articles >= (told + 1) * 5
        assert entries % 5 == articles % 5 == 0
        assert entries - articles in (0, 5)
        assert len(store.entries.unextracted()) == entries - articles
        assert store.sources.state("one") == SourceState(etag=str(entries // 5 - 1))
        assert store.articles.max_sequence() == articles
        database = open_database(url, 5)
        with database.reading() as connection:
            if database.is_sqlite:
                assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            for table, count in (("origins", articles), ("ungrouped", articles), ("unread", entries - articles)):
                assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == count
        database.engine.dispose()


def test_two_services_never_send_twice(url: str) -> None:
    """Of two processes that deliver one edition at once on one new store, each address is begun by exactly one."""
    with child("send", url) as one, child("send", url) as two:
        go(one)
        go(two)
        begun = [process.stdout.read().split() for process in (one, two) if process.stdout is not None]
        assert one.wait() == two.wait() == 0
    assert sorted(begun[0] + begun[1]) == sorted(f"r{number}@example.org" for number in range(20))
    with open_store(url) as store:
        receipts = store.deliveries.of("morning", date(2026, 3, 4))
        assert [receipt.state for receipt in receipts] == ["sent"] * 20
        assert store.deliveries.unfinished() == ()


def test_two_readers_make_each_article_once(url: str) -> None:
    """Of two processes that read the same entries at once, each article is new to one, and numbers have no gaps."""
    with open_store(url) as store:
        given = tuple(pair(number)[0] for number in range(60))
        store.sources.save_harvest("one", Harvest(given, SourceState()))
        with child("read", url) as one, child("read", url) as two:
            go(one)
            go(two)
            new = [process.stdout.read().split() for process in (one, two) if process.stdout is not None]
            assert one.wait() == two.wait() == 0
        assert sum(int(count) for count in new[0] + new[1]) == 60
        assert store.articles.count() == store.articles.max_sequence() == len(store.grouping.ungrouped()) == 60
        assert store.entries.unextracted() == ()


def test_threads_share_a_store(url: str) -> None:
    """Threads of one process write and read through one store without losing or doubling anything."""
    with open_store(url, patience=20) as store, ThreadPoolExecutor(8) as pool:

        def work(number: int) -> int:
            source = f"s{number % 4}"
            entry = replace(pair(number)[0], source=source)
            store.sources.save_harvest(source, Harvest((entry,), SourceState()))
            return store.entries.count()

        seen = list(pool.map(work, range(40)))
        assert store.entries.count() == 40
        assert all(1 <= count <= 40 for count in seen)
        assert len(store.entries.unextracted()) == 40


def test_a_lock_is_held_by_one_and_freed_by_death(url: str) -> None:
    """A lock names the process that holds it; other names are free; when the holder is killed it is free again."""
    with child("hold", url) as process:
        go(process)
        assert line(process) == "held"
        with open_store(url, patience=5) as store:
            with pytest.raises(StoreError, match=rf"edition is being done by process {process.pid} on .* since"):
                store.lock("edition").__enter__()
            with store.lock("grouping"):
                pass
            process.kill()
            process.wait()
            deadline = time.monotonic() + 20
            while True:  # a server notices a dead client in its own time
                try:
                    with store.lock("edition"):
                        break
                except StoreError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)


def test_a_lock_within_one_process(url: str) -> None:
    """The same name is refused to the process that holds it, and free after the block, also after an error."""
    with open_store(url, patience=5) as store:
        with (
            store.lock("edition"),
            pytest.raises(StoreError, match="edition is being done by process"),
            store.lock("edition"),
        ):
            pass
        with pytest.raises(ZeroDivisionError), store.lock("edition"):
            raise ZeroDivisionError
        with store.lock("edition"):
            store.sources.save_state("one", SourceState())


def test_locked_by_another_program(tmp_path: Path) -> None:
    """A SQLite file that another process keeps locked is named with that process; afterwards all works."""
    file = tmp_path / "briefing.db"
    with open_store(f"sqlite:///{file}", patience=0.2) as store, child("grab", str(file)) as process:
        assert line(process) == "held"
        with pytest.raises(StoreError, match="is locked by") as caught:
            store.sources.save_state("one", SourceState(etag="1"))
        if sys.platform == "linux":
            assert f"process {process.pid} (python" in str(caught.value)
        assert store.sources.states() == {}
        process.kill()
        process.wait()
        store.sources.save_state("one", SourceState(etag="2"))
        assert store.sources.state("one").etag == "2"
