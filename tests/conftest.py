"""What every test may ask for: the labelled sets that live beside a checkout, where they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Continuous integration draws the same examples every time, so that it judges a change and not its luck; elsewhere
# every run draws new ones, and what they find becomes a test. No example is timed: a busy machine is no mistake.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled sets and raw reports; the test is skipped, visibly, where there is none."""
    folder = Path(os.environ.get("BRIEFING_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no labelled sets at {folder.name}/ beside the checkout (set BRIEFING_SHARED)")
    return folder
