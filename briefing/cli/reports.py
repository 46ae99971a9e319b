"""What was done and what there is, as lines for people and as rows for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from briefing.config import Config
from briefing.errors import ConfigError
from briefing.model import Article, Edition, Membership, Reason, Storyline
from briefing.pipeline import BuildReport, Checked, Newsroom, SendReport, explain

_REASONS = {
    "meaning": "they tell of the same things",
    "people": "both name",
    "places": "both are about",
    "terms": "both use",
    "numbers": "both give",
    "dates": "both speak of",
    "time": "published",
    "duplicate": "the same copy",
    "correction": "you said so",
    "veto": "kept apart by",
}


def built(report: BuildReport, config: Config) -> Iterator[str]:
    """Give the lines of a build: what came in, what failed, what was made, where to look."""
    total = len(config.sources)
    yield (
        f"Collected {many(report.collected.done, 'new entry', 'new entries')} from "
        f"{total - report.sources_failed - report.collected.skipped} of {many(total, 'source')}"
        + (f", {report.collected.skipped} not due yet" if report.collected.skipped else "")
        + "."
    )
    for failure in (*report.collected.failures, *report.read.failures):
        yield f"  failed: {failure.subject}: {failure.message}"
    if report.read.done:
        yield f"Read {many(report.read.done, 'new article')}; the store has {many(report.storylines, 'storyline')}."
    for slug, edition, fresh in report.editions:
        yield from _edition(slug, edition, fresh)
    for problem in report.problems:
        yield f"  failed: {problem.subject}: {problem.message}"
    if any(edition for _, edition, _ in report.editions):
        yield f"Look: {config.output / 'index.html'}, or briefing preview"


def _edition(slug: str, edition: Edition | None, fresh: bool) -> Iterator[str]:
    if edition is None:
        yield f"{slug}: nothing is new since the last edition; none was made."
    elif not fresh:
        yield f"{edition.title}, {edition.date}: nothing is new; the edition stays as it is."
    else:
        told = many(len(edition.storylines), "storyline")
        yield (
            f"{edition.title}, {edition.date}: {told} in {many(len(edition.counts.languages), 'language')}, "
            f"{many(edition.reading_minutes, 'minute')} to read."
        )
        for telling in edition.storylines:
            yield f"  {telling.headline} ({many(len(telling.references), 'article')})"


def built_json(report: BuildReport, config: Config) -> dict[str, Any]:
    """Give a build as data."""
    failures = (*report.collected.failures, *report.read.failures, *report.problems)
    return {
        "collected": report.collected.done,
        "not_due": report.collected.skipped,
        "articles": report.read.done,
        "storylines": report.storylines,
        "failures": [{"stage": f.stage, "subject": f.subject, "message": f.message} for f in failures],
        "editions": [
            {
                "newsletter": slug,
                "date": edition.date.isoformat() if edition else None,
                "new": fresh,
                "storylines": len(edition.storylines) if edition else 0,
            }
            for slug, edition, fresh in report.editions
        ],
        "output": str(config.output),
    }


def sent(report: Sequence[SendReport], *, dry_run: bool) -> Iterator[str]:
    """Give the lines of a delivery."""
    for item in report:
        if item.edition is None:
            yield f"{item.newsletter}: there is no edition yet; briefing build makes one."
            continue
        verb = "would be sent" if dry_run else "sent"
        had = f", {item.tally.skipped} had it already" if item.tally.skipped else ""
        reached = many(item.tally.done, "address", "addresses")
        yield f"{item.newsletter}, {item.edition.date}: {verb} to {reached}{had}."
        if not item.recipients:
            yield "  nobody is to get it: add addresses under delivery: to: in the configuration"
        for failure in item.failures:
            yield f"  failed: {failure.subject}: {failure.message}"


def sent_json(report: Sequence[SendReport]) -> list[dict[str, Any]]:
    """Give a delivery as data."""
    return [
        {
            "newsletter": item.newsletter,
            "date": item.edition.date.isoformat() if item.edition else None,
            "sent": item.tally.done,
            "had_it": item.tally.skipped,
            "failures": [{"subject": failure.subject, "message": failure.message} for failure in item.failures],
        }
        for item in report
    ]


def source_rows(room: Newsroom) -> list[dict[str, Any]]:
    """Give each source with how its last poll went."""
    states = room.store.sources.states()
    failures = {failure.subject: failure for failure in room.store.failures.open() if failure.stage == "collect"}
    rows = []
    for collector in room.collectors:
        state = states.get(collector.slug)
        failure = failures.get(collector.slug)
        rows.append(
            {
                "source": collector.slug,
                "name": room.source_names[collector.slug],
                "asked": state.checked_at if state else None,
                "next": state.not_before if state else None,
                "gone": bool(state and state.gone),
                "moved_to": state.moved_to if state else None,
                "failure": failure.message if failure else None,
            }
        )
    return rows


def source_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give one line a source."""
    for row in rows:
        asked = f"asked {row['asked']:%Y-%m-%d %H:%M} UTC" if row["asked"] else "not asked yet"
        note = row["failure"] or ("gone for good (410)" if row["gone"] else asked)
        moved = f"; it moved to {row['moved_to']}" if row["moved_to"] else ""
        yield f"{row['source']:<20} {row['name']}: {note}{moved}"


def check_lines(found: Iterable[Checked]) -> Iterator[str]:
    """Give one line a source that was asked, and one a problem."""
    for one in found:
        yield f"{one.slug:<20} " + (
            one.problems[0] if one.problems and not one.entries else many(one.entries, "entry", "entries")
        )
        yield from (f"{'':<20}   {problem}" for problem in one.problems if one.entries)


def storyline_rows(room: Newsroom, limit: int) -> list[dict[str, Any]]:
    """Give the storylines that moved last."""
    return [
        {
            "id": line.id,
            "slug": line.slug,
            "title": line.title,
            "language": line.language,
            "developments": len(line.developments),
            "articles": sum(len(event.articles) for event in line.developments),
            "first": min((event.first for event in line.developments if event.first), default=None),
            "last": max((event.last for event in line.developments if event.last), default=None),
            "muted": line.muted,
            "followed": line.followed,
        }
        for line in room.store.storylines.newest(limit=limit)
    ]


def storyline_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give one line a storyline."""
    for row in rows:
        marks = "".join(f" [{mark}]" for mark in ("muted", "followed") if row[mark])
        span = " – ".join(dict.fromkeys(day for day in (row["first"], row["last"]) if day))
        yield f"{row['id']:<6} {row['articles']:>4} articles  {span:<24} {row['title']}{marks}"


def storyline_detail(room: Newsroom, line: Storyline) -> dict[str, Any]:
    """Give one storyline with its developments and articles."""
    articles = {article.id: article for article in room.store.articles.of_storyline(line.id)}
    bound = {membership.article: membership for membership in room.store.storylines.memberships(line.id)}
    return {
        "id": line.id,
        "slug": line.slug,
        "title": line.title,
        "developments": [
            {
                "id": event.id,
                "first": event.first,
                "last": event.last,
                "articles": [_article(articles[id_], bound.get(id_)) for id_ in event.articles if id_ in articles],
            }
            for event in line.developments
        ],
    }


def _article(article: Article, bound: Membership | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "outlet": article.outlet or article.source,
        "published": article.published.iso if article.published else None,
        "inferred": bool(article.published and article.published.inferred),
        "url": article.url,
        "copy_of": bound.duplicate_of if bound else None,
        "nearest": bound.nearest if bound else None,
        "reasons": [_reason(reason) for reason in bound.reasons] if bound else [],
    }


def storyline_detail_lines(detail: dict[str, Any]) -> Iterator[str]:
    """Give a storyline as an outline."""
    yield f"{detail['title']} ({detail['id']}, {detail['slug']})"
    for event in detail["developments"]:
        yield f"{event['first'] or 'no date':<11} {event['id']}"
        for article in event["articles"]:
            day = f"{article['published'] or 'no date'}{' (inferred)' if article['inferred'] else ''}"
            yield f"    {article['id']} {article['language']} {article['outlet']}, {day}: {article['title']}"
            if article["nearest"]:
                yield f"        with {article['nearest']}: {'; '.join(article['reasons'])}"


def why_rows(room: Newsroom, one: str, other: str) -> dict[str, Any]:
    """Give whether two articles are in one storyline, and the grounds for and against."""
    first, second = article_named(room, one), article_named(room, other)
    together, reasons = explain(room, first, second)
    return {
        "articles": [_article(article, None) for article in (first, second)],
        "together": together,
        "for": [_reason(reason) for reason in reasons if reason.weight >= 0],
        "against": [_reason(reason) for reason in reasons if reason.weight < 0],
    }


def why_lines(rows: dict[str, Any]) -> Iterator[str]:
    """Give the grounds as an outline."""
    for article in rows["articles"]:
        yield f"{article['id']} {article['language']} {article['outlet']}: {article['title']}"
    yield "One storyline." if rows["together"] else "Not one storyline."
    for word in ("for", "against"):
        yield from (f"  {word}: {reason}" for reason in rows[word])


def article_named(room: Newsroom, name: str) -> Article:
    """Give the one article of an id, or of the beginning of one. Raises ConfigError."""
    found = room.store.articles.beginning(name) if name else ()
    for article in found:
        if article.id == name or len(found) == 1:
            return article
    if not found:
        raise ConfigError(f"there is no article '{name}'; `briefing storylines show STORYLINE` lists them")
    raise ConfigError(f"'{name}' begins several articles: {', '.join(article.id for article in found)}")


def _reason(reason: Reason) -> str:
    values = ", ".join(reason.values)
    return f"{_REASONS[reason.kind]}{f': {values}' if values else ''} ({reason.weight:+.1f})"


def many(count: int, one: str, others: str | None = None) -> str:
    """Give a number and its noun."""
    return f"{count:,} {one if count == 1 else others or one + 's'}"
