"""What the archive lists is there: also what is older than the editions that are made again on each run."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.model import Edition
from briefing.pipeline import publishing
from briefing.render.site import Site

from .conftest import NOON, Desk

DAYS = 9


def _years_of(desk: Desk) -> list[Edition]:
    """Give the store nine editions, a month apart, each with a storyline of its own beside the treaty's."""
    desk.build()
    room = desk.open()
    newest = room.store.editions.latest("morning")
    assert newest is not None
    made = []
    for back in range(1, DAYS):
        one, *_ = newest.storylines
        own = replace(one, id=f"old{back}", slug=f"old-{back}", development=f"old{back}", headline=f"Old {back}")
        day = newest.date - timedelta(days=30 * back)
        older = replace(newest, date=day, made_at=NOON - timedelta(days=30 * back), storylines=(one, own))
        assert room.store.editions.save(older)
        made.append(older)
    return made


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make only the newest three editions again on each run, so that a few stand for hundreds."""
    monkeypatch.setattr(publishing, "_FULL", 3)
    monkeypatch.setattr(publishing, "_AT_ONCE", 2)


@pytest.mark.usefixtures("short")
def test_lost_pages_are_made_again(treaty_desk: Desk) -> None:
    """After the folder was deleted a build fills it: each edition of the archive, each storyline, each month."""
    older = _years_of(treaty_desk)
    shutil.rmtree(treaty_desk.folder / "out")
    treaty_desk.build()
    files, site = treaty_desk.files(), Site("https://news.example.org/", "Test")
    for edition in older:
        assert site.edition_path(edition.date, "morning", "index.html") in files
        assert f"storylines/{edition.storylines[1].slug}/index.html" in files
        assert f"search/{edition.date.isoformat()[:7]}.js" in files


@pytest.mark.usefixtures("short")
def test_what_is_there_is_not_made_again(treaty_desk: Desk) -> None:
    """A page that lies in the folder stays as it is, and a storyline's page is that of its last edition."""
    older = _years_of(treaty_desk)
    treaty_desk.build()
    before = treaty_desk.files()
    page = treaty_desk.folder / "out" / "editions" / older[-1].date.isoformat() / "morning" / "index.html"
    page.write_text("kept as it is")
    treaty_desk.build()
    after = treaty_desk.files()
    assert after.pop(str(page.relative_to(treaty_desk.folder / "out"))) == b"kept as it is"
    assert [path for path, body in after.items() if before[path] != body] == []
    told = next(
        path for path in after if path.startswith("storylines/") and path.endswith("index.html") and "old-" not in path
    )
    assert b"2026-11-21" in after[told] or b"21 Nov" in after[told]


@pytest.mark.usefixtures("short")
def test_an_entry_keeps_its_date_when_its_first_edition_is_out_of_sight(treaty_desk: Desk) -> None:
    """A development told nine months in a row is dated by the first of them, though only three are looked at."""
    older = _years_of(treaty_desk)
    room = treaty_desk.open()
    for edition in sorted(older, key=lambda one: one.date):
        room.store.editions.save(edition)
    with room.store.listing._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM told")
        connection.exec_driver_sql("INSERT INTO unlisted SELECT newsletter, date FROM editions")
    treaty_desk.build()
    first = min(edition.made_at for edition in older)
    feed = treaty_desk.files()["feed.json"].decode()
    assert f'"date_published": "{first.isoformat()[:10]}' in feed
