"""What a denial would say if it were none, so that its meaning can be compared with and without its "not"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.grounding.tables import data


@lru_cache(maxsize=4096)
def affirmed(text: str, language: str) -> str:
    """Give a text without its negations ("did not find", "seçilmedi", "머물지 않겠다"), the same where none is known.

    What is left may be clumsy: it is for comparing in meaning.
    """
    for pattern, instead in _rules(language):
        text = pattern.sub(instead, text)
    return " ".join(text.split())


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (rule.partition(" =>") for rule in data("affirmed").get(language, ()))
    return tuple((re.compile(pattern, re.IGNORECASE), instead.strip()) for pattern, _, instead in pairs)
