"""What `extract` makes of an entry: trusted facts, ids, feeds' fragments, what is refused and why."""

from __future__ import annotations

import contextlib
import time
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.errors import ExtractError
from briefing.extract import as_json, extract
from briefing.model import Dating, Entry

NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)
LEAD = "The ferry company has bought two electric boats that will cross the strait from next spring on."
MORE = "Passengers will pay the same fares as today, its director told reporters in the harbour office."


def entry(body: str, **facts: object) -> Entry:
    """An entry collected on 1 November 2026."""
    return replace(Entry("ferries", "doc-1", body, NOW), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["7 September 2026", "24 October 2026", "Wednesday, 30 September 2026"])
def test_a_date_line_is_no_title(day: str) -> None:
    """The line with the date stands nearer to the article than the title, and is as long; still it is not the title."""
    article = extract(entry(f"Ferries go electric in spring\n\n{day}\n\n{LEAD} It ordered them in September.")).article
    assert article.title == "Ferries go electric in spring"
    assert article.published is not None


def test_stated_facts_win() -> None:
    """Title, date, address and outlet that the source stated are kept, whatever the page says."""
    page = f"Another title\n\n1 May 2020\n\n{LEAD}\n\nSource: https://else.example.com/a/b"
    given_date = Dating("2026-10-30T08:00:00+00:00", "feed")
    article = extract(
        entry(
            page, title="Electric ferries", published=given_date, url="https://ex.com/f?utm_source=x#y", outlet="Strait"
        )
    ).article
    assert (article.title, article.published, article.url, article.outlet) == (
        "Electric ferries", given_date, "https://ex.com/f", "Strait",
    )  # fmt: skip
    assert not article.title_made


def test_feed_fragment() -> None:
    """A feed's HTML fragment becomes paragraphs; scripts, pictures and the sign that it goes on are left out."""
    body = (
        f"<p>{LEAD}</p><img src='a.jpg'><script>alert(1)</script><p>{MORE} [&#8230;]</p><p><a href='/x'>Read more</a>"
    )
    article = extract(entry(body, title="Electric ferries", media_type="text/html")).article
    assert article.text == f"{LEAD}\n\n{MORE}"


def test_short_summary_of_a_feed() -> None:
    """A feed entry of one short line is an article; one without any text tells its title."""
    assert extract(entry("Two boats bought.", title="Electric ferries")).article.text == "Two boats bought."
    assert extract(entry("", title="Ferry company buys two boats")).article.text == "Ferry company buys two boats"


def test_joiners_survive_html() -> None:
    """Persian keeps its zero-width non-joiners through an HTML page."""
    text = "شرکت کشتی‌رانی دو قایق برقی خریده است که از بهار آینده مسافران را به جزیره‌ها می‌برند."
    body = f"<article><h1>قایق‌های برقی</h1><p>{text}</p><p>{text[:-1]} و برمی‌گردانند.</p></article>"
    page = f"<html lang='fa'><body>{body}</body></html>"
    assert extract(entry(page, media_type="text/html")).article.text.startswith(text)


def test_ids() -> None:
    """The id is that of the canonical address, else of title and text; tracking parameters do not change it."""
    one = extract(entry(LEAD, title="Ferries", url="https://www.example.com/a?id=3&fbclid=9")).article
    two = extract(entry(MORE, title="Other", url="https://www.example.com/a?id=3")).article
    assert one.id == two.id
    assert extract(entry(LEAD, title="Ferries")).article.id != extract(entry(LEAD, title="Boats")).article.id
    assert len(one.id) == 16
    assert int(one.id, 16) >= 0


def test_teasers_have_their_own_ids() -> None:
    """Teasers name the article they were found with and have guids of their own."""
    behind = f"Was this article helpful?\nComments\n\n{MORE} Twice.\n\n{LEAD} Again."
    found = extract(entry(f"Title of the page\n\n{LEAD}\n\n{MORE}\n\n{behind}"))
    assert {teaser.related_to for teaser in found.related} == {found.article.id}
    assert len({teaser.guid for teaser in found.related} | {found.article.guid}) == 3
    assert all(teaser.url is None and teaser.title_made for teaser in found.related)


def test_readers_comments_are_no_teasers() -> None:
    """What readers wrote below an article is neither in it nor an article."""
    written = f"Comments (2)\n\nAnn\n\n{MORE}\n\nReply\n\nBob\n\n{LEAD}\n\nReply"
    found = extract(entry(f"Ferry company buys boats\n\n{LEAD}\n\n{MORE}\n\n{written}"))
    assert found.related == ()
    assert found.article.text == f"{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "empty"),
        (" \n\t\r\n ", "empty"),
        ("\x00\x01\x02\ufffd" * 500, "binary"),
        ("\n".join(f"Link to page {number}" for number in range(40)), "list of links"),
        ("We use cookies to improve your visit.\nAccept all\nReject all\nOur partners may use data.", "consent wall"),
        ("This article is for subscribers.\nSubscribe to read on.\nAlready a subscriber? Log in to read.", "sign in"),
        ("7 8 9 10 11 12 %%%% ----", "no sentence"),
    ],
)
def test_refused(body: str, why: str) -> None:
    """What holds no article is refused, saying why and which entry it was."""
    with pytest.raises(ExtractError, match=why) as refused:
        extract(entry(body))
    assert refused.value.subject == "doc-1"


@pytest.mark.parametrize(
    ("body", "media"),
    [
        ((LEAD * 10 + "\n\n") * 50_000, "text/plain"),
        (LEAD * 500_000, "text/plain"),
        ("\n".join(f"{LEAD[:-1]} {number}.\nShare\nRelated news" for number in range(700)), "text/plain"),
        ("\n".join(f"Sentence {number} ends here. word{number} hangs" for number in range(1_500)), "text/plain"),
        ("(a" * 100_000, "text/plain"),
        ("a: " * 80_000, "text/plain"),
        ("[a](" * 60_000, "text/plain"),
        ("<div>" * 30_000 + LEAD, "text/html"),
        ("<" * 200_000, "text/html"),
        ("<html><body>" + f"<p>{LEAD}</p>" * 30_000, "text/html"),
    ],
    ids=["50 MB", "one line", "marks", "suspects", "brackets", "colons", "links", "depth", "angles", "3 MB of HTML"],
)
def test_bounded(body: str, media: str) -> None:
    """Huge and hostile pages end within seconds, with a bounded text or a clear refusal."""
    began = time.process_time()
    length = 0
    with contextlib.suppress(ExtractError):
        length = len(extract(entry(body, media_type=media)).article.text)
    assert length <= 250_000
    assert time.process_time() - began < 20


def test_cut_at_a_paragraph() -> None:
    """A text over the limit ends with a whole paragraph."""
    article = extract(
        entry("\n\n".join(f"{LEAD[:-1]}, part {number} of the story." for number in range(2_000)))
    ).article
    assert article.text.endswith("of the story.")
    assert len(article.text) > 150_000


def test_view() -> None:
    """The view holds the keys of the command's contract, dates as ISO 8601."""
    shown = as_json(extract(entry(f"Electric ferries are coming\n\n14 March 2025\n\n{LEAD}\n\n{MORE}")))
    assert list(shown) == [
        "title", "language", "published", "published_basis", "published_inferred", "source", "url", "credit",
        "credit_date", "text", "title_made", "related",
    ]  # fmt: skip
    assert (shown["published"], shown["published_basis"], shown["language"]) == ("2025-03-14", "page", "en")


LINES = st.lists(
    st.one_of(
        st.sampled_from([LEAD, MORE, "Comments (0)", "Home > News", "Source: https://a.example.com/b", "(Photo: AP)"]),
        st.text(max_size=200),
    ),
    max_size=25,
)


@settings(max_examples=100, deadline=None)
@given(LINES, st.sampled_from(["text/plain", "text/html"]))
@example([".", LEAD], "text/html")
def test_any_text(lines: list[str], media: str) -> None:
    """Any text gives an article in NFC with whole paragraphs and a title, or ExtractError; twice the same."""
    page = entry("\n".join(lines), media_type=media)
    try:
        found = extract(page)
    except ExtractError:
        return
    assert extract(page) == found
    for article in (found.article, *found.related):
        assert article.title
        assert article.text == unicodedata.normalize("NFC", article.text)
        assert all(part.strip() == part and part and "\n" not in part for part in article.text.split("\n\n"))
