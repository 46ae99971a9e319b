from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli.records import read
from briefing.errors import ConfigError


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "in.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_a_line_becomes_an_article(tmp_path: Path) -> None:
    """Title, text, date, source and language come through; unknown keys (labels) are ignored."""
    row = {"id": 7, "title": "Duma votes", "text": "The Duma voted.", "published": "2024-10-24T10:00:00+03:00"}
    [(key, article, _)] = read(lines(tmp_path, row | {"language": "en", "source": "Wire", "storyline": "treaty"}))
    assert (key, article.id, article.title, article.language, article.outlet) == ("7", "7", "Duma votes", "en", "Wire")
    assert article.published is not None
    assert article.published.instant.hour == 7


def test_title_and_language_are_made_where_missing(tmp_path: Path) -> None:
    """A text alone gets its beginning as title and its language from its letters."""
    [(_, article, _)] = read(lines(tmp_path, {"id": "a", "text": "สภาล่างของรัสเซียให้สัตยาบันสนธิสัญญา"}))
    assert (article.language, article.title[:6]) == ("th", "สภาล่า")


def test_the_same_id_twice_loses_nothing(tmp_path: Path) -> None:
    """Two lines of one id are two articles, each answering to that id."""
    rows = read(lines(tmp_path, {"id": "a", "text": "one"}, {"id": "a", "text": "two"}))
    assert [(row.id, row.article.id, row.given) for row in rows] == [("a", "a", "one"), ("a", "a#2", "two")]


def test_every_wrong_line_is_named_at_once(tmp_path: Path) -> None:
    """Broken JSON, a missing id, a wrong type and a wrong date each give file, line and what was expected."""
    path = lines(tmp_path, "{", {"text": "x"}, {"id": "a", "text": ["x"]}, {"id": "b", "published": "yesterday"}, "[1]")
    with pytest.raises(ConfigError) as caught:
        read(path)
    problems = str(caught.value).splitlines()
    assert [problem.split(":")[1] for problem in problems] == ["1", "2", "3", "4", "5"]
    assert "not JSON" in problems[0]
    assert "id: Field required" in problems[1]
    assert "ISO 8601" in problems[3]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """No file is one clear error, not a traceback."""
    with pytest.raises(ConfigError, match=r"none\.jsonl: No such file"):
        read(tmp_path / "none.jsonl")


def test_a_huge_text_is_bounded(tmp_path: Path) -> None:
    """Ten megabytes of text are read up to a limit and the line is kept."""
    [(_, article, _)] = read(lines(tmp_path, {"id": "a", "title": "t", "text": "a " * 5_000_000}))
    assert len(article.text) <= 200_000


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_no_bytes_give_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever a file holds, it is read or refused in words."""
    path = tmp_path_factory.mktemp("fuzz") / "in.jsonl"
    path.write_bytes(data)
    with contextlib.suppress(ConfigError):
        read(path)
