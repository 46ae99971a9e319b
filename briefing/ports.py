"""The doors through which the outside enters: what `briefing.pipeline` asks for, and adapters give.

An adapter raises the `briefing.errors.StageError` of its stage and nothing else; it holds no state that the store
should remember. `Embed` is how pure rooms meet an embedding engine: as a function handed to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from briefing.model import Article, Entry, Sentence

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions), each row of Euclidean length 1."""

Embed = Callable[[Sequence[str]], Vectors]
"""Texts to `Vectors`, in order; the caller bounds the length of each text."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between polls (RFC 9110 validators are opaque and echoed exactly).

    ``moved_to`` is where a permanent redirect (301, 308) sent us; ``gone`` is set by 410 and stops polling for good;
    ``not_before`` is the earliest next poll by Retry-After, max-age, ``ttl`` or our own manners.
    """

    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    gone: bool = False
    not_before: datetime | None = None
    checked_at: datetime | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one poll of a source gave: new or changed entries, the state to remember, and notes for the operator.

    ``rejected`` are (subject, message) pairs: single documents of the source that could not be read.
    """

    entries: tuple[Entry, ...]
    state: SourceState
    unchanged: bool = False
    rejected: tuple[tuple[str, str], ...] = ()


class Collector(Protocol):
    """One configured source."""

    slug: str

    async def collect(self, state: SourceState, now: datetime) -> Harvest:
        """Poll once. Raises CollectError when the source gave nothing usable."""
        ...


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a picture: a JPEG of ``width`` by ``height`` pixels."""

    body: bytes
    width: int
    height: int


class Copier(Protocol):
    """Makes small copies of pictures, so that no reader's program need ask a source for them."""

    async def copy(self, source: str, url: str, now: datetime, *, large: bool) -> Copy:
        """Give the picture of a source's article, across the text or small. Raises CollectError."""
        ...


class Embedder(Protocol):
    """An embedding engine. ``name`` identifies engine, model and version: vectors of two names are never mixed."""

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text. Raises EngineError."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What a summarising engine is asked: tell these articles in this language in at most so many sentences."""

    articles: tuple[Article, ...]
    language: str
    sentences: int
    extract: tuple[Sentence, ...]


class Summarizer(Protocol):
    """A summarising model. Its sentences are checked against their citations before anyone reads them."""

    name: str

    def summarise(self, request: Request) -> tuple[Sentence, ...]:
        """Write sentences that each cite the articles given. Raises EngineError."""
        ...


class Drafter(Protocol):
    """A `Summarizer` that may also be asked to write refused sentences anew."""

    name: str

    def summarise(self, request: Request) -> tuple[Sentence, ...]:
        """Draft a summary. Raises EngineError."""
        ...

    def revise(self, request: Request, refused: Sequence[tuple[Sentence, Sequence[str]]]) -> tuple[Sentence, ...]:
        """Draft refused sentences anew, in order. Raises EngineError."""
        ...


class Translator(Protocol):
    """A translation engine."""

    name: str

    def translate(self, texts: Sequence[str], source: str, target: str) -> tuple[str, ...]:
        """Translate texts in order. Raises EngineError."""
        ...


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message ready for the wire: RFC 5322 bytes with CRLF line ends, and who it is for."""

    sender: str
    recipient: str
    message_id: str
    message: bytes


class Deliverer(Protocol):
    """A way to hand over a message."""

    name: str

    async def deliver(self, envelope: Envelope) -> str:
        """Hand the message over and give a line for the receipt. Raises DeliveryError."""
        ...

    async def close(self) -> None:
        """Let go of connections kept for the next message; a delivery after that opens them again."""
        ...
