"""The static site: every page and feed by its path under ``out/``, from editions alone.

Pages need no JavaScript and hold no inline style, so that a strict Content-Security-Policy fits them; links within the
site are relative, so that it may lie in any folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from markupsafe import Markup, escape

from briefing.errors import RenderError
from briefing.model import Edition, Telling
from briefing.render.addresses import path_of, relative, rooted
from briefing.render.environment import environment, with_fallback
from briefing.render.feeding import Scope, feed_files, scopes
from briefing.render.grounds import grounds, named_most
from briefing.render.interface import interface
from briefing.render.keeping import digest, kept, stamp
from briefing.render.links import LinkTexts
from briefing.render.mail import colophon, stage_names
from briefing.render.site import FEED_FILES, FeedKind, Site, secure
from briefing.render.theme import SIZES, theme
from briefing.render.viewing import Views
from briefing.render.views import Sheet, Story, plain

_FEEDS: tuple[tuple[FeedKind, str, str], ...] = (
    ("rss", "application/rss+xml", "RSS"),
    ("atom", "application/atom+xml", "Atom"),
    ("json", "application/feed+json", "JSON Feed"),
)
_FACES = (
    "en",
    "vi",
    "th",
    "fa",
    "ar",
    "ur",
    "he",
    "hi",
    "bn",
    "ta",
    "zh",
    "zh-Hant",
    "ja",
    "ko",
    "ru",
    "uk",
    "el",
    "lo",
    "km",
    "my",
)
_LOST = "404.html"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="{paper}"/>'
    '<path d="M6 8h20M6 12h20" stroke="{ink}" stroke-width="2.4"/><path d="M6 17h12M6 21h12M6 25h8" stroke="{muted}" '
    'stroke-width="2"/><rect x="21" y="16" width="5" height="10" fill="{accent}"/></svg>\n'
)


class Header(Protocol):
    """What an archive lists of an edition."""

    @property
    def newsletter(self) -> str:
        """Its newsletter's slug."""
        ...

    @property
    def date(self) -> date:
        """Its day."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def storylines(self) -> int:
        """How many it tells."""
        ...


@dataclass(frozen=True, slots=True)
class _Told:
    """A storyline as its newest edition tells it."""

    story: Story
    telling: Telling
    edition: Edition


def site_files(
    editions: Sequence[Edition],
    headers: Sequence[Header],
    site: Site,
    folders: Sequence[Path] = (),
    problems: list[RenderError] | None = None,
) -> dict[str, bytes]:
    """Give every file of the site but the mails, by path.

    ``editions`` are the newest ones in full and ``headers`` those of all, both newest first. What is wrong with a
    template of the user's is appended to ``problems`` and the shipped one used; without that list it is raised.
    """
    views = Views(site)

    def files(where: tuple[Path, ...]) -> dict[str, bytes]:
        return _Pages(editions, headers, site, where, views).files() | feed_files(editions, site, where, views)

    return with_fallback(files, folders, problems)


class _Pages:
    def __init__(
        self,
        editions: Sequence[Edition],
        headers: Sequence[Header],
        site: Site,
        folders: tuple[Path, ...],
        views: Views,
    ) -> None:
        self._editions = [edition for edition in editions if edition.storylines or edition is editions[0]]
        self._headers = headers
        self._site = site
        self._folders = folders
        self._views = views
        self._look = theme(site.theme, folders)
        self._ground = digest(site, folders, self._look, stamp(folders, "pages"))
        self._told_in = self._tellers()

    def files(self) -> dict[str, bytes]:
        files = self._assets()
        for edition in self._editions:
            path = self._site.edition_path(edition.date, edition.newsletter, "index.html")
            files[path] = self._edition(path, edition, path)
        if self._editions:
            newest = self._editions[0]
            canonical = self._site.edition_path(newest.date, newest.newsletter)
            files["index.html"] = self._edition("index.html", newest, canonical, self._letters(newest))
        else:
            files["index.html"] = self._page("index.html", "pages/archive.html", self._site.language, years=())
        for told in self._storylines().values():
            path = self._site.storyline_path(told.story.slug, "index.html")
            files[path] = self._storyline(path, told)
        files |= self._untold(files) | self._lists()
        return files | {"sitemap.xml": self._sitemap(files)}

    def _untold(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Give a page for each storyline that is only named, so that the link from its edition leads somewhere."""
        made: dict[str, bytes] = {}
        for edition in self._editions:
            for item in self._views.of(edition).left_out:
                path = path_of(item.url, self._site) + "index.html"
                if path not in files and path not in made:
                    made[path] = self._page(
                        path, "pages/untold.html", edition.language, item=item, told_in=[self._named(edition)]
                    )
        return made

    def _named(self, edition: Edition) -> dict[str, str]:
        """Give what a list of editions says of one."""
        return {
            "url": self._site.edition_url(edition.date, edition.newsletter),
            "title": plain(edition.title),
            "language": edition.language,
            "day": interface(edition.language).day(edition.date),
        }

    def _sitemap(self, files: Mapping[str, bytes]) -> bytes:
        """Give the addresses of all pages (https://www.sitemaps.org/protocol.html)."""
        pages = sorted(path for path in files if path.endswith("index.html"))
        rows = "".join(
            f"<url><loc>{escape(self._site.url(path.removesuffix('index.html')))}</loc></url>\n" for path in pages
        )
        return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SITEMAP}">\n{rows}</urlset>\n'.encode()

    def _letters(self, shown: Edition) -> list[dict[str, str]]:
        """Give the newest edition of every other newsletter."""
        newest = {edition.newsletter: edition for edition in reversed(self._editions)}
        return [self._named(edition) for slug, edition in sorted(newest.items()) if slug != shown.newsletter]

    def _edition(self, here: str, edition: Edition, canonical: str, letters: Sequence[dict[str, str]] = ()) -> bytes:
        return self._page(
            here,
            "pages/edition.html",
            edition.language,
            canonical=canonical.removesuffix("index.html"),
            scope=Scope("newsletter", edition.newsletter, plain(edition.title)),
            sheet=self._views.of(edition),
            letters=letters,
            stages=stage_names(edition.language),
            colophon=colophon(edition),
        )

    def _storylines(self) -> dict[str, _Told]:
        """Give each storyline as its newest edition tells it, by id."""
        found: dict[str, _Told] = {}
        for edition in self._editions:
            for story, telling in zip(self._views.of(edition).stories, edition.storylines, strict=True):
                found.setdefault(telling.id, _Told(story, telling, edition))
        return found

    def _tellers(self) -> dict[str, list[dict[str, str]]]:
        """Give, by storyline, the editions that tell it."""
        found: dict[str, list[dict[str, str]]] = {}
        for edition in self._editions:
            named = self._named(edition)
            for ident in dict.fromkeys(telling.id for telling in edition.storylines):
                found.setdefault(ident, []).append(named)
        return found

    def _storyline(self, here: str, told: _Told) -> bytes:
        words = interface(told.edition.language)
        return self._page(
            here,
            "pages/storyline.html",
            told.edition.language,
            scope=Scope("storyline", told.story.slug, told.story.headline.text),
            story=replace(told.story, suffix=""),
            why=grounds(told.telling, words),
            shared=named_most(told.telling, words),
            told_in=self._told_in[told.telling.id],
        )

    def _lists(self) -> dict[str, bytes]:
        language = self._site.language
        words = interface(language)
        spoken = {publication.slug: publication.language for publication in self._site.publications}
        items = [
            {
                "iso": header.date.isoformat(),
                "day": words.short(header.date.isoformat(), header.date.year),
                "title": plain(header.title),
                "language": spoken.get(header.newsletter, "und"),
                "storylines": header.storylines,
                "url": self._site.edition_url(header.date, header.newsletter),
            }
            for header in self._headers
            if header.storylines
        ]
        years = [(year, list(group)) for year, group in groupby(items, key=lambda item: str(item["iso"])[:4])]
        archive = self._site.archive_path() + "index.html"
        subscribe = self._site.subscribe_path() + "index.html"
        return {
            archive: self._page(archive, "pages/archive.html", language, years=years),
            subscribe: self._page(subscribe, "pages/subscribe.html", language, groups=self._groups()),
            _LOST: self._page(_LOST, "pages/missing.html", language),
        }

    def _groups(self) -> list[dict[str, Any]]:
        words = interface(self._site.language)
        names = {
            "site": words.gettext("Everything"),
            "newsletter": words.gettext("Newsletters"),
            "language": words.gettext("By language"),
            "category": words.gettext("By category"),
            "storyline": words.gettext("Storylines"),
        }
        groups, texts = [], LinkTexts()
        for kind, found in groupby(scopes(self._editions, self._site), key=lambda scope: scope.kind):
            rows = []
            for scope in found:
                title, language = _scope_title(scope, self._site), scope.language
                address = self._site.url(scope.path(self._site, "rss"))
                rows.append(
                    {"title": title, "language": language, "label": title + texts.suffix(title, address)}
                    | {form: self._site.url(scope.path(self._site, form)) for form in FEED_FILES}
                )
            groups.append({"name": names[kind], "items": rows})
        return groups

    def _page(
        self,
        here: str,
        template: str,
        language: str,
        *,
        canonical: str | None = None,
        scope: Scope | None = None,
        sheet: Sheet | None = None,
        **names: Any,
    ) -> bytes:
        """Give a page, set now or when it last held the same; ``names`` say in their ``repr`` all that they hold."""
        chosen = scope or Scope("site", "", self._site.title)
        canonical = here.removesuffix("index.html") if canonical is None else canonical
        if sheet is not None:
            names["sheet"] = sheet
        # A sheet is made of its edition and the site, so that the edition stands for it.
        held = [(name, value) for name, value in names.items() if name != "sheet"]
        told = digest(sheet.edition) if sheet is not None else b""
        key = digest(self._ground, here, template, language, canonical, chosen, held, told)
        return kept(key, lambda: self._set(here, template, language, canonical, chosen, names))

    def _set(
        self, here: str, template: str, language: str, canonical: str, scope: Scope, names: Mapping[str, Any]
    ) -> bytes:
        site = self._site
        made = environment(language, self._folders).get_template(template)
        return made.render(
            site=site,
            here=here,
            canonical=canonical,
            # The page of a lost address is shown at any depth, where only whole paths lead home.
            local=rooted(site) if here == _LOST else relative(site, here),
            feeds=_FEEDS,
            feed_title=scope.title,
            feed_path=lambda kind: scope.path(site, kind),
            contact=secure(site.contact) or secure(f"mailto:{site.contact}"),
            light=self._look.light,
            dark=self._look.dark,
            **names,
        ).encode()

    def _assets(self) -> dict[str, bytes]:
        look = self._look
        palette = look.light
        css = environment("en", self._folders).get_template("pages/style.css")
        faces = [
            {
                "language": language,
                "body": Markup(look.stack(look.body, (language,))),  # noqa: S704 - checked when the theme was read
                "heading": Markup(look.stack(look.heading, (language,))),  # noqa: S704
                "label": Markup(look.stack(look.label, (language,))),  # noqa: S704
                "leading": look.face(language).leading,
                "tight": _tight(look.face(language).leading),
            }
            for language in _FACES
        ]
        icon = _ICON.format(paper=palette.paper, ink=palette.ink, muted=palette.muted, accent=palette.accent)
        manifest = {
            "name": self._site.title,
            "start_url": "../",
            "display": "browser",
            "background_color": palette.paper,
            "theme_color": palette.paper,
            "icons": [{"src": "icon.svg", "type": "image/svg+xml", "sizes": "any"}],
        }
        return {
            "assets/style.css": css.render(look=look, sizes=SIZES, faces=faces).encode(),
            "assets/icon.svg": icon.encode(),
            "assets/site.webmanifest": json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n",
        }


def _tight(leading: float) -> float:
    """Give the line height of a heading from that of the text: a quarter of an em less."""
    return round(leading - 0.25, 2)


def _scope_title(scope: Scope, site: Site) -> str:
    return interface(site.language).language_name(scope.value) if scope.kind == "language" else scope.title
