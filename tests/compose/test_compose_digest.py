"""`briefing digest`'s contract: a storyline as plain data."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefing.compose import digest
from briefing.model import Article, Citation, Dating, Milestone, ProcessState, Sentence, Stage

NOW = datetime(2025, 3, 20, tzinfo=UTC)
TEXT = "Oria and Beland signed the river treaty in Marvo on 3 June. Farmers on both banks had waited ten years for it."
ARTICLE = Article("a", "s", "a", "River treaty signed", TEXT, "en", NOW, Dating("2024-06-03"))


def test_a_digest_has_the_form_that_was_promised() -> None:
    """Headline, language, cited sentences, milestones and process, all of which JSON can carry."""
    sentence = Sentence(TEXT[:59], "en", (Citation("a", TEXT[:59], 0, 59),))
    process = ProcessState(
        "treaty", "Treaty", (Stage("signed", "Signed", "done", "2024-06-03", sentence),), "signed", None
    )
    made = digest([ARTICLE], ["en"], sentences=2, milestones=[Milestone("2024-06-03", sentence)], process=process)
    assert json.loads(json.dumps(made)) == made
    assert (made["headline"], made["language"]) == ("River treaty signed", "en")
    for told in made["sentences"]:
        (cite,) = told["cites"]
        assert TEXT[cite["start"] : cite["end"]] == cite["quote"]
        assert cite["id"] == "a"
    assert made["milestones"][0]["date"] == "2024-06-03"
    assert made["milestones"][0]["cites"][0]["id"] == "a"
    assert (made["process"]["name"], made["process"]["stage"], len(made["process"]["stages"])) == (
        "Treaty",
        "signed",
        1,
    )


def test_a_digest_of_a_given_length() -> None:
    """Sentences or words bound it; without a process there is none."""
    assert len(digest([ARTICLE], ["en"], sentences=1)["sentences"]) == 1
    assert len(digest([ARTICLE], [], words=10)["sentences"]) == 1
    assert digest([ARTICLE], ["en"])["process"] is None
    with pytest.raises(ValueError, match="at least one article"):
        digest([], ["en"])
