"""The service's clock: sources polled on their intervals, editions made on their cron, one run at a time.

APScheduler keeps the times; the store keeps what was done, so that after downtime the first thing is a sweep for what
was missed. All times of schedules are in each newsletter's own time zone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from briefing.cron import fire_times, trigger
from briefing.errors import BriefingError

log = logging.getLogger(__name__)

Missed = Literal["late", "skip", "merge"]


@dataclass(frozen=True, slots=True)
class Poll:
    """A source to ask every so often; ``last`` is when it was last asked, in UTC."""

    source: str
    every: timedelta
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A newsletter to make on its cron; ``last`` is when it was last due and made, in UTC."""

    newsletter: str
    cron: str
    zone: ZoneInfo
    last: datetime | None


class Desk(Protocol):
    """What the schedule asks `briefing.app` to do; each verb is safe to call again after being killed."""

    def polls(self) -> list[Poll]:
        """Give the sources and when each was last asked."""
        ...

    def plans(self) -> list[Plan]:
        """Give the newsletters and when each was last made."""
        ...

    async def collect(self, source: str, now: datetime) -> None:
        """Poll one source and read and group what it gave."""
        ...

    async def issue(self, newsletter: str, now: datetime) -> None:
        """Make, publish and deliver today's edition of a newsletter."""
        ...

    def skip(self, newsletter: str, missed: datetime) -> None:
        """Count what is in the store as told, for an edition that was missed and is not to be made."""
        ...


@asynccontextmanager
async def running(desk: Desk, missed: Missed, clock: Callable[[], datetime]) -> AsyncIterator[AsyncIOScheduler]:
    """Run the schedule for as long as the block lasts; on the way out the work under way is finished.

    ``missed`` says what becomes of editions whose time passed while nothing ran: ``late`` makes one at once for all
    of them, ``merge`` leaves their news to the next edition, ``skip`` leaves their news out.
    """
    busy = asyncio.Lock()

    async def guarded(name: str, work: Callable[[], Awaitable[None]]) -> None:
        async with busy:
            try:
                await work()
            except BriefingError as error:
                # The service outlives a bad day: the error is logged here and shown by `briefing doctor`.
                log.error("%s: %s", name, error)

    async def poll(source: str) -> None:
        await guarded(f"source {source}", lambda: desk.collect(source, clock()))

    async def issue(newsletter: str) -> None:
        await guarded(f"newsletter {newsletter}", lambda: desk.issue(newsletter, clock()))

    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    now = clock()
    for place, due in enumerate(desk.polls()):
        scheduler.add_job(
            poll,
            IntervalTrigger(seconds=int(due.every.total_seconds()), timezone=UTC, jitter=_jitter(due.every)),
            args=[due.source],
            id=f"source {due.source}",
            next_run_time=_first_poll(due, now, place),
        )
    for plan in desk.plans():
        overdue = list(fire_times(plan.cron, plan.zone, plan.last, now)) if plan.last else []
        scheduler.add_job(
            issue, trigger(plan.cron, plan.zone), args=[plan.newsletter], id=f"newsletter {plan.newsletter}"
        )
        if overdue and missed == "late":
            scheduler.add_job(issue, args=[plan.newsletter], id=f"late {plan.newsletter}", next_run_time=now)
        elif overdue and missed == "skip":
            desk.skip(plan.newsletter, overdue[-1])
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)
        async with busy:
            pass


def _first_poll(poll: Poll, now: datetime, place: int) -> datetime:
    # Polls due at once are spread by a second each, so that a start does not burst; a restart changes no rhythm.
    due = poll.last + poll.every if poll.last else now
    return max(due, now + timedelta(seconds=place))


def _jitter(every: timedelta) -> int:
    return min(60, int(every.total_seconds() / 20))
