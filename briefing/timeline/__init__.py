"""Milestones and process stages: what happened when in a storyline, and where it stands.

Pure: no input or output but the packaged processes (read when first needed), and no clock.
"""

from briefing.timeline.milestones import milestones

__all__ = ["milestones"]
