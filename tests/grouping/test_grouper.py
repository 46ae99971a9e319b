"""The grouper: invariants that hold for any arrivals, in any order, and what users say about storylines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.engines.embedding import LexicalEmbedder
from briefing.grouping import Arrival, Changes, Features, Grouper, embedding_text, features
from briefing.grouping import memory as memory_module
from briefing.grouping.memory import FULL
from briefing.grouping.reasons import SHOWN
from briefing.model import Article, Correction, Dating

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENGINE = LexicalEmbedder(64)
MATTERS = (
    (
        "en",
        "Bridge over the Tagus closed after cracks",
        "Engineers in Lisbon found cracks in the bridge over the Tagus.",
    ),
    ("es", "Cierran el puente sobre el Tajo en Lisboa", "Los ingenieros hallaron grietas en el puente de Lisboa."),
    (
        "en",
        "Wheat harvest in Kenya beats forecast",
        "Farmers in Kenya brought in 12 per cent more wheat than last year.",
    ),
    ("vi", "Thủ tướng Nhật Bản thăm Hà Nội", "Thủ tướng Nhật Bản đến Hà Nội trong chuyến thăm ba ngày."),
    ("fa", "زلزله در استان کرمان", "زمین‌لرزه‌ای به بزرگی پنج استان کرمان را لرزاند."),
)


def article(name: str, matter: int, day: int | None, extra: str = "") -> Article:
    """Make an article on one of a few matters."""
    language, title, text = MATTERS[matter]
    published = None if day is None else Dating(f"2024-03-{day:02}")
    return Article(name, "source", name, title, f"{text} {extra}", language, NOW, published)


def arrivals(articles: Sequence[Article]) -> list[Arrival]:
    """Embed and read articles."""
    vectors = ENGINE.embed([embedding_text(one.title, one.text) for one in articles])
    return [Arrival.of(one, vector) for one, vector in zip(articles, vectors, strict=True)]


def grouper() -> Grouper:
    """Give an empty grouper for the lexical engine."""
    return Grouper(ENGINE.name, ENGINE.dimensions)


def placed(changes: Changes) -> dict[str, tuple[str, str]]:
    """Give development and storyline by article."""
    return {member.article: (member.development, member.storyline) for member in changes.memberships}


ARTICLES = st.lists(
    st.tuples(st.integers(0, 4), st.none() | st.integers(1, 28), st.text("abcdefgh ", max_size=30)), max_size=12
).map(lambda rows: [article(f"a{n}", *row) for n, row in enumerate(rows)])


@given(ARTICLES, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_within_an_arrival_plays_no_part(articles: list[Article], random: object) -> None:
    """A shuffled batch gives the very same memberships."""
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert placed(grouper().add(arrivals(articles))) == placed(grouper().add(arrivals(shuffled)))


@given(ARTICLES, st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_every_article_is_in_one_development_of_one_storyline(articles: list[Article], size: int) -> None:
    """Whatever arrives in whatever batches: a partition, developments within storylines, redirects that end."""
    subject = grouper()
    found: dict[str, tuple[str, str]] = {}
    redirects: dict[str, str] = {}
    for start in range(0, len(articles), size):
        changes = subject.add(arrivals(articles[start : start + size]))
        found |= placed(changes)
        redirects |= changes.redirects
    assert set(found) == {one.id for one in articles}
    home: dict[str, str] = {}
    for development, storyline in found.values():
        seen = {storyline}
        while storyline in redirects:
            storyline = redirects[storyline]
            assert storyline not in seen
            seen.add(storyline)
        assert home.setdefault(development, storyline) == storyline


@given(ARTICLES)
@settings(max_examples=20, deadline=None)
def test_a_restored_grouper_goes_on_as_if_nothing_had_happened(articles: list[Article]) -> None:
    """State, features and vectors are all there is: a restart between two arrivals changes nothing."""
    half = len(articles) // 2
    first, second = arrivals(articles[:half]), arrivals(articles[half:])
    straight = grouper()
    straight.add(first)
    before = grouper()
    before.add(first)
    state = before.state()
    stored = {one.id: one for one in first}
    wanted = Grouper.wanted(state)
    restored = Grouper.restore(
        ENGINE.name,
        ENGINE.dimensions,
        state,
        {name: Features.from_json(stored[name].features.to_json()) for name in wanted},
        {name: stored[name].vector for name in wanted},
    )
    assert placed(restored.add(second)) == placed(straight.add(second))


@pytest.mark.parametrize("state", [b"", b"junk", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_foreign_state_is_refused(state: bytes) -> None:
    """A damaged or foreign state is a ValueError, not a wrong grouping."""
    with pytest.raises(ValueError, match="state"):
        Grouper.wanted(state)


LONG = (
    "The city council voted on Tuesday to replace the tram line along the river with a new one that runs through the "
    "old harbour, after three years of dispute with shop owners who feared for their trade during the works."
)


def test_wire_copy_is_one_article() -> None:
    """The same text under other headlines is a copy: it joins its original and says so, five thousand times over."""
    original = Article("a", "one", "a", "Council votes for tram", LONG, "en", NOW, Dating("2024-03-01"))
    copies = [replace(original, id=f"c{n:04}", source=f"s{n}", title=f"Tram {n}") for n in range(5000)]
    read = features(original)
    vector = ENGINE.embed([LONG])[0]
    subject = grouper()
    (first,) = subject.add([Arrival("a", original.title, read, vector)]).memberships
    changes = subject.add([Arrival(copy.id, copy.title, replace(read, source=copy.source), vector) for copy in copies])
    assert {member.duplicate_of for member in changes.memberships} == {"a"}
    assert {member.development for member in changes.memberships} == {first.development}
    assert len(Grouper.wanted(subject.state())) == 1


def test_the_same_form_with_other_figures_is_no_copy() -> None:
    """Closing prices of two days share their sentences and are two articles."""
    form = (
        "The index closed at {} points, up {} from the day before, as {} million shares of {} firms went in {} deals."
    )
    one, other = (
        Article(n, "s", n, "Markets", f"{form.format(*rows)} {form.format(*rows)}", "en", NOW, Dating("2024-03-01"))
        for n, rows in (("a", (4312, 17, 812, 233, 5120)), ("b", (4298, 14, 640, 219, 4877)))
    )
    members = grouper().add(arrivals([one, other])).memberships
    assert [member.duplicate_of for member in members] == [None, None]


def _three() -> tuple[Grouper, dict[str, tuple[str, str]]]:
    subject = grouper()
    return subject, placed(subject.add(arrivals([article("a", 0, 1), article("b", 2, 2), article("c", 3, 3)])))


def test_a_merge_is_obeyed_and_redirects() -> None:
    """Merged storylines become the older one; the other id leads there, and no repair takes them apart."""
    subject, found = _three()
    one, other = found["a"][1], found["b"][1]
    changes = subject.apply(Correction("merge", (other, one), NOW))
    older, newer = sorted((one, other), key=lambda name: int(name[1:]))
    assert changes.redirects == {newer: older}
    assert {member.storyline for member in changes.memberships} == {older}
    for n in range(6):
        changes = subject.add(arrivals([article(f"x{n}", (0, 2)[n % 2], 4 + n, f"part {n}")]))
        assert {member.storyline for member in changes.memberships} <= {older, found["c"][1]} | {
            line.id for line in changes.storylines
        }


def test_a_split_is_obeyed_and_remembered() -> None:
    """An article taken out stays out, with its later companions, whatever speaks for the old storyline."""
    subject, found = _three()
    merged = subject.apply(Correction("merge", (found["a"][1], found["b"][1]), NOW)).memberships[0].storyline
    changes = subject.apply(Correction("split", (merged,), NOW, articles=("b",)))
    (moved,) = changes.memberships
    assert moved.article == "b"
    assert moved.storyline != merged
    later = placed(subject.add(arrivals([article("d", 2, 3, "again")])))
    assert later["d"][1] != merged


def test_unknown_ids_in_corrections_are_passed_over() -> None:
    """A correction about storylines that are gone changes nothing."""
    subject, _ = _three()
    assert subject.apply(Correction("merge", ("s98", "s99"), NOW)) == Changes()
    assert subject.apply(Correction("split", ("s98",), NOW, articles=("zz",))) == Changes()


def test_an_article_that_comes_again_with_another_text_is_decided_anew() -> None:
    """The same id twice is one article, the later text counts."""
    subject = grouper()
    before = placed(subject.add(arrivals([article("a", 0, 1), article("b", 0, 1, "more"), article("c", 4, 1)])))
    after = placed(subject.add(arrivals([article("b", 4, 1, "more")])))
    assert before["b"] == before["a"]
    assert after["b"] != before["a"]


def test_reasons_are_in_the_articles_own_words() -> None:
    """Why two articles belong together names what both say, as each spells it."""
    one, other = arrivals([article("a", 0, 1), article("b", 1, 1)])
    subject = grouper()
    subject.add([one, other])
    found = {reason.kind: reason.values for reason in subject.why(one, other)}
    assert found["places"] == ("Lisbon = Lisboa",)
    assert all(len(values) <= SHOWN for values in found.values())


def test_what_is_remembered_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many articles come, no more than FULL stay comparable, and new ones are still placed."""
    monkeypatch.setattr(memory_module, "FULL", 300)
    monkeypatch.setattr(memory_module, "KEPT", 200)
    rng = np.random.default_rng(1)
    subject = grouper()
    read = features(article("a", 2, 1))
    for start in range(0, 900, 100):
        batch = []
        for n in range(start, start + 100):
            vector = rng.normal(size=64)
            words = {f"w{n}-{k}": "w" for k in range(10)}
            one = replace(
                read, day=19_000.0 + n, terms=words, titled=(), signature=(), numbers={}, places={}, people={}
            )
            batch.append(Arrival(f"a{n}", f"Title {n}", one, (vector / np.linalg.norm(vector)).astype(np.float32)))
        assert len(subject.add(batch).memberships) >= 100
    assert len(Grouper.wanted(subject.state())) <= 300 < FULL


def test_a_lasting_storyline_outlives_what_comes_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """A matter of twelve reports is there when it moves again, whatever filled the memory since."""
    monkeypatch.setattr(memory_module, "FULL", 300)
    monkeypatch.setattr(memory_module, "KEPT", 200)
    rng = np.random.default_rng(2)
    subject = grouper()
    bridge = subject.add(arrivals([article(f"b{day}", 0, day, f"Report {day}.") for day in range(1, 13)]))
    (storyline,) = {member.storyline for member in bridge.memberships}
    read = features(article("a", 2, 1))
    for start in range(0, 900, 100):
        batch = []
        for n in range(start, start + 100):
            vector = np.random.default_rng(n // 2).normal(size=64) + rng.normal(size=64) / 20
            words = {f"w{n // 2}-{k}": "w" for k in range(10)}
            one = replace(
                read, day=19_800.0 + n / 50, terms=words, titled=(), signature=(), numbers={}, places={}, people={}
            )
            batch.append(Arrival(f"a{n}", f"Title {n}", one, (vector / np.linalg.norm(vector)).astype(np.float32)))
        subject.add(batch)
    late = subject.add(arrivals([article("late", 0, 28, "The bridge opens again.")]))
    assert {member.article: member.storyline for member in late.memberships}["late"] == storyline


AWKWARD = (
    Article("none", "s", "1", "", "", "en", NOW),
    Article("title", "s", "2", "Only a title", "", "und", NOW),
    Article("old", "s", "3", "Old", "An old report.", "en", NOW, Dating("1970-01-01")),
    Article("late", "s", "4", "Late", "A report from far ahead.", "en", NOW, Dating("2099-12-31")),
    Article("long", "s", "5", "Long", "word " * 2_000_000, "en", NOW),
    Article("names", "s", "6", "Names", " ".join(f"Anna Karlsson{n}" for n in range(5000)), "en", NOW),
    Article("links", "s", "7", "Links", "https://a.test/1 " * 500, "xx-YY", NOW),
    Article("mixed", "s", "8", "Смесь 混合", "Hello мир 世界 สวัสดี سلام", "und", NOW),
)


@pytest.mark.parametrize("odd", AWKWARD, ids=lambda odd: odd.id)
def test_awkward_articles_are_placed(odd: Article) -> None:
    """Nothing is lost and nothing blows up: no text, no language, absurd dates, ten megabytes, stuffed names."""
    members = grouper().add(arrivals([article("a", 0, 1), odd])).memberships
    assert {member.article for member in members} == {"a", odd.id}
    assert len(features(odd).to_json()) < 40_000
