"""A page of the site: what browsers, assistive technology and its own security policy ask of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from briefing.proof import markup
from briefing.proof.document import Document, words
from briefing.proof.findings import Finding, Hit, gathered, shortened

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def check_page(source: str, style: str = "") -> tuple[Finding, ...]:
    """Check a page and give what is not as it should be, the wrong ones first; ``style`` is the sheet it links to."""
    page = Document(source, (style,) if style else ())
    if not words(page.body):
        return gathered("page", [Hit("unreadable", "there is nothing in it")])
    return gathered("page", _hits(page))


def _hits(page: Document) -> Iterator[Hit]:
    yield from markup.language(page)
    yield from markup.outline(page)
    yield from _landmarks(page)
    yield from _code(page)
    yield from markup.colours(page)
    yield from markup.sizes(page, reading=False)
    yield from markup.pictures(page, remote=False)
    yield from markup.links(page, local="http")
    if not any(item.get("type") in _FEEDS and item.get("rel") == "alternate" for item in page.all("link")):
        yield Hit("feed-discovery", "no feed is linked in <head>")


def _landmarks(page: Document) -> Iterator[Hit]:
    mains = list(page.all("main"))
    if len(mains) != 1:
        yield Hit("landmark", f"{len(mains)} elements <main>")
        return
    opening = next((item for item in page.body.iter("a") if item.get("href")), None)
    targets = {f"#{item.get('id')}" for item in (mains[0], *mains[0].iterdescendants()) if item.get("id")}
    if opening is None or opening.get("href") not in targets:
        yield page.hit("skip-link", "the first link does not lead to the content", opening)


def _code(page: Document) -> Iterator[Hit]:
    for item in page.elements:
        if item.get("style") is not None:
            yield page.hit("inline-code", f"a style of its own on <{item.tag}>", item)
        for name in item.attrib:
            if name.startswith("on"):
                yield page.hit("inline-code", f"{name} of <{item.tag}>", item)
    for item in page.all("script", "style"):
        data = item.tag == "script" and "json" in (item.get("type") or "")
        if (item.text or "").strip() and not data:
            yield page.hit("inline-code", f"<{item.tag}> in the page", item)
    ids = Counter(item.get("id") for item in page.elements if item.get("id"))
    for item in page.elements:
        if (count := ids[item.get("id")]) > 1:
            yield page.hit("duplicate-id", f"the id {shortened(item.get('id') or '')} is there {count} times", item)
