"""The verb of this room: `extract`, an entry's raw text to a readable article and the teasers found on its page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from briefing.errors import ExtractError
from briefing.extract.address import canonical_url, date_in_url, domain, outlet_of
from briefing.extract.body import Regions, divide, paragraphs
from briefing.extract.dating import date_from_text, date_of_teaser, date_on_page
from briefing.extract.images import told_apart
from briefing.extract.injected import find_injected, remove_injected
from briefing.extract.lines import Line, ends_sentence, is_foreign, language_of, read_line
from briefing.extract.markup import Markup, looks_like_html, read_markup
from briefing.extract.origin import Dateline, SourceLine, read_dateline, read_source, site_name
from briefing.extract.phrases import fold
from briefing.extract.raw import is_binary, lines_of
from briefing.extract.related import teasers
from briefing.extract.title import clean_title, find_title, made_title
from briefing.model import Article, Dating, Entry
from briefing.text.cleaning import normalise
from briefing.text.language import detect

_FEW = 6  # short lines that may be an article when nothing else is there
_LEAST = 20  # letters of an article


@dataclass(frozen=True, slots=True)
class Extraction:
    """One entry's article and the articles whose teasers stand on its page (``related_to`` the first)."""

    article: Article
    related: tuple[Article, ...] = ()


def extract(entry: Entry) -> Extraction:
    """Read an entry: the article without what surrounds it, its title, language, date, outlet, credit and address.

    What the source stated (title, date, address, outlet) wins over what the page says. At most `raw.MAX_CHARACTERS`
    characters of text and `markup.MAX_MARKUP` of HTML are read. Raises ExtractError where there is no readable article.
    """
    page = _read(entry)
    lines = _lines(page.text)
    if not lines and not entry.title:
        raise ExtractError(entry.guid, "no readable article: the document is empty")
    language = language_of(lines, entry.language or page.language) if lines else entry.language or "und"
    stated = entry.title or page.heading or page.title
    lines = [replace(line, kind="foreign") if is_foreign(line, language) else line for line in lines]
    regions = divide(lines, language, stated)
    source = read_source((*regions.head, *regions.body, *regions.tail))
    url = canonical_url(entry.url or "") or source.url or canonical_url(page.url or "")
    around = _around(page, language)
    site = entry.outlet or page.outlet or site_name(lines, len(regions.head), url, page.title)
    site = site or (site_name(around, len(around), url, page.title) if around else None)
    title = clean_title(stated, site, url) if stated else find_title(regions, language)
    body = _body(entry, regions, title)
    texts = paragraphs(body, title or "", language) if regions.body else [line.text for line in body]
    if not texts:
        raise ExtractError(entry.guid, _why(lines))
    opening = read_dateline(texts[0], language, "\n".join(texts))
    texts = [opening.rest, *texts[1:]] if opening.rest.strip() else texts[1:] or texts
    made = title is None
    title = title or made_title(texts[0], language)
    text = normalise("\n\n".join(texts)).strip()
    article = Article(
        id=_id(url or f"{title}\n{text}"),
        source=entry.source,
        guid=entry.guid,
        title=normalise(title),
        text=text,
        language=language,
        collected_at=entry.collected_at,
        published=_published(entry, page, (*regions.head, *around), regions, url, texts, language),
        url=url,
        title_made=made,
        categories=entry.categories,
        image=told_apart(entry.image or page.image, title),
        **_origin(entry, site, url, opening, source),
    )
    return Extraction(article, _related(article, regions))


def _read(entry: Entry) -> Markup:
    """Give the entry's text by lines. Raises ExtractError for what is no text at all."""
    body = entry.body
    if is_binary(body):
        raise ExtractError(entry.guid, "no readable article: the document is binary data, not text")
    if entry.media_type == "text/html" or looks_like_html(body):
        return read_markup(body, entry.url)
    return Markup(body)


def _lines(text: str) -> list[Line]:
    raw = lines_of(text)
    spam = find_injected(raw)
    cleaned = [remove_injected(line, spam) for line in raw] if spam else raw
    return [read_line(line) for line in cleaned if line]


def _around(page: Markup, language: str) -> list[Line]:
    """Give what an HTML page holds around its main text: the lines before the first paragraph, and the footer."""
    if not page.around or page.around == page.text:
        return []
    regions = divide(_lines(page.around), language)
    return [*regions.head, *(line for line in regions.tail if line.kind == "legal")]


def _body(entry: Entry, regions: Regions, title: str | None) -> Sequence[Line]:
    """Give the article's lines; where no paragraph was found, the few short lines there are, or the stated title."""
    if regions.body:
        return regions.body
    known = fold(title or "")
    short = [line for line in regions.head if line.kind in ("short", "prose") and line.folded != known]
    sentences = [line for line in short if ends_sentence(line.text)]
    walls = [line for line in regions.head if line.kind in ("consent", "promo", "legal")]
    if entry.title and not walls:
        return short[:_FEW] or [read_line(entry.title)]
    if sentences and len(sentences) * 3 >= len(short) and sum(line.units for line in short) >= _LEAST:
        return short
    return ()


def _why(lines: Sequence[Line]) -> str:
    """Say why a page has no article, for the operator."""
    kinds = [line.kind for line in lines]
    if "consent" in kinds:
        return "no readable article: the page is a consent wall; its text is not there"
    if "promo" in kinds:
        return "no readable article: the page asks to sign in or subscribe; its text is not there"
    if kinds.count("short") > _FEW:
        return f"no readable article: {len(kinds)} short lines and no paragraph, as in a list of links"
    return f"no readable article: {sum(line.units for line in lines)} letters and no sentence of news among them"


def _published(
    entry: Entry,
    page: Markup,
    top: Sequence[Line],
    regions: Regions,
    url: str | None,
    texts: Sequence[str],
    language: str,
) -> Dating | None:
    if entry.published:
        return entry.published
    latest = entry.collected_at.date() + timedelta(days=1)
    stated = _iso(page.published, language, latest)
    if stated:
        return Dating(stated, "page")
    head = [line.text for line in top if line.kind != "prose"]
    inside = [line.text for line in regions.body[:_FEW] if line.kind in ("short", "meta") and line.units <= 40]
    below = [line.text for line in (*regions.body, *regions.tail) if line.kind == "meta"]
    on_page = date_on_page(head, language, latest) or date_on_page([*inside, *below], language, latest)
    in_url = date_in_url(url, latest) if url else None
    if in_url and (not on_page or (on_page == in_url[:10] and len(in_url) > 10)):
        return Dating(in_url, "url")
    if on_page:
        return Dating(on_page, "page")
    return date_from_text(texts, language, latest)


def _iso(stated: str | None, language: str, latest: date) -> str | None:
    """Give a page's stated date as ISO 8601, or None where it is none or absurd."""
    if not stated:
        return None
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return date_on_page([stated], language, latest)
    if moment.year < 1995 or moment.date() > latest:
        return None
    return moment.date().isoformat() if len(stated.strip()) <= 10 else moment.isoformat(timespec="seconds")


def _origin(
    entry: Entry, site: str | None, url: str | None, opening: Dateline, source: SourceLine
) -> dict[str, str | None]:
    """Give the outlet, and the credit where it is another."""
    known = outlet_of(url) if url else None
    outlet = entry.outlet or known or site or opening.outlet or (domain(url) if url else None)
    elsewhere = outlet_of(source.url) if source.url and source.url != url else None
    credit = opening.credit or source.credit or elsewhere
    if credit and outlet and fold(credit) == fold(outlet):
        credit = None
    return {"outlet": outlet, "credit": credit, "credit_date": opening.credit_date if credit else None}


def _related(article: Article, regions: Regions) -> tuple[Article, ...]:
    latest = article.collected_at.date() + timedelta(days=1)
    found: dict[str, Article] = {}
    for teaser in teasers(regions.tail):
        text = normalise(teaser.text)
        language = detect(text, article.language)
        title = normalise(teaser.title or made_title(text, language))
        own = _id(f"{title}\n{text}")
        found[own] = replace(
            article,
            id=own,
            guid=f"{article.guid}#{own}",
            title=title,
            text=text,
            language=language,
            published=date_of_teaser(text, language, article.published, latest),
            url=None,
            credit=None,
            credit_date=None,
            title_made=teaser.title is None,
            related_to=article.id,
            image=None,
        )
    return tuple(found.values())


def _id(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]
