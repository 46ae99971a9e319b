"""Spans of time: one length in any unit and in words, and another told in its place."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.dates.lasting import spans


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "They met for a fortnight.", 14, "day"),
        ("en", "They met for a week.", 1, "week"),
        ("ko", "두 사람은 일주일 머물렀다.", 1, "week"),
        ("ko", "협상은 사흘 동안 이어졌다.", 3, "day"),
        ("ar", "استمرت المحادثات يومين.", 2, "day"),
        ("he", "השיחות נמשכו שבועיים.", 2, "week"),
        ("ja", "会談は三週間続いた。", 3, "week"),
        ("zh", "谈判持续了两个月。", 2, "month"),
        ("fr", "Ils ont négocié neuf jours.", 9, "day"),
        ("vi", "Họ đàm phán năm ngày.", 5, "day"),
        ("de", "Sie verhandelten zwei Tage.", 2, "day"),
    ],
)
def test_spans_in_words(language: str, text: str, value: float, unit: str) -> None:
    """A span of time is read in words, with an article and in one word, in every language."""
    assert [(span.value, span.unit) for span in spans(text, language)] == [(value, unit)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A 63-year-old skipper scored in the 86th minute in 2019."),
        ("ko", "위원회는 14일 15억 달러를 승인했다."),
        ("vi", "Lúc 7 giờ sáng, tàu cập bến."),
        ("zh", "他63岁，2019年当选。"),
    ],
)
def test_no_spans(language: str, text: str) -> None:
    """Ages, days of a month, times of day, years' numbers, ranks and currencies are no spans of time."""
    assert spans(text, language) == ()


PORT = (
    "Cảng mới mở cửa.\n"
    "Cảng bắt đầu hoạt động ba ngày sau khi thị trưởng ký giấy phép. "
    "Việc xây dựng kéo dài hai năm và tốn nhiều tiền. "
    "Các tàu lớn sẽ đến trong thời gian tới."
)


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        (
            "en",
            "The port opened three days after the mayor signed the permit.",
            "The port opened three weeks after the mayor signed the permit.",
        ),
        (
            "ru",
            "Порт открылся через три дня после того, как мэр подписал разрешение.",
            "Порт открылся через три недели после того, как мэр подписал разрешение.",
        ),
        ("ja", "港は市長が許可に署名した三日後に開いた。", "港は市長が許可に署名した三年後に開いた。"),
        (
            "vi",
            "Việc xây dựng cảng kéo dài hai năm và tốn nhiều tiền.",
            "Việc xây dựng cảng kéo dài hai tháng và tốn nhiều tiền.",
        ),
    ],
)
def test_another_unit(language: str, right: str, wrong: str) -> None:
    """A text's figure with another unit of time is refused; with its own it stands."""
    source = [Passage("a", PORT, "vi", "2025-10-02")]
    assert check(right, language, source).supported
    assert {entry.kind for entry in check(wrong, language, source).missing} == {"number"}


@pytest.mark.parametrize("claim", ["The strike lasted a week.", "The strike lasted seven days."])
def test_one_length_in_two_units(claim: str) -> None:
    """A week is seven days, and about eight of them."""
    source = [Passage("a", "La huelga duró siete días. El puerto perdió tres semanas de ingresos.", "es", "2025-10-02")]
    assert check(claim, "en", source).supported


def test_a_span_between_two_dates() -> None:
    """A span that lies between two dates of the texts is told, though no text counts it."""
    told = "The strike began on 3 May after ten weeks of talks. It ended on 5 May. A ship had waited two months."
    source = [Passage("a", told, "en", "2025-06-02")]
    assert check("The strike ended two days later.", "en", source).supported
    assert not check("The strike began after ten days of talks.", "en", source).supported
