"""A folder of documents, good and bad."""

import asyncio
import json
import logging
import os
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.collectors.corpus import CorpusCollector
from briefing.collectors.documents import LIMIT_LINE, LIMIT_REJECTED, LIMIT_TEXT
from briefing.errors import CollectError
from briefing.model import Entry, Image
from briefing.ports import Harvest, SourceState

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def into(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return into


def collect(folder: Path, state: SourceState | None = None, **options: str) -> Harvest:
    return asyncio.run(CorpusCollector("corpus", folder, **options).collect(state or SourceState(), NOW))


def only(folder: Path) -> Entry:
    harvest = collect(folder)
    assert harvest.rejected == ()
    (entry,) = harvest.entries
    return entry


def test_every_kind_of_document_is_an_entry(tmp_path: Path, write: Write):
    """Text, Markdown, HTML, JSON and JSON Lines, in subfolders too, in the order of their names."""
    write("b.txt", "Plain words.")
    write("a.md", "# A title\n\nSome *words*.")
    write("c.HTML", "<html><body><p>Page</p></body></html>")
    write("d.json", '{"title": "One", "text": "Record"}')
    write("sub/e.jsonl", '{"id": "x", "text": "First"}\n\n{"text": "Second"}\n')
    write("sub/f.htm", "<p>Part</p>")
    found = {entry.guid: (entry.media_type, entry.body) for entry in collect(tmp_path).entries}
    assert found == {
        "a.md": ("text/html", "<h1>A title</h1>\n<p>Some <em>words</em>.</p>\n"),
        "b.txt": ("text/plain", "Plain words."),
        "c.HTML": ("text/html", "<html><body><p>Page</p></body></html>"),
        "d.json": ("text/plain", "Record"),
        "sub/e.jsonl#x": ("text/plain", "First"),
        "sub/e.jsonl#3": ("text/plain", "Second"),
        "sub/f.htm": ("text/html", "<p>Part</p>"),
    }
    assert list(found) == ["a.md", "b.txt", "c.HTML", "d.json", "sub/e.jsonl#x", "sub/e.jsonl#3", "sub/f.htm"]


def test_a_record_carries_what_it_says(tmp_path: Path, write: Write):
    """All keys of a record reach the entry; a list of records numbers those without an id."""
    record = {
        "title": "Lũ <b>lớn</b>", "html": "<p>x</p>", "url": "https://p.example/1", "language": "VI", "source": "Báo",
        "published": "2026-03-03T10:00:00+07:00", "tags": ["a", " a ", "b"],
        "image": "https://p.example/1.jpg", "image_alt": "A pier",
    }  # fmt: skip
    write("a.json", json.dumps([record, {"id": 7, "content": "y"}]))
    first, second = collect(tmp_path, language="th").entries
    assert (first.source, first.guid, first.collected_at) == ("corpus", "a.json#1", NOW)
    assert (first.title, first.body, first.media_type) == ("Lũ lớn", "<p>x</p>", "text/html")
    assert (first.url, first.language, first.outlet, first.categories) == (
        "https://p.example/1",
        "vi",
        "Báo",
        ("a", "b"),
    )
    assert (first.image, second.image) == (Image("https://p.example/1.jpg", "A pier"), None)
    assert first.published is not None
    assert (first.published.iso, first.published.basis) == ("2026-03-03T10:00:00+07:00", "given")
    assert (second.guid, second.language, second.outlet) == ("a.json#7", "th", None)


def test_markdown_may_have_front_matter(tmp_path: Path, write: Write):
    """YAML front matter gives title, date, address and language; other keys are left alone."""
    write(
        "a.md",
        "---\ntitle: No\ndate: 2026-03-03\nlang: no\nlink: https://p.example/\nimage: {path: x}\n"
        "layout: post\ntags: [x]\n---\nWords.",
    )
    entry = only(tmp_path)
    assert (entry.title, entry.language, entry.url, entry.categories) == ("No", "no", "https://p.example/", ("x",))
    assert entry.published is not None
    assert entry.published.iso == "2026-03-03"
    assert entry.body == "<p>Words.</p>\n"


def test_broken_front_matter_is_text(tmp_path: Path, write: Write):
    """What is not YAML is kept, and said."""
    write("a.md", "---\n{{{\n---\nWords.")
    harvest = collect(tmp_path)
    assert "Words." in harvest.entries[0].body
    assert "front matter" in harvest.rejected[0][1]


def test_very_long_markdown_is_read_as_text(tmp_path: Path, write: Write):
    """Markdown beyond any article's length is not rendered, which could take minutes; its words are kept."""
    write("a.md", "*a **a " * 100_000)
    before = time.monotonic()
    entry = only(tmp_path)
    assert time.monotonic() - before < 5
    assert (entry.media_type, len(entry.body)) == ("text/plain", 700_000)


def test_html_in_a_text_file_is_html(tmp_path: Path, write: Write):
    """A page saved as .txt is read as the page it is."""
    write("a.txt", "<!DOCTYPE html><html><body>x</body></html>")
    assert only(tmp_path).media_type == "text/html"


def test_a_single_file_is_a_corpus(tmp_path: Path, write: Write):
    """A corpus may be one file."""
    assert only(write("a.jsonl", '{"text": "One"}')).guid == "a.jsonl#1"


def test_hidden_and_accompanying_files_are_left_alone(tmp_path: Path, write: Write):
    """Hidden files and folders, README and LICENSE and other kinds of file are no documents."""
    for name in (
        ".a.txt",
        ".git/b.txt",
        "README.md",
        "LICENSE.txt",
        "Code-of-Conduct.md",
        "photo.jpg",
        "data.csv",
        "noext",
    ):
        write(name, "x")
    write("reading.md", "y")
    assert only(tmp_path).guid == "reading.md"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8-sig", "Mưa lớn ở miền Trung"),
        ("utf-16", "Mưa lớn ở miền Trung"),
        ("tis-620", "สภาล่างของรัสเซียลงมติเห็นชอบสนธิสัญญาฉบับใหม่เมื่อวันพฤหัสบดี " * 3),
        ("windows-1256", "رئيس الوزراء يعلن عن اتفاق جديد مع الدول المجاورة بشأن المياه " * 3),
    ],
)
def test_encodings_are_found(tmp_path: Path, write: Write, encoding: str, words: str):
    """Documents need not be UTF-8."""
    write("a.txt", words.encode(encoding))
    write("b.jsonl", json.dumps({"text": words + "!"}, ensure_ascii=False).encode(encoding))
    assert [entry.body for entry in collect(tmp_path).entries] == [words, words + "!"]


def test_an_unchanged_corpus_is_not_read_again(tmp_path: Path, write: Write):
    """Nothing changed means no entries and `unchanged`; any change makes it be read anew."""
    path = write("a.txt", "One.")
    first = collect(tmp_path)
    again = collect(tmp_path, first.state)
    assert (again.unchanged, again.entries) == (True, ())
    path.write_text("Two!")
    os.utime(path, ns=(1, 1))
    changed = collect(tmp_path, first.state)
    assert [(entry.guid, entry.body) for entry in changed.entries] == [("a.txt", "Two!")]
    write("b.txt", "New.")
    assert len(collect(tmp_path, changed.state).entries) == 2
    path.unlink()
    assert len(collect(tmp_path, changed.state).entries) == 1


def test_what_is_wrong_stays_in_sight(tmp_path: Path, write: Write):
    """A corpus with a broken document says so at every run, not only at the first."""
    write("a.txt", "One.")
    write("b.json", "{")
    first = collect(tmp_path)
    second = collect(tmp_path, first.state)
    assert first.rejected
    assert second.rejected == first.rejected


def test_duplicates_are_collected_once(tmp_path: Path, write: Write, caplog: pytest.LogCaptureFixture):
    """The same words under another name, or in another encoding, are one entry; the log tells which."""
    write("a.txt", "Cùng một bài viết, hai tập tin khác nhau.")
    write("b.txt", "Cùng một bài viết, hai tập tin khác nhau.".encode("utf-16"))
    with caplog.at_level(logging.INFO):
        assert only(tmp_path).guid == "a.txt"
    assert "b.txt says the same as a.txt" in caplog.text


def test_one_id_twice_is_said(tmp_path: Path, write: Write):
    """Two records with one id and different words cannot both be kept under it."""
    write("a.jsonl", '{"id": 1, "text": "x"}\n{"id": 1, "text": "y"}')
    harvest = collect(tmp_path)
    assert [entry.body for entry in harvest.entries] == ["x"]
    assert harvest.rejected == (("a.jsonl#1", "its id was already given to another record of this file"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "half', "broken JSON"),
        ('{"text": 5}', "text: input should be a valid string"),
        ("[1]", "expected an object"),
        ("null", "expected an object"),
        ("{}", "neither a title nor a text"),
        ("[" * 100_000, "broken JSON"),
        ("9" * 10_000, "broken JSON"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_kept(tmp_path: Path, write: Write, line: str, message: str):
    """A line that is no record is rejected by file and line; those around it are collected."""
    write("news.jsonl", f'{{"text": "Before"}}\n{line}\n{{"text": "After"}}\n')
    harvest = collect(tmp_path)
    assert [entry.body for entry in harvest.entries] == ["Before", "After"]
    ((subject, said),) = harvest.rejected
    assert subject == "news.jsonl:2"
    assert message in said


def test_a_wrong_date_does_not_lose_the_record(tmp_path: Path, write: Write):
    """A record whose date cannot be read is kept without it, and said."""
    write("a.jsonl", '{"text": "x", "published": "last week"}')
    harvest = collect(tmp_path)
    assert harvest.entries[0].published is None
    assert "'last week' is not a date" in harvest.rejected[0][1]


def test_a_file_of_junk_lines_is_summed_up(tmp_path: Path, write: Write):
    """Thousands of broken lines are twenty messages and a count."""
    write("a.jsonl", "junk\n" * 5000 + '{"text": "x"}')
    harvest = collect(tmp_path)
    assert len(harvest.rejected) == LIMIT_REJECTED + 1
    assert harvest.rejected[-1] == ("a.jsonl", "4980 more of its records cannot be read")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl"])
def test_binary_junk_is_rejected(tmp_path: Path, write: Write, name: str):
    """A picture that calls itself a document is said not to be text, and the others are collected."""
    write(name, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50)
    write("b.txt", "Good.")
    harvest = collect(tmp_path)
    assert [entry.guid for entry in harvest.entries] == ["b.txt"]
    assert harvest.rejected
    assert all(subject.startswith(name) for subject, _ in harvest.rejected)
    assert "text" in harvest.rejected[0][1]


def test_fifty_megabytes_are_read_at_their_beginning(tmp_path: Path, write: Write):
    """Of a huge text the first 2 MB are read, in bounded memory and time, and it is said."""
    write("a.txt", "Một câu nói dài. " * 3_000_000)
    tracemalloc.start()
    before = time.monotonic()
    harvest = collect(tmp_path)
    assert time.monotonic() - before < 10
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
    assert len(harvest.entries[0].body.encode()) <= LIMIT_TEXT + 10
    assert "larger than 2 MB" in harvest.rejected[0][1]


def test_an_endless_line_is_skipped(tmp_path: Path, write: Write):
    """A record beyond the limit is rejected by its line; the next line is read."""
    write("a.jsonl", '{"text": "' + "x" * (2 * LIMIT_LINE) + '"}\n{"text": "Next"}')
    harvest = collect(tmp_path)
    assert [(entry.guid, entry.body) for entry in harvest.entries] == [("a.jsonl#2", "Next")]
    assert harvest.rejected[0][0] == "a.jsonl:1"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_an_empty_file_does_not_hide_the_others(tmp_path: Path, write: Write, name: str):
    """An empty document is no entry."""
    write(name, " \n")
    write("b.txt", "Good.")
    assert [entry.guid for entry in collect(tmp_path).entries] == ["b.txt"]


@pytest.mark.parametrize("names", [(), ("x.csv",), (".hidden.txt",)])
def test_an_empty_folder_is_a_failure(tmp_path: Path, write: Write, names: tuple[str, ...]):
    """A folder without documents says so, and what would be one."""
    for name in names:
        write(name, "x")
    with pytest.raises(CollectError, match=r"holds no documents \(.*\.jsonl.*\.txt\)"):
        collect(tmp_path)


def test_a_folder_of_nothing_readable_is_a_failure(tmp_path: Path, write: Write):
    """When nothing could be read the reasons are in the message."""
    write("a.json", "{")
    with pytest.raises(CollectError, match=r"a\.json:1:2: broken JSON"):
        collect(tmp_path)


def test_a_missing_folder_is_a_failure(tmp_path: Path):
    """A folder that does not exist is named."""
    with pytest.raises(CollectError, match=r"nowhere cannot be read: No such file"):
        collect(tmp_path / "nowhere")


def test_links_do_not_lead_out_or_in_circles(tmp_path: Path, write: Write):
    """A link to a file elsewhere is refused, a link to a folder is not followed, a dangling one is named."""
    outside = write("outside/secret.txt", "secret")
    write("corpus/a.txt", "Good.")
    folder = tmp_path / "corpus"
    (folder / "secret.txt").symlink_to(outside)
    (folder / "circle").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nothing.txt")
    (folder / "within.txt").symlink_to(folder / "a.txt")
    harvest = collect(folder)
    assert [entry.guid for entry in harvest.entries] == ["a.txt"]
    assert dict(harvest.rejected) == {
        "secret.txt": "is a link that leads out of the folder",
        "dangling.txt": "cannot be read: No such file or directory",
    }


def test_a_pipe_is_no_document(tmp_path: Path, write: Write):
    """What is not a file is not opened: opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    write("a.txt", "Good.")
    assert only(tmp_path).guid == "a.txt"


def test_names_that_are_not_text_are_keys_that_can_be_stored(tmp_path: Path, write: Write):
    """A file name in another encoding, or in decomposed form, gives a guid in valid composed Unicode."""
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))).write_text("x")
    write("e\u0301.txt", "y")
    assert {entry.guid for entry in collect(tmp_path).entries} == {"\ufffd.txt", "\xe9.txt"}


def test_escapes_hide_nothing(tmp_path: Path, write: Write):
    """Half characters, controls and direction overrides from JSON escapes do not reach the store."""
    write("a.jsonl", r'{"id": "\ud800k", "title": "a\u0000b\u202e", "text": "x\ud800\u0007y"}')
    entry = only(tmp_path)
    assert (entry.guid, entry.title, entry.body) == ("a.jsonl#k", "ab", "xy")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl"]))
def test_any_bytes_are_read_or_rejected(tmp_path: Path, data: bytes, suffix: str):
    """Whatever a file holds, it gives entries that can be stored, or says what is wrong in one line."""
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / f"a{suffix}").write_bytes(data)
    (tmp_path / "b.txt").write_text("Good.")
    harvest = collect(tmp_path)
    for entry in harvest.entries:
        entry.body.encode()
        entry.guid.encode()
    assert harvest.entries
    assert all("\n" not in message for _, message in harvest.rejected)


def test_the_raw_reports_are_five_entries(shared: Path):
    """The raw reports come in as they are."""
    harvest = collect(shared / "seeds")
    assert len(harvest.entries) == 5
    assert harvest.rejected == ()
