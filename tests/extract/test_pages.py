"""Pages of our own in many languages and kinds of dirt: floors that nobody lowers."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def bench() -> ModuleType:
    """The benchmark's module."""
    spec = importlib.util.spec_from_file_location("bench_extraction", ROOT / "bench" / "extraction.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rounds() -> dict[int, Counter[str]]:
    """The counts of each round of pages."""
    measured: dict[int, Counter[str]] = bench().measure()
    return measured


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_floors(rounds: dict[int, Counter[str]], number: int) -> None:
    """No round falls below 99 % of paragraphs, 98 % of facts and all teasers."""
    counts = rounds[number]
    assert counts["right"] >= 0.99 * counts["kept"]
    assert counts["right"] >= 0.99 * counts["wanted"]
    assert counts["facts_right"] >= 0.98 * counts["facts"]
    assert (counts["teasers_right"], counts["teasers_extra"]) == (counts["teasers"], 0)


def test_size_of_the_set(rounds: dict[int, Counter[str]]) -> None:
    """The floors stand on at least 55 pages."""
    assert sum(counts["pages"] for counts in rounds.values()) >= 55
