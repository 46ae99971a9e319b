"""What the site lists of editions: storylines by day, and the times at which developments were first told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import delete

from briefing.model import Development, Storyline
from briefing.store import Store
from briefing.store.schema import tellings, told, unlisted

from .makers import NOW, edition

MARCH = date(2026, 3, 4)
ALL = (date(2000, 1, 1), date(2100, 1, 1))
SUBJECT = "storyline/s1/d1"


def test_a_storyline_is_listed_as_it_was_told_last(store: Store) -> None:
    """Told in three editions it is listed once, with the newest headline, day and lines."""
    for days, headline in ((0, "First"), (1, "Second"), (2, "Third")):
        made = edition(MARCH + timedelta(days))
        telling = replace(made.storylines[0], headline=headline)
        store.editions.save(replace(made, storylines=(telling,)))
    (one,) = store.listing.listed(*ALL)
    assert (one.headline, one.date, one.slug) == ("Third", MARCH + timedelta(2), "treaty")
    assert one.lines[0] == "สภาล่างให้สัตยาบัน"
    assert [item.headline for item in store.listing.listed(MARCH, MARCH)] == ["First"]
    assert store.listing.months() == ("2026-03",)


def test_a_headline_in_the_sites_language_is_taken(store: Store) -> None:
    """Told by two newsletters on one day it is listed once, in the language asked for, and found by both headlines."""
    made = edition()
    vietnamese = replace(made.storylines[0], headline="Hiệp ước được phê chuẩn", headline_language="vi")
    store.editions.save(made)
    store.editions.save(replace(made, newsletter="sang", storylines=(vietnamese,)))
    (one,) = store.listing.listed(*ALL, "vi")
    assert one.headline == "Hiệp ước được phê chuẩn"
    assert one.lines[0] == "Treaty ratified"
    assert store.listing.listed(*ALL)[0].headline == "Treaty ratified"


def test_merged_storylines_are_listed_once(store: Store) -> None:
    """What was told under the one that was merged away counts as told of the one that lives on."""
    lines = [Storyline(name, name, name, "en", (Development(f"d{name}", name, ()),)) for name in ("s1", "s2")]
    store.grouping.save((), lines)
    made = edition()
    other = replace(made.storylines[0], id="s2", slug="s2")
    store.editions.save(replace(made, storylines=(made.storylines[0], other)))
    assert len(store.listing.listed(*ALL)) == 2
    store.grouping.save((), redirects={"s2": "s1"})
    assert [item.storyline for item in store.listing.listed(*ALL)] == ["s1"]


def test_a_day_made_again_lists_what_it_tells_now(store: Store) -> None:
    """The rows of a day follow its edition; the time of the first telling stays even so."""
    store.editions.save(edition())
    first = store.listing.told("morning", [SUBJECT])
    store.editions.save(edition(made_at=NOW + timedelta(hours=5)))
    assert store.listing.told("morning", [SUBJECT]) == first
    store.editions.save(edition(storylines=()))
    assert store.listing.listed(*ALL) == ()
    assert store.listing.told("morning", [SUBJECT]) == first


def test_times_of_one_run_differ(store: Store) -> None:
    """Newsletters made at one instant date their entries a second apart from each other."""
    for newsletter in ("morning", "evening", "weekly"):
        store.editions.save(edition(newsletter=newsletter))
    times = []
    for newsletter in ("morning", "evening", "weekly"):
        names = [SUBJECT, f"edition/{newsletter}/{MARCH}"]
        times += store.listing.told(newsletter, names).values()
    assert len(times) == len(set(times)) == 6
    assert all(timedelta(0) <= NOW - at < timedelta(seconds=6) for at in times)


def test_a_sent_edition_keeps_its_lists(store: Store) -> None:
    """What is refused because the edition was sent lists nothing either."""
    store.editions.save(edition())
    store.deliveries.begin("morning", MARCH, "a@example.org", "<1@x>", NOW)
    assert not store.editions.save(edition(storylines=()))
    assert len(store.listing.listed(*ALL)) == 1


def test_older_editions_are_listed_in_bounded_steps(store: Store) -> None:
    """Editions from before there were lists wait and are listed oldest first, so many at a time."""
    days = [MARCH + timedelta(number) for number in range(5)]
    for day in days:
        store.editions.save(edition(day, made_at=NOW + (day - MARCH)))
    first = store.listing.told("morning", [SUBJECT])
    with store.listing._database.writing() as connection:
        for table in (tellings, told):
            connection.execute(delete(table))
        connection.execute(unlisted.insert(), [{"newsletter": "morning", "date": day} for day in days])
    assert store.editions.unlisted() == 5
    assert [store.editions.list_waiting(2) for _ in range(4)] == [2, 2, 1, 0]
    assert store.listing.told("morning", [SUBJECT]) == first
    assert store.listing.listed(*ALL)[0].date == days[-1]
