"""The shipped corpus: its own words, true to the reports it retells, and readable by the extractor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.extract import Extraction, extract
from briefing.model import Entry

SEEDS = Path(__file__).parents[1] / "seeds"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = re.compile(
    r"https?://\S+|www\.\S+|hiệp ước đối tác chiến lược toàn diện|copyright © 2013-2024 trung tâm tin tức\S*",
    re.IGNORECASE,
)


def windows(text: str, thai: bool) -> Iterator[str]:
    """Every run of eight words, or of 25 characters in Thai, of each line; addresses and names of treaties cut it."""
    for line in NAMES.sub("\n", text).splitlines():
        tokens = re.findall(r"\w", line) if thai else re.findall(r"\w+", line.casefold())
        size = 25 if thai else 8
        for at in range(len(tokens) - size + 1):
            yield ("" if thai else " ").join(tokens[at : at + size])


def test_no_copied_run(shared: Path) -> None:
    """No run of eight words (25 characters in Thai) of the raw reports stands in a seed."""
    raw = "\n".join(path.read_text("utf-8") for path in (shared / "seeds").glob("*.txt"))
    own = {path: path.read_text("utf-8") for path in SEEDS.rglob("*") if path.is_file()}
    for thai in (False, True):
        known = {run for run in windows(raw, thai) if not thai or re.search(r"[\u0e00-\u0e7f]{20}", run)}
        copied = {(path.name, run) for path, text in own.items() for run in windows(text, thai) if run in known}
        assert copied == set()


FACTS = {
    "2024-06-22-epoch-times-nato-autocracies.vi.txt": ("vi", "2024-06-22T16:25:15", "page", "Trung tâm Tin tức", 0),
    "2024-10-24-bao-quoc-te-duma-ratifies.th.txt": ("th", "2024-10-24", "page", "Báo Quốc Tế", 0),
    "2024-11-06-upper-house-vote-ahead.vi.txt": ("vi", None, None, None, 3),
    "2024-11-29-belousov-in-pyongyang.vi.txt": ("vi", "2024-11-29", "text", None, 6),
    "2024-11-08-dan-tri-putin-at-valdai.fa.txt": ("fa", "2024-11-08T07:38:16", "url", "Dân Trí", 0),
}


def read(name: str) -> Extraction:
    """One seed, extracted."""
    path = SEEDS / name
    media = "text/html" if path.suffix == ".html" else "text/plain"
    return extract(Entry("seeds", name, path.read_text("utf-8"), NOW, media))


@pytest.mark.parametrize("name", FACTS)
def test_facts(name: str) -> None:
    """Language, date with its basis, outlet and the number of teasers are those that the seed holds."""
    found = read(name)
    article = found.article
    published = (article.published.iso, article.published.basis) if article.published else (None, None)
    assert (article.language, *published, article.outlet, len(found.related)) == FACTS[name]


@pytest.mark.parametrize("name", FACTS)
def test_bodies_are_clean(name: str) -> None:
    """Every paragraph of a body is news: a whole sentence, or the one heading that a seed has."""
    debris = (
        "du lịch hè",
        "{",
        "©",
        "No data",
        "user image",
        "Ảnh:",
        "Nguồn",
        "عکس",
        "نظر",
        "ที่มา",
        "ภาพ :",
        "Lượt xem",
    )
    found = read(name)
    for article in (found.article, *found.related):
        assert [mark for mark in debris if mark in article.text] == []
    endings = [
        part for part in found.article.text.split("\n\n") if part[-1] not in '.”"»' and found.article.language != "th"
    ]
    assert endings in ([], ["Đồng minh nhưng vẫn dè chừng nhau"])


def test_dates_of_the_treaty() -> None:
    """The seeds name the five days that the treaty's timeline needs."""
    text = " ".join(read(name).article.text for name in FACTS)
    for day in ("19/6/2024", "24/10/2024", "24 ตุลาคม 2567", "6/11/2024", "۷ نوامبر ۲۰۲۴", "29/11"):
        assert day in text


def test_every_format_is_shown() -> None:
    """Each format that a corpus may hold is there."""
    assert {path.suffix for path in SEEDS.rglob("*") if path.is_file()} == {".txt", ".md", ".html", ".json", ".jsonl"}


@pytest.mark.parametrize("path", sorted((SEEDS / "side").glob("*.[thm]*")), ids=lambda path: path.name)
def test_side_documents(path: Path) -> None:
    """A side document has its own title, its file's language and no teaser."""
    found = read(f"side/{path.name}")
    assert found.article.language == path.name.split(".")[-2]
    assert not found.article.title_made
    assert found.related == ()
    assert found.article.title not in found.article.text
