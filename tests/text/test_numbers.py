"""Numbers in every digit and notation, with what they count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.numbers import digits, find_numbers

CASES = [
    ("en", "10,000 troops", 10_000, "troops"),
    ("en", "$3.5 billion", 3.5e9, "USD"),
    ("en", "about 2.4 percent", 2.4, "%"),
    ("en", "12% more", 12, "%"),
    ("en", "1.5 million euros", 1.5e6, "EUR"),
    ("en", "3 lakh people", 3e5, "people"),
    ("vi", "khoảng 10.000 binh sĩ", 10_000, "binh"),
    ("vi", "3,5 triệu USD", 3.5e6, "USD"),
    ("vi", "12 nghìn tỷ đồng", 1.2e13, "VND"),
    ("vi", "tăng 7,5%", 7.5, "%"),
    ("th", "๑๒,๐๐๐ คน", 12_000, "คน"),
    ("th", "3.5 ล้านบาท", 3.5e6, "THB"),
    ("fa", "۱۰ هزار سرباز", 10_000, "سرباز"),
    ("fa", "۳٫۵ درصد", 3.5, "%"),
    ("fa", "۱۲٬۰۰۰ نفر", 12_000, "نفر"),
    ("ar", "١٠ آلاف جندي", 10_000, "جندي"),
    ("ru", "10 тыс. военных", 10_000, "военных"),
    ("ru", "3,5 млрд долларов", 3.5e9, "USD"),
    ("ru", "12 000 человек", 12_000, "человек"),
    ("ru", "помощь 649 миллионам человек", 6.49e8, "человек"),
    ("uk", "з 12 тисячами солдатів", 12_000, "солдатів"),
    ("ar", "شمل 20.000 تلميذ", 20_000, "تلميذ"),
    ("uk", "10 тисяч військових", 10_000, "військових"),
    ("zh", "1.2万人", 12_000, "人"),
    ("zh", "3.5亿美元", 3.5e8, "USD"),
    ("ja", "１２万人", 120_000, "人"),
    ("ja", "5億円", 5e8, "JPY"),
    ("ko", "1만 명", 10_000, "명"),
    ("zh", "约210亿美元", 2.1e10, "USD"),
    ("zh", "有5.2万人", 52_000, "人"),
    ("zh", "达1.5万亿元", 1.5e12, "CNY"),
    ("zh", "超过20多万人", 200_000, "人"),
    ("zh", "新增300千瓦", 300, "千瓦"),
    ("ja", "約4万8200人", 48_200, "人"),
    ("ja", "計1万2千人", 12_000, "人"),
    ("ja", "総額1億4千万円", 1.4e8, "JPY"),
    ("ko", "총3억 5천만 달러", 3.5e8, "USD"),
    ("ko", "예산 3조2000억원", 3.2e12, "KRW"),
    ("ko", "약 4만 8,200명", 48_200, "명"),
    ("ko", "헌법 제5조", 5, "조"),
    ("th", "ราว3,000คน", 3_000, "คน"),
    ("hi", "५ लाख लोग", 5e5, "लोग"),
    ("hi", "3 करोड़ रुपये", 3e7, "INR"),
    ("id", "10 ribu tentara", 10_000, "tentara"),
    ("tr", "10 bin asker", 10_000, "asker"),
    ("es", "10.000 soldados", 10_000, "soldados"),
    ("fr", "10 000 soldats", 10_000, "soldats"),
    ("de", "3,5 Mio. Euro", 3.5e6, "EUR"),
    ("pt", "3,5 milhões de pessoas", 3.5e6, "de"),
    ("it", "10mila soldati", 10_000, "soldati"),
    ("pl", "10 tys. żołnierzy", 10_000, "żołnierzy"),
    ("he", "10 אלף חיילים", 10_000, "חיילים"),
]


@pytest.mark.parametrize(("language", "text", "value", "unit"), CASES)
def test_figures_with_their_units(language: str, text: str, value: float, unit: str) -> None:
    """Marks of thousands and decimals follow the language; multiplier words count; money and percent are units."""
    (found,) = find_numbers(text, language)
    assert found.value == pytest.approx(value)
    if unit != "de":
        assert found.unit == unit


def test_the_same_figure_means_its_language() -> None:
    """10.000 is ten thousand in Vietnamese and ten in English; 1,500 the other way round."""
    values = {
        (language, text): find_numbers(text, language)[0].value
        for language in ("en", "vi")
        for text in ("10.000", "1,500")
    }
    assert values == {("en", "10.000"): 10, ("vi", "10.000"): 10_000, ("en", "1,500"): 1_500, ("vi", "1,500"): 1.5}


@pytest.mark.parametrize("text", ["19/6/2024", "10:30", "1.2.3.4", "A320", "F-16", "x", "2024-06-19"])
def test_no_figure_inside_dates_times_and_codes(text: str) -> None:
    """Parts of dates, times, versions and type names are no figures."""
    assert find_numbers(text, "en") == ()


def test_steps_end_where_the_next_number_begins() -> None:
    """A year after a number in ten thousands is no part of it, nor is a larger step after a smaller one."""
    assert [found.value for found in find_numbers("5만 2024년 행사", "ko")] == [50_000, 2024]
    assert [found.value for found in find_numbers("3万人5亿元", "zh")] == [30_000, 5e8]


@given(st.text())
def test_digits_keep_every_offset(text: str) -> None:
    """Folding digits never moves a letter, and twice is once."""
    folded = digits(text)
    assert len(folded) == len(text)
    assert digits(folded) == folded


@given(
    st.text(alphabet="0123456789.,٫٬ ۵६๗%$€ nghìn million万億千천만억多тыс"),
    st.sampled_from(["en", "vi", "th", "fa", "ru", "zh", "ja", "ko", "hi", "xx"]),
)
def test_spans_are_valid(text: str, language: str) -> None:
    """Spans lie in the text, in order, and values are finite and not negative."""
    end = 0
    for mention in find_numbers(text, language):
        assert end <= mention.start < mention.end <= len(text)
        assert 0 <= mention.value < float("inf")
        end = mention.end


def test_turkish_hangs_its_ending_on_a_multiplier() -> None:
    """180 milyonluk is 180 million."""
    assert [number.value for number in find_numbers("180 milyonluk yatırımı dondurdu", "tr")] == [180e6]
