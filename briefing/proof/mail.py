"""The HTML of a mail, as mail clients take it: what they cut, drop, refuse or misread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.proof import markup
from briefing.proof.document import Document, hidden, words
from briefing.proof.findings import Finding, Hit, first, gathered, shortened
from briefing.proof.styles import inline

BUDGET, CLIPPED = 95_000, 102_400
"""Bytes of HTML that a mail is made to have at most, and near which Gmail hides the rest."""

READ = 500_000
"""Characters of a mail that are looked at; one that has more is cut by every client, and that is what is found."""

STYLE_LIMIT = 16_384
"""Characters of ``<style>`` that Gmail takes."""

PREHEADER = (30, 150)

_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
_OUTLOOK = re.compile(r"<!--\[if (?!\s*!mso)[^\]]*mso[^\]]*\]>(.*?)<!\[endif\]-->", re.DOTALL)
_OPENED, _CLOSED = "<!--[if", "<![endif]"
_LEFT = (
    ("mjml-left", re.compile(r"</?mj-[a-z-]*")),
    ("template-left", re.compile(r"\{\{|\{%|%\}|\{#|#\}")),
)
# Bounded, because a stranger's mail may hold megabytes of what begins like this.
_ESCAPED = re.compile(r"=\s{0,9}\"[^\"<>]{0,999}(?:\\u\{[0-9a-f]{1,6}\}|\\\")")
_ACTIVE = ("script", "iframe", "form", "input", "button", "select", "textarea", "video", "audio", "object", "embed")
_REMOTE = re.compile(r"url\(\s*['\"]?(?!data:)", re.IGNORECASE)
_INVISIBLE = "\u200c\u200b\ufeff\u034f\u00a0\u2007\u00ad \n\t"
# What mail clients drop (caniemail.com): property, and the values of it that are meant (all where none is named).
_DROPPED = {
    "position": ("fixed", "absolute", "sticky"),
    "display": ("flex", "inline-flex", "grid", "inline-grid"),
    "behavior": (),
    "-moz-binding": (),
    "animation": (),
    "clip-path": (),
    "mask": (),
}


def check_mail(source: str) -> tuple[Finding, ...]:
    """Check the HTML of a mail and give what is not as it should be, the wrong ones first."""
    page = Document(source)
    if len(source) > READ:
        return gathered("mail", _size(page, styles=False))
    if not page.body.getchildren() and not words(page.body):
        return gathered("mail", [Hit("unreadable", "there is nothing in it")])
    return gathered("mail", _hits(page))


def _hits(page: Document) -> Iterator[Hit]:
    yield from _size(page)
    yield from _left(page)
    yield from _refused(page)
    yield from markup.language(page)
    yield from _blocks(page)
    yield from markup.outline(page)
    yield from _dark(page)
    yield from markup.colours(page)
    yield from markup.sizes(page, reading=True)
    yield from _tables(page)
    yield from markup.pictures(page, remote=True)
    yield from markup.links(page)
    yield from _preheader(page)


def _size(page: Document, styles: bool = True) -> Iterator[Hit]:
    size = len(page.source.encode("utf-8", "replace"))
    if size >= CLIPPED:
        yield Hit("clipped", f"the HTML has {size:,} bytes; Gmail cuts it near {CLIPPED:,}")
    elif size > BUDGET:
        yield Hit("nearly-clipped", f"the HTML has {size:,} bytes, of {BUDGET:,}")
    if styles and (length := sum(len(item.text or "") for item in page.all("style"))) > STYLE_LIMIT:
        yield Hit("style-size", f"<style> holds {length:,} characters, of {STYLE_LIMIT:,}")


def _left(page: Document) -> Iterator[Hit]:
    text = _STYLE.sub("", page.source)
    for rule, pattern in _LEFT:
        if found := pattern.search(text):
            yield Hit(rule, f"{shortened(text[found.start() : found.start() + 60])} is left in the HTML")
    if found := _ESCAPED.search(text):
        yield Hit("escape-left", f"{shortened(found[0][-60:])} is left in an attribute")
    opened, closed = page.source.count(_OPENED), page.source.count(_CLOSED)
    if opened != closed:
        yield Hit("conditional-comments", f"{opened} are opened and {closed} closed")


def _refused(page: Document) -> Iterator[Hit]:
    for item in page.all(*_ACTIVE):
        yield page.hit("active-content", f"<{item.tag}>", item)
    for item in page.elements:
        for name, value in item.attrib.items():
            if name.startswith("on") or (name in ("href", "src") and "script:" in value.lower()):
                yield page.hit("active-content", f"{name} of <{item.tag}>", item)
    for item in page.all("link"):
        if "stylesheet" in (item.get("rel") or "").lower():
            yield page.hit("remote-style", f"a link to {shortened(item.get('href') or '')}")
    for asked in dict.fromkeys(page.sheet.asked):
        yield Hit("remote-style", f"{asked} in <style>")
    for item in page.elements:
        for name, value, _ in inline(item.get("style") or ""):
            yield from (page.hit(hit.rule, hit.text, item) for hit in _declared(name, value))
    for rule in page.sheet.rules:
        for name, value, _ in rule.declarations:
            yield from _declared(name, value)
    for item in page.all("img"):
        if item.get("width") in ("0", "1") and item.get("height") in ("0", "1"):
            yield page.hit("tracking-pixel", f"a picture of one pixel: {shortened(item.get('src') or '')}", item)


def _declared(name: str, value: str) -> Iterator[Hit]:
    value = value.lower()
    meant = _DROPPED.get(name)
    if (meant is not None and (not meant or value in meant)) or "var(" in value or "expression(" in value:
        yield Hit("forbidden-style", f"{name}: {shortened(value, 40)}")
    elif _REMOTE.search(value):
        yield Hit("forbidden-style", f"{name} with a picture from elsewhere")
    elif name == "text-align" and value == "justify":
        yield Hit("justified-text", "text-align: justify")


def _blocks(page: Document) -> Iterator[Hit]:
    """Check the direct children of the body, which are all that webmail keeps."""
    own = page.root.get("lang") or ""
    for item in page.body:
        if not isinstance(item.tag, str) or not words(item):
            continue
        begins = shortened(words(item), 40)
        if item.get("lang") in (None, "", "und") or item.get("dir") not in ("ltr", "rtl"):
            said = f"lang={item.get('lang') or ''!r} dir={item.get('dir') or ''!r}"
            yield page.hit("block-language", f"<{item.tag}> “{begins}” has {said}", item)
        elif own not in ("", "und") and item.get("lang") != own:
            yield page.hit("mixed-languages", f"<{item.tag}> “{begins}” is {item.get('lang')}, the mail {own}", item)


def _dark(page: Document) -> Iterator[Hit]:
    given = markup.metas(page)
    for name in ("color-scheme", "supported-color-schemes"):
        if "dark" not in given.get(name, ""):
            yield Hit("color-scheme", f"meta {name} is {given.get(name, '')!r}")
    dark = [rule for rule in page.sheet.rules if any("prefers-color-scheme" in query for query in rule.media)]
    coloured = {name for rule in dark for name, _, _ in rule.declarations}
    if not coloured.intersection(("color", "background-color", "background")):
        yield Hit("dark-palette", "no rule gives dark colours")


def _tables(page: Document) -> Iterator[Hit]:
    for item in page.all("table"):
        if item.get("role") not in ("presentation", "none", "table", "grid"):
            yield page.hit("table-role", f"a table of “{shortened(words(item), 40)}”", item)
    outlook = "".join(found[1] for found in _OUTLOOK.finditer(page.source))
    for table in re.findall(r"<table\b[^>]*>", outlook):
        if not re.search(r"role\s*=\s*[\"'](presentation|none|table|grid)", table):
            yield Hit("table-role", f"a table for Outlook: {shortened(table)}")
    yield from first(_drawings(outlook))


def _drawings(outlook: str) -> Iterator[Hit]:
    for drawing in re.findall(r"<v:(?:rect|roundrect|shape|image|oval)\b[^>]*>", outlook):
        if "alt=" not in drawing:
            yield Hit("vml-text", shortened(drawing))


def _preheader(page: Document) -> Iterator[Hit]:
    line = next((item for item in page.body.iter("div") if hidden(item)), None)
    if line is None or not words(line):
        yield Hit("preheader", "no hidden line")
        return
    size, (least, most) = len(words(line).strip(_INVISIBLE)), PREHEADER
    if not least <= size <= most:
        yield Hit("preheader-length", f"the hidden line has {size} characters")
