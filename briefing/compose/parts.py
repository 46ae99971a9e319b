"""The developments of a storyline in order of time: which articles tell one event, and when it was."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median_low

from briefing.compose.similarity import Matrix, alike, bags
from briefing.model import Article
from briefing.text.dates import find_dates

_APART = timedelta(days=2)  # a longer silence begins another development
_LEAD = 800  # characters in which an undated article says when it is
_COMPARED = 300  # articles up to which an undated one is compared with all dated ones
_FAR = timedelta(days=400)  # further from the storyline's middle a date named in passing is history


def in_order(articles: Sequence[Article]) -> list[Article]:
    """Sort articles by the day they tell of, then by id; those of no known day come last."""
    days = dict(zip((article.id for article in articles), days_told(articles), strict=True))
    return sorted(articles, key=lambda article: (_key(days[article.id]), _moment(article), article.id))


def days_told(articles: Sequence[Article]) -> list[date | None]:
    """Give the day each article is of: its publication, else the latest its lead names, else of the one most alike.

    What a lead names without a year is read by the middle of the dated articles. None for all where nothing is dated.
    """
    days = [article.published.day if article.published else None for article in articles]
    known = [day for day in days if day is not None]
    if not known or len(known) == len(days):
        return days
    middle = median_low(known)
    dated = [index for index, day in enumerate(days) if day is not None]
    dated.sort(key=lambda index: articles[index].collected_at)
    likeness = _likeness(articles) if len(articles) <= _COMPARED else None
    for index, article in enumerate(articles):
        if article.published is None:
            nearest = _nearest(articles, index, dated, likeness)
            days[index] = _named(article, middle) or days[nearest]
    return days


def _likeness(articles: Sequence[Article]) -> Matrix:
    return alike(bags([f"{a.title}. {a.text[:600]}" for a in articles], [a.language for a in articles]))


def _nearest(articles: Sequence[Article], index: int, dated: Sequence[int], likeness: Matrix | None) -> int:
    """Give the dated article that is most like one; among very many, the one collected next.

    ``dated`` are in order of collection.
    """
    if likeness is not None:
        return max(dated, key=lambda other: (float(likeness[index, other]), other))
    at = bisect(dated, articles[index].collected_at, key=lambda other: articles[other].collected_at)
    return dated[min(at, len(dated) - 1)]


def numbered(keys: Iterable[Hashable]) -> tuple[int, ...]:
    """Number keys from 0 in order of appearance, one number a key."""
    seen: dict[Hashable, int] = {}
    return tuple(seen.setdefault(key, len(seen)) for key in keys)


def spread(parts: Sequence[int], most: int) -> list[int]:
    """Choose at most so many articles (indices, in order) of a very long storyline.

    Its developments give theirs by turns, newest first: the newest of each, then the one before.
    """
    if len(parts) <= most:
        return list(range(len(parts)))
    turns: Counter[int] = Counter()
    keyed: list[tuple[int, int, int]] = []
    for index in range(len(parts) - 1, -1, -1):
        keyed.append((turns[parts[index]], -parts[index], index))
        turns[parts[index]] += 1
    return sorted(index for *_, index in sorted(keyed)[:most])


def _named(article: Article, middle: date) -> date | None:
    mentions = find_dates(article.text[:_LEAD], article.language, middle)
    days = [date.fromisoformat(m.iso) for m in mentions if m.iso and m.precision == "day" and not m.relative]
    return max((day for day in days if abs(day - middle) <= _FAR), default=None)


def parts_of(articles: Sequence[Article], developments: Mapping[str, str] | None) -> tuple[int, ...]:
    """Number the developments from 0, oldest first, one number an article; ``articles`` are `in_order`.

    ``developments`` maps article ids to them; without it a silence of more than two days begins another.
    """
    if developments is not None:
        return numbered([developments.get(article.id, article.id) for article in articles])
    parts: list[int] = []
    last: date | None = None
    for day in days_told(articles):
        begins = bool(parts) and day is not None and last is not None and day - last > _APART
        parts.append(parts[-1] + begins if parts else 0)
        last = day or last
    return tuple(parts)


def _key(day: date | None) -> date:
    return day or date.max


def _moment(article: Article) -> str:
    return article.published.instant.isoformat() if article.published else ""
