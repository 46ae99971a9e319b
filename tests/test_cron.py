from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cron import fire_times, trigger

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = datetime(2026, 11, 21, tzinfo=UTC)


def next_days(expression: str, zone: ZoneInfo = SAIGON, days: int = 7) -> list[str]:
    until = datetime(2026, 11, 21 + days, tzinfo=UTC)
    return [moment.strftime("%a %d %H:%M") for moment in fire_times(expression, zone, SATURDAY, until)]


@pytest.mark.parametrize("weekday", ["0", "7", "sun", "SUN"])
def test_sunday_is_zero_and_seven(weekday: str) -> None:
    """Weekday 0 and 7 both mean Sunday, as in crontab(5), not Monday as in APScheduler."""
    assert next_days(f"30 6 * * {weekday}") == ["Sun 22 06:30"]


def test_ranges_may_wrap_the_week() -> None:
    """`fri-mon` and `5-7` are ranges of days in the order of the week."""
    assert [day[:3] for day in next_days("0 12 * * fri-mon")] == ["Sat", "Sun", "Mon", "Fri"]
    assert [day[:3] for day in next_days("0 12 * * 5-7")] == ["Sat", "Sun", "Fri"]


def test_day_and_weekday_are_joined_by_or() -> None:
    """Where day and weekday are both restricted, either is enough (crontab(5))."""
    assert next_days("0 0 25 * mon", days=6) == ["Mon 23 00:00", "Wed 25 00:00"]


def test_fire_times_exclude_the_start_and_include_the_end() -> None:
    """An edition made at its fire time is not due again at that instant."""
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    tomorrow = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert list(fire_times("0 12 * * *", ZoneInfo("UTC"), noon, tomorrow)) == [tomorrow]


def test_summer_time_keeps_the_wall_clock() -> None:
    """06:30 stays 06:30 in Paris across the change from summer time."""
    paris = ZoneInfo("Europe/Paris")
    found = fire_times("30 6 * * *", paris, datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 27, tzinfo=UTC))
    assert [moment.isoformat()[11:] for moment in found] == ["06:30:00+02:00", "06:30:00+01:00", "06:30:00+01:00"]


@pytest.mark.parametrize("wrong", ["", "* * *", "61 6 * * *", "0 0 * * 8", "0 0 * * mon/0", "0 0 * * x", "0 0 32 * *"])
def test_what_is_not_cron_is_a_value_error(wrong: str) -> None:
    """A wrong expression is refused with words, never with another exception."""
    with pytest.raises(ValueError, match=r".+"):
        trigger(wrong, SAIGON)


@given(st.text(alphabet="0123456789*-,/ sunmotewdhfria", max_size=20))
def test_any_text_is_a_trigger_or_a_value_error(text: str) -> None:
    """No text of the operator's makes anything but a trigger or a ValueError."""
    with contextlib.suppress(ValueError):
        trigger(text, SAIGON)
