"""What the command line prints: lines for people, JSON for programs, progress on a terminal."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer


def speak_utf8() -> None:
    """Print every script whatever the locale: UTF-8 into files and pipes, on a terminal as far as it can show it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def say(line: str = "") -> None:
    """Print a line for people on standard output."""
    typer.echo(line)


def warn(line: str) -> None:
    """Print a line for people on standard error."""
    typer.echo(line, err=True)


def show(data: Any) -> None:
    """Print data as JSON, in the scripts it is written in."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def show_line(data: Any) -> None:
    """Print one line of JSON Lines."""
    typer.echo(json.dumps(data, ensure_ascii=False, default=str))


@contextmanager
def progress() -> Iterator[Any]:
    """Give a function (step, done, total) that moves progress bars on a terminal, and does nothing when piped."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def moved(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield moved
