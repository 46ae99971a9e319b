"""Under load and attack: what one article costs is bounded, whatever it holds and however many came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest

from briefing.grouping import Arrival, Grouper, features
from briefing.grouping import grouper as grouper_module
from briefing.grouping import rarity as rarity_module
from briefing.grouping.comparing import EVENTS, LINES, NEAREST, Measured, Pairs, compare
from briefing.grouping.features import COPIED_CHARACTERS, MAX_KEYS
from briefing.grouping.memory import EVENT_SAMPLE, FULL, LINE_SAMPLE, Memory
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import Rarity
from briefing.model import Article, Dating

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MOST_COMPARED = 2 * NEAREST + LINES * LINE_SAMPLE + EVENTS * EVENT_SAMPLE


def stuffed(number: int, own: int) -> Article:
    """Make an article that names hundreds of people, the same ones as all others, and some of its own."""
    names = " and ".join(f"Anna Karls{chr(97 + n % 26)}{chr(97 + n // 26)}on" for n in range(300))
    mine = " ".join(f"Bo Quist{number}x{n}" for n in range(own))
    figures = " ".join(f"{n * 37} people" for n in range(200))
    return Article(
        f"a{number:04}", "s", f"{number}", f"Names {number}", f"{mine}. {names}. {figures}.", "en", NOW,
        Dating("2026-01-01"),
    )  # fmt: skip


def arrivals(articles: Sequence[Article], spread: float) -> list[Arrival]:
    """Read articles; their vectors lie around one point."""
    rng = np.random.default_rng(2)
    vectors = 1 + spread * rng.normal(size=(len(articles), 32))
    return [
        Arrival.of(one, (vector / np.linalg.norm(vector)).astype(np.float32))
        for one, vector in zip(articles, vectors, strict=True)
    ]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many articles each new one is held against."""
    sizes: list[int] = []

    def noting(memory: Memory, new: range) -> tuple[Pairs, Measured]:
        pairs, measured = compare(memory, new)
        sizes.extend(np.diff(measured.bounds).tolist())
        return pairs, measured

    monkeypatch.setattr(grouper_module, "compare", noting)
    return sizes


@pytest.mark.parametrize("spread", [0.01, 3.0], ids=["alike in meaning", "unlike in meaning"])
def test_articles_stuffed_with_names_are_compared_with_no_more_than_others(compared: list[int], spread: float) -> None:
    """Three hundred articles that share hundreds of names and figures: each is held against a bounded few."""
    subject = Grouper("lexical-32", 32)
    given = arrivals([stuffed(number, 3) for number in range(300)], spread)
    assert all(len(getattr(one.features, name)) <= MAX_KEYS for one in given for name in ("people", "numbers", "terms"))
    placed = [member for at in range(0, 300, 100) for member in subject.add(given[at : at + 100]).memberships]
    assert {member.article for member in placed} == {one.id for one in given}
    assert max(compared) <= MOST_COMPARED


def test_keys_that_nobody_shares_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented names, new ones in every article, fill neither the counts nor the numbers of keys."""
    monkeypatch.setattr(rarity_module, "REMEMBERED", 2_000)
    monkeypatch.setattr("briefing.grouping.memory.CROWDED", 4_000)
    monkeypatch.setattr("briefing.grouping.memory.FULL", 100)
    monkeypatch.setattr("briefing.grouping.memory.KEPT", 60)
    monkeypatch.setattr("briefing.grouping.memory.AT_ONCE", 20)
    subject = Grouper("lexical-32", 32)
    given = arrivals([stuffed(number, 60) for number in range(400)], 3.0)
    for at in range(0, 400, 20):
        subject.add(given[at : at + 20])
    memory = subject._memory
    held = sum(len(one.features.terms) + 8 * len(one.features.people) + 200 for one in given[:120])
    assert len(memory.rarity) <= 4_000 + held
    assert len(memory.pool) <= 120
    again = Grouper.restore(
        "lexical-32",
        32,
        subject.state(),
        {one.id: one.features for one in given},
        {one.id: one.vector for one in given},
    )
    assert again.remembered == subject.remembered


def test_keys_are_not_numbered_anew_with_every_arrival(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where articles in memory hold more keys than are wanted, numbering waits until there are half as many more."""
    monkeypatch.setattr("briefing.grouping.memory.CROWDED", 100)
    numbered: list[int] = []
    renumber = Pool.renumber

    def noting(pool: Pool, rarity: Rarity) -> None:
        renumber(pool, rarity)
        numbered.append(len(rarity))

    monkeypatch.setattr(Pool, "renumber", noting)
    subject = Grouper("lexical-32", 32)
    plain = arrivals([Article("a", "s", "a", "Title", "", "en", NOW, Dating("2026-01-01"))], 0.1)[0]
    for number in range(100):
        terms = {f"word{number}x{own}": "word" for own in range(20)}
        subject.add([replace(plain, id=f"a{number}", features=replace(plain.features, terms=terms))])
    assert 1 < len(numbered) < 12
    assert all(later >= 1.5 * earlier for earlier, later in pairwise(numbered))


def test_five_thousand_copies_cost_no_comparison(compared: list[int]) -> None:
    """A text under five thousand mastheads is compared once; the rest is told by its signature, and not remembered."""
    text = " ".join(f"word{n} follows word{n * 7 % 90}" for n in range(90))
    original = arrivals([Article("a", "s", "a", "Title", text, "en", NOW, Dating("2026-01-01"))], 0.1)[0]
    subject = Grouper("lexical-32", 32)
    subject.add([original])
    copies = [Arrival(f"c{n:04}", f"Title {n}", original.features, original.vector) for n in range(5_000)]
    changes = subject.add(copies)
    assert {member.duplicate_of for member in changes.memberships} == {"a"}
    assert len(compared) == 1
    assert subject.remembered == 1


@pytest.mark.parametrize(
    "text",
    [
        "word " * 2_000_000,
        "นักข่าว" * 1_400_000,
        "Anna Karlsson met Bo Quist. " * 370_000,
        "2024 " * 2_000_000,
        "<" * 10_000_000,
    ],
    ids=["words", "Thai without an end", "names", "figures", "marks"],
)
def test_ten_megabytes_are_read_like_their_beginning(text: str) -> None:
    """What is read of an article does not depend on what stands behind the first few thousand characters."""
    long = Article("a", "s", "a", "Title", text, "th" if text[0] > "฀" else "en", NOW, Dating("2026-01-01"))
    short = Article("a", "s", "a", "Title", text[:COPIED_CHARACTERS], long.language, NOW, Dating("2026-01-01"))
    assert features(long) == features(short)


def test_memory_is_bounded_by_its_constants() -> None:
    """The comparable articles, and the columns made for them, are a few thousand by design."""
    memory = Memory("lexical-32", 32)
    assert len(memory.pool.vectors) <= FULL + 128 <= 16_384
