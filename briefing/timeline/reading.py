"""What the articles of a storyline say about days: every sentence, every date it names, and whether that was a fact.

Articles without a date are read with the year that the rest of the storyline lends them, or with none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from briefing.model import Article, Status
from briefing.text.dates import DateMention, find_dates
from briefing.text.modality import modality
from briefing.text.sentences import sentences

LEAD = 3
"""Sentences at the top of an article that tell its own news."""
TEXT = 40_000
"""Characters of one article that are read."""
_SENTENCES = 250  # sentences of one article that are read
_MENTIONS = 500  # dates of one article that are read
_FAR = 45  # days ahead beyond which a date without a year and without a word of plan is taken for the past one
_NEWS = 8  # days back that an article's own news may lie


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: ``articles[article].text[start:end]``, the ``number``-th of its article."""

    article: int
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A date that a line names: ``date`` is ISO 8601 with the precision known (``2024-11-06``, ``2024-06``).

    ``start`` is where it stands in the article's text.
    """

    line: int
    date: str
    status: Status
    cancelled: bool = False
    relative: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines and mentions of a storyline; ``news`` is the day of each article's own news, where it can be told.

    ``published`` is the day of publication of each article, None where it is unknown.
    """

    articles: tuple[Article, ...]
    published: tuple[date | None, ...]
    lines: tuple[Line, ...]
    mentions: tuple[Mention, ...]
    news: tuple[str | None, ...]
    first_line: tuple[int, ...]
    by_line: Mapping[int, tuple[Mention, ...]]

    def mentions_of(self, at: int) -> tuple[Mention, ...]:
        """The dates that a line names."""
        return self.by_line.get(at, ())

    def text(self, line: Line) -> str:
        """The words of a line, verbatim."""
        return self.articles[line.article].text[line.start : line.end]

    def lead(self, article: int, count: int = LEAD) -> range:
        """The places of the first lines of an article."""
        first = self.first_line[article]
        end = self.first_line[article + 1] if article + 1 < len(self.first_line) else len(self.lines)
        return range(first, min(first + count, end))

    def status(self, at: int) -> Status:
        """What the main clause of a line claims: something done, to come, or denied."""
        line = self.lines[at]
        marks = modality(self.text(line), self.articles[line.article].language, (0, 1))
        return "announced" if marks.future else "denied" if marks.denied else "happened"


def read(articles: Sequence[Article]) -> Reading:
    """Read the articles of one storyline, in any order, each text once; one of 20,000 characters costs milliseconds."""
    ordered = sorted(articles, key=lambda one: (one.published.iso if one.published else "~", one.id))
    distinct = {" ".join(article.text.split()).casefold(): article for article in reversed(ordered)}
    return _read(tuple(reversed(distinct.values())))


# Milestones and process of one storyline rest on the same reading, and are asked for one after the other.
@lru_cache(maxsize=2)
def _read(articles: tuple[Article, ...]) -> Reading:
    published = tuple(article.published.day if article.published else None for article in articles)
    raw = [
        find_dates(article.text[:TEXT], article.language, day)[:_MENTIONS]
        for article, day in zip(articles, published, strict=True)
    ]
    told = _told(raw, published)
    years = _lent_years(raw, published, told)
    lines: list[Line] = []
    mentions: list[Mention] = []
    firsts: list[int] = []
    for index, article in enumerate(articles):
        firsts.append(len(lines))
        spans = sentences(article.text[:TEXT], article.language)[:_SENTENCES]
        own = [Line(index, number, span.start, span.end) for number, span in enumerate(spans)]
        mentions += _mentions(article, own, len(lines), raw[index], published[index], years.get(index), told)
        lines += own
    named: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.line].append(mention)
    return Reading(
        articles=articles,
        published=published,
        lines=tuple(lines),
        mentions=tuple(mentions),
        news=_news(mentions, lines, published),
        first_line=tuple(firsts),
        by_line={line: tuple(found) for line, found in named.items()},
    )


def _mentions(
    article: Article,
    own: list[Line],
    offset: int,
    raw: Sequence[DateMention],
    day: date | None,
    year: int | None,
    told: Counter[str],
) -> list[Mention]:
    found: list[Mention] = []
    at = 0
    for named in raw:
        start = named.start
        while at < len(own) and own[at].end <= named.start:
            at += 1
        if at == len(own):
            break
        line = own[at]
        if not line.start <= named.start < line.end:
            continue
        sentence = article.text[line.start : line.end]
        marks = modality(sentence, article.language, (named.start - line.start, min(named.end, line.end) - line.start))
        if named.relative and day is not None and not marks.future and (named.iso or "") > day.isoformat():
            # A weekday taken for the next one by a plan in another clause; by itself it is the last one.
            alone = find_dates(article.text[named.start : named.end], article.language, day)
            named = alone[0] if alone else named
        iso = _resolved(named, day, year, marks.future, told)
        if iso is None:
            continue
        ahead = day is not None and iso > day.isoformat()[: len(iso)]
        status: Status = "announced" if ahead or marks.future else "denied" if marks.denied else "happened"
        # A plan is often put off in another clause: "the signing that was due on Saturday, is now moved to January".
        off = status == "announced" and modality(sentence, article.language).cancelled
        found.append(Mention(offset + at, iso, status, off, named.relative, start))
    return found


def _resolved(named: DateMention, day: date | None, year: int | None, planned: bool, told: Counter[str]) -> str | None:
    """The ISO date with a lent year; None where the year stays a guess.

    A day far ahead that no word of plan goes with may as well be last year's: it takes the year in which the rest of
    the storyline tells that day, or is left out.
    """
    if named.iso is None:
        return f"{year:04d}-{named.month:02d}" + (f"-{named.day:02d}" if named.day else "") if year else None
    if day is None or named.year_known or named.relative or planned or not named.day:
        return named.iso
    if date.fromisoformat(named.iso) <= day + timedelta(days=_FAR):
        return named.iso
    before = f"{int(named.iso[:4]) - 1:04d}{named.iso[4:]}"
    if (before in told) == (named.iso in told):
        return None
    return before if before in told else named.iso


# ---------------------------------------------------------------- years lent to undated articles


def _told(raw: Sequence[Sequence[DateMention]], published: Sequence[date | None]) -> Counter[str]:
    """How many articles vouch for each ISO day: were published on it, or name it with its year or close by."""
    told: Counter[str] = Counter()
    for mentions, day in zip(raw, published, strict=True):
        sure = {
            named.iso
            for named in mentions
            if named.iso and named.day and (named.year_known or _close(date.fromisoformat(named.iso), day))
        }
        told.update(sure | ({day.isoformat()} if day else set()))
    return told


def _close(named: date, day: date | None) -> bool:
    return day is not None and abs((named - day).days) <= _FAR


def _lent_years(
    raw: Sequence[Sequence[DateMention]], published: Sequence[date | None], told: Counter[str]
) -> dict[int, int]:
    """The year of each undated article whose days coincide with days that dated ones tell, and with one year only.

    A day and month told by a sibling ("24 October") in a known year anchors the undated article that names the same
    day; where two years fit equally well, or none does, the article's year-less dates stay out.
    """
    years: dict[int, int] = {}
    for index, (mentions, day) in enumerate(zip(raw, published, strict=True)):
        bare = {(m.month, m.day) for m in mentions if m.iso is None and m.day}
        if day is not None or not bare:
            continue
        votes: Counter[int] = Counter()
        for iso in told:
            if (int(iso[5:7]), int(iso[8:10])) in bare:
                votes[int(iso[:4])] += 1
        best = votes.most_common(2)
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            years[index] = best[0][0]
    return years


# ---------------------------------------------------------------- the day of an article's own news


def _news(
    mentions: Sequence[Mention], lines: Sequence[Line], published: Sequence[date | None]
) -> tuple[str | None, ...]:
    """The day each article's lead tells of: the first one named as a fact, not long before; else of publication."""
    news: list[str | None] = [None] * len(published)
    for mention in mentions:
        line = lines[mention.line]
        day = published[line.article]
        if news[line.article] or line.number >= LEAD or len(mention.date) < 10 or mention.status != "happened":
            continue
        if day is None or day - timedelta(days=_NEWS) <= date.fromisoformat(mention.date) <= day:
            news[line.article] = mention.date
    return tuple(told or (day.isoformat() if day else None) for told, day in zip(news, published, strict=True))
