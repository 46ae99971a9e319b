"""Proofs: an edition in any theme, the user's templates beside the shipped, and the edition that would be made."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.pipeline import collect_one, propose
from briefing.pipeline.newsroom import Newsroom
from briefing.pipeline.proofing import findings, proof
from briefing.render.theme import theme
from briefing.shipped import TEMPLATES

from .conftest import BELOUSOV, CONFIG, NOON, Desk

FOLDER = "editions/2026-11-21/morning/"


@pytest.fixture
def room(treaty_desk: Desk) -> Newsroom:
    treaty_desk.build()
    return treaty_desk.open()


def own(desk: Desk, path: str, text: str) -> Path:
    """Put a template into the user's folder."""
    file = desk.folder / "templates" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_a_proof_is_what_is_published(treaty_desk: Desk, room: Newsroom) -> None:
    """Without a wish a proof has the bytes of the published mail, text, message and page, and nothing to find."""
    edition = room.store.editions.latest("morning")
    assert edition is not None
    made = proof(room, room.publications[0], edition)
    published = treaty_desk.files()
    assert made.folder == FOLDER
    assert {path: published[path] for path in made.files if "index" not in path} == {
        path: body for path, body in made.files.items() if "index" not in path
    }
    assert (made.problems, findings(made)) == ((), ())


def test_any_theme_without_touching_the_configuration(treaty_desk: Desk, room: Newsroom) -> None:
    """A proof in another theme has its colours in mail and style sheet; nothing that is published changes."""
    edition = room.store.editions.latest("morning")
    assert edition is not None
    before = treaty_desk.files()
    slate = (TEMPLATES / "themes" / "slate.yaml").read_text("utf-8")
    own(treaty_desk, "themes/mine.yaml", slate.replace("#1d4f7c", "#123456"))
    room = treaty_desk.open()
    for name, accent in (("gazette", theme("gazette").light.accent), ("mine", "#123456")):
        made = proof(room, room.publications[0], edition, look=name)
        assert made.theme == name
        assert accent in made.text("email.html")
        assert accent in made.files["assets/style.css"].decode()
        assert findings(made) == ()
    assert treaty_desk.files() == before


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (
            "mail/closing.mjml",
            "<mj-section>{{ shet.day }}</mj-section>",
            ("closing.mjml, line 1", "did you mean 'sheet'?"),
        ),
        ("mail/closing.mjml", "\n{% if %}", ("closing.mjml, line 2",)),
        (
            "mail/closing.mjml",
            "<mj-section><mj-colum /></mj-section>",
            ("an MJML tag that the compiler",),
        ),
        ("pages/edition.html", "{{ sheet.titel }}", ("edition.html, line 1", "did you mean 'title'?")),
        ("themes/morning.yaml", "light: {}", ("morning.yaml", "light")),
    ],
)
def test_a_broken_template_is_told_beside_the_shipped_result(
    treaty_desk: Desk, room: Newsroom, path: str, text: str, said: tuple[str, ...]
) -> None:
    """The proof names template, line and variable, and shows what the shipped templates make; so does its check."""
    edition = room.store.editions.latest("morning")
    assert edition is not None
    good = proof(room, room.publications[0], edition, shipped=True)
    own(treaty_desk, path, text)
    room = treaty_desk.open()
    made = proof(room, room.publications[0], edition)
    assert made.files == good.files
    (problem,) = made.problems
    (finding,) = findings(made)
    assert all(part in str(problem) for part in said)
    assert (finding.rule, finding.weight, finding.text) == ("template", "wrong", str(problem))
    assert proof(room, room.publications[0], edition, shipped=True).problems == ()


def test_a_theme_of_the_users_that_does_not_read_gives_way(treaty_desk: Desk) -> None:
    """A newsletter whose own theme is broken or lost is shown in the first shipped one, and told what is wrong."""
    treaty_desk.build()
    own(treaty_desk, "themes/mine.yaml", "light: {desk: nonsense}")
    treaty_desk.config.write_text(CONFIG.replace("slug: morning", "slug: morning\n    theme: mine"), "utf-8")
    room = treaty_desk.open()
    edition = room.store.editions.latest("morning")
    assert edition is not None
    made = proof(room, room.publications[0], edition)
    assert made.theme == "morning"
    assert "mine.yaml" in str(made.problems[0])
    report = treaty_desk.build()
    assert report.editions[0][1] == edition
    assert "mine.yaml" in report.problems[0].message + report.problems[0].subject
    assert made.files[f"{FOLDER}email.eml"] == treaty_desk.files()[f"{FOLDER}email.eml"]


def test_what_would_be_made_is_proposed_and_not_kept(treaty_desk: Desk, room: Newsroom) -> None:
    """The same edition is given back where nothing changed; a changed wish is seen, and the store keeps its own."""
    edition = room.store.editions.latest("morning")
    assert edition is not None
    publication = room.publications[0]
    assert asyncio.run(propose(room, publication, edition)) is edition
    one = replace(publication, preferences=replace(publication.preferences, storylines=1, title="Evening"))
    made = asyncio.run(propose(room, one, edition))
    assert (made.title, len(made.storylines), made.date) == ("Evening", 1, edition.date)
    assert room.store.editions.latest("morning") == edition


def test_a_proposal_holds_what_came_since(treaty_desk: Desk, room: Newsroom) -> None:
    """A report that came after the edition was made is in what would be made of that day."""
    edition = room.store.editions.latest("morning")
    assert edition is not None
    treaty_desk.write("belousov.txt", BELOUSOV)
    asyncio.run(collect_one(room, "corpus", NOON))
    made = asyncio.run(propose(room, room.publications[0], edition))
    told = {item.title for telling in made.storylines for item in telling.references}
    assert "Belousov in Pyongyang as treaty ties deepen" in told
