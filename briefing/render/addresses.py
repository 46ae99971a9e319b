"""Addresses within the site, as pages write them: relative, so that the site may lie in any folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from briefing.render.site import Site


def relative(site: Site, here: str) -> Callable[[str], str]:
    """Give a function that makes an address of this site relative to the page ``here``; others stay as they are."""
    base = site.url()
    folder = posixpath.dirname(here)
    known: dict[str, str] = {}

    def local(url: str) -> str:
        made = known.get(url)
        if made is None:
            made = known[url] = _relative(url[len(base) :], folder) if url.startswith(base) else url
        return made

    return local


def _relative(address: str, folder: str) -> str:
    path, hash_, fragment = address.partition("#")
    up = folder.split("/") if folder else []
    down = path.removesuffix("/").split("/") if path else []
    shared = 0
    while shared < min(len(up), len(down)) and up[shared] == down[shared]:
        shared += 1
    made = "/".join([".."] * (len(up) - shared) + down[shared:])
    if path and not path.endswith("/"):
        return made + hash_ + fragment
    if not made and hash_:
        return hash_ + fragment
    # Named in full, because a page that is read from a file has no server that would look for the folder's page.
    return (f"{made}/" if made else "") + "index.html" + hash_ + fragment


def rooted(site: Site) -> Callable[[str], str]:
    """Give a function that makes an address of this site a path from the host's root; others stay as they are."""
    base = site.url()
    root = urlsplit(base).path
    return lambda url: root + url[len(base) :] if url.startswith(base) else url


def path_of(url: str, site: Site) -> str:
    """Give the path under ``out/`` of an address of this site."""
    return unquote(url[len(site.url()) :].partition("#")[0])
