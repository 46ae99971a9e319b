"""Which picture an edition shows with a storyline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from briefing.compose.material import Material, Preferences
from briefing.compose.weight import instant
from briefing.extract.images import inward
from briefing.model import Article, Picture, Telling

_WIDE = 480
"""Pixels of declared width from which a picture is taken before the others of its storyline."""


def pictured(
    tellings: Sequence[Telling], materials: Iterable[Material], preferences: Preferences
) -> tuple[Telling, ...]:
    """Give the tellings with their pictures, as far as the newsletter shows any.

    A storyline's picture is that of the article whose headline it bears, or else of its newest report that has one, the
    wide ones first. What several storylines have alike is a site's own mark and shows nothing of either. Nothing in a
    reader's own network is linked to; whether it may be copied is up to whoever makes the copy.
    """
    if preferences.images == "none":
        return tuple(tellings)
    known = {material.storyline.id: material for material in materials}
    linked = preferences.images_from == "link"
    shared = _shared(known.values())

    def shown(telling: Telling) -> Telling:
        if telling.size not in (("lead",) if preferences.images == "lead" else ("lead", "medium")):
            return telling
        listed = {reference.id for reference in telling.references}
        usable = [
            article
            for article in known[telling.id].articles
            if article.image and article.id in listed and article.image.url not in shared
            if not (linked and inward(article.image.url))
        ]
        chosen = max(usable, key=lambda article: _fitness(article, telling, known[telling.id]), default=None)
        if chosen is None or chosen.image is None:
            return telling
        return replace(telling, picture=Picture(chosen.id, chosen.image))

    return tuple(shown(telling) for telling in tellings)


def _fitness(article: Article, telling: Telling, material: Material) -> tuple[bool, bool, bool, datetime, str]:
    wide = article.image is not None and (article.image.width or _WIDE) >= _WIDE
    return wide, article.id == telling.headline_article, article.id in material.new, instant(article), article.id


def _shared(materials: Iterable[Material]) -> frozenset[str]:
    """Give the addresses that articles of more than one storyline have."""
    first: dict[str, str] = {}
    shared: set[str] = set()
    for material in materials:
        for article in material.articles:
            if article.image and first.setdefault(article.image.url, material.storyline.id) != material.storyline.id:
                shared.add(article.image.url)
    return frozenset(shared)
