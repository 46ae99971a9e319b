"""Proof an edition: its files as they would go out, in any theme, and what is not as it should be in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.pipeline.newsroom import Newsroom, Publication
from briefing.pipeline.publishing import edition_files, themed
from briefing.proof import Finding, Hit, check_mail, check_message, check_page, check_palette, gathered
from briefing.render import pages
from briefing.render.theme import Palette, theme

STYLE = "assets/style.css"


@dataclass(frozen=True, slots=True)
class Proof:
    """An edition as it would go out now.

    ``files`` are by path under ``out/``: those of the edition's folder ``folder`` (page, mail, text, message, data) and
    the style sheet its page links to. ``theme`` is the one they are set in; ``problems`` are what is wrong with the
    user's templates, where the shipped ones stand in.
    """

    folder: str
    theme: str
    files: Mapping[str, bytes]
    problems: tuple[RenderError, ...]
    palette: Mapping[str, Mapping[str, str]]

    def text(self, file: str) -> str:
        """Give one of the edition's own files (``email.html``, ``index.html``, …), empty where there is none."""
        return self.files.get(self.folder + file, b"").decode("utf-8", "replace")


def proof(
    room: Newsroom, publication: Publication, edition: Edition, *, look: str | None = None, shipped: bool = False
) -> Proof:
    """Set an edition as it would go out now; nothing is written.

    ``look`` is another theme than the newsletter's; ``shipped`` leaves the user's templates aside. Raises RenderError
    where a shipped template fails.
    """
    folders = () if shipped else room.templates
    problems: list[RenderError] = []
    asked = replace(publication.site, theme=look or publication.site.theme)
    letter = themed(asked, folders, problems)
    site = replace(room.site, theme=letter.theme) if look else themed(room.site, folders, problems)
    room = replace(room, templates=folders)
    publication = replace(publication, site=letter)
    folder = site.edition_path(edition.date, edition.newsletter)
    made = pages.site_files([edition], [], site, folders, problems)
    files = {path: body for path, body in made.items() if path in (f"{folder}index.html", STYLE)}
    files |= edition_files(room, publication, edition, problems)
    distinct = {str(problem): problem for problem in problems}
    return Proof(folder, letter.theme, files, tuple(distinct.values()), _palette(letter.theme, folders))


def _palette(name: str, folders: Sequence[Path]) -> dict[str, dict[str, str]]:
    try:
        tokens = theme(name, folders)
    except RenderError:
        tokens = theme(name)
    return {
        scheme: {field.name: getattr(colours, field.name) for field in fields(Palette)}
        for scheme, colours in (("light", tokens.light), ("dark", tokens.dark))
    }


def findings(made: Proof) -> tuple[Finding, ...]:
    """Check all of a proof: the user's templates, mail, message, page and theme."""
    style = made.files.get(STYLE, b"").decode("utf-8", "replace")
    return (
        *gathered("template", (Hit("template", str(problem)) for problem in made.problems)),
        *check_mail(made.text("email.html")),
        *check_message(made.files.get(f"{made.folder}email.eml", b"")),
        *check_page(made.text("index.html"), style),
        *check_palette(made.theme, made.palette),
    )
