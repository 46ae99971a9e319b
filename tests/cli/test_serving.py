"""preview and run: on the loopback interface, named where a port is taken, and ending when they are told to."""

from __future__ import annotations

import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from .conftest import CONFIG, ENVIRONMENT, Run

BRIEFING = [sys.executable, "-m", "briefing"]


@contextmanager
def _running(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Start a service and give its process and what it said up to its address, or up to its last plan."""
    process = subprocess.Popen(
        [*BRIEFING, *arguments], cwd=folder, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        while (line := process.stdout.readline()) and "http://" not in line and "--no-web" not in arguments:
            said.append(line)
        yield process, [*said, line]
    finally:
        process.kill()
        process.communicate()


def _address(line: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found is not None, line
    return found[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_preview_shows_the_edition_and_ends_when_told(built: Path, number: signal.Signals) -> None:
    """The preview answers on the loopback interface, with tool, page and feed, and ends without a traceback."""
    with _running(built, "preview", "--port", "0") as (process, said):
        address = _address(said[-1])
        assert "Ctrl-C" in said[-1]
        for path in ("preview/", "", "feed.xml", "editions/2026-11-21/morning/email.html"):
            assert httpx.get(address + path, timeout=30).status_code == 200, path
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
        assert "Traceback" not in errors
        assert process.returncode == 0


@pytest.mark.parametrize("command", ["preview", "run"])
def test_a_port_that_is_taken_is_named(briefing: Run, built: Path, command: str) -> None:
    """A port in use, and a host that is not ours, are one line with the mend."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        [line] = briefing(command, "--port", port).must(2).err.splitlines()
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line
    assert "cannot listen" in briefing(command, "--host", "192.0.2.1", "--port", "0").must(2).err


def test_the_service_collects_serves_and_ends_clean(briefing: Run, built: Path) -> None:
    """run says each schedule, serves out/, holds the store against a second run, and SIGTERM ends it with 0."""
    with _running(built, "run", "--port", "0") as (process, said):
        assert any(re.match(r"morning: .* in Asia/Ho_Chi_Minh", line) for line in said)
        address = _address(said[-1])
        assert httpx.get(address, timeout=30).status_code == 200
        assert httpx.get(address + "feed.xml", timeout=30).headers["content-type"].startswith("application/rss+xml")
        assert "service" in briefing("run", "--port", "0").must(1).err
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
        assert "Traceback" not in errors, errors
        assert process.returncode == 0, errors


def test_the_service_makes_up_for_an_edition_it_missed(built: Path) -> None:
    """After days off it makes and delivers one edition at once, and says so with -v; --no-web serves nothing."""
    (built / "config.yaml").write_text(CONFIG.replace("slug: morning", "slug: morning\n    when_empty: send"))
    store = sqlite3.connect(built / "data" / "briefing.db")
    with store:
        columns = [row[1] for row in store.execute("PRAGMA table_info(runs)")]
        stamp = store.execute("SELECT started_at FROM runs LIMIT 1").fetchone()[0]
        old = f"2020-01-01{stamp[10:]}"
        row = {"number": 1_000_000, "kind": "issue:morning", "started_at": old, "finished_at": old}
        store.execute(
            f"INSERT INTO runs ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            [row[column] for column in columns],
        )
    store.close()
    with _running(built, "-v", "run", "--no-web") as (process, _):
        assert process.stderr is not None
        for line in process.stderr:
            assert "Traceback" not in line
            if "sent to 2" in line:
                break
        else:
            pytest.fail("the edition that was missed was not made")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert len(list((built / "data" / "outbox").glob("*.eml"))) == 2
