"""What holds for every command: help, exit codes, words in place of tracebacks, any locale, any pipe."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ENVIRONMENT, Run, desk

ROOT = Path(__file__).parents[2]
BRIEFING = [sys.executable, "-m", "briefing"]
COMMANDS = [
    "init", "build", "preview", "check", "run", "send", "doctor", "extract", "group", "digest", "verify", "sources",
    "sources list", "sources check", "sources import", "storylines", "storylines list", "storylines show",
    "storylines why", "storylines merge", "storylines split", "storylines mute", "storylines follow", "search",
]  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(briefing: Run, command: str) -> None:
    """--help says what it is for and every argument and option, on lines that fit a terminal, none cut off."""
    help_ = briefing(*command.split(), "--help").must(0).out
    assert help_.startswith(f"Usage: briefing {command}".rstrip())
    assert max(map(len, help_.splitlines())) <= 80
    assert "..." not in help_.partition("Options:")[2], help_
    for line in re.findall(r"^  (-\S.*|[A-Z][A-Z.]+ .*)$", help_, re.MULTILINE):
        assert re.search(r" {2,}\S", line.strip()) or line.count("<") or "INSTANT" in line, f"unexplained: {line}"


def test_the_readme_names_every_command(briefing: Run) -> None:
    """The table of README.md and the program's own list hold the same commands, subcommands included."""
    told = set()
    for row in re.findall(r"^\| `briefing ([^`]+)`", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE):
        words = re.sub(r"\[.*?\]|--\S+", "", row).replace(",", " ").split()
        if words[0] in ("sources", "storylines"):
            told |= {words[0], *(f"{words[0]} {word}" for word in words[1:])}
        else:
            told.add(words[0])
    assert told == set(COMMANDS)
    listed = re.findall(r"^  ([a-z]+) {2,}", briefing("--help").must(0).out.partition("Commands:")[2], re.MULTILINE)
    assert set(listed) == {command for command in COMMANDS if " " not in command}


def test_the_version_is_said(briefing: Run) -> None:
    """--version gives the installed version."""
    assert re.fullmatch(r"briefing \d+\.\d+\.\d+\n", briefing("--version").must(0).out)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "--now", "yesterday"),
        ("build", "--now", "9999-12-31"),
        ("preview", "--port", "70000"),
        ("storylines", "list", "--limit", "0"),
        ("storylines", "merge", "s1"),
        ("storylines",),
        ("digest",),
        ("send", "--newsletter"),
    ],
)
def test_wrong_use_is_exit_code_2(briefing: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Unknown commands and options, values out of range and missing arguments are wrong use, said in words."""
    desk(tmp_path)
    done = briefing(*arguments).must(2)
    assert done.out + done.err


@pytest.mark.parametrize(
    "command", ["build", "send", "preview", "run", "sources list", "sources check", "storylines list", "doctor"]
)
@pytest.mark.parametrize("name", ["none.yaml", "folder", "x" * 300, "config.yaml/below"])
def test_a_configuration_that_is_not_there_is_named(briefing: Run, tmp_path: Path, command: str, name: str) -> None:
    """A missing file, a folder, a name too long and a path through a file are each one line that names it."""
    desk(tmp_path)
    (tmp_path / "folder").mkdir()
    done = briefing(*command.split(), "--config", name).must(1 if command == "doctor" else 2)
    [line] = (done.out + done.err).splitlines()
    assert name[:100] in line


def test_every_error_of_a_configuration_is_said_at_once(briefing: Run, tmp_path: Path) -> None:
    """Five mistakes are five lines with file and line, for a command as for the doctor, who finds nothing else."""
    desk(tmp_path)
    path = tmp_path / "config.yaml"
    text = path.read_text().replace("title: Test", "titel: Test").replace("Asia/Ho_Chi_Minh", "Asia/Hanoy")
    text = text.replace("slug: morning", 'slug: morning\n    schedule: "99 6 * * *"\n    minutes: many')
    path.write_text(text.replace("lexical", '"${NOT_SET_ANYWHERE}"'))
    lines = briefing("build").must(2).err.splitlines()
    assert len([line for line in lines if re.match(r"config\.yaml:\d+", line)]) >= 5
    assert "did you mean" in lines[0]
    found = briefing("doctor", "--json").must(1).json
    assert {(one["part"], one["state"]) for one in found} == {("config", "wrong")}


def test_any_locale_prints_any_script(tmp_path: Path) -> None:
    """Where the locale knows ASCII alone, Thai comes out of a pipe as UTF-8, and standard error explains itself."""
    report = '{"id": "ก", "text": "สภาล่างของรัสเซียให้สัตยาบันสนธิสัญญา"}\n'
    (tmp_path / "ก.jsonl").write_text(report, "utf-8")
    env = ENVIRONMENT | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    good = subprocess.run([*BRIEFING, "group", "ก.jsonl"], cwd=tmp_path, env=env, capture_output=True, check=True)
    assert '"id": "ก"' in good.stdout.decode("utf-8")
    bad = subprocess.run([*BRIEFING, "group", "ข.jsonl"], cwd=tmp_path, env=env, capture_output=True, check=False)
    assert (bad.returncode, bad.stderr.decode("utf-8")[:7]) == (2, "ข.jsonl")


def test_a_reader_that_leaves_early_is_no_error_of_ours(built: Path) -> None:
    """`briefing storylines list | head -0`: a closed pipe ends the command without a traceback."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [*BRIEFING, "storylines", "list"], cwd=built, env=ENVIRONMENT, stdout=pipe, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert done.stderr == ""
    assert done.returncode in (0, 1)
