"""Which sentence tells a day best: central among what is said of it, near the storyline's matter, whole, and a fact.

Centrality is the cosine to the mean of TF-IDF rows (Radev et al. 2004, MEAD's centroid), taken over the sentences that
name the day and over the leads that report it apart (PM-Mean in Ghalandari and Ifrim 2020).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Status
from briefing.text.modality import modality
from briefing.text.sentences import is_whole
from briefing.timeline.ranking import Day
from briefing.timeline.reading import LEAD, Line, Reading
from briefing.timeline.vocabulary import Bag, Vocabulary, cosine, names_in

_POOL = 160  # candidate sentences of one day that are looked at
_NAMED = 40  # of these, so many are searched for names
_SAME = 0.55  # cosine above which a second sentence says the same again


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may tell a day; ``named`` is 1 where it names it, less for "today", 0 where only its article does."""

    line: Line
    status: Status
    named: float


def _centrality(bags: Sequence[Bag], counted: Sequence[bool]) -> list[float]:
    """The cosine of each bag to the mean of the counted ones but itself, 0 where there is no other."""
    total: Counter[str] = Counter()
    for bag, counts in zip(bags, counted, strict=True):
        if counts:
            total.update(bag)
    square = sum(weight * weight for weight in total.values())
    near = []
    for bag, counts in zip(bags, counted, strict=True):
        dot = sum(weight * total[term] for term, weight in bag.items() if term in total)
        rest = square - 2 * dot + 1 if counts and bag else square
        own = 1.0 if counts and bag else 0.0
        near.append(max(0.0, dot - own) / math.sqrt(rest) if rest > 1e-9 else 0.0)
    return near


def candidates(day: Day, reading: Reading) -> list[Candidate]:
    """The lines that may tell a day: those that name it, then the leads of articles whose own news it is."""
    named: dict[int, Candidate] = {}
    for mention in day.mentions:
        if not mention.cancelled and (mention.line not in named or named[mention.line].status != "happened"):
            weight = 0.85 if mention.relative else 1.0
            named[mention.line] = Candidate(reading.lines[mention.line], mention.status, weight)
    for index in day.news:
        for at in reading.lead(index, 2):
            if at not in named and all(mention.date == day.date for mention in reading.mentions_of(at)):
                status = reading.status(at)
                if status != "announced":  # the day of a report is not the day of what it announces
                    named[at] = Candidate(reading.lines[at], status, 0.0)
    kept = [
        one for one in named.values() if is_whole(reading.text(one.line), reading.articles[one.line.article].language)
    ]
    kept.sort(key=lambda one: (-one.named, one.line.number, one.line.article))
    return kept[:_POOL]


def choose(
    pool: Sequence[Candidate],
    reading: Reading,
    vocabulary: Vocabulary,
    languages: Sequence[str],
    count: int,
) -> list[Candidate]:
    """The best candidates of one day, best first, of one status and language, none saying another's again."""
    if not pool:
        return []
    bags = [vocabulary.bag(reading.text(one.line), reading.articles[one.line.article].language) for one in pool]
    scores = _scores(pool, bags, reading, vocabulary, languages)
    order = sorted(range(len(pool)), key=lambda at: (-scores[at], pool[at].line.article, pool[at].line.number))
    best = pool[order[0]]
    language = reading.articles[best.line.article].language
    chosen = [order[0]]
    for at in order[1:]:
        if len(chosen) == count:
            break
        same = pool[at].status == best.status and reading.articles[pool[at].line.article].language == language
        if same and all(cosine(bags[at], bags[other]) < _SAME for other in chosen):
            chosen.append(at)
    return [pool[at] for at in chosen]


def _scores(
    pool: Sequence[Candidate],
    bags: Sequence[Bag],
    reading: Reading,
    vocabulary: Vocabulary,
    languages: Sequence[str],
) -> list[float]:
    by_name = _centrality(bags, [one.named > 0 for one in pool])
    by_news = _centrality(bags, [one.line.number < LEAD for one in pool])
    known = sum(sorted(vocabulary.names.values(), reverse=True)[:4])
    happened = any(one.status == "happened" for one in pool)
    scores = []
    for at, (one, bag) in enumerate(zip(pool, bags, strict=True)):
        article = reading.articles[one.line.article]
        central = 0.5 * by_name[at] + 0.5 * by_news[at]
        score = central
        score += cosine(bag, vocabulary.topic) + 0.5 * one.named + 0.1 / (1 + one.line.number)
        if known and at < _NAMED:
            named = names_in(reading.text(one.line), article.language, vocabulary.names)
            score += 0.5 * min(1.0, sum(vocabulary.names.get(name, 0.0) for name in named) / known)
        score += _preference(article.language, languages) + _shape(one.line)
        score -= 0.0 if one.status == "happened" or not happened else 1.0
        score -= 0.2 if modality(reading.text(one.line), article.language).reported else 0.0
        scores.append(score)
    return scores


def _preference(language: str, languages: Sequence[str]) -> float:
    """A small bonus for the reader's languages, best first, that decides only between equally good sentences."""
    for place, wanted in enumerate(languages):
        if wanted.partition("-")[0] == language.partition("-")[0]:
            return 0.35 - 0.04 * min(place, 5)
    return 0.0


def _shape(line: Line) -> float:
    """A penalty for sentences too short to tell anything or too long to be read in a timeline."""
    length = line.end - line.start
    return -0.3 if length < 35 else -0.1 * max(0, length - 260) / 100
