"""The raw reports beside the checkout, read as the main job demands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.extract import Extraction, extract
from briefing.model import Entry

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FACTS = {
    "000": ("vi", "Tổng thư ký NATO: ", "2024-06-22T16:25:15", "page", "Trung tâm Tin tức", None, 0),
    "001": ("th", "สภาล่างของรัสเซียให้สัตยาบัน", "2024-10-24", "page", "Báo Quốc Tế", "baoquocte.vn", 0),
    "002": ("vi", "Nga và Triều Tiên sắp hoàn tất", None, None, None, None, 3),
    "003": ("vi", "Triều Tiên - Nga tăng cường", "2024-11-29", "text", None, None, 6),
    "004": ("fa", "ولادیمیر پوتین", "2024-11-08T07:38:16", "url", "Dân Trí", "dantri.com.vn", 0),
}
DEBRIS = (
    "việt nam", "Nhấp chuột", "Powered by", "Copyright", "hotline", "Đường dây nóng", "No data", "No videos",
    "user image", "ที่มา", "Hạ viện Nga phê chuẩn", "Ảnh: Reuters", "عکس", "منبع", "نظر (0)", "Li Muen", "Bài viết hay",
    "Ý KIẾN", "TIN CÙNG", "Tin tức 1", "{1[", "Epoch Times, ngày", "Wang Junyi", "หัวข้อเดียวกัน", "https://", "(روزنامه",
)  # fmt: skip


@pytest.fixture(scope="module")
def read(shared: Path) -> dict[str, Extraction]:
    """Every raw report, extracted, by the first three digits of its name."""
    return {
        path.name[:3]: extract(Entry("raw", path.name, path.read_text("utf-8"), NOW))
        for path in sorted((shared / "seeds").glob("*.txt"))
    }


@pytest.mark.parametrize("number", FACTS)
def test_facts(read: dict[str, Extraction], number: str) -> None:
    """Language, title, date with its basis, outlet, address and the number of teasers are those of the page."""
    language, title, published, basis, outlet, host, related = FACTS[number]
    article = read[number].article
    assert article.language == language
    assert article.title.startswith(title)
    assert (article.published.iso if article.published else None) == published
    assert (article.published.basis if article.published else None) == basis
    assert article.outlet == outlet
    assert (host in article.url) if host and article.url else article.url is host
    assert len(read[number].related) == related


@pytest.mark.parametrize("number", FACTS)
def test_no_debris(read: dict[str, Extraction], number: str) -> None:
    """Nothing that surrounds an article stands in its body or in a teaser's."""
    found = read[number]
    for article in (found.article, *found.related):
        assert [mark for mark in DEBRIS if mark.casefold() in article.text.casefold()] == []


def test_nothing_lost(read: dict[str, Extraction], shared: Path) -> None:
    """Every line of 160 and more characters before the teasers is in the body, but for glued words and datelines."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = read[path.name[:3]].article.text
        for line in path.read_text("utf-8").split("TIN CÙNG")[0].split("Ý KIẾN")[0].splitlines():
            if len(line) >= 160 and "Trung tâm Tin tức >" not in line and "http" not in line:
                assert " ".join(line[-60:].replace("việt nam", "").split()) in text


def test_credit(read: dict[str, Extraction]) -> None:
    """The republisher's page is credited to the paper it names, with that paper's date."""
    article = read["000"].article
    assert (article.credit, article.credit_date) == ("The Epoch Times", "2024-06-20")


def test_made_title(read: dict[str, Extraction]) -> None:
    """Only the report without a headline gets one made from its lead."""
    assert [number for number, found in read.items() if found.article.title_made] == ["004"]


def test_years_of_teasers(read: dict[str, Extraction]) -> None:
    """A teaser that names a day without a year is never dated in a wrong year."""
    for number, found in read.items():
        for teaser in found.related:
            assert teaser.published is None or teaser.published.iso[:4] == "2025", number
