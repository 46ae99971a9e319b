"""Sites made of hand-made editions, and what is asked of every file of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import unquote, urldefrag, urljoin

from lxml import html

from briefing.model import Edition, Reason, Reference, Telling, Why
from briefing.render.pages import site_files
from briefing.render.site import Publication, Site

from .editions import SITE, edition

FOLDER = replace(
    SITE,
    base_url="https://news.example.org/briefing/",
    publications=(Publication("morning", "Morning briefing", "en"),),
)
HOSTILE = (
    '"><script>alert(1)</script> </title> & &amp; <b>bold</b> \u202eevil\u202c \x00\x1b ]]> '
    "\ue000x\ue001 \u2028 {{ 7 * 7 }} {% endif %} %(values)s "
)


@dataclass(frozen=True)
class Head:
    """What an archive lists of an edition."""

    newsletter: str
    date: date
    title: str
    storylines: int


def site_of(editions: Sequence[Edition], site: Site = FOLDER) -> dict[str, bytes]:
    """Give the files of a site of these editions."""
    heads = [Head(item.newsletter, item.date, item.title, len(item.storylines)) for item in editions]
    return site_files(editions, heads, site)


def grounded(told: Telling) -> Telling:
    """Give a telling whose articles say why they belong together."""
    first, *others = told.references
    reasons = (
        Reason("meaning", ("0.42",), 6.5),
        Reason("people", ("Kim Jong-un", "Putin = پوتین"), 2.4),
        Reason("dates", ("24 October",), 0.5),
        Reason("places", ("Moscow",), -0.4),
        Reason("time", ("2024-10-24", "2024-11-08"), -2.0),
    )
    pairs = [(item.id, first.id) for item in others] + [(first.id, item.id) for item in others[:1]]
    return replace(told, why=tuple(Why(one, other, reasons) for one, other in pairs))


def with_grounds(made: Edition) -> Edition:
    """Give an edition whose storylines say why their articles belong together."""
    return replace(made, storylines=tuple(grounded(told) if told.references else told for told in made.storylines))


def next_day(made: Edition, **changes: object) -> Edition:
    """Give the same edition a day later."""
    return replace(made, date=made.date + timedelta(1), made_at=made.made_at + timedelta(1), **changes)  # type: ignore[arg-type]


def hostile() -> Edition:
    """Give an edition in which everything that strangers write is an attack."""

    def spoiled(reference: Reference) -> Reference:
        return replace(
            reference,
            title=HOSTILE + reference.title,
            outlet=HOSTILE,
            credit=HOSTILE,
            also_in=(HOSTILE,),
            url=f'javascript:alert("{reference.id}")',
        )

    def told(telling: Telling) -> Telling:
        spoilt = [replace(sentence, text=HOSTILE + sentence.text) for sentence in telling.sentences]
        why = tuple(
            Why(item.id, telling.references[0].id, (Reason("people", (HOSTILE, f"a = {HOSTILE}"), 3.0),))
            for item in telling.references[1:]
        )
        return replace(
            telling,
            headline=HOSTILE + telling.headline,
            category=HOSTILE,
            sentences=tuple(spoilt),
            references=tuple(spoiled(item) for item in telling.references),
            why=why,
        )

    made = edition(6, "en", "fa")
    left = tuple(replace(item, headline=HOSTILE + item.headline) for item in made.left_out)
    return replace(made, title=HOSTILE, storylines=tuple(told(item) for item in made.storylines), left_out=left)


def pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, html.HtmlElement]]:
    """Give each page's path and its document."""
    for path, body in files.items():
        if path.endswith(".html"):
            yield path, html.document_fromstring(body.decode())


def lost_links(files: Mapping[str, bytes], site: Site = FOLDER) -> list[str]:
    """Give every link within the site that leads to no file of it, or to no place on its page."""
    base, lost = site.url(), []
    anchors: dict[str, set[str]] = {path: set(page.xpath("//@id")) for path, page in pages(files)}
    for path, page in pages(files):
        for href in page.xpath("//@href | //@src"):
            url, fragment = urldefrag(urljoin(base + path, href))
            if not url.startswith(base):
                continue
            target = unquote(url[len(base) :])
            target = posixpath.join(target, "index.html") if not target or target.endswith("/") else target
            if target not in files or (fragment and fragment not in anchors[target]):
                lost.append(f"{path}: {href}")
    return lost
