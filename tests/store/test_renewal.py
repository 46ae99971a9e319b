"""Another embedding engine: what the former one embedded is embedded again bit by bit, and nothing is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.engines.embedding import LexicalEmbedder
from briefing.errors import EngineError
from briefing.model import Correction, Dating
from briefing.pipeline import Newsroom, correct, group
from briefing.pipeline import grouping as grouping_module
from briefing.ports import Harvest, SourceState, Vectors
from briefing.render.site import Site
from briefing.store import Store

from .makers import article, entry

MATTERS = (
    ("Lisbon", "engineers close the suspension bridge after inspectors report cracked cables"),
    ("Nairobi", "farmers harvest record maize despite drought warnings from meteorologists"),
    ("Hanoi", "striking tram drivers demand higher wages and shorter night shifts"),
    ("Tehran", "archaeologists uncover a bronze workshop beneath the old bazaar"),
    ("Lima", "measles vaccination reaches remote mountain villages by helicopter"),
    ("Oslo", "parliament debates a windfall levy on salmon exporters"),
    ("Perth", "bushfire smoke grounds flights and empties suburban schools"),
    ("Quito", "judges annul the mayoral ballot because signatures were forged"),
    ("Riga", "opera house reopens with a restored organ and cheaper seats"),
    ("Seoul", "chip maker halts production when purified water runs short"),
    ("Tunis", "fishermen blockade the harbour over trawler licences"),
    ("Vilnius", "hackers leak hospital records and ask for ransom in bitcoin"),
)


class Counting(LexicalEmbedder):
    """The lexical engine of some width, which remembers what it was asked; it fails after ``most`` texts."""

    def __init__(self, dimensions: int, most: int = 10**6) -> None:
        super().__init__(dimensions)
        self.asked: list[str] = []
        self.most = most

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(self.asked) + len(texts) > self.most:
            raise EngineError(self.name, "out of order")
        self.asked += texts
        return super().embed(texts)


def room(store: Store, embedder: LexicalEmbedder) -> Newsroom:
    """Give a newsroom of which only the store and the engine matter."""
    site = Site("https://news.example.org/", "Test")
    return Newsroom(store, (), {}, embedder, (), (), site, Path("unused"))


def arrive(store: Store, numbers: Sequence[int], source: str = "one") -> list[str]:
    """Collect and read an article on each of some matters; a number twelve higher tells the same in other words."""
    entries = tuple(entry(number, source) for number in numbers)
    store.sources.save_harvest(source, Harvest(entries, SourceState()))
    read = []
    for number in numbers:
        town, told = MATTERS[number % 12]
        title = f"{town}: {told}" if number < 12 else f"{town} again: {' '.join(told.split()[2:])}"
        published = Dating(f"2026-03-{number + 1:02}")
        read.append(
            article(
                number, source, id=f"{source}-{number:02}", title=title, text=f"In {town}, {told}.", published=published
            )
        )
    store.entries.save_extractions([(given, (one,)) for given, one in zip(entries, read, strict=True)])
    return [one.id for one in read]


@pytest.fixture(autouse=True)
def _small_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping_module, "RENEWED", 5)


def homes(store: Store, ids: Sequence[str]) -> list[str]:
    """Give the storylines that articles are in."""
    found = [store.storylines.membership(id_) for id_ in ids]
    return [home.storyline for home in found if home is not None]


def test_every_run_embeds_a_bounded_share_until_all_is_done(store: Store) -> None:
    """Twelve articles, five a run: seven wait, then two, then none; the record tells; then nothing is embedded."""
    before = arrive(store, range(12))
    group(room(store, Counting(64)))
    told = homes(store, before)
    other = Counting(96)
    for left in (7, 2, 0):
        asked = len(other.asked)
        assert group(room(store, other)) == 0
        renewal = store.grouping.renewal()
        assert renewal is not None
        assert (renewal.engine, renewal.left, renewal.total) == (other.name, left, 12)
        assert len(other.asked) - asked <= 5
    assert len(other.asked) == len(set(other.asked)) == 12
    assert group(room(store, other)) == 0
    assert len(other.asked) == 12
    assert homes(store, before) == told


def test_the_newest_storylines_come_first_and_take_new_articles_at_once(store: Store) -> None:
    """In the first run after the change, news of a storyline that was active last joins it."""
    before = arrive(store, range(12))
    group(room(store, Counting(64)))
    (again,) = arrive(store, [23])
    other = Counting(96)
    assert group(room(store, other)) == 1
    assert any("Vilnius" in text for text in other.asked[:5])
    assert homes(store, [again]) == homes(store, [before[11]])


def test_a_storyline_that_waits_keeps_its_place_and_is_joined_once_embedded(store: Store) -> None:
    """What was not embedded again stays where it was, through any number of runs, and is compared again afterwards."""
    before = arrive(store, range(12))
    group(room(store, Counting(64)))
    told = homes(store, before)
    other = Counting(96)
    for _ in range(3):
        group(room(store, other))
    later = arrive(store, range(12, 24))
    group(room(store, other))
    assert homes(store, before) == told
    assert homes(store, later) == told


def test_the_former_engine_finds_its_vectors_again(store: Store) -> None:
    """Changing back embeds nothing."""
    arrive(store, range(12))
    group(room(store, Counting(64)))
    group(room(store, Counting(96)))
    former = Counting(64)
    group(room(store, former))
    assert former.asked == []
    renewal = store.grouping.renewal()
    assert renewal is not None
    assert renewal.left == 0


def test_an_engine_that_fails_half_way_loses_nothing(store: Store) -> None:
    """The run fails by name; the next one goes on, and what was there is there."""
    before = arrive(store, range(12))
    group(room(store, Counting(64)))
    told = homes(store, before)
    with pytest.raises(EngineError, match="out of order"):
        group(room(store, Counting(96, most=3)))
    assert homes(store, before) == told
    mended = Counting(96)
    for _ in range(3):
        group(room(store, mended))
    assert len(mended.asked) == 12
    assert homes(store, before) == told


def test_a_correction_reaches_what_waits(store: Store) -> None:
    """Storylines whose articles the new engine has not seen can be merged and split all the same."""
    before = arrive(store, range(12))
    group(room(store, Counting(64)))
    one, other = homes(store, [before[0], before[1]])
    changed = room(store, Counting(96))
    correct(changed, Correction("merge", (one, other), entry(1).collected_at))
    assert len(set(homes(store, before[:2]))) == 1
    merged = homes(store, before[:1])[0]
    correct(changed, Correction("split", (merged,), entry(1).collected_at, articles=(before[1],)))
    assert len(set(homes(store, before[:2]))) == 2


def test_nothing_is_embedded_twice(store: Store) -> None:
    """Over runs, restarts, equal texts and texts that come again under another address, each is embedded once."""
    engine = Counting(64)
    arrive(store, range(12))
    group(room(store, engine))
    arrive(store, range(12), "two")
    group(room(store, engine))
    group(room(store, engine))
    assert len(engine.asked) == len(set(engine.asked)) == 12
