"""Milestones and process stages: what happened when in a storyline, and where it stands.

Pure: no input or output but the packaged processes (read when first needed), and no clock.
"""

from briefing.timeline.loading import Process, load_processes
from briefing.timeline.milestones import milestones
from briefing.timeline.stages import mark, process

__all__ = ["Process", "load_processes", "mark", "milestones", "process"]
