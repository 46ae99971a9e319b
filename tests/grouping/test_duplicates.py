"""Copies: found as by comparing bands one by one, and forgotten when told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from briefing.grouping import Features
from briefing.grouping.duplicates import ALIKE, CROWD, Copies, likeness
from briefing.grouping.features import PERMUTATIONS

PLAIN = Features("en", "s", 20_000.0, (), {}, {}, {}, {}, {}, {})


def signed(count: int, seed: int) -> list[tuple[str, Features]]:
    """Make articles of which many are nearly like another, some like two, some in another language, some unsigned."""
    rng = np.random.default_rng(seed)
    found: list[tuple[str, Features]] = []
    for number in range(count):
        signature = rng.integers(2**32, size=PERMUTATIONS)
        if found and rng.random() < 0.7:
            model = found[int(rng.integers(len(found)))][1].signature or tuple(signature)
            kept = rng.random(PERMUTATIONS) < rng.choice([0.5, 0.75, 0.95, 1.0])
            signature = np.where(kept, np.array(model), signature)
        one = replace(PLAIN, language=("en", "de")[int(rng.random() < 0.1)], signature=tuple(signature.tolist()))
        found.append((f"a{number}", one if rng.random() > 0.05 else PLAIN))
    return found


def plainly(articles: list[tuple[str, Features]], gone: frozenset[str]) -> list[str | None]:
    """Find originals by the definition: the first and best of those that share four values of a band."""
    known: list[tuple[str, Features]] = []
    found: list[str | None] = []
    for name, features in articles:
        seen: dict[str, float] = {}
        for band in range(0, PERMUTATIONS if features.signature else 0, 4):
            part = slice(band, band + 4)
            same = [one for one in known if one[1].signature[part] == features.signature[part]][-CROWD:]
            seen |= {other: likeness(features, theirs) for other, theirs in same if other not in seen}
        best = max(seen.values(), default=0.0)
        found.append(None if best < ALIKE else next(other for other, value in seen.items() if value == best))
        if found[-1] is None and features.signature and name not in gone:
            known.append((name, features))
    return found


@pytest.mark.parametrize("at_once", [1, 7, 400])
@pytest.mark.parametrize("seed", range(3))
def test_copies_are_found_as_the_definition_has_it(at_once: int, seed: int) -> None:
    """However many articles are looked at together: the same originals."""
    articles, subject = signed(400, seed), Copies()
    parts = [subject.originals(articles[at : at + at_once]) for at in range(0, len(articles), at_once)]
    found = [original for part in parts for original in part]
    assert found == plainly(articles, frozenset())
    assert 50 < sum(original is not None for original in found) < 350


def test_what_is_forgotten_is_copied_no_more() -> None:
    """After some originals were removed the others are found as if those had never been."""
    articles = signed(300, 9)
    subject = Copies()
    first = subject.originals(articles[:200])
    gone = frozenset(name for (name, _), original in list(zip(articles, first, strict=False))[::3] if original is None)
    subject.remove(gone)
    again = Copies()
    again.add([one for one, original in zip(articles, first, strict=False) if original is None and one[0] not in gone])
    expected = again.originals(articles[200:])
    assert subject.originals(articles[200:]) == expected
    assert gone.isdisjoint(expected)
    assert any(expected)


def test_a_crowd_of_one_form_is_looked_at_in_part() -> None:
    """Of more texts with one band in common than are looked at, the newest are."""
    rng = np.random.default_rng(4)
    form = rng.integers(2**32, size=4).tolist()
    alike = [
        (f"a{n}", replace(PLAIN, signature=(*form, *rng.integers(2**32, size=PERMUTATIONS - 4).tolist())))
        for n in range(3 * CROWD)
    ]
    assert Copies().originals(alike) == plainly(alike, frozenset()) == [None] * len(alike)
