"""What enters and leaves the grouper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from briefing.grouping.features import Features, features
from briefing.model import Article, Development, Membership, Storyline

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 48


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article with what was read out of it and its raw unit vector."""

    id: str
    title: str
    features: Features
    vector: NDArray[np.floating]

    @classmethod
    def of(cls, article: Article, vector: NDArray[np.floating], read: Features | None = None) -> Arrival:
        """Make an arrival; ``read`` are the article's stored features, if any."""
        return cls(article.id, article.title, read or features(article), vector)

    @property
    def order(self) -> tuple[float, str]:
        """Sorts arrivals by publication; those without a date first."""
        return (-np.inf if self.features.day is None else self.features.day, self.id)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different after a step, ready to be stored in one transaction.

    ``storylines`` are new or changed ones (title and slug as first given, developments only as far as touched),
    ``redirects`` lead from the id of a storyline that was merged away to the one that lives on.
    """

    memberships: tuple[Membership, ...] = ()
    storylines: tuple[Storyline, ...] = ()
    developments: tuple[Development, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)


def slug(title: str, storyline: str) -> str:
    """Give a short ASCII name for a storyline's page, unique by its id and stable."""
    words = _NOT_SLUG.sub("-", anyascii(title).lower()).strip("-")[:_SLUG_LENGTH]
    return f"{words.rpartition('-')[0] or words}-{storyline}".strip("-") if words else storyline
