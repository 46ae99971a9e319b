"""The desk of the schedule: what is due, from the store; doing it without holding up the web; telling what failed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from briefing.app import newsroom
from briefing.config import load
from briefing.desk import NewsDesk
from briefing.errors import BriefingError, CollectError, DeliveryError, StoreError
from briefing.pipeline import Newsroom
from briefing.ports import Envelope, Harvest, SourceState

from .pipeline.conftest import BELOUSOV, DUMA, STORM, VALDAI

CONFIG = """
title: Test
time_zone: Asia/Ho_Chi_Minh
base_url: https://news.example.org/
engine: {embedding: lexical}
sources:
  - {corpus: corpus}
  - {corpus: other, every: 3h}
newsletters:
  - title: Morning briefing
    slug: morning
    schedule: "30 6 * * *"
    delivery: {sender: "Morning <m@example.org>", to: [ann@example.org]}
  - {title: Evening, slug: evening, schedule: "0 18 * * mon", time_zone: Europe/Berlin}
"""
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


class Folder:
    """A folder with a configuration and two corpora, and a desk on it as a new process would have it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "config.yaml").write_text(CONFIG, "utf-8")
        for name, texts in (("corpus", (DUMA, VALDAI)), ("other", (STORM,))):
            (folder / name).mkdir()
            for number, text in enumerate(texts):
                (folder / name / f"{number}.txt").write_text(text, "utf-8")
        self._open: list[Any] = []

    def desk(self, **changes: Any) -> NewsDesk:
        """Give a desk; ``changes`` are parts of its newsroom that are put in place of the configured ones."""
        config = load(self.folder / "config.yaml", {})
        opened = newsroom(config)
        self.room: Newsroom = replace(opened.__enter__(), **changes)
        self._open.append(opened)
        return NewsDesk(self.room, config)

    def close(self) -> None:
        """Close every store."""
        for opened in self._open:
            opened.__exit__(None, None, None)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    yield made
    made.close()


def test_what_is_due_is_what_is_configured(place: Folder) -> None:
    """Every source has its interval, by default an hour for a feed; every newsletter its cron line in its zone."""
    desk = place.desk()
    assert [(poll.source, poll.every, poll.last) for poll in desk.polls()] == [
        ("corpus", timedelta(minutes=10), None),
        ("other", timedelta(hours=3), None),
    ]
    assert [(plan.newsletter, plan.cron, plan.zone, plan.last) for plan in desk.plans()] == [
        ("morning", "30 6 * * *", ZoneInfo("Asia/Ho_Chi_Minh"), None),
        ("evening", "0 18 * * mon", ZoneInfo("Europe/Berlin"), None),
    ]


def test_times_outlive_the_process(place: Folder) -> None:
    """What was collected and made is known to the next desk, each by itself, so that a restart changes no rhythm."""
    desk = place.desk()
    asyncio.run(desk.collect("corpus", NOON))
    asyncio.run(desk.issue("morning", NOON + timedelta(hours=1)))
    after = place.desk()
    assert {poll.source: poll.last for poll in after.polls()}["corpus"] >= NOON
    assert {plan.newsletter: plan.last for plan in after.plans()} == {
        "morning": NOON + timedelta(hours=1),
        "evening": None,
    }


def test_an_edition_that_was_cut_off_counts_as_not_made(place: Folder) -> None:
    """A newsletter whose making ended halfway is due again: only one that was made to its end has a time."""
    desk = place.desk()
    with place.desk()._room.store.lock("work"), pytest.raises(StoreError):
        asyncio.run(desk.issue("morning", NOON))
    assert {plan.newsletter: plan.last for plan in desk.plans()}["morning"] is None
    asyncio.run(desk.issue("morning", NOON + timedelta(minutes=5)))
    assert {plan.newsletter: plan.last for plan in desk.plans()}["morning"] == NOON + timedelta(minutes=5)


def test_collecting_reads_one_source_and_groups_it(place: Folder, caplog: pytest.LogCaptureFixture) -> None:
    """One source is polled, its articles are read and grouped, the others are left alone, and the log says how many."""
    caplog.set_level(logging.INFO, logger="briefing.desk")
    desk = place.desk()
    asyncio.run(desk.collect("corpus", NOON))
    assert place.room.store.articles.count() == 2
    assert place.room.store.storylines.count() >= 1
    assert "corpus: 2 new" in caplog.text
    asyncio.run(desk.collect("other", NOON))
    assert place.room.store.articles.count() == 3


def test_issuing_makes_publishes_and_delivers(place: Folder, caplog: pytest.LogCaptureFixture) -> None:
    """An edition is in the store, on the site and in the outbox; the same day again sends nothing twice."""
    caplog.set_level(logging.INFO, logger="briefing.desk")
    desk = place.desk()
    asyncio.run(desk.issue("morning", NOON))
    edition = place.room.store.editions.latest("morning")
    assert edition is not None
    assert edition.date.isoformat() == "2026-11-21"
    assert (place.folder / "out/editions/2026-11-21/morning/email.eml").is_file()
    assert len(list((place.folder / "data/outbox").rglob("*.eml"))) == 1
    assert "morning, 2026-11-21: sent to 1" in caplog.text
    asyncio.run(desk.issue("morning", NOON + timedelta(hours=1)))
    assert len(list((place.folder / "data/outbox").rglob("*.eml"))) == 1


def test_a_day_with_nothing_new_is_told_and_is_no_failure(place: Folder, caplog: pytest.LogCaptureFixture) -> None:
    """Where nothing is new there is no edition, the log says so, and the newsletter counts as made."""
    caplog.set_level(logging.INFO, logger="briefing.desk")
    desk = place.desk()
    asyncio.run(desk.issue("morning", NOON))
    tomorrow = NOON + timedelta(days=1)
    asyncio.run(desk.issue("morning", tomorrow))
    assert "morning: nothing is new; no edition" in caplog.text
    assert {plan.newsletter: plan.last for plan in desk.plans()}["morning"] == tomorrow


def test_a_missed_edition_that_is_skipped_counts_as_told(place: Folder) -> None:
    """What was in the store when an edition was skipped is not news later; what comes after it is."""
    desk = place.desk()
    asyncio.run(desk.collect("corpus", NOON))
    desk.skip("morning", NOON)
    skipped = place.room.store.editions.latest("morning")
    assert skipped is not None
    assert (skipped.storylines, skipped.upto) == ((), 2)
    (place.folder / "other/0.txt").unlink()
    (place.folder / "other/1.txt").write_text(BELOUSOV, "utf-8")
    asyncio.run(desk.issue("morning", NOON + timedelta(days=1)))
    made = place.room.store.editions.latest("morning")
    assert made is not None
    assert made.counts.articles_new == 1


class Slow:
    """A source that computes rather than waits, as grouping does."""

    slug = "corpus"

    async def collect(self, state: SourceState, now: datetime) -> Harvest:
        until = time.monotonic() + 0.6
        while time.monotonic() < until:
            pass
        return Harvest((), replace(state, checked_at=now))


class Failing:
    """A source that gives nothing."""

    slug = "corpus"

    async def collect(self, state: SourceState, now: datetime) -> Harvest:
        raise CollectError("corpus", "the folder is gone")


class Refusing:
    """A way out that is closed."""

    name = "refusing"

    async def deliver(self, envelope: Envelope) -> str:
        raise DeliveryError(envelope.recipient, "mailbox unknown")

    async def close(self) -> None:
        pass


def test_work_does_not_hold_up_the_web(place: Folder) -> None:
    """While a source computes for more than half a second, the loop that serves pages goes on turning."""
    desk = place.desk(collectors=(Slow(),))

    async def both() -> int:
        turns, work = 0, asyncio.create_task(desk.collect("corpus", NOON))
        while not work.done():
            await asyncio.sleep(0.01)
            turns += 1
        await work
        return turns

    assert asyncio.run(both()) >= 5


def test_failures_are_told_and_the_run_goes_on(place: Folder, caplog: pytest.LogCaptureFixture) -> None:
    """A source that fails, and an address that is refused, are warnings with subject and cause, and kept for doctor."""
    desk = place.desk()
    asyncio.run(desk.collect("other", NOON))
    desk = place.desk(collectors=(Failing(),))
    asyncio.run(desk.collect("corpus", NOON))
    assert ("briefing.desk", logging.WARNING, "corpus: the folder is gone") in caplog.record_tuples
    publications = tuple(replace(letter, deliverer=Refusing()) for letter in place.room.publications)
    desk = place.desk(collectors=(Failing(),), publications=publications)
    asyncio.run(desk.issue("morning", NOON))
    warned = [message for name, level, message in caplog.record_tuples if level == logging.WARNING]
    assert any("ann@example.org" in message and "mailbox unknown" in message for message in warned)
    assert {failure.stage for failure in place.room.store.failures.open()} >= {"collect", "deliver"}


def test_a_newsletter_that_is_no_more_is_told(place: Folder) -> None:
    """Issuing or skipping a newsletter that the configuration does not name is an error that says so."""
    desk = place.desk()
    with pytest.raises(BriefingError, match="there is no newsletter 'noon'"):
        asyncio.run(desk.issue("noon", NOON))
    with pytest.raises(BriefingError, match="there is no newsletter 'noon'"):
        desk.skip("noon", NOON)
