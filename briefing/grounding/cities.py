"""Cities by their names in every language: CLDR's cities of the time zones, which are capitals and the largest ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from babel import Locale, UnknownLocaleError

from briefing.grounding.evidence import Evidence
from briefing.text.language import spaced

# What says that something happened in a city, right before its name or, in Japanese and Korean, right after it.
# Elsewhere a capital may stand for its government.
_BEFORE = {
    "en": "in|near", "de": "in|bei", "fr": "à", "es": "en", "it": "a", "pt": "em", "vi": "tại|ở", "ru": "в|во",
    "uk": "в|у|во", "id": "di", "pl": "w|we", "th": "ที่|ใน|กรุง", "zh": "在|于|於", "fa": "در", "ar": "في", "nl": "in",
}  # fmt: skip
_AFTER = {"ja": "で", "ko": "에서"}


def elsewhere(start: int, end: int, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a claim says that something happened in a city that no source names, each in its own language's name.

    False where that cannot be told: a city that CLDR has no name of, or one that may stand for its government.
    """
    if not _within(start, end, text, language):
        return False
    zone = _zones(language).get(_bare(text[start:end]))
    return zone is not None and not any(_names(zone, source) for source in sources)


def _within(start: int, end: int, text: str, language: str) -> bool:
    after = _AFTER.get(language)
    if after:
        return text.startswith(after, end)
    before = _BEFORE.get(language)
    if before is None:
        return False
    edge, gap = (r"(?<!\w)", r"\s") if spaced(language) else ("", r"\s?(?:กรุง|นคร)?")
    return re.search(f"{edge}(?:{before}){gap}$", text[max(0, start - 12) : start], re.IGNORECASE) is not None


def _bare(name: str) -> str:
    folded = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in folded if unicodedata.category(char) != "Mn" or "\u0e00" <= char <= "\u0e7f")


@cache
def _cities(language: str) -> dict[str, str]:
    """The name of each zone's city in a language, folded; Latin languages without one of their own use the English."""
    try:
        own = Locale.parse(language).time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        zone: _bare(str(own.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")))
        for zone in map(str, Locale.parse("ja").time_zones)
        if "/" in zone
    }


@cache
def _zones(language: str) -> dict[str, str]:
    return {name: zone for zone, name in _cities(language).items()}


def _names(zone: str, source: Evidence) -> bool:
    name = _cities(source.language).get(zone, "")
    if len(name) < 2 or (not source.latin and name.isascii()):
        return True  # it has no name there, so nothing can be told
    stem = name[:-1] if len(name) > 4 and spaced(source.language) else name
    return stem in _bare(source.text)
