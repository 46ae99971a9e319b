"""The JSON Lines that `briefing group`, `digest` and `verify` read: one report a line.

A line is ``{"id", "title"?, "text"?, "published"?, "language"?, "url"?, "source"?}``; keys beyond these are ignored, so
that labelled sets can be read as they are. ``published`` is ISO 8601, a day or an instant.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from briefing.errors import ConfigError
from briefing.model import Article, Dating
from briefing.text.cleaning import normalise
from briefing.text.language import detect

MAX_LINE = 16 * 2**20
"""Bytes of one line; a longer one is refused, because no report is that long and memory is finite."""

MAX_TEXT = 200_000
"""Characters of a text that are read; what lies beyond cannot change what it is about."""

_YEARS = range(1000, 9000)
"""Years a report can be of; at the ends of the calendar a zone or a "yesterday" would lead out of it."""


class Record(BaseModel):
    """One line, checked."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str = Field(min_length=1)
    title: str = ""
    text: str = ""
    published: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None

    @field_validator("published")
    @classmethod
    def _is_iso(cls, value: str | None) -> str | None:
        if not value:
            return None
        try:
            datetime.fromisoformat(value)
            year = date.fromisoformat(value[:10]).year
        except ValueError:
            raise ValueError("expected ISO 8601, such as 2024-10-24 or 2024-10-24T08:00:00+07:00") from None
        if year not in _YEARS:
            raise ValueError(f"expected a year from {_YEARS[0]} to {_YEARS[-1]}, found {year}")
        return value


class Row(NamedTuple):
    """A line's own id, its article, and its text as it was given."""

    id: str
    article: Article
    given: str


def read(path: Path) -> list[Row]:
    """Give each line's own id, its article and its text as given, in order; ``-`` reads standard input.

    Where an id comes twice the later article gets an id of its own (``id#2``), so that nothing is lost.
    Raises ConfigError naming every line that cannot be read, at most twenty.
    """
    rows: list[Row] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            record = Record.model_validate(_object(line))
        except (ValueError, RecursionError) as error:
            wrong.append(f"{path}:{number}: {_words(error)}")
            if len(wrong) == 20:
                break
            continue
        count = seen[record.id] = seen.get(record.id, 0) + 1
        article = _article(record, record.id if count == 1 else f"{record.id}#{count}")
        rows.append(Row(record.id, article, record.text[:MAX_TEXT]))
    if wrong:
        raise ConfigError("\n".join(wrong))
    return rows


def _article(record: Record, key: str) -> Article:
    text = normalise(record.text[:MAX_TEXT])
    title = normalise(record.title[:2_000]) or text[:120]
    published = Dating(record.published) if record.published else None
    return Article(
        id=key,
        source=record.source or "",
        guid=key,
        title=title,
        text=text,
        language=record.language or detect(f"{title}\n{text[:2_000]}"),
        # The clock plays no part in grouping; an article without a date must not look new or old.
        collected_at=published.instant if published else datetime(1970, 1, 1, tzinfo=UTC),
        published=published,
        url=record.url,
        outlet=record.source,
    )


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give a file of JSON Lines, or - for standard input") from error
    with stream:
        yield from _bounded_lines(stream, path)


def _bounded_lines(stream: BinaryIO, path: Path) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise ConfigError(f"{path}:{number}: the line is longer than {MAX_LINE // 2**20} MiB; is this JSON Lines?")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line


def _object(line: bytes) -> object:
    try:
        return json.loads(line)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1}") from error


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{'.'.join(map(str, detail['loc'])) or 'line'}: {detail['msg'].removeprefix('Value error, ')}"
            for detail in error.errors(include_url=False)
        )
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return str(error) or "nested too deep"
