"""What an edition is made from, and how its reader wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.model import Article, Membership, Milestone, ProcessState, Storyline


@dataclass(frozen=True, slots=True)
class Material:
    """Everything about one storyline that one newsletter's edition may tell.

    ``articles`` are all that may be cited (a withdrawn source's are not among them); ``new`` the ids of those that this
    reader was not sent anything from; ``memberships`` say why they belong and which are copies.
    """

    storyline: Storyline
    articles: tuple[Article, ...]
    new: frozenset[str] = frozenset()
    memberships: tuple[Membership, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    process: ProcessState | None = None
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """How one newsletter is to be: what `config.yaml` says of it.

    ``language`` is the interface's, ``languages`` what the reader reads, best first. ``minutes`` is the reading time
    to keep to, ``storylines`` the most to tell. ``include`` and ``exclude`` are words (a storyline with none of the
    first, or any of the second, is filtered); ``sources`` and ``only_languages`` keep only those articles; empty
    means any. ``images`` says which storylines show a picture, ``images_from`` where a reader's program finds it: in
    the mail, on the newsletter's own site, or at its source.
    """

    slug: str
    title: str
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    time_zone: str = "UTC"
    minutes: float = 5
    storylines: int = 12
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    only_languages: tuple[str, ...] = ()
    when_empty: Literal["skip", "send"] = "skip"
    images: Literal["none", "lead", "storylines"] = "none"
    images_from: Literal["embed", "site", "link"] = "embed"
