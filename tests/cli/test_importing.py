"""briefing sources import: another reader's list comes out as sources that a configuration takes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.cli.importing import as_yaml, sources_of
from briefing.config import load
from briefing.errors import ConfigError
from briefing.render.lists import sources_opml
from briefing.render.site import Site, Subscription

from .conftest import Run

LIST = """<?xml version="1.0"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="World"><outline type="rss" text="Tin &amp; tức: &quot;mới&quot;"
 xmlUrl="https://example.org/vi.xml" language="vi-VN"/>
<outline type="rss" text="Tin &amp; tức" xmlUrl="https://example.org/other.xml?a=1&amp;b=$x"/></outline>
<outline text="Twice" xmlUrl="https://example.org/vi.xml"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
<outline text="Old" xmlURL="feed://example.org/old.xml"/>
</body></opml>
"""
CONFIG = "newsletters: [{title: Morning}]\nsources:\n"


def test_a_list_becomes_sources(briefing: Run, tmp_path: Path) -> None:
    """What is printed below sources: loads; names, addresses and languages are there, each address once."""
    (tmp_path / "list.opml").write_text(LIST, encoding="utf-8")
    printed = briefing("sources", "import", "list.opml").must(0).out
    (tmp_path / "config.yaml").write_text(CONFIG + printed, encoding="utf-8")
    sources = load(tmp_path / "config.yaml", {}).sources
    found = [(source.name, source.slug, source.feed, source.language) for source in sources]  # type: ignore[union-attr]
    assert found == [
        ('Tin & tức: "mới"', "tin-tuc-moi", "https://example.org/vi.xml", "vi"),
        ("Tin & tức", "tin-tuc", "https://example.org/other.xml?a=1&b=$x", None),
        ("Old", "old", "https://example.org/old.xml", None),
    ]


def test_the_sites_own_list_comes_back(tmp_path: Path) -> None:
    """What the site publishes of its sources, another installation reads."""
    feeds = (Subscription("One", "https://example.org/1", "th"), Subscription("One", "https://example.org/2", ""))
    (tmp_path / "sources.opml").write_bytes(sources_opml(Site("https://a.example/", "T", subscriptions=feeds)))
    assert sources_of(tmp_path / "sources.opml") == [
        {"feed": "https://example.org/1", "name": "One", "language": "th"},
        {"feed": "https://example.org/2", "name": "One", "slug": "one-2"},
    ]


@pytest.mark.parametrize("body", ["", "no", "<html/>", "<opml/>", '<opml><body><outline text="a"/></body></opml>'])
def test_what_is_no_list_is_said(briefing: Run, tmp_path: Path, body: str) -> None:
    """Empty, not XML, not OPML or without feeds: one line that names the file."""
    (tmp_path / "list.opml").write_text(body, encoding="utf-8")
    assert "list.opml" in briefing("sources", "import", "list.opml").must(2).err
    assert "none.opml" in briefing("sources", "import", "none.opml").must(2).err


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A list that would grow, or read a file of ours, does neither."""
    bomb = (
        '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        '<opml><body><outline text="&a;" xmlUrl="https://e.org/"/></body></opml>'
    )
    (tmp_path / "list.opml").write_text(bomb, encoding="utf-8")
    assert "root" not in as_yaml(sources_of(tmp_path / "list.opml"))


lists = st.text(max_size=60).map(lambda name: LIST.replace("World", name).encode("utf-8", "replace"))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=200), lists))
def test_any_bytes_are_read_or_refused(tmp_path: Path, body: bytes) -> None:
    """Whatever the file holds, sources come out that are YAML, or one error in words."""
    file = tmp_path / "list.opml"
    file.write_bytes(body)
    found = []
    with suppress(ConfigError):
        found = sources_of(file)
    assert len(yaml.safe_load(as_yaml(found) or "[]")) == len(found)
