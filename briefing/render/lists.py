"""The pages that list what there is: all editions, all feeds, the sources, and the search over storylines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Protocol

from lxml import etree

from briefing.model import Edition
from briefing.render.feeding import Scope, scopes
from briefing.render.framing import LOST, Frame
from briefing.render.interface import Interface, interface
from briefing.render.links import LinkTexts
from briefing.render.records import Listed, Records
from briefing.render.site import FEED_FILES, Site
from briefing.render.views import HEADLINE_LIMIT, clipped, plain
from briefing.text.language import direction

_ON_A_PAGE = 400
"""Editions that one page of the archive lists at most."""
_NEWEST = 100
"""Editions that the archive's first page lists."""
_MONTH_BYTES = 400_000
"""Bytes of one month's list for searching; what storylines tell is shortened until it fits."""
_SHOWN = 200
"""Storylines that the search page lists without a search."""

NOTHING: Mapping[str, Any] = {"months": (), "spans": (), "span": ""}
"""What the archive's template is given where there is no edition."""


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


def list_files(
    frame: Frame, editions: Sequence[Edition], headers: Sequence[Header], records: Records
) -> dict[str, bytes]:
    """Give the site's lists, by path: archive, subscribe page, search with its data, sources, and the lost page."""
    site = frame.site
    subscribe = site.subscribe_path() + "index.html"
    opml = sources_opml(site)
    files = {
        subscribe: frame.page(
            subscribe, "pages/subscribe.html", site.language, groups=_groups(editions, site), opml=bool(opml)
        ),
        LOST: frame.page(LOST, "pages/missing.html", site.language),
    }
    if opml:
        files[site.sources_path()] = opml
    return files | _archive(frame, headers) | _search(frame, records)


# ---------------------------------------------------------------- all editions


def _archive(frame: Frame, headers: Sequence[Header]) -> dict[str, bytes]:
    """Give the newest editions on the first page, every year on its own, and by month what is too long for one."""
    site, words = frame.site, interface(frame.site.language)
    items = _items(headers, site, words)
    root = site.archive_path()
    years = [(year, list(group)) for year, group in groupby(items, key=lambda item: str(item["iso"])[:4])]
    all_years = [_span(site, words, year, len(found)) for year, found in years]
    pages: list[tuple[str, str, Sequence[dict[str, Any]], list[dict[str, Any]]]] = []
    pages.append(("", root, items[:_NEWEST], all_years if len(items) > _NEWEST else []))
    for year, found in years if len(items) > _NEWEST else ():
        here = [span | {"here": span["label"] == words.span(year)} for span in all_years]
        if len(found) <= _ON_A_PAGE:
            pages.append((year, f"{root}{year}/", found, here))
            continue
        by_month = [(month, list(rows)) for month, rows in groupby(found, key=lambda item: str(item["iso"])[:7])]
        spans = [_span(site, words, month, len(rows)) for month, rows in by_month]
        pages.append((year, f"{root}{year}/", (), spans + here))
        for month, rows in by_month:
            path = f"{root}{month.replace('-', '/')}/"
            pages.append((month, path, rows, [span | {"here": span["url"] == site.url(path)} for span in spans]))
    return {
        f"{path}index.html": frame.page(
            f"{path}index.html",
            "pages/archive.html",
            site.language,
            months=[(month, list(rows)) for month, rows in groupby(shown, key=lambda item: item["month"])],
            spans=spans,
            span=words.span(span) if span else "",
        )
        for span, path, shown, spans in pages
    }


def _span(site: Site, words: Interface, span: str, count: int) -> dict[str, Any]:
    url = site.url(f"{site.archive_path()}{span.replace('-', '/')}/")
    return {"label": words.span(span), "url": url, "count": count, "here": False}


def _items(headers: Sequence[Header], site: Site, words: Interface) -> list[dict[str, Any]]:
    spoken = {publication.slug: publication.language for publication in site.publications}
    texts = LinkTexts(words.number)
    found = []
    for header in headers:
        if not header.storylines:
            continue
        iso, title = header.date.isoformat(), plain(header.title)
        url = site.edition_url(header.date, header.newsletter)
        found.append(
            {
                "iso": iso,
                "day": words.monthday(header.date),
                "month": words.month(header.date),
                "title": title,
                "suffix": texts.suffix(f"{title}, {iso}", url),
                "language": spoken.get(header.newsletter, "und"),
                "storylines": header.storylines,
                "url": url,
            }
        )
    return found


# ---------------------------------------------------------------- all feeds, all sources


def _groups(editions: Sequence[Edition], site: Site) -> list[dict[str, Any]]:
    words = interface(site.language)
    names = {
        "site": words.gettext("Everything"),
        "newsletter": words.gettext("Newsletters"),
        "language": words.gettext("By language"),
        "category": words.gettext("By category"),
        "storyline": words.gettext("Storylines"),
    }
    groups, texts = [], LinkTexts(words.number)
    for kind, found in groupby(scopes(editions, site), key=lambda scope: scope.kind):
        rows = []
        for scope in found:
            title, language = _scope_title(scope, words), scope.language
            address = site.url(scope.path(site, "rss"))
            rows.append(
                {"title": title, "language": language, "label": title + texts.suffix(title, address)}
                | {form: site.url(scope.path(site, form)) for form in FEED_FILES}
            )
        groups.append({"name": names[kind], "items": rows})
    return groups


def _scope_title(scope: Scope, words: Interface) -> str:
    return words.language_name(scope.value) if scope.kind == "language" else scope.title


def sources_opml(site: Site) -> bytes:
    """Give the feeds that this site is made of as a subscription list, OPML 2.0 (https://opml.org/spec2.opml).

    Nothing where there is none to give.
    """
    if not site.subscriptions:
        return b""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = plain(site.title)
    body = etree.SubElement(root, "body")
    for one in site.subscriptions:
        name = plain(one.title) or one.url
        outline = etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=one.url)
        if one.language:
            outline.set("language", one.language.lower())
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


# ---------------------------------------------------------------- search


def _search(frame: Frame, records: Records) -> dict[str, bytes]:
    """Give the search page and, a file a month, what its script looks through."""
    site = frame.site
    here = site.search_path() + "index.html"
    files = {here: frame.page(here, "pages/search.html", site.language, **search_names(site, records))}
    return files | month_files(records, site)


def month_files(records: Records, site: Site) -> dict[str, bytes]:
    """Give what the search page's script looks through, by path: a file for each month that is listed."""
    words = interface(site.language)
    return {f"{site.search_path()}{month}.js": _month(month, rows, words) for month, rows in records.listed.items()}


def search_names(site: Site, records: Records) -> dict[str, Any]:
    """Give what the search page's template is given before anything was asked for."""
    words = interface(site.language)
    found = [one for month in records.months for one in records.listed.get(month, ())]
    texts = LinkTexts(words.number)
    listed = []
    for one in _each_once(found)[:_SHOWN]:
        url, title = site.storyline_url(one.slug), _headline(one)
        listed.append(
            {
                "iso": one.date.isoformat(),
                "day": words.dateline(one.date),
                "title": title,
                "language": one.language,
                "url": url,
                "suffix": texts.suffix(title, url),
            }
        )
    codes = Counter(one.language.split("-")[0] for one in found)
    languages = sorted(((code, words.language_name(code)) for code in codes if code != "und"), key=lambda pair: pair[1])
    return {
        "asked": {"text": "", "language": "", "since": ""},
        "results": None,
        "languages": languages,
        "listed": listed,
        "data": _script_data(words, records, dict(languages)),
    }


def _script_data(words: Interface, records: Records, languages: Mapping[str, str]) -> str:
    """Give what the page's script must know: the months there are, names of languages, and words to say."""
    messages = {
        "none": words.gettext("Nothing was found."),
        "found": words.gettext("Storylines found: %(n)s", n="%(n)s"),
        "some": words.gettext("No article has all of these words; these have some of them."),
        "further": words.gettext("Look further back than %(month)s", month="%(month)s"),
    }
    data = {
        "months": [[month, words.span(month)] for month in records.months],
        "languages": languages,
        "rtl": [code for code in languages if direction(code) == "rtl"],
        "words": messages,
    }
    return json.dumps(data, ensure_ascii=False)


def _each_once(found: Sequence[Listed]) -> list[Listed]:
    """Give each storyline as it was told last."""
    return list({one.storyline: one for one in reversed(found)}.values())[::-1]


def _headline(one: Listed) -> str:
    return clipped(plain(one.headline), HEADLINE_LIMIT) or one.slug


def _month(month: str, rows: Sequence[Listed], words: Interface) -> bytes:
    """Give a month's storylines as a script, because a page from a file may load scripts and nothing else."""
    room = _MONTH_BYTES // max(1, len(rows))
    data = [list(_row(one, words, room)) for one in rows]
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f'briefing.month("{month}",{made});\n'.encode()


def _row(one: Listed, words: Interface, room: int) -> Iterator[object]:
    yield one.slug
    yield _headline(one)
    yield one.language
    yield one.date.isoformat()
    yield words.dateline(one.date)
    lines, left = [], room - 200
    for line in map(plain, one.lines):
        if (size := len(line.encode())) <= left:
            lines.append(line)
        left -= size
    yield lines
