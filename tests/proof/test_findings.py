from __future__ import annotations

from dataclasses import fields

import pytest

from briefing.proof import check_palette, rules
from briefing.render.theme import Palette, theme

from . import test_mail, test_message, test_page


def test_every_rule_is_proved_by_something_that_breaks_it() -> None:
    """Each rule of the table is broken by a mail, a message or a page of the tests, and says how to mend it."""
    broken = {**test_mail.BROKEN, **test_message.BROKEN, **test_page.BROKEN}
    assert set(rules()) == {*broken, "template"}  # that one in tests/pipeline/test_proofing.py
    assert {rule["weight"] for rule in rules().values()} == {"wrong", "note"}
    assert all(rule["mend"] for rule in rules().values())


def tokens(name: str) -> dict[str, dict[str, str]]:
    look = theme(name)
    return {
        scheme: {field.name: getattr(palette, field.name) for field in fields(Palette)}
        for scheme, palette in (("light", look.light), ("dark", look.dark))
    }


@pytest.mark.parametrize("name", ["morning", "slate", "gazette"])
def test_shipped_themes_have_nothing_to_find(name: str) -> None:
    """Ink, muted and accent of every shipped theme stand on paper, desk and tint at 4.5 to 1, light and dark."""
    assert check_palette(name, tokens(name)) == ()


def test_a_pale_token_is_named_with_its_ground() -> None:
    """A theme whose muted text is too pale in the dark is told which token, on which grounds, in which scheme."""
    given = tokens("morning")
    given["dark"]["muted"] = "#555555"
    found = [finding.text for finding in check_palette("mine", given)]
    assert len(found) == 3
    assert all(text.startswith("theme mine, dark: muted on ") for text in found)
