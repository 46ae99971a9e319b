from __future__ import annotations

import json
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.feeds import Feed, FeedEntry, atom, json_feed, rss

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def feed(*titles: str, content: str = "<p>Nội dung đầy đủ</p>") -> Feed:
    return Feed(
        guid="tag:example.org,2026:morning",
        title="Morning briefing",
        description="What moved since yesterday",
        home="https://example.org/",
        rss="https://example.org/feed.xml",
        atom="https://example.org/atom.xml",
        json="https://example.org/feed.json",
        language="vi",
        author="Morning briefing",
        updated=NOON,
        entries=tuple(
            FeedEntry(
                guid=f"tag:example.org,2026:s{number}/d{number}",
                title=title,
                url=f"https://example.org/storylines/s{number}/",
                updated=NOON,
                summary=f"{title} & more",
                content=content,
                language="fa",
                author="دن تری",
                categories=("treaty",),
            )
            for number, title in enumerate(titles, 1)
        ),
    )


def test_three_forms_list_the_same_entries() -> None:
    """RSS, Atom and JSON Feed give the same ids, titles, links and content in the same order."""
    made = feed("Nga – Triều Tiên <hiệp ước>", "สภาล่างของรัสเซีย", "ولادیمیر پوتین می\u200cگوید")
    first = [
        (entry.id, entry.title, entry.link, entry.content[0].value)
        for entry in feedparser.parse(rss(made), sanitize_html=False).entries
    ]
    second = [
        (entry.id, entry.title, entry.link, entry.content[0].value) for entry in feedparser.parse(atom(made)).entries
    ]
    third = [
        (item["id"], item["title"], item["url"], item["content_html"]) for item in json.loads(json_feed(made))["items"]
    ]
    assert [row[0] for row in first] == [entry.guid for entry in made.entries]
    assert first[1:] == second[1:] == third[1:]
    assert third[0][1] == made.entries[0].title


def test_rss_has_what_readers_need() -> None:
    """The channel names itself, its language, its clock and its manners; guids are not links."""
    parsed = feedparser.parse(rss(feed("One")))
    assert not parsed.bozo
    assert {link["rel"]: link["href"] for link in parsed.feed.links}["self"] == "https://example.org/feed.xml"
    assert (parsed.feed.language, parsed.feed.ttl) == ("vi", "60")
    assert b'<guid isPermaLink="false">tag:example.org,2026:s1/d1</guid>' in rss(feed("One"))
    assert b"<pubDate>Sat, 21 Nov 2026 05:00:00 +0000</pubDate>" in rss(feed("One"))
    assert rss(feed("One")).index(b"<description>One") < rss(feed("One")).index(b"<content:encoded>")


def test_an_empty_feed_is_a_feed() -> None:
    """A day without news still gives three well-formed documents."""
    assert not feedparser.parse(rss(feed())).bozo
    assert not feedparser.parse(atom(feed())).bozo
    assert json.loads(json_feed(feed()))["items"] == []


@pytest.mark.parametrize("form", [rss, atom])
@given(title=st.text(max_size=60), content=st.text(max_size=200))
def test_no_text_breaks_the_xml(form: object, title: str, content: str) -> None:
    """Control characters, surrogates, markup and CDATA ends in a title or text leave the feed well-formed."""
    assert callable(form)
    parsed = feedparser.parse(form(feed(title.encode("utf-8", "replace").decode(), content=content)))
    assert not parsed.bozo
    assert len(parsed.entries) == 1
