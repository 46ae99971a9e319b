"""Let a model tell what was extracted, held sentence by sentence against its sources; any failure keeps the extract."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from briefing.compose import Material
from briefing.compose.edition import recount
from briefing.errors import EngineError
from briefing.model import Edition, Failure
from briefing.pipeline.newsroom import Newsroom

log = logging.getLogger(__name__)

_SUBJECT = "summary"


def draft(room: Newsroom, edition: Edition, materials: Sequence[Material], language: str, now: datetime) -> Edition:
    """Give the edition in the model's words where they are borne out, with a note of what was not.

    ``language`` is the reader's. Without a model, or from where it fails on, the edition tells the sources' sentences.
    """
    if room.drafter is None:
        return edition
    from briefing.compose.guard import rewrite

    articles = {material.storyline.id: material.articles for material in materials}
    told = list(edition.storylines)
    replaced, notes = 0, list(edition.notes)
    room.renew()
    for place, telling in enumerate(told):
        try:
            told[place], written = rewrite(telling, articles[telling.id], language, room.drafter)
        except EngineError as error:
            failure = Failure(error.stage, _SUBJECT, f"{error.subject}: {error.message}", now, error.transient)
            room.store.failures.record(failure)
            notes.append(
                f"The model could not be asked: {error.message}. From there on the sources' own words are told."
            )
            break
        replaced += written.replaced
        for rejection in written.rejections:
            missing = ", ".join(f"{one.kind} {one.value}" for one in rejection.missing)
            log.info("%s: refused, not in its sources: %s: %s", telling.slug, missing, rejection.sentence.text)
    else:
        room.store.failures.resolve("engine", _SUBJECT)
    if replaced:
        notes.append(
            f"{replaced} sentences of the model were not borne out by their sources; the sources are quoted there."
        )
    return recount(replace(edition, storylines=tuple(told), notes=tuple(notes)))
