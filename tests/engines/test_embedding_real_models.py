"""The optional engines with their real libraries, on tiny models in the libraries' own formats, made here.

Skipped where the extras are not installed: ``pip install 'briefing[fastembed,model2vec]' onnx`` runs them.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

from briefing.engines.embedding import FastEmbedder, Model2VecEmbedder
from briefing.errors import EngineError
from briefing.grouping import group
from briefing.model import Article
from briefing.ports import Embedder

WORDS = [
    "[UNK]",
    "[PAD]",
    "flood",
    "bridge",
    "river",
    "storm",
    "harvest",
    "wheat",
    "maize",
    "minister",
    "vote",
    "treaty",
]
AWKWARD = ("", " ", "\x00flood\x00", "\ud800storm", "unknown words only", "flood " * 100_000)
MINILM = "sentence-transformers/all-MiniLM-L6-v2"
WIDTH = 384
"""What fastembed expects of the model of that name."""


def _tokenizer(folder: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.Lowercase()
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made.save(str(folder / "tokenizer.json"))


def _vectors(width: int) -> np.ndarray:
    """Give each word a direction of its own; those of weather share one, those of farming another."""
    vectors = 0.3 * np.eye(len(WORDS), width, dtype=np.float32)
    vectors[2:6, -1] = vectors[6:9, -2] = vectors[9:, -3] = 1.0
    return vectors


def _static(folder: Path) -> Model2VecEmbedder:
    """Save a static model of twelve words, as model2vec itself saves one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own imports
        model2vec = pytest.importorskip("model2vec")
        tokenizers = pytest.importorskip("tokenizers")
        _tokenizer(folder)
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        model2vec.StaticModel(_vectors(16), tokenizer).save_pretrained(folder / "tiny")
    return Model2VecEmbedder(str(folder / "tiny"))


def _onnx(folder: Path) -> FastEmbedder:
    """Put an ONNX model that looks words up into a cache as fastembed keeps it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("fastembed")
        onnx = pytest.importorskip("onnx")
    helper, kind = onnx.helper, onnx.TensorProto
    names = ("input_ids", "attention_mask")
    tokens = [helper.make_tensor_value_info(name, kind.INT64, ["batch", "length"]) for name in names]
    told = helper.make_tensor_value_info("last_hidden_state", kind.FLOAT, ["batch", "length", WIDTH])
    table = onnx.numpy_helper.from_array(_vectors(WIDTH), "table")
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    graph = helper.make_graph(nodes, "tiny", tokens, [told], [table])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    kept = folder / "models--Qdrant--all-MiniLM-L6-v2-onnx"
    snapshot = kept / "snapshots" / "0123456789abcdef0123456789abcdef01234567"
    snapshot.mkdir(parents=True)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(snapshot.name)
    onnx.save(model, str(snapshot / "model.onnx"))
    _tokenizer(snapshot)
    (snapshot / "config.json").write_text(json.dumps({"pad_token_id": 1}))
    (snapshot / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 256, "pad_token": "[PAD]"}))
    (snapshot / "special_tokens_map.json").write_text(json.dumps({"unk_token": "[UNK]", "pad_token": "[PAD]"}))
    return FastEmbedder(MINILM, str(folder))


@pytest.fixture(params=["model2vec", "fastembed"])
def engine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Embedder:
    """Give each engine in turn, with a tiny model on disk and no network allowed."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return _static(tmp_path) if request.param == "model2vec" else _onnx(tmp_path)


def test_the_real_library_gives_unit_vectors_for_any_text(engine: Embedder) -> None:
    """Empty, broken and endless texts get a finite vector of length 1 each, in order and of the width promised."""
    vectors = engine.embed(AWKWARD)
    assert vectors.shape == (len(AWKWARD), engine.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert engine.embed([]).shape == (0, engine.dimensions)


def test_the_model_on_disk_is_the_one_that_is_asked(engine: Embedder) -> None:
    """Words that the model puts together are near, in a batch as alone, and the name tells the model."""
    texts = ("the flood", "a storm", "wheat and maize")
    flood, storm, wheat = together = engine.embed(texts)
    assert flood @ storm > 0.5 > flood @ wheat
    assert np.allclose(together, np.concatenate([engine.embed([text]) for text in texts]), atol=1e-3)
    assert engine.name.split("-")[1] in ("tiny", "sentence")


def test_articles_are_grouped_with_it(engine: Embedder) -> None:
    """An engine never measured groups a set with the default's decisions, without a warning."""
    from datetime import UTC, datetime

    made = datetime(2026, 1, 1, tzinfo=UTC)
    texts = ("flood river bridge", "river flood bridge storm", "wheat harvest maize", "treaty vote treaty")
    articles = [Article(f"a{n}", "s", f"{n}", text, text, "en", made) for n, text in enumerate(texts)]
    members = group(articles, engine.embed, engine=engine.name)
    assert len(members) == len(texts)
    assert members[0].storyline != members[3].storyline


def test_a_model_that_is_not_there_is_an_engine_error(engine: Embedder, tmp_path: Path) -> None:
    """Without its files the engine says so at once, names the place, and asks no network."""
    empty = tmp_path / "empty"
    empty.mkdir()
    other = FastEmbedder(MINILM, str(empty)) if isinstance(engine, FastEmbedder) else Model2VecEmbedder(str(empty))
    with pytest.raises(EngineError, match=r"load.*empty|empty.*load"):
        other.embed(["a"])
