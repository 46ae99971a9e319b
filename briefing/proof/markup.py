"""What holds for mails and pages alike: language, outline, links, pictures, contrast and the size of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.proof.document import Document, words
from briefing.proof.findings import Finding, Hit, gathered, generic_links, shortened
from briefing.proof.styles import Element, colour_of, contrast

LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0
LEAST_SIZE, LEAST_BODY = 12, 16

READ = 2
"""So many times as much small print as text for reading is the most: sources and notes are long."""

_SCHEMES = ("light", "dark")
_MARKS = " .…»›>→←↗«‹:!"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SEEN = re.compile(r"\w")
_ZOOM = re.compile(r"user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*1(\.0*)?(?![\d.])")
_ON = {"ink": ("paper", "desk", "tint"), "muted": ("paper", "desk", "tint"), "accent": ("paper", "desk", "tint")}


def palette(name: str, schemes: Mapping[str, Mapping[str, str]]) -> tuple[Finding, ...]:
    """Check a theme's tokens: each text colour at 4.5 to 1 on each ground, in ``light`` and in ``dark``.

    ``schemes`` gives each scheme's colours by token, as ``#rrggbb``.
    """
    return gathered("theme", _pairs(name, schemes))


def _pairs(name: str, schemes: Mapping[str, Mapping[str, str]]) -> Iterator[Hit]:
    for scheme, tokens in schemes.items():
        for text, grounds in _ON.items():
            for ground in grounds:
                one, other = colour_of(tokens.get(text, "")), colour_of(tokens.get(ground, ""))
                if one and other and (found := contrast(one, other)) < LEAST_CONTRAST:
                    said = f"theme {name}, {scheme}: {text} on {ground} has {found:.2f} to 1, of {LEAST_CONTRAST}"
                    yield Hit("contrast", said)


def language(page: Document) -> Iterator[Hit]:
    """Check that the document says its language, direction, title, encoding and view."""
    root = page.root
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", root.get("lang") or "") or root.get("lang") == "und":
        yield Hit("language", f"<html> has lang={root.get('lang') or ''!r}")
    if root.get("dir") not in ("ltr", "rtl"):
        yield Hit("direction", f"<html> has dir={root.get('dir') or ''!r}")
    title = next(page.all("title"), None)
    if title is None or not (title.text or "").strip():
        yield Hit("title", "there is no title")
    if not re.search(r"charset\s*=\s*[\"']?utf-8", page.source[:4000], re.IGNORECASE):
        yield Hit("charset", "no charset is declared among the first 4,000 characters")
    view = metas(page).get("viewport", "").replace(" ", "")
    if "width=device-width" not in view:
        yield Hit("viewport", f"the viewport is {view!r}")
    if _ZOOM.search(view):
        yield Hit("zoom", f"the viewport forbids enlarging: {view}")


def metas(page: Document) -> dict[str, str]:
    """Give the content of each ``meta`` by its name, in lower case."""
    return {
        (item.get("name") or item.get("http-equiv") or "").lower(): (item.get("content") or "").lower()
        for item in page.all("meta")
    }


def outline(page: Document) -> Iterator[Hit]:
    """Check the headings: one of level one, none left out, none empty."""
    heads = list(page.all("h1", "h2", "h3", "h4", "h5", "h6"))
    levels = [int(item.tag[1]) for item in heads]
    if levels.count(1) != 1:
        where = [item for item in heads if item.tag == "h1"]
        yield page.hit("first-heading", f"{levels.count(1)} headings of level one", where[1] if where[1:] else None)
    for before, after, item in zip(levels, levels[1:], heads[1:], strict=False):
        if after - before > 1:
            yield page.hit("heading-order", f"h{before} is followed by h{after}", item)
    for item in heads:
        if not words(item):
            yield page.hit("empty-heading", f"an empty {item.tag}", item)


def links(page: Document, local: str | None = None) -> Iterator[Hit]:
    """Check where links lead and what they say; ``local`` is the scheme links may have besides https, mailto, tel."""
    texts: dict[str, dict[str, Element]] = {}
    ids = {item.get("id") for item in page.elements} | {item.get("name") for item in page.all("a")}
    for link in page.all("a"):
        if link.get("href") is None and (link.get("name") or link.get("id")):
            continue
        target = (link.get("href") or "").strip()
        name = words(link) or link.get("aria-label") or ""
        if not target:
            yield page.hit("link-empty", f"a link without an address: {shortened(name)}", link)
            continue
        if not name:
            yield page.hit("link-name", f"a link without text to {shortened(target)}", link)
        if target.startswith("#"):
            if target != "#top" and target[1:] not in ids:
                yield page.hit("link-lost", f"{shortened(target)} is not in the document", link)
            continue
        if not _leads(target, local):
            yield page.hit("link-scheme", f"a link to {shortened(target)}", link)
        if name.lower().strip(_MARKS) in generic_links():
            yield page.hit("link-generic", f"“{shortened(name)}”", link)
        texts.setdefault(name, {}).setdefault(target, link)
    for name, targets in texts.items():
        if name and len(targets) > 1:
            for link in targets.values():
                yield page.hit("link-ambiguous", f"“{shortened(name)}” leads to {len(targets)} places", link)


def _leads(target: str, local: str | None) -> bool:
    scheme = _SCHEME.match(target)
    return local is not None if scheme is None else scheme[1].lower() in ("https", "mailto", "tel", local)


def pictures(page: Document, remote: bool) -> Iterator[Hit]:
    """Check pictures: what they say, their sizes, and, where ``remote``, that they come over https or along."""
    for item in page.all("img"):
        source = (item.get("src") or "").strip()
        named = shortened(source or "without an address")
        if item.get("alt") is None:
            yield page.hit("image-text", f"the picture {named}", item)
        if not item.get("width") or not item.get("height"):
            yield page.hit("image-size", f"the picture {named}", item)
        if remote and not source.startswith(("https://", "cid:")):
            yield page.hit("image-source", f"the picture {named}", item)


def colours(page: Document) -> Iterator[Hit]:
    """Check the contrast of every text against what it stands on, light and dark (WCAG 2.2, 1.4.3)."""
    for scheme in _SCHEMES:
        looks = page.computed(scheme)
        for element in page.elements:
            look = looks[element]
            if not look.shown or look.colour is None or look.ground is None or not _own_text(element):
                continue
            found = contrast(look.colour, look.ground)
            least = LEAST_CONTRAST_LARGE if look.large else LEAST_CONTRAST
            if found < least:
                said = f"{_hex(look.colour)} on {_hex(look.ground)} has {found:.2f} to 1, of {least}, in {scheme}"
                yield page.hit("contrast", said, element)


def sizes(page: Document, reading: bool) -> Iterator[Hit]:
    """Check that no text is too small, and, where it is for reading, that most of it is large enough."""
    looks = page.computed("light")
    large = small = 0
    for element in page.elements:
        look, text = looks[element], _own_text(element)
        if not look.shown or not text:
            continue
        if element.tag != "a":
            large, small = (large + len(text), small) if look.size >= LEAST_BODY else (large, small + len(text))
        if look.size < LEAST_SIZE:
            yield page.hit("small-text", f"text of {look.size:g} pixels", element)
    if reading and large * READ < small:
        share = round(100 * large / (large + small))
        yield Hit("body-size", f"{share} % of the text, links apart, has {LEAST_BODY} pixels or more")


def _own_text(element: Element) -> str:
    """Give the text that stands in an element itself, as far as it holds something to read."""
    text = "".join((element.text or "", *(child.tail or "" for child in element))).strip()
    return text if _SEEN.search(text) else ""


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in colour)
