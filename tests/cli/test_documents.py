"""Bad input through the whole build: what can be read is told, what cannot is named, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from .conftest import ENVIRONMENT, NOON, REPORTS, Run, desk

VIETNAMESE = (
    "Cầu mới qua sông Hàn thông xe\n\n24/10/2024\n\nCây cầu mới qua sông Hàn ở Đà Nẵng thông xe ngày 24/10/2024 sau ba "
    "năm thi công.\n\nCông trình dài 720 mét và rộng 6 làn xe, thành phố cho biết."
)
THAI = (
    "สะพานใหม่ข้ามแม่น้ำเจ้าพระยาเปิดใช้แล้ว\n\n24 ตุลาคม 2567\n\n"
    "สะพานแห่งใหม่ข้ามแม่น้ำเจ้าพระยาในจังหวัดนนทบุรีเปิดใช้เมื่อวันที่ 24 ตุลาคม 2567"
    " หลังก่อสร้างนานสามปี\n\nกรมทางหลวงระบุว่าสะพานยาว 720 เมตร และช่วยให้การเดินทางเร็วขึ้น"
)
PERSIAN = (
    "پل تازه بر رود کارون گشوده شد\n\nپل تازه بر رود کارون در شهر اهواز پس از سه سال کار گشوده شد و هزاران نفر از آن "
    "گذشتند.\n\nشهردار اهواز گفت که درازاى اين پل ٧٢٠ متر است و از فردا همه خودروها از آن مى گذرند."
)


def _windows_1258(text: str) -> bytes:
    """Write Vietnamese as the code page does: letters composed, tone marks after them."""
    written = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            written += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            written += unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return written


def _edition(folder: Path) -> dict[str, Any]:
    [path] = (folder / "out" / "editions").glob("*/morning/edition.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_legacy_encodings_are_told_in_their_scripts(briefing: Run, tmp_path: Path) -> None:
    """windows-1258, tis-620, windows-1256 and UTF-16 files come out of the whole build with every letter right."""
    desk(tmp_path, reports={})
    corpus = tmp_path / "corpus"
    (corpus / "vi.txt").write_bytes(_windows_1258(VIETNAMESE))
    (corpus / "th.txt").write_bytes(THAI.encode("tis-620"))
    (corpus / "fa.txt").write_bytes(PERSIAN.encode("cp1256", "replace"))
    (corpus / "en.txt").write_bytes(REPORTS["storm.txt"].encode("utf-16"))
    briefing("build", "--now", NOON).must(0)
    told = _edition(tmp_path)
    assert set(told["counts"]["languages"]) == {"vi", "th", "fa", "en"}
    titles = {
        reference["language"]: reference["title"] for line in told["storylines"] for reference in line["references"]
    }
    assert titles["vi"] == "Cầu mới qua sông Hàn thông xe"
    assert titles["th"] == "สะพานใหม่ข้ามแม่น้ำเจ้าพระยาเปิดใช้แล้ว"
    assert titles["fa"] == "پل تازه بر رود کارون گشوده شد"
    assert titles["en"] == "Typhoon Yagi reaches Hai Phong"
    mail = (tmp_path / "out/editions/2026-11-21/morning/email.html").read_text("utf-8")
    assert "\ufffd" not in mail


def test_good_documents_are_told_whatever_lies_beside_them(briefing: Run, tmp_path: Path) -> None:
    """Junk, an empty file and a broken line are named; a saved page, 50 MB and copies are read, a copy once."""
    desk(tmp_path)
    corpus = tmp_path / "corpus"
    (corpus / "junk.txt").write_bytes(bytes(range(256)) * 4_000)
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "copy.txt").write_text(REPORTS["storm.txt"])
    (corpus / "huge.txt").write_text(
        "Deputies speak for hours on the budget\n\n3 May 2024\n\n"
        + "The deputies spoke of roads and schools.\n\n" * 1_250_000
    )
    (corpus / "page.html").write_text(
        "<html lang=en><title>Ferries go electric - Harbour News</title><body><nav><a href=/>Home</a></nav><article>"
        "<h1>Ferries go electric</h1><p>The ferry company has bought two electric boats that will cross the strait "
        "from next spring on.</p><p>Passengers will pay the same fares as today, its director said.</p></article>"
    )
    good = json.dumps(
        {"id": 1, "title": "A museum opens in Hue", "text": "A museum of ceramics opened in Hue on Friday."}
    )
    (corpus / "records.jsonl").write_text(f'{good}\n{{"id": 2, "text": \n')
    done = briefing("build", "--now", NOON).must(0)
    for name in ("junk.txt: is not text", "empty.txt: is empty", "records.jsonl:2", "huge.txt: is larger than"):
        assert name in done.out, done.out
    references = [reference for line in _edition(tmp_path)["storylines"] for reference in line["references"]]
    titles = [reference["title"] for reference in references]
    for title in ("Ferries go electric", "A museum opens in Hue", "Typhoon Yagi reaches Hai Phong"):
        assert titles.count(title) == 1
    assert any(title.startswith("Deputies speak") for title in titles)
    failures = " ".join(failure["subject"] for failure in _edition(tmp_path)["failures"])
    assert "junk.txt" in failures


def test_an_empty_folder_is_said(briefing: Run, tmp_path: Path) -> None:
    """A corpus without documents fails with what one would be, and exit code 1: there is nothing to read."""
    desk(tmp_path, reports={})
    done = briefing("build").must(1)
    assert "holds no documents (.htm" in done.out
    assert "none was made" in done.out


def test_a_store_at_work_is_said(briefing: Run, built: Path) -> None:
    """While another process builds, a build says who is at work and changes nothing; looking still works."""
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from briefing.store import open_store\n"
            "with open_store('sqlite:///data/briefing.db') as store, store.lock('work'):\n"
            "    print(flush=True); sys.stdin.readline()",
        ],
        cwd=built, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        said = briefing("build").must(1).err
        assert f"process {holder.pid}" in said
        assert briefing("storylines", "list").must(0).out
        assert "process" in briefing("storylines", "mute", "s1").must(1).err
    finally:
        holder.communicate("\n")
    assert "nothing is new" in briefing("build", "--now", NOON).must(0).out


@pytest.mark.skipif(os.name != "posix" or not shutil.which("unshare"), reason="needs unshare and mount of Linux")
@pytest.mark.parametrize("disk", ["out full", "out read-only", "data read-only"])
def test_a_disk_that_is_full_or_read_only(built: Path, disk: str) -> None:
    """A full or read-only output is named and the edition kept; a read-only store is named and nothing done."""
    name, _, state = disk.partition(" ")
    shutil.rmtree(built / "out")
    (built / "out").mkdir()
    mount = f"mount -t tmpfs -o size=16k none {name}" if state == "full" else f"mount --bind -o ro {name} {name}"
    ready = f"{mount} && {'true' if state == 'full' else f'mount -o remount,ro,bind {name}'} && echo ready"
    build = f'"{sys.executable}" -m briefing build --now {NOON}'
    script = f"({ready}) && {build}"
    done = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", script],
        cwd=built, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not done.stdout.startswith("ready"):
        pytest.skip(f"no mounts here: {done.stderr.strip()[:100]}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    if name == "data":
        assert "read-only" in done.stderr
        return
    assert "the edition is kept in the store" in done.stdout
    assert ("No space" if state == "full" else "Read-only") in done.stdout
    subprocess.run([sys.executable, "-m", "briefing", "build", "--now", NOON], cwd=built, env=ENVIRONMENT, check=True)
    assert (built / "out" / "index.html").is_file()
    with sqlite3.connect(built / "data" / "briefing.db") as store:
        assert store.execute("SELECT count(*) FROM editions").fetchone() == (1,)
    store.close()
