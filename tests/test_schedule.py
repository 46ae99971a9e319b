from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import StoreError
from briefing.schedule import Missed, Plan, Poll, running

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


@dataclass
class Recorder:
    """A desk that writes down what it was asked to do, and how much of it at the same time."""

    sources: list[Poll] = field(default_factory=list)
    newsletters: list[Plan] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    fails: bool = False

    def polls(self) -> list[Poll]:
        return self.sources

    def plans(self) -> list[Plan]:
        return self.newsletters

    async def collect(self, source: str, now: datetime) -> None:
        await self._work(f"collect {source}")

    async def issue(self, newsletter: str, now: datetime) -> None:
        await self._work(f"issue {newsletter}")

    def skip(self, newsletter: str, missed: datetime) -> None:
        self.done.append(f"skip {newsletter} {missed.isoformat()}")

    async def _work(self, name: str) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.05)
        self.at_once -= 1
        self.done.append(name)
        if self.fails:
            raise StoreError("the store is locked")


def run_for(desk: Recorder, seconds: float, missed: Missed = "late", now: Any = None) -> dict[str, datetime]:
    """Run the schedule on the wall clock for a moment and give each job's next time at the start."""
    clock = now or (lambda: datetime.now(UTC))

    async def go() -> dict[str, datetime]:
        async with running(desk, missed, clock) as scheduler:
            times = {job.id: job.next_run_time for job in scheduler.get_jobs()}
            await asyncio.sleep(seconds)
            return times

    return asyncio.run(go())


def test_sources_keep_their_rhythm_over_a_restart() -> None:
    """A source asked twenty minutes ago is asked again in forty; one never asked is asked at once."""
    now = datetime.now(UTC)
    desk = Recorder(
        sources=[
            Poll("new", timedelta(hours=1), None),
            Poll("asked", timedelta(hours=1), now - timedelta(minutes=20)),
            Poll("overdue", timedelta(hours=1), now - timedelta(days=3)),
        ]
    )
    times = run_for(desk, 0.5)
    assert desk.done == ["collect new"]
    assert timedelta(minutes=39) < times["source asked"] - now < timedelta(minutes=41)
    assert times["source overdue"] - now < timedelta(seconds=4)


@pytest.mark.parametrize(
    ("missed", "expected"),
    [
        ("late", ["issue morning"]),
        ("merge", []),
        ("skip", ["skip morning 2026-11-21T06:30:00+07:00"]),
    ],
)
def test_editions_missed_while_off(missed: Missed, expected: list[str]) -> None:
    """After four days off an edition is made once, left to the next, or left out, as the operator chose."""
    desk = Recorder(newsletters=[Plan("morning", "30 6 * * *", HANOI, NOON - timedelta(days=4))])
    run_for(desk, 0.4, missed, now=lambda: NOON)
    assert desk.done == expected


def test_nothing_is_missed_before_the_first_edition() -> None:
    """A newsletter that was never made waits for its time."""
    desk = Recorder(newsletters=[Plan("morning", "30 6 * * *", HANOI, None)])
    times = run_for(desk, 0.3)
    assert desk.done == []
    assert times["newsletter morning"].astimezone(HANOI).strftime("%H:%M") == "06:30"


def test_one_run_at_a_time_and_every_run_is_finished() -> None:
    """Jobs due together follow one another, and leaving waits for the one under way."""
    past = datetime.now(UTC) - timedelta(days=2)
    desk = Recorder(newsletters=[Plan(name, "30 6 * * *", HANOI, past) for name in ("a", "b", "c")])
    run_for(desk, 0.5)
    assert sorted(desk.done) == ["issue a", "issue b", "issue c"]
    assert desk.most_at_once == 1
    assert desk.at_once == 0


def test_an_error_does_not_end_the_service() -> None:
    """A run that fails is logged and the next run happens."""
    past = datetime.now(UTC) - timedelta(days=2)
    desk = Recorder(
        newsletters=[Plan(name, "0 0 1 1 *", HANOI, past - timedelta(days=400)) for name in "ab"], fails=True
    )
    run_for(desk, 0.5)
    assert sorted(desk.done) == ["issue a", "issue b"]
