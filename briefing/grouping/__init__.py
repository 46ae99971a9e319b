"""Articles → developments → storylines, in any language, and why they belong together.

Pure: no input or output but the packaged means and weights, and no clock.
"""

from briefing.grouping.arrivals import Arrival, Changes
from briefing.grouping.batch import group
from briefing.grouping.centring import shipped_centre
from briefing.grouping.features import VERSION, Features, embedding_text, features
from briefing.grouping.grouper import Grouper

__all__ = [
    "VERSION", "Arrival", "Changes", "Features", "Grouper", "embedding_text", "features", "group", "shipped_centre",
]  # fmt: skip
