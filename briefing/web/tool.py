"""The preview's own pages: the tool around a newsletter, and the findings in it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree
from lxml import html as lxml_html

from briefing.errors import BriefingError
from briefing.pipeline.proofing import Proof
from briefing.proof import BUDGET, STYLE_LIMIT
from briefing.shipped import TEMPLATES
from briefing.text.language import direction
from briefing.web.snapshot import Shown, Snapshot

SCHEMES = ("light", "dark", "inverted")

_GROUPS = {
    "view": ("mail", "page", "text", "source", "headers", "links", "findings"),
    "device": ("phone", "tablet", "desktop"),
    "scheme": SCHEMES,
    "images": ("on", "off"),
}
_FRAMED = {"mail": ("device", "scheme", "images"), "page": ("device", "scheme")}
_KEYS = (
    ("← →", "the edition before and after"),
    ("1 – 7", "mail, page, text, source, headers, links, findings"),
    ("d", "phone, tablet, desktop"),
    ("s", "light, dark, inverted"),
    ("i", "images on and off"),
    ("t", "the next theme"),
    ("o", "your templates, or the shipped ones"),
    ("f", "the next finding"),
    ("?", "this list; Esc closes it"),
)
_PLACE = re.compile(r"(.+), line (\d+)")
_AT = re.compile(r"[a-z][a-z0-9]{0,20}\.\d{1,6}")
_AROUND = 3
_INBOX = 140


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a template of the user's, with the lines around the place: number, text, whether it is it."""

    text: str
    name: str
    lines: tuple[tuple[int, str, bool], ...]


def asked(snapshot: Snapshot, query: Mapping[str, str]) -> tuple[str, bool]:
    """Give the theme that a query asks for, ``""`` for the newsletter's own, and whether for shipped templates."""
    theme = query.get("theme", "")
    known = {name for name, _ in snapshot.themes}
    return theme if theme in known else "", query.get("templates") == "shipped"


def tool_page(snapshot: Snapshot, query: Mapping[str, str]) -> str:
    """Give the page of the tool as a query asks for it; what it does not know is left at the default."""
    return _environment().get_template("preview.html").render(_view(snapshot, query))


def findings_page(snapshot: Snapshot, query: Mapping[str, str]) -> str:
    """Give the findings in one edition as a piece of the tool's page."""
    return _environment().get_template("findings.html").render(_view(snapshot, dict(query) | {"view": "findings"}))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("briefing.web", "static"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _view(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    chosen = next((edition for edition in snapshot.editions if edition.path == query.get("edition")), None)
    chosen = chosen or next(iter(snapshot.editions), None)
    theme, shipped = asked(snapshot, query)
    choice = {
        name: query[name] if query.get(name) in options else options[-1 if name == "device" else 0]
        for name, options in _GROUPS.items()
    }
    choice |= {
        "edition": chosen.path if chosen else "",
        "theme": "" if chosen and theme == chosen.theme else theme,
        "templates": "shipped" if shipped else "own",
    }
    found: dict[str, Any] = {
        "editions": snapshot.editions,
        "chosen": chosen,
        "choice": choice,
        "groups": {name: options for name, options in _GROUPS.items() if _offered(name, choice["view"])},
        "themes": snapshot.themes,
        "own_templates": bool(snapshot.templates),
        "problems": snapshot.problems,
        "keys": _KEYS,
        "direction": direction,
        "link": lambda **changes: f"/preview/?{urlencode(_told(choice | changes))}",
        "piece": f"/preview/findings?{urlencode(_told(choice))}",
        "at": query["at"] if _AT.fullmatch(query.get("at", "")) else "",
        "shown": None,
        "troubles": (),
        "failed": "",
        "findings": (),
        "budget": BUDGET,
        "style_limit": STYLE_LIMIT,
    }
    return found | (_set(snapshot, chosen, choice, shipped) if chosen else {})


def _offered(group: str, view: str) -> bool:
    return group == "view" or group in _FRAMED.get(view, ())


def _told(choice: Mapping[str, str]) -> dict[str, str]:
    """Give a choice without what is the default anyway, so that addresses stay short."""
    usual = {"theme": "", "templates": "own", "images": "on", "scheme": "light", "view": "mail", "device": "desktop"}
    return {name: value for name, value in choice.items() if value != usual.get(name)}


def _set(snapshot: Snapshot, chosen: Shown, choice: Mapping[str, str], shipped: bool) -> dict[str, Any]:
    """Give what is shown of an edition, or why it cannot be set."""
    key = (chosen.path, choice["theme"], shipped)
    try:
        proof = snapshot.proof(*key)
        findings = snapshot.findings(*key) if choice["view"] == "findings" else ()
    except BriefingError as error:
        return {"failed": str(error)}
    page = choice["view"] == "page"
    wanted = {name: choice[name] for name in ("scheme", *(() if page else ("images",)), "theme", "templates")}
    frame = f"/{proof.folder}{'' if page else 'email.html'}"
    return {
        "shown": _facts(proof),
        "proof": proof,
        "frame": f"{frame}?{urlencode({name: value for name, value in wanted.items() if value not in ('', 'own')})}",
        "troubles": tuple(_trouble(str(problem), problem.subject, snapshot.templates) for problem in proof.problems),
        "findings": findings,
    }


def _facts(proof: Proof) -> dict[str, Any]:
    mail, message = proof.text("email.html"), proof.files.get(f"{proof.folder}email.eml", b"")
    try:
        document = lxml_html.document_fromstring(mail.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        document = lxml_html.document_fromstring("<p></p>")
    parsed = email.message_from_bytes(message, EmailMessage, policy=email.policy.default)
    hidden = next((item for item in document.iter("div") if "display:none" in (item.get("style") or "")), None)
    sender = parsed["From"].addresses if parsed["From"] else ()
    return {
        "sender": (sender[0].display_name or sender[0].addr_spec) if sender else "",
        "subject": str(parsed["Subject"] or ""),
        "preheader": hidden.text_content().strip()[:_INBOX] if hidden is not None else "",
        "html_bytes": len(mail.encode()),
        "style_bytes": sum(len((style.text or "").encode()) for style in document.iter("style")),
        "message_bytes": len(message),
        "headers": [(name, str(value)) for name, value in parsed.items()],
        "links": [
            (" ".join(link.text_content().split()), link.get("href", ""))
            for link in document.iter("a")
            if link.get("href")
        ],
        "text": proof.text("email.txt"),
        "source": mail,
    }


def _trouble(text: str, subject: str, folders: Sequence[Path]) -> Trouble:
    """Give a template's error with the lines around its place, where that is in a template folder."""
    place = _PLACE.fullmatch(subject)
    if place is None:
        return Trouble(text, "", ())
    path, number = Path(place[1]), int(place[2])
    home = next((folder for folder in (*folders, TEMPLATES) if path.is_relative_to(folder)), None)
    if home is None:
        return Trouble(text, "", ())
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return Trouble(text, "", ())
    first = max(number - _AROUND, 1)
    near = enumerate(lines[first - 1 : number + _AROUND], first)
    message = text.removeprefix(f"{subject}: ")
    return Trouble(
        message, f"{path.relative_to(home)}, line {number}", tuple((n, line[:400], n == number) for n, line in near)
    )
