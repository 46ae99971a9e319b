"""Entries that wait to be read, and the articles that were read out of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from briefing.model import Article, Dating, Entry, Failure, MediaType
from briefing.store.database import Database, batches
from briefing.store.runs import write_failure
from briefing.store.schema import articles, entries, features, memberships, origins, ungrouped, unindexed, unread
from briefing.store.search import index
from briefing.store.sources import entry_hash, entry_key, settle


class Entries:
    """What sources gave, and how far it has been read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """Give the number of entries, withdrawn ones included."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(entries)) or 0

    def entry(self, source: str, guid: str) -> Entry | None:
        """Give one entry as it was last given, or None where the store has none of that name."""
        key = entry_key(Entry(source, guid, "", None))  # type: ignore[arg-type]  # only the key is asked for
        with self._database.reading() as connection:
            row = connection.execute(select(entries).where(entries.c.key == key)).first()
        return _entry(row) if row else None

    def unextracted(self, limit: int = 1000) -> tuple[Entry, ...]:
        """Give entries whose present content was not read yet, in the order in which they came."""
        waiting = (
            select(unread.c.number)
            .join(entries, entries.c.number == unread.c.number)
            .where(entries.c.withdrawn.is_(False))
            .order_by(unread.c.number)
            .limit(limit)
        )
        found: list[Entry] = []
        with self._database.reading() as connection:
            for batch in batches(connection.scalars(waiting).all()):
                query = select(entries).where(entries.c.number.in_(batch)).order_by(entries.c.number)
                found.extend(_entry(row) for row in connection.execute(query))
        return tuple(found)

    def save_extraction(self, entry: Entry, told: Sequence[Article]) -> int:
        """Keep what was read out of one entry, its main article first; give how many articles are new."""
        return self.save_extractions([(entry, told)])

    def save_extractions(self, read: Iterable[tuple[Entry, Sequence[Article]]]) -> int:
        """Keep what was read out of entries, in one transaction; give how many articles are new.

        A new article gets the next sequence number. An article that is there already is not doubled: the entry is
        remembered as one more origin, and only the entry that owns the article replaces its content, or one that
        gives in full what so far was a teaser on another's page (then it is new again). Where an entry's main
        article has become another one, the former is withdrawn unless another entry gives it.
        """
        count = 0
        with self._database.writing() as connection:
            # Taking the counter first makes others who write articles wait: what is known stays so until the end.
            self._database.numbers(connection, "article", 0)
            for batch in batches(read):
                count += _save(self._database, connection, batch)
        return count

    def mark_unreadable(self, entry: Entry, failure: Failure, run: int | None = None) -> None:
        """Keep that an entry's present content gives no article, and why; it is not tried again until it changes."""
        with self._database.writing() as connection:
            _mark_read(connection, [entry])
            write_failure(self._database, connection, failure, run)


def _save(database: Database, connection: Connection, read: Sequence[tuple[Entry, Sequence[Article]]]) -> int:
    first: dict[str, tuple[str, Article]] = {}  # article id: (key of the entry that gives it, article)
    tells: dict[tuple[str, str], bool] = {}
    for entry, told in read:
        key = entry_key(entry)
        for position, article in enumerate(told):
            given = first.get(article.id)
            if given is None or (given[1].related_to and not article.related_to):
                first[article.id] = (key, article)
            tells[article.id, key] = tells.get((article.id, key), False) or position == 0
    known = _known(connection, list(first))
    fresh, renewed, same = [], [], []
    for id_, (_, article) in first.items():
        row = known.get(id_)
        if row is None:
            fresh.append(article)
        elif row.related_to and not article.related_to:
            renewed.append(article)
        elif (row.source, row.guid) == (article.source, article.guid):
            same.append(article)
    _forget(connection, [article.id for article in renewed], regroup=True)
    changed = [article for article in same if _content(known[article.id]) != (article.title, article.text)]
    _forget(connection, [article.id for article in changed], regroup=False)
    numbers = database.numbers(connection, "article", len(fresh) + len(renewed)) if fresh or renewed else range(0)
    rows = [_row(article, number) for article, number in zip([*fresh, *renewed], numbers, strict=True)]
    database.upsert(connection, articles, rows)
    database.upsert(connection, ungrouped, [{"sequence": number} for number in numbers])
    rows = [_row(article, known[article.id].sequence) for article in same]
    database.upsert(connection, articles, rows, keep=("sequence", "collected_at"))
    index(database, connection, [*fresh, *renewed, *changed])
    others = [id_ for id_ in first if id_ in known]
    connection.execute(update(articles).where(articles.c.id.in_(others)).values(withdrawn=False))
    _save_origins(database, connection, read, tells)
    return len(fresh) + len(renewed)


def _save_origins(
    database: Database,
    connection: Connection,
    read: Sequence[tuple[Entry, Sequence[Article]]],
    tells: dict[tuple[str, str], bool],
) -> None:
    mains = {entry_key(entry): told[0].id if told else None for entry, told in read}
    query = select(origins.c.article, origins.c.entry).where(origins.c.entry.in_(mains), origins.c.main.is_(True))
    former = [(article, key) for article, key in connection.execute(query) if article != mains[key]]
    for article, key in former:
        connection.execute(delete(origins).where(origins.c.article == article, origins.c.entry == key))
    rows = [{"article": id_, "entry": key, "main": main} for (id_, key), main in tells.items()]
    database.upsert(connection, origins, rows)
    _mark_read(connection, [entry for entry, _ in read])
    if former:
        settle(database, connection, sorted({article for article, _ in former}))


def _mark_read(connection: Connection, given: Sequence[Entry]) -> None:
    """Let entries wait no more, but for those that changed since they were given out."""
    hashes = {entry_key(entry): entry_hash(entry) for entry in given}
    query = select(entries.c.number, entries.c.key, entries.c.hash).where(entries.c.key.in_(hashes))
    done = [row.number for row in connection.execute(query) if row.hash == hashes[row.key]]
    connection.execute(delete(unread).where(unread.c.number.in_(done)))


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for batch in batches(ids):
        query = select(articles).where(articles.c.id.in_(batch))
        found.update((row.id, row) for row in connection.execute(query))
    return found


def _content(row: Row[Any]) -> tuple[str, str]:
    return row.title, row.text


def _forget(connection: Connection, ids: Sequence[str], *, regroup: bool) -> None:
    """Forget what was concluded from content that is there no more."""
    for batch in batches(ids):
        connection.execute(delete(features).where(features.c.article.in_(batch)))
        if regroup:
            connection.execute(delete(memberships).where(memberships.c.article.in_(batch)))
            former = select(articles.c.sequence).where(articles.c.id.in_(batch))
            for waiting in (ungrouped, unindexed):
                connection.execute(delete(waiting).where(waiting.c.sequence.in_(former)))


def _row(article: Article, sequence: int) -> dict[str, Any]:
    return {
        "id": article.id,
        "sequence": sequence,
        "source": article.source,
        "guid": article.guid,
        "withdrawn": False,
        "title": article.title,
        "language": article.language,
        "collected_at": article.collected_at,
        "published": article.published.iso if article.published else None,
        "basis": article.published.basis if article.published else None,
        "url": article.url,
        "outlet": article.outlet,
        "credit": article.credit,
        "credit_date": article.credit_date,
        "title_made": article.title_made,
        "related_to": article.related_to,
        "categories": article.categories,
        "image": article.image,
        "text": article.text,
    }


def _entry(row: Row[Any]) -> Entry:
    media_type: MediaType = row.media_type
    return Entry(
        source=row.source,
        guid=row.guid,
        body=row.body,
        collected_at=row.collected_at,
        media_type=media_type,
        url=row.url,
        title=row.title,
        language=row.language,
        outlet=row.outlet,
        published=Dating(row.published, row.basis) if row.published else None,
        categories=row.categories,
        image=row.image,
    )
