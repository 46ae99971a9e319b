"""Addresses within the site, as pages write them: relative, so that the site may lie in any folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from briefing.render.site import Site


def relative(site: Site, here: str) -> Callable[[str], str]:
    """Give a function that makes an address of this site relative to the page ``here``; others stay as they are."""
    base = site.url()
    folder = posixpath.dirname(here)
    beside = f"{folder.partition('/')[0]}/"
    up = "../" * (folder.count("/") + 1)
    known: dict[str, str] = {}

    def local(url: str) -> str:
        made = known.get(url)
        if made is None:
            if not url.startswith(base):
                made = url
            elif not folder or url.startswith(beside, len(base)):
                made = _relative(url[len(base) :], folder)
            else:
                made = up + _named(url[len(base) :])  # nothing is shared with it: the usual case, by far the quickest
            known[url] = made
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
    if not made and hash_:
        return hash_ + fragment
    return _named((f"{made}/" if made and (not path or path.endswith("/")) else made) + hash_ + fragment)


@lru_cache(maxsize=4096)
def _named(address: str) -> str:
    """Give an address with the page of a folder named: one that is read from a disk has no server to look for it."""
    path, hash_, fragment = address.partition("#")
    return (path if path and not path.endswith("/") else f"{path}index.html") + hash_ + fragment


def rooted(site: Site) -> Callable[[str], str]:
    """Give a function that makes an address of this site a path from the host's root; others stay as they are."""
    base = site.url()
    root = urlsplit(base).path
    return lambda url: root + url[len(base) :] if url.startswith(base) else url


def path_of(url: str, site: Site) -> str:
    """Give the path under ``out/`` of an address of this site."""
    return unquote(url[len(site.url()) :].partition("#")[0])
