"""What the day's work is done with: the store, the doors and the publications, assembled once by `briefing.app`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from briefing.compose import Preferences
from briefing.model import Failure
from briefing.ports import Collector, Copier, Deliverer, Drafter, Embedder, Translator, Vectors
from briefing.render.message import Signer
from briefing.render.site import Site
from briefing.store import Store
from briefing.store.cache import Vector
from briefing.timeline import Process

Progress = Callable[[str, int, int], None]
"""Told after each piece of work: the step's name, how much of it is done, how much there is."""

_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Publication:
    """A newsletter ready to be made: what its reader wants, how it looks, and how it leaves.

    ``sender`` is a mailbox (``Name <address>``); ``unsubscribe`` the https address one-click unsubscribing starts from;
    ``sign`` puts a DKIM signature before a message.
    """

    preferences: Preferences
    site: Site
    deliverer: Deliverer
    sender: str
    recipients: tuple[str, ...] = ()
    reply_to: str | None = None
    unsubscribe: str | None = None
    sign: Signer | None = None

    @property
    def slug(self) -> str:
        """The newsletter's stable name."""
        return self.preferences.slug


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Everything the pipeline's verbs share.

    ``source_names`` are the sources' names as readers see them, by slug; ``drafter`` is a model that tells storylines,
    ``translator`` puts what is in none of the reader's languages into the first of them, with ``translate_listed``
    also what is in the others; ``copier`` makes copies of pictures; ``announce`` tells a hub which feeds have something
    new, by their addresses; ``renew`` begins the budgets of both engines anew for the next edition.
    """

    store: Store
    collectors: tuple[Collector, ...]
    source_names: Mapping[str, str]
    embedder: Embedder
    processes: tuple[Process, ...]
    publications: tuple[Publication, ...]
    site: Site
    output: Path
    templates: tuple[Path, ...] = ()
    drafter: Drafter | None = None
    translator: Translator | None = None
    translate_listed: bool = False
    copier: Copier | None = None
    announce: Callable[[Sequence[str]], Awaitable[None]] | None = None
    renew: Callable[[], None] = field(default=lambda: None)
    progress: Progress = field(default=lambda step, done, total: None)

    def embedded(self, texts: Iterable[str]) -> dict[str, Vector]:
        """Give the vectors that the store has of texts, by text; the engine is not asked."""
        keys = {text: self.store.cache.hash(text) for text in texts}
        found = self.store.cache.vectors(self.embedder.name, keys.values())
        return {text: found[key] for text, key in keys.items() if key in found}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts through the store's cache, so that nothing is embedded twice. Raises EngineError."""
        cache, engine = self.store.cache, self.embedder.name
        keys = [cache.hash(text) for text in texts]
        found = cache.vectors(engine, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        waiting = list(missing)
        for start in range(0, len(waiting), _CHUNK):
            chunk = waiting[start : start + _CHUNK]
            vectors = self.embedder.embed([missing[key] for key in chunk])
            found |= cache.save_vectors(engine, dict(zip(chunk, vectors, strict=True)))
            self.progress("embed", min(start + _CHUNK, len(waiting)), len(waiting))
        return np.stack([found[key] for key in keys]) if keys else np.zeros((0, self.embedder.dimensions), np.float32)


@dataclass(frozen=True, slots=True)
class Tally:
    """What one step did."""

    done: int = 0
    skipped: int = 0
    failures: tuple[Failure, ...] = ()


def total(tallies: Iterable[Tally]) -> Tally:
    """Give the sum of what several steps did."""
    found = list(tallies)
    return Tally(
        done=sum(tally.done for tally in found),
        skipped=sum(tally.skipped for tally in found),
        failures=tuple(failure for tally in found for failure in tally.failures),
    )
