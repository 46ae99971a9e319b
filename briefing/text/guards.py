"""Guards: place names that are common words, too, and what tells the place from the word.

A table (`data/guards.json`) has, by language and name (folded as in `briefing.text.gazetteer.fold`), what must stand
right ``before`` or ``after`` a place (either is enough), and what must ``never`` stand after it. Names glued to a
preposition ("بمالي") need neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.text.data import table
from briefing.text.language import spaced

_REACH = 24  # characters before a name that are read


@dataclass(frozen=True, slots=True)
class _Guard:
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    never: re.Pattern[str] | None


@cache
def _guards(language: str) -> dict[str, _Guard]:
    edge, gap = (r"(?<!\w)", r"\s?") if spaced(language) else ("", "")
    if language == "ko":
        edge = gap = ""  # particles are glued to a name
    made = {}
    for name, row in table("guards").get(language, {}).items():
        before, after, never = (row.get(kind) for kind in ("before", "after", "never"))
        made[name] = _Guard(
            re.compile(rf"{edge}{before}\s?$", re.IGNORECASE) if before else None,
            re.compile(gap + after) if after else None,
            re.compile(gap + never) if never else None,
        )
    return made


def may_be_place(text: str, start: int, end: int, name: str, language: str) -> bool:
    """Whether ``text[start:end]``, folded ``name``, may stand for a place: مالي is "financial" except after "in"."""
    guards = _guards(language)
    guard = guards.get(name)
    if language == "ko" and guards:
        # The mention holds the particles that Korean glues to a name.
        bare = next((known for known in guards if name.startswith(known)), name)
        guard, end = guards.get(bare), start + len(bare)
    if guard is None:
        return True
    if guard.never and guard.never.match(text, end):
        return False
    if guard.before is None and guard.after is None:
        return True
    before = guard.before is not None and guard.before.search(text[max(0, start - _REACH) : start]) is not None
    return before or (guard.after is not None and guard.after.match(text, end) is not None)
