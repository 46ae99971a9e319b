"""Pictures of an article as its page, or the item of its feed, names them: which addresses are fit to be shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html

from briefing.model import Image
from briefing.text.cleaning import normalise

LONGEST_ADDRESS = 1_000
"""Characters of an address; signed ones of picture servers have some 300."""

LONGEST_ALT = 300
LOOKED_AT = 50
"""Pictures of one page or item that are looked at: publishers name the one that they mean first."""

LEAST = 100
"""Pixels of either side: what is declared smaller is an icon, a button or a counter of readers."""

_MOST = 20_000
_OWN_NETWORK = frozenset(
    {"alt", "corp", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "private"}
)
_UNFIT = re.compile(r"""[\x00-\x20\x7f-\x9f"<>\\^`{|}]""")
# What is no photograph: drawings that may hold scripts, icons, films, sounds, documents.
_OTHER_KINDS = re.compile(
    r"\.(?:svgz?|ico|cur|mp4|m4v|webm|mov|mp3|m4a|m3u8|pdf|html?|js|css|xml|json)$", re.IGNORECASE
)
# Words of a file's name by which a site names what is on all its pages alike, and those that do so where the name says
# little else: `pixel.gif`, but not a report's picture of a telephone.
_FURNITURE = frozenset({
    "avatar", "emoji", "favicon", "gravatar", "logo", "logos", "noimage", "noimg", "nophoto", "nopic", "placeholder",
    "smiley", "spacer", "sprite",
})  # fmt: skip
_OFTEN_FURNITURE = frozenset({
    "ad", "ads", "advert", "badge", "banner", "beacon", "blank", "button", "counter", "default", "dummy", "empty",
    "icon", "icons", "loading", "pixel", "tracker", "tracking", "transparent",
})  # fmt: skip
_WORDS = re.compile(r"[a-z]+")
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif)|(?:img|dsc|image|photo|screenshot)[\s_-]*\d*", re.IGNORECASE)
_OG = ("og:image", "og:image:url", "og:image:secure_url")
_TWITTER = ("twitter:image", "twitter:image:src")


def image(address: object, alt: object = "", width: object = None, height: object = None) -> Image | None:
    """Give a picture of what a stranger says of it, None where it is not one to show.

    The address must be absolute, http or https, without a login, of at most `LONGEST_ADDRESS` characters and by its
    name no drawing, icon or film; what is declared smaller than `LEAST` pixels, as pictures that count readers are, is
    refused. A text that is a file's name says nothing.
    """
    url = _address(address)
    wide, high = _pixels(width), _pixels(height)
    if url is None or any(side is not None and side < LEAST for side in (wide, high)):
        return None
    return Image(url, _alt(alt), wide, high)


def inward(url: str) -> bool:
    """Whether an address leads, by its name alone, into the network of whoever asks: a reader's own, in a mail.

    These are bare names, names reserved for networks of one's own (RFC 6761, 6762, 8375, 9476), and all addresses in
    numbers, in whichever way they are written: pictures of the public internet have names.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return True
    last = host.rpartition(".")[2].lower()
    numeric = last.isdigit() or last.startswith("0x") or ":" in host
    return numeric or "." not in host or last in _OWN_NETWORK or host.lower().endswith(".home.arpa")


def widest(found: Iterable[Image | None]) -> Image | None:
    """Give the picture of the greatest declared width among the first `LOOKED_AT`, the earlier of equals."""
    kept = [one for one in islice(found, LOOKED_AT) if one is not None]
    return max(kept, key=lambda one: one.width or 0, default=None)


def first(found: Iterable[Image | None]) -> Image | None:
    """Give the first picture among the first `LOOKED_AT`."""
    return next((one for one in islice(found, LOOKED_AT) if one is not None), None)


def image_of_page(tree: html.HtmlElement, stated: Iterable[Mapping[str, Any]]) -> Image | None:
    """Give the picture that a page says is its own: Open Graph, Twitter card, JSON-LD, in this order.

    ``stated`` are the objects of its JSON-LD that describe the article.
    """
    metas = list(_metas(tree))
    return first(_open_graph(metas)) or first(_twitter(metas)) or first(_json_ld(stated))


def image_of_fragment(tree: html.HtmlElement) -> Image | None:
    """Give the first picture inside the text of an item."""
    nodes = tree.iter("img")
    return first(image(node.get("src"), node.get("alt"), node.get("width"), node.get("height")) for node in nodes)


def told_apart(found: Image | None, title: str) -> Image | None:
    """Give the picture without a text that only says the headline again, which would be read out twice."""
    if found is None or not found.alt or _folded(found.alt) != _folded(title):
        return found
    return replace(found, alt="")


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _metas(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for node in tree.iterfind(".//meta"):
        name = (node.get("property") or node.get("name") or "").strip().lower()
        if name.startswith(("og:image", "twitter:image")):
            yield name, node.get("content") or ""


def _open_graph(metas: Iterable[tuple[str, str]]) -> Iterator[Image | None]:
    """Give the pictures of ``og:image``, each with the properties that stand behind it (https://ogp.me/#structured)."""
    pending: dict[str, str] = {}
    for name, value in metas:
        if name not in _OG:
            pending.setdefault(name, value)
            continue
        if name == "og:image" and pending.get("") not in (None, value):
            yield _structured(pending)
            pending = {}
        pending.setdefault("", value)
    if "" in pending:
        yield _structured(pending)


def _structured(pending: Mapping[str, str]) -> Image | None:
    if not pending.get("og:image:type", "image/").strip().lower().startswith("image/"):
        return None
    sizes = (pending.get("og:image:width"), pending.get("og:image:height"))
    return image(pending[""], pending.get("og:image:alt"), *sizes)


def _twitter(metas: Iterable[tuple[str, str]]) -> Iterator[Image | None]:
    given = dict(reversed(list(metas)))
    yield from (image(given[name], given.get("twitter:image:alt")) for name in _TWITTER if name in given)


def _json_ld(stated: Iterable[Mapping[str, Any]]) -> Iterator[Image | None]:
    """Give the pictures of schema.org's ``image``: an address, an ImageObject, or a list of them."""
    for item in stated:
        given = item.get("image")
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, dict):
                says = one.get("caption") or one.get("description")
                yield image(one.get("url") or one.get("contentUrl"), says, one.get("width"), one.get("height"))
            else:
                yield image(one)


def _address(given: object) -> str | None:
    """Give an address that may be asked for, None for a hostile one, or one of no photograph."""
    url = given.strip(" ").replace(" ", "%20") if isinstance(given, str) and len(given) <= LONGEST_ADDRESS else ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or port == 0:
        return None
    # Commands that reorder text would show another address than the one that is asked.
    if (
        len(url) > LONGEST_ADDRESS
        or _UNFIT.search(url)
        or any(unicodedata.category(char) in ("Cf", "Cs", "Cn", "Co") for char in url)
    ):
        return None
    name = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return None if _OTHER_KINDS.search(name) or _furniture(name) else normalise(url)


def _furniture(name: str) -> bool:
    """Whether a file's name is that of a logo, a placeholder or a counter of readers."""
    told = _WORDS.findall(name.rpartition(".")[0].lower() or name.lower())
    return bool(_FURNITURE.intersection(told)) or (len(told) <= 2 and bool(_OFTEN_FURNITURE.intersection(told)))


def _pixels(given: object) -> int | None:
    """Give a length in pixels; None for what is none (``50%``, ``auto``) or cannot be."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    found = re.fullmatch(r"\s*([0-9]{1,6})(?:\.[0-9]{0,6})?\s*(?:px)?\s*", str(given)[:40])
    return int(found[1]) if found and int(found[1]) <= _MOST else None


def _alt(given: object) -> str:
    if not isinstance(given, str):
        return ""
    text = " ".join(normalise(given[: 4 * LONGEST_ALT]).split())
    if len(text) > LONGEST_ALT:
        space = text.rfind(" ", LONGEST_ALT // 2, LONGEST_ALT)
        text = text[: space if space > 0 else LONGEST_ALT - 1].rstrip(" ,;:") + "…"
    return "" if _FILE.fullmatch(text) or not any(char.isalpha() for char in text) else text
