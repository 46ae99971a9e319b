"""Put copies in the place of the pictures that an edition shows: asked for once, for all readers."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime

from briefing.errors import CollectError
from briefing.model import Edition, Telling
from briefing.pipeline.newsroom import Newsroom, Publication
from briefing.store.pictures import Kept

log = logging.getLogger(__name__)

_PATIENCE = 60.0
"""Seconds that an edition waits for its pictures; the next build goes on with those that are missing."""


async def with_copies(room: Newsroom, publication: Publication, edition: Edition, now: datetime) -> Edition:
    """Give the edition with a copy of each of its pictures, without those that cannot be had.

    Only what an edition shows is fetched, some ten pictures a day, and nothing twice. A picture is never worth an
    edition: what fails is logged, and kept where asking again would not help. Where the newsletter links to its
    sources' pictures the edition stays as it is.
    """
    if publication.preferences.images_from == "link" or not any(telling.picture for telling in edition.storylines):
        return edition
    tasks = [asyncio.create_task(_with_copy(room, telling, now)) for telling in edition.storylines]
    await asyncio.wait(tasks, timeout=_PATIENCE)
    told = []
    for task, telling in zip(tasks, edition.storylines, strict=True):
        if not task.done():
            task.cancel()
            log.warning("%s: no picture within %g s", telling.slug, _PATIENCE)
        told.append(task.result() if task.done() and not task.cancelled() else replace(telling, picture=None))
    await asyncio.gather(*tasks, return_exceptions=True)
    return replace(edition, storylines=tuple(told))


async def _with_copy(room: Newsroom, telling: Telling, now: datetime) -> Telling:
    picture = telling.picture
    reference = next((one for one in telling.references if picture and one.id == picture.article), None)
    if picture is None or reference is None:
        return replace(telling, picture=None)
    large = telling.size == "lead"
    kept = room.store.pictures.known(picture.image.url, large=large)
    if kept is None:
        kept = await _copied(room, reference.source, picture.image.url, now, large)
    if kept is None or kept.refused is not None:
        return replace(telling, picture=None)
    image = replace(picture.image, width=kept.width, height=kept.height)
    return replace(telling, picture=replace(picture, image=image, file=kept.file))


async def _copied(room: Newsroom, source: str, url: str, now: datetime, large: bool) -> Kept | None:
    """Fetch and keep a copy; None where it may be had another time."""
    if room.copier is None:
        return None
    try:
        copy = await room.copier.copy(source, url, now, large=large)
    except CollectError as error:
        log.warning("%s: %s", error.subject, error.message)
        return None if error.transient else room.store.pictures.refuse(url, error.message, now, large=large)
    return room.store.pictures.keep(url, copy, now, large=large)
