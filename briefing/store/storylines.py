"""Storylines as they stand: by id, by slug through every redirect, in order of news; and what users said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, update

from briefing.model import Correction, Development, Membership, Reason, Storyline
from briefing.store.database import Database, batches
from briefing.store.schema import articles, corrections, developments, memberships, storylines

_REASONS = TypeAdapter(tuple[Reason, ...])
_FLAGS: dict[str, dict[str, bool]] = {
    "mute": {"muted": True},
    "unmute": {"muted": False},
    "follow": {"followed": True},
    "unfollow": {"followed": False},
}


class Storylines:
    """Storylines with their developments; articles withdrawn since are left out of both.

    Developments are told oldest first: by first day known, else by the day of their first article, then by sequence;
    the articles of each by sequence.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def storyline(self, name: str) -> Storyline | None:
        """Give the storyline of an id or slug, or the one it was merged into; None where there never was one."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(storylines)
                .where(or_(storylines.c.id == name, storylines.c.slug == name))
                .order_by((storylines.c.id == name).desc())
                .limit(1)
            ).first()
            while row is not None and row.merged_into is not None:
                row = connection.execute(select(storylines).where(storylines.c.id == row.merged_into)).first()
            return _load(connection, [row])[0] if row is not None else None

    def get(self, ids: Iterable[str]) -> dict[str, Storyline]:
        """Give storylines by id, in the order asked for, without following redirects; the unknown are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Storyline] = {}
        with self._database.reading() as connection:
            for batch in batches(wanted):
                rows = connection.execute(select(storylines).where(storylines.c.id.in_(batch))).all()
                found.update((storyline.id, storyline) for storyline in _load(connection, rows))
        return {id_: found[id_] for id_ in wanted if id_ in found}

    def newest(
        self,
        *,
        after: int | None = None,
        muted: bool | None = None,
        followed: bool | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Storyline, ...]:
        """Give the storylines that have live articles, the one with the newest arrival first.

        ``after`` asks for those with an article of a higher sequence number; ``muted`` and ``followed`` for one kind.
        """
        query = select(storylines).where(storylines.c.newest.is_not(None))
        if after is not None:
            query = query.where(storylines.c.newest > after)
        for column, wanted in ((storylines.c.muted, muted), (storylines.c.followed, followed)):
            if wanted is not None:
                query = query.where(column.is_(wanted))
        query = query.order_by(storylines.c.newest.desc(), storylines.c.id).limit(limit).offset(offset)
        with self._database.reading() as connection:
            return tuple(_load(connection, connection.execute(query).all()))

    def count(self) -> int:
        """Give the number of storylines that have live articles."""
        query = select(func.count()).select_from(storylines).where(storylines.c.newest.is_not(None))
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def moved_since(self, sequence: int) -> tuple[str, ...]:
        """Give the ids of storylines that got a live article of a higher sequence number, in order of id."""
        # A subquery, so that SQLite starts from the few new articles and not from all memberships.
        new = select(articles.c.id).where(articles.c.sequence > sequence, articles.c.withdrawn.is_(False))
        query = select(memberships.c.storyline).where(memberships.c.article.in_(new))
        query = query.distinct().order_by(memberships.c.storyline)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query))

    def moved_slugs(self) -> dict[str, str]:
        """Give the slug of the living storyline by each slug of one that was merged away, in order."""
        living = storylines.alias()
        query = (
            select(storylines.c.slug, living.c.slug.label("living"))
            .join(living, living.c.id == storylines.c.merged_into)
            .order_by(storylines.c.slug)
        )
        with self._database.reading() as connection:
            return {row.slug: row.living for row in connection.execute(query)}

    def memberships(self, storyline: str) -> tuple[Membership, ...]:
        """Give what binds the live articles of a storyline's id, in order of sequence."""
        return self._memberships(memberships.c.storyline == storyline)

    def membership(self, article: str) -> Membership | None:
        """Give what binds one article, or None where it is not grouped or withdrawn."""
        found = self._memberships(memberships.c.article == article)
        return found[0] if found else None

    def _memberships(self, condition: ColumnElement[bool]) -> tuple[Membership, ...]:
        query = (
            select(memberships)
            .join(articles, articles.c.id == memberships.c.article)
            .where(condition, articles.c.withdrawn.is_(False))
            .order_by(articles.c.sequence)
        )
        with self._database.reading() as connection:
            return tuple(_membership(row) for row in connection.execute(query))

    def add_correction(self, correction: Correction) -> None:
        """Remember what a user said; muting and following take effect at once."""
        with self._database.writing() as connection:
            (number,) = self._database.numbers(connection, "correction", 1)
            row = {
                "number": number,
                "kind": correction.kind,
                "storylines": correction.storylines,
                "articles": correction.articles,
                "made_at": correction.made_at,
            }
            self._database.upsert(connection, corrections, [row])
            if flags := _FLAGS.get(correction.kind):
                mine = storylines.c.id.in_(correction.storylines)
                connection.execute(update(storylines).where(mine).values(flags))

    def corrections(self) -> tuple[Correction, ...]:
        """Give all that users said, in the order in which they said it."""
        with self._database.reading() as connection:
            rows = connection.execute(select(corrections).order_by(corrections.c.number)).all()
        return tuple(Correction(row.kind, row.storylines, row.made_at, row.articles) for row in rows)


def membership_row(membership: Membership) -> dict[str, Any]:
    """Make a row of the noun."""
    return {
        "article": membership.article,
        "development": membership.development,
        "storyline": membership.storyline,
        "nearest": membership.nearest,
        "duplicate_of": membership.duplicate_of,
        "reasons": _REASONS.dump_json(membership.reasons).decode(),
    }


def _membership(row: Row[Any]) -> Membership:
    return Membership(
        row.article,
        row.development,
        row.storyline,
        row.nearest,
        row.duplicate_of,
        _REASONS.validate_json(row.reasons) if row.reasons != "[]" else (),
    )


def refresh_newest(connection: Connection, ids: Iterable[str]) -> None:
    """Set the highest live sequence number of storylines, by which they are listed."""
    newest = (
        select(func.max(articles.c.sequence))
        .join(memberships, memberships.c.article == articles.c.id)
        .where(memberships.c.storyline == storylines.c.id, articles.c.withdrawn.is_(False))
        .scalar_subquery()
    )
    for batch in batches(ids):
        connection.execute(update(storylines).where(storylines.c.id.in_(batch)).values(newest=newest))


def refresh_newest_of(connection: Connection, article_ids: Sequence[str]) -> None:
    """The same for the storylines that articles belong to."""
    for batch in batches(article_ids):
        query = select(memberships.c.storyline).where(memberships.c.article.in_(batch)).distinct()
        refresh_newest(connection, sorted(connection.scalars(query)))


def _load(connection: Connection, rows: Sequence[Row[Any]]) -> list[Storyline]:
    members: dict[str, list[Any]] = {}
    days: dict[str, Row[Any]] = {}
    for batch in batches(row.id for row in rows):
        query = (
            select(memberships.c.development, articles.c.id, articles.c.sequence, articles.c.collected_at)
            .join(articles, articles.c.id == memberships.c.article)
            .where(memberships.c.storyline.in_(batch), articles.c.withdrawn.is_(False))
            .order_by(articles.c.sequence)
        )
        for member in connection.execute(query):
            members.setdefault(member.development, []).append(member)
        for row in connection.execute(select(developments).where(developments.c.storyline.in_(batch))):
            days[row.id] = row
    told: dict[str, list[tuple[str, int, Development]]] = {}
    for id_, found in members.items():
        row = days[id_]
        start = row.first or found[0].collected_at.date().isoformat()
        noun = Development(id_, row.storyline, tuple(member.id for member in found), row.first, row.last)
        told.setdefault(row.storyline, []).append((start, found[0].sequence, noun))
    return [
        Storyline(
            row.id,
            row.slug,
            row.title,
            row.language,
            tuple(noun for *_, noun in sorted(told.get(row.id, []), key=lambda item: item[:2])),
            row.muted,
            row.followed,
            row.merged_into,
        )
        for row in rows
    ]
