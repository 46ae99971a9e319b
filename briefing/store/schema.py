"""The tables of the store as SQLAlchemy Core sees them, and the five kinds of value that they hold.

What creates them is `steps/*.sql`; a test holds the two against each other on both dialects.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from briefing.model import Image

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Give text without NUL and lone surrogates, which no database keeps; each becomes U+FFFD."""
    if "\x00" not in text:
        try:
            text.encode()  # faster by far than to look for surrogates
            return text
        except UnicodeEncodeError:
            pass
    return _UNSTORABLE.sub("\ufffd", text)


def digest(*parts: str | None) -> str:
    """Give 32 hexadecimal digits of the SHA-256 of the parts made storable, each kept apart from the next."""
    sum_ = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else storable(part).encode()
        sum_.update(b"-" if part is None else b"%d:" % len(data))
        sum_.update(data)
    return sum_.hexdigest()[:32]


class Words(TypeDecorator[str]):
    """Text of strangers, made storable."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Python to database."""
        return None if value is None else storable(value)


class Instant(TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 in UTC, of one width, so that it sorts as text on both dialects."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Python to database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value}")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Database to Python."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A calendar day as ISO 8601."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Python to database."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Database to Python."""
        return None if value is None else date.fromisoformat(value)


class Strings(TypeDecorator[tuple[str, ...]]):
    """A tuple of text as a JSON array."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        """Python to database."""
        return json.dumps([storable(text) for text in value or ()], ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Database to Python."""
        return tuple(json.loads(value or "[]"))


class Pictured(TypeDecorator[Image]):
    """A picture of an article as a JSON object."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Image | None, dialect: Dialect) -> str | None:
        """Python to database."""
        if value is None:
            return None
        given = {name: storable(part) if isinstance(part, str) else part for name, part in asdict(value).items()}
        return json.dumps({name: part for name, part in given.items() if part not in ("", None)}, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Image | None:
        """Database to Python."""
        return None if value is None else Image(**json.loads(value))


metadata = MetaData()


def _table(name: str, *columns: Column[Any]) -> Table:
    return Table(name, metadata, *columns)


def _key(name: str, kind: Any = Words) -> Column[Any]:
    return Column(name, kind, primary_key=True)


def _set(name: str, kind: Any = Words) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _maybe(name: str, kind: Any = Words) -> Column[Any]:
    return Column(name, kind, nullable=True)


counters = _table("counters", _key("name"), _set("value", BigInteger))

sources = _table(
    "sources",
    _key("slug"),
    _maybe("etag"),
    _maybe("last_modified"),
    _maybe("moved_to"),
    _set("gone", Boolean),
    _maybe("not_before", Instant),
    _maybe("checked_at", Instant),
    _maybe("fingerprint"),
)

entries = _table(
    "entries",
    _key("key"),
    _set("number", BigInteger),
    _set("source"),
    _set("guid"),
    _set("hash"),
    _set("withdrawn", Boolean),
    _set("collected_at", Instant),
    _set("media_type"),
    _maybe("url"),
    _maybe("title"),
    _maybe("language"),
    _maybe("outlet"),
    _maybe("published"),
    _maybe("basis"),
    _set("categories", Strings),
    _set("body"),
    _maybe("image", Pictured),
)

unread = _table("unread", _key("number", BigInteger))

articles = _table(
    "articles",
    _key("id"),
    _set("sequence", BigInteger),
    _set("source"),
    _set("guid"),
    _set("withdrawn", Boolean),
    _set("title"),
    _set("language"),
    _set("collected_at", Instant),
    _maybe("published"),
    _maybe("basis"),
    _maybe("url"),
    _maybe("outlet"),
    _maybe("credit"),
    _maybe("credit_date"),
    _set("title_made", Boolean),
    _maybe("related_to"),
    _set("categories", Strings),
    _set("text"),
    _maybe("image", Pictured),
)

ungrouped = _table("ungrouped", _key("sequence", BigInteger))

documents = _table("documents", _key("number", BigInteger), _set("article"))

unindexed = _table("unindexed", _key("sequence", BigInteger))

pictures = _table(
    "pictures",
    _key("file"),
    _set("url"),
    _set("taken_at", Instant),
    _set("width", Integer),
    _set("height", Integer),
    _maybe("refused"),
    _set("body", LargeBinary),
)

origins = _table("origins", _key("article"), _key("entry"), _set("main", Boolean))

embeddings = _table("embeddings", _key("engine"), _key("hash"), _set("vector", LargeBinary))

answers = _table("answers", _key("engine"), _key("hash"), _set("body"))

features = _table("features", _key("version"), _key("article"), _set("body", LargeBinary))

states = _table("states", _key("name"), _set("body", LargeBinary))

storylines = _table(
    "storylines",
    _key("id"),
    _set("slug"),
    _set("title"),
    _set("language"),
    _set("muted", Boolean),
    _set("followed", Boolean),
    _maybe("merged_into"),
    _maybe("newest", BigInteger),
)

developments = _table("developments", _key("id"), _set("storyline"), _maybe("first"), _maybe("last"))

memberships = _table(
    "memberships",
    _key("article"),
    _set("development"),
    _set("storyline"),
    _maybe("nearest"),
    _maybe("duplicate_of"),
    _set("reasons"),
)

corrections = _table(
    "corrections",
    _key("number", BigInteger),
    _set("kind"),
    _set("storylines", Strings),
    _set("articles", Strings),
    _set("made_at", Instant),
)

editions = _table(
    "editions",
    _key("newsletter"),
    _key("date", Day),
    _set("title"),
    _set("made_at", Instant),
    _set("upto", BigInteger),
    _set("storylines", Integer),
    _set("failures", Integer),
    _set("body"),
)

tellings = _table(
    "tellings",
    _key("newsletter"),
    _key("date", Day),
    _key("rank", Integer),
    _set("storyline"),
    _set("slug"),
    _set("headline"),
    _set("language"),
    _set("lines", Strings),
)

told = _table("told", _key("newsletter"), _key("subject"), _set("at", Instant))

unlisted = _table("unlisted", _key("newsletter"), _key("date", Day))

failures = _table(
    "failures",
    _key("key"),
    _set("stage"),
    _set("subject"),
    _set("message"),
    _set("at", Instant),
    _set("transient", Boolean),
    _maybe("run", BigInteger),
)

runs = _table(
    "runs",
    _key("number", BigInteger),
    _set("kind"),
    _set("started_at", Instant),
    _maybe("finished_at", Instant),
)

deliveries = _table(
    "deliveries",
    _key("newsletter"),
    _key("date", Day),
    _key("address"),
    _set("state"),
    _set("message_id"),
    _set("at", Instant),
    _set("detail"),
)

locks = _table("locks", _key("name"), _set("holder"), _set("since", Instant))
