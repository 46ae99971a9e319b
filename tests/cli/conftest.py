"""The command as a stranger uses it: a process with arguments, a folder, two streams and an exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFING", "PYTHON"))}


@dataclass(frozen=True, slots=True)
class Done:
    """What a command that ended left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed on standard output, read as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """What was printed on standard output, read as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def must(self, code: int) -> Done:
        """Give itself where it ended so, and without a traceback or an error that nobody foresaw."""
        assert self.code == code, f"exit code {self.code}, not {code}:\n{self.out}\n{self.err}"
        for trace in ("Traceback", "was not foreseen"):
            assert trace not in self.err + self.out, self.err + self.out
        return self


Run = Callable[..., Done]


class Commands:
    """Runs `briefing` commands, each in a process of its own, forked from one that has the program loaded already."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._parent = subprocess.Popen(
            [sys.executable, str(HERE / "forking.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )

    def run(
        self, *arguments: object, cwd: Path, stdin: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> Done:
        """Run one command to its end."""
        given, out, err = (self._scratch / name for name in ("stdin", "stdout", "stderr"))
        given.write_bytes(stdin or b"")
        wanted = {
            "arguments": [str(argument) for argument in arguments],
            "cwd": str(cwd),
            "env": dict(env or {}),
            "streams": [str(given), str(out), str(err)],
        }
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        print(json.dumps(wanted), file=self._parent.stdin, flush=True)  # into the pipe
        code = int(self._parent.stdout.readline())
        return Done(code, out.read_text("utf-8"), err.read_text("utf-8"))

    def close(self) -> None:
        """End the parent."""
        self._parent.communicate()


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    made = Commands(tmp_path_factory.mktemp("streams"))
    yield made
    made.close()


@pytest.fixture
def briefing(commands: Commands, tmp_path: Path) -> Run:
    """Run a command in the test's own folder."""

    def run(*arguments: object, cwd: Path = tmp_path, **options: Any) -> Done:
        return commands.run(*arguments, cwd=cwd, **options)

    return run


NOON = "2026-11-21T05:00:00"

CONFIG = """
title: Test
time_zone: Asia/Ho_Chi_Minh
languages: [en, vi, th, fa]
base_url: https://news.example.net/
contact: desk@briefing-tests.net
sources:
  - {corpus: corpus, slug: corpus}
newsletters:
  - title: Morning briefing
    slug: morning
    delivery: {sender: "Morning <morning@briefing-tests.net>", to: [ann@briefing-tests.net, Bo@briefing-tests.net]}
engine: {embedding: lexical}
"""

REPORTS = {
    "duma.txt": "Duma ratifies the treaty with North Korea\n\n24 October 2024\n\nRussia's State Duma ratified the "
    "partnership treaty with North Korea on 24 October 2024. Vladimir Putin and Kim Jong-un had signed it in Pyongyang "
    "on 19 June 2024.\n\nDeputy Foreign Minister Andrei Rudenko told deputies that the treaty is defensive and aimed "
    "at no third country.",
    "vote.txt": "State Duma approves partnership treaty with North Korea\n\n24 October 2024\n\nThe State Duma on 24 "
    "October 2024 ratified the partnership treaty with North Korea that Vladimir Putin and Kim Jong-un signed in "
    "Pyongyang on 19 June 2024.\n\nThe treaty is aimed at no third country, Deputy Foreign Minister Andrei Rudenko "
    "told the deputies of the State Duma.",
    "storm.txt": "Typhoon Yagi reaches Hai Phong\n\n7 September 2024\n\nTyphoon Yagi made landfall in Hai Phong on "
    "7 September 2024 with winds of 149 kilometres an hour.\n\nMore than 50,000 people were moved from the coast of "
    "Vietnam.",
}
FLOOD = (
    "Typhoon Yagi leaves Hai Phong\n\n8 September 2024\n\nTyphoon Yagi, which made landfall in Hai Phong on 7 "
    "September 2024 with winds of 149 kilometres an hour, left the coast of Vietnam on 8 September "
    "2024.\n\nThe more than 50,000 people who were moved from the coast of Vietnam may go home to Hai Phong."
)


def desk(folder: Path, config: str = CONFIG, reports: Mapping[str, str] = REPORTS) -> Path:
    """Make a folder with a configuration and a corpus."""
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(config, "utf-8")
    for name, text in reports.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def _built(commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = desk(tmp_path_factory.mktemp("built"))
    commands.run("build", "--now", NOON, cwd=folder).must(0)
    return folder


@pytest.fixture
def built(_built: Path, tmp_path: Path) -> Path:
    """The test's own folder, with a configuration, three reports and their edition of 21 November 2026."""
    shutil.copytree(_built, tmp_path, dirs_exist_ok=True)
    return tmp_path
