"""What the preview shows: editions, themes and what is wrong, each edition set only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefing.pipeline.proofing import Proof
from briefing.proof import Finding


@dataclass(frozen=True, slots=True)
class Shown:
    """One edition the preview can show.

    ``path`` is its folder under ``out/`` without the trailing slash, ``theme`` the one its newsletter uses; ``draft``
    says that it is composed anew with the configuration and the documents as they are, and kept nowhere.
    """

    path: str
    title: str
    date: str
    language: str = "en"
    theme: str = "morning"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that would be published now, newest edition first, and what failed.

    ``proof`` and ``findings`` take an edition's path, a theme (``""`` for the newsletter's own) and whether the user's
    templates are left aside; they and ``site`` do their work when they are called and may raise BriefingError.
    ``themes`` are names with whether they are the user's own; ``templates`` the user's template folders;
    ``remote_pictures`` says that pages show pictures from their sources.
    """

    editions: tuple[Shown, ...]
    made_at: datetime
    proof: Callable[[str, str, bool], Proof]
    findings: Callable[[str, str, bool], tuple[Finding, ...]]
    site: Callable[[], Mapping[str, bytes]]
    themes: tuple[tuple[str, bool], ...] = ()
    templates: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()
    remote_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """Where a change calls for a new snapshot: in folders with all below them, and at single paths, there or not."""

    folders: frozenset[Path] = field(default_factory=frozenset)
    paths: frozenset[Path] = field(default_factory=frozenset)
