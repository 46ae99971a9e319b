"""Publish: what the store holds, as the files of a static site with its mails and feeds."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from briefing.compose import shorten
from briefing.errors import RenderError
from briefing.model import Edition
from briefing.pipeline.newsroom import Newsroom, Publication
from briefing.render import card, pages
from briefing.render.data import edition_json
from briefing.render.lists import month_files
from briefing.render.mail import fit, mail_html, mail_text
from briefing.render.message import Mailing, mailbox, personal, prepare
from briefing.render.records import Records, subjects_in
from briefing.render.site import FEED_FILES, Site, secure
from briefing.render.theme import theme, themes

_FULL = 60
"""Editions of each newsletter whose pages and feed entries are made again on each run."""

_AT_ONCE = 20
"""Older editions that are read at once to make pages that are missing."""
_MONTH = timedelta(days=31)
_SAFE = "morning"
"""The theme that stands in for one that is broken."""


def site_files(room: Newsroom, problems: list[RenderError]) -> dict[str, bytes]:
    """Give every file of the site by its path under ``out/``: pages, feeds, and the newest editions with their mails.

    What is wrong with a template of the user's is appended to ``problems`` and the shipped template used. Raises
    RenderError where a shipped template fails.
    """
    recent = {publication.slug: _recent(room, publication.slug) for publication in room.publications}
    editions = sorted(
        (edition for found in recent.values() for edition in found), key=lambda e: (e.date, e.newsletter), reverse=True
    )
    headers = room.store.editions.headers(limit=None)
    site = themed(room.site, room.templates, problems)
    records = _records(room, editions)
    files = dict(pages.site_files(editions, headers, site, room.templates, problems, records))
    files |= _moved(files, room)
    newest = {id(found[0]) for found in recent.values() if found}
    for edition in editions:
        files |= _card(room, edition, site, problems, again=id(edition) in newest) | _missing_pictures(room, edition)
    for publication in room.publications:
        for edition in recent[publication.slug][:1]:
            files |= edition_files(room, publication, edition, problems)
    return files


def _records(room: Newsroom, editions: Sequence[Edition]) -> Records:
    """Give what is remembered beyond these editions: first times, and the lists of the months that they are of."""
    told: dict[tuple[str, str], datetime] = {}
    for newsletter in {edition.newsletter for edition in editions}:
        subjects = [name for edition in editions if edition.newsletter == newsletter for name in subjects_in(edition)]
        times = room.store.listing.told(newsletter, subjects)
        told |= {(newsletter, subject): at for subject, at in times.items()}
    months = room.store.listing.months()
    # Those from the oldest edition on; the others cannot have changed.
    oldest = min((edition.date.isoformat()[:7] for edition in editions), default="")
    return replace(_listed(room, [month for month in months if month >= oldest]), months=months, told=told)


def _listed(room: Newsroom, months: Iterable[str]) -> Records:
    """Give what was told in some months."""
    language = room.site.language
    return Records({month: room.store.listing.listed(*days_of(month), language) for month in months})


def days_of(month: str) -> tuple[date, date]:
    """Give the first and the last day of a month, ``2026-11``."""
    first = date.fromisoformat(f"{month}-01")
    return first, (first + _MONTH).replace(day=1) - timedelta(days=1)


def lost_files(room: Newsroom, problems: list[RenderError]) -> Iterator[dict[str, bytes]]:
    """Give, some at a time, the pages of older editions and lists of months that are not in the output folder any more.

    What the archive lists is there: a page that was deleted, or a folder begun anew, is filled again from the store.
    """
    site = themed(room.site, room.templates, problems)
    lists = room.output / site.search_path()
    for month in room.store.listing.months():
        if not (lists / f"{month}.js").is_file():
            yield month_files(_listed(room, [month]), site)
    recent: Counter[str] = Counter()
    lost = []
    for header in room.store.editions.headers(limit=None):
        recent[header.newsletter] += 1
        page = room.output / site.edition_path(header.date, header.newsletter, "index.html")
        if recent[header.newsletter] > _FULL and header.storylines and not page.is_file():
            lost.append(header)
    for start in range(0, len(lost), _AT_ONCE):
        found = [room.store.editions.edition(one.newsletter, one.date) for one in lost[start : start + _AT_ONCE]]
        made = pages.older_files([one for one in found if one is not None], site, room.templates, problems)
        # Newest first, so that a storyline's page is the one of the last edition that told it.
        for edition in filter(None, found):
            made |= _card(room, edition, site, problems, again=False) | _missing_pictures(room, edition)
        yield {path: body for path, body in made.items() if not _there(room, path)}
        room.progress("archive", min(start + _AT_ONCE, len(lost)), len(lost))


def _card(
    room: Newsroom, edition: Edition, site: Site, problems: list[RenderError], *, again: bool
) -> dict[str, bytes]:
    """Give the picture of an edition that has a page; one that lies there stays, unless it is to be drawn ``again``.

    What an older edition says does not change any more, and drawing takes longer than the pages around it.
    """
    if not edition.storylines and not again:
        return {}
    path = site.edition_path(edition.date, edition.newsletter, card.FILE)
    try:
        before = (room.output / path).read_bytes()
    except OSError:
        before = b""
    if before and not again:
        return {path: before}
    return {path: card.card(edition, site, room.templates, problems, before)}


def picture_files(room: Newsroom, edition: Edition) -> dict[str, bytes]:
    """Give the copies of an edition's pictures, by their paths in its folder."""
    found: dict[str, bytes] = {}
    for telling in edition.storylines:
        body = room.store.pictures.body(telling.picture.file) if telling.picture and telling.picture.file else None
        if telling.picture and telling.picture.file and body:
            found[room.site.edition_path(edition.date, edition.newsletter, telling.picture.file)] = body
    return found


def _missing_pictures(room: Newsroom, edition: Edition) -> dict[str, bytes]:
    """Give those that do not lie in the output folder yet: a copy never changes."""
    names = [telling.picture.file for telling in edition.storylines if telling.picture and telling.picture.file]
    folder = room.output / room.site.edition_path(edition.date, edition.newsletter)
    return {} if all((folder / name).is_file() for name in names) else picture_files(room, edition)


def _there(room: Newsroom, path: str) -> bool:
    return path.startswith("storylines/") and (room.output / path).is_file()


def _moved(files: Mapping[str, bytes], room: Newsroom) -> dict[str, bytes]:
    """Give the living storyline's page and feeds at the address of each that was merged into it.

    Its links are relative to the same depth, and its canonical address is the living one's.
    """
    found: dict[str, bytes] = {}
    for old, living in room.store.storylines.moved_slugs().items():
        here, there = room.site.storyline_path(living), room.site.storyline_path(old)
        found |= {there + path.removeprefix(here): body for path, body in files.items() if path.startswith(here)}
    return found


def _recent(room: Newsroom, newsletter: str) -> list[Edition]:
    headers = room.store.editions.headers(newsletter, limit=_FULL)
    found = (room.store.editions.edition(newsletter, header.date) for header in headers)
    return [edition for edition in found if edition is not None]


def edition_files(
    room: Newsroom, publication: Publication, edition: Edition, problems: list[RenderError]
) -> dict[str, bytes]:
    """Give an edition's own files: its mail as HTML, text and message, its pictures and its data."""
    folder = room.site.edition_path(edition.date, edition.newsletter)
    html, text = mail(room, publication, edition, problems)
    mailing = _mailing(room, publication, edition, html, text)
    # The copy that lies on the site is nobody's own, so it goes to the sender and leads to the page for everyone.
    _, sender = mailbox(publication.sender)
    page = room.site.url(room.site.unsubscribe_path())
    return picture_files(room, edition) | {
        f"{folder}email.html": personal(html, page, sender).encode(),
        f"{folder}email.txt": personal(text, page, sender).encode(),
        f"{folder}email.eml": mailing.to(publication.sender, page).message,
        f"{folder}edition.json": edition_json(edition),
    }


def mail(
    room: Newsroom, publication: Publication, edition: Edition, problems: list[RenderError] | None = None
) -> tuple[str, str]:
    """Give HTML and text of an edition's mail, re-planned until no client clips it. Raises RenderError."""
    found: list[RenderError] = []
    lost: list[RenderError] = []
    site = themed(publication.site, room.templates, lost)

    def html(planned: Edition) -> str:
        found.clear()
        return mail_html(planned, site, room.templates, found)

    fitted, made = fit(edition, html, shorten)
    # What the text part goes out beside: pictures that travel with the mail are no links of it.
    embedded = publication.preferences.images_from == "embed"
    beside = made.replace(' src="https://', ' src="cid:') if embedded else made
    text = mail_text(fitted, site, room.templates, found, beside)
    if problems is not None:
        problems.extend((*lost, *found))
    return made, text


def themed(site: Site, folders: Sequence[Path], problems: list[RenderError]) -> Site:
    """Give the site in a theme that can be read: its own, or a shipped one where that is broken or not there.

    What is wrong with its own is appended to ``problems``: a theme never costs an edition either.
    """
    try:
        theme(site.theme, folders)
    except RenderError as error:
        problems.append(error)
        return site if site.theme in themes() else replace(site, theme=_SAFE)
    return site


def mailing_of(room: Newsroom, publication: Publication, edition: Edition) -> Mailing:
    """Give an edition's mail encoded once, ready to be addressed to any number of recipients. Raises RenderError."""
    return _mailing(room, publication, edition, *mail(room, publication, edition))


def _mailing(room: Newsroom, publication: Publication, edition: Edition, html: str, text: str) -> Mailing:
    embedded = publication.preferences.images_from == "embed"
    pictures = picture_files(room, edition) if embedded else {}
    # Receivers take https alone; a server that is configured without it is behind one that has it, or gets no mail.
    unsubscribe = secure(publication.unsubscribe or "") or publication.site.url("unsubscribe/")
    return prepare(
        edition,
        html,
        text,
        publication.sender,
        unsubscribe=unsubscribe,
        reply_to=publication.reply_to,
        sign=publication.sign,
        pictures={publication.site.url(path): body for path, body in pictures.items()},
    )


async def announce(room: Newsroom, changed: Iterable[str]) -> None:
    """Tell the hub, where there is one, which of these paths are feeds with something new. Raises DeliveryError."""
    topics = [room.site.url(path) for path in changed if path.rpartition("/")[2] in FEED_FILES.values()]
    if room.announce is not None and topics:
        await room.announce(topics)


def write(output: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write files below a folder, each whole or not at all, and give the paths of those that changed, in order.

    A file whose bytes are the same keeps its time, so that caches and feed readers are not told of a change that is
    none. Raises RenderError naming the file and the mend.
    """
    changed: list[str] = []
    for path, body in sorted(files.items()):
        target = output / path
        try:
            if _write(target, body):
                changed.append(path)
        except OSError as error:
            raise RenderError(
                str(target),
                f"cannot be written: {error.strerror}; the edition is kept in the store. "
                "Free some space or make the folder writable, then build again",
                transient=True,
            ) from error
    return changed


def _write(target: Path, body: bytes) -> bool:
    if target.is_file() and target.read_bytes() == body:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(body)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise
    return True
