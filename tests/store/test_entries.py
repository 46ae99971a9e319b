"""From a harvest to articles."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import Dating, Image
from briefing.ports import Harvest, SourceState
from briefing.store import Store
from briefing.store.schema import storable
from briefing.store.sources import entry_hash

from .makers import NOW, article, entry, failure

STATE = SourceState('W/"é"', "Wed, 04 Mar 2026", "https://example.org/new", False, NOW, NOW, "f1")


def test_a_source_starts_empty_and_keeps_what_is_saved(store: Store) -> None:
    """Validators, times and marks come back exactly as given."""
    assert store.sources.state("one") == SourceState()
    store.sources.save_harvest("one", Harvest((), STATE, unchanged=True))
    assert store.sources.state("one") == STATE
    store.sources.save_state("two", SourceState(gone=True))
    assert store.sources.states() == {"one": STATE, "two": SourceState(gone=True)}


def test_entries_come_back_whole_and_in_order(store: Store) -> None:
    """What a source gave is read back equal, in the order in which it came."""
    given = (entry(2), entry(1, title="T", language="vi", outlet="O", media_type="text/html"), entry(3, published=None))
    assert store.sources.save_harvest("one", Harvest(given, STATE)) == 3
    assert store.entries.unextracted() == given
    assert store.entries.unextracted(limit=2) == given[:2]
    assert store.entries.entry("one", "guid-1") == given[1]
    assert store.entries.entry("two", "guid-1") is None


def test_an_unchanged_entry_is_not_new(store: Store) -> None:
    """The same content again counts nothing and is not extracted again, even collected later."""
    store.sources.save_harvest("one", Harvest((entry(1),), STATE))
    store.entries.save_extraction(entry(1), (article(1),))
    again = entry(1, collected_at=NOW + timedelta(days=1))
    assert store.sources.save_harvest("one", Harvest((again,), STATE)) == 0
    assert store.entries.unextracted() == ()


def test_a_changed_entry_is_extracted_again(store: Store) -> None:
    """A changed body replaces the former, keeps the first time of collection, and waits to be read."""
    store.sources.save_harvest("one", Harvest((entry(1), entry(2)), STATE))
    store.entries.save_extraction(entry(1), (article(1),))
    later = entry(1, body="Corrected.", collected_at=NOW + timedelta(days=1))
    assert store.sources.save_harvest("one", Harvest((later,), STATE)) == 1
    waiting = store.entries.unextracted()
    assert [found.body for found in waiting] == ["Corrected.", entry(2).body]
    assert waiting[0].collected_at == entry(1).collected_at
    assert store.entries.count() == 2


def test_one_guid_twice_in_a_harvest(store: Store) -> None:
    """Of two entries with one guid the first counts, and the next poll of the same finds nothing new."""
    pair = (entry(1, body="first"), entry(1, body="second"))
    assert store.sources.save_harvest("one", Harvest(pair, STATE)) == 1
    assert [found.body for found in store.entries.unextracted()] == ["first"]
    assert store.sources.save_harvest("one", Harvest(pair, STATE)) == 0


def test_the_same_guid_in_two_sources(store: Store) -> None:
    """An entry's key is source and guid together."""
    store.sources.save_harvest("one", Harvest((entry(1),), STATE))
    assert store.sources.save_harvest("two", Harvest((entry(1, "two"),), STATE)) == 1
    assert store.entries.count() == 2


def test_hostile_words_are_kept(store: Store) -> None:
    """NUL, lone surrogates, a guid of 100,000 characters and SQL in a title neither fail nor multiply."""
    hostile = entry(1, guid="g" * 100_000 + "\x00", body="a\x00b\ud800", title="'); DROP TABLE entries; --", url="\x00")
    assert store.sources.save_harvest("one", Harvest((hostile,), STATE)) == 1
    assert store.sources.save_harvest("one", Harvest((hostile,), STATE)) == 0
    (found,) = store.entries.unextracted()
    assert (found.body, found.title) == ("a\ufffdb\ufffd", hostile.title)
    store.entries.save_extraction(found, (article(1, guid=found.guid, text="\ud800"),))
    assert store.entries.unextracted() == ()


def test_an_unreadable_entry_waits_until_it_changes(store: Store) -> None:
    """A failed extraction is recorded, not tried again on the same content, and tried on other content."""
    store.sources.save_harvest("one", Harvest((entry(1),), STATE))
    store.entries.mark_unreadable(entry(1), failure("guid-1", "extract"))
    assert store.entries.unextracted() == ()
    assert [found.subject for found in store.failures.open()] == ["guid-1"]
    store.sources.save_harvest("one", Harvest((entry(1, body="Now readable."),), STATE))
    assert len(store.entries.unextracted()) == 1


def test_articles_rise_in_sequence_and_come_back_whole(store: Store) -> None:
    """New articles are numbered in the order given, the related after the main one, every field equal."""
    store.sources.save_harvest("one", Harvest((entry(1), entry(2)), STATE))
    main = article(1, outlet="O", credit="Agency", credit_date="2026-03-03", title_made=True)
    side = article(11, guid="guid-1", related_to=main.id, published=Dating("2026-01-12", "text"), url=None)
    assert store.entries.save_extractions([(entry(1), (main, side)), (entry(2), (article(2),))]) == 3
    assert store.articles.after(0) == (main, side, article(2))
    assert store.articles.after(1, limit=1) == (side,)
    assert store.articles.max_sequence() == store.articles.count() == 3
    assert store.articles.get([article(2).id, "none", main.id]) == {article(2).id: article(2), main.id: main}
    assert store.articles.article(side.id) == side
    assert store.articles.article("none") is None
    assert store.articles.sequences([article(2).id, main.id, "none"]) == {main.id: 1, article(2).id: 3}


def test_one_page_in_two_sources_is_one_article(store: Store) -> None:
    """The second source is remembered as an origin; content, owner and sequence stay the first's."""
    for source in ("one", "two"):
        store.sources.save_harvest(source, Harvest((entry(1, source),), STATE))
    assert store.entries.save_extraction(entry(1), (article(1),)) == 1
    assert store.entries.save_extraction(entry(1, "two"), (article(1, "two", text="A copy."),)) == 0
    assert store.articles.after(0) == (article(1),)
    assert store.articles.origins([article(1).id]) == {article(1).id: ("one", "two")}
    assert store.entries.unextracted() == ()


def test_one_page_twice_in_one_batch(store: Store) -> None:
    """Two entries of one batch that give the same article make one article of two origins."""
    for source in ("one", "two"):
        store.sources.save_harvest(source, Harvest((entry(1, source),), STATE))
    both = [(entry(1, source), (article(1, source),)) for source in ("one", "two")]
    assert store.entries.save_extractions(both) == 1
    assert store.articles.origins([article(1).id]) == {article(1).id: ("one", "two")}


def test_the_owner_corrects_its_article(store: Store) -> None:
    """An article changed by its own entry keeps id and sequence; what was concluded from the old text is forgotten."""
    store.sources.save_harvest("one", Harvest((entry(1),), STATE))
    store.entries.save_extraction(entry(1), (article(1),))
    store.grouping.save_features("v1", {article(1).id: b"old"})
    changed = entry(1, body="Other.")
    store.sources.save_harvest("one", Harvest((changed,), STATE))
    assert store.entries.save_extraction(changed, (article(1, text="Other."),)) == 0
    assert store.articles.after(0) == (article(1, text="Other."),)
    assert store.articles.max_sequence() == 1
    assert store.grouping.features("v1", [article(1).id]) == {}


def test_a_teaser_gives_way_to_the_report(store: Store) -> None:
    """The full article replaces the teaser of it found on another's page, and is new again."""
    store.sources.save_harvest("one", Harvest((entry(1), entry(2)), STATE))
    teaser = article(2, guid="guid-1", text="Teaser.", related_to=article(1).id)
    store.entries.save_extraction(entry(1), (article(1), teaser))
    assert store.entries.save_extraction(entry(2), (article(2),)) == 1
    assert store.articles.after(2) == (article(2),)
    assert store.articles.count() == 2
    store.entries.save_extraction(entry(1), (article(1), teaser))
    assert store.articles.article(article(2).id) == article(2)


def test_an_edited_document_replaces_its_former_article(store: Store) -> None:
    """Where an entry's main article becomes another one, the former is cited no more."""
    store.sources.save_harvest("one", Harvest((entry(1),), STATE))
    store.entries.save_extraction(entry(1), (article(1), article(5, guid="guid-1", related_to=article(1).id)))
    changed = entry(1, body="Other.")
    store.sources.save_harvest("one", Harvest((changed,), STATE))
    store.entries.save_extraction(changed, (article(9, guid="guid-1"),))
    assert [found.id for found in store.articles.after(0)] == [article(5).id, article(9).id]
    assert store.articles.article(article(1).id) == article(1)


def test_a_withdrawn_source_is_cited_no_more(store: Store) -> None:
    """Its articles leave every list but stay by id; those that another source gave stay, as the other's."""
    for source in ("one", "two"):
        store.sources.save_harvest(source, Harvest((entry(1, source), entry(2, source)), STATE))
    store.entries.save_extractions([(entry(1), (article(1),)), (entry(1, "two"), (article(1, "two"),))])
    store.entries.save_extraction(entry(2), (article(2),))
    store.entries.save_extraction(entry(2, "two"), (article(22, "two"),))
    assert store.sources.withdraw("one") == 1
    assert [found.id for found in store.articles.after(0)] == [article(1).id, article(22).id]
    assert store.articles.get([article(2).id]) == {}
    assert store.articles.get([article(2).id], withdrawn=True) == {article(2).id: article(2)}
    assert store.articles.origins([article(1).id]) == {article(1).id: ("two",)}
    assert store.sources.state("one").etag is None
    # The heir is read again, and from then on the article is told in its words.
    assert store.entries.unextracted() == (entry(1, "two"),)
    store.entries.save_extraction(entry(1, "two"), (article(1, "two", text="Heir's."),))
    assert store.articles.article(article(1).id) == article(1, "two", text="Heir's.")
    assert store.sources.withdraw("one") == 0


def test_a_source_added_again_is_live_again(store: Store) -> None:
    """Entries that come again after a withdrawal bring their articles back, unchanged and under the same ids."""
    store.sources.save_harvest("one", Harvest((entry(1),), STATE))
    store.entries.save_extraction(entry(1), (article(1),))
    assert store.sources.withdraw("one") == 1
    assert store.articles.count() == 0
    assert store.sources.save_harvest("one", Harvest((entry(1),), STATE)) == 1
    assert store.articles.after(0) == (article(1),)
    assert store.entries.unextracted() == ()


def test_more_than_one_batch(store: Store) -> None:
    """Lists longer than an IN clause takes are written and read whole and in order."""
    many = tuple(entry(number) for number in range(1203))
    assert store.sources.save_harvest("one", Harvest(many, STATE)) == 1203
    assert store.entries.unextracted(limit=5000) == many
    told = [(found, (article(number),)) for number, found in enumerate(many)]
    assert store.entries.save_extractions(told) == 1203
    assert store.articles.after(0, limit=5000) == tuple(article(number) for number in range(1203))
    assert len(store.articles.get(article(number).id for number in range(1203))) == 1203
    assert store.sources.save_harvest("one", Harvest(many, STATE)) == 0


def test_an_entry_changed_while_it_was_read(store: Store) -> None:
    """An extraction of the former content does not count for the new one, which came in between."""
    store.sources.save_harvest("one", Harvest((entry(1),), STATE))
    (given,) = store.entries.unextracted()
    store.sources.save_harvest("one", Harvest((entry(1, body="New."),), STATE))
    store.entries.save_extraction(given, (article(1),))
    assert [found.body for found in store.entries.unextracted()] == ["New."]


WORDS = st.text(st.characters(), max_size=200)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(guid=WORDS, body=WORDS, title=st.none() | WORDS, categories=st.lists(WORDS, max_size=3))
def test_any_text_comes_back(store: Store, guid: str, body: str, title: str | None, categories: list[str]) -> None:
    """Whatever text a source gives is read back as it is, but for what no database keeps, and is known again."""
    given_ = entry(1, guid=guid, body=body, title=title, categories=tuple(categories))
    store.sources.save_harvest("one", Harvest((given_,), STATE))
    found = store.entries.entry("one", guid)
    assert found == entry(
        1,
        guid=storable(guid),
        body=storable(body),
        title=title if title is None else storable(title),
        categories=tuple(storable(word) for word in categories),
    )
    assert store.sources.save_harvest("one", Harvest((given_,), STATE)) == 0


def test_pictures_come_back_with_entries_and_articles(store: Store) -> None:
    """A picture is read back as it was given, hostile characters made storable; one that changes is read again."""
    image = Image("https://example.org/ภาพ.jpg", "Bến cảng \ud800", 1200, None)
    kept = Image("https://example.org/ภาพ.jpg", "Bến cảng \ufffd", 1200, None)
    store.sources.save_harvest("one", Harvest((entry(1, image=image), entry(2)), STATE))
    assert [one.image for one in store.entries.unextracted()] == [kept, None]
    store.entries.save_extraction(entry(1, image=image), (article(1, image=image),))
    store.entries.save_extraction(entry(2), (article(2),))
    found = store.articles.get([article(1).id, article(2).id])
    assert [one.image for one in found.values()] == [kept, None]
    assert store.sources.save_harvest("one", Harvest((entry(1, image=image), entry(2)), STATE)) == 0
    other = entry(1, image=Image("https://example.org/other.jpg"))
    assert store.sources.save_harvest("one", Harvest((other,), STATE)) == 1
    store.entries.save_extraction(other, (article(1, image=other.image),))
    assert store.articles.article(article(1).id) == article(1, image=other.image)


def test_entries_without_pictures_keep_their_digest() -> None:
    """What was collected before there were pictures is not read again for their sake."""
    assert entry_hash(entry(1)) == "4b2c6dd76d4301df529192eaef81b487"
