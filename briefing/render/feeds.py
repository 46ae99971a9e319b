"""One feed as RSS 2.0, Atom 1.0 and JSON Feed 1.1, all three listing the same entries.

Sources: RSS 2.0.11 (rssboard.org), the RSS content module, Media RSS 1.5.1, RFC 4287 (Atom), RFC 4151 (tag URIs),
JSON Feed 1.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property, lru_cache
from json.encoder import encode_basestring

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MEDIA = "http://search.yahoo.com/mrss/"
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>"
_GENERATOR = "briefing"
_quoted = encode_basestring  # what ``json.dumps`` writes of a text that need not be ASCII

# Characters that XML 1.0 cannot hold, not even as references (https://www.w3.org/TR/xml/#charsets); surrogates apart.
_CONTROLS = bytes(byte for byte in range(32) if chr(byte) not in "\t\n\r")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())

# What a reader could take for a tag or for a character reference, in text that is neither.
_TAG = re.compile(r"<(?=[/!?a-zA-Z])|(?<=[/\w\"'])>")
_REFERENCE = re.compile(r"&(?=#?\w+;)")


def words(text: str) -> str:
    """Give plain text that no reader takes for markup, even one that decodes it twice: ``<b>`` comes out as ``‹b›``."""
    if "<" in text or ">" in text:
        text = _TAG.sub(lambda match: "‹" if match[0] == "<" else "›", text)
    return _REFERENCE.sub("＆", text) if "&" in text else text


@dataclass(frozen=True, slots=True)
class FeedPicture:
    """The picture of an entry: its address, its size in pixels, whose it is; ``type`` is empty where it is unknown.

    What it shows is not said in feeds: many readers take a ``media:description`` for the entry's own text.
    """

    url: str
    width: int
    height: int
    credit: str
    type: str = ""

    def lines(self) -> tuple[str, ...]:
        """Give it as Media RSS."""
        kind = f' type="{_value(self.type)}"' if self.type else ""
        size = f'width="{self.width}" height="{self.height}"'
        return (
            f'  <media:content url="{_value(self.url)}"{kind} medium="image" {size}>',
            f"    <media:credit>{_text(self.credit)}</media:credit>",
            "  </media:content>",
        )


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
    picture: FeedPicture | None = None

    @cached_property
    def _content(self) -> bytes:
        return _cleaned(_text(self.content))

    @cached_property
    def rss(self) -> bytes:
        """The ``item`` of an RSS feed."""
        # description before content:encoded, because some readers show whichever comes last.
        above = _lines(
            "    ",
            "<item>",
            f"  <title>{_profiled(self.title)}</title>",
            f"  <link>{_text(self.url)}</link>",
            f"  <description>{_profiled(self.summary)}</description>",
        )
        below = _lines(
            "    ",
            *(f"  <category>{_profiled(category)}</category>" for category in self.categories),
            f'  <guid isPermaLink="false">{_text(self.guid)}</guid>',
            f"  <pubDate>{_rfc822(self.published or self.updated)}</pubDate>",
            *(self.picture.lines() if self.picture else ()),
            "</item>",
        )
        return b"".join((above, b"      <content:encoded>", self._content, b"</content:encoded>\n", below))

    @cached_property
    def atom(self) -> bytes:
        """The ``entry`` of an Atom feed."""
        above = _lines(
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
        )
        below = _lines("  ", *(self.picture.lines() if self.picture else ()), "</entry>")
        return b"".join((above, b'    <content type="html">', self._content, b"</content>\n", below))

    @cached_property
    def json(self) -> bytes:
        """The item of a JSON feed, indented as it stands there."""
        tags = ",".join(f"\n    {_quoted(category)}" for category in self.categories)
        members = (
            f'"id": {_quoted(self.guid)}',
            f'"url": {_quoted(self.url)}',
            f'"title": {_quoted(self.title)}',
            f'"content_html": {_quoted(self.content)}',
            f'"summary": {_quoted(self.summary)}',
            f'"date_published": "{_rfc3339(self.published or self.updated)}"',
            f'"date_modified": "{_rfc3339(self.updated)}"',
            f'"authors": [\n    {{\n     "name": {_quoted(self.author)}\n    }}\n   ]',
            f'"language": {_quoted(self.language)}',
            f'"tags": [{tags}\n   ]' if tags else '"tags": []',
            *((f'"image": {_quoted(self.picture.url)}',) if self.picture else ()),
        )
        return ("  {\n   " + ",\n   ".join(members) + "\n  }").encode()


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
        f'<rss xmlns:atom="{_ATOM}" xmlns:content="{_CONTENT}"{_media(feed)} version="2.0">',
        "  <channel>",
        f"    <title>{_profiled(feed.title)}</title>",
        f"    <link>{_text(feed.home)}</link>",
        f"    <description>{_profiled(feed.description)}</description>",
        f'    <atom:link rel="self" type="application/rss+xml" href="{_value(feed.rss)}"/>',
        *((f'    <atom:link rel="hub" href="{_value(feed.hub)}"/>',) if feed.hub else ()),
        f"    <language>{_text(feed.language.lower())}</language>",
        f"    <lastBuildDate>{_rfc822(feed.updated)}</lastBuildDate>",
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
        f'<feed xmlns="{_ATOM}"{_media(feed)} xml:lang="{_value(feed.language)}">',
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


def _media(feed: Feed) -> str:
    return f' xmlns:media="{_MEDIA}"' if any(entry.picture for entry in feed.entries) else ""


def json_feed(feed: Feed) -> bytes:
    """Give the feed as JSON Feed 1.1, UTF-8."""
    members = (
        '"version": "https://jsonfeed.org/version/1.1"',
        f'"title": {_quoted(feed.title)}',
        f'"home_page_url": {_quoted(feed.home)}',
        f'"feed_url": {_quoted(feed.json)}',
        f'"description": {_quoted(feed.description)}',
        f'"language": {_quoted(feed.language)}',
        f'"authors": [\n  {{\n   "name": {_quoted(feed.author)}\n  }}\n ]',
        *((f'"hubs": [\n  {{\n   "type": "WebSub",\n   "url": {_quoted(feed.hub)}\n  }}\n ]',) if feed.hub else ()),
    )
    head = ("{\n " + ",\n ".join(members) + ',\n "items": [').encode()
    items = b",".join([b"\n" + entry.json for entry in feed.entries])
    return b"".join((head, items, b"\n ]\n}\n" if items else b"]\n}\n"))


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
    return _cleaned("".join([f"{indent}{line}\n" for line in lines]))


def _cleaned(text: str) -> bytes:
    made = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    for noncharacter in _NONCHARACTERS:
        made = made.replace(noncharacter, b"")
    return made


@lru_cache(maxsize=512)  # the same few moments stand in every feed of a site
def _rfc822(moment: datetime) -> str:
    return format_datetime(moment)


@lru_cache(maxsize=512)
def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
