"""Reading the dates that feeds and records carry, as precisely as they are given."""

from __future__ import annotations

import re
import time
from calendar import timegm
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from briefing.model import Basis, Dating

_BUDDHIST_ERA = 543  # years ahead of the common era; some Thai publishers write it in pubDate
_EARLIEST = 1970
_ZONE = re.compile(r"(?:GMT|UTC)\s*([+-])(\d{1,2}):?(\d\d)?$")


def dating(raw: str | None, basis: Basis, now: datetime, parsed: time.struct_time | None = None) -> Dating | None:
    """Give the date that a text says, in ISO 8601 or RFC 5322, with the zone and the precision it has.

    ``parsed`` is a reading in UTC to fall back on. None where there is no date, or one that cannot be true: before
    1971, or more than a day after ``now``.
    """
    text = (raw or "").strip()[:100]
    moment = _iso_day(text) or _iso(text) or _rfc(text)
    if moment is None and parsed is not None:
        with suppress(ValueError, OverflowError, TypeError):
            moment = datetime.fromtimestamp(timegm(parsed), UTC)
    if moment is None:
        return None
    if abs(moment.year - _BUDDHIST_ERA - now.year) <= 30:
        with suppress(ValueError):
            moment = moment.replace(year=moment.year - _BUDDHIST_ERA)
    found = Dating(moment.isoformat(), basis)
    try:
        plausible = moment.year > _EARLIEST and found.instant <= now + timedelta(days=1)
    except OverflowError:
        return None
    return found if plausible else None


def _iso_day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-?\d\d-?\d\d[T ]", text):
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(text).replace(microsecond=0)
    return None


def _rfc(text: str) -> datetime | None:
    text = _ZONE.sub(lambda zone: f"{zone[1]}{int(zone[2]):02d}{zone[3] or '00'}", text)
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(text)
    return None
