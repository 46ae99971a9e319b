"""HTML from strangers: made safe, made plain, and searched for the feeds that a page offers."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

import nh3

_LIMIT = 300_000  # characters of one entry that are kept
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},  # by their sizes pictures are told from those that count readers
    "time": {"datetime"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto"}
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d?);")
_PAGE = re.compile(r"<!doctype\s+html|<html|<head|<body", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z]{1,20})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_DEEPEST = 100  # elements in each other; no publisher needs more, and an HTML parser's time grows with their square
# These end by themselves, so that they are not in each other however many are open.
_FLAT = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd option tr td th thead tbody".split()  # noqa: SIM905
)


def safe(fragment: str, base: str) -> str:
    """Give HTML without scripts, styles and foreign schemes, its links absolute from the address ``base``."""
    return nh3.clean(
        _shallow(fragment[:_LIMIT]),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", base),
        link_rel=None,
    ).strip()


def plain(fragment: str) -> str:
    """Give the words of an HTML fragment in one line."""
    text = fragment[:_LIMIT]
    if _MARKUP.search(text):
        text = html.unescape(nh3.clean(_BREAK.sub(" ", _shallow(text)), tags=set()))
    return " ".join(text.split())


def is_markup(text: str) -> bool:
    """Whether a text holds tags or character references."""
    return _MARKUP.search(text[:_LIMIT]) is not None


def is_page(text: str) -> bool:
    """Whether a document begins as a web page does, whatever declarations and comments come first."""
    head = text[:10_000].lstrip()
    while head.startswith(("<?", "<!--")):
        head = head.partition("?>" if head.startswith("<?") else "-->")[2].lstrip()
    return _PAGE.match(head) is not None


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
    found = []
    for link in _LINK.finditer(page[:300_000]):
        given = {
            each[1].lower(): html.unescape(each[2] or each[3] or each[4] or "") for each in _ATTRIBUTE.finditer(link[1])
        }
        relations = given.get("rel", "").lower().split()
        if "alternate" in relations and given.get("type", "").lower().strip() in _FEED_TYPES and given.get("href"):
            found.append(web_address(given["href"], base))
    return tuple(dict.fromkeys(address for address in found if address))


def _shallow(fragment: str) -> str:
    """Give the fragment, its tags taken out where they are nested beyond all reason."""
    depth = 0
    for tag in _TAG.finditer(fragment):
        if tag[2].lower() not in _FLAT:
            depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            return re.sub(r"<[^<>]*>?", " ", fragment)
    return fragment
