"""One feed as RSS 2.0, Atom 1.0 and JSON Feed 1.1, all three listing the same entries.

Sources: RSS 2.0.11 (rssboard.org), the RSS content module, RFC 4287 (Atom), RFC 4151 (tag URIs), JSON Feed 1.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property

from lxml import etree

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_GENERATOR = "briefing"
_REFERENCES = re.compile(rb"<(title|description|category)>[^<]*</\1>")

# Characters that XML 1.0 cannot hold, not even as references (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# What a reader could take for a tag or for a character reference, in text that is neither.
_TAG = re.compile(r"<(?=[/!?a-zA-Z])|(?<=[/\w\"'])>")
_REFERENCE = re.compile(r"&(?=#?\w+;)")


def words(text: str) -> str:
    """Give plain text that no reader takes for markup, even one that decodes it twice: ``<b>`` comes out as ``‹b›``."""
    return _REFERENCE.sub("＆", _TAG.sub(lambda match: "‹" if match[0] == "<" else "›", text))


@dataclass(frozen=True)
class FeedEntry:
    """One entry: ``guid`` is a tag URI that never changes, ``summary`` plain text, ``content`` HTML, times in UTC.

    An entry stands in several feeds; each of its three forms is written once.
    """

    guid: str
    title: str
    url: str
    updated: datetime
    summary: str
    content: str
    language: str
    author: str
    published: datetime | None = None
    categories: tuple[str, ...] = ()

    @cached_property
    def rss(self) -> bytes:
        """The ``item`` of an RSS feed."""
        root, channel = _channel()
        _item(channel, self)
        return _REFERENCES.sub(_profiled, _inside(root, b"  <channel>\n", b"  </channel>"))

    @cached_property
    def atom(self) -> bytes:
        """The ``entry`` of an Atom feed."""
        root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
        _entry(root, self)
        return _inside(root, b">\n", b"</feed>")

    @cached_property
    def json(self) -> str:
        """The item of a JSON feed, indented as it stands there."""
        return "  " + json.dumps(_json(self), ensure_ascii=False, indent=1).replace("\n", "\n  ")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own data; ``rss``, ``atom`` and ``json`` are the absolute addresses of its three forms."""

    guid: str
    title: str
    description: str
    home: str
    rss: str
    atom: str
    json: str
    language: str
    author: str
    updated: datetime
    entries: tuple[FeedEntry, ...]
    ttl_minutes: int = 60
    hub: str | None = None


def rss(feed: Feed) -> bytes:
    """Give the feed as RSS 2.0, UTF-8."""
    root, channel = _channel()
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.home)
    _text(channel, "description", feed.description)
    etree.SubElement(channel, f"{{{_ATOM}}}link", rel="self", type="application/rss+xml", href=feed.rss)
    if feed.hub:
        etree.SubElement(channel, f"{{{_ATOM}}}link", rel="hub", href=feed.hub)
    _text(channel, "language", feed.language.lower())
    _text(channel, "lastBuildDate", format_datetime(feed.updated))
    _text(channel, "docs", "https://www.rssboard.org/rss-specification")
    _text(channel, "generator", _GENERATOR)
    _text(channel, "ttl", str(feed.ttl_minutes))
    written = _REFERENCES.sub(_profiled, _serialise(root))
    return _filled(written, b"  </channel>", [entry.rss for entry in feed.entries])


def _channel() -> tuple[etree._Element, etree._Element]:
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": _ATOM, "content": _CONTENT})
    return root, etree.SubElement(root, "channel")


def _item(channel: etree._Element, entry: FeedEntry) -> None:
    item = etree.SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.url)
    # description before content:encoded, because some readers show whichever comes last.
    _text(item, "description", entry.summary)
    _text(item, f"{{{_CONTENT}}}encoded", entry.content)
    for category in entry.categories:
        _text(item, "category", category)
    etree.SubElement(item, "guid", isPermaLink="false").text = entry.guid
    _text(item, "pubDate", format_datetime(entry.published or entry.updated))


def _profiled(match: re.Match[bytes]) -> bytes:
    """Write & and < of plain text as the RSS Advisory Board's profile asks, so that no reader takes them for markup."""
    return match[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")


def atom(feed: Feed) -> bytes:
    """Give the feed as Atom 1.0, UTF-8."""
    root = etree.Element(f"{{{_ATOM}}}feed", {_XML_LANG: feed.language}, nsmap={None: _ATOM})
    _text(root, f"{{{_ATOM}}}id", feed.guid)
    _text(root, f"{{{_ATOM}}}title", feed.title)
    _text(root, f"{{{_ATOM}}}subtitle", feed.description)
    _text(root, f"{{{_ATOM}}}updated", _rfc3339(feed.updated))
    _text(etree.SubElement(root, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", feed.author)
    for relation, kind, address in (
        ("self", "application/atom+xml", feed.atom),
        ("alternate", "text/html", feed.home),
    ):
        etree.SubElement(root, f"{{{_ATOM}}}link", rel=relation, type=kind, href=address)
    if feed.hub:
        etree.SubElement(root, f"{{{_ATOM}}}link", rel="hub", href=feed.hub)
    _text(root, f"{{{_ATOM}}}generator", _GENERATOR)
    return _filled(_serialise(root), b"</feed>", [entry.atom for entry in feed.entries])


def _entry(root: etree._Element, entry: FeedEntry) -> None:
    item = etree.SubElement(root, f"{{{_ATOM}}}entry", {_XML_LANG: entry.language})
    _text(item, f"{{{_ATOM}}}id", entry.guid)
    _text(item, f"{{{_ATOM}}}title", entry.title)
    etree.SubElement(item, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=entry.url)
    _text(item, f"{{{_ATOM}}}published", _rfc3339(entry.published or entry.updated))
    _text(item, f"{{{_ATOM}}}updated", _rfc3339(entry.updated))
    _text(etree.SubElement(item, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", entry.author)
    for category in entry.categories:
        etree.SubElement(item, f"{{{_ATOM}}}category", term=_clean(category))
    _text(item, f"{{{_ATOM}}}summary", entry.summary)
    _text(item, f"{{{_ATOM}}}content", entry.content).set("type", "html")


def json_feed(feed: Feed) -> bytes:
    """Give the feed as JSON Feed 1.1, UTF-8."""
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author}],
    }
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    document["items"] = []
    head = json.dumps(document, ensure_ascii=False, indent=1)
    items = ",\n".join(entry.json for entry in feed.entries)
    return (f"{head.removesuffix('[]' + chr(10) + '}')}[\n{items}\n ]\n}}\n" if items else f"{head}\n").encode()


def _json(entry: FeedEntry) -> dict[str, object]:
    return {
        "id": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "date_published": _rfc3339(entry.published or entry.updated),
        "date_modified": _rfc3339(entry.updated),
        "authors": [{"name": entry.author}],
        "language": entry.language,
        "tags": list(entry.categories),
    }


def _text(parent: etree._Element, tag: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, tag)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _serialise(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _inside(root: etree._Element, opened: bytes, closed: bytes) -> bytes:
    """Give what stands between two tags of a document."""
    written = etree.tostring(root, encoding="utf-8", pretty_print=True)
    return written[written.index(opened) + len(opened) : written.rindex(closed)]


def _filled(document: bytes, before: bytes, entries: Sequence[bytes]) -> bytes:
    """Put entries into a document, before the tag that closes what holds them."""
    place = document.rindex(before)
    return b"".join((document[:place], *entries, document[place:]))
