"""What the site lists of the storylines that editions told, kept in the transaction that keeps the edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from briefing.model import Edition, Telling
from briefing.store.database import Database, batches
from briefing.store.schema import storylines, tellings, told

_LINES = 1_500
"""Characters of a telling that are kept for searching."""
_APART = timedelta(seconds=1)
_NEAR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """A storyline as one edition told it; ``lines`` are its sentences and its sources' titles, shortened."""

    storyline: str
    slug: str
    headline: str
    language: str
    newsletter: str
    date: date
    lines: tuple[str, ...]


def list_edition(database: Database, connection: Connection, edition: Edition) -> None:
    """List what an edition tells, in place of what the former edition of that day did."""
    mine = (tellings.c.newsletter == edition.newsletter, tellings.c.date == edition.date)
    connection.execute(delete(tellings).where(*mine))
    rows = [
        {
            "newsletter": edition.newsletter,
            "date": edition.date,
            "rank": rank,
            "storyline": telling.id,
            "slug": telling.slug,
            "headline": telling.headline,
            "language": telling.headline_language,
            "lines": _lines(telling),
        }
        for rank, telling in enumerate(edition.storylines)
    ]
    database.upsert(connection, tellings, rows)
    _keep_first_times(database, connection, edition)


def _lines(telling: Telling) -> tuple[str, ...]:
    found = [sentence.text for sentence in (*telling.new, *telling.sentences)]
    found += [reference.title for reference in telling.references]
    left, kept = _LINES, []
    for line in dict.fromkeys(found):
        if line == telling.headline or left <= 0:
            continue
        kept.append(line[:left])
        left -= len(line)
    return tuple(kept)


def _keep_first_times(database: Database, connection: Connection, edition: Edition) -> None:
    """Date what this edition is the first to tell: the edition's time, a second less for each that shares it.

    The time stays whatever becomes of the edition, because a feed's entry must not move once it was read.
    """
    subjects = [f"edition/{edition.newsletter}/{edition.date.isoformat()}"]
    subjects += [subject_of(telling) for telling in edition.storylines if telling.new or not telling.unchanged_since]
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


def subject_of(telling: Telling) -> str:
    """Give the name under which it is kept when a development was first told; a feed's guid ends with it."""
    return f"storyline/{telling.id}/{telling.development}"


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
        """Give when each was first told, of those that were; the names are `subject_of` and ``edition/SLUG/DATE``."""
        with self._database.reading() as connection:
            return _times(connection, newsletter, subjects)

    def months(self) -> tuple[str, ...]:
        """Give the months in which storylines were told, ``2026-11``, newest first."""
        month = func.substr(tellings.c.date, 1, 7)
        with self._database.reading() as connection:
            return tuple(connection.scalars(select(month).distinct().order_by(month.desc())))

    def listed(self, first: date, last: date) -> tuple[Listed, ...]:
        """Give the storylines told from one day to another, newest first, each once and as it was told last.

        What was told under a storyline that has been merged since is listed once with the one that lives on.
        """
        living = func.coalesce(storylines.c.merged_into, tellings.c.storyline)
        query = (
            select(tellings, living.label("living"))
            .outerjoin(storylines, storylines.c.id == tellings.c.storyline)
            .where(tellings.c.date >= first, tellings.c.date <= last)
            .order_by(tellings.c.date.desc(), tellings.c.newsletter, tellings.c.rank)
        )
        with self._database.reading() as connection:
            return tuple(_each_once(connection.execute(query)))


def _each_once(rows: Iterable) -> Iterator[Listed]:  # type: ignore[type-arg]
    seen: set[str] = set()
    for row in rows:
        if row.living not in seen:
            seen.add(row.living)
            yield Listed(row.living, row.slug, row.headline, row.language, row.newsletter, row.date, row.lines)
