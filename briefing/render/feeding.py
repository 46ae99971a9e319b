"""Feeds from editions: an entry for each storyline update, for the site and for each part of it one may follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from briefing.model import Edition, Telling
from briefing.render.environment import environment
from briefing.render.feeds import Feed, FeedEntry, atom, json_feed, rss
from briefing.render.interface import interface
from briefing.render.site import FeedKind, Site
from briefing.render.viewing import view
from briefing.render.views import Story, plain

_ENTRIES = 60
_OWNED = "2026"
"""RFC 4151 wants a date at which the host was ours; it is one for good, because guids must never change."""

Kind = Literal["site", "newsletter", "language", "category", "storyline"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What one feed is about: the whole site, or a newsletter, language, category or storyline by its ``value``.

    ``title`` is in ``language``.
    """

    kind: Kind
    value: str
    title: str
    language: str = "und"

    def path(self, site: Site, form: FeedKind) -> str:
        """Give the path of this feed in one form."""
        match self.kind:
            case "newsletter":
                return site.feed_path(form, newsletter=self.value)
            case "language":
                return site.feed_path(form, language=self.value)
            case "category":
                return site.feed_path(form, category=self.value)
            case "storyline":
                return site.feed_path(form, storyline=self.value)
            case _:
                return site.feed_path(form)


@dataclass(frozen=True, slots=True)
class _Update:
    """One development as the newest edition that has it tells it; ``since`` is when it was first told."""

    telling: Telling
    story: Story
    edition: Edition
    since: datetime


def scopes(editions: Sequence[Edition], site: Site) -> tuple[Scope, ...]:
    """Give every feed there is, the whole site first."""
    found: dict[tuple[str, str], Scope] = {("site", ""): Scope("site", "", site.title)}
    for publication in site.publications:
        found["newsletter", publication.slug] = Scope(
            "newsletter", publication.slug, publication.title, publication.language
        )
    parts: dict[tuple[str, str], Scope] = {}
    for edition in editions:
        for telling in edition.storylines:
            language = telling.headline_language.split("-")[0]
            parts.setdefault(("language", language), Scope("language", language, language))
            if telling.category:
                slug = _slug(telling.category)
                parts.setdefault(("category", slug), Scope("category", slug, telling.category))
            storyline = Scope("storyline", telling.slug, plain(telling.headline), telling.headline_language)
            parts.setdefault(("storyline", telling.slug), storyline)
    order = ("language", "category", "storyline")
    ordered = sorted(parts.items(), key=lambda part: order.index(part[0][0]))
    return (*found.values(), *(scope for _, scope in ordered))


def feed_files(editions: Sequence[Edition], site: Site) -> dict[str, bytes]:
    """Give every feed in its three forms, by path; ``editions`` are newest first."""
    updates = _updates(editions, site)
    files: dict[str, bytes] = {}
    for scope in scopes(editions, site):
        feed = _feed(scope, [update for update in updates if _belongs(update, scope)][:_ENTRIES], site)
        files[scope.path(site, "rss")] = rss(feed)
        files[scope.path(site, "atom")] = atom(feed)
        files[scope.path(site, "json")] = json_feed(feed)
    return files


def _updates(editions: Sequence[Edition], site: Site) -> list[_Update]:
    found: dict[tuple[str, str, str], _Update] = {}
    for edition in editions:
        for story, telling in zip(view(edition, site).stories, edition.storylines, strict=True):
            if telling.unchanged_since and not telling.new:
                continue
            key = (edition.newsletter, telling.id, telling.development)
            newer = found.get(key)
            # Editions come newest first: the newest tells the entry, the oldest dates it.
            kept = newer or _Update(telling, story, edition, edition.made_at)
            found[key] = _Update(kept.telling, kept.story, kept.edition, edition.made_at)
    return sorted(found.values(), key=lambda update: (update.since, update.telling.weight), reverse=True)


def _belongs(update: _Update, scope: Scope) -> bool:
    match scope.kind:
        case "newsletter":
            return update.edition.newsletter == scope.value
        case "language":
            return update.telling.headline_language.split("-")[0] == scope.value
        case "category":
            return _slug(update.telling.category or "") == scope.value
        case "storyline":
            return update.telling.slug == scope.value
        case _:
            return True


def _feed(scope: Scope, updates: Sequence[_Update], site: Site) -> Feed:
    words = interface(site.language)
    names = {"language": words.language_name(scope.value)}
    part = names.get(scope.kind, scope.title)
    title = site.title if scope.kind == "site" else f"{site.title}: {part}"
    home = site.storyline_url(scope.value) if scope.kind == "storyline" else site.url()
    distinct = {_guid(update, site): update for update in reversed(updates)}
    entries = tuple(_entry(guid, update, site) for guid, update in reversed(distinct.items()))
    host = urlsplit(site.base_url).hostname or "localhost"
    return Feed(
        guid=f"tag:{host},{_OWNED}:{scope.path(site, 'rss').removesuffix('feed.xml') or '/'}",
        title=plain(title),
        description=words.gettext("What is new, storyline by storyline; every sentence with its source."),
        home=home,
        rss=site.url(scope.path(site, "rss")),
        atom=site.url(scope.path(site, "atom")),
        json=site.url(scope.path(site, "json")),
        language=words.language,
        author=plain(site.title),
        updated=max((entry.updated for entry in entries), default=datetime.fromisoformat("2026-01-01T00:00:00+00:00")),
        entries=entries,
    )


def _guid(update: _Update, site: Site) -> str:
    host = urlsplit(site.base_url).hostname or "localhost"
    return f"tag:{host},{_OWNED}:storyline/{update.telling.id}/{update.telling.development}"


def _entry(guid: str, update: _Update, site: Site) -> FeedEntry:
    story, edition = update.story, update.edition
    template = environment(edition.language).get_template("feeds/entry.html")
    lines = [line.text for line in (*story.new, *story.lines)]
    outlets = {reference.outlet or reference.source for reference in update.telling.references}
    return FeedEntry(
        guid=guid,
        title=story.headline.text,
        url=story.url,
        updated=edition.made_at,
        published=update.since,
        summary=lines[0] if lines else story.headline.text,
        content=" ".join(template.render(story=story, site=site).split("\n")).strip(),
        language=story.headline.language if story.headline.language != "und" else edition.language,
        author=plain(", ".join(sorted(outlets)[:3])),
        categories=tuple(_labels(story)),
    )


def _labels(story: Story) -> Iterator[str]:
    if story.category:
        yield story.category


def _slug(text: str) -> str:
    from briefing.text.words import words

    return "-".join(words(text, "en"))[:60] or "other"
