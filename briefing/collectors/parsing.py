"""Bytes that should be a feed, read as RSS, RDF, Atom or JSON Feed."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import feedparser

from briefing.collectors import jsonfeed
from briefing.collectors.dating import dating
from briefing.collectors.items import Feed, Item, NotAFeedError, identified, language_tag
from briefing.collectors.markup import is_markup, is_page, offered_feeds, plain, safe, web_address
from briefing.collectors.repair import LIMIT_ELEMENTS, TooManyElementsError, well_formed
from briefing.extract.images import image, widest
from briefing.model import Image, MediaType
from briefing.text.decoding import decode

LIMIT_ITEMS = 2_000
LIMIT_SECONDS = 10.0  # for cleaning the items of one feed; whole newspapers take one
_LONGEST_TTL = timedelta(days=1)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|RDF|channel)\s*>", re.IGNORECASE)
_HTML_TYPES = {"text/html", "application/xhtml+xml"}


def read_feed(data: bytes, url: str, now: datetime, media_type: str = "", charset: str | None = None) -> Feed:
    """Read a feed that came from ``url`` with this Content-Type.

    Bodies are sanitised HTML with absolute links, or plain text; of very long feeds the first 2,000 items are read.
    Raises NotAFeedError, saying what came instead.
    """
    try:
        text = decode(data, charset).text if data.strip() else ""
    except ValueError as error:
        raise NotAFeedError("sent something that is not text") from error
    if not text.strip():
        raise NotAFeedError("sent an empty document")
    if jsonfeed.looks_like(media_type, text):
        return jsonfeed.read(text, url, now, LIMIT_ITEMS)
    if is_page(text):
        offers = offered_feeds(text, url)
        hint = f"it offers {' and '.join(offers[:3])}: put that in the configuration" if offers else "it offers no feed"
        raise NotAFeedError(f"sent a web page instead of a feed; {hint}")
    return _read_xml(text, url, now)


def _read_xml(text: str, url: str, now: datetime) -> Feed:
    start = " ".join(text[:60].split())
    nothing = NotAFeedError(f"sent something that is not RSS, Atom or JSON Feed; it begins with {start!r}")
    try:
        data, count = well_formed(text, LIMIT_ITEMS)
    except TooManyElementsError:
        raise NotAFeedError(f"sent a feed of more than {LIMIT_ELEMENTS:,} elements") from None
    if not data:
        raise nothing
    # As a stream, because feedparser opens bytes that happen to be the name of a file. Its sanitising and resolving are
    # off: nh3 does both once, and much faster.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, AssertionError) as error:
        raise NotAFeedError(f"sent a feed that cannot be read ({type(error).__name__})") from error
    cut = _END.search(text[-500:]) is None
    if not parsed.entries:
        if not parsed.version:
            raise nothing
        if cut:
            raise NotAFeedError("sent a feed that is cut off before its first item")
    given, looked_at = _items(parsed.entries, url, now)
    items = identified(given)
    notes = [f"the feed is cut off; {len(items)} items could be read"] if cut else []
    if looked_at < len(parsed.entries):
        notes.append(f"reading it takes too long; of {len(parsed.entries)} items the first {looked_at} were read")
    if count > LIMIT_ITEMS:
        notes.append(f"of {count} items the first {LIMIT_ITEMS} were read")
    feed = parsed.feed
    return Feed(
        items, plain(_string(feed, "title")) or None, language_tag(feed.get("language")), _ttl(feed), tuple(notes)
    )


def _items(entries: Sequence[Any], url: str, now: datetime) -> tuple[list[Item], int]:
    """Give the items that say something, and how many entries there was time to look at."""
    started = time.monotonic()
    items: list[Item] = []
    for position, entry in enumerate(entries):
        if time.monotonic() - started > LIMIT_SECONDS:
            return items, position
        link = web_address(_string(entry, "link"), url) if _string(entry, "link") else None
        body, media_type, language = _body(entry, link or url)
        title = plain(_string(entry, "title")) or None
        if not (title or body):
            continue
        item = Item(
            guid=_string(entry, "id"),
            body=body,
            media_type=media_type,
            url=link,
            title=title,
            language=language_tag(language) or language_tag(entry.get("language")),
            outlet=plain(_string(entry.get("source") or {}, "title")) or None,
            published=_published(entry, now),
            categories=_categories(entry),
            image=_image(entry),
        )
        items.append(item)
    return items, len(entries)


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
        found = dating(_string(entry, key), "feed", now, dict.get(entry, f"{key}_parsed"))
        if found is not None:
            return found
    return None


def _categories(entry: Any) -> tuple[str, ...]:
    terms = (plain(_string(tag, "label") or _string(tag, "term"))[:100] for tag in (entry.get("tags") or ())[:20])
    return tuple(dict.fromkeys(term for term in terms if term))


def _image(entry: Any) -> Image | None:
    """Give the widest picture that an item declares: Media RSS, a thumbnail, an enclosure, iTunes, in this order."""
    media = [one for one in entry.get("media_content") or () if _pictured(one.get("medium"), one.get("type"))]
    enclosed = [link for link in entry.get("links") or () if link.get("rel") == "enclosure"]
    enclosed = [link for link in enclosed if _pictured(None, link.get("type") or "none")]
    groups = (media, entry.get("media_thumbnail") or (), enclosed, [entry.get("image") or {}])
    found = (
        image(one.get("url") or one.get("href"), one.get("description"), one.get("width"), one.get("height"))
        for one in chain.from_iterable(groups)
    )
    return widest(found)


def _pictured(medium: str | None, media_type: str | None) -> bool:
    """Whether what a feed encloses is a picture by its own word; without a word only Media RSS may mean one."""
    return medium == "image" or (medium is None and (media_type or "image/").startswith("image/"))


def _ttl(feed: Any) -> timedelta | None:
    minutes = _string(feed, "ttl").strip()
    return min(timedelta(minutes=int(minutes)), _LONGEST_TTL) if re.fullmatch(r"[0-9]{1,7}", minutes) else None


def _string(mapping: Any, key: str) -> str:
    # Not its own get, which makes up `updated` from `published`, and warns.
    value = dict.get(mapping, key)
    return value if isinstance(value, str) else ""
