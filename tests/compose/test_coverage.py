"""What several reports hold is told first, once, and fairly between developments and languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compose.candidates import candidates
from briefing.compose.coverage import agreement, gain, pairs
from briefing.compose.summary import summarise
from briefing.model import Article, Dating

NOW = datetime(2025, 3, 14, tzinfo=UTC)
COLOUR = "Painters on the quay covered the harbour office in a colour between green and blue."
HELD = "The ferry Orla struck the northern pier of Marvo on Sunday evening with eighty passengers aboard."
AGAIN = "With eighty passengers aboard the ferry Orla struck the northern pier of Marvo."
INJURED = "Nine people were taken to the district hospital with broken bones, the harbour master said."
INJURED_TOO = "Doctors at the district hospital treated nine people with broken bones until Monday."


def article(key: str, *lines: str, day: str | None = None, language: str = "en") -> Article:
    """A report of these sentences."""
    return Article(key, key, key, "Harbour news", " ".join(lines), language, NOW, Dating(day) if day else None)


def test_what_several_reports_hold_is_told_before_what_opens_one() -> None:
    """Facts that two reports hold beat an opening that only one has, and neither is told twice."""
    reports = [article("a", COLOUR, HELD, INJURED), article("b", AGAIN, "Trams ran late all day.", INJURED_TOO)]
    told = {sentence.text for sentence in summarise(reports, ["en"], 2, None).sentences}
    assert len(told & {HELD, AGAIN}) == 1
    assert len(told & {INJURED, INJURED_TOO}) == 1


def test_a_lonely_report_is_told_from_its_opening() -> None:
    """Where nobody else speaks, the opening comes first."""
    (told,) = summarise([article("a", HELD, COLOUR)], ["en"], 1, None).sentences
    assert told.text == HELD


def test_agreement_counts_reports_more_than_repetition() -> None:
    """A pair weighs 0.1, 1 more for each further report, 0.2 more for each further sentence of a report."""
    items = candidates([article("a", HELD, INJURED, HELD), article("b", HELD)])
    held = [pairs(item.tokens, item.language, 0) for item in items]
    weights = agreement(items, held)
    assert weights[0, "ferry", "orla"] == pytest.approx(0.1 + 1 + 0.2)
    assert weights[0, "nine", "peopl"] == pytest.approx(0.1)
    assert (0, "to", "the") not in weights


def test_what_is_told_adds_nothing() -> None:
    """A sentence whose pairs are all told has no gain; a shorter one with the same pairs has more than a longer one."""
    (item,) = candidates([article("a", HELD)])
    own = pairs(item.tokens, "en", 0)
    weights = agreement([item], [own])
    assert gain(own, weights, set(own), item.length) == 0
    assert gain(own, weights, set(), 10) > gain(own, weights, set(), 20) > 0


def test_a_development_of_one_report_is_not_drowned_by_one_of_many() -> None:
    """Three sentences for one report in March and five in January: the March report is told, first."""
    january = [
        article(f"j{n}", f"{HELD} {INJURED}", f"Witness {n}00 called it loud.", day="2025-01-12") for n in range(5)
    ]
    march = article("m", "The inquiry in Marvo blamed a worn rudder for the collision of the ferry.", day="2025-03-01")
    told = [sentence.citations[0].article for sentence in summarise([*january, march], ["en"], 3, None).sentences]
    assert told[0] == "m"
    assert len(told) == 3


@given(st.lists(st.text(max_size=30), max_size=30), st.sampled_from(["en", "vi", "zh", "th", "und"]))
def test_any_words_have_pairs(tokens: list[str], language: str) -> None:
    """Pairs are of neighbours, so there are fewer than words."""
    assert len(pairs(tokens, language, 3)) <= max(0, len(tokens) - 1)
