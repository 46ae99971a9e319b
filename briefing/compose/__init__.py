"""What is told, in which words and how much of it: storylines and what a reader was last sent become an Edition.

Start at `plan` (an edition), `tell` (one storyline), `summarise` (its sentences) and `digest` (the same as plain data).
Pure: no input or output but the packaged tables, no clock; an engine comes as a function.
"""

from briefing.compose.digest import digest
from briefing.compose.edition import plan
from briefing.compose.foreign import foreign, translated, untranslated
from briefing.compose.material import Material, Preferences
from briefing.compose.shorten import shorten
from briefing.compose.summary import Summary, summarise
from briefing.compose.telling import tell

__all__ = [
    "Material",
    "Preferences",
    "Summary",
    "digest",
    "foreign",
    "plan",
    "shorten",
    "summarise",
    "tell",
    "translated",
    "untranslated",
]
