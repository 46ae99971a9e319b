"""The documents of a corpus: plain text, Markdown, HTML, JSON and JSON Lines.

A record of a JSON file is an object ``{"title", "text" | "html" | "content", "id"?, "url"?, "language"?, "published"?,
"source"?, "categories"?}``; a .json file holds one of them or a list, a .jsonl file one a line. ``published`` is ISO
8601. Markdown may begin with YAML front matter that holds the same keys.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import AliasChoices, BaseModel, Field, ValidationError

from briefing.collectors.dating import dating
from briefing.collectors.items import Item, language_tag
from briefing.collectors.markup import is_markup, is_page, plain, web_address
from briefing.extract.images import image
from briefing.text.decoding import decode

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LIMIT_TEXT = 2_000_000  # bytes that are read of one document
LIMIT_MARKDOWN = 200_000  # characters that are rendered; what is longer is read as plain text
LIMIT_JSON = 20_000_000  # of a .json file, which has to be read whole
LIMIT_LINE = 5_000_000  # of a record in a .jsonl file
_HEAD = 8192  # bytes by which the encoding of a .jsonl file is told
LIMIT_REJECTED = 20  # records of one file that are rejected one by one
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document, or a record of one, that cannot be read (or not in full), and why."""

    subject: str
    message: str


class _Record(BaseModel):
    id: str | int | None = None
    title: str | None = None
    text: str | None = None
    html: str | None = None
    content: str | None = None
    url: str | None = Field(default=None, validation_alias=AliasChoices("url", "link"))
    language: str | None = Field(default=None, validation_alias=AliasChoices("language", "lang"))
    published: str | None = Field(default=None, validation_alias=AliasChoices("published", "published_at", "date"))
    source: str | None = Field(default=None, validation_alias=AliasChoices("source", "outlet"))
    categories: list[str] = Field(default_factory=list, validation_alias=AliasChoices("categories", "tags"))
    image: Any = None  # many a front matter has a mapping here, which is no address and no error
    image_alt: Any = None


Found = Iterator[Item | Rejected]


def read_documents(path: Path, name: str, now: datetime) -> Found:
    """Give what a file holds, each with a guid that begins with ``name``; what is wrong comes as `Rejected`."""
    try:
        yield from _few_rejected(name, _READERS[path.suffix.lower()](path, name, now))
    except OSError as error:
        yield Rejected(name, f"cannot be read: {error.strerror}")
    except ValueError:
        yield Rejected(name, "is not text in any known encoding")


def _few_rejected(name: str, found: Found) -> Found:
    count = 0
    for one in found:
        count += isinstance(one, Rejected)
        if not isinstance(one, Rejected) or count <= LIMIT_REJECTED:
            yield one
    if count > LIMIT_REJECTED:
        yield Rejected(name, f"{count - LIMIT_REJECTED} more of its records cannot be read")


def _read(path: Path, limit: int) -> tuple[str, bool]:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    return decode(data[:limit]).text, len(data) > limit


def _text(path: Path, name: str, now: datetime) -> Found:
    text, cut = _read(path, LIMIT_TEXT)
    if not text.strip():
        yield Rejected(name, "is empty")
        return
    if cut:
        yield Rejected(name, f"is larger than {LIMIT_TEXT // 10**6} MB; only its beginning is read")
    if path.suffix.lower() in {".md", ".markdown"}:
        yield from _markdown(text, name, now)
    elif path.suffix.lower() in {".html", ".htm"} or is_page(text):
        yield Item(name, text, "text/html")
    else:
        yield Item(name, text)


@functools.cache
def _commonmark() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only where there is a document of the kind: its rules are slow to compile

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _markdown(text: str, name: str, now: datetime) -> Found:
    front = _FRONT.match(text)
    record = _Record()
    if front is not None:
        try:
            # The base loader makes only texts, lists and mappings, of which the record takes what it knows.
            given = yaml.load(front[1], yaml.BaseLoader)  # noqa: S506
            record = _Record.model_validate({key: given[key] or None for key in given if key in _KEYS})
            text = text[front.end() :]
        except (yaml.YAMLError, ValidationError, TypeError, RecursionError):
            yield Rejected(name, "its front matter is not YAML with known keys; it is read as text")
    body = {"html": _commonmark().render(text)} if len(text) <= LIMIT_MARKDOWN else {"text": text}
    yield from _item(record.model_copy(update=body), name, now)


_KEYS = ("title", "url", "link", "language", "lang", "published", "published_at", "date", "source", "outlet", "tags",
         "categories", "image", "image_alt")  # fmt: skip


def _json(path: Path, name: str, now: datetime) -> Found:
    text, cut = _read(path, LIMIT_JSON)
    if cut:
        yield Rejected(name, f"is larger than {LIMIT_JSON // 10**6} MB; write one record a line, as .jsonl")
        return
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        yield Rejected(f"{name}:{error.lineno}:{error.colno}", f"broken JSON: {error.msg}")
        return
    except (RecursionError, ValueError):
        yield Rejected(name, "broken JSON: nested too deeply, or a number too long")
        return
    if not isinstance(document, list):
        yield from _record(document, name, name, now)
        return
    for position, raw in enumerate(document, 1):
        yield from _record(raw, f"{name}[{position}]", _guid(raw, name, position), now)


def _jsonl(path: Path, name: str, now: datetime) -> Found:
    for number, line in enumerate(_lines(path), 1):
        place = f"{name}:{number}"
        if isinstance(line, str) and not line.strip():
            continue
        if line is None:
            yield Rejected(place, f"longer than {LIMIT_LINE // 10**6} MB, or not text")
            continue
        try:
            raw = json.loads(line)
        except json.JSONDecodeError as error:
            yield Rejected(place, f"broken JSON: {error.msg} at column {error.colno}")
        except (RecursionError, ValueError):
            yield Rejected(place, "broken JSON: nested too deeply, or a number too long")
        else:
            yield from _record(raw, place, _guid(raw, name, number), now)


def _lines(path: Path) -> Iterator[str | None]:
    """Give the lines of a file, None for one that is too long or not text; UTF-16 files are read whole."""
    with path.open("rb") as file:
        head = file.peek(_HEAD)[:_HEAD]
        codec = decode(head).encoding if head.strip() else "utf-8"
        if codec.startswith(("utf-16", "utf-32")):
            yield from decode(file.read(LIMIT_JSON)).text.split("\n")
            return
        codec = "utf-8-sig" if codec == "utf-8" else codec
        while line := file.readline(LIMIT_LINE):
            if not line.endswith(b"\n") and len(line) == LIMIT_LINE:
                while (rest := file.readline(LIMIT_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield None
                continue
            try:
                yield line.decode(codec)
            except UnicodeDecodeError:
                try:
                    found = decode(line)
                except ValueError:
                    yield None
                else:
                    codec = found.encoding
                    yield found.text


def _guid(raw: Any, name: str, position: int) -> str:
    given = raw.get("id") if isinstance(raw, dict) else None
    key = given if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip() else position
    return f"{name}#{str(key)[:400]}"


def _record(raw: Any, place: str, guid: str, now: datetime) -> Found:
    try:
        record = _Record.model_validate(raw)
    except ValidationError as error:
        first = next(iter(error.errors(include_input=False, include_url=False)))
        where = ".".join(map(str, first["loc"]))
        message = f"{where}: {first['msg'].lower()}" if where else 'expected an object such as {"title": …, "text": …}'
        yield Rejected(place, message)
        return
    for found in _item(record, guid, now):
        yield Rejected(place, found.message) if isinstance(found, Rejected) else found


def _item(record: _Record, guid: str, now: datetime) -> Found:
    body = record.html or record.text or record.content or ""
    title = plain(record.title or "") or None
    if not body.strip() and not title:
        yield Rejected(guid, "holds neither a title nor a text, html or content")
        return
    published = dating(record.published, "given", now)
    if record.published and published is None:
        yield Rejected(guid, f"published: {record.published[:40]!r} is not a date such as 2024-10-24; read without it")
    html = bool(record.html) or (record.text is None and is_markup(body))
    yield Item(
        guid=guid,
        body=body,
        media_type="text/html" if html else "text/plain",
        url=web_address(record.url),
        title=title,
        language=language_tag(record.language),
        outlet=plain(record.source or "") or None,
        published=published,
        categories=tuple(dict.fromkeys(islice((c.strip()[:100] for c in record.categories if c.strip()), 20))),
        image=image(record.image, record.image_alt),
    )


_READERS: dict[str, Callable[[Path, str, datetime], Found]] = {
    ".txt": _text,
    ".md": _text,
    ".markdown": _text,
    ".html": _text,
    ".htm": _text,
    ".json": _json,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
}
SUFFIXES = frozenset(_READERS)
