"""MJML to HTML: escape what the compiler cannot carry, compile, and verify what came out.

The compiler (mrml 6 through mjml-python) writes attribute values with Rust's debug escaping, so that combining marks,
joiners and no-break spaces come out as a literal ``\\u{e48}`` and backslashes doubled. It passes unknown tags through
in silence, links a web font for some families, and raises a bare ``ValueError`` for a stray ``<`` or a control
character. Everything that is known of this lives here.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from mjml import mjml2html

from briefing.errors import RenderError

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FRAGILE_VALUE = re.compile(r"""(=\s*)"([\x20\x21\x23-\x5b\x5d-\x7e]*[^\x20-\x5b\x5d-\x7e"][^"]*)\"""")
_SINGLE_QUOTED = re.compile(r"""(<[A-Za-z][^<>"']*=\s*)'([^'<>]*)'""")
_FRAGILE = re.compile(r"[^\x20-\x5b\x5d-\x7e]+")
_TITLE = re.compile(r"<mj-title>([^<]*)")
_STYLES = re.compile(r"(<mj-style\b.*?</mj-style>)", re.DOTALL)
# What mail tools take for template syntax or for a defect of the compiler, where it is a stranger's words.
_BRACES = re.compile(r"\{(?=[{%#])|(?<=[}%#])\}|\\(?=u\{|&quot;|&#34;|\")")
_LEFT = (
    ("mj-", re.compile(r"</?mj-[a-z-]+"), "an MJML tag that the compiler does not know"),
    ("\\u{", re.compile(r"<[^<>]*\\u\{[0-9a-f]+\}"), "an attribute that the compiler escaped wrongly"),
    ('\\"', re.compile(r"=\s*\"[^\"<>]*\\\""), "a quotation mark inside an attribute"),
    ("<link", re.compile(r"<link\b[^>]*>"), "a link to a style sheet or font elsewhere"),
)


def compile_mjml(source: str, subject: str = "mail") -> str:
    """Give the HTML of an MJML document; ``subject`` names it in errors.

    Raises RenderError where the document is not well formed, or where the compiler's output is not fit to send.
    """
    prepared = prepare(source)
    try:
        html: str = mjml2html(prepared, fonts={})  # or a family named Roboto pulls a web font
    except ValueError as error:
        raise RenderError(subject, f"the mail compiler refused the document: {error}{_place(prepared)}") from error
    verify(html, subject)
    return html


def prepare(source: str) -> str:
    """Give MJML that the compiler carries unharmed: same meaning, fragile characters as references.

    Attribute values, and the title that becomes one, turn into ASCII on one line; control characters go; ``{{`` and
    its kin, which can only come from content by now, are written as references so that no mail tool mistakes them for
    its own syntax.
    """
    parts = _STYLES.split(_CONTROL.sub("", source))
    return "".join(part if index % 2 else _references(part) for index, part in enumerate(parts))


def _references(part: str) -> str:
    part = _TITLE.sub(lambda match: f"<mj-title>{_FRAGILE.sub(_fragile, match[1])}", part)
    if "='" in part:
        part = _SINGLE_QUOTED.sub(lambda match: f'{match[1]}"{match[2].replace(chr(34), "&quot;")}"', part)
    part = _FRAGILE_VALUE.sub(lambda match: f'{match[1]}"{_FRAGILE.sub(_fragile, match[2])}"', part)
    return _BRACES.sub(lambda match: f"&#{ord(match[0])};", part) if "{" in part or "}" in part else part


def _fragile(match: re.Match[str]) -> str:
    return " " if match[0].isspace() and match[0].isascii() else "".join(f"&#x{ord(char):X};" for char in match[0])


def verify(html: str, subject: str = "mail") -> None:
    """Check compiled HTML for the compiler's known defects. Raises RenderError naming the first found."""
    for hint, pattern, meaning in _LEFT:
        found = pattern.search(html) if hint in html else None
        if found:
            raise RenderError(subject, f"the compiled mail holds {meaning}: {found[0][:80]!r}")
    for line in html.split("\n")[:-1]:  # a fifth of the time that a pattern over the whole takes
        begun = line.rfind('style="')
        if begun >= 0 and '"' not in line[begun + len('style="') :]:
            raise RenderError(
                subject, f"the compiled mail holds a style attribute over several lines: {line[begun:][:80]!r}"
            )
    opened, closed = html.count("<!--[if"), html.count("<![endif]")
    if opened != closed:
        raise RenderError(subject, f"{opened} conditional comments are opened and {closed} closed")


def _place(source: str) -> str:
    """Say where a document stops being well formed, since the compiler does not."""
    parser = expat.ParserCreate()
    parser.UseForeignDTD(True)
    try:
        parser.Parse(source.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        lines = source.splitlines()
        line = lines[min(error.lineno, len(lines)) - 1] if lines else ""
        near = line[max(0, error.offset - 60) : error.offset + 20].strip()
        return f" ({expat.errors.messages[error.code]}, line {error.lineno} of the rendered MJML, near {near!r})"
    return ""
