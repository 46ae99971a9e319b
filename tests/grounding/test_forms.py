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
