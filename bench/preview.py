"""What it takes from saving a file to seeing it in the preview. Run: ``python bench/preview.py``.

Makes an installation of thirty editions of twelve storylines, saves a template, a theme, the configuration and a
document of the corpus in turn, and prints for each the milliseconds of processor time until the mail that is looked at
is set anew, and the ratio to setting the whole site anew. Then the same on the wall clock through the file system's
notice and the server, from saving to the bytes of the new mail, which is to be under a second.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.app import newsroom
from briefing.config import load
from briefing.pipeline import build
from briefing.shipped import TEMPLATES
from briefing.web.live import Live
from briefing.web.preview import preview
from tests.render.editions import edition

ROUNDS = 5
EDITIONS = 30
DAY = datetime(2026, 11, 21, 5, tzinfo=UTC)
CONFIG = """
title: Bench
base_url: https://news.example.org/
sources: [{corpus: corpus}]
newsletters: [{title: Morning briefing, slug: morning, languages: [en]}]
"""
REPORT = """Water in the delta falls, number {number}

{day} November 2026

The river office of the lower delta said on {day} November 2026 that the water fell by {number} centimetres overnight.

Some 2,300 families are still in school buildings, its director said.
"""


def installation(folder: Path) -> Live:
    """Make an installation with a corpus of forty reports and thirty editions."""
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    (folder / "corpus").mkdir()
    for number in range(40):
        text = REPORT.format(number=number + 10, day=1 + number % 20)
        (folder / "corpus" / f"{number}.txt").write_text(text, "utf-8")
    with newsroom(load(folder / "config.yaml", os.environ)) as room:
        asyncio.run(build(room, DAY))
        for back in range(1, EDITIONS):
            day = DAY - timedelta(days=back)
            room.store.editions.save(replace(edition(12), date=day.date(), made_at=day))
    return Live(folder / "config.yaml")


def saved(folder: Path, kind: str, number: int) -> Path:
    """Save another version of a file."""
    if kind == "template":
        path, text = folder / "templates/mail/closing.mjml", (TEMPLATES / "mail/closing.mjml").read_text("utf-8")
        text += f"<!-- {number} -->"
    elif kind == "theme":
        path, text = folder / "templates/themes/morning.yaml", (TEMPLATES / "themes/morning.yaml").read_text("utf-8")
        text = text.replace("#23201c", f"#23201{number}")
    elif kind == "configuration":
        path, text = folder / "config.yaml", CONFIG.replace("Morning briefing", f"Morning briefing {number}")
    else:
        path, text = folder / "corpus" / "0.txt", REPORT.format(number=900 + number, day=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def milliseconds(work: Callable[[], object]) -> float:
    """Give the processor time of a piece of work in milliseconds."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1_000


def processor(folder: Path, live: Live) -> None:
    """Print what each kind of change costs beside setting the whole site."""
    live.look().site()
    whole = min(milliseconds(lambda: live.look().site()) for _ in range(3))
    print(f"the whole site of {EDITIONS} editions      {whole:8.1f} ms of processor time")
    for kind in ("template", "theme", "configuration", "document"):
        costs = []
        for number in range(ROUNDS):
            path = saved(folder, kind, number)
            costs.append(milliseconds(lambda path=path: shown(live, path)))  # type: ignore[misc]
        print(f"  a saved {kind:<18}         {min(costs):8.1f} ms, {whole / min(costs):5.1f} x quicker than the site")


def shown(live: Live, path: Path) -> None:
    """Look after a change, and set the mail of the newest edition."""
    snapshot = live.look([path])
    snapshot.proof(snapshot.editions[0].path, "", False)


@contextmanager
def served(live: Live) -> Iterator[httpx.Client]:
    """Serve the preview as the command does."""
    server = uvicorn.Server(uvicorn.Config(preview(live.look, live.watched), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join(10)


def wall(folder: Path, live: Live) -> None:
    """Print what passes from saving to the new mail, through the notice of the file system and the server."""
    path = live.look().editions[0].path
    with served(live) as client, client.stream("GET", "/preview/events", timeout=60) as stream:
        lines = stream.iter_lines()
        next(lines)
        time.sleep(1)
        for kind in ("template", "theme", "configuration", "document"):
            best = float("inf")
            for number in range(5, 5 + ROUNDS):
                start = time.monotonic()
                saved(folder, kind, number)
                next(line for line in lines if line.startswith("event:"))
                client.get(f"/preview/?edition={path}")
                client.get(f"/{path}/email.html")
                best = min(best, time.monotonic() - start)
                time.sleep(0.3)
            print(f"  from saving to showing a {kind:<14} {best * 1_000:6.0f} ms   (to reach: 1,000)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        live = installation(Path(name).resolve())
        processor(Path(name).resolve(), live)
        wall(Path(name).resolve(), live)
