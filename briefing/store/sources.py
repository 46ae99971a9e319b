"""What is remembered of sources between polls, and what they gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any

from sqlalchemy import Connection, and_, select, update

from briefing.model import Entry
from briefing.ports import Harvest, SourceState
from briefing.store.database import Database, batches
from briefing.store.schema import articles, digest, entries, origins, sources, unread
from briefing.store.storylines import refresh_newest_of

_STATE = tuple(field.name for field in fields(SourceState))


def entry_key(entry: Entry) -> str:
    """Give the store's key of an entry: a digest of (source, guid), whose length strangers choose."""
    return digest(entry.source, entry.guid)


def entry_hash(entry: Entry) -> str:
    """Give the digest of everything in an entry that its reading depends on."""
    date = (entry.published.iso, entry.published.basis) if entry.published else (None, None)
    texts = (entry.url, entry.title, entry.language, entry.outlet, entry.body)
    # Without a picture the digest is what it was before there were any, so that nothing is read again for their sake.
    pictured = ("image", *map(str, astuple(entry.image))) if entry.image else ()
    return digest(entry.media_type, *date, *texts, *entry.categories, *pictured)


class Sources:
    """States of sources, and the entries they gave."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, slug: str) -> SourceState:
        """Give what is remembered of a source; an empty state where nothing is."""
        with self._database.reading() as connection:
            row = connection.execute(select(sources).where(sources.c.slug == slug)).mappings().first()
        return SourceState(**{name: row[name] for name in _STATE}) if row else SourceState()

    def states(self) -> dict[str, SourceState]:
        """Give all that is remembered, by slug in order."""
        with self._database.reading() as connection:
            rows = connection.execute(select(sources).order_by(sources.c.slug)).mappings().all()
        return {row["slug"]: SourceState(**{name: row[name] for name in _STATE}) for row in rows}

    def save_harvest(self, slug: str, harvest: Harvest) -> int:
        """Keep one poll's state and entries in one transaction; give how many entries are new or changed.

        An entry whose content changed is replaced and waits to be extracted again; it keeps the time at which it was
        first collected. Of two entries with one guid in a harvest the first counts. An entry withdrawn before that
        comes again is live again.
        """
        given: dict[str, Entry] = {}
        for entry in harvest.entries:
            given.setdefault(entry_key(entry), entry)
        with self._database.writing() as connection:
            self._save_state(connection, slug, harvest.state)
            known = _known(connection, list(given))
            new, changed, back = [], [], []
            for key, entry in given.items():
                row = _row(key, entry)
                if key not in known:
                    new.append(row)
                elif known[key][0] != row["hash"]:
                    changed.append(row)
                elif known[key][1]:
                    back.append(key)
            numbers = self._database.numbers(connection, "entry", len(new)) if new else range(0)
            for row, number in zip(new, numbers, strict=True):
                row["number"] = number
            self._database.upsert(connection, entries, new)
            for row in changed:
                row["number"] = known[row["key"]][2]
            self._database.upsert(connection, entries, changed, keep=("number", "collected_at"))
            self._database.upsert(connection, unread, [{"number": row["number"]} for row in new + changed])
            _revive(connection, back + [row["key"] for row in changed])
        return len(new) + len(changed) + len(back)

    def save_state(self, slug: str, state: SourceState) -> None:
        """Keep a source's state alone, as after a poll that failed."""
        with self._database.writing() as connection:
            self._save_state(connection, slug, state)

    def withdraw(self, slug: str) -> int:
        """Cite a source no more: its entries are withdrawn, and the articles that no other source gave.

        History stays: editions, storylines and memberships are untouched. An article that another source gave too
        is handed to that source and read again from there. Gives the number of articles withdrawn.
        """
        with self._database.writing() as connection:
            mine = and_(entries.c.source == slug, entries.c.withdrawn.is_(False))
            keys = list(connection.scalars(select(entries.c.key).where(mine).order_by(entries.c.number)))
            count = 0
            for batch in batches(keys):
                connection.execute(update(entries).where(entries.c.key.in_(batch)).values(withdrawn=True))
            for batch in batches(keys):
                told = select(origins.c.article).where(origins.c.entry.in_(batch)).distinct().order_by("article")
                for ids in batches(connection.scalars(told).all()):
                    count += settle(self._database, connection, ids)
            # Without validators the next poll, should the source be added again, gives everything once more.
            connection.execute(
                update(sources).where(sources.c.slug == slug).values(etag=None, last_modified=None, fingerprint=None)
            )
        return count

    def _save_state(self, connection: Connection, slug: str, state: SourceState) -> None:
        row = {"slug": slug} | {name: getattr(state, name) for name in _STATE}
        self._database.upsert(connection, sources, [row])


def _row(key: str, entry: Entry) -> dict[str, Any]:
    return {
        "key": key,
        "number": 0,
        "source": entry.source,
        "guid": entry.guid,
        "hash": entry_hash(entry),
        "withdrawn": False,
        "collected_at": entry.collected_at,
        "media_type": entry.media_type,
        "url": entry.url,
        "title": entry.title,
        "language": entry.language,
        "outlet": entry.outlet,
        "published": entry.published.iso if entry.published else None,
        "basis": entry.published.basis if entry.published else None,
        "categories": entry.categories,
        "body": entry.body,
        "image": entry.image,
    }


def _known(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[str, bool, int]]:
    found: dict[str, tuple[str, bool, int]] = {}
    for batch in batches(keys):
        query = select(entries.c.key, entries.c.hash, entries.c.withdrawn, entries.c.number)
        for key, hash_, withdrawn, number in connection.execute(query.where(entries.c.key.in_(batch))):
            found[key] = (hash_, withdrawn, number)
    return found


def _revive(connection: Connection, keys: Sequence[str]) -> None:
    for batch in batches(keys):
        connection.execute(update(entries).where(entries.c.key.in_(batch)).values(withdrawn=False))
        given = select(origins.c.article).where(origins.c.entry.in_(batch))
        connection.execute(update(articles).where(articles.c.id.in_(given)).values(withdrawn=False))
        refresh_newest_of(connection, sorted(set(connection.scalars(given))))


def settle(database: Database, connection: Connection, ids: Sequence[str]) -> int:
    """Give articles whose owner tells them no more to another live entry, or withdraw them; count the withdrawn."""
    live = and_(origins.c.entry == entries.c.key, entries.c.withdrawn.is_(False))
    telling = (
        select(
            articles.c.id,
            articles.c.source.label("owner"),
            articles.c.guid.label("owned"),
            entries.c.number,
            entries.c.source,
            entries.c.guid,
        )
        .join(origins, origins.c.article == articles.c.id)
        .join(entries, live)
        .where(articles.c.id.in_(ids))
        .order_by(articles.c.id, entries.c.number)
    )
    tellers: dict[str, list[Any]] = {}
    for row in connection.execute(telling):
        tellers.setdefault(row.id, []).append(row)
    for id_, rows in tellers.items():
        if not any((row.owner, row.owned) == (row.source, row.guid) for row in rows):
            heir = {"source": rows[0].source, "guid": rows[0].guid}
            connection.execute(update(articles).where(articles.c.id == id_).values(heir))
            database.upsert(connection, unread, [{"number": rows[0].number}])
    orphans = [id_ for id_ in ids if id_ not in tellers]
    left = and_(articles.c.id.in_(orphans), articles.c.withdrawn.is_(False))
    count = connection.execute(update(articles).where(left).values(withdrawn=True)).rowcount
    refresh_newest_of(connection, orphans)
    return count
