"""Addresses: a page's canonical URL, whose page it is, and the date that many of them carry."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from anyascii import anyascii

from briefing import shipped
from briefing.extract.phrases import fold

_URL = re.compile(r"https?://[^\s<>\"'“”«»（）|{}\\^`]+", re.IGNORECASE)
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|ref|ref_src|ref_url|referrer|"
    r"cmpid|cmp|ocid|ito|at_\w+|xtor|spm|share|shared|source|smid|smtyp|si|feature|wt_mc|partner|rss|amp|guccounter|"
    r"guce_\w+|__twitter_impression|zarsrc|zanpid|ncid|mkt_tok|_hs\w+|oly_\w+|vero_\w+|traffic_source|trk|sr_share)$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_STAMP = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)\d{0,3})?(?!\d)"
)
_PARTS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](1[0-2]|0?[1-9])[/-](3[01]|[12]\d|0?[1-9])(?!\d)")


def find_url(text: str) -> str | None:
    """Give the first http(s) address in a text, without the punctuation that follows it."""
    found = _URL.search(text)
    if not found:
        return None
    address = found[0].rstrip(".,;:!?…。，；")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1]
    return address


def canonical_url(address: str) -> str | None:
    """Give the address in one form: lower-case host, no fragment, no default port, no tracking parameters, no user.

    None for what is no absolute http(s) address. Parameters that name the page (``?id=12``) stay, in their order.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or "." not in host or re.search(r"[\s<>\"]", host):
        return None
    if port and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(key)]
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._") or "/"
    return urlunsplit((scheme, host, path, urlencode(kept), ""))


def is_front_page(address: str) -> bool:
    """Whether an address names a site and no page of it."""
    parts = urlsplit(address)
    return parts.path.strip("/") == "" and not parts.query


def domain(address: str) -> str:
    """Give the host of an address without ``www.`` and the like: ``dantri.com.vn``."""
    host = (urlsplit(address).hostname or "").lower()
    return re.sub(r"^(?:www\d?|m|mobile|amp|rss|feeds?)\.", "", host)


def outlet_of(address: str) -> str | None:
    """Give the display name of a known outlet by an address's domain, or None."""
    host = domain(address)
    while "." in host:
        if host in _outlets():
            return _outlets()[host]
        host = host.partition(".")[2]
    return None


def known_outlet(name: str) -> str | None:
    """Give the table's spelling of an outlet's name (``dân trí`` → ``Dân Trí``), or None for one not listed."""
    return _by_name().get(fold(name))


def names_domain(name: str, address: str) -> bool:
    """Whether a name spells the first label of a domain: Báo Quốc Tế, baoquocte.vn; by consonants in another script."""
    label = re.sub(r"[^a-z0-9]", "", domain(address).split(".")[0])
    bare = re.sub(r"[^a-z0-9]", "", anyascii(name).lower())
    if len(bare) < 3 or not label:
        return False
    if (
        label == bare
        or (len(label) >= 5 and bare.endswith(label))
        or bare.removeprefix("the") == label.removeprefix("the")
    ):
        return True
    return not name.isascii() and len(_consonants(label)) >= 4 and _consonants(bare) == _consonants(label)


def _consonants(word: str) -> str:
    return re.sub(r"[aeiouyh]", "", word.replace("w", "v"))


def date_in_url(address: str, latest: date) -> str | None:
    """Give the ISO date (or local date and time, where the address carries a stamp to the second) in a URL's path.

    Years before 1995 and days after ``latest`` are no dates.
    """
    path = urlsplit(address).path
    for found in (*_PARTS.finditer(path), *_STAMP.finditer(path)):
        numbers = [int(group) for group in found.groups() if group]
        try:
            moment = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 - a page's own time, zone unknown
        except ValueError:
            continue
        if moment.year >= 1995 and moment.date() <= latest:
            return moment.isoformat() if len(numbers) == 6 else moment.date().isoformat()
    return None


@cache
def _outlets() -> dict[str, str]:
    return {str(key): str(value) for key, value in shipped.table(__package__, "outlets.yaml").items()}


@cache
def _by_name() -> dict[str, str]:
    return {fold(name): name for name in _outlets().values()}
