"""Offices and bodies by what they are, in every language: one told in the place of another is found missing.

Ministries, chambers and heads of state and government are translated, so that their names cannot be looked for; the
table `data/bodies.yaml` says what each language calls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.grounding.evidence import Evidence
from briefing.grounding.tables import data
from briefing.text.language import spaced


@dataclass(frozen=True, slots=True)
class Body:
    """An office or body named, of a kind and of a group of kinds that are not each other."""

    start: int
    end: int
    group: str
    kind: str


def another_body(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the offices and bodies of a claim that no cited text names, where one names another of their group.

    A text that names none of a group may mean any by a person's name, and is not asked.
    """
    claimed = bodies(text, language)
    if not claimed or not all(_patterns(source.language) for source in sources):
        return
    told = {(body.group, body.kind) for source in sources for body in bodies(source.text, source.language)}
    for body in claimed:
        if (body.group, body.kind) not in told and body.group in {group for group, _ in told}:
            yield text[body.start : body.end]


def is_named(written: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a name of a claim is another one of a body that a cited text names: НАТО, Североатлантический союз."""
    kinds = {body.kind for body in bodies(written, language)}
    return bool(kinds) and any(
        body.kind in kinds for source in sources for body in bodies(source.text, source.language)
    )


@lru_cache(maxsize=4096)
def bodies(text: str, language: str) -> tuple[Body, ...]:
    """Give the offices and bodies named in a text, in order."""
    folded = text.lower() if len(text.lower()) == len(text) else text
    found = (
        Body(*match.span(), group, kind)
        for group, kind, pattern in _patterns(language)
        for match in pattern.finditer(folded)
    )
    return tuple(sorted(found, key=lambda body: (body.start, body.end)))


@cache
def _patterns(language: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    glued = "[وفبلك]?(?:ال)?" if language == "ar" else ""
    joined = language in ("ko", "de") or not spaced(language)  # where a word may stand before in one with it
    edge = "" if joined else rf"(?<!\w){glued}"
    return tuple(
        (group, kind, re.compile(f"{edge}(?:{row[language]})"))
        for group, kinds in data("bodies").items()
        for kind, row in kinds.items()
        if language in row
    )
