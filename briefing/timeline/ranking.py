"""Which days of a storyline matter: ranked by how many sentences, articles and outlets refer to them.

The features are those of date selection in news timeline summarisation (Tran, Tran, Tran, Alrifai and Kanhabua 2013,
"Leveraging Learning To Rank in an Optimization Framework for Timeline Summarization"; Ghalandari and Ifrim 2020,
"Examining the State-of-the-Art in News Timeline Summarization"): articles that mention it in a sentence on the matter,
days from which it is referred to, long after above all, articles that have it as their own news or are published the
day after. Copies of one sentence count once.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from briefing.timeline.periods import periods
from briefing.timeline.reading import LEAD, Mention, Reading
from briefing.timeline.vocabulary import Vocabulary

_BODY, _PLAN = 0.7, 0.35  # weight of a mention below the lead, and of one there that only announces
_ASIDE = 0.3  # of one whose sentence is not on the storyline's matter
_LATER = 7  # days after which a reference says that a day is remembered
_PERIOD = 0.6  # weight of a month or a year beside that of a day
_HISTORY = 120.0  # days before the first article after which a date counts half


@dataclass(slots=True)
class Day:
    """One candidate date with its evidence; ``news`` are the articles whose own news it is, ``score`` is above 0."""

    date: str
    mentions: list[Mention] = field(default_factory=list)
    news: list[int] = field(default_factory=list)
    explicit: int = 0
    score: float = 0.0


def rank(reading: Reading, vocabulary: Vocabulary) -> list[Day]:
    """Give every date that the storyline tells, best first; ties by date.

    Months and years are candidates, too, where two articles tell the same of them, and count less than days.
    """
    days = _gather(reading)
    days |= {period: Day(period, mentions) for period, mentions in periods(reading, vocabulary).items()}
    _absorb(days, reading)
    span = sorted(day for day in reading.published if day)
    volume = _unexplained(reading)
    for day in days.values():
        day.score = _weight(day, reading, vocabulary, volume) * _in_range(day.date, span)
    return sorted((day for day in days.values() if day.score > 0), key=lambda day: (-day.score, day.date))


def _gather(reading: Reading) -> dict[str, Day]:
    days: defaultdict[str, Day] = defaultdict(lambda: Day(""))
    for mention in reading.mentions:
        if len(mention.date) == 10:
            days[mention.date].mentions.append(mention)
    for index, told in enumerate(reading.news):
        if told:
            days[told].news.append(index)
    for iso, day in days.items():
        day.date = iso
        named = {reading.lines[m.line].article for m in day.mentions if reading.lines[m.line].number < LEAD}
        day.explicit = len(named.intersection(day.news))
    return days


def _absorb(days: dict[str, Day], reading: Reading) -> None:
    """Count articles that name no day of their own to the event told of the one or two days before, where there is one.

    A report is often published the morning after; its date of publication is then no event of its own.
    """
    for iso in sorted(days):
        day = days[iso]
        if len(iso) < 10 or day.explicit or day.mentions:
            continue
        for back in (1, 2):
            before = days.get(date.fromordinal(date.fromisoformat(iso).toordinal() - back).isoformat())
            if before is not None and before.explicit:
                before.news += day.news
                day.news = []
                break


def _unexplained(reading: Reading) -> Counter[str]:
    """How many articles of each day name no day of their own news: they tell of that day, or of the one before."""
    return Counter(
        told
        for index, told in enumerate(reading.news)
        if told and not any(mention.date == told for at in reading.lead(index) for mention in reading.mentions_of(at))
    )


def _weight(day: Day, reading: Reading, vocabulary: Vocabulary, volume: Mapping[str, int]) -> float:
    called_off = any(one.cancelled for one in day.mentions) and not day.news
    if called_off and all(one.status == "announced" for one in day.mentions):
        return 0.0
    seen: set[str] = set()
    by_article: defaultdict[int, float] = defaultdict(float)
    from_days: defaultdict[date, float] = defaultdict(float)
    for mention in day.mentions:
        line = reading.lines[mention.line]
        words = " ".join(reading.text(line).split()).casefold()
        if words in seen or mention.cancelled:
            continue
        seen.add(words)
        on_it = 1.0 if vocabulary.speaks_of_it(words, reading.articles[line.article].language) else _ASIDE
        weight = 1.0 if line.number < LEAD else _PLAN if mention.status == "announced" else _BODY
        by_article[line.article] += weight * on_it
        published = reading.published[line.article]
        if published is not None and published.isoformat() != day.date:
            from_days[published] = max(from_days[published], on_it)
    mentioned = sum(min(2.0, weight) for weight in by_article.values())
    # What an article announces at its top is news, too, though of a day to come.
    plans = {
        reading.lines[mention.line].article
        for mention in day.mentions
        if mention.status == "announced" and not mention.cancelled and reading.lines[mention.line].number < LEAD
    }
    news = day.explicit + 0.6 * (len(day.news) - day.explicit) + 0.6 * len(plans)
    score = math.log1p(mentioned) + math.log1p(sum(from_days.values())) + 0.6 * math.log1p(news)
    if len(day.date) < 10:
        return score * _PERIOD
    own = date.fromisoformat(day.date)
    later = sum(on_it for published, on_it in from_days.items() if (published - own).days >= _LATER)
    after = volume.get((own + timedelta(days=1)).isoformat(), 0)
    return score + 0.7 * math.log1p(later) + 0.4 * math.log1p(after)


def _in_range(iso: str, span: list[date]) -> float:
    if not span or len(iso) < 10:
        return 1.0
    day = date.fromisoformat(iso)
    before = (span[0] - day).days
    if before > 14:
        return float(0.5 ** (before / _HISTORY))
    return 1.0 if (day - span[-1]).days <= 120 else 0.7
