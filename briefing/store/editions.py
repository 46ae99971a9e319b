"""Editions: one dated number of a newsletter, fixed once it was sent to anyone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import ValidationError
from sqlalchemy import delete, exists, func, select

from briefing.errors import StoreError
from briefing.model import Edition
from briefing.render.data import EDITION
from briefing.store.database import Database
from briefing.store.listing import list_edition
from briefing.store.schema import deliveries, editions, unlisted


@dataclass(frozen=True, slots=True)
class Header:
    """What an archive lists of an edition."""

    newsletter: str
    date: date
    title: str
    made_at: datetime
    upto: int
    storylines: int
    failures: int


class Editions:
    """Editions by newsletter and date."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, edition: Edition) -> bool:
        """Keep an edition in place of an earlier one of that day; give False, and keep the earlier, if that was sent.

        It counts as sent from the moment at which its first delivery begins; failed deliveries do not count.
        """
        row = {
            "newsletter": edition.newsletter,
            "date": edition.date,
            "title": edition.title,
            "made_at": edition.made_at,
            "upto": edition.upto,
            "storylines": len(edition.storylines),
            "failures": len(edition.failures),
            "body": json.dumps(EDITION.dump_python(edition, mode="json"), ensure_ascii=False),
        }
        sent = exists().where(
            deliveries.c.newsletter == edition.newsletter,
            deliveries.c.date == edition.date,
            deliveries.c.state != "failed",
        )
        with self._database.writing(durable=True) as connection:
            kept = self._database.upsert_if(connection, editions, row, ~sent)
            if kept:
                list_edition(self._database, connection, edition)
            return kept

    def unlisted(self) -> int:
        """Give how many editions a newer program's lists do not hold yet."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(unlisted)) or 0

    def list_waiting(self, limit: int = 100) -> int:
        """List at most so many of the editions that wait, oldest first, in one transaction; give how many it were."""
        waiting = select(unlisted).order_by(unlisted.c.date, unlisted.c.newsletter).limit(limit)
        with self._database.writing() as connection:
            rows = connection.execute(waiting).all()
            for row in rows:
                mine = (editions.c.newsletter == row.newsletter, editions.c.date == row.date)
                body = connection.scalar(select(editions.c.body).where(*mine))
                if body is not None:
                    list_edition(self._database, connection, self._read(body, row.newsletter, row.date))
                done = (unlisted.c.newsletter == row.newsletter, unlisted.c.date == row.date)
                connection.execute(delete(unlisted).where(*done))
        return len(rows)

    def edition(self, newsletter: str, day: date) -> Edition | None:
        """Give one edition, or None where none was made."""
        query = select(editions.c.body).where(editions.c.newsletter == newsletter, editions.c.date == day)
        with self._database.reading() as connection:
            body = connection.scalar(query)
        return None if body is None else self._read(body, newsletter, day)

    def latest(self, newsletter: str, before: date | None = None) -> Edition | None:
        """Give the newest edition of a newsletter, or the newest of an earlier day than `before`; None without any."""
        query = select(editions.c.body, editions.c.date).where(editions.c.newsletter == newsletter)
        if before is not None:
            query = query.where(editions.c.date < before)
        with self._database.reading() as connection:
            row = connection.execute(query.order_by(editions.c.date.desc()).limit(1)).first()
        return None if row is None else self._read(row.body, newsletter, row.date)

    def headers(self, newsletter: str | None = None, *, limit: int | None = 100, offset: int = 0) -> tuple[Header, ...]:
        """Give what an archive lists, of one newsletter or of all, newest first; all there are without a limit."""
        columns = [column for column in editions.c if column.name != "body"]
        query = select(*columns).order_by(editions.c.date.desc(), editions.c.newsletter).limit(limit).offset(offset)
        if newsletter is not None:
            query = query.where(editions.c.newsletter == newsletter)
        with self._database.reading() as connection:
            return tuple(Header(**row) for row in connection.execute(query).mappings())

    def _read(self, body: str, newsletter: str, day: date) -> Edition:
        try:
            return EDITION.validate_json(body)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise StoreError(
                f"{self._database.place}: the edition of {newsletter} of {day} cannot be read ({what}); "
                "it was changed by another program, or made by a newer briefing: update briefing or restore a backup"
            ) from error
