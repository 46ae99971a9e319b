"""Timelines of long archives: a made-up storyline whose true days are known, told from hundreds of reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from briefing.timeline import milestones

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The benchmark's module, whose figures these floors hold."""
    monkeypatch.syspath_prepend(str(BENCH))
    yield import_module("timeline")
    for name in ("timeline", "archive"):
        sys.modules.pop(name, None)


def test_dates_and_lines_of_long_archives_keep_their_floors(bench: ModuleType) -> None:
    """With as many dates as there were events, nine in ten are right, and their lines say what happened."""
    measured = bench.measure_archive((7, 8))
    assert measured["made-up archives: date F1"] >= 0.91
    assert measured["made-up archives: align+ m:1 ROUGE-1"] >= 0.72
    assert measured["made-up archives: align+ m:1 ROUGE-2"] >= 0.70


def test_what_is_told_of_an_archive_unasked_happened(bench: ModuleType) -> None:
    """Without a number the strongest days are told, all of them true."""
    made = bench.archive(40, 300, 11)
    told = {one.date for one in milestones(made.articles, ("en",))}
    assert len(told) == 12
    assert told <= made.timeline.keys()


def test_alignment_scores_a_timeline_against_itself_and_against_nothing(bench: ModuleType) -> None:
    """The measure is 1 for the reference, less for a day off, 0 for other words and for no timeline."""
    reference = {"2031-05-01": "The dam burst above the valley.", "2031-05-09": "Insurers paid the farmers."}
    assert bench.align_plus(reference, reference, 1) == pytest.approx(1.0)
    shifted = {"2031-05-02": reference["2031-05-01"], "2031-05-10": reference["2031-05-09"]}
    assert bench.align_plus(shifted, reference, 1) == pytest.approx(0.5)
    assert bench.align_plus({"2031-05-01": "Penguins slept."}, reference, 1) == pytest.approx(0.0, abs=1e-6)
    assert bench.align_plus({}, reference, 1) == 0.0
