"""The ledger: who was sent which edition, so that nobody gets one twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, select, update

from briefing.model import Delivery
from briefing.store.database import Database
from briefing.store.schema import deliveries


class Deliveries:
    """Receipts keyed (newsletter, date, address); addresses are one where they differ in case alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, newsletter: str, day: date, address: str, message_id: str, now: datetime) -> bool:
        """Take the right to send an edition to an address, by writing that it is being sent.

        Gives False where it was sent, or is being sent by another service, or was when that died (see `unfinished`).
        A delivery that failed may be begun again. The row survives a power cut.
        """
        row = {
            "newsletter": newsletter,
            "date": day,
            "address": address.casefold(),
            "state": "sending",
            "message_id": message_id,
            "at": now,
            "detail": "",
        }
        with self._database.writing(durable=True) as connection:
            return self._database.upsert_if(connection, deliveries, row, deliveries.c.state == "failed")

    def finish(
        self,
        newsletter: str,
        day: date,
        address: str,
        state: Literal["sent", "failed"],
        detail: str,
        now: datetime,
    ) -> None:
        """Write how a delivery that was begun ended; ``failed`` lets it be begun again."""
        values = {"state": state, "detail": detail, "at": now}
        with self._database.writing(durable=True) as connection:
            connection.execute(update(deliveries).where(*_one(newsletter, day, address)).values(values))

    def release(self, newsletter: str, day: date, address: str, now: datetime) -> bool:
        """Let a delivery left unfinished by a crash be begun again; give False where there is none."""
        values = {"state": "failed", "detail": "released after a crash", "at": now}
        mine = (*_one(newsletter, day, address), deliveries.c.state == "sending")
        with self._database.writing(durable=True) as connection:
            return connection.execute(update(deliveries).where(*mine).values(values)).rowcount == 1

    def of(self, newsletter: str, day: date) -> tuple[Delivery, ...]:
        """Give the receipts of one edition, by address."""
        query = select(deliveries).where(deliveries.c.newsletter == newsletter, deliveries.c.date == day)
        with self._database.reading() as connection:
            rows: Sequence[Row[Any]] = connection.execute(query.order_by(deliveries.c.address)).all()
        return tuple(_delivery(row) for row in rows)

    def unfinished(self) -> tuple[Delivery, ...]:
        """Give what is being sent now, or was when a service died: it is unknown whether it arrived."""
        columns = (deliveries.c.newsletter, deliveries.c.date, deliveries.c.address)
        query = select(deliveries).where(deliveries.c.state == "sending").order_by(*columns)
        with self._database.reading() as connection:
            return tuple(_delivery(row) for row in connection.execute(query))


def _one(newsletter: str, day: date, address: str) -> tuple[ColumnElement[bool], ...]:
    return (
        deliveries.c.newsletter == newsletter,
        deliveries.c.date == day,
        deliveries.c.address == address.casefold(),
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(row.newsletter, row.date, row.address, row.state, row.message_id, row.at, row.detail)
