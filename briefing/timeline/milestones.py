"""The timeline of a storyline: dated lines, each one whole sentence of a source with its citation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.model import Article, Citation, Milestone, Sentence
from briefing.ports import Embed, Vectors
from briefing.timeline.choosing import Candidate, Centre, Vocabulary, candidates, choose
from briefing.timeline.ranking import Day, rank
from briefing.timeline.reading import Reading, read

_MOST = 12  # milestones where no number is asked for
_LEAST = 0.34  # share of the best date's score that a date needs where no number is asked for
_EMBEDDED = 60  # sentences of a storyline that are embedded at most
_CHARACTERS = 300  # of each


def milestones(
    articles: Sequence[Article],
    languages: Sequence[str],
    embed: Embed | None = None,
    *,
    limit: int | None = None,
    sentences_each: int = 1,
    centre: Centre | None = None,
) -> tuple[Milestone, ...]:
    """Give the dated lines of one storyline, oldest first.

    ``languages`` are the reader's, best first: they decide between sentences that tell a day equally well. ``limit``
    is the number of dates wanted (by default as many as the articles bear out, at most twelve), ``sentences_each`` the
    sentences a date, joined in one `Sentence` with one citation each. At most 60 sentences are embedded;
    without ``embed`` centrality is lexical. A date is given only with a sentence to cite; what is only announced,
    or denied, says so in `Milestone.status`.
    """
    if (limit is not None and limit < 1) or sentences_each < 1:
        raise ValueError("limit and sentences_each must be at least 1")
    reading = read(_distinct(articles))
    days = rank(reading)
    if not days:
        return ()
    vocabulary = Vocabulary(reading)
    vectors = _embedder(reading, embed, centre)
    wanted, floor = (limit, 0.0) if limit else (_MOST, _LEAST * days[0].score)
    made: dict[str, Milestone] = {}
    for day in days:
        if len(made) == wanted or day.score < floor:
            break
        if any(other.startswith(day.date) or day.date.startswith(other) for other in made):
            continue
        chosen = choose(candidates(day, reading), reading, vocabulary, languages, sentences_each, vectors)
        if chosen:
            made[day.date] = _milestone(day, chosen, reading)
    return tuple(made[day] for day in sorted(made))


def _distinct(articles: Sequence[Article]) -> list[Article]:
    """The articles without those whose text was there already, oldest first, so that arrival order changes nothing."""
    ordered = sorted(articles, key=lambda one: (one.published.iso if one.published else "~", one.id))
    seen: dict[str, Article] = {}
    for article in ordered:
        seen.setdefault(" ".join(article.text.split()).casefold(), article)
    return list(seen.values())


def _embedder(
    reading: Reading, embed: Embed | None, centre: Centre | None
) -> Callable[[Sequence[Candidate]], Vectors | None]:
    left = _EMBEDDED

    def vectors(pool: Sequence[Candidate]) -> Vectors | None:
        nonlocal left
        languages = [reading.articles[one.line.article].language for one in pool]
        if embed is None or len(set(languages)) < 2 or len(pool) > left:
            return None
        left -= len(pool)
        made = embed([reading.text(one.line)[:_CHARACTERS] for one in pool])
        return centre(made, languages) if centre else made

    return vectors


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
