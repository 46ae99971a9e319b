"""The day's work in order: collect, read, group, edit, publish, deliver; the only catcher of StageError."""

from briefing.pipeline.collecting import Checked, check, collect, read, withdraw
from briefing.pipeline.daily import BuildReport, SendReport, build, collect_one, issue, send, skip, understand
from briefing.pipeline.delivering import deliver
from briefing.pipeline.editing import make_edition, propose
from briefing.pipeline.grouping import correct, explain, group
from briefing.pipeline.newsroom import Newsroom, Progress, Publication, Tally
from briefing.pipeline.publishing import edition_files, site_files, write

__all__ = [
    "BuildReport",
    "Checked",
    "Newsroom",
    "Progress",
    "Publication",
    "SendReport",
    "Tally",
    "build",
    "check",
    "collect",
    "collect_one",
    "correct",
    "deliver",
    "edition_files",
    "explain",
    "group",
    "issue",
    "make_edition",
    "propose",
    "read",
    "send",
    "site_files",
    "skip",
    "understand",
    "withdraw",
    "write",
]
