"""What may be put in the place of what a reader cannot read."""

from __future__ import annotations

import pytest

from briefing.compose.guard import unfaithful
from briefing.model import Original

ORIGINAL = Original("Der Stadtrat hat am 3. Mai 2025 einen Kai für 240 Millionen Euro beschlossen.", "de")
FAITHFUL = "The city council decided on 3 May 2025 on a quay for 240 million euros."


def test_a_faithful_translation_stands() -> None:
    """The same facts in another language are borne out."""
    assert unfaithful(ORIGINAL, FAITHFUL, "en") == ()


@pytest.mark.parametrize(
    "given",
    [
        "",
        " \u200b ",
        ORIGINAL.text,
        FAITHFUL.replace("240", "24"),
        FAITHFUL.replace("3 May", "4 May"),
        FAITHFUL.replace("The city council", "The city council of Hamburg"),
        FAITHFUL + " See https://shop.example/",
        "<b>" + FAITHFUL + "</b>",
        "Le conseil municipal a décidé le 3 mai 2025 un quai pour 240 millions d'euros.",
        "word " * 1000,
    ],
)
def test_what_is_no_translation_does_not(given: str) -> None:
    """Nothing, the text itself, other facts, markup, another language and endless text are refused."""
    assert unfaithful(ORIGINAL, given, "en") != ()
