"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from datetime import datetime

from pydantic import BaseModel, Field, ValidationError

from briefing.collectors.dating import dating
from briefing.collectors.items import Feed, Item, NotAFeedError, identified, language_tag
from briefing.collectors.markup import plain, safe, web_address
from briefing.extract.images import image
from briefing.model import MediaType


class _Item(BaseModel):
    id: str | int | float | None = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None
    image: str | None = None
    banner_image: str | None = None
    tags: list[str] = Field(default_factory=list)


def read(text: str, url: str, now: datetime, limit: int) -> Feed:
    """Read at most ``limit`` items of a JSON Feed; items that are not as specified become notes.

    Raises NotAFeedError where the text is not JSON, or is not a JSON Feed.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"sent JSON that is broken or cut off ({str(error)[:80]})") from error
    if not isinstance(document, dict) or "://jsonfeed.org/version/" not in str(document.get("version")):
        raise NotAFeedError("sent JSON that is not a JSON Feed (its version is not https://jsonfeed.org/version/1.1)")
    given = document.get("items")
    items, notes = [], []
    for position, raw in enumerate(given[:limit] if isinstance(given, list) else ()):
        try:
            items.append(_item(_Item.model_validate(raw), url, now))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, ("items", position, *first["loc"])))
            notes.append(f"{where}: {first['msg'].lower()}")
    title = document.get("title")
    return Feed(
        identified(item for item in items if item.body or item.title),
        plain(title) if isinstance(title, str) else None,
        language_tag(document.get("language")),
        notes=tuple(notes),
    )


def _item(raw: _Item, url: str, now: datetime) -> Item:
    link = web_address(raw.url or raw.external_url, url) if raw.url or raw.external_url else None
    body, media_type = _body(raw, link or url)
    return Item(
        guid="" if raw.id is None else str(raw.id),
        body=body,
        media_type=media_type,
        url=link,
        title=plain(raw.title or "") or None,
        language=language_tag(raw.language),
        published=dating(raw.date_published or raw.date_modified, "feed", now),
        categories=tuple(dict.fromkeys(tag.strip()[:100] for tag in raw.tags[:20] if tag.strip())),
        image=image(raw.image) or image(raw.banner_image),
    )


def _body(raw: _Item, base: str) -> tuple[str, MediaType]:
    if raw.content_html and raw.content_html.strip():
        return safe(raw.content_html, base), "text/html"
    return (raw.content_text or raw.summary or "").strip(), "text/plain"


def looks_like(media_type: str, text: str) -> bool:
    """Whether a document says, or shows by its first character, that it is JSON."""
    return "json" in media_type or text[:100].lstrip()[:1] == "{"
