"""One feed as RSS 2.0, Atom 1.0 and JSON Feed 1.1, all three listing the same entries.

Sources: RSS 2.0.11 (rssboard.org), the RSS content module, RFC 4287 (Atom), RFC 4151 (tag URIs), JSON Feed 1.1.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>"
_GENERATOR = "briefing"
_quoted = json.JSONEncoder(ensure_ascii=False).encode

# Characters that XML 1.0 cannot hold, not even as references (https://www.w3.org/TR/xml/#charsets); surrogates apart.
_CONTROLS = bytes(byte for byte in range(32) if chr(byte) not in "\t\n\r")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())

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
        # description before content:encoded, because some readers show whichever comes last.
        return _lines(
            "    ",
            "<item>",
            f"  <title>{_profiled(self.title)}</title>",
            f"  <link>{_text(self.url)}</link>",
            f"  <description>{_profiled(self.summary)}</description>",
            f"  <content:encoded>{_text(self.content)}</content:encoded>",
            *(f"  <category>{_profiled(category)}</category>" for category in self.categories),
            f'  <guid isPermaLink="false">{_text(self.guid)}</guid>',
            f"  <pubDate>{format_datetime(self.published or self.updated)}</pubDate>",
            "</item>",
        )

    @cached_property
    def atom(self) -> bytes:
        """The ``entry`` of an Atom feed."""
        return _lines(
            "  ",
            f'<entry xml:lang="{_value(self.language)}">',
            f"  <id>{_text(self.guid)}</id>",
            f"  <title>{_text(self.title)}</title>",
            f'  <link rel="alternate" type="text/html" href="{_value(self.url)}"/>',
            f"  <published>{_rfc3339(self.published or self.updated)}</published>",
            f"  <updated>{_rfc3339(self.updated)}</updated>",
            *("  <author>", f"    <name>{_text(self.author)}</name>", "  </author>"),
            *(f'  <category term="{_value(category)}"/>' for category in self.categories),
            f"  <summary>{_text(self.summary)}</summary>",
            f'  <content type="html">{_text(self.content)}</content>',
            "</entry>",
        )

    @cached_property
    def json(self) -> str:
        """The item of a JSON feed, indented as it stands there."""
        return f"  {_indented(_json(self), 2)}"


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
    head = _lines(
        "",
        _DECLARATION,
        f'<rss xmlns:atom="{_ATOM}" xmlns:content="{_CONTENT}" version="2.0">',
        "  <channel>",
        f"    <title>{_profiled(feed.title)}</title>",
        f"    <link>{_text(feed.home)}</link>",
        f"    <description>{_profiled(feed.description)}</description>",
        f'    <atom:link rel="self" type="application/rss+xml" href="{_value(feed.rss)}"/>',
        *((f'    <atom:link rel="hub" href="{_value(feed.hub)}"/>',) if feed.hub else ()),
        f"    <language>{_text(feed.language.lower())}</language>",
        f"    <lastBuildDate>{format_datetime(feed.updated)}</lastBuildDate>",
        "    <docs>https://www.rssboard.org/rss-specification</docs>",
        f"    <generator>{_GENERATOR}</generator>",
        f"    <ttl>{feed.ttl_minutes}</ttl>",
    )
    return b"".join((head, *(entry.rss for entry in feed.entries), b"  </channel>\n</rss>\n"))


def atom(feed: Feed) -> bytes:
    """Give the feed as Atom 1.0, UTF-8."""
    head = _lines(
        "",
        _DECLARATION,
        f'<feed xmlns="{_ATOM}" xml:lang="{_value(feed.language)}">',
        f"  <id>{_text(feed.guid)}</id>",
        f"  <title>{_text(feed.title)}</title>",
        f"  <subtitle>{_text(feed.description)}</subtitle>",
        f"  <updated>{_rfc3339(feed.updated)}</updated>",
        *("  <author>", f"    <name>{_text(feed.author)}</name>", "  </author>"),
        f'  <link rel="self" type="application/atom+xml" href="{_value(feed.atom)}"/>',
        f'  <link rel="alternate" type="text/html" href="{_value(feed.home)}"/>',
        *((f'  <link rel="hub" href="{_value(feed.hub)}"/>',) if feed.hub else ()),
        f"  <generator>{_GENERATOR}</generator>",
    )
    return b"".join((head, *(entry.atom for entry in feed.entries), b"</feed>\n"))


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
    head = _indented(document)
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


def _indented(value: object, depth: int = 0) -> str:
    """Give text, lists and mappings as ``json.dumps`` with an indent of one does; it only writes in C without one."""
    lead = "\n" + " " * (depth + 1)
    if isinstance(value, dict):
        held = [f"{lead}{_quoted(name)}: {_indented(item, depth + 1)}" for name, item in value.items()]
        return f"{{{','.join(held)}{lead[:-1]}}}"
    if isinstance(value, list):
        held = [f"{lead}{_indented(item, depth + 1)}" for item in value]
        return f"[{','.join(held)}{lead[:-1]}]" if held else "[]"
    return _quoted(value)


def _text(text: str) -> str:
    """Give text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _value(text: str) -> str:
    """Give text as it stands in a value between double quotes, where XML takes lines and tabs for spaces."""
    return _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _profiled(text: str) -> str:
    """Give plain text as the RSS Advisory Board's profile asks, so that no reader takes & and < in it for markup."""
    return text.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;").replace("\r", "&#13;")


def _lines(indent: str, *lines: str) -> bytes:
    """Give lines of XML, without what XML cannot hold."""
    made = "".join([f"{indent}{line}\n" for line in lines]).encode("utf-8", "ignore").translate(None, _CONTROLS)
    for noncharacter in _NONCHARACTERS:
        made = made.replace(noncharacter, b"")
    return made


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
