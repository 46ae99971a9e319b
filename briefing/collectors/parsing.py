"""Bytes that should be a feed, read as RSS, RDF, Atom or JSON Feed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import feedparser

from briefing.collectors import jsonfeed
from briefing.collectors.dating import dating
from briefing.collectors.items import Feed, Item, NotAFeedError, identified, language_tag
from briefing.collectors.markup import is_markup, is_page, offered_feeds, plain, safe, web_address
from briefing.model import MediaType
from briefing.text.decoding import decode

LIMIT_ITEMS = 2_000
_LONGEST_TTL = timedelta(days=1)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|RDF|channel)\s*>", re.IGNORECASE)
_HTML_TYPES = {"text/html", "application/xhtml+xml"}


def read_feed(data: bytes, url: str, now: datetime, media_type: str = "", charset: str | None = None) -> Feed:
    """Read a feed that came from ``url`` with this Content-Type.

    Bodies are sanitised HTML with absolute links, or plain text; of very long feeds the first 2,000 items are read.
    Raises NotAFeedError, saying what came instead.
    """
    if not data.strip():
        raise NotAFeedError("sent an empty document")
    try:
        text = decode(data, charset).text
    except ValueError as error:
        raise NotAFeedError("sent something that is not text") from error
    if jsonfeed.looks_like(media_type, text):
        return jsonfeed.read(text, url, now, LIMIT_ITEMS)
    if is_page(text):
        offers = offered_feeds(text, url)
        hint = f"it offers {' and '.join(offers[:3])}: put that in the configuration" if offers else "it offers no feed"
        raise NotAFeedError(f"sent a web page instead of a feed; {hint}")
    return _read_xml(text, url, now)


def _read_xml(text: str, url: str, now: datetime) -> Feed:
    # Decoded here, as feedparser takes a wrong declaration for granted. As a stream, because it opens bytes that happen
    # to be the name of a file. Its sanitising and resolving are off: nh3 does both once, and much faster.
    source = io.BytesIO(_DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(source, response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, AssertionError) as error:
        raise NotAFeedError(f"sent a feed that cannot be read ({type(error).__name__})") from error
    cut = _END.search(text[-500:]) is None
    if not parsed.entries:
        if not parsed.version:
            start = " ".join(text[:60].split())
            raise NotAFeedError(f"sent something that is not RSS, Atom or JSON Feed; it begins with {start!r}")
        if cut:
            raise NotAFeedError("sent a feed that is cut off before its first item")
    items = identified(_items(parsed.entries[:LIMIT_ITEMS], url, now))
    notes = [f"the feed is cut off; {len(items)} items could be read"] if cut else []
    if len(parsed.entries) > LIMIT_ITEMS:
        notes.append(f"of {len(parsed.entries)} items the first {LIMIT_ITEMS} were read")
    feed = parsed.feed
    return Feed(
        items, plain(_string(feed, "title")) or None, language_tag(feed.get("language")), _ttl(feed), tuple(notes)
    )


def _items(entries: Iterable[Any], url: str, now: datetime) -> Iterable[Item]:
    for entry in entries:
        link = web_address(_string(entry, "link"), url) if entry.get("link") else None
        body, media_type, language = _body(entry, link or url)
        title = plain(_string(entry, "title")) or None
        if not (title or body):
            continue
        yield Item(
            guid=_string(entry, "id"),
            body=body,
            media_type=media_type,
            url=link,
            title=title,
            language=language_tag(language) or language_tag(entry.get("language")),
            outlet=plain(_string(entry.get("source") or {}, "title")) or None,
            published=_published(entry, now),
            categories=_categories(entry),
        )


def _body(entry: Any, base: str) -> tuple[str, MediaType, str | None]:
    """Give the fullest text that an item has: its content, where that says more than its summary."""
    details = [*(entry.get("content") or ()), *((entry["summary_detail"],) if entry.get("summary_detail") else ())]
    fullest = max(details, key=lambda detail: len(_string(detail, "value").strip()), default=None)
    if fullest is None:
        return "", "text/plain", None
    value, language = _string(fullest, "value"), fullest.get("language")
    if fullest.get("type") in _HTML_TYPES or is_markup(value):
        return safe(value, web_address(fullest.get("base"), base) or base), "text/html", language
    return value.strip(), "text/plain", language


def _published(entry: Any, now: datetime) -> Any:
    for key in ("published", "updated", "created"):
        found = dating(_string(entry, key), "feed", now, entry.get(f"{key}_parsed"))
        if found is not None:
            return found
    return None


def _categories(entry: Any) -> tuple[str, ...]:
    terms = (plain(_string(tag, "label") or _string(tag, "term"))[:100] for tag in (entry.get("tags") or ())[:20])
    return tuple(dict.fromkeys(term for term in terms if term))


def _ttl(feed: Any) -> timedelta | None:
    minutes = _string(feed, "ttl").strip()
    return min(timedelta(minutes=int(minutes)), _LONGEST_TTL) if re.fullmatch(r"[0-9]{1,7}", minutes) else None


def _string(mapping: Any, key: str) -> str:
    value = mapping.get(key)
    return value if isinstance(value, str) else ""
