"""Forms of names and figures that say less, or something else, than they seem to."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check


def held(claim: str, language: str, source: str, other: str) -> list[tuple[str, str]]:
    """What is missing of a claim in a source of another language."""
    verdict = check(claim, language, [Passage("a", source, other, "2025-06-10")])
    return [(one.kind, one.value) for one in verdict.missing]


@pytest.mark.parametrize(
    ("language", "claim", "source", "other"),
    [
        ("en", "Kim Jong Un opened the dam.", "Ким Чен Ын открыл плотину.", "ru"),
        ("tr", "Çevre Bakan Yardımcısı Ulrich McKenzie konuştu.", "Ульрих Маккензи выступил с речью.", "ru"),
        ("ko", "방문한 매켄지 장관이 연설했다.", "Minister McKenzie gave a speech.", "en"),
        ("zh", "欧盟批准了该计划。", "The European Commission approved the plan.", "en"),
        ("en", "Pham Van Dong spoke at the harbour.", "ファム・ヴァン・ドン氏が港で演説した。", "ja"),
        (
            "en",
            "The bill passed by 214 votes to 63 with five abstentions.",
            "۲۱۴ رأی موافق، ۶۳ رأی مخالف و پنج رأی ممتنع",
            "fa",
        ),
        ("fr", "Les élus ont voté, laissant l'île seule.", "Members voted, leaving the island as the only one.", "en"),
        ("it", "Il cavo collega una dozzina di Paesi.", "The cable connects 12 countries.", "en"),
        ("en", "Half a dozen guards testified.", "Six guards testified.", "en"),
        ("ja", "ギリシャは1100億ユーロの融資を受ける。", "Greece gets a euro110 billion loan package.", "en"),
    ],
)
def test_a_true_sentence_passes(language: str, claim: str, source: str, other: str) -> None:
    """An office, a clause, an abbreviation's letters or a preposition beside a name or figure is no part of it."""
    assert held(claim, language, source, other) == []


def test_a_vote_that_is_cast_is_a_stance() -> None:
    """Counted votes against say nothing of who is for it; somebody who votes for what others vote against does."""
    source = "Norway's delegates will vote against the fishing plan."
    assert held("挪威代表将对捕鱼计划投反对票。", "zh", source, "en") == []
    assert held("挪威代表将对捕鱼计划投赞成票。", "zh", source, "en")


@pytest.mark.parametrize(
    ("claim", "language", "source", "other"),
    [
        ("Сеул згадав про початок Корейської війни.", "uk", "首尔提到了朝鲜战争的开始。", "zh"),
        ("Lindqvists Familie will klagen.", "de", "リンドクヴィストの家族は訴える意向だ。", "ja"),
        ("Ia kalah di Distrik Kongres itu.", "id", "She lost in that congressional district.", "en"),
        ("इस महीने दोनों देशों के नेता बातचीत के लिए मिले।", "hi", "The leaders of both met for talks this month.", "en"),
    ],
)
def test_what_is_no_name_is_not_asked_for(claim: str, language: str, source: str, other: str) -> None:
    """Adjectives of a country, kin, bodies and nouns behind a title are looked for by no sound."""
    assert held(claim, language, source, other) == []


@pytest.mark.parametrize(
    ("source", "spoken", "right", "wrong"),
    [
        ("O governo japonês aprovou a ponte.", "pt", "Japan approved the bridge.", "Denmark approved the bridge."),
        ("Il governo danese ha approvato il ponte.", "it", "Denmark approved the bridge.", "Cuba approved the bridge."),
        ("Rząd szwedzki zatwierdził most.", "pl", "Sweden approved the bridge.", "Kenya approved the bridge."),
        ("Шведское правительство одобрило мост.", "ru", "Sweden approved the bridge.", "Kenya approved the bridge."),
        ("Данський уряд схвалив міст.", "uk", "Denmark approved the bridge.", "Kenya approved the bridge."),
        ("وافقت الحكومة الإسبانية على الجسر.", "ar", "Spain approved the bridge.", "Norway approved the bridge."),
        ("הממשלה היפנית אישרה את הגשר.", "he", "Japan approved the bridge.", "Norway approved the bridge."),
    ],
)
def test_what_is_of_a_country_bears_it_out(source: str, spoken: str, right: str, wrong: str) -> None:
    """A country is told by an adjective in languages that seldom name it; another one is not."""
    assert held(right, "en", source, spoken) == []
    assert [kind for kind, _ in held(wrong, "en", source, spoken)] == ["place"]
