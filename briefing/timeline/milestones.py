"""The timeline of a storyline: dated lines, each one whole sentence of a source with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefing.model import Article, Citation, Milestone, Sentence
from briefing.timeline.choosing import Candidate, candidates, choose
from briefing.timeline.ranking import Day, rank
from briefing.timeline.reading import Reading, read
from briefing.timeline.vocabulary import Vocabulary, names_in

_MOST = 12  # milestones where no number is asked for
_LEAST = 0.25  # share of the best date's score that a date needs where no number is asked for


def milestones(
    articles: Sequence[Article],
    languages: Sequence[str],
    *,
    limit: int | None = None,
    sentences_each: int = 1,
) -> tuple[Milestone, ...]:
    """Give the dated lines of one storyline, oldest first.

    ``languages`` are the reader's, best first: they decide between sentences that tell a day equally well. ``limit``
    is the number of dates wanted (by default as many as the articles bear out, at most twelve), ``sentences_each`` the
    sentences a date, joined in one `Sentence` with one citation each. A date is given only with a sentence to cite;
    what is only announced, or denied, says so in `Milestone.status`. Raises ValueError for a number below 1.
    """
    if (limit is not None and limit < 1) or sentences_each < 1:
        raise ValueError("limit and sentences_each must be at least 1")
    reading = read(articles)
    vocabulary = Vocabulary(reading)
    days = rank(reading, vocabulary)
    if not days:
        return ()
    if limit:
        days.sort(key=lambda day: len(day.date) < 10)  # whole months only where days do not suffice
    wanted, floor = (limit, 0.0) if limit else (_MOST, _LEAST * days[0].score)
    made: dict[str, Milestone] = {}
    told: dict[str, Candidate] = {}
    for day in days:
        if len(made) == wanted or day.score < floor:
            break
        if not (limit or day.news or _vouched(day, reading)):
            continue
        if any(other.startswith(day.date) or day.date.startswith(other) for other in made):
            continue
        chosen = choose(candidates(day, reading), reading, vocabulary, languages, sentences_each)
        if not chosen:
            continue
        twin = next((near for near, other in told.items() if _again(day.date, chosen[0], near, other, reading)), None)
        if twin is not None and twin < day.date:
            continue
        if twin is not None:
            del made[twin], told[twin]
        told[day.date] = chosen[0]
        made[day.date] = _milestone(day, chosen, reading)
    return tuple(made[day] for day in sorted(made))


def _vouched(day: Day, reading: Reading) -> bool:
    """Whether two articles name a day, or one begins with it or announces it: more than a sentence in passing."""
    lines = [reading.lines[mention.line] for mention in day.mentions]
    return len({line.article for line in lines}) > 1 or any(
        line.number == 0 or (mention.status == "announced" and not _past(day.date, reading.published[line.article]))
        for mention, line in zip(day.mentions, lines, strict=True)
    )


def _past(iso: str, published: date | None) -> bool:
    return published is not None and iso <= published.isoformat()


def _again(day: str, one: Candidate, near: str, other: Candidate, reading: Reading) -> bool:
    """Whether two lines tell one event under neighbouring days in two languages, by the names they share.

    Night in one time zone is morning in another, and "today" is said a day late; a later day that its line names in
    full is a day of its own.
    """
    left, right = reading.articles[one.line.article], reading.articles[other.line.article]
    if left.language == right.language or not len(day) == len(near) == 10:
        return False
    apart = (date.fromisoformat(day) - date.fromisoformat(near)).days
    if abs(apart) > 2 or (one if apart > 0 else other).named == 1.0:
        return False
    mine = names_in(reading.text(one.line), left.language)
    theirs = names_in(reading.text(other.line), right.language, mine)
    shared = len(mine & theirs)
    return shared >= 3 and shared >= 0.5 * min(len(mine), len(theirs))


def _milestone(day: Day, chosen: Sequence[Candidate], reading: Reading) -> Milestone:
    citations = []
    for one in sorted(chosen, key=lambda one: (one.line.article, one.line.number)):
        article = reading.articles[one.line.article]
        quote = reading.text(one.line)
        citations.append(Citation(article.id, quote, one.line.start, one.line.end))
    article = reading.articles[chosen[0].line.article]
    text = " ".join(" ".join(citation.quote.split()) for citation in citations)
    sentence = Sentence(text, article.language, tuple(citations), article.published)
    return Milestone(day.date, sentence, chosen[0].status)
