"""What the site lists of the storylines that editions told, kept in the transaction that keeps the edition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from briefing.model import Edition
from briefing.render.records import Listed, listed, subjects_of
from briefing.store.database import Database, batches
from briefing.store.schema import storylines, tellings, told

_APART = timedelta(seconds=1)
_NEAR = timedelta(hours=1)


def list_edition(database: Database, connection: Connection, edition: Edition) -> None:
    """List what an edition tells, in place of what the former edition of that day did."""
    mine = (tellings.c.newsletter == edition.newsletter, tellings.c.date == edition.date)
    connection.execute(delete(tellings).where(*mine))
    rows = [
        {
            "newsletter": one.newsletter,
            "date": one.date,
            "rank": rank,
            "storyline": one.storyline,
            "slug": one.slug,
            "headline": one.headline,
            "language": one.language,
            "lines": one.lines,
        }
        for rank, one in enumerate(listed(edition))
    ]
    database.upsert(connection, tellings, rows)
    _keep_first_times(database, connection, edition)


def _keep_first_times(database: Database, connection: Connection, edition: Edition) -> None:
    """Date what this edition is the first to tell: the edition's time, a second less for each that shares it.

    The time stays whatever becomes of the edition, because a feed's entry must not move once it was read.
    """
    subjects = tuple(subjects_of(edition))
    known = _times(connection, edition.newsletter, subjects)
    near = select(told.c.at).where(told.c.at <= edition.made_at, told.c.at > edition.made_at - _NEAR)
    taken = set(connection.scalars(near))
    rows, at = [], edition.made_at
    for subject in dict.fromkeys(subjects):
        if subject in known:
            continue
        while at in taken:
            at -= _APART
        taken.add(at)
        rows.append({"newsletter": edition.newsletter, "subject": subject, "at": at})
    database.upsert(connection, told, rows)


def _times(connection: Connection, newsletter: str, subjects: Iterable[str]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for batch in batches(dict.fromkeys(subjects)):
        query = select(told.c.subject, told.c.at).where(told.c.newsletter == newsletter, told.c.subject.in_(batch))
        found.update((row.subject, row.at) for row in connection.execute(query))
    return found


class Listing:
    """Storylines as the site lists them, and the times at which their developments were first told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def told(self, newsletter: str, subjects: Iterable[str]) -> dict[str, datetime]:
        """Give when each was first told, of those that were; the names are those of `briefing.render.records`."""
        with self._database.reading() as connection:
            return _times(connection, newsletter, subjects)

    def months(self) -> tuple[str, ...]:
        """Give the months in which storylines were told, ``2026-11``, newest first."""
        month = func.substr(tellings.c.date, 1, 7)
        with self._database.reading() as connection:
            return tuple(connection.scalars(select(month).distinct().order_by(month.desc())))

    def listed(self, first: date, last: date, language: str = "") -> tuple[Listed, ...]:
        """Give the storylines told from one day to another, newest first, each once and as it was told last.

        Of several newsletters' headlines of that day one in ``language`` is taken, where there is one; the others are
        among its lines. What was told under a storyline that has been merged since is listed with the one that lives
        on.
        """
        living = func.coalesce(storylines.c.merged_into, tellings.c.storyline)
        query = (
            select(tellings, living.label("living"))
            .outerjoin(storylines, storylines.c.id == tellings.c.storyline)
            .where(tellings.c.date >= first, tellings.c.date <= last)
            .order_by(tellings.c.date.desc(), tellings.c.newsletter, tellings.c.rank)
        )
        with self._database.reading() as connection:
            found: dict[str, list[Listed]] = {}
            for row in connection.execute(query):
                same = found.setdefault(row.living, [])
                if not same or same[0].date == row.date:
                    same.append(
                        Listed(row.living, row.slug, row.headline, row.language, row.newsletter, row.date, row.lines)
                    )
        return tuple(_one(same, language) for same in found.values())


def _one(same: list[Listed], language: str) -> Listed:
    """Give a storyline as several newsletters told it on one day."""
    chosen = next((one for one in same if one.language.split("-")[0] == language), same[0])
    lines = [one.headline for one in same] + [line for one in (chosen, *same) for line in one.lines]
    return replace(chosen, lines=tuple(line for line in dict.fromkeys(lines) if line != chosen.headline))
