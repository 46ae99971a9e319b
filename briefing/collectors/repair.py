"""XML that may be broken, cut off or hostile, made well-formed in linear time.

libxml2 reads what is wrong as well as it can, never deeper than 256 elements, and resolves nothing. feedparser's own
second parser, for feeds that are not well-formed, takes minutes for a megabyte of ``<``, so it never gets one.
"""

from __future__ import annotations

import html
import re
from xml.parsers import expat

from lxml import etree

LIMIT_ELEMENTS = 100_000
_CAPTION = 1_000  # characters that are kept of what is said of a picture
_MEDIA = re.compile(r"^\{[^{}]*(?:mrss|media-rss)/?\}")
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)?")
_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


class TooManyElementsError(Exception):
    """A document holds more elements than any feed needs."""


def well_formed(text: str, items: int) -> tuple[bytes, int]:
    """Give a document in UTF-8, without declaration and DTD, as it is or mended, and how many items it has.

    Only the first ``items`` of them are kept. The bytes are empty where nothing is left of the document. Raises
    TooManyElementsError.
    """
    text = text.lstrip()
    if text.startswith("<?xml"):
        text = text.partition("?>")[2].lstrip()
    root = _parsed(text, recover=False)
    if root is None:
        root = _parsed(_AMPERSAND.sub(_reference, text), recover=True)
    if root is None:
        return b"", 0
    count = _trim(root, items)
    _set_captions_apart(root)
    _bind_prefixes(root)
    data: bytes = etree.tostring(root, encoding="utf-8", with_tail=False)
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        return b"", 0
    return data, count


def _parsed(text: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return root


def _reference(match: re.Match[str]) -> str:
    """Escape a bare ampersand; write what XML does not know, HTML's names and impossible numbers, as HTML reads it."""
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _PREDEFINED:
        return match[0]
    character = html.unescape(match[0])
    return "&amp;" + match[0][1:] if character == match[0] else html.escape(character)


def _trim(root: etree._Element, most: int) -> int:
    """Take out the items beyond the first ``most``; write text full of references in one piece, to be read faster."""
    items = [element for element in root.iter("{*}item", "{*}entry") if element.getparent() is not None]
    for element in items[most:]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for count, element in enumerate(root.iter("*")):
        if count > LIMIT_ELEMENTS:
            raise TooManyElementsError
        text = element.text or ""
        if text.count("<") + text.count("&") > 4 and "]]>" not in text:
            element.text = etree.CDATA(text)
    return len(items)


def _set_captions_apart(root: etree._Element) -> None:
    """Write what Media RSS says of a picture to the picture itself; feedparser takes it for what the item says.

    As the description of an item it stays only where the item has no other, as with films.
    """
    for element in list(root.iter("{*}description")):
        parent = element.getparent()
        if parent is None or not _MEDIA.match(str(element.tag)):
            continue
        about = str(parent.tag).rpartition("}")[2]
        if about in ("content", "thumbnail"):
            parent.set("description", (element.text or "")[:_CAPTION])
            parent.remove(element)
            continue
        item = parent.getparent() if about == "group" else parent
        if item is not None and any(_tells(child) for child in item):
            parent.remove(element)


def _tells(element: etree._Element) -> bool:
    """Whether an element is what an item says, and not what is said of its media."""
    tag = str(element.tag)
    return tag.rpartition("}")[2] in ("description", "summary", "content", "encoded") and not _MEDIA.match(tag)


def _bind_prefixes(root: etree._Element) -> None:
    """Bind the prefixes that nobody declared, of which libxml2 makes a part of the name."""
    for element in root.iter("*"):
        tag = str(element.tag)
        if ":" in tag and not tag.startswith("{"):
            prefix, _, name = tag.rpartition(":")
            name = name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name) else "unknown"
            element.tag = f"{{{_PREFIXES.get(prefix, 'urn:unknown')}}}{name}"
        for key in [key for key in element.attrib if ":" in str(key) and not str(key).startswith("{")]:
            del element.attrib[key]
