from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import EngineError, StoreError
from briefing.model import Correction, Edition
from briefing.pipeline import SendReport, build, correct, send
from briefing.ports import Envelope, Vectors

from .conftest import BELOUSOV, NOON, Desk

TOMORROW = NOON + timedelta(days=1)


def edition_of(desk: Desk, day: int = 0) -> Edition | None:
    editions = desk.build(NOON + timedelta(days=day)).editions
    return editions[0][1]


def test_a_build_makes_an_edition_with_all_its_files(treaty_desk: Desk) -> None:
    """One run collects, reads, groups and writes page, mail, text, message, data and the three feeds."""
    report = treaty_desk.build()
    assert (report.collected.done, report.read.done, report.failed) == (3, 3, False)
    folder = "editions/2026-11-21/morning/"
    names = {
        f"{folder}{name}" for name in ("index.html", "email.html", "email.txt", "email.eml", "edition.json", "card.png")
    }
    assert names | {"index.html", "feed.xml", "atom.xml", "feed.json"} <= set(treaty_desk.files())


def test_the_treaty_is_one_storyline_and_the_storm_another(treaty_desk: Desk) -> None:
    """Reports of one matter are told together, a stranger apart, and each sentence is its source's own."""
    edition = edition_of(treaty_desk)
    assert edition is not None
    assert sorted(len(told.references) for told in edition.storylines) == [1, 2]
    articles = treaty_desk.open().store.articles
    for told in edition.storylines:
        for sentence in (*told.sentences, *told.new, *(line.sentence for line in told.milestones)):
            for cited in sentence.citations:
                article = articles.article(cited.article)
                assert article is not None
                assert article.text[cited.start : cited.end] == cited.quote


def test_a_second_build_finds_nothing_new_and_changes_no_byte(treaty_desk: Desk) -> None:
    """An hour later the edition, every file and every file's time are what they were."""
    treaty_desk.build()
    before = treaty_desk.files()
    times = {path: path.stat().st_mtime_ns for path in (treaty_desk.folder / "out").rglob("*")}
    report = treaty_desk.build(NOON + timedelta(hours=1))
    assert report.collected.done == 0
    assert [fresh for _, _, fresh in report.editions] == [False]
    assert treaty_desk.files() == before
    assert times == {path: path.stat().st_mtime_ns for path in (treaty_desk.folder / "out").rglob("*")}


def test_two_stores_with_one_clock_give_the_same_bytes(tmp_path: Path) -> None:
    """Same documents, same clock, same configuration: the same bytes in every file."""
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name)
        for text in (BELOUSOV, *_three()):
            desk.write(f"{text[:5].lower()}.txt", text)
        desk.build()
        made.append(desk.files())
        desk.close()
    assert made[0] == made[1]


def _three() -> tuple[str, ...]:
    from .conftest import DUMA, STORM, VALDAI

    return DUMA, VALDAI, STORM


def test_what_was_new_today_is_not_new_tomorrow(treaty_desk: Desk) -> None:
    """A day with nothing new makes no edition, and says so; old files stay."""
    treaty_desk.build()
    report = treaty_desk.build(TOMORROW)
    assert report.editions == (("morning", None, False),)
    assert "editions/2026-11-21/morning/index.html" in treaty_desk.files()


def test_a_later_report_continues_the_storyline(treaty_desk: Desk) -> None:
    """A report that arrives the next day is told as news of the storyline that is there, under the same id and slug."""
    first = edition_of(treaty_desk)
    treaty_desk.write("belousov.txt", BELOUSOV)
    second = edition_of(treaty_desk, 1)
    assert first is not None
    assert second is not None
    [told] = second.storylines
    before = next(line for line in first.storylines if line.id == told.id)
    assert (told.slug, len(told.references)) == (before.slug, 3)
    assert told.new
    assert {cited.article for line in told.new for cited in line.citations} == {
        reference.id for reference in told.references if reference.new
    }


def test_the_picture_of_an_older_edition_stays_as_it_lies(treaty_desk: Desk) -> None:
    """Yesterday's picture is neither drawn again nor lost: what was deleted comes back as it was."""
    treaty_desk.build()
    old = treaty_desk.folder / "out" / "editions/2026-11-21/morning/card.png"
    drawn = old.read_bytes()
    old.write_bytes(b"shown elsewhere")
    treaty_desk.write("belousov.txt", BELOUSOV)
    treaty_desk.build(TOMORROW)
    assert old.read_bytes() == b"shown elsewhere"
    assert "editions/2026-11-22/morning/card.png" in treaty_desk.files()
    old.unlink()
    treaty_desk.build(TOMORROW + timedelta(hours=1))
    assert old.read_bytes() == drawn


def test_a_quiet_day_may_be_told(treaty_desk: Desk) -> None:
    """With when_empty: send a day with nothing new has an edition that says so."""
    treaty_desk.build()
    text = treaty_desk.config.read_text().replace("slug: morning", "slug: morning\n    when_empty: send")
    treaty_desk.config.write_text(text)
    edition = edition_of(treaty_desk, 1)
    assert edition is not None
    assert edition.storylines == ()


def test_a_failing_source_is_named_in_the_edition(treaty_desk: Desk) -> None:
    """A feed that cannot be reached is one line in the report and in the edition, which is made all the same."""
    text = treaty_desk.config.read_text().replace(
        "  - corpus: corpus", "  - corpus: corpus\n  - {feed: 'https://feed.invalid/rss', name: Gone}"
    )
    treaty_desk.config.write_text(text)
    report = treaty_desk.build()
    assert [failure.subject for failure in report.collected.failures] == ["gone"]
    edition = report.editions[0][1]
    assert edition is not None
    assert [failure.subject for failure in edition.failures] == ["gone"]
    assert (edition.counts.sources, edition.counts.sources_failed) == (2, 1)
    assert not report.failed


def test_a_failing_engine_loses_nothing(treaty_desk: Desk) -> None:
    """When the embedding engine fails the run says so, and the next run goes on from what was kept."""

    class Broken:
        name, dimensions = "broken", 8

        def embed(self, texts: Any) -> Vectors:
            raise EngineError("broken", "is out of order", transient=True)

    report = treaty_desk.build(embedder=Broken())
    assert [problem.stage for problem in report.problems] == ["engine"]
    assert report.failed
    again = treaty_desk.build()
    assert again.collected.done == 0
    assert not again.failed
    assert again.editions[0][1] is not None
    assert treaty_desk.open().store.failures.open() == ()


def test_a_folder_that_cannot_be_written_is_named(treaty_desk: Desk) -> None:
    """Where out/ is in the way of a file the error names it, and the edition is in the store for the next run."""
    (treaty_desk.folder / "out").write_text("a file where a folder should be")
    report = treaty_desk.build()
    assert report.failed
    assert "cannot be written" in report.problems[0].message
    (treaty_desk.folder / "out").unlink()
    assert not treaty_desk.build().failed
    assert "index.html" in treaty_desk.files()


def test_an_empty_corpus_is_said_plainly(desk: Desk) -> None:
    """A folder without documents fails with a line that says what it should hold."""
    report = desk.build()
    assert report.failed
    assert "holds no documents" in report.collected.failures[0].message


def test_unreadable_documents_are_named_and_the_rest_is_read(treaty_desk: Desk) -> None:
    """Binary junk named .txt is one failure; the other documents are read."""
    treaty_desk.write("junk.txt", bytes(range(256)) * 50)
    report = treaty_desk.build()
    assert report.read.done == 3
    assert any("junk.txt" in failure.subject for failure in report.collected.failures)


def test_two_runs_at_once_are_refused(treaty_desk: Desk) -> None:
    """While one run works on a store another is refused in words."""
    room = treaty_desk.open()
    with room.store.lock("work"), pytest.raises(StoreError):
        asyncio.run(build(room, NOON))


def test_sending_reaches_everyone_once(treaty_desk: Desk) -> None:
    """The newest edition goes to each address once, however often it is sent."""
    treaty_desk.build()
    first = _sent(treaty_desk)
    again = _sent(treaty_desk)
    assert (first.tally.done, first.tally.skipped) == (2, 0)
    assert (again.tally.done, again.tally.skipped) == (0, 2)
    assert len(list((treaty_desk.folder / "data" / "outbox").glob("*.eml"))) == 2


def test_a_dry_run_hands_over_nothing(treaty_desk: Desk) -> None:
    """A dry run counts who would get it and leaves ledger and outbox as they are."""
    treaty_desk.build()
    assert _sent(treaty_desk, dry_run=True).tally.done == 2
    assert not (treaty_desk.folder / "data" / "outbox").exists()
    assert _sent(treaty_desk).tally.done == 2


def test_a_sent_edition_is_never_changed(treaty_desk: Desk) -> None:
    """What arrives after an edition was sent waits for tomorrow's."""
    first = edition_of(treaty_desk)
    _sent(treaty_desk)
    treaty_desk.write("belousov.txt", BELOUSOV)
    assert edition_of(treaty_desk) == first
    tomorrow = edition_of(treaty_desk, 1)
    assert tomorrow is not None
    assert len(tomorrow.storylines) == 1


def test_one_refused_address_keeps_nobody_else_waiting(treaty_desk: Desk) -> None:
    """A delivery that fails is recorded and may be tried again; the others get theirs."""

    class Picky:
        name = "picky"

        async def deliver(self, envelope: Envelope) -> str:
            from briefing.errors import DeliveryError

            if envelope.recipient.startswith("ann"):
                raise DeliveryError(envelope.recipient, "451 come back later", transient=True)
            return "250 ok"

        async def close(self) -> None:
            pass

    treaty_desk.build()
    from dataclasses import replace

    room = treaty_desk.open()
    picky = replace(room, publications=tuple(replace(p, deliverer=Picky()) for p in room.publications))
    [report] = asyncio.run(send(picky, NOON))
    assert (report.tally.done, [failure.message for failure in report.failures]) == (1, ["451 come back later"])
    later = _sent(treaty_desk)
    assert (later.tally.done, later.tally.skipped) == (1, 1)


def _sent(desk: Desk, **options: Any) -> SendReport:
    [report] = asyncio.run(send(desk.open(), NOON, **options))
    return report


def test_edition_json_holds_what_the_mail_shows(treaty_desk: Desk) -> None:
    """edition.json carries storylines with cites and quotes, milestones, articles, why grouped, failures, counts."""
    treaty_desk.build()
    data = json.loads(treaty_desk.files()["editions/2026-11-21/morning/edition.json"])
    told = max(data["storylines"], key=lambda line: len(line["references"]))
    assert told["sentences"][0]["citations"][0]["quote"]
    assert told["why"][0]["reasons"]
    assert {"id", "title", "url", "source", "language", "published"} <= set(told["references"][0])
    assert data["counts"]["articles"] == 3


def test_the_address_of_a_merged_storyline_leads_to_the_living_one(treaty_desk: Desk) -> None:
    """After a merge the old page and feeds show the living storyline, and name its address as the canonical one."""
    edition = edition_of(treaty_desk)
    assert edition is not None
    ids = [told.id for told in edition.storylines]
    room = treaty_desk.open()
    correct(room, Correction("merge", tuple(ids), NOON))
    living = room.store.storylines.storyline(ids[0])
    assert living is not None
    old = next(told.slug for told in edition.storylines if told.slug != living.slug)
    treaty_desk.build()
    files = treaty_desk.files()
    assert files[f"storylines/{old}/index.html"] == files[f"storylines/{living.slug}/index.html"]
    assert files[f"storylines/{old}/feed.xml"] == files[f"storylines/{living.slug}/feed.xml"]
    assert (
        f'rel="canonical" href="https://news.example.org/storylines/{living.slug}/"'.encode()
        in files[f"storylines/{old}/index.html"]
    )
