"""The developments of a storyline in order, also of articles without a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from briefing.compose.parts import days_told, in_order, parts_of, spread
from briefing.model import Article, Dating

NOW = datetime(2025, 3, 20, tzinfo=UTC)


def article(key: str, text: str, day: str | None = None, language: str = "en") -> Article:
    """An article that is dated or not."""
    return Article(key, "s", key, text[:30], text, language, NOW, Dating(day) if day else None)


def test_an_undated_report_stands_where_its_lead_puts_it() -> None:
    """A day named without a year is read by the storyline's own time; history named in passing is not."""
    dated = [article("a", "Oria signed the treaty.", "2024-06-19"), article("c", "Oria's envoy left.", "2024-11-29")]
    undated = article("b", "The upper house votes on 6 November. Oria signed another treaty on 2 May 1961.")
    assert days_told([*dated, undated])[2] == date(2024, 11, 6)
    assert [one.id for one in in_order([*dated, undated])] == ["a", "b", "c"]


def test_an_undated_report_without_a_day_goes_with_the_one_most_alike() -> None:
    """What it tells decides, where nothing dates it."""
    dated = [
        article("a", "Oria signed the river treaty in Marvo.", "2024-06-19"),
        article("b", "Storm closes harbour of Skerrin.", "2024-11-29"),
    ]
    undated = article("c", "The harbour of Skerrin was closed by the storm.")
    assert days_told([*dated, undated])[2] == date(2024, 11, 29)


def test_a_silence_begins_another_development() -> None:
    """Three days apart are two developments, two days one; what the grouping says goes first."""
    given = [article(str(n), f"Report {n}.", day) for n, day in enumerate(("2024-06-01", "2024-06-03", "2024-06-06"))]
    assert parts_of(given, None) == (0, 0, 1)
    assert parts_of(given, {"0": "x", "1": "y", "2": "x"}) == (0, 1, 0)


def test_nothing_dated_is_one_development() -> None:
    """Without any date the order is that of ids."""
    given = [article("b", "Two."), article("a", "One.")]
    assert [one.id for one in in_order(given)] == ["a", "b"]
    assert parts_of(in_order(given), None) == (0, 0)


def test_a_very_long_storyline_is_sampled_fairly() -> None:
    """Of a thousand articles in three developments each gives its newest; a short one is kept whole."""
    parts = [0] * 600 + [1] * 399 + [2]
    kept = spread(parts, 9)
    assert [parts[index] for index in kept].count(2) == 1
    assert kept == [596, 597, 598, 599, 995, 996, 997, 998, 999]
    assert spread([0, 1, 1], 9) == [0, 1, 2]


def test_an_undated_report_among_very_many_is_of_the_day_collected_next() -> None:
    """Beyond some hundred articles texts are not compared: what was collected together is of one time."""
    many = [
        replace(article(f"{n:04}", f"Report {n}.", f"2024-0{1 + n // 100}-11"), collected_at=NOW + timedelta(hours=n))
        for n in range(400)
    ]
    undated = replace(article("x", "Nothing names a day."), collected_at=NOW + timedelta(hours=250, minutes=30))
    assert days_told([*many, undated])[-1] == date(2024, 3, 11)
