"""The months that a text names by themselves, shortened or with an ending that no date has: Sept., 2017 Eylülünde."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from briefing.grounding.evidence import Evidence
from briefing.text.data import table
from briefing.text.language import spaced


@lru_cache(maxsize=256)
def months_named(source: Evidence) -> frozenset[int]:
    """Give the months, 1 to 12, whose names a text has anywhere, whole, with an ending, or shortened with a dot."""
    pattern, months = _names(source.language)
    return frozenset(months[match[1]] for match in pattern.finditer(source.text)) if pattern else frozenset()


@cache
def _names(language: str) -> tuple[re.Pattern[str] | None, dict[str, int]]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None, {}
    months: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context].get(width, {}).items():
                bare = name.rstrip(".")
                if width == "wide" and len(bare) > _LEAST:
                    months[bare[:-1] if language in _BENDING else bare] = month
                elif width == "abbreviated" and any(map(str.isalpha, bare)):
                    months[f"{bare}."] = month
    months |= {"Sept.": 9}
    if language == "ar":  # what the Levant and the Maghreb call them
        months |= {name: month for name, month in table("months")[language].items() if len(name) > _LEAST}
    months = {name: month for name, month in months.items() if not any(map(str.isdigit, name))}
    if not months:
        return None, {}
    joined = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    front = r"(?<!\w)" if spaced(language) and language not in ("ar", "he") else ""
    return re.compile(f"{front}({joined})"), months


_LEAST = 3  # letters of a month's name: a shorter one is May, and another word
_BENDING = frozenset(("ru", "uk", "pl", "tr", "cs"))
