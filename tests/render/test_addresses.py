"""Addresses within the site: relative, at any depth, and back."""

from __future__ import annotations

from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from briefing.render.addresses import path_of, relative, rooted
from briefing.render.site import Site

SITE = Site("https://news.example.org/daily/", "News")
NAMES = st.sampled_from(["a", "b", "ab", "2024-11-08", "morning"])
FOLDERS = st.lists(NAMES, max_size=4).map(lambda names: "".join(f"{name}/" for name in names))
FILES = st.sampled_from(["", "index.html", "feed.xml"])
FRAGMENTS = st.sampled_from(["", "#a-1"])


@given(FOLDERS, FILES, FRAGMENTS, FOLDERS)
def test_a_relative_address_leads_where_the_absolute_one_does(folder: str, file: str, mark: str, here: str) -> None:
    """From any page of the site to any address of it, a browser arrives at the same place."""
    url = SITE.url(f"{folder}{file}") + mark
    made = relative(SITE, f"{here}index.html")(url)
    assert urljoin(SITE.url(f"{here}index.html"), made).replace("index.html", "") == url.replace("index.html", "")
    assert "//" not in made


def test_addresses_elsewhere_stay_as_they_are() -> None:
    """A link to another site, or to a path that only begins like this one, is not touched."""
    for make in (relative(SITE, "a/index.html"), rooted(SITE)):
        assert make("https://example.com/daily/a/") == "https://example.com/daily/a/"
        assert make("https://news.example.org/other") == "https://news.example.org/other"
    assert rooted(SITE)(SITE.url("archive/")) == "/daily/archive/"
    assert path_of(SITE.url("storylines/lũ-lụt/#a-1"), SITE) == "storylines/lũ-lụt/"
