"""A document under proof: its source, its elements, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree, html

from briefing.proof.findings import Hit, Place
from briefing.proof.styles import Computed, Element, Sheet, computed, parsed

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN = ("script", "style", "title", "head", "template", "noscript")


class Document:
    """One HTML document, read once for all checks of it."""

    def __init__(self, source: str, sheets: tuple[str, ...] = ()) -> None:
        """``sheets`` are the texts of style sheets that the document links to."""
        self.source = source
        self._sheets = sheets

    @cached_property
    def root(self) -> Element:
        """The ``html`` element; an empty one where the source holds none."""
        parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
        source = _DECLARATION.sub("", self.source).encode("utf-8", "replace")
        try:
            return html.document_fromstring(source, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError):
            return html.document_fromstring("<html></html>")

    @cached_property
    def elements(self) -> list[Element]:
        """Every element in document order."""
        return [item for item in self.root.iter() if isinstance(item.tag, str)]

    @cached_property
    def _places(self) -> dict[Element, Place]:
        counts: dict[str, int] = {}
        found = {}
        for item in self.elements:
            found[item] = Place(item.tag, counts.get(item.tag, 0), item.sourceline or 1)
            counts[item.tag] = found[item].index + 1
        return found

    @cached_property
    def body(self) -> Element:
        """The ``body`` element; the root where there is none."""
        found = self.root.find("body")
        return self.root if found is None else found

    @cached_property
    def sheet(self) -> Sheet:
        """The rules of every style sheet the document holds or links to."""
        held = [
            text if not (media := item.get("media")) else f"@media {media} {{{text}}}"
            for item in self.root.iter("style")
            if (text := item.text or "")
        ]
        return parsed("\n".join((*self._sheets, *held)))

    def computed(self, scheme: str) -> dict[Element, Computed]:
        """Give what each element of the body looks like in ``light`` or ``dark``."""
        return computed(self.root, self.sheet, scheme)

    def all(self, *tags: str) -> Iterator[Element]:
        """Give the elements of these names in document order."""
        return (item for item in self.elements if item.tag in tags)

    def hit(self, rule: str, text: str, element: Element | None = None) -> Hit:
        """Give a hit that stands at an element."""
        return Hit(rule, text, None if element is None else self._places.get(element))


def words(element: Element) -> str:
    """Give an element's text in single spaces, with what its pictures say."""
    pieces: list[str] = []
    for item in element.iter():
        if item.tag == "img":
            pieces.append(f" {item.get('alt') or ''} ")
        elif isinstance(item.tag, str) and item.tag not in _HIDDEN:
            pieces.append(item.text or "")
        if item is not element:
            pieces.append(item.tail or "")
    return " ".join("".join(pieces).split())


def hidden(element: Element) -> bool:
    """Whether an element's own style hides it."""
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()
