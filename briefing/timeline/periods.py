"""Months and years that a storyline dates an event by, where no day is known: its history, and what is far ahead.

"In 2019" is said of much that has nothing to do with a matter. A period is a date of the storyline only where two
articles tell the same of it, in sentences on the matter that name no day, and where no day told lies within it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefing.model import Status
from briefing.text.modality import modality
from briefing.text.years import find_years
from briefing.timeline.reading import TEXT, Mention, Reading
from briefing.timeline.vocabulary import Vocabulary, cosine, names_in

_ALIKE = 0.5  # cosine from which two sentences of one language tell the same
_SHARED = 2  # names that two sentences of two languages share, where they do
_BACK, _AHEAD = 60, 15  # years before and after the storyline that a period may lie
_LINES = 24  # lines of one period that are compared


def periods(reading: Reading, vocabulary: Vocabulary) -> dict[str, list[Mention]]:
    """Give the months (``2024-06``) and years (``2019``) that at least two articles give one event, with the lines."""
    known = [day.year for day in reading.published if day]
    if not known:
        return {}
    named: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in (*_months(reading), *_years(reading)):
        if min(known) - _BACK <= int(mention.date[:4]) <= max(known) + _AHEAD:
            named[mention.date].append(mention)
    told = {mention.date for mention in reading.mentions if len(mention.date) == 10}
    told |= {news for news in reading.news if news}
    found = {}
    for period, mentions in sorted(named.items()):
        if any(day.startswith(period) for day in told):
            continue
        alike = _alike(mentions, reading, vocabulary)
        if alike:
            found[period] = alike
    return found


def _months(reading: Reading) -> Iterator[Mention]:
    """The months in lines that name no day."""
    for mentions in reading.by_line.values():
        if all(len(mention.date) == 7 for mention in mentions):
            yield from mentions


def _years(reading: Reading) -> Iterator[Mention]:
    """The years in lines that name neither day nor month."""
    for index, article in enumerate(reading.articles):
        lines = reading.lead(index, len(reading.lines))
        at, published = 0, reading.published[index]
        for start, end, year in find_years(article.text[:TEXT], article.language):
            while at < len(lines) and reading.lines[lines[at]].end <= start:
                at += 1
            if at == len(lines):
                break
            line = reading.lines[lines[at]]
            if start < line.start or reading.mentions_of(lines[at]):
                continue
            marks = modality(reading.text(line), article.language, (start - line.start, end - line.start))
            ahead = published is not None and year > published.year
            if marks.future and not ahead:
                continue  # what was planned then, or is not said to be of that year
            status: Status = "announced" if ahead else "denied" if marks.denied else "happened"
            yield Mention(lines[at], f"{year:04d}", status, marks.cancelled, start=start)


def _alike(mentions: Sequence[Mention], reading: Reading, vocabulary: Vocabulary) -> list[Mention]:
    """The mentions in sentences on the matter that another article's sentence tells, too."""
    kept = []
    for mention in mentions:
        line = reading.lines[mention.line]
        if not mention.cancelled and vocabulary.speaks_of_it(
            reading.text(line), reading.articles[line.article].language
        ):
            kept.append(mention)
    kept = kept[:_LINES]
    lines = [reading.lines[mention.line] for mention in kept]
    languages = [reading.articles[line.article].language for line in lines]
    bags = [vocabulary.bag(reading.text(line), language) for line, language in zip(lines, languages, strict=True)]

    def same(one: int, other: int) -> bool:
        if lines[one].article == lines[other].article or kept[one].status != kept[other].status:
            return False
        if languages[one] == languages[other]:
            return cosine(bags[one], bags[other]) >= _ALIKE
        mine = names_in(reading.text(lines[one]), languages[one])
        return len(mine & names_in(reading.text(lines[other]), languages[other], mine)) >= _SHARED

    told = range(len(kept))
    return [kept[one] for one in told if any(same(one, other) for other in told if other != one)]
