"""How a storyline was covered: a picture of its articles over time, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from briefing.model import Reference
from briefing.render.interface import Interface
from briefing.render.views import Coverage

_COVERED = 4  # dated articles that make a picture worth its room
_STRETCHES = 24
_PEAKS = 2  # stretches that are named as those with the most articles


def coverage(references: Sequence[Reference], words: Interface, year: int | None) -> Coverage | None:
    """Count a storyline's dated articles over time; too few, or all of one day, make no picture.

    ``year`` is the one that dates may leave out.
    """
    dated = [(item.published.day, item.language) for item in references if item.published]
    first, last = min(dated, default=(None,))[0], max(dated, default=(None,))[0]
    if len(dated) < _COVERED or first is None or last is None or first == last:
        return None
    length = (last - first).days + 1
    stretches = min(length, _STRETCHES)
    counted = Counter(((day - first).days * stretches // length, language) for day, language in dated)
    spoken = Counter(language for _, language in dated)
    rows = {language: tuple(counted[at, language] for at in range(stretches)) for language, _ in spoken.most_common()}
    shown = [(words.language_name(language), row) for language, row in rows.items()]
    # A stretch begins on the first day that is counted in it.
    begins = [first + timedelta(days=-(-at * length // stretches)) for at in range(stretches + 1)]
    return Coverage(
        counts=tuple(map(sum, zip(*rows.values(), strict=True))),
        first=words.short(first.isoformat(), year),
        last=words.short(last.isoformat(), year),
        languages=tuple((words.language_name(language), count) for language, count in spoken.most_common()),
        rows=tuple(shown),
        said=tuple(_said(row, begins, words, year) for _, row in shown),
    )


def _said(row: Sequence[int], begins: Sequence[date], words: Interface, year: int | None) -> str:
    """Say when most of a row's articles came; from when to when, where they came evenly."""
    most = max(row)
    peaks = [at for at, count in enumerate(row) if count == most]
    if most == 1 or len(peaks) > _PEAKS:
        some = [at for at, count in enumerate(row) if count]
        return _span(begins[some[0]], begins[some[-1] + 1], words, year)
    when = words.listing([_span(begins[at], begins[at + 1], words, year) for at in peaks])
    return words.gettext("Most articles: %(date)s (%(n)s)", date=when, n=words.number(most))


def _span(begin: date, end: date, words: Interface, year: int | None) -> str:
    """Give the days from one to the day before another."""
    last = end - timedelta(days=1)
    return " – ".join(dict.fromkeys(words.short(day.isoformat(), year) for day in (begin, last)))
