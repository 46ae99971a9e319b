"""Addresses within the site, as pages write them: relative, so that the site may lie in any folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

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
