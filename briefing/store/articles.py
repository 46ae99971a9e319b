"""Readable articles, in the order in which the store got them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, func, select

from briefing.model import Article, Dating
from briefing.store.database import Database, batches
from briefing.store.schema import articles, entries, memberships, origins


class Articles:
    """Articles by id, by sequence and by storyline; withdrawn ones are left out unless asked for by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """Give the number of live articles."""
        query = select(func.count()).select_from(articles).where(articles.c.withdrawn.is_(False))
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def article(self, id: str) -> Article | None:  # noqa: A002  # the noun's own field
        """Give one article, withdrawn or not, or None where the store has none of that id."""
        with self._database.reading() as connection:
            row = connection.execute(select(articles).where(articles.c.id == id)).first()
        return article_of(row) if row else None

    def beginning(self, prefix: str, limit: int = 10) -> tuple[Article, ...]:
        """Give the articles, withdrawn or not, whose ids begin so, in order of id."""
        query = select(articles).where(articles.c.id.startswith(prefix, autoescape=True))
        with self._database.reading() as connection:
            return tuple(article_of(row) for row in connection.execute(query.order_by(articles.c.id).limit(limit)))

    def get(self, ids: Iterable[str], *, withdrawn: bool = False) -> dict[str, Article]:
        """Give articles by id, in the order asked for; those the store does not have are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Article] = {}
        with self._database.reading() as connection:
            for batch in batches(wanted):
                query = select(articles).where(articles.c.id.in_(batch))
                if not withdrawn:
                    query = query.where(articles.c.withdrawn.is_(False))
                found.update((row.id, article_of(row)) for row in connection.execute(query))
        return {id_: found[id_] for id_ in wanted if id_ in found}

    def after(self, sequence: int, limit: int = 1000) -> tuple[Article, ...]:
        """Give the articles that came after a sequence number, in order."""
        query = (
            select(articles)
            .where(articles.c.sequence > sequence, articles.c.withdrawn.is_(False))
            .order_by(articles.c.sequence)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(article_of(row) for row in connection.execute(query))

    def of_storyline(self, storyline: str) -> tuple[Article, ...]:
        """Give the live articles of a storyline's id, in order of sequence."""
        query = (
            select(articles)
            .join(memberships, memberships.c.article == articles.c.id)
            .where(memberships.c.storyline == storyline, articles.c.withdrawn.is_(False))
            .order_by(articles.c.sequence)
        )
        with self._database.reading() as connection:
            return tuple(article_of(row) for row in connection.execute(query))

    def sequences(self, ids: Iterable[str]) -> dict[str, int]:
        """Give the sequence number of each article that the store has."""
        found: dict[str, int] = {}
        with self._database.reading() as connection:
            for batch in batches(dict.fromkeys(ids)):
                query = select(articles.c.id, articles.c.sequence).where(articles.c.id.in_(batch))
                found.update((row.id, row.sequence) for row in connection.execute(query))
        return dict(sorted(found.items(), key=lambda pair: pair[1]))

    def max_sequence(self) -> int:
        """Give the sequence number of the newest article, 0 where there is none."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.max(articles.c.sequence))) or 0

    def origins(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give the live sources that carry each article, the first to give it first."""
        found: dict[str, dict[str, None]] = {}
        with self._database.reading() as connection:
            for batch in batches(dict.fromkeys(ids)):
                query = (
                    select(origins.c.article, entries.c.source)
                    .join(entries, entries.c.key == origins.c.entry)
                    .where(origins.c.article.in_(batch), entries.c.withdrawn.is_(False))
                    .order_by(origins.c.article, entries.c.number)
                )
                for row in connection.execute(query):
                    found.setdefault(row.article, {})[row.source] = None
        return {id_: tuple(sources) for id_, sources in found.items()}


def article_of(row: Row[Any]) -> Article:
    """Make the noun of a row of the table."""
    return Article(
        id=row.id,
        source=row.source,
        guid=row.guid,
        title=row.title,
        text=row.text,
        language=row.language,
        collected_at=row.collected_at,
        published=Dating(row.published, row.basis) if row.published else None,
        url=row.url,
        outlet=row.outlet,
        credit=row.credit,
        credit_date=row.credit_date,
        title_made=row.title_made,
        related_to=row.related_to,
        categories=row.categories,
        image=row.image,
    )
