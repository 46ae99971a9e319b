"""The offline fallback: no model, only spelling; groups by names, numbers and words, across scripts by sound.

Words and character n-grams of the transliterated text are hashed into a fixed number of dimensions (the hashing
trick: Weinberger et al., 2009, with signs), so that Putin, Путин and ปูติน share dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from anyascii import anyascii

from briefing.engines.embedding.bounds import bound, unit
from briefing.ports import Vectors

_TOKEN = re.compile(r"[a-z0-9]+")
_VOWELS = str.maketrans("", "", "aeiouywh'")


def available() -> str | None:
    """Give None: this engine runs wherever numpy does."""
    return None


class LexicalEmbedder:
    """Embeds by hashing; ``dimensions`` trade collisions for memory."""

    def __init__(self, dimensions: int = 384) -> None:
        self.dimensions = dimensions
        self.name = f"lexical-1-{dimensions}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text; a text without letters and digits gets a fixed one."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            weights: dict[str, float] = {}
            for feature, weight in _features(bound(text)):
                weights[feature] = weights.get(feature, 0.0) + weight
            for feature, weight in weights.items():
                code = crc32(feature.encode())
                sign = 1.0 if code & 0x8000_0000 else -1.0
                vectors[row, code % self.dimensions] += sign * weight**0.5
        return unit(vectors, self.name)


def _features(text: str) -> Iterator[tuple[str, float]]:
    for token in _TOKEN.findall(anyascii(text).lower()):
        if token.isdigit():
            yield f"#{token}", 2.0
            continue
        if len(token) > 3:
            yield f"w{token}", min(len(token), 12) / 6
        skeleton = token.translate(_VOWELS)
        if len(skeleton) > 2:
            yield f"s{skeleton}", 1.0
        padded = f"<{token}>"
        for start in range(len(padded) - 3):
            yield padded[start : start + 4], 0.15
