"""One file over HTTP as caches and feed readers want it: validators, conditional requests, compression.

Sources: RFC 9110 §8.8 (validators), §13 (conditional requests), RFC 9111 (caching).
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".opml": "text/x-opml; charset=utf-8",
    ".eml": "message/rfc822",
    ".webmanifest": "application/manifest+json",
}
_FEEDS = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}
FEEDS = tuple(_FEEDS)
"""The names of the files that feeds are in."""
_INCOMPRESSIBLE = (".png", ".jpg", ".ico", ".eml")

# Everything on our pages is our own; nothing may be framed, posted or scripted from elsewhere.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; frame-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# The same where pictures are shown from their sources: those alone may come from elsewhere.
WITH_REMOTE_PICTURES = SECURITY_HEADERS | {
    "Content-Security-Policy": SECURITY_HEADERS["Content-Security-Policy"].replace(
        "img-src 'self' data:", "img-src 'self' data: https:"
    )
}


def media_type(path: str) -> str:
    """Give the Content-Type of a published path; feeds are known by their file names."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return _FEEDS.get(name) or MEDIA_TYPES.get(name[dot:] if dot >= 0 else "", "application/octet-stream")


def respond(
    request: Request,
    path: str,
    body: bytes,
    modified: datetime,
    *,
    max_age: int = 300,
    links: Mapping[str, str] | None = None,
    remote_pictures: bool = False,
) -> Response:
    """Answer a GET or HEAD of one file: 200, or 304 where the client's copy is current.

    ``links`` are addresses by their relation (RFC 8288), as WebSub asks of feeds. The ETag is strong and differs by
    content coding, as RFC 9110 §8.8.3.3 asks; ``modified`` is in UTC. ``remote_pictures`` lets pages show pictures from
    any https address.
    """
    compressed = not path.endswith(_INCOMPRESSIBLE) and len(body) > 400 and _accepts_gzip(request)
    etag = f'"{_digest(body)}{"-gzip" if compressed else ""}"'
    modified = modified.astimezone(UTC).replace(microsecond=0)
    headers = (WITH_REMOTE_PICTURES if remote_pictures else SECURITY_HEADERS) | {
        "ETag": etag,
        "Last-Modified": format_datetime(modified, usegmt=True),
        "Cache-Control": f"max-age={max_age}",
        "Vary": "Accept-Encoding",
    }
    if links:
        headers["Link"] = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in links.items())
    if _is_current(request, etag, modified):
        return Response(status_code=304, headers=headers)
    if compressed:
        headers["Content-Encoding"] = "gzip"
        body = _gzipped(body)
    return Response(body, headers=headers | {"Content-Type": media_type(path)})


def composed(request: Request, body: bytes) -> Response:
    """Answer with an HTML page that was made for this request alone: compressed where it may be, and never kept."""
    headers = SECURITY_HEADERS | {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if _accepts_gzip(request):
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, compresslevel=6, mtime=0)
    return Response(body, headers=headers | {"Content-Type": "text/html; charset=utf-8"})


def missing(request: Request, page: bytes | None) -> Response:
    """Answer that there is nothing here: with the site's own page to whoever reads HTML, with a line to others."""
    if page is None or "text/html" not in request.headers.get("accept", ""):
        return Response("There is no such page here.\n", 404, SECURITY_HEADERS, "text/plain; charset=utf-8")
    return Response(page, 404, SECURITY_HEADERS, "text/html; charset=utf-8")


def _is_current(request: Request, etag: str, modified: datetime) -> bool:
    # If-None-Match outranks If-Modified-Since wherever it is present (RFC 9110 §13.2.2).
    given = request.headers.get("if-none-match")
    if given is not None:
        tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
        return "*" in tags or etag in tags
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    return modified <= (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def _accepts_gzip(request: Request) -> bool:
    for part in request.headers.get("accept-encoding", "").split(","):
        coding, _, weight = part.replace(" ", "").lower().partition(";q=")
        if coding == "gzip":
            return weight.rstrip("0").rstrip(".") not in ("0", "") or not weight
    return False


@lru_cache(maxsize=256)
def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


@lru_cache(maxsize=64)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)
