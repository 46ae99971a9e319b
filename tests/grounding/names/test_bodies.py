"""Offices and bodies told in the place of another one."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.names.bodies import bodies
from briefing.grounding.tables import data

SOURCE = {
    "vi": "Thượng viện sẽ bỏ phiếu về luật nghề cá. Bộ trưởng Quốc phòng và thủ tướng có mặt.",
    "ru": "Верхняя палата проголосует по закону о рыболовстве. Присутствовали министр обороны и премьер-министр.",
    "ja": "上院は漁業法を採決する。国防相と首相も出席した。",
    "fa": "سنای کشور درباره قانون ماهیگیری رأی می‌دهد. وزیر دفاع و نخست‌وزیر حضور داشتند.",
}
CLAIMS = {
    "en": (("The {} votes.", "Senate", "State Duma"), ("The {} came.", "defence minister", "foreign minister")),
    "es": (("El {} votará.", "Senado", "Consejo de Seguridad"), ("Vino el {}.", "primer ministro", "presidente")),
    "de": (("Die {} stimmt ab.", "Senatskammer", "Staatsduma"), ("Der {} kam.", "Premier", "Innenminister")),
    "th": (("{}จะลงมติ", "วุฒิสภา", "สภาดูมา"), ("{}มาร่วมงาน", "รัฐมนตรีกลาโหม", "รัฐมนตรีสาธารณสุข")),
}


@pytest.mark.parametrize("spoken", SOURCE)
@pytest.mark.parametrize("language", CLAIMS)
def test_another_body_of_its_group(language: str, spoken: str) -> None:
    """A chamber or ministry that a text does not name is refused where it names another; the named one stands."""
    cited = [Passage("a", SOURCE[spoken], spoken, "2025-06-02")]
    for claim, named, other in CLAIMS[language]:
        assert check(claim.format(named), language, cited).supported
        assert "name" in {one.kind for one in check(claim.format(other), language, cited).missing}


def test_a_text_without_offices_is_not_asked() -> None:
    """Who is told by a name alone may hold any office; an alliance may be called so."""
    assert check("The president spoke.", "en", [Passage("a", "Anke Rohlfs hat am Montag gesprochen.", "de")]).supported
    alliance = [Passage("a", "Закон о присоединении к Североатлантическому альянсу подписан.", "ru")]
    assert check("Закон о вступлении в НАТО подписан.", "ru", alliance).supported


def test_every_row_is_read() -> None:
    """Each alternative of the table is a pattern that finds itself, where the row is plain words."""
    for group, kinds in data("bodies").items():
        for kind, row in kinds.items():
            for language, listed in row.items():
                words = [] if "(" in listed else listed.split("|")
                plain = [word for word in words if word.replace(" ", "").isalpha()]
                assert all((group, kind) in {(b.group, b.kind) for b in bodies(word, language)} for word in plain)


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        ("Decyzję utrzymał Trybunał Konstytucyjny.", "pl", "憲法裁判所は火曜日、選挙委の決定を支持した。", "ja"),
        ("O Ministério das Finanças pagará na terça-feira.", "pt", "Maliye Bakanlığı salı günü ödeyecek.", "tr"),
        (
            "El Gobierno aceptó las visitas de la Cruz Roja.",
            "es",
            "The government accepted visits by the Red Cross.",
            "en",
        ),
    ],
)
def test_what_every_language_calls_in_its_own_words_is_found(
    claim: str, language: str, source: str, spoken: str
) -> None:
    """A constitutional court, a ministry of finance and the Red Cross are no names that must sound alike."""
    assert check(claim, language, [Passage("a", source, spoken)]).supported


def test_another_body_bears_out_none_of_them() -> None:
    """A commission is no constitutional court."""
    source = [Passage("a", "選挙委員会は火曜日、決定を支持した。", "ja")]
    assert not check("Decyzję utrzymał Trybunał Konstytucyjny.", "pl", source).supported
