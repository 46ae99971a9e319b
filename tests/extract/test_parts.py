"""The parts of the extractor: addresses, dates, injected keywords, titles, phrases."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.extract.address import canonical_url, date_in_url, find_url, known_outlet, names_domain, outlet_of
from briefing.extract.dating import date_from_text, date_of_teaser, date_on_page
from briefing.extract.injected import find_injected, remove_injected
from briefing.extract.lines import read_line
from briefing.extract.origin import read_dateline
from briefing.extract.phrases import fold, phrases
from briefing.extract.related import whole_paragraphs
from briefing.extract.title import clean_title, made_title
from briefing.model import Dating

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("HTTPS://WWW.Example.com:443/A/b?utm_source=x&id=7#top", "https://www.example.com/A/b?id=7"),
        ("http://example.com", "http://example.com/"),
        ("https://example.com/a?b=&fbclid=1", "https://example.com/a?b="),
        ("https://user:pw@example.com/x", "https://example.com/x"),
        ("https://example.com/tin-tức", "https://example.com/tin-t%E1%BB%A9c"),
        ("javascript:alert(1)", None),
        ("ftp://example.com/a", None),
        ("https://example.com:99999/", None),
        ("www.example.com", None),
        ("https://[::1", None),
    ],
)
def test_canonical_url(given: str, canonical: str | None) -> None:
    """One form an address; what is no web address has none. A canonical address stays as it is."""
    assert canonical_url(given) == canonical
    if canonical:
        assert canonical_url(canonical) == canonical


def test_find_url() -> None:
    """An address in a sentence ends before the sentence's own marks."""
    assert find_url("(see https://example.com/a_(b)).") == "https://example.com/a_(b)"
    assert find_url("Nguồn: https://example.com/x.html, đã lưu") == "https://example.com/x.html"
    assert find_url("no address") is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://a.example/x-20241108073816961.htm", "2024-11-08T07:38:16"),
        ("https://a.example/2024/11/08/x", "2024-11-08"),
        ("https://a.example/2024-1-8-x", "2024-01-08"),
        ("https://a.example/20241108-x", "2024-11-08"),
        ("https://a.example/x-291227.html", None),
        ("https://a.example/19440606/x", None),
        ("https://a.example/20991231/x", None),
        ("https://a.example/20241332/x", None),
        ("https://a.example/?d=20241108", None),
    ],
)
def test_date_in_url(address: str, found: str | None) -> None:
    """A date or a stamp in an address's path is read; absurd years and mere numbers are not."""
    assert date_in_url(address, TODAY) == found


def test_outlets() -> None:
    """Outlets are known by domain, whatever the subdomain, and by name; a name may spell a domain."""
    assert outlet_of("https://m.dantri.com.vn/x") == "Dân Trí"
    assert outlet_of("https://notdantri.com.vn/x") is None
    assert known_outlet("REUTERS") == "Reuters"
    assert names_domain("Báo Quốc Tế", "https://baoquocte.vn/a")
    assert names_domain("آوای البرز", "https://avayealborz.example.ir/news")
    assert not names_domain("Thể thao", "https://baoquocte.vn/a")


@pytest.mark.parametrize(
    ("lines", "language", "found"),
    [
        (["Updated: 3 May 2025", "Published: 1 May 2025 at 9:05 am"], "en", "2025-05-01T09:05"),
        (["Thứ Ba, 12/11/2024 10:05 (GMT+7)"], "vi", "2024-11-12T10:05+07:00"),
        (["24 ต.ค. 2567 เวลา 10.30 น."], "th", "2024-10-24T10:30"),
        (["تاریخ انتشار: ۱۸ آبان ۱۴۰۳ - ۱۰:۲۲"], "fa", "2024-11-08T10:22"),
        (["입력 2025-05-21 오후 3:10"], "ko", "2025-05-21T15:10"),
        (["The TimesThe Times24/10/2024"], "vi", "2024-10-24"),
        (["12 March"], "en", None),
        (["1 May 2031"], "en", None),
    ],
)
def test_date_on_page(lines: list[str], language: str, found: str | None) -> None:
    """The date line is read with its time and zone; one labelled as published wins; no year, no date."""
    assert date_on_page(lines, language, TODAY) == found


@pytest.mark.parametrize(
    ("paragraphs", "language", "found"),
    [
        (
            ["Ngày 29/11, hai bên gặp nhau.", "Sau chuyến thăm tháng 9/2023 và thỏa thuận tháng 6/2024."],
            "vi",
            "2024-11-29",
        ),
        (["Ngày 29/11, hai bên gặp nhau.", "Thỏa thuận được ký tháng 6/2024."], "vi", None),
        (["Ngày 6/11, thượng viện sẽ bỏ phiếu.", "Chuyến thăm năm 2023."], "vi", None),
        (["On Wednesday, 19 June, they met.", "A first talk was held on 2 May 2024."], "en", "2024-06-19"),
        (["On Monday, 19 June, they met.", "A first talk was held on 2 May 2024."], "en", None),
        (["On 6 June 1944 troops landed.", "The museum recalls it."], "en", None),
        (["On 29 November 2024 they met again.", "The next round is planned for 2027."], "en", "2024-11-29"),
        (["On 29 November 2024 they met.", "In 2026 the archive was opened."], "en", None),
        (["They met again.", "Nothing was signed."], "en", None),
    ],
)
def test_date_from_text(paragraphs: list[str], language: str, found: str | None) -> None:
    """A day is concluded from the text only where its own words fix the year, and is flagged."""
    concluded = date_from_text(paragraphs, language, TODAY)
    assert (concluded.iso if concluded else None) == found
    assert concluded is None or concluded.inferred


def test_date_of_a_teaser() -> None:
    """A teaser's day without a year is dated by a page whose date was read, never by one that was concluded."""
    text = "Theo nguồn tin, vụ việc xảy ra ngày 12/1 tại thủ đô."
    read = date_of_teaser(text, "vi", Dating("2024-12-20", "page"), TODAY)
    assert read == Dating("2025-01-12", "text")
    assert date_of_teaser(text, "vi", Dating("2024-12-20", "text"), TODAY) is None
    assert date_of_teaser(text, "vi", None, TODAY) is None
    assert date_of_teaser(text, "vi", Dating("2024-07-01", "page"), TODAY) is None


def test_injected_keywords() -> None:
    """A keyword glued to words and hanging behind full stops goes; the same words standing alone stay."""
    lines = [
        "Visitors from many countries like summer sale in the town.",
        "The shop openedsummer sale, and people came early.",
        "It closes at nine. summer sale",
        "Editor: A. Bell#summer sale",
    ]
    found = find_injected(lines)
    assert found == ("summer sale",)
    assert [remove_injected(line, found) for line in lines] == [
        "Visitors from many countries like summer sale in the town.",
        "The shop opened, and people came early.",
        "It closes at nine.",
        "Editor: A. Bell",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Der Außenminister sagte nichts.",
            "Die Verteidigungsminister sagten: nichts",
            "Der Finanzminister sagte viel.",
        ],
        ["He said no. and left", "She stayed."],
        ["Wait ... what", "Then ... what now."],
        ["The U.S. army left.", "The U.K. army stayed.", "They met in the U.S. army base"],
    ],
)
def test_nothing_injected(lines: list[str]) -> None:
    """Compounds, ellipses, abbreviations and a single slip are no spam."""
    assert [remove_injected(line, find_injected(lines)) for line in lines] == lines


@pytest.mark.parametrize(
    ("lead", "rest", "credit", "day", "outlet"),
    [
        (
            "[The Epoch Times, 20 June 2024] (compiled by our reporter) A pact was signed.",
            "A pact was signed.",
            "The Epoch Times",
            "2024-06-20",
            None,
        ),
        ("(Báo Sông Lam) - Mưa lớn kéo dài.", "Mưa lớn kéo dài.", None, None, "Báo Sông Lam"),
        ("(روزنامه نسیم) - باران بارید.", "باران بارید.", None, None, "نسیم"),
        ("SEOUL, June 3 (Reuters) - Markets rose.", "Markets rose.", "Reuters", None, None),
        ("МОСКВА, 7 июн - РИА Новости. Дождь прошёл.", "Дождь прошёл.", "РИА Новости", None, None),
        (
            "NATO - liên minh quân sự - họp. NATO sẽ họp tiếp.",
            "NATO - liên minh quân sự - họp. NATO sẽ họp tiếp.",
            None,
            None,
            None,
        ),
        ("(Not a dateline) people said so.", "(Not a dateline) people said so.", None, None, None),
    ],
)
def test_dateline(lead: str, rest: str, credit: str | None, day: str | None, outlet: str | None) -> None:
    """A dateline is taken off the lead, and says who reported; what is none stays."""
    language = "vi" if "ô" in lead else "fa" if "ر" in lead else "ru" if "М" in lead else "en"
    found = read_dateline(lead, language, lead)
    assert (found.rest, found.credit, found.credit_date, found.outlet) == (rest, credit, day, outlet)


def test_titles() -> None:
    """A title loses its site's name; a made one is the lead's first sentence, cut at a clause."""
    assert clean_title("Cầu mới khởi công | VnExpress", None, None) == "Cầu mới khởi công"
    assert clean_title("Reuters: Bridge opens", None, None) == "Bridge opens"
    assert clean_title("Bridge opens - Mill Echo", "Mill Echo", None) == "Bridge opens"
    assert clean_title("Nga - Triều Tiên ký hiệp ước", None, None) == "Nga - Triều Tiên ký hiệp ước"
    assert made_title("Rain fell. Then snow.", "en") == "Rain fell"
    assert len(made_title("word, " * 80 + "end.", "en")) <= 141
    assert made_title("word, " * 80 + "end.", "en").endswith("…")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("نظر (0)", "comments"), ("Bình luận (12)", "comments"), ("ที่มา: https://a.example/b", "source"),
        ("(Ảnh: Reuters)", "caption"), ("Der Hafen am Morgen. Foto: dpa", "caption"), ("The port / AFP", "caption"),
        ("Home > News > World", "crumbs"), ("© 2024 Example", "legal"), ("Lượt xem: 143", "meta"), ("No data", "empty"),
        ("Người phụ trách biên tập: Li Muen", "byline"), ("Facebook | Twitter | Zalo", "share"),
        ("Leia também: Ponte reabre", "also"),
        ("The court ruled on the copyright of all songs in the film, and both sides will appeal.", "prose"),
        ("Reply to the king", "short"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    """A line is told by its phrases and its shape; a sentence that merely holds a phrase stays a paragraph."""
    assert read_line(text).kind == kind


def test_phrases_are_folded_once() -> None:
    """Every phrase survives folding, and counts in any digits are passed over."""
    for name in (
        "source",
        "photo",
        "byline",
        "also",
        "related",
        "comments",
        "share",
        "tags",
        "legal",
        "published",
        "views",
    ):
        assert all(phrase == fold(phrase) and phrase for phrase in phrases(name).phrases)
    assert phrases("source").label("Nguồn : X") == "X"
    assert phrases("comments").whole(fold("نظرات (۰)"))
    assert phrases("comments").whole(fold("12 comments"))


def test_lost_breaks() -> None:
    """Sentences run together are parted, a leading caption and a cut-off end go, abbreviations stay whole."""
    text = 'A hall (Photo: AP).Rain fell in Oslo.Snow fell on 12/1."We slept," he said."They left," she said. It w...'
    assert whole_paragraphs(text) == [
        "Rain fell in Oslo.",
        "Snow fell on 12/1.",
        '"We slept," he said.',
        '"They left," she said.',
    ]
    assert whole_paragraphs("The U.S.Army and Ph.D.s met.") == ["The U.S.Army and Ph.D.s met."]
