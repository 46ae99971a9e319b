"""What grouping works on and what it concludes, kept in one transaction with its own state."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, exists, or_, select, update

from briefing.errors import StoreError
from briefing.model import Article, Development, Membership, Storyline
from briefing.store.articles import article_of
from briefing.store.database import Database, batches
from briefing.store.schema import articles, developments, features, memberships, states, storylines, ungrouped
from briefing.store.storylines import membership_row, refresh_newest


@dataclass(frozen=True, slots=True)
class Renewal:
    """Of ``total`` articles that are compared with new ones, ``left`` are not embedded by ``engine`` yet."""

    engine: str
    left: int
    total: int


class Grouping:
    """Features, memberships, storylines and the grouper's own state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def features(self, version: str, ids: Iterable[str]) -> dict[str, bytes]:
        """Give the features known of articles, in the order asked for; the missing ones are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, bytes] = {}
        with self._database.reading() as connection:
            for batch in batches(wanted):
                query = select(features.c.article, features.c.body).where(
                    features.c.version == version, features.c.article.in_(batch)
                )
                found.update((row.article, row.body) for row in connection.execute(query))
        return {id_: found[id_] for id_ in wanted if id_ in found}

    def save_features(self, version: str, given: Mapping[str, bytes]) -> None:
        """Keep features of articles; they are forgotten when an article's title or text changes."""
        rows = [{"version": version, "article": id_, "body": body} for id_, body in given.items()]
        with self._database.writing() as connection:
            self._database.upsert(connection, features, rows)

    def ungrouped(self, limit: int = 1000) -> tuple[Article, ...]:
        """Give live articles that wait to be grouped, in order of sequence."""
        query = (
            select(articles)
            .join(ungrouped, ungrouped.c.sequence == articles.c.sequence)
            .where(articles.c.withdrawn.is_(False))
            .order_by(articles.c.sequence)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(article_of(row) for row in connection.execute(query))

    def state(self) -> bytes | None:
        """Give what the grouper asked to be remembered; None before its first run."""
        return self._state("grouping")

    def renewal(self) -> Renewal | None:
        """Tell how far an engine has come with what another one embedded before; None before the first grouping."""
        body = self._state("renewal")
        return None if body is None else Renewal(**json.loads(body))

    def _state(self, name: str) -> bytes | None:
        with self._database.reading() as connection:
            return connection.scalar(select(states.c.body).where(states.c.name == name))

    def save(
        self,
        members: Sequence[Membership],
        changed: Sequence[Storyline] = (),
        events: Sequence[Development] = (),
        redirects: Mapping[str, str] | None = None,
        state: bytes | None = None,
        renewal: Renewal | None = None,
    ) -> None:
        """Keep one batch of conclusions whole or not at all; no ``state`` or ``renewal`` leaves the former one.

        A storyline that is known keeps its slug and its muted and followed marks; a new one whose slug is taken gets
        the next free one (``slug-2``). A redirect from id to id moves whatever is left behind, passes a followed mark
        on, and shortens earlier redirects, so that every id and slug ever given leads somewhere. Developments left
        without articles are removed.
        """
        with self._database.writing() as connection:
            self._save_storylines(connection, changed)
            given = {event.id: event for line in changed for event in line.developments}
            given |= {event.id: event for event in events}
            rows = [
                {"id": event.id, "storyline": event.storyline, "first": event.first, "last": event.last}
                for event in given.values()
            ]
            self._database.upsert(connection, developments, rows)
            touched = {line.id for line in changed} | {event.storyline for event in given.values()}
            touched |= _storylines_of(connection, [member.article for member in members])
            touched |= {member.storyline for member in members}
            self._database.upsert(connection, memberships, [membership_row(member) for member in members])
            for ids in batches(member.article for member in members):
                done = select(articles.c.sequence).where(articles.c.id.in_(ids))
                connection.execute(delete(ungrouped).where(ungrouped.c.sequence.in_(done)))
            merged = {line.id: line.merged_into for line in changed if line.merged_into} | dict(redirects or {})
            for old in merged:
                new = _heir(connection, old, merged)
                _redirect(connection, old, new)
                touched |= {old, new}
            for batch in batches(sorted(touched)):
                empty = ~exists().where(memberships.c.development == developments.c.id)
                connection.execute(delete(developments).where(developments.c.storyline.in_(batch), empty))
            refresh_newest(connection, sorted(touched))
            kept = [("grouping", state)] if state is not None else []
            if renewal is not None:
                kept.append(("renewal", json.dumps(asdict(renewal)).encode()))
            self._database.upsert(connection, states, [{"name": name, "body": body} for name, body in kept])

    def _save_storylines(self, connection: Connection, changed: Sequence[Storyline]) -> None:
        known: set[str] = set()
        for batch in batches(line.id for line in changed):
            known.update(connection.scalars(select(storylines.c.id).where(storylines.c.id.in_(batch))))
        slugs = _free_slugs(connection, [line for line in changed if line.id not in known])
        rows = [
            {
                "id": line.id,
                "slug": slugs.get(line.id, line.slug),
                "title": line.title,
                "language": line.language,
                "muted": line.muted,
                "followed": line.followed,
                "merged_into": None,
                "newest": None,
            }
            for line in changed
        ]
        self._database.upsert(connection, storylines, rows, keep=("slug", "muted", "followed", "newest"))


def _storylines_of(connection: Connection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for batch in batches(ids):
        query = select(memberships.c.storyline).where(memberships.c.article.in_(batch)).distinct()
        found.update(connection.scalars(query))
    return found


def _free_slugs(connection: Connection, new: Sequence[Storyline]) -> dict[str, str]:
    taken: set[str] = set()
    for batch in batches({line.slug for line in new}):
        taken.update(connection.scalars(select(storylines.c.slug).where(storylines.c.slug.in_(batch))))
    given: dict[str, str] = {}
    for line in new:
        wanted = slug = line.slug or line.id
        count = 1
        while slug in taken or (
            count > 1 and connection.scalar(select(storylines.c.id).where(storylines.c.slug == slug)) is not None
        ):
            count += 1
            slug = f"{wanted}-{count}"
        taken.add(slug)
        given[line.id] = slug
    return given


def _heir(connection: Connection, old: str, redirects: Mapping[str, str]) -> str:
    """Follow redirects of this batch, then of the store, to the id that lives on. Raises StoreError on a ring."""
    seen = [old]
    while True:
        query = select(storylines.c.merged_into).where(storylines.c.id == seen[-1])
        heir = redirects.get(seen[-1]) or connection.scalar(query)
        if heir is None:
            return seen[-1]
        if heir in seen:
            raise StoreError(f"storylines redirect in a ring: {' → '.join([*seen, heir])}; nothing was kept")
        seen.append(heir)


def _redirect(connection: Connection, old: str, new: str) -> None:
    mine = or_(storylines.c.id == old, storylines.c.merged_into == old)
    connection.execute(update(storylines).where(mine).values(merged_into=new))
    for table in (developments, memberships):
        connection.execute(update(table).where(table.c.storyline == old).values(storyline=new))
    followed = exists().where(storylines.c.id == old, storylines.c.followed.is_(True))
    if connection.scalar(select(followed)):
        connection.execute(update(storylines).where(storylines.c.id == new).values(followed=True))
