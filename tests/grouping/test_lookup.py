"""Numbers by hash and slots by key, held against dictionaries."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from briefing.grouping.holders import Holders, stretches
from briefing.grouping.lookup import Lookup

CROWDED = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 40).map(lambda n: n * 4_096) | st.integers(-8, 8)
"""Hashes of which many want the same place in a small table."""


@given(st.lists(st.lists(CROWDED, unique=True, max_size=60), max_size=8))
def test_numbers_are_found_as_in_a_dictionary(batches: list[list[int]]) -> None:
    """Whatever the hashes have in common, each leads to its own number, and unknown ones to none."""
    table, known = Lookup(), dict[int, int]()
    for batch in batches:
        asked = np.array(batch, dtype=np.int64)
        assert table.find(asked).tolist() == [known.get(one, -1) for one in batch]
        new = [one for one in batch if one not in known]
        numbers = range(len(known), len(known) + len(new))
        table.add(np.array(new, dtype=np.int64), np.array(numbers, dtype=np.int32))
        known |= zip(new, numbers, strict=True)
    assert table.find(np.array(list(known), dtype=np.int64)).tolist() == list(known.values())


@given(st.lists(CROWDED, unique=True, max_size=80), st.sets(st.integers(0, 79)))
def test_other_numbers_lead_from_the_same_hashes(hashes: list[int], gone: set[int]) -> None:
    """Renumbered, a table gives the new numbers, and none for what was forgotten, which can be added anew."""
    table, asked = Lookup(), np.array(hashes, dtype=np.int64)
    table.add(asked, np.arange(len(hashes), dtype=np.int32))
    new = [-1 if number in gone else 2 * number + 5 for number in range(len(hashes))]
    table.renumber(np.array(new, dtype=np.int32))
    assert table.find(asked).tolist() == new
    again = np.array([one for one, number in zip(hashes, new, strict=True) if number < 0], dtype=np.int64)
    table.add(again, np.arange(1_000, 1_000 + len(again), dtype=np.int32))
    assert table.find(again).tolist() == list(range(1_000, 1_000 + len(again)))
    assert (table.find(asked) >= 0).all()


def test_a_table_grows() -> None:
    """Far more hashes than there were places for at first are all found, and no others."""
    rng, table = np.random.default_rng(1), Lookup()
    hashes = np.unique(rng.integers(-(2**63), 2**63 - 1, size=40_000))
    half = len(hashes) // 2
    for start in range(0, half, 1_000):
        table.add(hashes[start : min(start + 1_000, half)], np.arange(start, min(start + 1_000, half), dtype=np.int32))
    np.testing.assert_array_equal(table.find(hashes[:half]), np.arange(half))
    assert (table.find(hashes[half:]) == -1).all()


@given(st.lists(st.lists(st.integers(0, 30), max_size=40), max_size=10))
def test_holders_are_kept_as_in_lists(batches: list[list[int]]) -> None:
    """Slots come back in the order in which they were added, however often a key's room was too small."""
    holders, expected, slot = Holders(), {key: list[int]() for key in range(2_000)}, 0
    for batch in batches:
        keys = [key * 60 for key in batch]
        slots = range(slot, slot + len(keys))
        holders.add(np.array(keys, dtype=np.int32), np.array(slots, dtype=np.int64))
        for key, one in zip(keys, slots, strict=True):
            expected[key].append(one)
        slot += len(keys)
    known = [key for key, found in expected.items() if found]
    ids = np.array(known, dtype=np.int32)
    assert holders.of(ids).tolist() == [one for key in known for one in expected[key]]
    assert holders.of(ids[::-1]).tolist() == [one for key in reversed(known) for one in expected[key]]


@given(st.lists(st.lists(st.integers(0, 30), max_size=40), max_size=6), st.sets(st.integers(0, 30)), st.data())
def test_holders_that_are_thinned_out_go_on(batches: list[list[int]], left: set[int], data: st.DataObject) -> None:
    """After slots went and keys were renumbered the rest stand in their order, and others can be added."""
    holders, expected, slot = Holders(), {key: list[int]() for key in range(31)}, 0
    for batch in [*batches, [7]]:
        gone = data.draw(st.sets(st.integers(0, max(0, slot - 1)))) if slot else set()
        new = [-1 if one in gone else one - sum(other < one for other in gone) for one in range(slot)]
        holders.keep(np.array(new, dtype=np.int32))
        slot -= len([one for one in gone if one < slot])
        expected = {key: [new[one] for one in found if new[one] >= 0] for key, found in expected.items()}
        holders.add(np.array(batch, dtype=np.int32), np.arange(slot, slot + len(batch)))
        for key in batch:
            expected[key].append(slot)
            slot += 1
    kept = sorted({key for key, found in expected.items() if found} | left)
    holders.renumber(np.array(kept))
    ids = [number for number, key in enumerate(kept) if expected[key]]
    known = np.array(ids, dtype=np.int32)
    assert holders.of(known).tolist() == [one for number in ids for one in expected[kept[number]]]
    holders.add(known, np.full(len(known), slot))
    assert holders.of(known).tolist() == [one for number in ids for one in [*expected[kept[number]], slot]]


def test_stretches_are_the_positions_one_after_another() -> None:
    """Empty stretches have none, and none at all is no error."""
    assert stretches(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert stretches(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).tolist() == []
