"""The kinds of value that a configuration holds: each reads what an operator writes, or says what it expects.

Every kind is an ``Annotated`` type for pydantic with its own JSON Schema. A refusal is a ``PydanticCustomError`` of
type ``expected`` whose context holds ``expected`` and, where one is near, ``suggest``; it never repeats the value, as
that may come from a secret.
"""

from __future__ import annotations

import functools
import re
import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from anyascii import anyascii
from babel import Locale
from babel.languages import get_official_languages
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from briefing import cron

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SIZES = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LOCAL_DOMAINS = ("localhost", ".localhost", ".local", ".test", ".lan", ".internal")


def refusal(expected: str, suggest: str = "") -> PydanticCustomError:
    """Give the error that says what was expected and what may have been meant."""
    return PydanticCustomError("expected", "{expected}", {"expected": expected, "suggest": suggest})


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was probably meant, ``""`` when none is near; letter case does not matter."""
    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""


def slug_of(name: str) -> str:
    """Give the stable slug of a name: its ASCII transliteration, lower case, words joined by hyphens; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:60].rstrip("-")


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value) or len(value) > 60:
        raise refusal("small letters, digits and single hyphens, at most 60", slug_of(value))
    return value


@functools.cache
def _zones() -> dict[str, str]:
    names = zoneinfo.available_timezones() - {"localtime", "posixrules", "Factory"}
    cities = {name.rpartition("/")[2]: name for name in sorted(names, reverse=True)}
    return cities | {name: name for name in names}


def _zone(value: str) -> str:
    zones = _zones()
    if zones.get(value) != value:
        near = nearest(value, zones) or nearest(value.rpartition("/")[2], zones)
        raise refusal("an IANA time zone such as Europe/Paris", zones.get(near, ""))
    return value


@functools.cache
def _languages() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").languages) if code.isalpha())


def _language(value: str) -> str:
    primary, *rest = re.split("[-_]", value)
    if not _TAG.fullmatch(value) or primary.lower() not in _languages():
        official = get_official_languages(primary.upper()) if len(primary) == 2 else ()
        named = {str(Locale("en").languages[code]): code for code in _languages()}
        near = named.get(nearest(value, named), "")
        raise refusal("a language code such as en, vi or pt-BR", official[0] if official else near)
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest)
    return "-".join((primary.lower(), *cased))


def _schedule(value: str) -> str:
    try:
        rule = cron.trigger(value, zoneinfo.ZoneInfo("UTC"))
        fires = rule.get_next_fire_time(None, datetime.now(UTC))
    except ValueError as error:
        raise refusal(f'a cron expression such as "30 6 * * *" ({error})') from None
    if fires is None:
        raise refusal("a cron expression that comes at some time; this one never does")
    return value


def _duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    expected = "a duration such as 30m, 1h or 1d (units s m h d w)"
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([smhdw])", value) if isinstance(value, str) else []
    if not parts or re.sub(r"[\d.smhdw\s]", "", str(value)) or not re.fullmatch(r"(?:[\d.]+\s*[smhdw]\s*)+", value):
        unit = f"{value}m" if isinstance(value, int) and not isinstance(value, bool) and value > 0 else ""
        raise refusal(expected, unit)
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    if not 0 < seconds <= 366 * _UNITS["d"]:
        raise refusal("a duration above zero and at most a year")
    return timedelta(seconds=seconds)


def _interval(value: timedelta) -> timedelta:
    if value < timedelta(minutes=1):
        raise refusal("an interval of at least a minute (1m)")
    return value


def _size(value: Any) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?)B?", "" if isinstance(value, bool) else str(value).strip().upper())
    size = int(float(match[1]) * _SIZES[match[2]]) if match else 0
    if not 0 < size <= _SIZES["G"]:
        raise refusal("a size such as 500KB or 10MB, above zero and at most 1GB")
    return size


def _web(value: str) -> str:
    expected = "an http:// or https:// address"
    try:
        parts = urlsplit(value.strip())
        port = parts.port
    except ValueError:
        raise refusal(expected) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or re.search(r"\s", value.strip()):
        bare = not parts.scheme and re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", value.strip())
        raise refusal(expected, f"https://{value.strip()}" if bare else "")
    return value.strip()


def _base(value: str) -> str:
    address = _web(value)
    if urlsplit(address).query or urlsplit(address).fragment:
        raise refusal("an address without ? and #, because paths are added to it")
    return address if address.endswith("/") else address + "/"


def _address(value: str) -> str:
    local, at, domain = value.strip().rpartition("@")
    home = domain.lower().endswith(_LOCAL_DOMAINS)
    try:
        # A mail server at home is a fair place to send to, though its name is nowhere registered.
        validate_email(f"{local}{at}{'example.org' if home else domain}", check_deliverability=False)
    except EmailNotValidError as error:
        raise refusal(f"an e-mail address such as reader@example.org ({str(error).rstrip('.')})") from None
    return f"{local}{at}{domain}"


def _mailbox(value: str) -> str:
    name, address = parseaddr(value)
    if not address or re.search(r"[\r\n]", value):
        raise refusal("a sender such as Morning briefing <news@example.org>")
    _address(address)
    return f"{name} <{address}>" if name else address


def _contact(value: str) -> str:
    if re.search(r"[^\x21-\x7e]|[()]", value):
        raise refusal("a web or e-mail address in plain ASCII")
    return _address(value) if "@" in value and "://" not in value else _web(value)


def _path(value: Any, info: ValidationInfo) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
        raise refusal("a path")
    path = Path(value).expanduser()
    folder = (info.context or {}).get("folder")
    return path if folder is None else Path(folder, path)


def _store(value: str, info: ValidationInfo) -> str:
    expected = "a store such as sqlite:///data/briefing.db or postgresql://user@host/briefing"
    try:
        url = make_url(value)
        backend = url.get_backend_name()
    except ArgumentError:
        raise refusal(
            expected, f"sqlite:///{value}" if re.fullmatch(r"[\w./-]+\.(db|sqlite3?)", value) else ""
        ) from None
    if backend not in {"sqlite", "postgresql"}:
        raise refusal(expected, "postgresql" if backend == "postgres" else "")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        url = url.set(database=str(_path(url.database, info)))
    return url.render_as_string(hide_password=False)


def _text(value: str) -> str:
    if not value.strip() or re.search(r"[\x00-\x1f\x7f]", value.strip()):
        raise refusal("one line of text")
    return value.strip()


def _factory(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]\w*(\.\w+)*:[A-Za-z_]\w*", value):
        raise refusal("a factory such as package.module:Factory")
    return value


Line = Annotated[str, AfterValidator(_text)]
Slug = Annotated[str, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG.pattern}$"})]
Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": f"^{_TAG.pattern}$"})]
Schedule = Annotated[str, AfterValidator(_schedule)]
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": r"^([\d.]+\s*[smhdw]\s*)+$", "examples": ["30m", "1h", "1d"]}),
]
Interval = Annotated[Duration, AfterValidator(_interval)]
Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": ["string", "integer"], "examples": ["10MB"]})]
Web = Annotated[str, AfterValidator(_web), WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"})]
Base = Annotated[
    str, AfterValidator(_base), WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"})
]
Address = Annotated[str, AfterValidator(_address), WithJsonSchema({"type": "string", "format": "email"})]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
Contact = Annotated[str, AfterValidator(_contact)]
Folder = Annotated[Path, BeforeValidator(_path), WithJsonSchema({"type": "string"})]
StoreURL = Annotated[str, AfterValidator(_store)]
Factory = Annotated[str, AfterValidator(_factory)]
