"""Cron expressions as crontab(5) means them, on APScheduler's triggers.

APScheduler reads the weekday field from Monday = 0 and joins day and weekday with *and*; crontab(5) counts from
Sunday = 0 (7 too) and joins them with *or* where both are restricted. What an operator writes means the latter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

_NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = ("minute", "hour", "day", "month", "day_of_week")


def trigger(expression: str, zone: ZoneInfo) -> BaseTrigger:
    """Give the APScheduler trigger of a five-field cron expression in a time zone.

    Raises ValueError, in words for the operator, when the expression is not one.
    """
    parts = expression.split()
    if len(parts) != len(_FIELDS):
        raise ValueError(
            f"a cron expression has five fields (minute hour day month weekday), this one has {len(parts)}"
        )
    fields: dict[str, Any] = dict(zip(_FIELDS, parts, strict=True))
    fields["day_of_week"] = _weekdays(fields["day_of_week"])
    if fields["day"] == "*" or fields["day_of_week"] == "*":
        return CronTrigger(**fields, timezone=zone)
    return OrTrigger(
        [
            CronTrigger(**(fields | {"day_of_week": "*"}), timezone=zone),
            CronTrigger(**(fields | {"day": "*"}), timezone=zone),
        ]
    )


def fire_times(expression: str, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """Give each instant at which the expression fires, later than ``after`` and not later than ``until``, in order."""
    rule = trigger(expression, zone)
    # One microsecond past `after`, because APScheduler counts an instant that fits as the next one.
    moment = rule.get_next_fire_time(None, after + timedelta(microseconds=1))
    while moment is not None and moment <= until:
        yield moment
        moment = rule.get_next_fire_time(moment, moment + timedelta(microseconds=1))


def _weekdays(field: str) -> str:
    if field == "*":
        return field
    days: set[int] = set()
    for part in field.lower().split(","):
        span, _, step = part.partition("/")
        if step and not (step.isdigit() and int(step)):
            raise ValueError(f"'{part}' in the weekday field: the step must be a positive number")
        first, dash, last = span.partition("-")
        start, end = (
            (0, 6) if span == "*" else (_weekday(first, part), _weekday(last, part) if dash else _weekday(first, part))
        )
        if end < start:
            end += 7
        days.update(day % 7 for day in range(start, end + 1, int(step or 1)))
    return ",".join(_NAMES[day] for day in sorted(days))


def _weekday(word: str, part: str) -> int:
    if word in _NAMES:
        return _NAMES.index(word)
    if word.isdigit() and int(word) <= 7:
        return int(word)
    raise ValueError(f"'{part}' in the weekday field: expected 0-7 (0 and 7 are Sunday) or sun, mon, … sat")
