"""The day's work in order: what comes next, and what if it fails."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from briefing.errors import BriefingError, DeliveryError, EngineError, RenderError, StageError
from briefing.model import Counts, Edition, Failure
from briefing.pipeline.collecting import collect, read
from briefing.pipeline.delivering import deliver, deliver_test
from briefing.pipeline.editing import make_edition
from briefing.pipeline.grouping import group
from briefing.pipeline.indexing import index, list_editions
from briefing.pipeline.newsroom import Newsroom, Publication, Tally
from briefing.pipeline.publishing import announce, lost_files, site_files, write

log = logging.getLogger(__name__)

_LOCK = "work"
"""One run at a time works on a store, whichever process it is in."""


_EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: per newsletter its slug, its edition if there is one, and whether it is a new one."""

    collected: Tally
    read: Tally
    sources_failed: int
    storylines: int
    editions: tuple[tuple[str, Edition | None, bool], ...]
    problems: tuple[Failure, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something failed that leaves the reader without an edition that could have been made."""
        return bool(self.problems) or (self.sources_failed > 0 and not self.storylines)


@dataclass(frozen=True, slots=True)
class SendReport:
    """What became of one newsletter's newest edition."""

    newsletter: str
    edition: Edition | None
    recipients: int
    tally: Tally

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What failed."""
        return self.tally.failures


async def understand(
    room: Newsroom, now: datetime, problems: list[Failure], only: Collection[str] | None = None
) -> tuple[Tally, Tally]:
    """Collect, read and group whatever is due; give what was collected and what was read.

    A failing engine is appended to ``problems``: what it could not group waits for the next run.
    """
    collected = await collect(room, now, only)
    told = read(room, now)
    index(room.store, room.progress)
    try:
        group(room)
        room.store.failures.resolve("engine", _EMBEDDING)
    except EngineError as error:
        # Under one name whichever engine it is, so that changing the engine mends it too.
        failure = Failure(error.stage, _EMBEDDING, f"{error.subject}: {error.message}", now, error.transient)
        room.store.failures.record(failure)
        problems.append(failure)
    return collected, told


async def build(room: Newsroom, now: datetime) -> BuildReport:
    """Do the whole day's work once, without delivering: collect, read, group, edit, publish.

    Whatever fails is recorded and reported, and what can still be made is made. Raises StoreError where another run
    is at work.
    """
    with room.store.lock(_LOCK):
        problems: list[Failure] = []
        _forget_removed(room)
        collected, told = await understand(room, now, problems)
        editions = [await _edit(room, publication, now, problems) for publication in room.publications]
        problems += await _publish(room, now)
    failed = {failure.subject for failure in room.store.failures.open() if failure.stage == "collect"}
    return BuildReport(
        collected=collected,
        read=told,
        sources_failed=sum(collector.slug in failed for collector in room.collectors),
        storylines=room.store.storylines.count(),
        editions=tuple(editions),
        problems=tuple(problems),
    )


async def collect_one(room: Newsroom, source: str, now: datetime) -> Tally:
    """Collect one source, and read and group what it gave; between editions, so that they have less to do."""
    with room.store.lock(_LOCK):
        problems: list[Failure] = []
        collected, _ = await understand(room, now, problems, (source,))
    return replace(collected, failures=(*collected.failures, *problems))


async def issue(room: Newsroom, newsletter: str, now: datetime) -> SendReport:
    """Make, publish and deliver today's edition of one newsletter from what is new by now."""
    publication = _find(room, newsletter)
    run = room.store.runs.start(f"issue:{newsletter}", now)
    with room.store.lock(_LOCK):
        problems: list[Failure] = []
        _forget_removed(room)
        await understand(room, now, problems)
        _, edition, _ = await _edit(room, publication, now, problems)
        problems += await _publish(room, now)
    if edition is None:
        report = SendReport(newsletter, None, len(publication.recipients), Tally(failures=tuple(problems)))
    else:
        report = await _send(room, publication, edition, now, dry_run=False)
    room.store.runs.finish(run, now)
    return report


async def send(
    room: Newsroom, now: datetime, *, newsletter: str | None = None, dry_run: bool = False, test: str | None = None
) -> list[SendReport]:
    """Deliver the newest edition of one newsletter, or of each, to everyone who has not got it.

    With ``test`` it goes to that address alone and the ledger knows nothing of it.
    """
    reports = []
    for publication in room.publications:
        if newsletter not in (None, publication.slug):
            continue
        edition = room.store.editions.latest(publication.slug)
        if edition is None:
            reports.append(SendReport(publication.slug, None, len(publication.recipients), Tally()))
        elif test is not None:
            reports.append(await _send_test(room, publication, edition, test, now))
        else:
            reports.append(await _send(room, publication, edition, now, dry_run=dry_run))
    return reports


def skip(room: Newsroom, newsletter: str, missed: datetime) -> None:
    """Count all that is in the store as told, in an edition without storylines for the day that was missed."""
    preferences = _find(room, newsletter).preferences
    day = missed.astimezone(ZoneInfo(preferences.time_zone)).date()
    if room.store.editions.edition(newsletter, day) is None:
        room.store.editions.save(
            Edition(
                newsletter=newsletter,
                title=preferences.title,
                date=day,
                made_at=missed,
                time_zone=preferences.time_zone,
                language=preferences.language,
                storylines=(),
                counts=Counts(0, 0, 0, 0, 0, 0),
                upto=room.store.articles.max_sequence(),
            )
        )


def _forget_removed(room: Newsroom) -> None:
    """Forget the failures of sources, newsletters and addresses that the configuration does not name any more."""
    sources = {collector.slug for collector in room.collectors}
    addresses = {f"{letter.slug}: {address}" for letter in room.publications for address in letter.recipients}
    for failure in room.store.failures.open():
        if failure.stage in ("collect", "extract"):
            named = failure.subject.partition(": ")[0] in sources
        else:
            named = failure.stage != "deliver" or failure.subject in addresses
        if not named:
            room.store.failures.resolve(failure.stage, failure.subject)


async def _edit(
    room: Newsroom, publication: Publication, now: datetime, problems: list[Failure]
) -> tuple[str, Edition | None, bool]:
    before = room.store.editions.latest(publication.slug)
    try:
        edition = await make_edition(room, publication, now)
    except StageError as error:
        # Under the newsletter's name whichever engine it is, so that the edition that succeeds resolves it.
        named = EngineError(publication.slug, str(error), transient=error.transient)
        problems.append(_record(room, named, now))
        return publication.slug, None, False
    room.store.failures.resolve("engine", publication.slug)
    return publication.slug, edition, edition is not None and edition != before


async def _publish(room: Newsroom, now: datetime) -> list[Failure]:
    """Write the site and tell the hub; give what went wrong, with the user's templates, the folder or the hub."""
    found: list[RenderError] = []
    changed: list[str] = []
    list_editions(room.store, room.progress)
    try:
        changed = write(room.output, site_files(room, found))
        for files in lost_files(room, found):
            write(room.output, files)
    except RenderError as error:
        found.append(error)
    if not found:
        room.store.failures.resolve("render", [f.subject for f in room.store.failures.open() if f.stage == "render"])
    distinct = {str(error): error for error in found}
    problems = [_record(room, error, now) for error in distinct.values()]
    await _announce(room, changed, now)
    return problems


async def _announce(room: Newsroom, changed: list[str], now: datetime) -> None:
    """Tell the hub of new entries; where that fails, readers only learn of them later, so that nothing else does."""
    try:
        await announce(room, changed)
    except DeliveryError as error:
        _record(room, error, now)
        log.warning("%s", error)
    else:
        told = [failure.subject for failure in room.store.failures.open() if failure.stage == "deliver"]
        room.store.failures.resolve("deliver", [subject for subject in told if "://" in subject])


async def _send(
    room: Newsroom, publication: Publication, edition: Edition, now: datetime, *, dry_run: bool
) -> SendReport:
    try:
        tally = await deliver(room, publication, edition, now, dry_run=dry_run)
    except RenderError as error:
        tally = Tally(failures=(_record(room, error, now),))
    return SendReport(publication.slug, edition, len(publication.recipients), tally)


async def _send_test(
    room: Newsroom, publication: Publication, edition: Edition, address: str, now: datetime
) -> SendReport:
    try:
        await deliver_test(room, publication, edition, address)
        tally = Tally(done=1)
    except StageError as error:
        tally = Tally(failures=(Failure(error.stage, address, error.message, now, error.transient),))
    return SendReport(publication.slug, edition, 1, tally)


def _record(room: Newsroom, error: StageError, now: datetime) -> Failure:
    failure = Failure(error.stage, error.subject, error.message, now, error.transient)
    room.store.failures.record(failure)
    return failure


def _find(room: Newsroom, newsletter: str) -> Publication:
    for publication in room.publications:
        if publication.slug == newsletter:
            return publication
    raise BriefingError(f"there is no newsletter '{newsletter}' in the configuration any more")
