"""extract, group, digest, verify: any file in, JSON out, and words where a file is not what it should be."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from .conftest import REPORTS, Run

ROWS: list[dict[str, Any]] = [
    {"id": "duma", "text": REPORTS["duma.txt"], "published": "2024-10-24"},
    {"id": "vote", "text": REPORTS["vote.txt"], "published": "2024-10-24T08:00:00+03:00"},
    {"id": "storm", "text": REPORTS["storm.txt"], "published": "2024-09-07"},
]


def _rows(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_extract_reads_each_format(briefing: Run, tmp_path: Path) -> None:
    """Text, Markdown, HTML and a JSON record give one object with the same title and date; JSON Lines a line each."""
    title, _, rest = REPORTS["duma.txt"].partition("\n\n")
    day, _, body = rest.partition("\n\n")
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
    record = json.dumps({"title": title, "text": body, "published": "2024-10-24"})
    given = {
        "a.txt": REPORTS["duma.txt"],
        "a.md": f"# {title}\n\n{day}\n\n{body}",
        "a.html": f"<html><title>{title}</title><body><h1>{title}</h1><p>{day}</p>{paragraphs}</body></html>",
        "a.json": record,
        "a.jsonl": f"{record}\n" + json.dumps({"title": "Typhoon Yagi leaves", "text": REPORTS["storm.txt"]}),
    }
    for name, text in given.items():
        (tmp_path / name).write_text(text)
        done = briefing("extract", name, "--json").must(0)
        found = done.lines[0] if name == "a.jsonl" else done.json
        assert (found["title"], found["published"][:10]) == (title, "2024-10-24"), name
        assert "no third country" in found["text"]
    assert len(briefing("extract", "a.jsonl").must(0).lines) == 2
    assert len(briefing("extract", ".").must(0).lines) >= 2


def test_extract_says_what_cannot_be_read(briefing: Run, tmp_path: Path) -> None:
    """Junk, an empty file, no file, another kind of file and an empty folder: words on standard error, exit 1 or 2."""
    (tmp_path / "junk.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "menu.txt").write_text("Home\nNews\nSport\nLogin\nAbout\nJobs\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "folder").mkdir()
    for name, code in (("junk.txt", 2), ("empty.txt", 2), ("none.txt", 2), ("folder", 2), ("picture.png", 2)):
        done = briefing("extract", name).must(code)
        assert done.out == ""
        assert name in done.err
    assert "menu.txt" in briefing("extract", "menu.txt").must(1).err
    _rows(tmp_path / "part.jsonl", {"id": 1, "text": REPORTS["duma.txt"]}, "{broken")
    done = briefing("extract", "part.jsonl").must(1)
    assert "part.jsonl:2" in done.err
    assert "Duma" in done.out


def test_extract_bounds_a_text_of_50_mb(briefing: Run, tmp_path: Path) -> None:
    """Of fifty megabytes the beginning is read, in bounded time, and it is said."""
    (tmp_path / "huge.txt").write_text(
        REPORTS["duma.txt"] + "\n\nThe deputies spoke for hours on end that day.\n" * 1_000_000
    )
    start = time.monotonic()
    done = briefing("extract", "huge.txt").must(0)
    assert "only its beginning is read" in done.err
    assert done.json["published"] == "2024-10-24"
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("mode", [(), ("--stream",)])
def test_group_gives_a_line_for_each_line(briefing: Run, tmp_path: Path, mode: tuple[str, ...]) -> None:
    """In the order given, one matter together, another apart; a file and standard input give the same."""
    path = _rows(tmp_path / "in.jsonl", *ROWS, {"id": "duma", "text": "The same id again."}, "", {"id": "none"})
    lines = briefing("group", path, *mode).must(0).lines
    assert [line["id"] for line in lines] == ["duma", "vote", "storm", "duma", "none"]
    assert set(lines[0]) == {"id", "development", "storyline"}
    assert lines[0]["storyline"] == lines[1]["storyline"] != lines[2]["storyline"]
    assert briefing("group", "-", *mode, stdin=path.read_bytes()).must(0).lines == lines


def test_group_takes_what_is_huge_old_or_empty(briefing: Run, tmp_path: Path) -> None:
    """Ten megabytes of text, dates of 1970 and 2099 and the ends of the calendar, and nothing at all."""
    years = ({"id": year, "text": REPORTS["duma.txt"], "published": f"{year}-01-01"} for year in (1000, 1970, 2099))
    path = _rows(tmp_path / "in.jsonl", {"id": "huge", "text": "The deputies spoke. " * 500_000}, *years)
    for mode in ((), ("--stream",)):
        assert len(briefing("group", path, *mode).must(0).lines) == 4
    for empty in (b"", b"\n\n", b"\xef\xbb\xbf"):
        done = briefing("group", "-", stdin=empty).must(0)
        assert done.out + done.err == ""


@pytest.mark.parametrize("command", ["group", "digest", "verify"])
def test_every_broken_line_is_named(briefing: Run, tmp_path: Path, command: str) -> None:
    """Broken JSON, no id, a wrong date, half a character, a date out of the calendar: each by its line."""
    wrong = [
        "{",
        {"text": "x"},
        {"id": "a", "published": "soon"},
        '{"id": "\\ud800"}',
        {"id": "b", "published": "0001-01-01"},
    ]
    _rows(tmp_path / "in.jsonl", *ROWS, *wrong)
    (tmp_path / "s.json").write_text('{"sentences": []}')
    done = briefing(command, *(["s.json"] if command == "verify" else []), "in.jsonl").must(2)
    assert done.out == ""
    assert [line.split(":")[1] for line in done.err.splitlines()] == ["4", "5", "6", "7", "8"]
    missing = briefing(command, *(["s.json"] if command == "verify" else []), "none.jsonl").must(2)
    assert "none.jsonl: No such file" in missing.err


def test_digest_keeps_to_every_option(briefing: Run, tmp_path: Path) -> None:
    """So many sentences, words, dates and languages as asked for; every citation stands in its article."""
    path = _rows(tmp_path / "in.jsonl", *ROWS[:2])
    told = briefing("digest", path, "--json", "--sentences", 2, "--milestones", 1, "--language", "en").must(0).json
    assert told["headline"]
    assert len(told["sentences"]) == 2
    assert len(told["milestones"]) == 1
    texts = {row["id"]: row["text"] for row in ROWS}
    for sentence in told["sentences"]:
        for cite in sentence["citations"] if "citations" in sentence else sentence["cites"]:
            assert cite["quote"] in texts[cite.get("article") or cite.get("id")]
    assert briefing("digest", path, "--words", 30, "--milestone-sentences", 2).must(0).json["sentences"]


def test_digest_quotes_the_text_as_it_came(briefing: Run, tmp_path: Path) -> None:
    """Where a text is not in normal form (Hindi nukta, decomposed Vietnamese), its own code points are quoted."""
    texts = {
        "hi": "मंत्री ने रविवार को ह\u095bारों किसानों से मिलकर नई योजना की घोषणा की। योजना अगले सप्ताह शुरू होगी।",
        "vi": unicodedata.normalize(
            "NFD",
            "Quốc hội phê chuẩn hiệp ước với 397 phiếu thuận hôm thứ Năm.\u200b Văn kiện có hiệu lực từ tháng sau.",
        ),
    }
    for language, text in texts.items():
        assert unicodedata.normalize("NFC", text) != text
        path = _rows(tmp_path / "in.jsonl", {"id": language, "text": text, "language": language})
        told = briefing("digest", path, "--language", language).must(0)
        for sentence in told.json["sentences"]:
            (cite,) = sentence["cites"]
            assert text[cite["start"] : cite["end"]] == cite["quote"] == sentence["text"]
        (tmp_path / "s.json").write_text(told.out, "utf-8")
        held = briefing("verify", tmp_path / "s.json", path).must(0).json
        assert held["supported"] == held["total"] == len(told.json["sentences"]) > 0


def test_digest_takes_the_sentences_of_each_date_from_either_option(briefing: Run, tmp_path: Path) -> None:
    """Beside --milestones, --sentences holds for each date, too, where --milestone-sentences does not say otherwise."""
    text = "The old bridge opened on 9 May. Crowds crossed the bridge on 9 May in the rain. A mayor wept."
    path = _rows(tmp_path / "in.jsonl", {"id": "a", "text": text, "published": "2031-05-10"})

    def cited(*options: object) -> int:
        (stone,) = briefing("digest", path, "--milestones", 1, *options).must(0).json["milestones"]
        return len(stone["cites"])

    assert (cited(), cited("--sentences", 2), cited("--sentences", 2, "--milestone-sentences", 1)) == (1, 2, 1)


@pytest.mark.parametrize(
    "options",
    [
        ("--sentences", "2", "--words", "50"),
        ("--sentences", "0"),
        ("--words", "many"),
        ("--milestones", "-1"),
        ("--milestone-sentences", "100"),
    ],
)
def test_digest_refuses_wrong_options(briefing: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    """Options that contradict each other or are out of range are wrong use."""
    assert options[0] in briefing("digest", _rows(tmp_path / "in.jsonl", *ROWS), *options).must(2).err


def test_digest_needs_something_to_tell(briefing: Run, tmp_path: Path) -> None:
    """An empty file is wrong use; reports without any text give an answer without sentences, or words."""
    assert "holds no report" in briefing("digest", "-", stdin=b"").must(2).err
    done = briefing("digest", _rows(tmp_path / "in.jsonl", {"id": "a"}, {"id": "b", "title": "Only a title"}))
    done.must(done.code if done.code in (0, 1, 2) else 0)
    assert done.out or done.err


def test_verify_tells_supported_from_unsupported(briefing: Run, tmp_path: Path) -> None:
    """What the article says is supported; another date, or an unknown article, is not; --strict exits 1."""
    _rows(tmp_path / "in.jsonl", *ROWS)
    cites = [{"id": "duma"}]
    told = [
        {"text": "The State Duma ratified the treaty with North Korea on 24 October 2024.", "cites": cites},
        {"text": "The State Duma ratified the treaty with North Korea on 25 October 2024.", "cites": cites},
        {"text": "The treaty is defensive.", "cites": [{"id": "nobody"}]},
    ]
    (tmp_path / "s.json").write_text(json.dumps({"sentences": told}))
    done = briefing("verify", "s.json", "in.jsonl", "--json").must(0)
    assert [one["supported"] for one in done.json["sentences"]] == [True, False, False]
    assert (done.json["supported"], done.json["total"]) == (1, 3)
    assert done.json["sentences"][1]["missing"][0]["kind"] == "date"
    assert "nobody" in json.dumps(done.json["sentences"][2]["missing"])
    assert "2 of 3" in done.err
    briefing("verify", "s.json", "in.jsonl", "--strict").must(1)


@pytest.mark.parametrize(
    "summary",
    [
        "", "{", "[]", "5", "{}", '{"sentences": 5}', '{"sentences": ["x"]}', '{"sentences": [{"text": 5}]}',
        '{"sentences": [{"text": "x", "cites": {"id": 1}}]}', '{"sentences": [{"text": "x", "cites": [{"id": 5}]}]}',
        "[" * 100_000, "\xff\xfe",
    ],
)  # fmt: skip
def test_verify_says_what_a_summary_is(briefing: Run, tmp_path: Path, summary: str) -> None:
    """Whatever is not a summary is refused in a line that names the file."""
    _rows(tmp_path / "in.jsonl", *ROWS)
    (tmp_path / "s.json").write_bytes(summary.encode("latin-1"))
    done = briefing("verify", "s.json", "in.jsonl").must(2)
    assert done.err.startswith("s.json: ")
    assert len(done.err.splitlines()) == 1
