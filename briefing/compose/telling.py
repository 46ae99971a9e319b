"""One storyline as one edition tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from briefing.compose.contrast import contrasts
from briefing.compose.material import Material, Preferences
from briefing.compose.news import what_is_new
from briefing.compose.summary import Summary, sentences_for, summarise
from briefing.compose.weight import SENTENCES, instant
from briefing.model import Article, Dating, Membership, Milestone, ProcessState, Reference, Sentence, Size, Telling, Why
from briefing.ports import Embed

_REFERENCES = 40  # articles listed under one storyline


def tell(
    material: Material,
    preferences: Preferences,
    embed: Embed | None,
    previous: Telling | None,
    now: datetime,
    *,
    size: Size = "lead",
    weight: float = 0.0,
) -> Telling:
    """Tell one storyline to one newsletter's readers.

    ``previous`` is how they were last told it. ``new`` holds what they were not sent: on the first telling the part
    of the summary that is about the newest development, later the new articles' own sentences; a renderer shows
    ``new`` first and then the ``sentences`` that are not in it: beside news half as many, and always those that matter
    most, because the reader of today may not have read yesterday. Raises ValueError for a material without articles.
    """
    articles = material.articles
    copies = {member.article for member in material.memberships if member.duplicate_of}
    own = [article for article in articles if article.id not in copies] or list(articles)
    most = min(SENTENCES[size], sentences_for(own, _developments(material)))
    summary, fresh = _summary_and_news(own, material, preferences, most, embed, previous)
    changes, disputes = contrasts(own, material.new, embed) if size != "brief" else ((), ())
    newest = max(own, key=lambda article: (article.published is not None, instant(article), article.id))
    return Telling(
        id=material.storyline.id,
        slug=material.storyline.slug,
        development=_newest_development(material, newest),
        headline=summary.headline,
        headline_language=summary.headline_language,
        headline_article=summary.headline_article,
        size=size,
        weight=weight,
        updated_at=max(article.collected_at for article in articles),
        sentences=summary.sentences,
        new=fresh,
        changes=changes,
        disputes=disputes,
        milestones=_dated_once(material.milestones),
        process=material.process,
        references=_references(material, own, summary),
        why=_why(material.memberships),
        category=_category(own),
        first_seen=previous.first_seen
        if previous
        else now.astimezone(ZoneInfo(preferences.time_zone)).date().isoformat(),
        unchanged_since=None if fresh or not previous else _since(previous, preferences),
    )


def landmarks(process: ProcessState | None) -> frozenset[tuple[str, int]]:
    """Give where the sentences stand that show the stages of a process: (article id, start)."""
    shown = [stage.sentence for stage in process.stages if stage.sentence] if process else []
    return frozenset((citation.article, citation.start) for sentence in shown for citation in sentence.citations)


def _developments(material: Material) -> dict[str, str] | None:
    return {member.article: member.development for member in material.memberships} or None


def _summary_and_news(
    own: Sequence[Article],
    material: Material,
    preferences: Preferences,
    most: int,
    embed: Embed | None,
    previous: Telling | None,
) -> tuple[Summary, tuple[Sentence, ...]]:
    half = max(1, most // 2)
    news = what_is_new(own, material.new, preferences.languages, half, embed, previous) if previous else ()
    summary = summarise(
        own,
        preferences.languages,
        half if news else most,
        embed,
        already_told=[sentence.text for sentence in news],
        developments=_developments(material),
        landmarks=landmarks(material.process),
    )
    return summary, news if previous else _newest(summary.sentences, material)[: max(1, most // 3)]


def _newest(sentences: Sequence[Sentence], material: Material) -> tuple[Sentence, ...]:
    """Give the sentences of a summary that tell its newest development, if that is new."""
    dated = [sentence for sentence in sentences if sentence.published]
    last = max(dated, key=lambda sentence: (sentence.published or _NEVER).instant, default=None)
    last = last or next(iter(sentences), None)
    if last is None or last.citations[0].article not in material.new:
        return ()
    of_article = {member.article: member.development for member in material.memberships}
    development = of_article.get(last.citations[0].article)
    return tuple(
        sentence
        for sentence in sentences
        if (sentence.published and last.published and sentence.published.day == last.published.day)
        or (development and of_article.get(sentence.citations[0].article) == development)
        or sentence == last
    )


def _dated_once(milestones: Sequence[Milestone]) -> tuple[Milestone, ...]:
    """Keep one date for each sentence: that of a stage, or else that nearest to its publication.

    A report tells its news first and names older days along with it.
    """

    def rank(place: int) -> tuple[bool, int, int]:
        milestone = milestones[place]
        published = milestone.sentence.published
        apart = abs(_ordinal(milestone.date) - published.day.toordinal()) if published else 0
        return milestone.stage is None, apart, -place

    best: dict[str, int] = {}
    for place, milestone in enumerate(milestones):
        text = milestone.sentence.text
        best[text] = min(best.get(text, place), place, key=rank)
    return tuple(milestones[place] for place in sorted(best.values()))


def _ordinal(iso: str) -> int:
    year, month, day = (*map(int, iso[:10].split("-")), 1, 1)[:3]
    return date(year, month, day).toordinal()


_NEVER = Dating("0001-01-01")


def _since(previous: Telling, preferences: Preferences) -> str:
    local = previous.updated_at.astimezone(ZoneInfo(preferences.time_zone)).date().isoformat()
    return previous.unchanged_since or local


def _newest_development(material: Material, newest: Article) -> str:
    of_article = {member.article: member.development for member in material.memberships}
    if newest.id in of_article:
        return of_article[newest.id]
    return material.storyline.developments[-1].id if material.storyline.developments else material.storyline.id


def _references(material: Material, own: Sequence[Article], summary: Summary) -> tuple[Reference, ...]:
    """List the articles newest first, copies folded into the report they copy; what is cited is always listed."""
    copies: dict[str, list[str]] = {}
    for member in material.memberships:
        if member.duplicate_of:
            copies.setdefault(member.duplicate_of, []).append(member.article)
    outlet = {article.id: article.outlet or article.source for article in material.articles}
    cited = {c.article for s in summary.sentences for c in s.citations} | {summary.headline_article}
    cited |= {c.article for m in material.milestones for c in m.sentence.citations}
    ranked = sorted(own, key=lambda article: (instant(article), article.id), reverse=True)
    kept = [article for order, article in enumerate(ranked) if order < _REFERENCES or article.id in cited]
    return tuple(
        Reference(
            article.id,
            article.title,
            article.language,
            article.source,
            article.outlet,
            article.url,
            article.published,
            article.credit,
            tuple(dict.fromkeys(outlet[copy] for copy in copies.get(article.id, ()) if copy in outlet)),
            article.id in material.new,
        )
        for article in kept
    )


def _why(memberships: Sequence[Membership]) -> tuple[Why, ...]:
    return tuple(
        Why(member.article, member.nearest, member.reasons)
        for member in memberships
        if member.nearest is not None and member.reasons
    )


def _category(articles: Sequence[Article]) -> str | None:
    counted = Counter(category.strip() for article in articles for category in article.categories if category.strip())
    return min(counted, key=lambda name: (-counted[name], name)) if counted else None
