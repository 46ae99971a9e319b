"""Years that a text gives something as its time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.dates import find_dates
from briefing.text.years import find_years


@pytest.mark.parametrize(
    ("language", "text", "years"),
    [
        ("en", "Talks began in 2019 and ended in late 2021; in 2027, the pact expires.", [2019, 2021, 2027]),
        ("en", "Since 2019, in 2019-2020, in May 2020, in 1,900 towns, 2019 votes, in 2500 cases, model 2020", []),
        ("vi", "Đàm phán bắt đầu năm 2019, có 2020 người.", [2019]),
        ("th", "เริ่มเจรจาในปี 2562 และ พ.ศ. 2565", [2019, 2022]),
        ("fa", "مذاکرات سال ۲۰۱۹ آغاز شد", [2019]),
        ("ru", "Переговоры начались в 2019 году, в 1500 городах.", [2019]),
        ("uk", "Переговори почалися у 2019 році.", [2019]),
        ("zh", "谈判始于2019年。2020年5月签署，2018年度报告", [2019]),
        ("ja", "交渉は2019年に始まった。2020年5月に署名。", [2019]),
        ("ko", "협상은 2019년 시작됐다. 2020년 5월 서명.", [2019]),
        ("ar", "بدأت المفاوضات عام ٢٠١٩", [2019]),
        ("he", "השיחות החלו בשנת 2019 וב-2021 נגמרו", [2019, 2021]),
        ("hi", "वार्ता 2019 में शुरू हुई", [2019]),
        ("id", "Perundingan dimulai pada tahun 2019.", [2019]),
        ("tr", "Görüşmeler 2019'da başladı, 2020 yılında bitti.", [2019, 2020]),
        ("es", "Empezó en 2019 y acabó a finales de 2021.", [2019, 2021]),
        ("fr", "Négocié en 2019, conclu fin 2020, en 2 000 lieux.", [2019, 2020]),
        ("de", "Im Jahr 2019 begann es, Ende 2021 war es vorbei, in 2000 Fällen.", [2019, 2021]),
        ("pt", "Começou em 2019.", [2019]),
        ("it", "Cominciò nel 2019.", [2019]),
        ("pl", "Zaczęło się w 2019 roku.", [2019]),
        ("qq", "in 2019", []),
    ],
)
def test_years_in_twenty_languages(language: str, text: str, years: list[int]) -> None:
    """The years said to be when something was, in any calendar and digit; no counts, spans, or parts of dates."""
    months = {(one.start, one.end) for one in find_dates(text, language, date(2024, 1, 1))}
    found = [
        year for start, end, year in find_years(text, language) if not any(a <= start and end <= b for a, b in months)
    ]
    assert found == years


@given(st.text(max_size=300), st.sampled_from(["en", "vi", "th", "zh", "ar", "hi", "tr"]))
def test_whatever_the_text_offsets_are_the_years_own_figures(text: str, language: str) -> None:
    """``text[start:end]`` is four digits of any script."""
    for start, end, _ in find_years(text + " in 2019", language):
        assert (text + " in 2019")[start:end].isdigit()
