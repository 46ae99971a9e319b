"""Editions: one dated number of a newsletter, fixed once it was sent to anyone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import exists, select

from briefing.errors import StoreError
from briefing.model import Edition
from briefing.store.database import Database
from briefing.store.schema import deliveries, editions

_EDITION = TypeAdapter(Edition)


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
            "body": json.dumps(_EDITION.dump_python(edition, mode="json"), ensure_ascii=False),
        }
        sent = exists().where(
            deliveries.c.newsletter == edition.newsletter,
            deliveries.c.date == edition.date,
            deliveries.c.state != "failed",
        )
        with self._database.writing(durable=True) as connection:
            return self._database.upsert_if(connection, editions, row, ~sent)

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

    def headers(self, newsletter: str | None = None, *, limit: int = 100, offset: int = 0) -> tuple[Header, ...]:
        """Give what an archive lists, of one newsletter or of all, newest first."""
        columns = [column for column in editions.c if column.name != "body"]
        query = select(*columns).order_by(editions.c.date.desc(), editions.c.newsletter).limit(limit).offset(offset)
        if newsletter is not None:
            query = query.where(editions.c.newsletter == newsletter)
        with self._database.reading() as connection:
            return tuple(Header(**row) for row in connection.execute(query).mappings())

    def _read(self, body: str, newsletter: str, day: date) -> Edition:
        try:
            return _EDITION.validate_json(body)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise StoreError(
                f"{self._database.place}: the edition of {newsletter} of {day} cannot be read ({what}); "
                "it was changed by another program, or made by a newer briefing: update briefing or restore a backup"
            ) from error
