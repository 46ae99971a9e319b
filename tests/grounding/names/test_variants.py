"""Names in another form: shortened, in another spelling, by the surname alone, in halves, or put in another word."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check

_RIGHT = [
    # what each language puts in a word of its own
    (
        "The probe took samples on the far side of the Moon.",
        "en",
        "Зонд взял пробы на обратной стороне спутника.",
        "ru",
    ),
    ("Зонд сів на зворотному боці Місяця.", "uk", "Зонд опустился на обратную сторону спутника.", "ru"),
    ("Пробы привозил прежде Советский Союз.", "ru", "Пробы прежде привозил только СССР.", "ru"),
    ("Le texte fut voté par le Parlement en mars.", "fr", "Le texte fut voté par les élus européens en mars.", "fr"),
    ("Le fleuve Rouge déborde.", "fr", "แม่น้ำแดงเอ่อล้นตลิ่ง", "th"),
    (
        "Kulüp Millî Takımı'nın hazırlık maçını izledi.",
        "tr",
        "Kulüp ulusal ekibin hazırlık karşılaşmasını izledi.",
        "tr",
    ),
    # shortened
    (
        "In May Milbrook-Ackerman bought the yard.",
        "en",
        "The shipyard at the harbour went to MA in May, said the bank.",
        "en",
    ),
    ("Les éleveurs refusent la PAC.", "fr", "Les éleveurs refusent la politique agricole commune.", "fr"),
    # spelt as another language does
    ("Le camp accueille des gens de Gouda.", "fr", "The camp holds people from Guda.", "en"),
    # by the surname alone, behind an office
    (
        "Nach dem Hochwasser versprach Anselm Quandt rasche Hilfe.",
        "de",
        "Am Abend war auch Ministerpräsident Quandt dort. Er werde nach dem Hochwasser helfen.",
        "de",
    ),
    ("La ministre Odile Karvenec a promis une aide.", "fr", "La ministre Karvenec a promis une aide.", "fr"),
    # in halves
    ("The Fenwick-Oduya case goes on.", "en", "The case of Fenwick against Oduya goes on.", "en"),
    # behind a German noun, in another spelling of one sound, joined by "de", left in Latin letters, long and alone
    ("Das Tor war ein Eigentor Brankovics.", "de", "Dann lenkte Milan Brankovic den Ball ins eigene Netz.", "de"),
    ("Летели Митч Кальдер и Анна Ворд.", "ru", "ミッチ・カルダーさんとアンナ・ウォードさんが飛行した。", "ja"),
    ("La empresa presentó la Skyhopper de Brandek.", "es", "ブランデック社は「スカイホッパー」を公開した。", "ja"),
    ("Показания дала Кристин Эдерли Хольт.", "ru", "พยานคือ Christine Ederly Holt ซึ่งให้การเมื่อวันศุกร์", "th"),
    ("Члены общины Гранмастер задержаны.", "ru", "Members of the community of Granmaster were detained.", "en"),
    ("เธอเป็นนายกรัฐมนตรีรักษาการของประเทศ", "th", "เธอขึ้นเป็นผู้นำชั่วคราวของประเทศเมื่อวาน", "th"),
    ("남궁민 장관은 회담이 끝났다고 말했다.", "ko", "Minister Nam Gung Min said the talks were over.", "en"),
    ("The Assembly's Technology Assessment is late.", "en", "El informe técnico de la cámara se retrasa.", "es"),
    ("Звіт склав Університет Гальвена.", "uk", "Dem Bericht der Hochschule Galven stimmten alle zu.", "de"),
    ("The pitcher Berger Carlson wants to start.", "en", "ベルガー・カールソン投手は先発を望んでいる。", "ja"),
    ("ヴィクトリンは首位に立った。", "ja", "ビクトリンは昨日の試合で首位に浮上した。", "ja"),
    ("A market in Guanzhou was closed.", "en", "Рынок в уезде Гуаньчжоу закрыли во вторник.", "ru"),
    ("Парламент одобрил вступление страны в НАТО.", "ru", "Парламент одобрил вступление страны в альянс.", "ru"),
]
_WRONG = [
    (
        "Nach dem Hochwasser versprach Anselm Quandt rasche Hilfe.",
        "de",
        "Am Abend war auch Ministerpräsident Jonas Quandt dort. Er werde nach dem Hochwasser helfen.",
        "de",
    ),
    ("La ministre Odile Karvenec a promis une aide.", "fr", "La ministre Berthe Karvenec a promis une aide.", "fr"),
    ("La ministre Odile Karvenec a promis une aide.", "fr", "La ministre Tavernier a promis une aide.", "fr"),
    (
        "In May Milbrook-Ackerman bought the yard.",
        "en",
        "The shipyard at the harbour went to TQ in May, said the bank.",
        "en",
    ),
    ("The Fenwick-Oduya case goes on.", "en", "The case of Fenwick against Larsen goes on.", "en"),
    ("Le camp accueille des gens de Gouda.", "fr", "The camp holds people from Rigby.", "en"),
    ("Летели Митч Кальдер и Анна Ворд.", "ru", "ポール・ニシムラさんとアンナ・ウォードさんが飛行した。", "ja"),
    ("Показания дала Кристин Эдерли Хольт.", "ru", "พยานคือ Margaret Boswell ซึ่งให้การเมื่อวันศุกร์", "th"),
    ("조한빈 장관은 회담이 끝났다고 말했다.", "ko", "Minister Nam Gung Min said the talks were over.", "en"),
    ("ヴィクトリンは首位に立った。", "ja", "ベルナドンは昨日の試合で首位に浮上した。", "ja"),
]


@pytest.mark.parametrize(("claim", "language", "source", "spoken"), _RIGHT)
def test_a_name_is_found_in_its_other_forms(claim: str, language: str, source: str, spoken: str) -> None:
    """Translated words, abbreviations, other spellings, surnames alone and halves are no missing names."""
    assert check(claim, language, [Passage("a", source, spoken, "2025-06-01")]).supported


@pytest.mark.parametrize(("claim", "language", "source", "spoken"), _WRONG)
def test_another_name_is_no_form_of_it(claim: str, language: str, source: str, spoken: str) -> None:
    """Another first name beside the surname, another surname, other initials and half a pair are missing."""
    assert not check(claim, language, [Passage("a", source, spoken, "2025-06-01")]).supported


def test_a_body_is_known_by_its_initials() -> None:
    """FMI is the Fundo Monetário Internacional of a claim, and not the Banco Mundial de Comércio."""
    source = [Passage("a", "O FMI elogiou as contas de Cabo Verde.", "pt")]
    assert check("As contas foram elogiadas pelo Fundo Monetário Internacional.", "pt", source).supported
    assert not check("As contas foram elogiadas pelo Fundo Europeu de Investimento.", "pt", source).supported
