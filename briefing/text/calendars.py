"""Calendars.

Buddhist, Solar Hijri and Japanese years in the Gregorian one, and the day that an incomplete date means.
"""

from __future__ import annotations

from datetime import date, timedelta

_BUDDHIST = 543  # Thai official years: B.E. = C.E. + 543 (since 1941 the year begins on 1 January)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}


def era_year(era: str, year: int) -> int | None:
    """Give the Gregorian year of a year of a Japanese era or of the Republic of China calendar."""
    return _ERAS[era] + year if era in _ERAS else None


def common_year(written: int, language: str, digits: int) -> int | None:
    """Give the Gregorian year that a written year means, or None where it is no year of our times.

    Thai years from 2400 are Buddhist, and so are Thai years of two digits from 40 (``67`` is 2567, 2024).
    """
    if language == "th":
        if 2400 <= written <= 2700:
            return written - _BUDDHIST
        if digits == 2 and written >= 40:
            return 2500 + written - _BUDDHIST
    if digits == 2:
        return 2000 + written if written < 70 else 1900 + written
    return written if 1500 <= written <= 2150 else None


def gregorian_of_hijri(year: int, month: int, day: int) -> date | None:
    """Give the Gregorian day of a day of the Solar Hijri calendar of Iran, or None where there is no such day.

    Arithmetic of the 33-year cycle, exact for 1178 to 1633 A.P. (Borkowski, "The Persian calendar for 3000 years",
    1996).
    """
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    leap = year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
    if month == 12 and day == 30 and not leap:
        return None
    before = year - 1
    leaps = before // 33 * 8 + sum(1 for rest in (1, 5, 9, 13, 17, 22, 26, 30) if rest <= before % 33)
    ordinal = 365 * before + leaps + (month - 1) * 30 + min(month - 1, 6) + day
    return date.fromordinal(ordinal + _EPOCH)


_EPOCH = date(2024, 3, 20).toordinal() - (365 * 1402 + 1402 // 33 * 8 + 4 + 1)


def day_of(year: int, month: int, day: int) -> date | None:
    """Give the day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(anchor: date, month: int, day: int, weekday: int | None = None) -> date | None:
    """Give the day of this month and day nearest to the anchor.

    One that falls on the weekday (Monday 0), where given.
    """
    days = [found for year in (-1, 0, 1) if (found := day_of(anchor.year + year, month, day))]
    if weekday is not None:
        days = [found for found in days if found.weekday() == weekday]
    return min(days, key=lambda found: abs(found - anchor), default=None)


def weekday_before(anchor: date, weekday: int) -> date:
    """Give the last such weekday up to and with the anchor."""
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def weekday_after(anchor: date, weekday: int) -> date:
    """Give the next such weekday after the anchor."""
    return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)
