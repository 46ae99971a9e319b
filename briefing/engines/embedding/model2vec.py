"""Static embeddings through the optional package ``model2vec`` (extra ``model2vec``), from a folder on disk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from briefing.engines.embedding.bounds import bound, unit
from briefing.errors import EngineError
from briefing.ports import Vectors


def available() -> str | None:
    """Give None where the package is installed, otherwise the mend."""
    return None if find_spec("model2vec") else "model2vec is not installed: pip install 'briefing[model2vec]'"


class Model2VecEmbedder:
    """Embeds with the static model in the folder ``model``; never downloads."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.name = f"model2vec-{Path(model).name}"

    @cached_property
    def _model(self) -> Any:
        if (reason := available()) is not None:
            raise EngineError("model2vec", reason)
        if not Path(self.model).is_dir():
            raise EngineError(self.name, f"{self.model} is not a folder with a saved model")
        from model2vec import StaticModel

        try:
            return StaticModel.from_pretrained(self.model)
        except Exception as error:
            raise EngineError(self.name, f"the model in {self.model} does not load: {error}") from error

    @cached_property
    def dimensions(self) -> int:
        """The model's output width."""
        return int(self._model.dim)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text. Raises EngineError."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return unit(self._model.encode([bound(text) for text in texts]), self.name)
