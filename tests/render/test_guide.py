"""The guide to templates does what it says."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from briefing.render.mail import mail
from briefing.render.theme import theme
from briefing.render.views import Cite, Line, Sheet, Story

from .editions import SITE, edition

GUIDE = Path(__file__).parents[2] / "docs" / "templates.md"


def block(name: str) -> str:
    """Give a fenced example of the guide by what stands after its language."""
    found = re.search(rf"```\w+ {re.escape(name)}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_example_template_sets_a_mail(tmp_path: Path, language: str) -> None:
    """The minimal example works as it is printed, in any interface."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "closing.mjml").write_text(block("mail/closing.mjml"), encoding="utf-8")
    html, _ = mail(edition(3, language), SITE, (tmp_path,))
    assert html != mail(edition(3, language), SITE)[0]
    assert "delta-wire" in html


def test_the_example_theme_is_a_theme(tmp_path: Path) -> None:
    """The example palette is complete, and the mail wears it."""
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "mine.yaml").write_text(block("theme"), encoding="utf-8")
    assert theme("mine", (tmp_path,)).light.accent == "#7a1f5c"
    html, _ = mail(edition(1, "en"), replace(SITE, theme="mine"), (tmp_path,))
    assert "#7a1f5c" in html


@pytest.mark.parametrize(("row", "noun"), [("a story", Story), ("a line", Line), ("a line", Cite)])
def test_the_names_the_guide_promises_are_there(row: str, noun: type) -> None:
    """What the table of names lists is an attribute of what templates get."""
    line = next(line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {row} |"))
    promised = set(re.findall(r"`(\w+)`", line))
    have = {item.name for item in fields(noun)} | {name for name in dir(noun) if not name.startswith("_")}
    other = {item.name for item in fields(Cite)} | {"label"} if noun is Line else {item.name for item in fields(Line)}
    assert promised - have - (other if row == "a line" else set()) == set()


def test_the_sheet_holds_what_the_guide_promises() -> None:
    """The edition's own row of the table."""
    line = next(line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `sheet` |"))
    assert set(re.findall(r"`(\w+)`", line)) - {"sheet"} <= {item.name for item in fields(Sheet)}
