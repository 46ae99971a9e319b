"""What figures count, in every language of the table."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check

SOURCES = {
    "en": "A blast killed 12 people and injured 40 others near the quay.",
    "vi": "Vụ nổ gần bến cảng làm 12 người thiệt mạng và 40 người bị thương.",
    "th": "เหตุระเบิดใกล้ท่าเรือทำให้มีผู้เสียชีวิต 12 คน และบาดเจ็บ 40 คน",
    "fa": "انفجار نزدیک اسکله ۱۲ کشته و ۴۰ زخمی بر جا گذاشت.",
    "ar": "أسفر الانفجار قرب الرصيف عن مقتل 12 شخصا وإصابة 40 آخرين.",
    "ru": "При взрыве у причала погибли 12 человек, 40 ранены.",
    "es": "La explosión junto al muelle dejó 12 muertos y 40 heridos.",
    "fr": "L'explosion près du quai a fait 12 morts et 40 blessés.",
    "de": "Bei der Explosion am Kai starben 12 Menschen, 40 wurden verletzt.",
    "zh": "码头附近的爆炸造成12人死亡、40人受伤。",
    "ja": "埠頭近くの爆発で12人が死亡し、40人が負傷した。",
    "ko": "부두 인근 폭발로 12명이 숨지고 40명이 다쳤다.",
    "tr": "İskele yakınındaki yangında 12 kişi öldü, 40 kişi yaralandı.",
    "hi": "घाट के पास विस्फोट में 12 लोगों की मौत हुई और 40 घायल हुए।",
    "id": "Ledakan di dekat dermaga menewaskan 12 orang dan melukai 40 orang.",
}


@pytest.mark.parametrize("language", SOURCES)
def test_the_dead_are_not_the_hurt(language: str) -> None:
    """Exchanged figures of dead and hurt are refused, the true ones pass, whatever the languages of both."""
    source = [Passage("a", SOURCES[language], language, "2025-06-01")]
    assert check("The blast near the quay killed 12 people and injured 40.", "en", source).supported
    assert not check("The blast near the quay killed 40 people and injured 12.", "en", source).supported
    english = [Passage("a", SOURCES["en"], "en", "2025-06-01")]
    exchanged = SOURCES[language].replace("12", "#").replace("40", "12").replace("#", "40")
    exchanged = exchanged.replace("۱۲", "#").replace("۴۰", "۱۲").replace("#", "۴۰")
    assert check(SOURCES[language], language, english).supported
    assert not check(exchanged, language, english).supported


def test_votes_are_not_exchanged() -> None:
    """Who abstained is not who was against, though one of the figures stands without a word."""
    source = [Passage("a", "The assembly passed the bill by 394 to 207, with 116 abstentions.", "en", "2025-06-01")]
    right = "L'assemblée a adopté le texte par 394 voix contre 207 et 116 abstentions."
    wrong = "L'assemblée a adopté le texte par 394 voix contre 116 et 207 abstentions."
    assert check(right, "fr", source).supported
    assert not check(wrong, "fr", source).supported
