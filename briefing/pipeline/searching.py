"""A search that a reader asks of the site: the store's results, set as its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from briefing.model import Article
from briefing.pipeline.newsroom import Newsroom
from briefing.pipeline.publishing import days_of
from briefing.render.framing import Frame
from briefing.render.interface import Interface, interface
from briefing.render.lists import search_names
from briefing.render.records import Records
from briefing.render.site import Site, secure
from briefing.render.views import HEADLINE_LIMIT, clipped, plain
from briefing.store import Group, Hit, Results
from briefing.text.language import direction
from briefing.text.seeking import Piece

_ON_A_PAGE = 20
_LISTED = 3
"""Months whose storylines the page lists before anything was asked for."""
_LONGEST = 300
_PAGES = 50

Asked = Callable[[str], str | None]
"""Gives a parameter of the query by name: ``q``, ``language``, ``since``, ``page``."""


def search_page(room: Newsroom, asked: Asked) -> bytes:
    """Give the search page with what was found, of any parameters whatever; wrong ones narrow nothing down.

    Raises StoreError, and RenderError where a template fails.
    """
    words, language = (asked("q") or "")[:_LONGEST], _language(asked("language"))
    since, number = _day(asked("since")), _number(asked("page"))
    site, store = room.site, room.store
    names = search_names(site, _records(room)) | {"data": ""}
    names["asked"] = {"text": plain(words), "language": language or "", "since": since.isoformat() if since else ""}
    if words.strip():
        found = store.search.find(words, language=language, since=since, limit=_ON_A_PAGE, offset=number * _ON_A_PAGE)
        names |= {"results": _results(room, found, names["asked"], number), "listed": ()}
    path = f"{site.search_path()}index.html"
    return Frame(site, room.templates).page(path, "pages/search.html", site.language, **names)


def _records(room: Newsroom) -> Records:
    months = room.store.listing.months()[:_LISTED]
    return Records({month: room.store.listing.listed(*days_of(month), room.site.language) for month in months}, months)


def _language(given: str | None) -> str | None:
    return given if given and re.fullmatch(r"[a-z]{2,3}", given) else None


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given or "")
    except ValueError:
        return None


def _number(given: str | None) -> int:
    return min(int(given), _PAGES) if given and re.fullmatch(r"[0-9]{1,4}", given) else 0


def _results(room: Newsroom, found: Results, asked: dict[str, str], number: int) -> dict[str, Any]:
    site, words = room.site, interface(room.site.language)
    following = ""
    if (number + 1) * _ON_A_PAGE < found.total and number < _PAGES:
        given = {"q": asked["text"], "language": asked["language"], "since": asked["since"], "page": str(number + 1)}
        following = "index.html?" + urlencode({name: value for name, value in given.items() if value})
    return {
        "total": found.total,
        "more": found.more,
        "loosened": found.loosened,
        "next": following,
        "groups": [_group(room, group, site, words) for group in found.groups],
    }


def _group(room: Newsroom, group: Group, site: Site, words: Interface) -> dict[str, Any]:
    path = site.storyline_path(group.slug) if group.slug else ""
    told = bool(path) and (room.output / path / "index.html").is_file()
    title = clipped(plain(group.title), HEADLINE_LIMIT)
    hits = [_hit(hit, group.slug if told else "", site, words) for hit in group.hits[:3]]
    # The article that the storyline is named after bears its name once, with what was found marked in it.
    named = next((hit for hit in hits if _told(hit["title"]) == title), None)
    heading = named["title"] if named else [Piece(title)]
    for hit in hits:
        if _told(hit["title"]) == title:
            hit["title"] = []
    return {
        "url": site.url(path) if told else "",
        "title": heading,
        "language": group.language,
        "direction": direction(group.language),
        "day": words.short(group.day),
        "count": group.count,
        "hits": hits,
    }


def _hit(hit: Hit, slug: str, site: Site, words: Interface) -> dict[str, Any]:
    article, title, excerpt = hit.article, _shown(hit.title), _shown(hit.excerpt)
    return {
        "url": secure(article.url or "") or (site.reference_url(slug, article.id) if slug else ""),
        "title": title,
        "excerpt": [] if _told(excerpt).rstrip(" .…") == _told(title).rstrip(" .…") else excerpt,
        "language": article.language,
        "direction": direction(article.language),
        "facts": _facts(article, site, words),
    }


def _told(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


def _facts(article: Article, site: Site, words: Interface) -> list[str]:
    day = words.short(article.published.iso) if article.published else ""
    outlet = clipped(plain(article.outlet or article.credit or site.source_name(article.source)), 60)
    known = article.language not in ("und", "", words.language)
    return [fact for fact in (outlet, day, words.language_name(article.language) if known else "") if fact]


def _shown(pieces: Iterable[Piece]) -> list[Piece]:
    """Give pieces of a stranger's text without what could reorder the page, their spaces at the ends kept."""
    return [replace(piece, text=_kept_spaces(piece.text)) for piece in pieces]


def _kept_spaces(text: str) -> str:
    before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return f"{before}{plain(text)}{after}"
