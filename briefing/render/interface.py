"""The interface in one language: its words (gettext catalogues) and CLDR dates, numbers, plurals and lists.

A newsletter has one interface language; content keeps its own. Catalogues are the ``.po`` files in ``i18n``, read at
first use. A language without a catalogue gets the English interface, whole, rather than half of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from icu4py.messageformat import MessageFormat

from briefing.text.language import direction

LANGUAGES = ("en", "vi", "th", "fa", "fr", "de", "es", "ru", "zh", "ja", "ko", "ar")
"""The languages that have a complete catalogue; English is the language of the messages themselves."""

# English dates as most of the world writes them: 8 November, not November 8.
_LOCALES = {"en": "en_001"}
_ARABEXT = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Interface:
    """Words, dates and numbers of one language; ``direction`` is ``ltr`` or ``rtl``."""

    language: str
    direction: str
    locale: Locale
    translations: Translations

    def gettext(self, message: str, /, **values: Any) -> str:
        """Give a message in this language, its ``%(name)s`` filled."""
        text = str(self.translations.ugettext(message))
        return text % values if values else text

    def ngettext(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """Give the form of a message that goes with a number; ``%(n)s`` is the number, formatted."""
        return str(self.translations.ungettext(one, many, n)) % {"n": self.number(n), **values}

    def translated(self, text: str) -> tuple[str, str]:
        """Give a text that comes from data (a stage's name) in this language where the catalogue has it.

        The second value is the language it is in now: this one, or ``en`` where it stayed as it was.
        """
        if self.language == "en":
            return text, "en"
        found = str(self.translations.ugettext(text)) if text else ""
        return (found, self.language) if found and found != text else (text, "en")

    def number(self, value: float) -> str:
        """Give a number with this language's digits and separators."""
        return _number(self.language, value)

    def day(self, day: date) -> str:
        """Give a date in full, with its weekday, in the reader's calendar: ``Friday, 8 November 2024``.

        Thai counts years of the Buddhist era; Persian has months of its own, and the Gregorian date beside them.
        """
        return _day(self.language, day)

    def dateline(self, day: date) -> str:
        """Give the date of an edition briefly, in the reader's calendar: ``8 Nov 2024``."""
        if self.language == "fa":
            return _calendar("fa", "yMMMMd", day)
        return self.short(day.isoformat(), 0)

    def monthday(self, day: date) -> str:
        """Give the day of an edition without its year, in the reader's calendar: ``8 Nov``."""
        return _calendar("fa", "MMMMd", day) if self.language == "fa" else self.short(day.isoformat(), day.year)

    def month(self, day: date) -> str:
        """Give the month of an edition with its year, in the reader's calendar: ``Nov 2024``."""
        return " ".join(_persian_month(day)) if self.language == "fa" else self.short(f"{day:%Y-%m}")

    def span(self, iso: str) -> str:
        """Give a Gregorian year or month (``2024``, ``2024-11``) in the reader's calendar: ``Nov 2024``.

        The months and years of the Persian calendar that it lies in are both named.
        """
        return _persian_span(iso) if self.language == "fa" else self.short(iso)

    def short(self, iso: str, year: int | None = None) -> str:
        """Give an ISO date, as precise as it is (``2024-11-08``, ``2024-11``, ``2024``), briefly: ``8 Nov 2024``.

        The year of a day is left out where it is ``year`` (Gregorian). Months stay Gregorian in Persian too, as in most
        of what its reports on the world say. A text that is no ISO date comes back as it is.
        """
        return _short(self.language, iso[:10], year)

    def language_name(self, language: str) -> str:
        """Give the name of a language in this one: ``Persian``; the code itself where CLDR has no name."""
        return _language_name(self.language, language)

    def listing(self, values: Sequence[str]) -> str:
        """Give a list in words: ``a, b and c``."""
        if self.language == "th" and len(values) > 1:
            # CLDR parts them by spaces, which foreign names hold themselves; the Royal Society writes commas then.
            return f"{', '.join(values[:-1])} และ {values[-1]}"
        return format_list(list(values), "standard", self.locale) if values else ""


@lru_cache(maxsize=512)
def _day(language: str, day: date) -> str:
    locale = interface(language).locale
    if language == "th":
        return _icu("{day, date, full}", "th", day)
    if language == "fa":
        # CLDR's full Persian date is the bare root pattern, year first, which nobody writes.
        weekday, gregorian = (_digits(locale, format_date(day, form, locale)) for form in ("EEEE", "long"))
        return f"{weekday} {_calendar('fa', 'yMMMMd', day)} ({gregorian})"
    return _digits(locale, format_date(day, "full", locale))


@lru_cache(maxsize=8192)
def _calendar(language: str, skeleton: str, day: date) -> str:
    """Give a date in the calendar that CLDR prefers where the language is spoken (supplemental calendarPreference)."""
    return _icu(f"{{day, date, ::{skeleton}}}", language, day)


def _persian_month(day: date) -> tuple[str, str]:
    """Give month and year of a date; together CLDR's pattern would put the year first, which nobody writes."""
    return _calendar("fa", "MMMM", day), _calendar("fa", "y", day)


def _persian_span(iso: str) -> str:
    year, _, month = iso.partition("-")
    begin = _persian_month(date(int(year), int(month or 1), 1))
    end = _persian_month(date(int(year), int(month or 12), 28))
    if not month:
        return f"{begin[1]} – {end[1]}"
    # A year that both months are in is named once.
    return f"{' '.join(begin) if begin[1] != end[1] else begin[0]} – {' '.join(end)}"


def _icu(pattern: str, language: str, day: date) -> str:
    # ICU formats moments, in the machine's zone: noon there is the same day in any other way of knowing that zone.
    return MessageFormat(pattern, language).format({"day": datetime(day.year, day.month, day.day, 12)})  # noqa: DTZ001


# The same few dates and numbers stand all over an edition, and formatting one takes Babel some 50 µs.
@lru_cache(maxsize=4096)
def _short(language: str, iso: str, year: int | None) -> str:
    match = _PARTIAL.match(iso)
    if not match:
        return iso
    y, m, d = (int(part) if part else 0 for part in match.groups())
    try:
        moment = date(y, m or 1, d or 1)
    except ValueError:
        return iso
    locale = interface(language).locale
    # A month keeps its year: alone it would be a stand-alone form, which Babel 2.18 mixes up between locales.
    skeleton = ("yMMMd" if y != year else "MMMd") if d else "yMMM" if m else "y"
    if language == "th":
        return _calendar(language, skeleton, moment)
    return _digits(locale, format_skeleton(skeleton, moment, locale=locale))


@lru_cache(maxsize=4096)
def _number(language: str, value: float) -> str:
    locale = interface(language).locale
    return _digits(locale, format_decimal(value, locale=locale, numbering_system="default"))


@lru_cache(maxsize=4096)
def _language_name(own: str, language: str) -> str:
    names = interface(own).locale.languages
    return str(names.get(language.replace("-", "_")) or names.get(language.split("-")[0]) or language)


def _digits(locale: Locale, text: str) -> str:
    return text.translate(_ARABEXT) if locale.default_numbering_system == "arabext" else text


def interface(language: str) -> Interface:
    """Give the interface in a language (BCP 47); in English where there is no catalogue for it."""
    return _interface(language if language in LANGUAGES else language.split("-")[0])


@cache
def _interface(language: str) -> Interface:
    if language not in LANGUAGES:
        return _interface("en")
    return Interface(language, direction(language), _locale(language), _translations(language))


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_LOCALES.get(language, language))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_001")


def _translations(language: str) -> Translations:
    if language == "en":
        return Translations()
    path = files("briefing.render").joinpath("i18n", f"{language}.po")
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
