"""Collect and read: entries out of sources, articles out of entries."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from briefing.errors import ExtractError, StageError
from briefing.extract import extract
from briefing.model import Article, Entry, Failure
from briefing.pipeline.newsroom import Newsroom, Tally, total
from briefing.ports import Collector, Harvest, SourceState

_BATCH = 200


async def collect(room: Newsroom, now: datetime, only: Collection[str] | None = None) -> Tally:
    """Poll every source that is due, or of those the ones named, all at once; keep what each gave as it comes.

    A source that asked to be left alone until later is left alone, however often this is called. One that fails is
    one `Failure` and takes nothing from the others. What a source gave that is gone for good (410) is cited no more.
    """
    chosen = [collector for collector in room.collectors if only is None or collector.slug in only]
    finished = 0

    async def one(collector: Collector) -> Tally:
        nonlocal finished
        tally = await _poll(room, collector, now)
        finished += 1
        room.progress("collect", finished, len(chosen))
        return tally

    return total(await asyncio.gather(*(one(collector) for collector in chosen)))


async def _poll(room: Newsroom, collector: Collector, now: datetime) -> Tally:
    store, slug = room.store, collector.slug
    state = store.sources.state(slug)
    run = store.runs.start(f"collect:{slug}", now)
    try:
        harvest = await collector.collect(state, now)
    except StageError as error:
        failure = _failure(error, now)
        store.failures.record(failure, run)
        return Tally(failures=(failure,))
    if harvest.state.gone and not state.gone:
        store.sources.withdraw(slug)  # its publisher took it back; before the state is kept, which this clears
    new = store.sources.save_harvest(slug, harvest)
    store.failures.resolve("collect", slug)
    rejected = tuple(Failure("collect", f"{slug}: {subject}", message, now) for subject, message in harvest.rejected)
    for failure in rejected:
        store.failures.record(failure, run)
    store.runs.finish(run, now)
    # A source that asked to be left alone until later, and was, has not been looked at.
    left_alone = harvest.unchanged and harvest.state.checked_at == state.checked_at
    if not left_alone:
        _forget_mended(room, slug, harvest, {failure.subject for failure in rejected})
    return Tally(done=new, skipped=int(left_alone and not rejected), failures=rejected)


def _forget_mended(room: Newsroom, slug: str, harvest: Harvest, rejected: Collection[str]) -> None:
    """Forget what was wrong with single documents of a source and is not any more: they were mended, or are gone."""
    failures = room.store.failures
    mine = [failure for failure in failures.open() if failure.subject.startswith(f"{slug}: ")]
    mended = {failure.subject for failure in mine if failure.stage == "collect"}.difference(rejected)
    failures.resolve("collect", sorted(mended))
    if harvest.entries:
        # A document that its source gives no more cannot be read better by anyone.
        given = {f"{slug}: {entry.guid}" for entry in harvest.entries}
        failures.resolve("extract", [f.subject for f in mine if f.stage == "extract" and f.subject not in given])


def withdraw(room: Newsroom, slug: str) -> int:
    """Cite a source no more and forget what was wrong with it; give how many articles no other source has."""
    failures = room.store.failures
    mine = [
        failure for failure in failures.open() if failure.subject == slug or failure.subject.startswith(f"{slug}: ")
    ]
    for stage in {failure.stage for failure in mine} & {"collect", "extract"}:
        failures.resolve(stage, sorted(failure.subject for failure in mine if failure.stage == stage))
    return room.store.sources.withdraw(slug)


def read(room: Newsroom, now: datetime) -> Tally:
    """Extract the articles of every entry that was not read yet; a batch is kept whole or not at all."""
    tallies = []
    done, waiting = 0, 0
    while batch := room.store.entries.unextracted(_BATCH):
        waiting = max(waiting, done + len(batch))
        tallies.append(_read_batch(room, batch, now))
        done += len(batch)
        room.progress("read", done, waiting)
    return total(tallies)


def _read_batch(room: Newsroom, batch: tuple[Entry, ...], now: datetime) -> Tally:
    told: list[tuple[Entry, tuple[Article, ...]]] = []
    failures: list[Failure] = []
    for entry in batch:
        try:
            extraction = extract(entry)
        except ExtractError as error:
            failure = _failure(error, now, subject=f"{entry.source}: {entry.guid}")
            room.store.entries.mark_unreadable(entry, failure)
            failures.append(failure)
        else:
            told.append((entry, (extraction.article, *extraction.related)))
    new = room.store.entries.save_extractions(told)
    room.store.failures.resolve("extract", [f"{entry.source}: {entry.guid}" for entry, _ in told])
    return Tally(done=new, failures=tuple(failures))


def _failure(error: StageError, now: datetime, subject: str | None = None) -> Failure:
    return Failure(error.stage, subject or error.subject, error.message, now, error.transient)


@dataclass(frozen=True, slots=True)
class Checked:
    """How one source answered when it was asked for a check."""

    slug: str
    entries: int
    problems: tuple[str, ...] = ()


async def check(room: Newsroom, now: datetime, only: Collection[str] | None = None) -> list[Checked]:
    """Ask sources as if for the first time and say what each gave; nothing is kept."""
    chosen = [collector for collector in room.collectors if only is None or collector.slug in only]
    return list(await asyncio.gather(*(_check(collector, now) for collector in chosen)))


async def _check(collector: Collector, now: datetime) -> Checked:
    try:
        harvest = await collector.collect(SourceState(), now)
    except StageError as error:
        return Checked(collector.slug, 0, (error.message,))
    return Checked(collector.slug, len(harvest.entries), tuple(f"{name}: {why}" for name, why in harvest.rejected))
