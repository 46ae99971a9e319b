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
    """Give the minutes that a storyline takes as it is told: headline, what is new, sentences and timeline, each once.

    A brief one tells its news alone, and a headline that begins its first sentence is read with it.
    """
    brief = telling.size == "brief"
    sentences = [*(telling.new or telling.sentences)] if brief else [*telling.new, *telling.sentences]
    if not brief:
        sentences += [milestone.sentence for milestone in telling.milestones]
    told = {sentence.text: sentence.language for sentence in sentences}
    if not (brief and next(iter(told), "").startswith(telling.headline.rstrip(" .…"))):
        told = {telling.headline: telling.headline_language} | told
    return sum(minutes(text, language) for text, language in told.items())
