"""sources and storylines: what there is, and correcting it so that it stays corrected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import CONFIG, FLOOD, NOON, REPORTS, Done, Run, desk

TOMORROW = "2026-11-22T05:00:00"

VALDAI = (
    "Putin: nothing new in the treaty with Pyongyang\n\n7 November 2024\n\nVladimir Putin said on 7 November 2024 that "
    "the partnership treaty with North Korea contains nothing new and returns to a Soviet treaty.\n\nHe did not rule "
    "out joint exercises of Russia and North Korea."
)


def _lines(briefing: Run) -> dict[str, dict[str, Any]]:
    """Give the storylines by the word that tells them apart: treaty, storm."""
    found: list[dict[str, Any]] = briefing("storylines", "list", "--json").must(0).json
    return {"storm" if "yphoon" in line["title"] else "treaty": line for line in found}


def _articles(briefing: Run, storyline: str) -> list[str]:
    detail = briefing("storylines", "show", storyline, "--json").must(0).json
    return [article["id"] for event in detail["developments"] for article in event["articles"]]


def _told(folder: Path, day: str = "2026-11-22") -> list[str]:
    edition = json.loads((folder / "out" / "editions" / day / "morning" / "edition.json").read_text("utf-8"))
    return [telling["id"] for telling in edition["storylines"]]


def test_the_list_holds_what_the_edition_told(briefing: Run, built: Path) -> None:
    """list gives id, size, days and title in lines, and the same as data; --limit keeps to so many."""
    lines = _lines(briefing)
    assert {name: line["articles"] for name, line in lines.items()} == {"treaty": 2, "storm": 1}
    printed = briefing("storylines", "list").must(0).out
    assert all(line["title"] in printed and line["id"] in printed for line in lines.values())
    assert len(briefing("storylines", "list", "--limit", "1").must(0).out.splitlines()) == 1


def test_a_storyline_is_shown_with_its_grounds(briefing: Run, built: Path) -> None:
    """show, by id or slug, gives developments, articles and why each is there; why says it of any two, both ways."""
    lines = _lines(briefing)
    treaty, storm = lines["treaty"], lines["storm"]
    by_slug = briefing("storylines", "show", treaty["slug"]).must(0).out
    assert by_slug == briefing("storylines", "show", treaty["id"]).must(0).out
    one, other = _articles(briefing, treaty["id"])
    assert one in by_slug
    assert other in by_slug
    together = briefing("storylines", "why", one, other, "--json").must(0).json
    assert together["together"]
    assert together["for"]
    assert "One storyline." in briefing("storylines", "why", other[:6], one).must(0).out
    [stranger] = _articles(briefing, storm["id"])
    assert "Not one storyline." in briefing("storylines", "why", one, stranger).must(0).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "s999"),
        ("show", ""),
        ("why", "nope", "nope"),
        ("why", "", ""),
        ("why", "%", "_"),
        ("merge", "s1", "s1"),
        ("merge", "s1", "s999"),
        ("split", "s1", "nope"),
        ("split", "s999", "nope"),
        ("mute", "s999"),
        ("follow", "nope", "--off"),
    ],
)
def test_what_is_not_there_is_said(briefing: Run, built: Path, arguments: tuple[str, ...]) -> None:
    """An unknown storyline or article, and a merge of one with itself, are wrong use; nothing changes."""
    before = briefing("storylines", "list", "--json").must(0).out
    assert briefing("storylines", *arguments).must(2).err
    assert briefing("storylines", "list", "--json").must(0).out == before


def test_before_the_first_build_there_is_nothing(briefing: Run, tmp_path: Path) -> None:
    """An empty store is an empty list, in lines and as data."""
    desk(tmp_path)
    assert briefing("storylines", "list").must(0).out == ""
    assert briefing("storylines", "list", "--json").must(0).json == []


def test_a_merge_holds_for_what_comes_later(briefing: Run, built: Path) -> None:
    """Merged storylines are one, the old slug leads to it, later arrivals join it, re-runs keep it."""
    lines = _lines(briefing)
    kept, gone = lines["treaty"], lines["storm"]
    assert "one storyline now" in briefing("storylines", "merge", kept["id"], gone["slug"]).must(0).out
    assert "one storyline already" in briefing("storylines", "merge", kept["id"], gone["id"]).must(2).err
    assert len(_articles(briefing, gone["slug"])) == 3
    assert _articles(briefing, gone["id"]) == _articles(briefing, kept["slug"])
    (built / "corpus" / "flood.txt").write_text(FLOOD)
    briefing("build", "--now", TOMORROW).must(0)
    [line] = briefing("storylines", "list", "--json").must(0).json
    assert line["articles"] == 4
    assert line["slug"] in (kept["slug"], gone["slug"])
    for clock in (TOMORROW, "2026-11-23T05:00:00"):
        briefing("build", "--now", clock).must(0)
        assert [row["id"] for row in briefing("storylines", "list", "--json").must(0).json] == [line["id"]]


def test_a_split_holds_for_what_comes_later(briefing: Run, built: Path) -> None:
    """An article taken out is in a storyline of its own, and re-runs and arrivals do not bring it back."""
    treaty = _lines(briefing)["treaty"]["id"]
    one, other = _articles(briefing, treaty)
    said = briefing("storylines", "split", treaty, other[:8]).must(0).out
    assert treaty not in said.rpartition(" are in ")[2]
    (built / "corpus" / "flood.txt").write_text(FLOOD)
    briefing("build", "--now", TOMORROW).must(0)
    lines = briefing("storylines", "list", "--json").must(0).json
    homes = {id_: line["id"] for line in lines for id_ in _articles(briefing, line["id"])}
    assert homes[one] != homes[other]
    assert not briefing("storylines", "why", one, other, "--json").must(0).json["together"]


def test_a_split_takes_only_what_is_there_and_not_all(briefing: Run, built: Path) -> None:
    """An article of another storyline cannot be taken out, nor can all of them."""
    lines = _lines(briefing)
    [stranger] = _articles(briefing, lines["storm"]["id"])
    assert (
        f"not in {lines['treaty']['id']}"
        in briefing("storylines", "split", lines["treaty"]["id"], stranger).must(2).err
    )
    assert "all of" in briefing("storylines", "split", lines["storm"]["id"], stranger).must(2).err


def test_muted_is_not_told_until_it_is_told_again(briefing: Run, built: Path) -> None:
    """News of a muted storyline makes no edition; with --off it is in the next one."""
    storm = _lines(briefing)["storm"]["id"]
    briefing("storylines", "mute", storm).must(0)
    assert "[muted]" in briefing("storylines", "list").must(0).out
    (built / "corpus" / "flood.txt").write_text(FLOOD)
    assert "none was made" in briefing("build", "--now", TOMORROW).must(0).out
    briefing("storylines", "mute", storm, "--off").must(0)
    briefing("build", "--now", TOMORROW).must(0)
    assert _told(built) == [storm]


def test_followed_is_told_without_news(briefing: Run, built: Path) -> None:
    """A followed storyline makes an edition on a quiet day; with --off it makes none on the next."""
    treaty = _lines(briefing)["treaty"]["id"]
    briefing("storylines", "follow", treaty).must(0)
    assert "[followed]" in briefing("storylines", "list").must(0).out
    briefing("build", "--now", TOMORROW).must(0)
    assert _told(built) == [treaty]
    briefing("storylines", "follow", treaty, "--off").must(0)
    assert "none was made" in briefing("build", "--now", "2026-11-23T05:00:00").must(0).out


def test_sources_say_when_they_were_asked(briefing: Run, built: Path) -> None:
    """Before and after a build, with a failure, and as data."""
    (built / "config.yaml").write_text(CONFIG.replace("sources:", "sources:\n  - {corpus: none, slug: none}"))
    assert "not asked yet" in briefing("sources", "list").must(0).out
    briefing("build", "--now", NOON).must(0)
    rows = {row["source"]: row for row in briefing("sources", "list", "--json").must(0).json}
    assert rows["corpus"]["asked"].startswith("2026-11-21 05:00")
    assert (rows["corpus"]["failure"], rows["none"]["asked"]) == (None, None)
    assert "No such file" in rows["none"]["failure"]
    assert "cannot be read" in briefing("sources", "list").must(0).out


def test_checking_sources_keeps_nothing(briefing: Run, tmp_path: Path) -> None:
    """check counts what each gives, names what is wrong, and a later build has it all still to collect."""
    desk(tmp_path, CONFIG.replace("sources:", "sources:\n  - {corpus: none, slug: none}"))
    (tmp_path / "corpus" / "junk.txt").write_bytes(bytes(range(256)) * 40)
    checked: Done = briefing("sources", "check")
    assert "3 entries" in checked.must(1).out
    assert "junk.txt" in checked.out
    assert "No such file" in checked.out
    assert briefing("sources", "check", "corpus", "--json").must(0).json[0]["entries"] == 3
    assert "expected one of corpus, none" in briefing("sources", "check", "other").must(2).err
    assert "Collected 3 new entries" in briefing("build").must(0).out


def _with_two_sources(folder: Path) -> None:
    """Make two corpora of one storyline: the Duma's vote told by each, the storm by the second alone."""
    reports = dict(REPORTS)
    desk(folder, CONFIG.replace("  - {corpus: corpus", "  - {corpus: other, slug: other}\n  - {corpus: corpus"),
         {"duma.txt": reports.pop("duma.txt")})  # fmt: skip
    (folder / "other").mkdir()
    for name, text in reports.items():
        (folder / "other" / name).write_text(text, "utf-8")


def test_a_removed_source_is_cited_no_more(briefing: Run, tmp_path: Path) -> None:
    """remove takes it out of config.yaml and out of every later edition; the edition of before stays as it is."""
    _with_two_sources(tmp_path)
    briefing("build", "--now", NOON).must(0)
    edition = tmp_path / "out/editions/2026-11-21/morning/edition.json"
    before = edition.read_bytes()
    assert b'"other"' in before
    refused = briefing("sources", "remove", "other").must(2)
    assert "--yes" in refused.err
    done = briefing("sources", "remove", "other", "--yes").must(0)
    assert "2 articles will be cited no more" in done.out
    assert "other" not in (tmp_path / "config.yaml").read_text("utf-8")
    (tmp_path / "corpus" / "valdai.txt").write_text(VALDAI, "utf-8")
    briefing("build", "--now", TOMORROW).must(0)
    assert edition.read_bytes() == before
    later = json.loads((tmp_path / "out/editions/2026-11-22/morning/edition.json").read_text("utf-8"))
    listed = {reference["source"] for told in later["storylines"] for reference in told["references"]}
    assert listed == {"corpus"}
    assert "Rudenko told the deputies" not in json.dumps(later)
    assert briefing("sources", "list", "--json").must(0).json[0]["source"] == "corpus"


def test_removing_what_is_not_there_names_what_is(briefing: Run, built: Path) -> None:
    """An unknown slug, and the only source, change nothing and say why."""
    assert "expected one of corpus" in briefing("sources", "remove", "korpus", "--yes").must(2).err
    assert "nothing was changed" in briefing("sources", "remove", "corpus", "--yes").must(2).err
    assert len(_lines(briefing)) == 2
