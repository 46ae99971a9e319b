"""briefing search: what it prints for people and for programs, and that no query is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


def test_search_gives_storylines_with_their_articles(briefing: Run, built: Path) -> None:
    """Both forms of output name the storyline and its articles; hits are places in the text beside them."""
    found = briefing("search", "typhoon", "--json").must(0).json
    (line,) = found["storylines"]
    assert line["articles_found"] == 1
    (hit,) = line["articles"]
    places = [hit["title"][start:end] for start, end in hit["title_hits"]]
    places += [hit["excerpt"][start:end] for start, end in hit["excerpt_hits"]]
    assert places
    assert {place.casefold() for place in places} <= {"typhoon", "typhoons"}
    printed = briefing("search", "typhoon").must(0).out
    assert line["id"] in printed
    assert hit["title"] in printed


def test_filters_and_nothing_found(briefing: Run, built: Path) -> None:
    """Another language or a later day finds nothing, which is said and no failure."""
    for option in (("--language", "th"), ("--since", "2099-01-01")):
        assert briefing("search", "typhoon", *option).must(0).out == "Nothing was found.\n"
    assert briefing("search", "typhoon", "--since", "2099-01-01", "--json").must(0).json["storylines"] == []


@pytest.mark.parametrize("query", ['"', "AND", "*", "'; DROP TABLE articles", "x" * 10_000, "(", "😀", ""])
def test_any_query_is_answered(briefing: Run, built: Path, query: str) -> None:
    """Quotes, operators and ten thousand characters are answered like any other query."""
    briefing("search", query).must(0)


def test_wrong_use_is_said(briefing: Run, built: Path) -> None:
    """A language that is no code, a day that is none and a limit out of range are wrong use."""
    assert "--language" in briefing("search", "a", "--language", "1x").must(2).err
    briefing("search", "a", "--since", "yesterday").must(2)
    briefing("search", "a", "--limit", "0").must(2)
