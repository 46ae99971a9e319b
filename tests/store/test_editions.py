"""Editions, the ledger of deliveries, runs and failures, and what engines answered."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from briefing.errors import StoreError
from briefing.model import Delivery
from briefing.store import Run, Store
from briefing.store.opening import open_database

from .makers import NOW, edition, failure

DAY = date(2026, 3, 4)


def test_an_edition_comes_back_whole(store: Store) -> None:
    """Everything that mail, feeds and pages show is read back equal."""
    assert store.editions.save(edition())
    assert store.editions.edition("morning", DAY) == edition()
    assert store.editions.edition("morning", date(2026, 3, 5)) is None
    assert store.editions.edition("evening", DAY) is None


def test_an_edition_that_cannot_be_read(store: Store, url: str) -> None:
    """An edition that another program changed is named with its place, not shown as none."""
    store.editions.save(edition())
    database = open_database(url, 5)
    with database.writing() as connection:
        connection.execute(text("UPDATE editions SET body = '{\"newsletter\": 1}'"))
    database.engine.dispose()
    for read in (lambda: store.editions.edition("morning", DAY), lambda: store.editions.latest("morning")):
        with pytest.raises(StoreError, match=r"edition of morning of 2026-03-04 cannot be read \(newsletter: "):
            read()


def test_latest_and_archive(store: Store) -> None:
    """The latest is by date, not by the time of making; the archive lists newest first, by newsletter within a day."""
    days = [DAY + timedelta(days=n) for n in (2, 0, 1)]
    for day in days:
        store.editions.save(edition(day))
    store.editions.save(edition(DAY, "evening"))
    latest = store.editions.latest("morning")
    assert latest is not None
    assert latest.date == date(2026, 3, 6)
    before = store.editions.latest("morning", before=date(2026, 3, 6))
    assert before is not None
    assert before.date == date(2026, 3, 5)
    assert store.editions.latest("morning", before=DAY) is None
    headers = store.editions.headers()
    assert [(header.date.day, header.newsletter) for header in headers] == [
        (6, "morning"),
        (5, "morning"),
        (4, "evening"),
        (4, "morning"),
    ]
    assert [header.date.day for header in store.editions.headers("morning", limit=2, offset=1)] == [5, 4]
    assert (headers[0].title, headers[0].storylines, headers[0].failures, headers[0].upto) == (
        "Morning briefing",
        1,
        1,
        5,
    )
    assert headers[0].made_at == NOW


def test_an_edition_is_replaced_until_it_is_sent(store: Store) -> None:
    """A new edition of the day replaces the former while nobody was sent it, also after a delivery that failed."""
    store.editions.save(edition())
    assert store.editions.save(edition(title="Second"))
    store.deliveries.begin("morning", DAY, "a@example.org", "<1@x>", NOW)
    assert not store.editions.save(edition(title="Third"))
    store.deliveries.finish("morning", DAY, "a@example.org", "failed", "550", NOW)
    assert store.editions.save(edition(title="Fourth"))
    store.deliveries.begin("morning", DAY, "a@example.org", "<1@x>", NOW)
    store.deliveries.finish("morning", DAY, "a@example.org", "sent", "250", NOW)
    assert not store.editions.save(edition(title="Fifth"))
    kept = store.editions.edition("morning", DAY)
    assert kept is not None
    assert kept.title == "Fourth"
    assert store.editions.save(edition(DAY + timedelta(days=1)))


def test_a_name_that_is_not_unicode_does_not_stop_an_edition(store: Store) -> None:
    """A lone surrogate, as in a file name that is not Unicode, becomes U+FFFD in the stored edition; NUL stays."""
    store.editions.save(edition(failures=(failure("caf\udce9\x00.txt"),)))
    kept = store.editions.edition("morning", DAY)
    assert kept is not None
    assert kept.failures[0].subject == "caf\ufffd\x00.txt"


def test_a_delivery_begins_once(store: Store) -> None:
    """An address gets an edition once, however its case is written; a failure may be tried again."""
    assert store.deliveries.begin("morning", DAY, "A@Example.org", "<1@x>", NOW)
    assert not store.deliveries.begin("morning", DAY, "a@example.ORG", "<1@x>", NOW)
    store.deliveries.finish("morning", DAY, "a@example.org", "failed", "451 later", NOW)
    assert store.deliveries.begin("morning", DAY, "a@example.org", "<1@x>", NOW)
    store.deliveries.finish("morning", DAY, "a@example.org", "sent", "250 ok", NOW)
    assert not store.deliveries.begin("morning", DAY, "a@example.org", "<1@x>", NOW)
    assert store.deliveries.begin("morning", DAY, "b@example.org", "<2@x>", NOW)
    assert store.deliveries.begin("evening", DAY, "a@example.org", "<3@x>", NOW)
    assert store.deliveries.begin("morning", DAY + timedelta(days=1), "a@example.org", "<4@x>", NOW)
    assert store.deliveries.of("morning", DAY) == (
        Delivery("morning", DAY, "a@example.org", "sent", "<1@x>", NOW, "250 ok"),
        Delivery("morning", DAY, "b@example.org", "sending", "<2@x>", NOW),
    )


def test_a_delivery_left_by_a_crash_is_found_and_released(store: Store) -> None:
    """What was begun and never finished is listed; only a release lets it begin again."""
    store.deliveries.begin("morning", DAY, "a@example.org", "<1@x>", NOW)
    assert [found.address for found in store.deliveries.unfinished()] == ["a@example.org"]
    assert store.deliveries.release("morning", DAY, "a@example.org", NOW)
    assert not store.deliveries.release("morning", DAY, "a@example.org", NOW)
    assert store.deliveries.unfinished() == ()
    assert store.deliveries.begin("morning", DAY, "a@example.org", "<1@x>", NOW)


def test_a_failure_is_one_row_until_it_is_resolved(store: Store) -> None:
    """The newest failure of a subject stands for all before; success forgets it; others stay."""
    store.failures.record(failure("one"))
    later = failure("one", at=NOW + timedelta(hours=1), message="timed out", transient=True)
    store.failures.record(later, run=7)
    other = failure("one", "extract", NOW + timedelta(hours=2))
    store.failures.record(other)
    assert store.failures.open() == (later, other)
    assert store.failures.open(run=7) == (later,)
    assert store.failures.open(since=NOW + timedelta(hours=2)) == (other,)
    assert store.failures.resolve("collect", "none") == 0
    assert store.failures.resolve("collect", ["one", "two"]) == 1
    assert store.failures.open() == (other,)


def test_a_failure_of_a_long_subject(store: Store) -> None:
    """A subject of 100,000 characters is kept and resolved like any other."""
    store.failures.record(failure("x" * 100_000))
    assert store.failures.resolve("collect", "x" * 100_000) == 1


def test_runs_tell_when_what_was_last_done(store: Store) -> None:
    """The newest run of a kind is known, finished or not, and only the newest fifty are kept."""
    assert store.runs.last("morning") is None
    first = store.runs.start("morning", NOW)
    store.runs.finish(first, NOW + timedelta(seconds=9))
    second = store.runs.start("morning", NOW + timedelta(days=1))
    store.runs.start("collect:one", NOW)
    assert store.runs.last("morning") == Run(second, "morning", NOW + timedelta(days=1))
    assert store.runs.last("morning", finished=True) == Run(first, "morning", NOW, NOW + timedelta(seconds=9))
    for _ in range(50):
        store.runs.start("morning", NOW)
    assert store.runs.last("morning", finished=True) is None
    assert store.runs.last("collect:one") is not None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), dimensions=st.sampled_from([2, 384, 1024]))
def test_vectors_come_back_as_they_were_given_back(store: Store, seed: int, dimensions: int) -> None:
    """What `save_vectors` returns is bit for bit what `vectors` reads; a cosine moves by less than 0.0005."""
    raw = np.random.default_rng(seed).normal(size=(2, dimensions)).astype(np.float32)
    raw /= np.linalg.norm(raw, axis=1, keepdims=True)
    kept = store.cache.save_vectors("e", {"a": raw[0], "b": raw[1]})
    read = store.cache.vectors("e", ["b", "none", "a"])
    assert list(read) == ["b", "a"]
    for name in "ab":
        assert np.array_equal(read[name], kept[name])
        assert read[name].dtype == np.float32
        assert np.linalg.norm(read[name]) == pytest.approx(1, abs=1e-5)
    assert float(read["a"] @ read["b"]) == pytest.approx(float(raw[0] @ raw[1]), abs=5e-4)
    assert store.cache.vectors("other", ["a"]) == {}


def test_answers_by_engine(store: Store) -> None:
    """An engine's answer is kept by what it was asked, and replaced when it answers anew."""
    key = store.cache.hash("Tóm tắt: …")
    assert key == store.cache.hash("Tóm tắt: …") != store.cache.hash("Tóm tắt")
    store.cache.save_answers("m", {key: '{"a": 1}'})
    store.cache.save_answers("m", {key: "\x00new"})
    assert store.cache.answers("m", [key, "none"]) == {key: "\ufffdnew"}
    assert store.cache.answers("n", [key]) == {}
