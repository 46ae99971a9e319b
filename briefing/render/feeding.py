"""Feeds from editions: an entry for each storyline update, for the site and for each part of it one may follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlsplit

from briefing.model import Edition, Telling
from briefing.render import feeds
from briefing.render.environment import Setting, environments, with_fallback
from briefing.render.feeds import Feed, FeedEntry, FeedPicture, atom, json_feed, rss
from briefing.render.interface import Interface, interface
from briefing.render.keeping import Digests, digest, kept, stamp
from briefing.render.records import subject_of, subject_of_edition
from briefing.render.site import FeedKind, Site
from briefing.render.viewing import Views
from briefing.render.views import Story, plain
from briefing.text.words import words

_ENTRIES = 60
_WHOLE = 10
"""Entries of a feed that are whole editions."""
_APART = timedelta(seconds=1)
"""Entries of one edition are this much apart, in its order: readers sort by time, and Atom wants times to differ."""
_NEVER_EMPTY = ("language", "category", "storyline")
"""Feeds of what was told once and may not have moved since: without news they hold what was told last."""
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
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
    """One development as the newest edition that tells it does, at ``updated``; it was first told at ``since``."""

    telling: Telling
    story: Story
    edition: Edition
    updated: datetime
    since: datetime

    def guid(self, site: Site) -> str:
        """Give the tag URI that this development keeps, whichever edition or newsletter tells it."""
        return f"tag:{_host(site)},{_OWNED}:{subject_of(self.telling)}"


def scopes(editions: Sequence[Edition], site: Site) -> tuple[Scope, ...]:
    """Give every feed there is, the whole site first."""
    found: dict[tuple[str, str], Scope] = {("site", ""): Scope("site", "", site.title)}
    for publication in site.publications:
        found["newsletter", publication.slug] = Scope(
            "newsletter", publication.slug, plain(publication.title), publication.language
        )
    parts: dict[tuple[str, str], Scope] = {}
    for edition in editions:
        for telling in edition.storylines:
            language = telling.headline_language.split("-")[0]
            parts.setdefault(("language", language), Scope("language", language, language))
            if telling.category:
                slug = _slug(telling.category)
                parts.setdefault(("category", slug), Scope("category", slug, plain(telling.category)))
            storyline = Scope("storyline", telling.slug, plain(telling.headline), telling.headline_language)
            parts.setdefault(("storyline", telling.slug), storyline)
    order = ("language", "category", "storyline")
    ordered = sorted(parts.items(), key=lambda part: order.index(part[0][0]))
    return (*found.values(), *(scope for _, scope in ordered))


def feed_files(
    editions: Sequence[Edition],
    site: Site,
    folders: Sequence[Path] = (),
    views: Views | None = None,
    told: Mapping[tuple[str, str], datetime] = MappingProxyType({}),
    digests: Digests | None = None,
    setting: Setting | None = None,
) -> dict[str, bytes]:
    """Give every feed in its three forms, by path.

    ``editions`` are newest first; ``folders`` hold the user's templates; ``views`` and ``digests`` are what has been
    made of them already, ``setting`` the environments of these folders; ``told`` says when newsletters first told what
    `subjects_in` editions names, where these do not reach back so far. Raises RenderError where a template fails.
    """
    views, digests = views or Views(site), digests or Digests()
    return with_fallback(
        lambda where: _files(editions, site, where, views, told, digests, setting or environments(where)), folders, None
    )


def _files(
    editions: Sequence[Edition],
    site: Site,
    folders: tuple[Path, ...],
    views: Views,
    told: Mapping[tuple[str, str], datetime],
    digests: Digests,
    setting: Setting,
) -> dict[str, bytes]:
    newest = max((edition.made_at for edition in editions), default=_NEVER)
    # The same development may be told by two newsletters: a feed has it once, as the latest telling puts it.
    found: defaultdict[tuple[str, str], dict[str, tuple[datetime, FeedEntry]]] = defaultdict(dict)
    ground = digest(site, folders, stamp(folders, "feeds"))
    whole = {publication.slug for publication in site.publications if publication.entries == "editions"}
    for update in reversed(_updates(editions, views, told)):
        entry = _kept_entry(update, site, setting, (ground, digests.of(update.story)))
        for part in _parts(update):
            if update.edition.newsletter not in whole or part[0] not in ("site", "newsletter"):
                found[part][entry.guid] = (update.since, entry)
    anew = frozenset(found)
    for update in _standing(editions, views, told):
        for part in [part for part in _parts(update) if part[0] in _NEVER_EMPTY and part not in anew]:
            entry = _kept_entry(update, site, setting, (ground, digests.of(update.story)))
            found[part][entry.guid] = (update.since, entry)
    for slug in sorted(whole):
        for edition in [edition for edition in editions if edition.newsletter == slug][:_WHOLE]:
            since = told.get((slug, subject_of_edition(edition)), edition.made_at)
            entry = _whole_entry(edition, since, site, setting, views, (ground, digests.of(edition)))
            for part in (("site", ""), ("newsletter", slug)):
                found[part][entry.guid] = (since, entry)
    files: dict[str, bytes] = {}
    for scope in scopes(editions, site):
        dated = sorted(found[scope.kind, scope.value].values(), key=lambda item: item[0], reverse=True)
        feed = _feed(scope, _set_apart(entry for _, entry in dated[:_ENTRIES]), site, newest)
        files[scope.path(site, "rss")] = rss(feed)
        files[scope.path(site, "atom")] = atom(feed)
        files[scope.path(site, "json")] = json_feed(feed)
    return files


def _set_apart(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """Give entries no two of which were updated at the same second, which feed validators take for an oversight."""
    taken: set[datetime] = set()
    made = []
    for entry in entries:
        updated = entry.updated
        while updated in taken:
            updated += _APART
        taken.add(updated)
        made.append(entry if updated == entry.updated else replace(entry, updated=updated))
    return tuple(made)


def _updates(editions: Sequence[Edition], views: Views, told: Mapping[tuple[str, str], datetime]) -> list[_Update]:
    """Give every development of every newsletter, as its newest edition tells it, latest first."""
    found: dict[tuple[str, str, str], _Update] = {}
    taken: Counter[datetime] = Counter()
    for edition in editions:
        # Newsletters made by one run share its clock, so that each goes on where the one before it ended.
        start = taken[edition.made_at]
        taken[edition.made_at] += len(edition.storylines)
        for rank, (story, telling) in enumerate(zip(views.of(edition).stories, edition.storylines, strict=True)):
            if telling.unchanged_since and not telling.new:
                continue
            key = (edition.newsletter, telling.id, telling.development)
            at = edition.made_at - (start + rank) * _APART
            # Editions come newest first: the newest tells the entry, the oldest dates it, or what is remembered of it.
            newest = found.get(key) or _Update(telling, story, edition, at, at)
            since = told.get((edition.newsletter, subject_of(telling)), at)
            found[key] = replace(newest, since=since, updated=max(newest.updated, since))
    return sorted(found.values(), key=lambda update: update.since, reverse=True)


def _standing(editions: Sequence[Edition], views: Views, told: Mapping[tuple[str, str], datetime]) -> list[_Update]:
    """Give what no edition at hand told anew, as the newest tells it, dated when it was told anew; latest first."""
    found: dict[str, _Update] = {}
    for edition in editions:
        for story, telling in zip(views.of(edition).stories, edition.storylines, strict=True):
            if telling.unchanged_since and not telling.new and telling.id not in found:
                since = told.get((edition.newsletter, subject_of(telling))) or _day(telling.unchanged_since)
                found[telling.id] = _Update(telling, story, edition, since, since)
    return sorted(found.values(), key=lambda update: update.since, reverse=True)


def _day(iso: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(iso), time(), UTC)
    except ValueError:
        return _NEVER


def _parts(update: _Update) -> Iterator[tuple[str, str]]:
    """Give the kind and value of every feed that an update belongs to."""
    yield "site", ""
    yield "newsletter", update.edition.newsletter
    yield "language", update.telling.headline_language.split("-")[0]
    if update.telling.category:
        yield "category", _slug(update.telling.category)
    yield "storyline", update.telling.slug


def _feed(scope: Scope, entries: tuple[FeedEntry, ...], site: Site, newest: datetime) -> Feed:
    own = interface(site.language)
    part = own.language_name(scope.value) if scope.kind == "language" else scope.title
    title = site.title if scope.kind == "site" else f"{site.title}: {part}"
    home = site.storyline_url(scope.value) if scope.kind == "storyline" else site.url()
    return Feed(
        guid=f"tag:{_host(site)},{_OWNED}:{scope.path(site, 'rss').removesuffix('feed.xml') or '/'}",
        title=feeds.words(plain(title)),
        description=feeds.words(plain(_description(scope, own))),
        home=home,
        rss=site.url(scope.path(site, "rss")),
        atom=site.url(scope.path(site, "atom")),
        json=site.url(scope.path(site, "json")),
        language=own.language,
        author=feeds.words(plain(site.title)),
        updated=max((entry.updated for entry in entries), default=newest),
        entries=entries,
        hub=site.hub,
    )


def _description(scope: Scope, own: Interface) -> str:
    """Say what a feed is about: many storylines, or what is new in one."""
    if scope.kind == "storyline":
        return own.gettext("%(name)s: %(text)s", name=own.gettext("What is new"), text=scope.title)
    return own.gettext("What is new, storyline by storyline; every sentence with its source.")


def _host(site: Site) -> str:
    return _host_of(site.url())


@lru_cache(maxsize=16)
def _host_of(url: str) -> str:
    return urlsplit(url).hostname or "localhost"


def _kept_entry(update: _Update, site: Site, setting: Setting, ground: tuple[bytes, int]) -> FeedEntry:
    """Give the entry of an update, made now or when it last told the same."""
    told, edition = update.telling, update.edition
    times = update.updated, update.since
    return kept((*ground, told.id, told.development, edition.language, *times), lambda: _entry(update, site, setting))


def _entry(update: _Update, site: Site, setting: Setting) -> FeedEntry:
    story, edition = update.story, update.edition
    template = setting(edition.language).get_template("feeds/entry.html")
    lines = [line.text for line in (*story.new, *story.lines)]
    outlets = sorted({source.outlet for source in story.sources if source.outlet})
    return FeedEntry(
        guid=update.guid(site),
        title=feeds.words(story.headline.text),
        url=story.url,
        updated=update.updated,
        published=update.since,
        summary=feeds.words(lines[0] if lines else story.headline.text),
        content=" ".join(template.render(story=story, site=site).split("\n")).strip(),
        language=story.headline.language if story.headline.language not in ("und", "") else edition.language,
        author=feeds.words(", ".join(outlets[:3]) or plain(site.title)),
        categories=(feeds.words(story.category),) if story.category else (),
        picture=_picture(story, site),
    )


def _picture(story: Story | None, site: Site) -> FeedPicture | None:
    """Give a storyline's picture as a feed names it; a copy on the site is a JPEG."""
    figure = story.figure if story else None
    if figure is None:
        return None
    kind = "image/jpeg" if figure.url.startswith(site.url()) else ""
    return FeedPicture(figure.url, figure.width, figure.height, feeds.words(figure.credit), kind)


def _whole_entry(
    edition: Edition, since: datetime, site: Site, setting: Setting, views: Views, ground: tuple[bytes, int]
) -> FeedEntry:
    """Give the entry of a whole edition, made now or when it last told the same."""

    def make() -> FeedEntry:
        sheet = views.of(edition)
        template = setting(edition.language).get_template("feeds/edition.html")
        lines = [story.headline.text for story in sheet.stories[:3]]
        return FeedEntry(
            guid=f"tag:{_host(site)},{_OWNED}:{subject_of_edition(edition)}",
            title=feeds.words(f"{sheet.title}, {sheet.day}"),
            url=sheet.url,
            updated=max(edition.made_at, since),
            published=since,
            summary=feeds.words(" · ".join(lines) or sheet.title),
            content=" ".join(template.render(sheet=sheet, site=site).split("\n")).strip(),
            language=edition.language,
            author=feeds.words(plain(site.title)),
            picture=_picture(next(iter(sheet.stories), None), site),
        )

    return kept((*ground, since), make)


@lru_cache(maxsize=1024)
def _slug(text: str) -> str:
    return "-".join(words(text, "en"))[:60] or "other"
