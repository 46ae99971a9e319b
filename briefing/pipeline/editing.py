"""Make an edition: what is new to a newsletter's readers, told against what they were last sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from briefing.compose import Material, plan, untranslated
from briefing.grouping import shipped_centre
from briefing.model import Counts, Edition, Storyline, Telling
from briefing.pipeline.drafting import draft
from briefing.pipeline.newsroom import Newsroom, Publication
from briefing.pipeline.picturing import with_copies
from briefing.pipeline.translating import translate
from briefing.timeline import mark, milestones, process

_TOLD_BACK = 60
"""Editions looked through for how a storyline was last told."""

_TIMELINES = 60
"""Storylines an edition may choose from that get a timeline; those beyond have the least to tell."""


_FOLLOWED = 10_000

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


async def make_edition(room: Newsroom, publication: Publication, now: datetime) -> Edition | None:
    """Make today's edition of a newsletter and keep it; None where nothing is new.

    New is what came to the store after the newest article of the last edition of an earlier day. An edition of today
    that says the same but for its clock stays as it is, and one that was sent is never changed: both are given back.
    """
    day = now.astimezone(ZoneInfo(publication.preferences.time_zone)).date()
    editions = room.store.editions
    today = editions.edition(publication.slug, day)
    last = editions.latest(publication.slug, before=day)
    made = await with_copies(room, publication, _compose(room, publication, now, last.upto if last else 0), now)
    if today is not None and (not made.storylines or _same(today, made)):
        return today
    if not made.storylines and publication.preferences.when_empty == "skip":
        return None
    if editions.save(made):
        return made
    return today


async def propose(room: Newsroom, publication: Publication, edition: Edition) -> Edition:
    """Give the edition that would be made today in place of its newsletter's newest one, without keeping it.

    It is composed for the day and the clock of ``edition``, which is given back where nothing would change.
    """
    last = room.store.editions.latest(publication.slug, before=edition.date)
    made = _compose(room, publication, edition.made_at, last.upto if last else 0)
    made = await with_copies(room, publication, made, edition.made_at)
    return edition if not made.storylines or _same(edition, made) else made


def _compose(room: Newsroom, publication: Publication, now: datetime, since: int) -> Edition:
    store = room.store
    moved = _moved(room, since)
    preferences = publication.preferences
    day = now.astimezone(ZoneInfo(preferences.time_zone)).date()
    previous = _last_told(room, publication.slug, day, {storyline.id for storyline in moved})
    rich = {storyline.id for storyline in sorted(moved, key=_size, reverse=True)[:_TIMELINES]}
    materials = []
    for place, storyline in enumerate(moved, 1):
        materials.append(_material(room, storyline, since, preferences.languages, storyline.id in rich))
        room.progress(f"tell {publication.slug}", place, len(moved))
    planned = plan(
        materials,
        preferences,
        room.embed,
        now,
        previous=previous,
        # In an order of their own, because the store's is that of their times, which a run changes.
        failures=sorted(store.failures.open(), key=lambda failure: (failure.stage, failure.subject)),
        counts=_counts(room, since),
        upto=store.articles.max_sequence(),
    )
    drafted = draft(room, planned, materials, preferences.languages[0], now)
    return translate(room, drafted, preferences.languages, now)


def _moved(room: Newsroom, since: int) -> list[Storyline]:
    """Give the storylines with something new and those that are followed, in order of id."""
    storylines = room.store.storylines
    moved = storylines.get(storylines.moved_since(since)) | {
        line.id: line for line in storylines.newest(followed=True, limit=_FOLLOWED)
    }
    return [moved[id_] for id_ in sorted(moved) if moved[id_].merged_into is None]


def _size(storyline: Storyline) -> tuple[int, int, str]:
    return len(storyline.developments), sum(len(event.articles) for event in storyline.developments), storyline.id


def _material(room: Newsroom, storyline: Storyline, since: int, languages: tuple[str, ...], rich: bool) -> Material:
    store = room.store
    # Where a page names no outlet, readers see the source as the operator named it.
    articles = tuple(
        article if article.outlet else replace(article, outlet=room.source_names.get(article.source))
        for article in store.articles.of_storyline(storyline.id)
    )
    sequences = store.articles.sequences(article.id for article in articles)
    memberships = store.storylines.memberships(storyline.id)
    copies = {membership.article for membership in memberships if membership.duplicate_of}
    distinct = tuple(article for article in articles if article.id not in copies)
    # A timeline needs more than one report; a single one is told by its own sentences.
    dated = milestones(distinct, languages) if rich and len(distinct) > 1 else ()
    centre = shipped_centre(room.embedder.name, room.embedder.dimensions)
    course = process(distinct, dated, room.processes, room.embed, centre=centre, languages=languages) if dated else None
    return Material(
        storyline=storyline,
        articles=articles,
        new=frozenset(id_ for id_, sequence in sequences.items() if sequence > since),
        memberships=memberships,
        milestones=mark(dated, course),
        process=course,
        followed=storyline.followed,
    )


def _last_told(room: Newsroom, newsletter: str, before: date, wanted: Collection[str]) -> dict[str, Telling]:
    """Give how each storyline was last told to this newsletter's readers, on an earlier day."""
    found: dict[str, Telling] = {}
    day = before
    for _ in range(_TOLD_BACK):
        edition = room.store.editions.latest(newsletter, before=day)
        if edition is None or len(found) == len(wanted):
            break
        for telling in edition.storylines:
            living = room.store.storylines.storyline(telling.id)
            if living is not None and living.id in wanted:
                found.setdefault(living.id, untranslated(telling))
        day = edition.date
    return found


def _counts(room: Newsroom, since: int) -> Counts:
    failed = {failure.subject for failure in room.store.failures.open() if failure.stage == "collect"}
    newest = room.store.articles.max_sequence()
    return Counts(
        sources=len(room.collectors),
        sources_failed=sum(collector.slug in failed for collector in room.collectors),
        articles=room.store.articles.count(),
        articles_new=newest - since,
        storylines=0,
        storylines_told=0,
    )


def _same(one: Edition, other: Edition) -> bool:
    """Whether two editions say the same to a reader, whenever each was made."""
    return _timeless(one) == _timeless(other)


def _timeless(edition: Edition) -> Edition:
    failures = tuple(replace(failure, at=_NEVER) for failure in edition.failures)
    return replace(edition, made_at=_NEVER, failures=failures)
