"""What a feed or a document of any format comes down to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.model import Dating, Entry, Image, MediaType
from briefing.text.cleaning import normalise

_LONGEST_GUID = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed, or one document; ``guid`` is empty where a feed gives none."""

    guid: str
    body: str
    media_type: MediaType = "text/plain"
    url: str | None = None
    title: str | None = None
    language: str | None = None
    outlet: str | None = None
    published: Dating | None = None
    categories: tuple[str, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read; ``ttl`` is how long its publisher wants it left alone, ``notes`` what was wrong with it."""

    items: tuple[Item, ...]
    title: str | None = None
    language: str | None = None
    ttl: timedelta | None = None
    notes: tuple[str, ...] = ()


def entry(item: Item, source: str, now: datetime, language: str | None = None, outlet: str | None = None) -> Entry:
    """Give an item as an entry of a source; ``language`` and ``outlet`` hold where the item says none.

    Its texts are in their normal form: what escapes can hide in XML and JSON (controls, half characters) is gone.
    """
    outlet = item.outlet or outlet
    return Entry(
        source=source,
        guid=normalise(item.guid),
        body=normalise(item.body),
        collected_at=now,
        media_type=item.media_type,
        url=normalise(item.url) if item.url else None,
        title=normalise(item.title) if item.title else None,
        language=item.language or language,
        outlet=normalise(outlet) if outlet else None,
        published=item.published,
        categories=tuple(normalise(category) for category in item.categories),
        image=item.image,
    )


class NotAFeedError(Exception):
    """The bytes are no feed; the text says what they are."""


def identified(items: Iterable[Item]) -> tuple[Item, ...]:
    """Give each item a guid of its own that is the same at every poll, leaving out items given twice.

    An item without a guid takes its address, or a digest of what it says; so does one that shares its guid with an
    item at another address, as some publishers give all their items one guid.
    """
    seen: dict[str, Item] = {}
    for item in items:
        guid = item.guid.strip() or item.url or _digest(item)
        if guid in seen and seen[guid].url != item.url:
            guid = item.url or _digest(item)
        if len(guid) > _LONGEST_GUID:
            guid = hashlib.sha256(guid.encode("utf-8", "replace")).hexdigest()
        if guid not in seen:
            seen[guid] = replace(item, guid=guid)
    return tuple(seen.values())


def language_tag(value: object) -> str | None:
    """Give a language as BCP 47 writes it (``pt-BR``), None where the value is none."""
    text = value.strip().replace("_", "-") if isinstance(value, str) else ""
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        return None
    primary, *rest = text.split("-")
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest)
    return "-".join((primary.lower(), *cased))


def _digest(item: Item) -> str:
    said = f"{item.title or ''}\n{item.body if not item.title else ''}"
    return "sha256:" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]
