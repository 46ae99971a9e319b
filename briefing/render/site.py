"""Where everything that is published lives: the one place that knows the layout of ``out/``.

Mail, pages and feeds build their links here, so that a path is written once and every link is absolute and https.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

FeedKind = Literal["rss", "atom", "json"]

FEED_FILES: dict[FeedKind, str] = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}

_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d*)?")


@lru_cache(maxsize=4096)
def secure(url: str) -> str:
    """Give a link that may be published: ``http`` raised to ``https``, unsafe characters percent-encoded.

    Only ``https`` and ``mailto`` links come out; anything else (``javascript:``, a path, nonsense) gives ``""``.
    """
    try:
        parts = urlsplit(url.strip())
        if parts.scheme == "mailto" and "@" in parts.path:
            return f"mailto:{_encoded(parts.path)}" + (f"?{_encoded(parts.query, '?')}" if parts.query else "")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.hostname.endswith(".invalid"):
            return ""  # RFC 2606: .invalid is nobody's, and what stands in a mail until a subscriber's own is known
        host = parts.netloc.rpartition("@")[2].encode("idna").decode("ascii") if not parts.netloc.isascii() else None
        port = parts.port
    except (ValueError, UnicodeError):
        return ""
    netloc = host or parts.netloc.rpartition("@")[2]
    if parts.scheme == "http" and port == 80:
        netloc = netloc.removesuffix(":80")
    if _HOST.fullmatch(netloc) is None:
        return ""
    return urlunsplit(
        ("https", netloc, _encoded(parts.path), _encoded(parts.query, "?"), _encoded(parts.fragment, "?"))
    )


def _encoded(part: str, more: str = "") -> str:
    """Give a part of a URL with everything percent-encoded that RFC 3986 does not let stand there."""
    return quote(_BARE_PERCENT.sub("%25", part), safe="%/:@!$&()*+,;=~-._" + more)


@lru_cache(maxsize=16_384)
def _published(base: str, path: str) -> str:
    return secure(f"{base.rstrip('/')}/{quote(path, safe='/#')}")


FeedEntries = Literal["storylines", "editions"]


@dataclass(frozen=True, slots=True)
class Publication:
    """A newsletter as the site lists it: its slug, its title, the language of its interface.

    ``entries`` says what an entry of its feed is: an update of a storyline, or a whole edition.
    """

    slug: str
    title: str
    language: str = "en"
    entries: FeedEntries = "storylines"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that the site is made of, as others may subscribe to it."""

    title: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What mail, pages and feeds of one installation share.

    ``base_url`` is where ``out/`` is served; ``contact`` a URL or address a reader can write to; ``theme`` names a
    theme of `briefing.render.theme`; ``postal_address`` is printed at the foot of every mail, as the law of many
    countries asks; ``sources`` are (slug, name) pairs, ``subscriptions`` those of them that others may know; ``hub`` is
    the WebSub hub that is told of new entries. Paths are relative to ``out/``, with forward slashes, and end
    in ``/`` where they are folders.
    """

    base_url: str
    title: str
    language: str = "en"
    contact: str = ""
    theme: str = "morning"
    postal_address: str = ""
    publications: tuple[Publication, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    hub: str | None = None

    def source_name(self, slug: str) -> str:
        """Give a source's name as readers know it; its slug where it has none."""
        return next((name for key, name in self.sources if key == slug), slug)

    def unsubscribe_path(self) -> str:
        """Give the path of what a mail's public copy leads to instead of a subscriber's own link."""
        return self.subscribe_path() + "#unsubscribe"

    def url(self, path: str = "") -> str:
        """Give the absolute https URL of a path under ``out/``."""
        return _published(self.base_url, path)

    def edition_path(self, day: date, newsletter: str, file: str = "") -> str:
        """Give the path of an edition's folder, or of a file in it (``email.html``, ``edition.json``)."""
        return f"editions/{day.isoformat()}/{newsletter}/{file}"

    def storyline_path(self, slug: str, file: str = "") -> str:
        """Give the path of a storyline's folder, or of a file in it."""
        return f"storylines/{slug}/{file}"

    def archive_path(self) -> str:
        """Give the path of the list of all editions."""
        return "archive/"

    def search_path(self) -> str:
        """Give the path of the page that searches storylines."""
        return "search/"

    def sources_path(self) -> str:
        """Give the path of the list of sources as OPML."""
        return "subscribe/sources.opml"

    def subscribe_path(self) -> str:
        """Give the path of the page that tells people how to follow this site."""
        return "subscribe/"

    def feed_path(
        self,
        kind: FeedKind = "rss",
        *,
        newsletter: str | None = None,
        storyline: str | None = None,
        language: str | None = None,
        category: str | None = None,
    ) -> str:
        """Give the path of a feed: of the whole site, or narrowed to one thing (the first that is given)."""
        if storyline is not None:
            folder = f"storylines/{storyline}/"
        elif newsletter is not None:
            folder = f"newsletters/{newsletter}/"
        elif language is not None:
            folder = f"languages/{language}/"
        else:
            folder = f"categories/{category}/" if category is not None else ""
        return folder + FEED_FILES[kind]

    def edition_url(self, day: date, newsletter: str, file: str = "") -> str:
        """Give the URL of an edition's page."""
        return self.url(self.edition_path(day, newsletter, file))

    def storyline_url(self, slug: str, file: str = "") -> str:
        """Give the URL of a storyline's page."""
        return self.url(self.storyline_path(slug, file))

    def reference_url(self, slug: str, article: str) -> str:
        """Give the URL of an article's line among the sources of a storyline's page (``#a-ID``)."""
        return self.url(self.storyline_path(slug) + f"#a-{article}")
