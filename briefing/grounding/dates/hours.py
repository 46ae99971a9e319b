"""Times of day told otherwise: in the morning for in the evening, before noon for after eight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from briefing.grounding.dates.days import lowered
from briefing.grounding.evidence import COMPARED, EMBEDDED, Evidence, meaning
from briefing.grounding.stems import overlap
from briefing.grounding.tables import data
from briefing.ports import Embed, Vectors
from briefing.text.language import spaced
from briefing.text.modality import clauses
from briefing.text.numbers import digits
from briefing.text.words import content_words

Hours = frozenset[int]
"""Hours of the day, 0 to 23, in which something may be told to be."""

_SURELY = 0.02  # by how much nearer in meaning what tells another time of day is than what tells the claimed one
_SHARED = 0.05  # what the words that both have add to the nearness, in one language
_TOLD = 0.015  # how much farther than the nearest sentence one may be that tells what a claim tells
_CLOCK = re.compile(
    r"(?<![\d.,:/])([01]?\d|2[0-4])(?:[:.][0-5]\d)?\s?([ap])\.?\s?m(?![a-z])"
    r"|(?<![\d.,:/–-])([01]?\d|2[0-4])(?::[0-5]\d(?!\d)|\s?(?:[时時点點](?!间|間|代|期)|시(?!간)|uhr|น\.)|h(?:[0-5]\d)?(?!\w))"
)
_ZONE = re.compile(
    r"local time|eastern|gmt|utc|greenwich|ortszeit|heure locale|hora local|местному|москов|giờ (?:địa|hà|việt|mỹ)"
    r"|时间\)|当地时间|北京时间|日本時間|現地時間|한국 ?시간|현지 ?시간|ตามเวลา|به وقت|بتوقيت"
    r"|yerel saat|waktu setempat|wib"
)


def misclocked(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> Iterator[str]:
    """Give the times of day of a claim where what tells the same in the cited texts tells another, hours apart.

    Asked with an engine for meaning, clause by clause. A clause that says whose clock it goes by tells nothing.
    """
    if embed is None or next(_said(text, language), None) is None:
        return
    if not any(hours for source in sources for _, hours in _units(source)):
        return
    for start, end in clauses(text, language) or [(0, len(text))]:
        piece = text[start:end]
        said = [] if _ZONE.search(piece.lower()) else list(_said(piece, language))
        near = _near(piece, language, sources, embed) if said else []
        all_said = frozenset().union(*(hours for _, hours in said))
        others = [cosine for cosine, hours in near if hours and not hours & all_said]
        for when, claimed in said:
            same = max((cosine for cosine, hours in near if hours & claimed), default=-1.0)
            other = max(others, default=-1.0)
            if other >= max(near)[0] - _TOLD and other - same > _SURELY:
                yield when


def _near(piece: str, language: str, sources: Sequence[Evidence], embed: Embed) -> list[tuple[float, Hours]]:
    """How near each clause of the texts is to one of a claim, without their times of day, and the hours it tells."""
    words = frozenset(content_words(piece, language))
    vector = meaning(_bare(piece, language), embed)
    near = []
    for source in sources:
        units = _units(source)
        for (unit, hours), cosine in zip(units, _vectors(source, embed) @ vector if units else (), strict=True):
            same = overlap(words, unit, language) if source.language == language else 0.0
            near.append((float(cosine) + _SHARED * same, hours))
    return near


@lru_cache(maxsize=256)
def _units(source: Evidence) -> tuple[tuple[str, Hours], ...]:
    """The clauses of a text's first sentences (`COMPARED`), and the hours of which each tells."""
    found = []
    for line in source.sentences[:COMPARED]:
        for start, end in clauses(line, source.language) or [(0, len(line))]:
            unit = line[start:end]
            hours = frozenset().union(*(one for _, one in _said(unit, source.language)))
            found.append((unit, frozenset() if _ZONE.search(unit.lower()) else hours))
    return tuple(found)


@lru_cache(maxsize=256)
def _vectors(source: Evidence, embed: Embed) -> Vectors:
    return embed([_bare(unit, source.language) for unit, _ in _units(source)])


def _bare(text: str, language: str) -> str:
    """A text without its times of day."""
    for when, _ in _said(text, language):
        text = text.replace(when, " ")
    return " ".join(text.split())[:EMBEDDED] or "-"


def _said(text: str, language: str) -> Iterator[tuple[str, Hours]]:
    """The times of day that a text tells, as it writes them, and the hours that each may be."""
    folded = digits(lowered(text))
    if len(folded) != len(text):
        return
    for hours, pattern in _parts(language):
        for match in pattern.finditer(folded):
            yield text[match.start() : match.end()], hours
    for match in _CLOCK.finditer(folded):
        hour = int(match[1] or match[3])
        if match[2]:
            around = {hour % 12 + (12 if match[2] == "p" else 0)}
        else:
            around = {hour, hour + 12} if hour <= 12 else {hour}
        yield text[match.start() : match.end()], frozenset((one + by) % 24 for one in around for by in (-1, 0, 1))


@cache
def _parts(language: str) -> tuple[tuple[Hours, re.Pattern[str]], ...]:
    edge = r"(?<![^\W_])" if spaced(language) and language not in ("de", "nl", "ko", "he", "ar", "fa") else ""
    rows = []
    for span, listed in data("hours").get(language, {}).items():
        first, last = map(int, span.split("-"))
        rows.append((frozenset(hour % 24 for hour in range(first, last)), re.compile(f"{edge}(?:{listed})")))
    return tuple(rows)
