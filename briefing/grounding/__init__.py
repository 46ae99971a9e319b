"""Whether a sentence, whoever wrote it, is borne out by the texts it cites.

Every number, date, place, name and quotation of it must stand in a cited text, in any language and script; it must
not deny what they tell, nor tell facts of two events as one. Nothing here understands a text: it finds what can be
found, and what it calls supported may still be unfair or beside the point.
"""

from briefing.grounding.check import Missing, Verdict, check
from briefing.grounding.evidence import Passage
from briefing.grounding.verify import verify

__all__ = ["Missing", "Passage", "Verdict", "check", "verify"]
