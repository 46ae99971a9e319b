"""Any server that speaks the OpenAI embeddings protocol: ``POST {base_url}/embeddings`` with model and input."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from briefing.engines.embedding.bounds import bound, unit
from briefing.errors import EngineError
from briefing.ports import Vectors

_TRANSIENT = {408, 409, 425, 429, 500, 502, 503, 504}


class EndpointEmbedder:
    """Embeds with ``model`` at ``base_url`` (``http://localhost:8000/v1``).

    A call is tried ``1 + retries`` times on transport errors and on statuses that say "later" (Retry-After is obeyed
    up to ``max_wait`` seconds). ``transport`` replaces the network in tests.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        key: str | None = None,
        *,
        timeout: float = 30.0,
        retries: int = 2,
        batch: int = 64,
        max_wait: float = 20.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.model = model
        self.retries = retries
        self.batch = batch
        self.max_wait = max_wait
        self.name = f"endpoint-{urlsplit(base_url).netloc}-{model}"
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._url = base_url.rstrip("/") + "/embeddings"
        self._client = httpx.Client(headers=headers, timeout=timeout, transport=transport)

    def available(self) -> str | None:
        """Give None where the server answers, otherwise why not."""
        try:
            self.embed(["ping"])
        except EngineError as error:
            return error.message
        return None

    @cached_property
    def dimensions(self) -> int:
        """The model's output width, found by embedding one word."""
        return int(self.embed(["a"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text, in order. Raises EngineError, transient where trying later may help."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        parts = [
            self._vectors([bound(text) or " " for text in texts[start : start + self.batch]])
            for start in range(0, len(texts), self.batch)
        ]
        if len({part.shape[1] for part in parts}) > 1:
            raise EngineError(self.name, "gave vectors of different widths in one call")
        return unit(np.concatenate(parts), self.name)

    def _vectors(self, texts: list[str]) -> Vectors:
        body = self._post({"model": self.model, "input": texts, "encoding_format": "float"})
        try:
            rows = sorted(body["data"], key=lambda row: int(row["index"]))
            vectors = np.asarray([row["embedding"] for row in rows], dtype=np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise EngineError(self.name, f"the answer is not an embeddings response ({error!r})") from error
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EngineError(self.name, f"gave {len(vectors)} vectors for {len(texts)} texts")
        return vectors

    def _post(self, payload: dict[str, Any]) -> Any:
        failure: EngineError
        for attempt in range(self.retries + 1):
            wait = 0.5 * 2**attempt
            try:
                response = self._client.post(self._url, json=payload)
                if response.status_code == 200:
                    return response.json()
                detail = f"answered {response.status_code}: {response.text[:200]}"
                transient = response.status_code in _TRANSIENT
                failure = EngineError(self.name, detail, transient=transient)
                if not transient:
                    raise failure
                wait = _retry_after(response, wait)
            except httpx.HTTPError as error:
                failure = EngineError(self.name, f"{self._url} cannot be reached: {error!r}", transient=True)
                failure.__cause__ = error
            except ValueError as error:
                raise EngineError(self.name, f"{self._url} did not answer with JSON") from error
            if attempt == self.retries or wait > self.max_wait:
                break
            time.sleep(wait)
        raise failure


def _retry_after(response: httpx.Response, default: float) -> float:
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return default
