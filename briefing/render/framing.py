"""What every page of a site shares: its frame, its look, and the digest by which it is set again only if it changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from briefing.render.addresses import relative, rooted
from briefing.render.environment import environments, page_addresses
from briefing.render.feeding import Scope
from briefing.render.keeping import digest, kept, stamp
from briefing.render.site import FEED_FILES, FeedKind, Site, secure
from briefing.render.theme import theme

LOST = "404.html"
"""The page of an address that leads nowhere, which web servers show at any depth."""

_FEEDS: tuple[tuple[FeedKind, str, str], ...] = (
    ("rss", "application/rss+xml", "RSS"),
    ("atom", "application/atom+xml", "Atom"),
    ("json", "application/feed+json", "JSON Feed"),
)


def _standing(value: object) -> Hashable:
    """Give what stands for a value in a key: its hash, or a digest of its ``repr`` where it has none."""
    try:
        return hash(value)
    except TypeError:
        return digest(value)


def _addresses(site: Site, scope: Scope, here: str, local: Callable[[str], str]) -> Callable[[FeedKind], str]:
    """Give what gives the address of a page's feed in a form, as the page writes it."""
    folder = scope.path(site, "rss").removesuffix(FEED_FILES["rss"])
    if folder and folder == here.rpartition("/")[0] + "/":
        return FEED_FILES.__getitem__  # they lie beside it, as a storyline's do
    return lambda kind: local(site.url(scope.path(site, kind)))


class Frame:
    """A site's frame, from which pages are set."""

    def __init__(self, site: Site, folders: tuple[Path, ...]) -> None:
        self.site = site
        self.folders = folders
        self.look = theme(site.theme, folders)
        self.setting = environments(folders)
        self._ground = digest(site, folders, self.look, stamp(folders, "pages"))
        self._pieces: dict[tuple[object, ...], str] = {}

    def page(
        self,
        here: str,
        template: str,
        language: str,
        *,
        canonical: str | None = None,
        scope: Scope | None = None,
        known: Mapping[str, int] = MappingProxyType({}),
        **names: Any,
    ) -> bytes:
        """Give a page, set now or when it last held the same.

        ``names`` say in their ``repr`` all that they hold; ``known`` gives by name what stands for those whose
        ``repr`` need not be written, see `Digests`.
        """
        chosen = scope or Scope("site", "", self.site.title)
        canonical = here.removesuffix("index.html") if canonical is None else canonical
        held = tuple([(name, known[name] if name in known else _standing(value)) for name, value in names.items()])
        key = (self._ground, here, template, language, canonical, chosen, held)
        return kept(key, lambda: self._set(here, template, language, canonical, chosen, names))

    def _set(
        self, here: str, template: str, language: str, canonical: str, scope: Scope, names: Mapping[str, Any]
    ) -> bytes:
        site = self.site
        made = self.setting(language).get_template(template)
        # The page of a lost address is shown at any depth, where only whole paths lead home.
        local = rooted(site) if here == LOST else relative(site, here)
        known = {
            "site": site,
            "here": here,
            "canonical": canonical,
            "local": local,
            "feeds": _FEEDS,
            "feed_title": scope.title,
            "feed_path": lambda kind: scope.path(site, kind),
            "feed_address": _addresses(site, scope, here, local),
            "contact": secure(site.contact) or secure(f"mailto:{site.contact}"),
            "light": self.look.light,
            "dark": self.look.dark,
            "picture": None,
            "once": self._once,
        }
        before = page_addresses.set(local)
        try:
            return made.render(known | dict(names)).encode()
        finally:
            page_addresses.reset(before)

    def _once(self, piece: Callable[..., str], site: Site, *told: str) -> str:
        """Give what a piece makes for this site, set once for all pages of which the same is told."""
        key = (piece, *told)
        made = self._pieces.get(key)
        if made is None:
            made = self._pieces[key] = piece(site, *told)
        return made
