"""Runs, for catching up after downtime, and the failures that are still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from briefing.model import Failure
from briefing.store.database import Database
from briefing.store.schema import digest, failures, runs

_KEPT = 50


@dataclass(frozen=True, slots=True)
class Run:
    """One piece of work that was started: ``kind`` is a newsletter's slug, ``collect:slug`` or another name.

    ``finished_at`` is None while it runs, and for ever where it was killed.
    """

    id: int
    kind: str
    started_at: datetime
    finished_at: datetime | None = None


class Runs:
    """When what was last done; of each kind the newest fifty are remembered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, kind: str, now: datetime) -> int:
        """Keep that a run begins; give its id."""
        with self._database.writing() as connection:
            (number,) = self._database.numbers(connection, "run", 1)
            row = {"number": number, "kind": kind, "started_at": now, "finished_at": None}
            self._database.upsert(connection, runs, [row])
            mine = select(runs.c.number).where(runs.c.kind == kind).order_by(runs.c.number.desc())
            oldest = connection.scalar(mine.offset(_KEPT - 1).limit(1))
            if oldest is not None:
                connection.execute(delete(runs).where(runs.c.kind == kind, runs.c.number < oldest))
        return number

    def finish(self, id: int, now: datetime) -> None:  # noqa: A002  # the noun's own field
        """Keep that a run came to its end."""
        with self._database.writing() as connection:
            connection.execute(update(runs).where(runs.c.number == id).values(finished_at=now))

    def last(self, kind: str, *, finished: bool = False) -> Run | None:
        """Give the newest run of a kind, or the newest that came to its end; None where there is none."""
        query = select(runs).where(runs.c.kind == kind).order_by(runs.c.number.desc()).limit(1)
        if finished:
            query = query.where(runs.c.finished_at.is_not(None))
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return Run(row.number, row.kind, row.started_at, row.finished_at) if row else None


class Failures:
    """What failed last time and has not succeeded since: one row a (stage, subject), however often it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, failure: Failure, run: int | None = None) -> None:
        """Keep a failure, in place of an earlier one of the same subject at the same stage."""
        with self._database.writing() as connection:
            write_failure(self._database, connection, failure, run)

    def resolve(self, stage: str, subjects: str | list[str]) -> int:
        """Forget the failures of subjects that succeeded at a stage; give how many were open."""
        keys = [digest(stage, s) for s in ([subjects] if isinstance(subjects, str) else subjects)]
        with self._database.reading() as connection:
            # Success is the rule: most calls find nothing to resolve, and then nothing is written.
            open_ = set(connection.scalars(select(failures.c.key).where(failures.c.stage == stage)))
        gone = sorted(open_.intersection(keys))
        if gone:
            with self._database.writing() as connection:
                for key in gone:
                    connection.execute(delete(failures).where(failures.c.key == key))
        return len(gone)

    def open(self, *, since: datetime | None = None, run: int | None = None) -> tuple[Failure, ...]:
        """Give the open failures, of one run or since an instant, oldest first."""
        query = select(failures).order_by(failures.c.at, failures.c.stage, failures.c.subject, failures.c.key)
        if since is not None:
            query = query.where(failures.c.at >= since)
        if run is not None:
            query = query.where(failures.c.run == run)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Failure(row.stage, row.subject, row.message, row.at, row.transient) for row in rows)


def write_failure(database: Database, connection: Connection, failure: Failure, run: int | None) -> None:
    """Write one failure within a transaction."""
    row = {
        "key": digest(failure.stage, failure.subject),
        "stage": failure.stage,
        "subject": failure.subject,
        "message": failure.message,
        "at": failure.at,
        "transient": failure.transient,
        "run": run,
    }
    database.upsert(connection, failures, [row])
