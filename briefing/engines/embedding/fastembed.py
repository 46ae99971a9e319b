"""ONNX models through the optional package ``fastembed`` (extra ``fastembed``); its models must already be on disk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from typing import Any

import numpy as np

from briefing.engines.embedding.bounds import bound, unit
from briefing.errors import EngineError
from briefing.ports import Vectors


def available() -> str | None:
    """Give None where the package is installed, otherwise the mend."""
    return None if find_spec("fastembed") else "fastembed is not installed: pip install 'briefing[fastembed]'"


class FastEmbedder:
    """Embeds with ``model`` from the folder ``cache``; never downloads."""

    def __init__(self, model: str, cache: str | None = None) -> None:
        self.model = model
        self.cache = cache
        self.name = f"fastembed-{model}"

    @cached_property
    def _model(self) -> Any:
        if (reason := available()) is not None:
            raise EngineError("fastembed", reason)
        from fastembed import TextEmbedding

        try:
            return TextEmbedding(self.model, cache_dir=self.cache, local_files_only=True)
        except Exception as error:
            raise EngineError(
                self.name, f"the model does not load from {self.cache or 'the default cache'}: {error}"
            ) from error

    @cached_property
    def dimensions(self) -> int:
        """The model's output width, found by embedding one word."""
        return int(self.embed(["a"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text. Raises EngineError."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return unit(np.stack(list(self._model.embed([bound(text) for text in texts]))), self.name)
