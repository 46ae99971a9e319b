"""How long reading takes, by language."""

from __future__ import annotations

from briefing.compose.candidates import length_in_words
from briefing.compose.tables import table
from briefing.model import Telling


def minutes(text: str, language: str) -> float:
    """Give the minutes that reading a text takes, at the speeds that Trauzettel-Klosinski and Dietz (2012) measured."""
    base = language.split("-")[0]
    speeds: dict[str, int] = table("reading")["words_a_minute"]
    characters: dict[str, int] = table("reading")["characters_a_minute"]
    if base in characters:
        return sum(map(str.isalnum, text)) / characters[base]
    return length_in_words(text, base) / speeds.get(base, speeds["mean"])


def telling_minutes(telling: Telling) -> float:
    """Give the minutes that a storyline takes as it is told: headline, what is new, sentences and timeline."""
    parts = [(telling.headline, telling.headline_language)]
    told = dict.fromkeys((*telling.new, *telling.sentences))
    if telling.size != "brief":
        told |= dict.fromkeys(milestone.sentence for milestone in telling.milestones)
    parts += [(sentence.text, sentence.language) for sentence in told]
    return sum(minutes(text, language) for text, language in parts)
