"""Search in both stores: what is indexed when, what is found in which order, and that both find the same."""

from __future__ import annotations

import random
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, text

from briefing.model import Article, Dating, Development, Membership, Storyline
from briefing.ports import Harvest, SourceState
from briefing.store import Results, Store, open_store
from briefing.store.schema import documents, unindexed

from .makers import article, entry

REPORTS = (
    ("Quốc hội phê chuẩn hiệp ước", "Hà Nội đã thông qua.", "vi", "2026-03-01"),
    ("รัสเซียให้สัตยาบันสนธิสัญญา", "สภาล่างรัสเซียลงมติกับเกาหลีเหนือ", "th", "2026-03-02"),
    ("دومای روسیه معاهده را تصویب کرد", "پوتین می‌خواهد كتاب", "fa", "2026-03-03"),
    ("Russia ratifies treaty", "The lower house voted. Quoc hoi was quoted.", "en", "2026-03-04"),
    ("ロシア、条約を批准", "北朝鮮との包括的条約", "ja", "2026-03-05"),
    ("俄罗斯批准条约", "与朝鲜的条约 ratifies nothing", "zh-Hant", "2026-02-01"),
    ("Договор ратифицирован", "Ещё один договора", "ru", "2025-03-01"),
)


def reports(count: int = len(REPORTS)) -> list[Article]:
    made = []
    for number in range(count):
        title, body, language, day = REPORTS[number % len(REPORTS)]
        made.append(
            article(number, title=title, text=body, language=language, published=Dating(day, "feed"), categories=())
        )
    return made


def fill(store: Store, given: list[Article], source: str = "one") -> None:
    entries = [entry(number, source, guid=item.guid) for number, item in enumerate(given)]
    store.sources.save_harvest(source, Harvest(tuple(entries), SourceState()))
    store.entries.save_extractions([(one, (item,)) for one, item in zip(entries, given, strict=True)])


def titles(found: Results) -> list[str]:
    return ["".join(piece.text for piece in group.hits[0].title) for group in found.groups]


FOUND: tuple[tuple[str, set[int]], ...] = (
    ("quoc hoi", {0, 3}),
    ("Quốc hội", {0, 3}),
    ("quộc", {3}),
    ("รัสเซีย", {1}),
    ("เกาหลี", {1}),
    ("รัส", {1}),
    ("پوتين", {2}),
    ("كتاب", {2}),
    ("میخواهد", {2}),
    ("خواهد", {2}),
    ("ratif", {3, 5}),
    ("LOWER house", {3}),
    ("条約", {4}),
    ("条", {4, 5}),
    ("条约", {5}),
    ("договор", {6}),
    ("еще", {6}),
    ('"lower house"', {3}),
    ('"house lower"', set()),
    ("treaty -quoc", set()),
)


def test_what_is_found(store: Store) -> None:
    """Each script is found with and without its marks, by letter variants, by parts of stretches, by beginnings."""
    given = reports()
    fill(store, given)
    for query, numbers in FOUND:
        found = store.search.find(query)
        assert set(titles(found)) == {given[number].title for number in numbers}, query
        assert not found.loosened


def test_title_over_text_and_newer_over_older(store: Store) -> None:
    """Of two articles the one with the word in its title comes first; of equals the newer one."""
    days = ("2026-01-01", "2026-03-01", "2026-03-01", "2020-01-01")
    texts = (("Treaty", "one"), ("Other", "the treaty"), ("Treaty", "two"), ("Treaty", "three"))
    fill(
        store,
        [
            article(number, title=title, text=body, published=Dating(day, "feed"))
            for number, ((title, body), day) in enumerate(zip(texts, days, strict=True))
        ],
    )
    order = [group.hits[0].article.text for group in store.search.find("treaty").groups]
    assert order == ["two", "one", "three", "the treaty"]


def test_filters_by_language_and_day(store: Store) -> None:
    """A language stands for its regional forms; days are those of publication, ends included."""
    fill(store, reports())
    assert len(store.search.find("条", language="zh").groups) == 1
    assert len(store.search.find("条", language="en").groups) == 0
    assert len(store.search.find("ratif", since=date(2026, 3, 4)).groups) == 1
    assert len(store.search.find("ratif", until=date(2026, 2, 1)).groups) == 1
    assert len(store.search.find("ratif", since=date(2026, 3, 5)).groups) == 0


def test_what_is_not_all_there_is_loosened(store: Store) -> None:
    """Where no article has all the words, those that have some are given, and the results say so."""
    fill(store, reports())
    found = store.search.find("treaty cheese")
    assert found.loosened
    assert titles(found) == ["Russia ratifies treaty"]
    assert store.search.find("cheese moon").groups == ()


def test_articles_come_by_storyline_and_merged_ones_live_on(store: Store) -> None:
    """A storyline is found once with its articles; after a merge the one that lives on is found."""
    given = reports()
    fill(store, given)
    lines = [Storyline(name, f"slug-{name}", f"Title {name}", "en") for name in ("s1", "s2")]
    events = [Development("d1", "s1", (given[3].id,)), Development("d2", "s2", (given[5].id,))]
    members = [Membership(given[3].id, "d1", "s1"), Membership(given[5].id, "d2", "s2")]
    store.grouping.save(members, lines, events)
    assert [group.slug for group in store.search.find("ratifies").groups] == ["slug-s1", "slug-s2"]
    store.grouping.save((), redirects={"s2": "s1"})
    (group,) = store.search.find("ratifies").groups
    assert (group.slug, group.count, group.day) == ("slug-s1", 2, "2026-03-04")


def test_withdrawn_articles_are_not_found_until_they_come_back(store: Store) -> None:
    """What a removed source gave is found no more, and again when the source is."""
    given = reports()
    fill(store, given)
    store.sources.withdraw("one")
    assert store.search.find("treaty").groups == ()
    entries = [entry(number, "one", guid=item.guid) for number, item in enumerate(given)]
    store.sources.save_harvest("one", Harvest(tuple(entries), SourceState()))
    assert len(store.search.find("treaty").groups) == 1


def test_a_changed_article_is_found_by_what_it_says_now(store: Store) -> None:
    """After a correction the old words find nothing, in the same transaction as the article."""
    fill(store, reports(4))
    changed = reports(4)[3]
    again = entry(3, guid=changed.guid, body="changed")
    store.sources.save_harvest("one", Harvest((again,), SourceState()))
    store.entries.save_extraction(again, (article(3, title="Russia rejects pact", text="It said no.", language="en"),))
    assert store.search.find("treaty").groups == ()
    assert titles(store.search.find("pact")) == ["Russia rejects pact"]


def test_an_older_store_is_indexed_in_bounded_steps(store: Store) -> None:
    """Articles from before there was an index wait, are counted, and are indexed so many at a time."""
    fill(store, reports(7))
    with store.search._database.writing() as connection:
        numbers = connection.execute(text("SELECT sequence FROM articles")).scalars().all()
        connection.execute(delete(documents))
        connection.execute(unindexed.insert(), [{"sequence": number} for number in numbers])
    assert store.search.find("treaty").waiting == 7
    assert [store.search.fill(3) for _ in range(4)] == [3, 3, 1, 0]
    found = store.search.find("treaty")
    assert (len(found.groups), found.waiting) == (1, 0)


def test_a_store_of_schema_2_is_searchable_after_its_migration(tmp_path: Path) -> None:
    """A store written before there was an index is brought to it with all its articles waiting."""
    file = tmp_path / "briefing.db"
    with open_store(f"sqlite:///{file}") as store:
        fill(store, reports(3))
    with sqlite3.connect(file) as connection:
        for name in ("search", "documents", "unindexed", "tellings", "told", "unlisted", "pictures"):
            connection.execute(f"DROP TABLE {name}")
        for name in ("entries", "articles"):
            connection.execute(f"ALTER TABLE {name} DROP COLUMN image")
        connection.execute("DELETE FROM schema_version WHERE version > 2")
    connection.close()
    with open_store(f"sqlite:///{file}") as store:
        assert store.search.waiting() == 3
        assert store.search.fill() == 3
        assert len(store.search.find("quoc hoi").groups) == 1


HOSTILE = (
    "", " ", '"', "'", "''", '""', "*", "a*", "NEAR(a b)", "a AND", "OR", "NOT a", "title:a", "{title}:a", "^a", "-",
    "--", "a -", "(((", ")))", "\x00", "a\x00b",
    "\ud800", "%", "_", "\\", "a & b", "a | !b", "a:*", "<->", "a <-> b", "a'b",
    "'; DROP TABLE articles; --", "word " * 2000, "a" * 10_000, '"' * 500, "条" * 5000, "ก" * 5000,
    "\u202e\u200d\u200c",
    "<script>alert(1)</script>", "😀 👩‍👩‍👧", "\u0301\u0301",
)  # fmt: skip


def test_no_query_is_an_error(store: Store) -> None:
    """Operators, quotes, NUL, lone surrogates and ten thousand characters give results or none."""
    fill(store, reports())
    for query in HOSTILE:
        assert isinstance(store.search.find(query), Results), query


def test_a_hit_is_marked_and_nothing_is_lost_of_a_title(store: Store) -> None:
    """Title and excerpt come in pieces, hits apart, markup in them left as the text it is."""
    fill(store, [article(1, title="<b>Treaty</b> & more", text="See <script> the treaty </script>.")])
    (hit,) = store.search.find("treaty").groups[0].hits
    assert [(piece.text, piece.hit) for piece in hit.title] == [
        ("<b>", False),
        ("Treaty", True),
        ("</b> & more", False),
    ]
    assert [piece.text for piece in hit.excerpt if piece.hit] == ["treaty"]


def test_articles_of_any_size_and_kind_are_kept_and_found(store: Store) -> None:
    """Megabytes, one endless word, every character there is, nothing at all: stored, and found by what is bounded."""
    every = "".join(map(chr, range(0x20, 0xD800))) * 2
    given = [
        article(1, title="ก" * 50_000, text="ข้อความ " * 200_000),
        article(2, title=every, text=every + " needle"),
        article(3, title="endless", text="a" * 3_000_000),
        article(4, title="", text=""),
        article(5, title="'; \\ \\' : & | ! <-> \x00 \ud800", text="%_ \\x27"),
    ]
    fill(store, given)
    assert store.articles.count() == 5
    assert len(store.search.find("ข้อความ").groups) >= 1
    assert titles(store.search.find("endless")) == ["endless"]


def test_pages_of_results_follow_each_other(store: Store) -> None:
    """Offset and limit cut one order; the total is that of all."""
    fill(store, [article(number, title=f"Treaty {number}") for number in range(9)])
    whole = store.search.find("treaty", limit=9)
    parts = [store.search.find("treaty", limit=4, offset=at).groups for at in (0, 4, 8)]
    assert tuple(group for part in parts for group in part) == whole.groups
    assert whole.total == 9


WORDS = [word for title, body, *_ in REPORTS for word in f"{title} {body}".split()]


@pytest.mark.postgresql
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.lists(st.sampled_from([*WORDS, '"', "-", "条", "รัส", "ratif"]), max_size=5).map(" ".join),
        st.text(max_size=30),
    ),
    language=st.sampled_from([None, "th", "en", "zh"]),
)
def test_both_stores_find_the_same(both: tuple[Store, Store], query: str, language: str | None) -> None:
    """Any query finds the same storylines, articles, scores and pieces in SQLite and in PostgreSQL."""
    one, other = (store.search.find(query, language=language) for store in both)
    assert one == other


@pytest.fixture(scope="module")
def both(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """A store of each dialect that hold the same 150 articles, made of the words of the reports."""
    import psycopg

    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA searched")
    chance, given = random.Random(5), []
    for number in range(150):
        picked = chance.sample(WORDS, 8)
        language = chance.choice(["th", "en", "zh", "fa"])
        day = Dating(f"2026-0{number % 9 + 1}-11", "feed")
        made = article(number, title=" ".join(picked[:3]), text=" ".join(picked[3:]), language=language, published=day)
        given.append(made)
    file = tmp_path_factory.mktemp("searched") / "briefing.db"
    url = f"{postgresql_server}&options=-csearch_path%3Dsearched"
    with open_store(f"sqlite:///{file}") as one, open_store(url) as other:
        for store in (one, other):
            fill(store, given)
        yield one, other
