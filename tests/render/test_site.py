"""Links: absolute, https, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.links import LinkTexts
from briefing.render.site import Site, secure


@pytest.mark.parametrize(
    ("given_url", "made"),
    [
        ("http://example.com/a?b=c&d=e#f", "https://example.com/a?b=c&d=e#f"),
        ("http://example.com:80/a", "https://example.com/a"),
        ("http://user:secret@example.com/a", "https://example.com/a"),
        ("https://báo.vn/tin tức/é%20", "https://xn--bo-mia.vn/tin%20t%E1%BB%A9c/%C3%A9%20"),
        ('https://example.com/"><script>', "https://example.com/%22%3E%3Cscript%3E"),
        ("https://example.com/\u200cx", "https://example.com/%E2%80%8Cx"),
        ("https://example.com/a[b]#c#d", "https://example.com/a%5Bb%5D#c%23d"),
        ("https://example.com/100%/%zz/%41", "https://example.com/100%25/%25zz/%41"),
        ("https://exa mple.com/", ""),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("mailto:a@example.com?subject=x y", "mailto:a@example.com?subject=x%20y"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.com", ""),
        ("//example.com/x", ""),
        ("/x", ""),
        ("mailto:", ""),
        ("https://", ""),
        ("http://[::1", ""),
        ("https://unsubscribe.invalid/", ""),
        ("", ""),
    ],
)
def test_only_https_and_mailto_links_come_out(given_url: str, made: str) -> None:
    """A link that may be published is https or mailto and holds no character that could end it."""
    assert secure(given_url) == made


@given(st.text(max_size=80) | st.text(max_size=60).map(lambda text: f"https://example.com/{text}"))
def test_no_link_can_leave_its_attribute(text: str) -> None:
    """Whatever comes in, what comes out is ASCII without spaces, quotation marks or brackets."""
    made = secure(text)
    assert made == "" or made.startswith(("https://", "mailto:"))
    assert made.isascii()
    assert not set(made) & set(" \"'<>`{}|\\^\n\r\t")


def test_paths_follow_the_layout_of_out() -> None:
    """The contract of the published folder, as URLs."""
    site = Site("http://example.org/news", "News")
    day = date(2024, 11, 8)
    assert site.edition_url(day, "morning") == "https://example.org/news/editions/2024-11-08/morning/"
    assert site.edition_url(day, "morning", "email.html").endswith("/2024-11-08/morning/email.html")
    assert site.storyline_url("a-b") == "https://example.org/news/storylines/a-b/"
    assert site.reference_url("a-b", "0f") == "https://example.org/news/storylines/a-b/#a-0f"
    assert site.feed_path() == "feed.xml"
    assert site.feed_path("json", storyline="a-b") == "storylines/a-b/feed.json"
    assert site.feed_path("atom", language="vi") == "languages/vi/atom.xml"


def test_link_texts_lead_to_one_place_each() -> None:
    """The same text to another place gets a number, to the same place it does not."""
    links = LinkTexts()
    assert links.suffix("Post · 8 Nov", "https://a.example/1") == ""
    assert links.suffix("Post  · 8 Nov", "https://a.example/1") == ""
    assert links.suffix("Post · 8 Nov", "https://a.example/2") == "\u00a0(2)"
    assert links.suffix("Post · 8 Nov", "https://a.example/3") == "\u00a0(3)"
    assert links.suffix("Post · 8 Nov", "https://a.example/2") == "\u00a0(2)"
    assert links.suffix("Post · 8 Nov (2)", "https://a.example/4") == "\u00a0(2)"
