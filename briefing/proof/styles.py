"""What a document looks like, as far as its contrast and its sizes go: a cascade of colours, backgrounds and sizes.

Follows CSS Cascading 4 §6 (importance, specificity, order), Media Queries 4 for colour scheme and width, and CSS Custom
Properties for those of the root. What it cannot tell (gradients, pictures, mixtures) it leaves open, and nothing is
judged by what is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse
from lxml import etree
from tinycss2.color4 import parse_color

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

Element = Any
"""An element of lxml, whose stubs know no document without comments and processing instructions."""

WIDTH = 640
"""Pixels of the view that width queries are answered for: a mail on a desktop."""

_LIMIT = 200_000
"""Characters of style that are read; the rest is not judged."""

_NAMES = frozenset(["color", "background", "background-color", "font-size", "font-weight", "font", "display"])
_WIDTHS = re.compile(r"\((min|max)-width\s*:\s*([\d.]+)(px|em|rem)\)")
_SCHEME = re.compile(r"\(prefers-color-scheme\s*:\s*(light|dark)\)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_LENGTH = re.compile(r"([\d.]+)(px|em|rem|pt|%)")
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "small": 0.83, "sub": 0.83, "sup": 0.83}
_BOLD = ("h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th")
_UNSHOWN = ("head", "style", "script", "title", "template")


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations: (name, value, important); ``media`` are the conditions around it."""

    path: str
    specificity: tuple[int, int, int]
    media: tuple[str, ...]
    declarations: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rules of a document's style sheets in order, and the imports and fonts that they ask for."""

    rules: tuple[Rule, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """How an element's own text is set: None for a colour that cannot be told."""

    colour: Colour | None
    ground: Colour | None
    size: float
    bold: bool
    shown: bool

    @property
    def large(self) -> bool:
        """Whether WCAG 1.4.3 counts it as large text: 24 pixels, or bold ones of 18.66."""
        return self.size >= 24 or (self.bold and self.size >= 18.66)


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=1024)
def colour_of(value: str) -> Colour | None:
    """Give an opaque colour of a CSS value, or None for all else."""
    found = parse_color(value.strip())
    if found is None or isinstance(found, str) or found.alpha < 1:
        return None
    red, green, blue = found.to("srgb").coordinates
    return (red or 0.0, green or 0.0, blue or 0.0)


# ---------------------------------------------------------------- reading


@lru_cache(maxsize=32)
def parsed(text: str) -> Sheet:
    """Give the rules of a style sheet's text."""
    rules: list[Rule] = []
    asked: list[str] = []
    _read(tinycss2.parse_stylesheet(text[:_LIMIT], skip_comments=True, skip_whitespace=True), (), rules, asked)
    return Sheet(tuple(rules), tuple(asked))


def _read(nodes: Iterable[Any], media: tuple[str, ...], rules: list[Rule], asked: list[str]) -> None:
    for node in nodes:
        if node.type == "qualified-rule":
            declarations = declared(node.content)
            for path, specificity in _paths(tinycss2.serialize(node.prelude).strip()):
                rules.append(Rule(path, specificity, media, declarations))
        elif node.type == "at-rule":
            name, prelude = node.lower_at_keyword, tinycss2.serialize(node.prelude).strip()
            if name in ("import", "font-face"):
                asked.append(f"@{name}")
            elif name in ("media", "supports", "layer") and node.content is not None:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                _read(inner, (*media, prelude) if name == "media" else media, rules, asked)


@lru_cache(maxsize=4096)
def _paths(selectors: str) -> tuple[tuple[str, tuple[int, int, int]], ...]:
    """Give each selector of a list as XPath with its specificity; none where one of them is not understood."""
    try:
        found = [selector for selector in parse(selectors) if selector.pseudo_element is None]
        translate = HTMLTranslator().selector_to_xpath
        return tuple((translate(selector), selector.specificity()) for selector in found)
    except SelectorError:
        return ()


def declared(content: Any) -> tuple[tuple[str, str, bool], ...]:
    """Give the declarations of a rule's content or of a ``style`` attribute, names in lower case."""
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return tuple(
        (_name(node), tinycss2.serialize(node.value).strip(), node.important)
        for node in nodes
        if node.type == "declaration"
    )


def _name(node: Any) -> str:
    # The names of custom properties are told apart by case, all others are not.
    return str(node.name if node.name.startswith("--") else node.lower_name)


@lru_cache(maxsize=4096)
def inline(style: str) -> tuple[tuple[str, str, bool], ...]:
    """Give the declarations of a ``style`` attribute."""
    return declared(style)


# ---------------------------------------------------------------- the cascade


def _holds(media: tuple[str, ...], scheme: str) -> bool:
    return all(any(_query(query, scheme) for query in condition.lower().split(",")) for condition in media)


def _query(query: str, scheme: str) -> bool:
    if "print" in query or "speech" in query or "prefers-contrast" in query or "prefers-reduced" in query:
        return False
    if any(found != scheme for found in _SCHEME.findall(query)):
        return False
    for side, number, unit in _WIDTHS.findall(query):
        limit = float(number) * (1 if unit == "px" else 16)
        if (side == "min" and limit > WIDTH) or (side == "max" and limit < WIDTH):
            return False
    return True


def _applied(root: Element, sheet: Sheet, scheme: str) -> dict[Element, dict[str, str]]:
    """Give the winning declarations of each element that a rule or its own style speaks of."""
    ranked: dict[Element, dict[str, tuple[tuple[Any, ...], str]]] = {}

    def offer(element: Element, rank: tuple[Any, ...], declarations: Iterable[tuple[str, str, bool]]) -> None:
        held = ranked.setdefault(element, {})
        for name, value, important in declarations:
            if name not in _NAMES and not name.startswith("--"):
                continue
            full = (important, *rank)
            for longhand, said in _longhands(name, value):
                if longhand not in held or held[longhand][0] <= full:
                    held[longhand] = (full, said)

    for order, rule in enumerate(sheet.rules):
        if rule.declarations and _holds(rule.media, scheme):
            for element in _matched(root, rule.path):
                offer(element, (False, rule.specificity, order), rule.declarations)
    for element in root.iter():
        if isinstance(element.tag, str) and (style := element.get("style")):
            offer(element, (True, (0, 0, 0), 0), inline(style))
    return {element: {name: value for name, (_, value) in held.items()} for element, held in ranked.items()}


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Give what a shorthand says of what is looked at here."""
    if name == "background":
        yield "background-color", value
    elif name == "font":
        size = _LENGTH.search(value)
        yield "font-size", size[0] if size else ""
        yield "font-weight", next((word for word in value.split() if word in ("bold", "600", "700")), "normal")
    else:
        yield name, value


def _matched(root: Element, path: str) -> list[Any]:
    try:
        return list(_compiled(path)(root.getroottree()))
    except etree.XPathError:
        return []


@lru_cache(maxsize=4096)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path)


def computed(root: Element, sheet: Sheet, scheme: str) -> dict[Element, Computed]:
    """Give how the text of each element below the root is set in ``light`` or ``dark``."""
    applied = _applied(root, sheet, scheme)
    variables = dict(_variables(applied.get(root, {})))
    first = Computed(colour=(0.0, 0.0, 0.0), ground=(1.0, 1.0, 1.0), size=16.0, bold=False, shown=True)
    found: dict[Element, Computed] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        above = first if parent is None else found[parent]
        found[element] = _one(element, above, applied.get(element, {}), variables)
    return found


def _variables(declarations: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in declarations.items() if name.startswith("--"))


def _one(element: Element, above: Computed, own: dict[str, str], variables: dict[str, str]) -> Computed:
    def value(name: str) -> str:
        return _VARIABLE.sub(lambda found: variables.get(found[1], found[2] or ""), own.get(name, "")).strip()

    made = above
    if element.tag in _UNSHOWN or value("display").lower() == "none" or element.get("hidden") is not None:
        made = replace(made, shown=False)
    if element.tag == "a" and element.get("href"):
        made = replace(made, colour=(0.0, 0.0, 0.933))
    if given := value("color"):
        inherited = given.lower() in ("inherit", "currentcolor", "unset")
        made = replace(made, colour=above.colour if inherited else colour_of(given))
    ground = value("background-color") or element.get("bgcolor") or ""
    if ground and ground.lower() not in ("transparent", "none", "inherit", "initial", "unset"):
        made = replace(made, ground=colour_of(ground))
    bold = value("font-weight") or ("bold" if element.tag in _BOLD else "")
    if bold:
        made = replace(made, bold=bold.lower() in ("bold", "bolder") or (bold.isdigit() and int(bold) >= 600))
    size = _size(value("font-size"), above.size)
    return replace(made, size=size if size is not None else above.size * _SIZES.get(element.tag, 1.0))


def _size(value: str, above: float) -> float | None:
    found = _LENGTH.fullmatch(value.lower())
    if found is None:
        return None
    unit = {"px": 1.0, "pt": 4 / 3, "em": above, "rem": 16.0, "%": above / 100}[found[2]]
    return float(found[1]) * unit
