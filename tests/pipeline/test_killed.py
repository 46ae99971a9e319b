from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from .conftest import CONFIG, Desk

BUILD = [sys.executable, "-m", "briefing", "build", "--now", "2026-11-21T05:00:00"]
LEXICAL = CONFIG + "engine: {embedding: lexical}\n"


def _desk(folder: Path) -> Desk:
    folder.mkdir()
    desk = Desk(folder, LEXICAL)
    for number in range(60):
        desk.write(
            f"{number:02}.txt",
            f"Bridge {number} over the river opens\n\n{number % 27 + 1} October 2024\n\nThe bridge number {number} "
            f"over the river was opened by Mayor Ann Smith{number} on {number % 27 + 1} October 2024.\n\nIt cost "
            f"{number * 7 + 3} million and took {number % 5 + 2} years to build, the town said.",
        )
    return desk


def test_a_run_killed_anywhere_is_resumed_and_loses_nothing(tmp_path: Path) -> None:
    """Killed again and again at later and later moments, the run that follows ends where an undisturbed one does."""
    calm = _desk(tmp_path / "calm")
    subprocess.run(BUILD, cwd=calm.folder, check=True, capture_output=True)
    disturbed = _desk(tmp_path / "disturbed")
    killed = 0
    for wait in (0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.8, 3.3):
        process = subprocess.Popen(BUILD, cwd=disturbed.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        killed += process.poll() is None
        process.kill()
        process.wait()
    subprocess.run(BUILD, cwd=disturbed.folder, check=True, capture_output=True)
    assert killed >= 2
    assert disturbed.files() == calm.files()
