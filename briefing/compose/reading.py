"""How long reading takes, by language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from briefing.compose.candidates import length_in_words
from briefing.model import Telling


@cache
def _table() -> dict[str, dict[str, int]]:
    raw = files(__package__).joinpath("data/reading.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, int]] = yaml.safe_load(raw)
    return table


def minutes(text: str, language: str) -> float:
    """Give the minutes that reading a text takes, at the speeds that Trauzettel-Klosinski and Dietz (2012) measured."""
    base = language.split("-")[0]
    characters = _table()["characters_a_minute"].get(base)
    if characters:
        return sum(map(str.isalnum, text)) / characters
    speeds = _table()["words_a_minute"]
    return length_in_words(text, base) / speeds.get(base, speeds["mean"])


def telling_minutes(telling: Telling) -> float:
    """Give the minutes that a storyline takes as it is told: headline, what is new, sentences and timeline."""
    parts = [(telling.headline, telling.headline_language)]
    told = dict.fromkeys((*telling.new, *telling.sentences))
    if telling.size != "brief":
        told |= dict.fromkeys(milestone.sentence for milestone in telling.milestones)
    parts += [(sentence.text, sentence.language) for sentence in told]
    return sum(minutes(text, language) for text, language in parts)
