"""Dates of every language, calendar and digit, and what is no date."""

# ruff: noqa: E501  (a sample sentence is easier to read on one line)

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.calendars import gregorian_of_hijri
from briefing.text.dates import find_dates

ANCHOR = date(2024, 11, 7)  # a Thursday

STATED = [
    ("en", "Signed on October 24, 2024 in the capital.", ["2024-10-24"]),
    ("en", "Signed on 24th October 2024, or Oct. 24, 2024.", ["2024-10-24", "2024-10-24"]),
    ("en", "Dated 2024-10-24.", ["2024-10-24"]),
    ("en", "In June 2024 it rained.", ["2024-06"]),
    ("vi", "Ký ngày 19/6/2024, hiệu lực từ ngày 4 tháng 12 năm 2024.", ["2024-06-19", "2024-12-04"]),
    ("vi", "Trong tháng 6/2024 và tháng 7 năm 2024.", ["2024-06", "2024-07"]),
    ("th", "เมื่อวันที่ 24 ตุลาคม 2567 และ 6 พ.ย. 67", ["2024-10-24", "2024-11-06"]),
    ("th", "วันที่ ๑๙ มิถุนายน พ.ศ. ๒๕๖๗", ["2024-06-19"]),
    ("fa", "در تاریخ ۱۷ آبان ۱۴۰۳ و ۱۹ ژوئن ۲۰۲۴", ["2024-11-07", "2024-06-19"]),
    ("ar", "في 24 أكتوبر 2024 و ١٩ حزيران ٢٠٢٤", ["2024-10-24", "2024-06-19"]),
    ("ru", "24 октября 2024 года и 19.06.2024", ["2024-10-24", "2024-06-19"]),
    ("uk", "24 жовтня 2024 року", ["2024-10-24"]),
    ("zh", "2024年10月24日，令人关注", ["2024-10-24"]),
    ("ja", "令和6年10月24日、2024年6月19日", ["2024-10-24", "2024-06-19"]),
    ("ko", "2024년 10월 24일", ["2024-10-24"]),
    ("he", "ב-24 באוקטובר 2024", ["2024-10-24"]),
    ("hi", "24 अक्टूबर 2024 को", ["2024-10-24"]),
    ("id", "Rabu (6/11/2024) dan 24 Oktober 2024", ["2024-11-06", "2024-10-24"]),
    ("tr", "24 Ekim 2024 tarihinde", ["2024-10-24"]),
    ("es", "el 24 de octubre de 2024", ["2024-10-24"]),
    ("fr", "le 24 octobre 2024 et le 1er janvier 2025", ["2024-10-24", "2025-01-01"]),
    ("de", "am 24. Oktober 2024 und am 19.6.2024", ["2024-10-24", "2024-06-19"]),
    ("pt", "em 24 de outubro de 2024", ["2024-10-24"]),
    ("it", "il 24 ottobre 2024", ["2024-10-24"]),
    ("pl", "24 października 2024 r.", ["2024-10-24"]),
]  # fmt: skip

OPEN = [
    ("vi", "Sáng 6/11 họ sẽ bỏ phiếu.", "2024-11-06", 6),
    ("vi", "Hiệp ước ký hồi tháng 6.", "2024-06", None),
    ("th", "เมื่อวันที่ 24 ตุลาคม สภาลงมติ", "2024-10-24", 24),
    ("fa", "روز ۷ نوامبر", "2024-11-07", 7),
    ("ru", "24 октября депутаты проголосовали", "2024-10-24", 24),
    ("zh", "10月24日下午", "2024-10-24", 24),
    ("en", "It opens on January 5.", "2025-01-05", 5),
    ("de", "am 24.10. sagte er", "2024-10-24", 24),
    ("en", "They met in June.", "2024-06", None),
    ("ru", "Договор подписали в июне.", "2024-06", None),
    ("fr", "signé en juin dernier", "2024-06", None),
]

RELATIVE = [
    ("en", "He left yesterday.", "2024-11-06"),
    ("en", "He left on Tuesday.", "2024-11-05"),
    ("en", "They will vote on Tuesday.", "2024-11-12"),
    ("en", "They voted last Thursday.", "2024-10-31"),
    ("vi", "Hôm qua ông đến.", "2024-11-06"),
    ("vi", "Họ sẽ họp vào thứ Hai.", "2024-11-11"),
    ("th", "เมื่อวานนี้ เขาเดินทางถึง", "2024-11-06"),
    ("th", "วันพุธที่ผ่านมา เขาเดินทางถึง", "2024-11-06"),
    ("fa", "دیروز وارد شد.", "2024-11-06"),
    ("ar", "وصل أمس إلى العاصمة", "2024-11-06"),
    ("ru", "Вчера он приехал.", "2024-11-06"),
    ("ru", "Он приехал в среду.", "2024-11-06"),
    ("uk", "Він приїхав у середу.", "2024-11-06"),
    ("fr", "Il est arrivé hier.", "2024-11-06"),
    ("es", "Llegó ayer.", "2024-11-06"),
    ("de", "Er kam gestern an.", "2024-11-06"),
    ("tr", "Dün geldi.", "2024-11-06"),
    ("id", "Ia tiba kemarin.", "2024-11-06"),
    ("pl", "Przyjechał w środę.", "2024-11-06"),
    ("zh", "他昨天抵达", "2024-11-06"),
    ("ja", "昨日到着した", "2024-11-06"),
    ("ko", "그는 어제 도착했다", "2024-11-06"),
    ("he", "הוא הגיע אתמול", "2024-11-06"),
]

NONE = [
    ("en", "They won 2-1 and play 24/7."),
    ("en", "On 10/11/2024 it rained."),
    ("en", "He may 5 times march 3 miles."),
    ("vi", "Tỷ số 2-1, mở cửa 24/7, tăng 3,5%."),
    ("en", "Version 1.2.3, ratio 1/2, page 3-4-5."),
    ("vi", "Khoảng 10.000 người, đường số 5."),
    ("th", "ชนะ 2-1 ราคา 10.50 บาท"),
    ("de", "Er kam um 10.30 Uhr, das sind 3.5 Prozent."),
    ("en", "30 February 2024 is no day, nor is 2024-13-01."),
    ("fa", "نسبت ۲-۱ و ۲۴/۷"),
]


@pytest.mark.parametrize(("language", "text", "wanted"), STATED)
def test_dates_with_their_year(language: str, text: str, wanted: list[str]) -> None:
    """A date that states its year needs no anchor, in any calendar and digits."""
    found = find_dates(text, language)
    assert [mention.iso for mention in found] == wanted
    assert all(mention.year_known for mention in found)


@pytest.mark.parametrize(("language", "text", "iso", "day"), OPEN)
def test_dates_without_a_year(language: str, text: str, iso: str, day: int | None) -> None:
    """Without a year a date is open; with an anchor it is the nearest, and says that its year was not stated."""
    (bare,) = find_dates(text, language)
    assert (bare.iso, bare.day, bare.month, bare.year_known) == (None, day, int(iso[5:7]), False)
    (resolved,) = find_dates(text, language, ANCHOR)
    assert (resolved.iso, resolved.year_known) == (iso, False)
    assert resolved.precision == ("day" if day else "month")


@pytest.mark.parametrize(("language", "text", "iso"), RELATIVE)
def test_relative_days(language: str, text: str, iso: str) -> None:
    """Yesterday and weekdays are resolved against the anchor, with it only; signs of the future turn a weekday round."""
    assert find_dates(text, language) == ()
    (found,) = find_dates(text, language, ANCHOR)
    assert (found.iso, found.relative, found.year_known) == (iso, True, False)


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_is_no_date(language: str, text: str) -> None:
    """Scores, ratios, ambiguous orders, versions, decimals, times and impossible days are left out."""
    assert find_dates(text, language, ANCHOR) == ()


def test_a_weekday_decides_the_year() -> None:
    """19 June was a Wednesday in 2024: "thứ Tư (19/6)" read in January 2025 means the last one, not the nearest number."""
    (found,) = find_dates("Họ gặp nhau thứ Tư (19/6).", "vi", date(2025, 1, 3))
    assert found.iso == "2024-06-19"
    (other,) = find_dates("They met on Wednesday, June 19.", "en", date(2025, 3, 1))
    assert other.iso == "2024-06-19"


def test_the_order_of_an_english_date_by_evidence() -> None:
    """12/25/2024 shows that a text writes the month first, and so 3/4/2024 in it is 4 March."""
    found = find_dates("From 3/4/2024 to 12/25/2024.", "en")
    assert [mention.iso for mention in found] == ["2024-03-04", "2024-12-25"]


def test_solar_hijri_days() -> None:
    """Known days of the Iranian calendar: New Year's days, leap days, the revolution; impossible ones give nothing."""
    known = {(1403, 1, 1): "2024-03-20", (1403, 12, 30): "2025-03-20", (1404, 1, 1): "2025-03-21", (1399, 12, 30): "2021-03-20",
             (1357, 11, 22): "1979-02-11", (1403, 8, 17): "2024-11-07", (1400, 1, 1): "2021-03-21"}  # fmt: skip
    for day, iso in known.items():
        found = gregorian_of_hijri(*day)
        assert found is not None
        assert found.isoformat() == iso
    assert gregorian_of_hijri(1402, 12, 30) is None
    assert gregorian_of_hijri(1402, 13, 1) is None


@given(st.integers(1300, 1500), st.integers(0, 364))
def test_solar_hijri_days_follow_each_other(year: int, offset: int) -> None:
    """Every day of a Solar Hijri year comes right after the one before."""
    month, day = (
        (offset // 31 + 1, offset % 31 + 1) if offset < 186 else ((offset - 186) // 30 + 7, (offset - 186) % 30 + 1)
    )
    first, found = gregorian_of_hijri(year, 1, 1), gregorian_of_hijri(year, month, day)
    assert first is not None
    if found is not None:
        assert found == first + timedelta(days=offset)
    else:
        assert (month, day) == (12, 30)


LANGUAGES = [
    "en",
    "vi",
    "th",
    "fa",
    "ar",
    "ru",
    "zh",
    "ja",
    "ko",
    "he",
    "hi",
    "id",
    "tr",
    "es",
    "fr",
    "de",
    "pt",
    "it",
    "pl",
    "ur",
    "nl",
    "xx",
]


@given(
    st.text(alphabet=st.one_of(st.sampled_from("0123456789/.-: ٣۶๒年月日ngàytháng ตุลาคมOctoberمه"), st.characters())),
    st.sampled_from(LANGUAGES),
    st.dates(date(1970, 1, 1), date(2099, 12, 31)),
)
def test_offsets_and_days_are_valid(text: str, language: str, anchor: date) -> None:
    """Whatever the text: spans lie in it in order without overlap, and every ISO date is a real one."""
    end = 0
    for mention in find_dates(text, language, anchor):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert mention.iso is not None
        assert (
            date.fromisoformat(mention.iso if mention.precision == "day" else f"{mention.iso}-01").month
            == mention.month
        )


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("en", "She left on 5 August last year.", "2023-08-05"),
        ("th", "เธออยู่ที่นั่นตั้งแต่วันที่ 5 สิงหาคมปีที่แล้ว", "2023-08-05"),
        ("de", "Sie ging am 5. August des vergangenen Jahres.", "2023-08-05"),
        ("es", "Se fue el 5 de agosto del año pasado.", "2023-08-05"),
    ],
)
def test_last_year_behind_a_day_decides_on_its_year(language: str, text: str, iso: str) -> None:
    """ "5 August last year" is not the nearest 5 August."""
    assert [mention.iso for mention in find_dates(text, language, date(2024, 11, 29))] == [iso]


def test_the_long_abbreviation_of_september_is_read() -> None:
    """News agencies write "Sept." for September."""
    found = find_dates("It was signed on Sept. 11, 2030; talks go on until Sept 14.", "en", date(2031, 9, 10))
    assert [one.iso for one in found] == ["2030-09-11", "2031-09-14"]


def test_an_indonesian_week_is_no_sunday() -> None:
    """ "dua minggu" is two weeks; "Minggu" and "hari minggu" are Sunday."""
    text = "Setelah dua minggu mogok, kapal berangkat Minggu pagi dan tiba hari minggu sore."
    found = find_dates(text, "id", date(2031, 9, 10))
    assert [(text[one.start : one.end], one.iso) for one in found] == [
        ("Minggu", "2031-09-07"),
        ("minggu", "2031-09-07"),
    ]


def test_a_vietnamese_ordinal_is_no_weekday() -> None:
    """ "lần thứ hai" is "the second time"; "thứ Hai" and "hôm thứ hai" are Monday."""
    found = find_dates("Lần thứ hai trong năm, quý thứ tư. Ông đến hôm thứ hai.", "vi", date(2024, 11, 29))
    assert [mention.iso for mention in found] == ["2024-11-25"]


def test_this_saturday_in_thai_is_the_coming_one() -> None:
    """ "วันเสาร์นี้" lies ahead, "เมื่อวันเสาร์" lies behind."""
    found = find_dates("พิธีในวันเสาร์นี้ หลังประชุมเมื่อวันเสาร์", "th", date(2024, 11, 29))
    assert [mention.iso for mention in found] == ["2024-11-30", "2024-11-23"]


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("fa", "در تاریخ ۱۴۰۳/۰۸/۱۸ امضا شد", "2024-11-08"),
        ("fa", "۱۸/۰۸/۱۴۰۳", "2024-11-08"),
        ("fa", "۱۴۰۳-۱-۱", "2024-03-20"),
        ("vi", "Kinh Tế24/10/2024", "2024-10-24"),
        ("vi", "24/10/2024Theo báo", "2024-10-24"),
        ("th", "วันที่24/10/2567", "2024-10-24"),
        ("zh", "签于2024-10-24", "2024-10-24"),
    ],
)
def test_figures_of_the_persian_calendar_and_glued_ones(language: str, text: str, iso: str) -> None:
    """A Solar Hijri date in figures is read in its calendar; a whole date counts though a letter is glued to it."""
    assert [mention.iso for mention in find_dates(text, language, None)] == [iso]


@pytest.mark.parametrize(
    ("language", "text"), [("fa", "۱۴۰۳/۱۳/۰۱"), ("fa", "نسبت ۱۴۰۳/۵ است"), ("en", "06/11/2024"), ("en", "a1/2/24")]
)
def test_what_may_be_two_days_is_left_out(language: str, text: str) -> None:
    """No such month, no day, or a day that English reads two ways: omitted rather than guessed."""
    assert find_dates(text, language, None) == ()


def test_a_persian_weekday_may_be_joined_parted_or_whole() -> None:
    """پنج‌شنبه is Thursday with a zero-width joint, with a space and without, and Saturday stands alone."""
    for written, day in (
        ("پنج\u200cشنبه", 20),
        ("پنج شنبه", 20),
        ("پنجشنبه", 20),
        ("چهار\u200cشنبه", 19),
        ("شنبه", 15),
    ):
        found = find_dates(f"محموله را {written} بارگیری کرد.", "fa", date(2024, 6, 20))
        assert [mention.iso for mention in found] == [f"2024-06-{day}"], written
