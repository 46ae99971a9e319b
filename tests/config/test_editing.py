"""Taking a source out of `config.yaml`: that alone, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import load, remove_source
from briefing.errors import ConfigError

CONFIG = """\
title: Test  # the site

sources:
  # News from the harbour.
  - feed: https://harbour.example/rss.xml
    name: Harbour   # as it calls itself
    language: en

  # Two in one line each.
  - {feed: "https://bridge.example/rss", name: "Bridge, # and road"}  # daily
  - {corpus: notes, name: Notes}
newsletters:
  - title: Morning
    filter: {sources: []}
    delivery: {sender: m@example.org, to: [a@example.org]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A configuration of three sources."""
    (tmp_path / "notes").mkdir()
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("slug", "line", "gone"),
    [
        ("harbour", 5, CONFIG.splitlines(keepends=True)[4:7]),
        ("bridge-and-road", 10, CONFIG.splitlines(keepends=True)[9:10]),
        ("notes", 11, CONFIG.splitlines(keepends=True)[10:11]),
    ],
)
def test_only_the_lines_of_the_source_go(file: Path, slug: str, line: int, gone: list[str]) -> None:
    """Block or flow, first or last: its own lines are taken out, comments and all else stay, byte for byte."""
    file.chmod(0o640)
    assert remove_source(file, slug, {}) == line
    kept = file.read_text(encoding="utf-8")
    assert kept == CONFIG.replace("".join(gone), "")
    assert slug not in [source.slug for source in load(file, {}).sources]
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_a_source_that_is_not_there_changes_nothing(file: Path) -> None:
    """An unknown slug gives None."""
    assert remove_source(file, "nowhere", {}) is None
    assert file.read_text(encoding="utf-8") == CONFIG


@pytest.mark.parametrize(
    ("config", "slug", "words"),
    [
        (CONFIG.replace("sources: []", "sources: [notes]"), "notes", "would be wrong without 'notes'"),
        ("sources: [{corpus: notes}]\nnewsletters: [{title: M}]\n", "notes", "take it out by hand"),
        ("sources:\n- corpus: notes\nnewsletters:\n- title: M\n", "notes", "would be wrong without 'notes'"),
    ],
    ids=["asked for by a newsletter", "shares a line", "the only one"],
)
def test_what_would_break_the_file_is_refused(file: Path, config: str, slug: str, words: str) -> None:
    """A clear error, and the file as it was."""
    file.write_text(config, encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        remove_source(file, slug, {})
    assert file.read_text(encoding="utf-8") == config
    assert sorted(path.name for path in file.parent.iterdir()) == ["config.yaml", "notes"]


def test_marks_and_links_are_kept(file: Path, tmp_path: Path) -> None:
    """A byte order mark and CRLF stay, and what a link points to is changed, not the link."""
    real = tmp_path / "real.yaml"
    real.write_bytes(b"\xef\xbb\xbf" + CONFIG.replace("\n", "\r\n").encode())
    file.unlink()
    file.symlink_to(real)
    assert remove_source(file, "harbour", {}) == 5
    assert file.is_symlink()
    assert real.read_bytes().startswith(b"\xef\xbb\xbftitle: Test  # the site\r\n")
    assert b"harbour.example" not in real.read_bytes()
