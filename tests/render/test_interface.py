"""Interface languages: complete catalogues, and CLDR's dates, numbers and plurals."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from briefing.render.interface import LANGUAGES, interface

SCRIPT = Path(__file__).parents[2] / "scripts" / "catalogues.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that keeps the catalogues up to date, as a module."""
    spec = importlib.util.spec_from_file_location("catalogues", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def wanted(script: ModuleType) -> Catalog:
    """Every message that templates, code and processes ask for."""
    return script.messages()


def catalogue(language: str) -> Catalog:
    """Give a language's catalogue as it lies in the package."""
    with files("briefing.render").joinpath("i18n", f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_message_is_translated(language: str, script: ModuleType, wanted: Catalog) -> None:
    """No label of the interface stays English in another language, in any plural form."""
    assert len(wanted) > 90
    assert script.lacking(catalogue(language), wanted) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_translation_is_left_over(language: str, wanted: Catalog) -> None:
    """What no template asks for any more is not carried along."""
    asked = {message.id[0] if isinstance(message.id, tuple) else message.id for message in wanted}
    have = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue(language)}
    assert have - asked == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_placeholders_agree(language: str) -> None:
    """A translation fills the gaps of its message; only a form for none, one or two may leave its number out."""
    for message in catalogue(language):
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        gaps = set(re.findall(r"%\(\w+\)s", message.id[0] if plural else message.id))
        for form in message.string if plural else (message.string,):
            found = set(re.findall(r"%\(\w+\)s", form))
            assert found <= gaps, form
            assert gaps - found <= ({"%(n)s"} if plural and language == "ar" else set()), form
            assert "%" not in re.sub(r"%\(\w+\)s", "", form), form


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_arabic_alone_may_spell_small_numbers(language: str) -> None:
    """Whatever the number, its plural form says it or is one that CLDR keeps for that number alone."""
    words = interface(language)
    for n in (3, 4, 5, 7, 11, 21, 22, 25, 100, 101, 103, 111, 1_000_000):
        said = words.ngettext("%(n)s source", "%(n)s sources", n)
        assert words.number(n) in said, (language, n, said)


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 источник"), (3, "3 источника"), (5, "5 источников"), (21, "21 источник"), (112, "112 источников")],
)
def test_russian_plurals_follow_cldr(n: int, said: str) -> None:
    """Russian has three forms for whole numbers."""
    assert interface("ru").ngettext("%(n)s source", "%(n)s sources", n) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "8 Nov 2024"),
        ("vi", "8 thg 11, 2024"),
        ("th", "8 พ.ย. 2567"),
        ("fa", "۸ نوامبر ۲۰۲۴"),
        ("fr", "8 nov. 2024"),
        ("de", "8. Nov. 2024"),
        ("es", "8 nov 2024"),
        ("ru", "8 нояб. 2024\u202fг."),
        ("zh", "2024年11月8日"),
        ("ja", "2024年11月8日"),
        ("ko", "2024년 11월 8일"),
        ("ar", "8 نوفمبر 2024"),
    ],
)
def test_dates_are_cldrs(language: str, said: str) -> None:
    """A date reads as people of the language write it."""
    assert interface(language).short("2024-11-08", 2025) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "2024年10月"),
        ("ja", "2024年10月"),
        ("ko", "2024년 10월"),
        ("ar", "أكتوبر 2024"),
        ("ru", "окт. 2024\u202fг."),
        ("en", "Oct 2024"),
        ("th", "ต.ค. 2567"),
        ("fa", "اکتبر ۲۰۲۴"),
    ],
)
def test_a_month_is_never_another_languages(language: str, said: str) -> None:
    """Months with their years come out right whichever locales were used before (Babel shares resolved aliases)."""
    for other in LANGUAGES:
        interface(other).short("2024-10", 2024)
    assert interface(language).short("2024-10", 2024) == said


def test_the_year_goes_where_it_is_understood() -> None:
    """A day of the edition's own year is given without it; what is no date comes back as it is."""
    words = interface("en")
    assert words.short("2024-11-08", 2024) == "8 Nov"
    assert words.short("2024-11-08T16:25:15+07:00", 2024) == "8 Nov"
    assert words.short("2024", 2024) == "2024"
    assert words.short("2024-13-40", 2024) == "2024-13-40"
    assert words.short("soon") == "soon"


def test_full_dates_and_numbers_use_native_digits() -> None:
    """Persian digits in Persian, by CLDR's default numbering system."""
    assert interface("fa").day(date(2024, 11, 8)) == "جمعه ۱۸ آبان ۱۴۰۳ (۸ نوامبر ۲۰۲۴)"
    assert interface("fa").number(12_345) == "۱۲٬۳۴۵"
    assert interface("en").day(date(2024, 11, 8)) == "Friday, 8 November 2024"


def test_language_names_and_lists() -> None:
    """Languages have names in every interface, lists their conjunction."""
    assert interface("en").language_name("fa") == "Persian"
    assert interface("vi").language_name("th") == "Tiếng Thái"
    assert interface("en").language_name("pt-BR") == "Brazilian Portuguese"
    assert interface("en").language_name("xx-YY") == "xx-YY"
    assert interface("de").listing(["a", "b", "c"]) == "a, b und c"
    assert interface("de").listing([]) == ""


def test_a_language_without_a_catalogue_gets_english_whole() -> None:
    """Never half of one language and half of another."""
    assert interface("pt-BR").language == "en"
    assert interface("zh-TW").language == "zh"
    assert interface("fa-AF").direction == "rtl"


def test_names_from_data_are_translated_where_known() -> None:
    """A shipped process has its name in the interface's language, a user's own keeps its own."""
    assert interface("vi").translated("Treaty") == ("Hiệp ước", "vi")
    assert interface("vi").translated("Garden show") == ("Garden show", "en")
    assert interface("en").translated("Treaty") == ("Treaty", "en")
    assert interface("vi").translated("") == ("", "en")


def test_an_edition_is_dated_in_its_readers_calendar() -> None:
    """Thai has years of the Buddhist era; Persian its own months, with the Gregorian date beside them."""
    eve, new_year = date(2025, 3, 20), date(2025, 3, 21)
    assert interface("th").day(eve) == "วันพฤหัสบดีที่ 20 มีนาคม พ.ศ. 2568"
    assert interface("th").dateline(eve) == "20 มี.ค. 2568"
    assert interface("th").short("2025") == "พ.ศ. 2568"
    assert interface("th").short("2025-02-30") == "2025-02-30"
    assert interface("fa").day(eve) == "پنجشنبه ۳۰ اسفند ۱۴۰۳ (۲۰ مارس ۲۰۲۵)"
    assert interface("fa").day(new_year) == "جمعه ۱ فروردین ۱۴۰۴ (۲۱ مارس ۲۰۲۵)"
    assert interface("fa").dateline(new_year) == "۱ فروردین ۱۴۰۴"
    assert interface("en").dateline(eve) == "20 Mar 2025"
    assert interface("ar").dateline(eve) == "20 مارس 2025"


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Pago_Pago", "Nowhere/Land"])
def test_a_date_is_the_same_wherever_the_machine_stands(zone: str) -> None:
    """A day is a day: the machine's own time zone does not move it into the next or the one before."""
    asked = (
        "from datetime import date; from briefing.render.interface import interface; "
        "print(interface('fa').dateline(date(2025, 3, 21)), interface('th').day(date(2025, 3, 20)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"TZ": zone, "PYTHONUTF8": "1"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert told.stdout.strip() == "۱ فروردین ۱۴۰۴ วันพฤหัสบดีที่ 20 มีนาคม พ.ศ. 2568"


@pytest.mark.parametrize(
    ("language", "month", "day", "span", "year"),
    [
        ("en", "Nov 2026", "21 Nov", "Nov 2026", "2026"),
        ("th", "พ.ย. 2569", "21 พ.ย.", "พ.ย. 2569", "พ.ศ. 2569"),
        ("fa", "آبان ۱۴۰۵", "۳۰ آبان", "آبان – آذر ۱۴۰۵", "۱۴۰۴ – ۱۴۰۵"),
        ("ja", "2026年11月", "11月21日", "2026年11月", "2026年"),
    ],
)
def test_an_archive_speaks_of_its_readers_calendar(language: str, month: str, day: str, span: str, year: str) -> None:
    """Months, days and the spans of pages are those by which readers count; a Persian month may lie in two years."""
    words, when = interface(language), date(2026, 11, 21)
    assert (words.month(when), words.monthday(when)) == (month, day)
    assert (words.span("2026-11"), words.span("2026")) == (span, year)
    assert interface("fa").span("2026-03") == "اسفند ۱۴۰۴ – فروردین ۱۴۰۵"


def test_a_thai_list_keeps_names_of_several_words_apart() -> None:
    """Spaces alone, as CLDR has them, would run "Bình Nhưỡng" and "Kim Jong-un" together."""
    words = interface("th")
    assert words.listing(["Bình Nhưỡng", "Kim Jong-un", "Putin"]) == "Bình Nhưỡng, Kim Jong-un และ Putin"
    assert (words.listing(["Putin"]), words.listing([])) == ("Putin", "")
