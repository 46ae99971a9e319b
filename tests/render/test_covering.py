"""Coverage: articles counted over time, and said in words for those who do not see the picture."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Dating, Reference
from briefing.render.covering import coverage
from briefing.render.interface import interface

EN = interface("en")


def articles(days: list[str], language: str = "en") -> list[Reference]:
    """Give an article of each of these days."""
    return [
        Reference(f"{language}-{at}", "Title", language, "feed", "Outlet", None, Dating(day, "page"))
        for at, day in enumerate(days)
    ]


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 6, 1)), min_size=4, max_size=40))
def test_every_dated_article_is_counted_once(days: list[date]) -> None:
    """Whatever the days, the stretches hold all articles, and the first and last hold some."""
    made = coverage(articles([day.isoformat() for day in days]), EN, None)
    if len(set(days)) == 1:
        assert made is None
        return
    assert made is not None
    assert sum(made.counts) == len(days)
    assert made.counts[0]
    assert made.counts[-1]
    assert made.rows == (("English", made.counts),)


@given(st.integers(2, 400), st.data())
def test_the_days_that_are_named_are_those_that_were_counted(length: int, data: st.DataObject) -> None:
    """Five articles of one day among two others: the stretch in words holds that day."""
    first = date(2025, 3, 1)
    day = first + timedelta(days=data.draw(st.integers(0, length - 1)))
    days = [first, first + timedelta(days=length - 1), *[day] * 5]
    made = coverage(articles([one.isoformat() for one in days]), EN, None)
    assert made is not None
    said = made.said[0]
    begin, end = said.removeprefix("Most articles: ").rpartition(" (")[0].partition(" – ")[::2]
    held = [first + timedelta(days=at) for at in range(length)]
    named = [EN.short(one.isoformat()) for one in held]
    inside = held[named.index(begin) : named.index(end or begin) + 1]
    assert day in inside
    assert len(inside) <= -(-length // 24)


@pytest.mark.parametrize(
    ("days", "language", "said"),
    [
        (["03", "05", "05", "05", "09"], "en", "Most articles: 5 Nov (3)"),
        (["03", "03", "05", "05", "09"], "en", "Most articles: 3 Nov and 5 Nov (2)"),
        (["03", "04", "05", "09"], "en", "3 Nov – 9 Nov"),
        (["03", "05", "05", "05", "09"], "fa", "بیشترین مقاله‌ها: ۵ نوامبر (۳)"),
        (["03", "05", "05", "05", "09"], "zh", "文章最多：11月5日（3）"),
    ],
)
def test_peaks_are_named_in_the_interfaces_language(days: list[str], language: str, said: str) -> None:
    """One peak, two alike, or none: then the time that is covered."""
    made = coverage(articles([f"2024-11-{day}" for day in days]), interface(language), 2024)
    assert made is not None
    assert made.said == (said,)


def test_what_has_no_date_is_neither_drawn_nor_counted() -> None:
    """Between two days only what is of them is covered: the picture and the words beside it say the same."""
    undated = Reference("u", "Title", "fa", "feed", "Outlet", None, None)
    made = coverage([*articles(["2024-11-01", "2024-11-02", "2024-11-03", "2024-11-03"]), undated], EN, 2024)
    assert made is not None
    assert [name for name, _ in made.rows] == ["English"]
    assert dict(made.languages) == {"English": 4}
    assert len(made.said) == len(made.rows)
