"""Deliver an edition: every recipient once, by the ledger."""

from __future__ import annotations

from datetime import datetime

from briefing.errors import DeliveryError
from briefing.model import Edition, Failure
from briefing.pipeline.newsroom import Newsroom, Publication, Tally, total
from briefing.pipeline.publishing import mailing_of
from briefing.ports import Envelope


async def deliver(
    room: Newsroom, publication: Publication, edition: Edition, now: datetime, *, dry_run: bool = False
) -> Tally:
    """Hand an edition to every recipient who has not got it; ``done`` were handed over, ``skipped`` had it already.

    The ledger says SENDING before a message leaves and SENT after, so that a crash between the two is known and
    nobody gets an edition twice. A dry run builds every message and hands over none. Raises RenderError.
    """
    mailing = mailing_of(room, publication, edition)
    tallies = []
    try:
        for place, address in enumerate(publication.recipients, 1):
            envelope = mailing.to(address)
            one = _would if dry_run else _hand_over
            tallies.append(await one(room, publication, edition, address, envelope, now))
            room.progress(f"deliver {publication.slug}", place, len(publication.recipients))
    finally:
        await publication.deliverer.close()
    return total(tallies)


async def deliver_test(room: Newsroom, publication: Publication, edition: Edition, address: str) -> str:
    """Hand an edition to one address outside the ledger, and give the receipt. Raises DeliveryError, RenderError."""
    try:
        return await publication.deliverer.deliver(mailing_of(room, publication, edition).to(address))
    finally:
        await publication.deliverer.close()


async def _would(
    room: Newsroom, publication: Publication, edition: Edition, address: str, envelope: Envelope, now: datetime
) -> Tally:
    receipts = room.store.deliveries.of(edition.newsletter, edition.date)
    had = any(receipt.address == address.casefold() and receipt.state != "failed" for receipt in receipts)
    return Tally(skipped=1) if had else Tally(done=1)


async def _hand_over(
    room: Newsroom, publication: Publication, edition: Edition, address: str, envelope: Envelope, now: datetime
) -> Tally:
    store, key = room.store, (edition.newsletter, edition.date, address)
    if not store.deliveries.begin(*key, envelope.message_id, now):
        return Tally(skipped=1)
    try:
        receipt = await publication.deliverer.deliver(envelope)
    except DeliveryError as error:
        # What may have arrived stays SENDING, held for a person to decide; anything else may be tried again.
        if not error.uncertain:
            store.deliveries.finish(*key, "failed", error.message, now)
        failure = Failure("deliver", f"{publication.slug}: {address}", error.message, now, error.transient)
        store.failures.record(failure)
        return Tally(failures=(failure,))
    store.deliveries.finish(*key, "sent", receipt, now)
    store.failures.resolve("deliver", f"{publication.slug}: {address}")
    return Tally(done=1)
