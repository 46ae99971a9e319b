"""What every engine owes its model: bounded, encodable text in bounded batches, and unit vectors back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.errors import EngineError
from briefing.ports import Vectors

MAX_CHARACTERS = 2_000
"""No engine sees more of one text: cost grows with length and a model's window is 512 tokens."""

BATCH_CHARACTERS = 8_000
"""Characters a call: one token a character in the worst case, so that activations stay near 150 MB."""


def bound(text: str) -> str:
    """Give ``text`` cut to `MAX_CHARACTERS`, without NUL (C strings end there) and lone surrogates."""
    return text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def batches(texts: Sequence[str], characters: int = BATCH_CHARACTERS) -> Iterator[list[int]]:
    """Give index lists that cover ``texts`` once, of similar length each and at most ``characters`` together.

    Similar lengths keep all cores busy: a batch takes as long as its longest text.
    """
    batch: list[int] = []
    size = 0
    for index in sorted(range(len(texts)), key=lambda i: (len(texts[i]), i)):
        length = len(texts[index])
        if batch and size + length > characters:
            yield batch
            batch, size = [], 0
        batch.append(index)
        size += length
    if batch:
        yield batch


def unit(vectors: NDArray[np.floating], subject: str) -> Vectors:
    """Give the rows of ``vectors`` as float32 of length 1; an all-zero row (no text) becomes a fixed unit vector.

    Raises EngineError where an engine gave something that is not a finite matrix.
    """
    rows = np.asarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or not np.isfinite(rows).all():
        raise EngineError(subject, f"gave vectors of shape {rows.shape} that are not all finite numbers")
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    empty = norms[:, 0] < 1e-9
    rows = rows / np.maximum(norms, 1e-9)
    rows[empty] = 0.0
    rows[empty, 0] = 1.0
    return np.ascontiguousarray(rows, dtype=np.float32)
