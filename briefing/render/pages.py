"""The static site: every page and feed by its path under ``out/``, from editions alone.

Pages need no JavaScript and hold no inline style, so that a strict Content-Security-Policy fits them; links within the
site are relative, so that it may lie in any folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import escape

from briefing.errors import RenderError
from briefing.model import Edition, Telling
from briefing.render import card
from briefing.render.addresses import path_of
from briefing.render.dress import asset_files
from briefing.render.environment import with_fallback
from briefing.render.feeding import Scope, feed_files
from briefing.render.framing import Frame
from briefing.render.grounds import grounds, named_most
from briefing.render.interface import interface
from briefing.render.keeping import Digests
from briefing.render.lists import NOTHING, Header, list_files
from briefing.render.mail import colophon, stage_names
from briefing.render.records import Records, records_of
from briefing.render.site import Site
from briefing.render.viewing import Views
from briefing.render.views import Story, plain

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class _Named:
    """What a list of editions says of one."""

    url: str
    title: str
    language: str
    day: str


@dataclass(frozen=True, slots=True)
class _Shared:
    """The picture that is shown where a page is shared, and what it says."""

    url: str
    says: str


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
    records: Records | None = None,
) -> dict[str, bytes]:
    """Give every file of the site but the mails, by path.

    ``editions`` are the newest ones in full and ``headers`` those of all, both newest first; without ``records`` what
    the editions themselves hold is all that is remembered. What is wrong with a template of the user's is appended to
    ``problems`` and the shipped one used; without that list it is raised.
    """
    views, digests = Views(site), Digests()
    known = records_of(editions) if records is None else records

    def files(where: tuple[Path, ...]) -> dict[str, bytes]:
        frame = Frame(site, where)
        made = asset_files(frame.look, where) | _Pages(editions, frame, views, digests).files()
        made |= list_files(frame, editions, headers, known)
        made |= feed_files(editions, site, where, views, known.told, digests, frame.setting)
        return made | {"sitemap.xml": _sitemap(made, headers, known, site)}

    return with_fallback(files, folders, problems)


def older_files(
    editions: Sequence[Edition],
    site: Site,
    folders: Sequence[Path] = (),
    problems: list[RenderError] | None = None,
) -> dict[str, bytes]:
    """Give the pages of editions and of their storylines alone, as for editions that are too old to be made again."""

    def files(where: tuple[Path, ...]) -> dict[str, bytes]:
        return _Pages(editions, Frame(site, where), Views(site), Digests()).pages()

    return with_fallback(files, folders, problems)


def _sitemap(files: Mapping[str, bytes], headers: Sequence[Header], records: Records, site: Site) -> bytes:
    """Give the addresses of all pages (https://www.sitemaps.org/protocol.html), which holds 50,000 at most."""
    found = {path.removesuffix("index.html") for path in files if path.endswith("index.html")}
    found |= {site.edition_path(header.date, header.newsletter) for header in headers if header.storylines}
    found |= {site.storyline_path(one.slug) for rows in records.listed.values() for one in rows}
    rows = "".join(f"<url><loc>{escape(site.url(path))}</loc></url>\n" for path in sorted(found, reverse=True)[:50_000])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SITEMAP}">\n{rows}</urlset>\n'.encode()


def _led(editions: Sequence[Edition], site: Site) -> list[Edition]:
    """Give editions newest first, and of one day's the one that leads first: with news, then in the site's language.

    The front page and a storyline's page are that one's. After it the newsletters come in their own order.
    """
    order = [publication.slug for publication in site.publications]

    def rank(edition: Edition) -> tuple[int, bool, bool, int]:
        place = order.index(edition.newsletter) if edition.newsletter in order else len(order)
        other = edition.language.split("-")[0] != site.language.split("-")[0]
        return -edition.date.toordinal(), not edition.storylines, other, place

    return sorted(editions, key=rank)


class _Pages:
    def __init__(self, editions: Sequence[Edition], frame: Frame, views: Views, digests: Digests) -> None:
        led = _led(editions, frame.site)
        self._editions = [edition for edition in led if edition.storylines or edition is led[0]]
        self._frame = frame
        self._page = frame.page
        self._site = frame.site
        self._views = views
        self._digests = digests
        self._pictures: dict[int, _Shared] = {}
        self._told_in = self._tellers()

    def files(self) -> dict[str, bytes]:
        files = self.pages()
        if self._editions:
            newest = self._editions[0]
            canonical = self._site.edition_path(newest.date, newest.newsletter)
            files["index.html"] = self._edition("index.html", newest, canonical, self._letters(newest))
        else:
            files["index.html"] = self._page("index.html", "pages/archive.html", self._site.language, **NOTHING)
        return files

    def pages(self) -> dict[str, bytes]:
        """Give the pages of the editions, and of every storyline that they tell or name."""
        files: dict[str, bytes] = {}
        for edition in self._editions:
            path = self._site.edition_path(edition.date, edition.newsletter, "index.html")
            files[path] = self._edition(path, edition, path)
        for told in self._storylines().values():
            path = self._site.storyline_path(told.story.slug, "index.html")
            files[path] = self._storyline(path, told)
        return files | self._untold(files)

    def _untold(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Give a page for each storyline that is only named, so that the link from its edition leads somewhere."""
        made: dict[str, bytes] = {}
        for edition in self._editions:
            for item in self._views.of(edition).left_out:
                path = path_of(item.url, self._site) + "index.html"
                if path not in files and path not in made:
                    made[path] = self._page(
                        path, "pages/untold.html", edition.language, item=item, told_in=(self._named(edition),)
                    )
        return made

    def _named(self, edition: Edition) -> _Named:
        return _Named(
            self._site.edition_url(edition.date, edition.newsletter),
            plain(edition.title),
            edition.language,
            interface(edition.language).day(edition.date),
        )

    def _letters(self, shown: Edition) -> tuple[_Named, ...]:
        """Give the newest edition of every other newsletter."""
        newest = {edition.newsletter: edition for edition in reversed(self._editions)}
        return tuple(self._named(edition) for slug, edition in sorted(newest.items()) if slug != shown.newsletter)

    def _edition(self, here: str, edition: Edition, canonical: str, letters: tuple[_Named, ...] = ()) -> bytes:
        return self._page(
            here,
            "pages/edition.html",
            edition.language,
            canonical=canonical.removesuffix("index.html"),
            scope=Scope("newsletter", edition.newsletter, plain(edition.title)),
            picture=self._picture(edition),
            # A sheet is made of its edition and the site, so that the edition stands for it.
            known={"sheet": self._digests.of(edition)},
            sheet=self._views.of(edition),
            letters=letters,
            stages=stage_names(edition.language),
            colophon=colophon(edition),
        )

    def _picture(self, edition: Edition) -> _Shared:
        """Give the picture that is shown where a page of this edition is shared."""
        if id(edition) not in self._pictures:
            url = self._site.edition_url(edition.date, edition.newsletter, card.FILE)
            self._pictures[id(edition)] = _Shared(url, card.said(edition))
        return self._pictures[id(edition)]

    def _storylines(self) -> dict[str, _Told]:
        """Give each storyline as its newest edition tells it, by id."""
        found: dict[str, _Told] = {}
        for edition in self._editions:
            for story, telling in zip(self._views.of(edition).stories, edition.storylines, strict=True):
                found.setdefault(telling.id, _Told(story, telling, edition))
        return found

    def _tellers(self) -> dict[str, list[_Named]]:
        """Give, by storyline, the editions that tell it."""
        found: dict[str, list[_Named]] = {}
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
            picture=self._picture(told.edition),
            known={"story": self._digests.of(told.story)},
            story=replace(told.story, suffix="") if told.story.suffix else told.story,
            why=grounds(told.telling, words),
            shared=named_most(told.telling, words),
            told_in=tuple(self._told_in[told.telling.id]),
        )
