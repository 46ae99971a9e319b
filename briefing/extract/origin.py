"""Whose report it is: the outlet that the page names, and the one that it took the report from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.address import canonical_url, find_url, is_front_page, known_outlet, names_domain, outlet_of
from briefing.extract.lines import CRUMBS, Line, credited
from briefing.extract.phrases import fold, phrases
from briefing.text.cleaning import fold_spaces
from briefing.text.dates import find_dates

_BRACKET = re.compile(r"^[\[【(（]\s*([^\[\]【】()（）]{3,120}?)\s*[\]】)）]\s*")
_REPORTERS = re.compile(r"^[(（]\s*([^()（）]{3,160}?)\s*[)）]\s*")
_DASH = re.compile(r"^\s*[-–—―:：]+\s*")
_AGENCY = re.compile(r"^([^()（）.!?]{2,60}?)\s*[(（]\s*([^()（）]{2,40}?)\s*[)）]\s*[-–—―]+\s*")
_CITY = re.compile(
    r"^[^\W\d_a-zа-яё][^.!?/]{1,40}?(?:,\s\d{1,2}\s[^\W\d_]{2,10})?\.?\s*(?:[-–—]\s*([^./]{2,30}?)\s*[.:]|/\s?([^/]{2,30}?)\s?/\.?)"
    r"\s*[-–—]?\s*(?=\S)"
)
_HEAD = 60  # lines at the top that may name the site
_INITIALS = re.compile(r"^([A-ZĐ][A-ZĐ.]{1,7})\s*[-–—]\s+(?=[^\W\d_a-z])")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)[\s©]*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)?\s*(?:by\s|bởi\s)?([^.,|©]{3,40})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before the first sentence of a lead: a credit, its date, the outlet's own name; ``rest`` follows."""

    rest: str
    credit: str | None = None
    credit_date: str | None = None
    outlet: str | None = None


def read_dateline(lead: str, language: str, whole: str) -> Dateline:
    """Take the dateline off a lead.

    Its shapes: ``[Outlet, date] (by a reporter)``, ``(Outlet) -``, ``MOSCOW (Agency) -``, ``TTO -``.
    """
    found = _BRACKET.match(lead)
    if found:
        rest = lead[found.end() :]
        dates = [
            mention for mention in find_dates(found[1], language) if mention.year_known and mention.precision == "day"
        ]
        if dates:
            name = (found[1][: dates[0].start] + found[1][dates[0].end :]).strip(" ,;:，、-–—|/")
            return Dateline(_without_reporter(rest, name), _spelled(name), dates[0].iso)
        dash = _DASH.match(rest)
        if dash:
            name = _bare(found[1])
            agency = known_outlet(name)
            return Dateline(rest[dash.end() :], credit=agency, outlet=name)
        if known_outlet(found[1]):
            return Dateline(_without_reporter(rest, found[1]), known_outlet(found[1]))
    city = _AGENCY.match(lead)
    if city and (known_outlet(city[2]) or fold(city[2]) in phrases("photo_agency").phrases):
        return Dateline(lead[city.end() :], credit=known_outlet(city[2]) or city[2])
    slash = _CITY.match(lead)
    name = (slash[1] or slash[2]) if slash else ""
    if slash and (known_outlet(name) or fold(name) in phrases("photo_agency").phrases):
        return Dateline(lead[slash.end() :], credit=known_outlet(name) or name)
    initials = _INITIALS.match(lead)
    if initials and whole.count(initials[1]) == 1:
        return Dateline(lead[initials.end() :])
    return Dateline(lead)


def _without_reporter(rest: str, name: str) -> str:
    """Take off a parenthesis that says who reported."""
    found = _REPORTERS.match(rest)
    if found and (phrases("reporter").hits(fold(found[1])) or (name and fold(name) in fold(found[1]))):
        return rest[found.end() :]
    return rest


def _bare(name: str) -> str:
    """Take a word such as ``newspaper`` off a name."""
    folded = name.strip()
    for word in phrases("newspaper").by_length:
        if fold(folded).startswith(word + " "):
            return folded[len(word) :].strip()
    return folded


def _spelled(name: str) -> str | None:
    return known_outlet(name) or fold_spaces(name) or None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What a page's source lines say: the article's address, or the name of whom it was taken from."""

    url: str | None = None
    credit: str | None = None


def read_source(lines: Sequence[Line]) -> SourceLine:
    """Read ``Source: https://…`` and ``Source: Name`` lines, in any language; a site's front page names an outlet."""
    url, credit = None, None
    for at, line in enumerate(lines):
        rest = phrases("source").label(line.text)
        if rest is None and phrases("source").whole(line.folded) and at + 1 < len(lines):
            rest = lines[at + 1].text if find_url(lines[at + 1].text) else None
        if rest is None:
            rest = credited(line.text) if line.kind == "source" else None
        if not rest:
            continue
        address = find_url(rest)
        clean = canonical_url(address) if address else None
        if clean and not is_front_page(clean):
            url = url or clean
        elif clean:
            credit = credit or outlet_of(clean)
        elif (
            line.kind != "caption"
            and not address
            and "." not in rest
            and len(rest) <= 40
            and not any(map(str.isdigit, rest))
        ):
            credit = credit or _spelled(rest)
    return SourceLine(url, credit)


def site_name(lines: Sequence[Line], first: int, url: str | None, page_title: str | None = None) -> str | None:
    """Give the name of the site as the page writes it, or None.

    A short line before the article is the name where it is a known outlet, spells the page's domain, opens the
    breadcrumbs or stands in the copyright or the date line. Else the copyright's holder, where the domain, another line
    or the title of the HTML page repeats it.
    """
    crumbs = {fold(_opening_crumb(line.text)) for line in lines if line.kind == "crumbs"}
    rights = [line for line in lines if line.kind == "legal"]
    around = [*rights, *(line for line in lines[:first][:_HEAD] if _dated(line))]
    for line in lines[:first][:_HEAD]:
        for name in _names(line):
            if known_outlet(name):
                return known_outlet(name)
            repeated = any(fold(name) in other.folded for other in around if other is not line)
            if (url and names_domain(name, url)) or fold(name) in crumbs or repeated:
                return name
    for line in rights[:_HEAD]:
        found = _RIGHTS.search(line.text)
        name = fold_spaces(re.split(r"\s[-–—]\s", found[1])[0]) if found else ""
        stated = len(name) > 2 and fold(name) in fold(page_title or "")
        if name and (stated or known_outlet(name) or (url and names_domain(name, url)) or _repeated(name, line, lines)):
            return known_outlet(name) or name
    return None


def _dated(line: Line) -> bool:
    return line.kind in ("meta", "source", "byline", "short", "foreign") and sum(map(str.isdigit, line.text)) >= 4


def _opening_crumb(text: str) -> str:
    """Give the first of the breadcrumbs behind ``you are here:``."""
    rest = phrases("here").label(text)
    return CRUMBS.split(text if rest is None else rest)[0]


def _repeated(name: str, line: Line, lines: Sequence[Line]) -> bool:
    return any(other is not line and fold(name) == other.folded for other in lines)


def _names(line: Line) -> list[str]:
    """Give the names that a short line may hold: the line, or its parts around dates and bars, written once."""
    if line.kind not in ("short", "meta", "byline", "foreign") or line.units > 60:
        return []
    parts = re.split(r"\s*[|•·–—]\s*|\s+-\s+|(?<=\D)\d[\d/.:, -]{6,}", line.text)
    names = []
    for part in parts:
        name = part.strip(" ,;:")
        half = len(name) // 2
        if len(name) >= 6 and name[:half].strip() == name[half:].strip():
            name = name[:half].strip()
        if 2 < len(name) <= 40:
            names.append(name)
    return names
