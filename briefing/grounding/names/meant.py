"""A name that is no name, or that is translated: Centroamérica is Trung Mỹ in Vietnamese, "Californian" of "Calif."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import nlargest

from briefing.grounding.evidence import Evidence, meaning
from briefing.ports import Embed, Vectors
from briefing.text.language import spaced
from briefing.text.towns import towns
from briefing.text.words import words

_SAME, _SAME_WHOLE = 0.875, 0.9
"""The cosine from which a few words of a text mean what a word (several words) of a name does: of names that texts have
in another form or language half are as near to some, of people of whom they say nothing hardly one in fifty. Whole
names of people of one nation are nearer to each other than single ones."""
_SENTENCES = 5  # of a text, the nearest to a claim, in which its names are looked for
_WORDS = 3  # in a row that may be a name
_RUNS = 250  # runs of words of a sentence that are compared


def meant(name: str, text: str, sources: Sequence[Evidence], embed: Embed | None) -> bool:
    """Whether the sentences that are nearest to a claim hold words that mean what a name in it means.

    Asked of names that no source has by letters or by sound. A name is told by its sound, a common word with a capital
    ("Journée", "Immigration Appeals") and what a translation gives in other words by what it means.
    """
    if embed is None or towns(name):  # one town is near to another in meaning
        return False
    parts = name.split()
    rest = [part for part in parts if not any(part.casefold() in source.words for source in sources)]
    wanted = rest if len(rest) < len(parts) else [name]  # one Nguyen is near to another
    lines = [_vectors(line, source.language, embed) for source in sources for line in _nearest(text, source, embed)]
    return all(
        any((line @ meaning(part, embed)).max() >= (_SAME_WHOLE if " " in part else _SAME) for line in lines)
        for part in wanted
    )


def _nearest(text: str, source: Evidence, embed: Embed) -> list[str]:
    near = source.cosines(text, embed)
    return [source.sentences[place] for place in nlargest(_SENTENCES, range(len(near)), key=near.__getitem__)]


@lru_cache(maxsize=256)
def _vectors(line: str, language: str, embed: Embed) -> Vectors:
    return embed(list(dict.fromkeys(_runs(line, language)))[:_RUNS] or ["-"])


def _runs(line: str, language: str) -> Iterator[str]:
    """The words of a sentence, and those that stand together."""
    cut, between = words(line, language), " " if spaced(language) else ""
    for count in range(1, _WORDS + 1):
        for start in range(len(cut) - count + 1):
            yield between.join(cut[start : start + count])
