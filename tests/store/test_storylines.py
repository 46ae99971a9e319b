"""Storylines, developments and memberships, and what users said of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.errors import StoreError
from briefing.model import Correction, Development, Membership, Reason, Storyline
from briefing.ports import Harvest, SourceState
from briefing.store import Store

from .makers import NOW, article, entry

REASONS = (Reason("people", ("Kim Jong-un", "ปูติน"), 1.5), Reason("time", ("2 days",), -0.25))


@pytest.fixture(autouse=True)
def _articles(store: Store) -> None:
    """Six articles, numbered 1 to 6, of one source."""
    entries = tuple(entry(number) for number in range(1, 7))
    store.sources.save_harvest("one", Harvest(entries, SourceState()))
    store.entries.save_extractions([(given, (article(n),)) for n, given in enumerate(entries, start=1)])


def member(number: int, storyline: str, development: str | None = None, nearest: int | None = None) -> Membership:
    """Bind the numbered article."""
    other = article(nearest).id if nearest else None
    return Membership(article(number).id, development or f"{storyline}-d", storyline, other, None, REASONS)


def line(name: str, *developments: Development, **changes: object) -> Storyline:
    """Make a storyline whose slug follows from its id."""
    return Storyline(name, f"slug-{name}", f"Title {name}", "en", developments, **changes)  # type: ignore[arg-type]


def event(name: str, storyline: str, numbers: Sequence[int] = (), first: str | None = None) -> Development:
    """Make a development of numbered articles."""
    return Development(name, storyline, tuple(article(number).id for number in numbers), first, first)


def two_lines(store: Store) -> None:
    """Storyline a of articles 1, 2 and 5, storyline b of articles 3 and 4; article 6 waits."""
    store.grouping.save(
        [
            member(1, "a", "a1"),
            member(2, "a", "a2", 1),
            member(5, "a", "a1"),
            member(3, "b"),
            member(4, "b", nearest=3),
        ],
        [line("a"), line("b")],
        [event("a1", "a", (1, 5), "2026-03-04"), event("a2", "a", (2,), "2026-03-01"), event("b-d", "b", (3, 4))],
        state=b"\x00state",
    )


def test_what_is_saved_comes_back(store: Store) -> None:
    """Memberships, reasons, storylines and their developments, oldest first, are read back equal."""
    two_lines(store)
    told = line("a", event("a2", "a", (2,), "2026-03-01"), event("a1", "a", (1, 5), "2026-03-04"))
    assert store.storylines.storyline("a") == told
    assert store.storylines.storyline("slug-a") == told
    assert store.storylines.get(["b", "none", "a"]) == {"b": line("b", event("b-d", "b", (3, 4))), "a": told}
    assert store.storylines.memberships("b") == (member(3, "b"), member(4, "b", nearest=3))
    assert store.storylines.membership(article(2).id) == member(2, "a", "a2", 1)
    assert store.storylines.membership(article(6).id) is None
    assert store.articles.of_storyline("a") == (article(1), article(2), article(5))
    assert store.grouping.state() == b"\x00state"


def test_articles_wait_until_they_are_grouped(store: Store) -> None:
    """Ungrouped articles are those without a membership, in order of sequence, at most as many as asked for."""
    assert store.grouping.ungrouped() == tuple(article(number) for number in range(1, 7))
    two_lines(store)
    assert store.grouping.ungrouped() == (article(6),)
    assert store.grouping.ungrouped(limit=0) == ()


def test_features_by_version(store: Store) -> None:
    """Features of one version are never those of another; the missing are left out."""
    store.grouping.save_features("v1", {article(1).id: b"\x00a", article(2).id: b"b"})
    assert store.grouping.features("v1", [article(2).id, article(3).id, article(1).id]) == {
        article(2).id: b"b",
        article(1).id: b"\x00a",
    }
    assert store.grouping.features("v2", [article(1).id]) == {}


def test_newest_first_and_moved_since(store: Store) -> None:
    """Storylines are listed by their newest arrival, and moved are those with an article after the sequence."""
    two_lines(store)
    assert [found.id for found in store.storylines.newest()] == ["a", "b"]
    assert [found.id for found in store.storylines.newest(limit=1, offset=1)] == ["b"]
    assert [found.id for found in store.storylines.newest(after=4)] == ["a"]
    assert store.storylines.moved_since(2) == ("a", "b")
    assert store.storylines.moved_since(4) == ("a",)
    assert store.storylines.moved_since(5) == ()
    store.grouping.save([member(6, "b")])
    assert [found.id for found in store.storylines.newest()] == ["b", "a"]
    assert store.storylines.count() == 2


def test_a_slug_stays_and_is_never_shared(store: Store) -> None:
    """A known storyline keeps its slug under a new title; a new one whose slug is taken gets the next free."""
    two_lines(store)
    store.grouping.save([], [Storyline("a", "other", "New title", "vi")])
    found = store.storylines.storyline("a")
    assert found is not None
    assert (found.slug, found.title, found.language) == ("slug-a", "New title", "vi")
    store.grouping.save([], [Storyline(name, "slug-a", "T", "en") for name in ("c", "d")])
    assert [found.slug for found in store.storylines.get(["c", "d"]).values()] == ["slug-a-2", "slug-a-3"]


def test_a_merged_storyline_leads_to_its_heir(store: Store) -> None:
    """After a merge every id and slug ever given leads to the one that lives, over any number of merges."""
    two_lines(store)
    store.storylines.add_correction(Correction("follow", ("b",), NOW))
    store.grouping.save([], redirects={"b": "a"})
    heir = store.storylines.storyline("slug-b")
    assert heir is not None
    assert (heir.id, heir.followed) == ("a", True)
    assert {name for development in heir.developments for name in development.articles} == {
        article(number).id for number in range(1, 6)
    }
    assert [found.id for found in store.storylines.newest()] == ["a"]
    assert store.storylines.get(["b"])["b"].merged_into == "a"
    store.grouping.save([member(6, "c")], [line("c")], [event("c-d", "c", (6,))], redirects={"a": "c"})
    for name in ("a", "b", "slug-a", "slug-b", "c"):
        found = store.storylines.storyline(name)
        assert found is not None
        assert found.id == "c"


def test_redirects_of_one_batch_are_followed_in_any_order(store: Store) -> None:
    """b to c and a to b given at once end both at c."""
    two_lines(store)
    store.grouping.save([], [line("c")], redirects={"b": "c", "a": "b"})
    assert [store.storylines.get(["a", "b"])[name].merged_into for name in ("a", "b")] == ["c", "c"]


def test_a_ring_of_redirects_is_refused_whole(store: Store) -> None:
    """Nothing of a batch is kept whose redirects never end."""
    two_lines(store)
    with pytest.raises(StoreError, match="ring"):
        store.grouping.save([member(6, "a", "a1")], redirects={"a": "b", "b": "a"}, state=b"new")
    assert store.grouping.state() == b"\x00state"
    assert store.storylines.membership(article(6).id) is None


def test_a_split_moves_articles_and_removes_what_is_empty(store: Store) -> None:
    """Articles bound anew leave their former development; one left without articles is gone."""
    two_lines(store)
    store.grouping.save([member(2, "c", "c1")], [line("c")], [event("c1", "c", (2,))])
    found = store.storylines.storyline("a")
    assert found is not None
    assert [development.id for development in found.developments] == ["a1"]
    assert [one.id for one in store.storylines.newest()] == ["a", "b", "c"]


def test_a_membership_of_nothing_is_refused_whole(store: Store) -> None:
    """A membership that names an unknown storyline keeps nothing of its batch."""
    with pytest.raises(StoreError):
        store.grouping.save([member(1, "a"), member(2, "ghost")], [line("a")], [event("a-d", "a")], state=b"x")
    assert store.grouping.state() is None
    assert store.storylines.storyline("a") is None


def test_a_withdrawn_article_leaves_its_storyline(store: Store) -> None:
    """A storyline tells only live articles; one without any is listed no more but is still found by name."""
    two_lines(store)
    store.sources.save_harvest("two", Harvest((entry(7, "two"),), SourceState()))
    store.entries.save_extraction(entry(7, "two"), (article(7, "two"),))
    store.grouping.save([member(7, "b")])
    store.sources.withdraw("one")
    found = store.storylines.storyline("b")
    assert found is not None
    assert [development.articles for development in found.developments] == [(article(7).id,)]
    assert [one.id for one in store.storylines.newest()] == ["b"]
    assert store.storylines.moved_since(0) == ("b",)
    empty = store.storylines.storyline("slug-a")
    assert empty is not None
    assert empty.developments == ()
    store.sources.save_harvest("one", Harvest((entry(5),), SourceState()))
    assert [one.id for one in store.storylines.newest()] == ["b", "a"]


def test_corrections_are_remembered_in_order(store: Store) -> None:
    """What users said comes back in order; muting and following show at once and survive the grouper."""
    two_lines(store)
    said = (
        Correction("mute", ("a",), NOW),
        Correction("split", ("a",), NOW, (article(1).id,)),
        Correction("merge", ("a", "b"), NOW),
        Correction("follow", ("b",), NOW),
    )
    for correction in said:
        store.storylines.add_correction(correction)
    assert store.storylines.corrections() == said
    store.grouping.save([member(6, "a", "a1")], [line("a"), line("b")])
    assert [one.id for one in store.storylines.newest(muted=True)] == ["a"]
    assert [one.id for one in store.storylines.newest(muted=False)] == ["b"]
    assert [one.id for one in store.storylines.newest(followed=True)] == ["b"]
    store.storylines.add_correction(Correction("unmute", ("a",), NOW))
    assert store.storylines.newest(muted=True) == ()


def test_a_report_that_was_a_teaser_is_grouped_again(store: Store) -> None:
    """The full article of a known teaser waits to be grouped anew."""
    teaser = article(9, guid="guid-1", text="Teaser.", related_to=article(1).id)
    store.entries.save_extraction(entry(1), (article(1), teaser))
    store.grouping.save([member(9, "a")], [line("a")], [event("a-d", "a")])
    store.sources.save_harvest("one", Harvest((entry(9),), SourceState()))
    store.entries.save_extraction(entry(9), (article(9),))
    assert article(9) in store.grouping.ungrouped()
