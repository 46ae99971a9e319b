"""Deliver an edition: every recipient once, by the ledger."""

from __future__ import annotations

from datetime import datetime

from briefing.errors import DeliveryError
from briefing.model import Edition, Failure
from briefing.pipeline.newsroom import Newsroom, Publication, Tally
from briefing.pipeline.publishing import mail_for


async def deliver(
    room: Newsroom, publication: Publication, edition: Edition, now: datetime, *, dry_run: bool = False
) -> Tally:
    """Hand an edition to every recipient who has not got it; ``done`` were handed over, ``skipped`` had it already.

    The ledger says SENDING before a message leaves and SENT after, so that a crash between the two is known and
    nobody gets an edition twice. A dry run builds every message and hands over none.
    """
    ledger, key = room.store.deliveries, (edition.newsletter, edition.date)
    mail = mail_for(room, publication, edition)
    receipts = {receipt.address: receipt for receipt in ledger.of(*key)}
    done, skipped, failures = 0, 0, []
    for place, address in enumerate(publication.recipients, 1):
        known = receipts.get(address.casefold())
        envelope = mail.to(address)
        if dry_run:
            waiting = known is None or known.state == "failed"
            done, skipped = done + waiting, skipped + (not waiting)
            continue
        if not ledger.begin(*key, address, envelope.message_id, now):
            skipped += 1
            continue
        try:
            receipt = await publication.deliverer.deliver(envelope)
        except DeliveryError as error:
            ledger.finish(*key, address, "failed", error.message, now)
            failure = Failure("deliver", f"{publication.slug}: {address}", error.message, now, error.transient)
            room.store.failures.record(failure)
            failures.append(failure)
        else:
            ledger.finish(*key, address, "sent", receipt, now)
            room.store.failures.resolve("deliver", f"{publication.slug}: {address}")
            done += 1
        room.progress(f"deliver {publication.slug}", place, len(publication.recipients))
    return Tally(done=done, skipped=skipped, failures=tuple(failures))
