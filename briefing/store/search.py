"""Search over articles and their storylines: SQLite's FTS5 or PostgreSQL's full text narrow down, one judge decides.

Both indexes hold the terms of `briefing.text.terms`, cut and folded here and not by the database; what they give is
held against the query by `briefing.text.seeking`, which alone decides, ranks and marks. So the same query finds the
same in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, TextClause, column, delete, func, or_, select, table, text, true
from sqlalchemy.sql.selectable import FromClause

from briefing.model import Article
from briefing.store.articles import article_of
from briefing.store.database import Database, batches
from briefing.store.schema import articles, documents, memberships, storylines, unindexed
from briefing.text.seeking import Clause, Found, Piece, Query, excerpt, marked, query_of, seek
from briefing.text.terms import LONGEST_WORD, indexed, joined, pieces

_PAGE = 100
"""Candidates looked at in one go."""
_HELD = 600
"""Candidates held against a query at most, newest first; half as many by title alone before."""
_KEPT = 200
"""Articles that are enough: when so many were found, no more candidates are looked at."""
_OF_A_STORYLINE = 5
_TITLE = 2_000
"""Characters of a title that are indexed; what PostgreSQL keeps of one article ends at a megabyte."""
_HALF_LIFE = 180.0
"""Days after which half of what newness counts is gone."""
_NEWNESS = 3.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: its title and an excerpt in pieces, what was asked for marked in both."""

    article: Article
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """A storyline with the articles of it that were found, best first; or one article that is in none.

    ``id`` and ``slug`` are empty without a storyline; ``count`` is how many articles of it were found, of which
    ``hits`` are the first five; ``day`` is the ISO day of the newest of those found.
    """

    id: str
    slug: str
    title: str
    language: str
    muted: bool
    hits: tuple[Hit, ...]
    count: int
    day: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, best first.

    ``total`` counts groups, and ``more`` says that there are further ones that were not looked at. ``loosened`` says
    that no article has all of the words and these have some. ``waiting`` is how many articles are not indexed yet.
    """

    groups: tuple[Group, ...]
    total: int
    more: bool = False
    loosened: bool = False
    waiting: int = 0


class Search:
    """The index of all live articles; what is written with an article is indexed in the same transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self) -> int:
        """Give how many articles a newer program's index does not hold yet."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(unindexed)) or 0

    def fill(self, limit: int = 500) -> int:
        """Index at most so many of the articles that wait, oldest first, in one transaction; give how many it were."""
        waiting = select(articles).join(unindexed, unindexed.c.sequence == articles.c.sequence)
        with self._database.writing() as connection:
            rows = connection.execute(waiting.order_by(articles.c.sequence).limit(limit)).all()
            index(self._database, connection, [article_of(row) for row in rows])
            for batch in batches(row.sequence for row in rows):
                connection.execute(delete(unindexed).where(unindexed.c.sequence.in_(batch)))
        return len(rows)

    def find(
        self,
        wanted: str,
        *,
        language: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Results:
        """Find articles, by storyline; ``language`` is a primary subtag (``vi``), days are those of publication.

        An article without a date of its own counts on the day on which it was collected. Withdrawn articles are not
        found, and a storyline that was merged is found as the one that lives on. No query is wrong: one without words
        finds nothing.
        """
        query = query_of(wanted)
        filters = _filters(language, since, until)
        with self._database.reading() as connection:
            waiting = connection.scalar(select(func.count()).select_from(unindexed)) or 0
            hits, more = self._hits(connection, query, filters)
            loose = query.loosened()
            if not hits and loose is not None:
                query = loose
                hits, more = self._hits(connection, query, filters)
            groups = _grouped(connection, query, hits)
        shown = tuple(groups[offset : offset + limit])
        return Results(shown, len(groups), more, bool(groups) and query.any_of, waiting)

    def _hits(
        self, connection: Connection, query: Query, filters: Sequence[ColumnElement[bool]]
    ) -> tuple[dict[str, tuple[Article, Found]], bool]:
        """Give the articles found by id, and whether there are candidates that were not looked at."""
        found: dict[str, tuple[Article, Found]] = {}
        if not query.wanted:
            return found, False
        seen: set[str] = set()
        more = False
        for in_title, most in ((True, _HELD // 2), (False, _HELD)):
            looked = 0
            for row in self._candidates(connection, query, filters, in_title=in_title):
                if looked >= most or len(found) >= _KEPT:
                    more = True
                    break
                looked += 1
                if row.id in seen:
                    continue
                seen.add(row.id)
                article = article_of(row)
                if (good := seek(query, article.title, article.text)) is not None:
                    found[article.id] = (article, good)
        return found, more

    def _candidates(
        self, connection: Connection, query: Query, filters: Sequence[ColumnElement[bool]], *, in_title: bool
    ) -> Iterator[Row[Any]]:
        """Give the articles that the index proposes, those indexed last first."""
        search, number, matches = self._index(query, in_title=in_title)
        before: int | None = None
        while True:
            page = (
                select(articles, number.label("number"))
                .select_from(search)
                .join(documents, documents.c.number == number)
                .join(articles, articles.c.id == documents.c.article)
                .where(matches, articles.c.withdrawn.is_(False), *filters)
                .where(true() if before is None else number < before)
                .order_by(number.desc())
                .limit(_PAGE)
            )
            rows = connection.execute(page).all()
            yield from rows
            if len(rows) < _PAGE:
                return
            before = rows[-1].number

    def _index(self, query: Query, *, in_title: bool) -> tuple[FromClause, ColumnElement[int], TextClause]:
        """Give the dialect's index, its numbers, and the condition that asks it."""
        asked = _asked(query, sqlite=self._database.is_sqlite, in_title=in_title)
        if self._database.is_sqlite:
            index = table("search", column("rowid"))
            return index, index.c.rowid, text("search MATCH :asked").bindparams(asked=asked)
        place = "title" if in_title else "body"
        condition = text(f"search.{place} @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
        index = table("search", column("number"))
        return index, index.c.number, condition


def index(database: Database, connection: Connection, written: Iterable[Article]) -> None:
    """Index articles as they are now, in the transaction that writes them."""
    given = list(written)
    if not given:
        return
    numbers = database.numbers(connection, "document", len(given))
    for batch in batches(article.id for article in given):
        connection.execute(delete(documents).where(documents.c.article.in_(batch)))
    rows = [{"number": number, "article": article.id} for number, article in zip(numbers, given, strict=True)]
    database.upsert(connection, documents, rows)
    terms = []
    for number, article in zip(numbers, given, strict=True):
        title, body = indexed(article.title[:_TITLE]), indexed(article.text)
        terms.append({"number": number, "title": joined(title), "body": joined(body | title)})
    if database.is_sqlite:
        insert = "INSERT INTO search (rowid, title, body) VALUES (:number, :title, :body)"
    else:
        insert = (
            "INSERT INTO search (number, title, body) VALUES (:number, array_to_tsvector(string_to_array(:title, ' ')),"
            " array_to_tsvector(string_to_array(:body, ' ')))"
        )
    connection.execute(text(insert), terms)


def _asked(query: Query, *, sqlite: bool, in_title: bool) -> str:
    """Write a query as the dialect's index understands it: all that must be there, but not where.

    Terms are letters and digits alone, so that none of them can be an operator; they are quoted all the same.
    """
    glue = " OR " if sqlite else " | "
    both = " AND " if sqlite else " & "
    clauses = [both.join(_needed(clause, sqlite=sqlite)) for clause in query.wanted]
    asked = (glue if query.any_of else both).join(f"({clause})" for clause in clauses)
    return f"{{{'title' if in_title else 'body'}}} : ({asked})" if sqlite else asked


def _needed(clause: Clause, *, sqlite: bool) -> Iterator[str]:
    for term in clause.terms:
        if term.kind == "word":
            parts: tuple[str, ...] = (term.bare[:LONGEST_WORD],)
            begins = clause.begins(term)
        else:
            parts, begins = pieces(term)
        for piece in parts:
            if sqlite:
                yield f'"{piece}"' + ("*" if begins else "")
            else:
                yield f"'{piece}'" + (":*" if begins else "")


def _filters(language: str | None, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if language is not None:
        base = language.split("-")[0].lower()
        found.append(or_(articles.c.language == base, articles.c.language.startswith(f"{base}-", autoescape=True)))
    day = func.substr(func.coalesce(articles.c.published, articles.c.collected_at), 1, 10)
    if since is not None:
        found.append(day >= since.isoformat())
    if until is not None:
        found.append(day <= until.isoformat())
    return found


def _day(article: Article) -> date:
    return article.published.day if article.published else article.collected_at.date()


def _grouped(connection: Connection, query: Query, found: dict[str, tuple[Article, Found]]) -> list[Group]:
    """Give what was found by storyline, best first: by score and newness, then the newest, then by id."""
    newest = max((_day(article) for article, _ in found.values()), default=date.min)
    of: dict[str, Row[Any]] = {}
    for batch in batches(found):
        query_ = (
            select(memberships.c.article, storylines)
            .join(storylines, storylines.c.id == memberships.c.storyline)
            .where(memberships.c.article.in_(batch))
        )
        of.update((row.article, row) for row in connection.execute(query_))
    members: dict[str, list[tuple[float, Article, Found]]] = {}
    for id_, (article, good) in found.items():
        age = (newest - _day(article)).days
        score = good.score + _NEWNESS * 0.5 ** (age / _HALF_LIFE)
        members.setdefault(of[id_].id if id_ in of else f"-{id_}", []).append((score, article, good))
    groups = [_group(query, of.get(best[0][1].id), best) for best in map(_best, members.values())]
    return sorted(groups, key=lambda group: (-group.score, _reversed(group.day), group.id, group.hits[0].article.id))


def _best(members: list[tuple[float, Article, Found]]) -> list[tuple[float, Article, Found]]:
    return sorted(members, key=lambda item: (-round(item[0], 9), _reversed(_day(item[1]).isoformat()), item[1].id))


def _reversed(day: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in day)


def _group(query: Query, line: Row[Any] | None, members: Sequence[tuple[float, Article, Found]]) -> Group:
    hits = tuple(
        Hit(
            article,
            marked(article.title, good.title),
            excerpt(article.text, good.text),
            round(score, 4),
        )
        for score, article, good in members[:_OF_A_STORYLINE]
    )
    day = max(_day(article) for _, article, _ in members).isoformat()
    # More articles make a storyline a little better, never so much as a better article would.
    score = round(members[0][0] + min(1.0, 0.1 * (len(members) - 1)), 4)
    first = members[0][1]
    if line is None:
        return Group("", "", first.title, first.language, False, hits, len(members), day, score)
    return Group(line.id, line.slug, line.title, line.language, line.muted, hits, len(members), day, score)
