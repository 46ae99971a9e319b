"""Articles → developments → storylines, in any language, and why they belong together.

Pure: no input or output but the packaged means and weights, and no clock.
"""

from briefing.grouping.batch import group
from briefing.grouping.features import VERSION, Features, embedding_text, features

__all__ = ["VERSION", "Features", "embedding_text", "features", "group"]
