"""HTML: the lines of a page or of a feed's fragment, and what its head says about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape as html_unescape
from itertools import islice
from typing import Any

from lxml import etree, html

from briefing.extract.images import image_of_fragment, image_of_page
from briefing.model import Image

MAX_MARKUP = 1_000_000
"""Characters of HTML that are read; what follows is cut off at the end of a tag."""

_DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "form", "nav", "footer", "aside",
    "figure", "figcaption", "button", "select", "head", "dialog", "menu",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "details", "summary",
})  # fmt: skip
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created", "publish-date",
    "article.published", "date",
)  # fmt: skip
_HTML = re.compile(r"<!doctype html|<html[\s>]|<(?:body|article|div|p|head|meta)(?:\s[^<>]*)?>", re.IGNORECASE)
# trafilatura drops what does not print; Persian and Indic spelling needs it. The stand-ins are letters of no use today.
_STAND_INS = {"\u200c": "\ua66e", "\u200d": "\ua66d"}
_JOINERS = re.compile("[\u200c\u200d]|&zwnj;|&zwj;|&#820[45];|&#x200[cd];", re.IGNORECASE)
_TAG = re.compile(r"<(?:script|style)\b[^<]*(?:<(?!/)[^<]*)*</[^>]*>|<[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_STEPS = 400_000


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page's HTML gives: its text by lines, and its own statements about itself, unchecked.

    ``around`` is all visible text by lines, where ``text`` is only the main part of it. ``image`` is the picture that a
    page names as its own, or the first one inside a fragment.
    """

    text: str
    title: str | None = None
    heading: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    around: str = ""
    image: Image | None = None


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: a doctype or tags that only HTML has, near its beginning."""
    return bool(
        re.search(
            r"<!doctype html|<html[\s>]|<(?:body|article|div|p|head|meta)(?:\s[^<>]*)?>", text[:4_000], re.IGNORECASE
        )
    )


def read_markup(source: str, url: str | None = None) -> Markup:
    """Read a page or a fragment. Gives empty text, never an error, for what no parser can read."""
    source = _JOINERS.sub(lambda found: _STAND_INS[html_unescape(found[0])], _bounded(source))
    tree = _parse(source)
    if tree is None:
        return Markup(_joined(_TAG.sub("\n", source)))
    whole_page = bool(re.search(r"<(?:html|body|head)[\s>]", source[:20_000], re.IGNORECASE))
    stated = list(_json_ld(tree)) if whole_page else []
    found = Markup(
        text="",
        title=_meta(tree, "og:title", "twitter:title") or _stated(stated, "headline") or _text_of(tree, ".//title"),
        heading=_heading(tree),
        published=_published(tree, stated),
        url=_link(tree) or _meta(tree, "og:url"),
        outlet=_meta(tree, "og:site_name", "application-name") or _publisher(stated),
        language=tree.get("lang") or _meta(tree, "og:locale", "content-language"),
        image=image_of_page(tree, stated) if whole_page else image_of_fragment(tree),
    )
    text = _main_text(source) if whole_page else ""
    blocks = _block_text(tree) or _TAG.sub("\n", source)  # a tree too deep for the parser is read without one
    if len(text) < 200 or len(text) * 4 < _prose_length(blocks):
        text = blocks
    return replace(
        found,
        text=_joined(text),
        title=_joined(found.title) if found.title else None,
        heading=_joined(found.heading) if found.heading else None,
        outlet=_joined(found.outlet) if found.outlet else None,
        around=_joined(blocks),
    )


def _joined(text: str) -> str:
    """Put zero-width joiners and non-joiners back where their stand-ins are."""
    for joiner, stand_in in _STAND_INS.items():
        text = text.replace(stand_in, joiner)
    return text


def _bounded(source: str) -> str:
    if len(source) > MAX_MARKUP:
        cut = source.rfind(">", MAX_MARKUP // 2, MAX_MARKUP)
        source = source[: cut + 1 if cut > 0 else MAX_MARKUP]
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", source)


def _parse(source: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(source, parser=html.HTMLParser(huge_tree=False, recover=True, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _main_text(source: str) -> str:
    """Give trafilatura's main text, one paragraph a line; '' where it finds none."""
    from trafilatura import extract  # slow to import: only when a page comes

    try:
        return (
            extract(source, include_comments=False, include_tables=False, include_links=False, deduplicate=False) or ""
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, etree.LxmlError, RecursionError):
        return ""  # its own parser gave up on this page: the blocks are read instead


def _block_text(tree: html.HtmlElement) -> str:
    """Give the text of a tree, a block a line, without scripts, forms, navigation, figures and what is hidden."""
    pieces: list[str] = []
    skip_until: etree._Element | None = None
    steps = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in islice(steps, _MOST_STEPS):
        tag = node.tag if isinstance(node.tag, str) else None
        if event == "start" and skip_until is None:
            if tag in _DROPPED or node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
                skip_until = node
            else:
                pieces.append("\n" if tag in _BLOCKS else "")
                pieces.append(_spaced(node.text))
        elif event != "start":
            if skip_until is node:
                skip_until = None
            if skip_until is None:
                pieces.append("\n" if tag in _BLOCKS else "")
                pieces.append(_spaced(node.tail))
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _prose_length(text: str) -> int:
    return sum(len(line) for line in text.split("\n") if len(line) > 80)


def _meta(tree: html.HtmlElement, *names: str) -> str | None:
    for name in names:
        for node in tree.iterfind(".//meta"):
            key = (
                node.get("property") or node.get("name") or node.get("http-equiv") or node.get("itemprop") or ""
            ).lower()
            if key == name and (node.get("content") or "").strip():
                return str(node.get("content")).strip()
    return None


def _text_of(tree: html.HtmlElement, path: str) -> str | None:
    node = tree.find(path)
    text = " ".join("".join(node.itertext()).split()) if node is not None else ""
    return text or None


def _heading(tree: html.HtmlElement) -> str | None:
    """Give the page's one h1 (the longest, where it has a few)."""
    texts = [" ".join("".join(node.itertext()).split()) for node in tree.iterfind(".//h1")]
    return max((text for text in texts if text), key=len, default=None)


def _link(tree: html.HtmlElement) -> str | None:
    for node in tree.iterfind(".//link"):
        if (node.get("rel") or "").lower() == "canonical" and node.get("href"):
            return str(node.get("href"))
    return None


def _published(tree: html.HtmlElement, stated: list[dict[str, Any]]) -> str | None:
    times = (str(node.get("datetime")) for node in tree.iterfind(".//time") if node.get("datetime"))
    return _meta(tree, *_DATES) or _stated(stated, "datePublished") or next(times, None)


def _json_ld(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Give the objects of a page's JSON-LD that describe an article."""
    for node in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            found = json.loads("".join(node.itertext())[:200_000], strict=False)
        except (ValueError, RecursionError):
            continue
        graph = found.get("@graph", found) if isinstance(found, dict) else found
        for item in graph if isinstance(graph, list) else [graph]:
            if isinstance(item, dict) and "rticle" in str(item.get("@type")) + str(item.get("headline") and "rticle"):
                yield item


def _stated(stated: list[dict[str, Any]], key: str) -> str | None:
    return next((item[key].strip() for item in stated if isinstance(item.get(key), str) and item[key].strip()), None)


def _publisher(stated: list[dict[str, Any]]) -> str | None:
    for item in stated:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) and publisher["name"].strip():
            return str(publisher["name"]).strip()
    return None
