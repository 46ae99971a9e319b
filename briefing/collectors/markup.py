"""HTML from strangers: made safe, made plain, and searched for the feeds that a page offers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import nh3

_LIMIT = 1_000_000  # characters of one entry that are kept
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto"}
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d?);")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)", re.I | re.S)


def safe(fragment: str, base: str) -> str:
    """Give HTML without scripts, styles and foreign schemes, its links absolute from the address ``base``."""
    return nh3.clean(
        fragment[:_LIMIT],
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", base),
        link_rel=None,
    ).strip()


def plain(fragment: str) -> str:
    """Give the words of an HTML fragment in one line."""
    text = fragment[:_LIMIT]
    if _MARKUP.search(text):
        text = html.unescape(nh3.clean(re.sub(r"<(?:br|/p|/div|/li)\b[^>]*>", " ", text, flags=re.I), tags=set()))
    return " ".join(text.split())


def is_markup(text: str) -> bool:
    """Whether a text holds tags or character references."""
    return _MARKUP.search(text[:_LIMIT]) is not None


def is_page(text: str) -> bool:
    """Whether a document begins as a web page does."""
    return _PAGE.match(text[:10_000]) is not None


def web_address(link: str | None, base: str = "") -> str | None:
    """Give an absolute http or https address, None for everything else."""
    try:
        address = urljoin(base, (link or "").strip())
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(address) <= 2000
    except ValueError:
        return None
    return re.sub(r"\s", "%20", address) if good else None


def offered_feeds(page: str, base: str) -> tuple[str, ...]:
    """Give the addresses of the feeds that a web page names in its head, in its order."""
    finder = _Finder()
    finder.feed(page[:300_000])
    found = (web_address(link, base) for link in finder.links)
    return tuple(dict.fromkeys(address for address in found if address))


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        alternate = tag == "link" and "alternate" in given.get("rel", "").lower().split()
        if alternate and given.get("type", "").lower().strip() in _FEED_TYPES and given.get("href"):
            self.links.append(given["href"])
