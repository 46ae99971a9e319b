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

    def local(url: str) -> str:
        if not url.startswith(base):
            return url
        path, hash_, fragment = url[len(base) :].partition("#")
        trailing = "/" if path.endswith("/") else ""
        made = posixpath.relpath(path or ".", folder or ".") + (trailing if path else "/")
        return ("" if made == "./" and hash_ else made) + hash_ + fragment

    return local


def rooted(site: Site) -> Callable[[str], str]:
    """Give a function that makes an address of this site a path from the host's root; others stay as they are."""
    base = site.url()
    root = urlsplit(base).path
    return lambda url: root + url[len(base) :] if url.startswith(base) else url


def path_of(url: str, site: Site) -> str:
    """Give the path under ``out/`` of an address of this site."""
    return unquote(url[len(site.url()) :].partition("#")[0])
