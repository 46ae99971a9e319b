"""Proofs: what was set, read once more before it is sent: mails, messages, pages and the colours of a theme.

Each check takes text or bytes and gives findings; nothing is fetched, and nothing but the argument is looked at.
"""

from briefing.proof.findings import Finding, Hit, Place, Weight, gathered, rules
from briefing.proof.mail import BUDGET, CLIPPED, STYLE_LIMIT, check_mail
from briefing.proof.markup import palette as check_palette
from briefing.proof.message import check_message
from briefing.proof.page import check_page

__all__ = [
    "BUDGET",
    "CLIPPED",
    "STYLE_LIMIT",
    "Finding",
    "Hit",
    "Place",
    "Weight",
    "check_mail",
    "check_message",
    "check_page",
    "check_palette",
    "gathered",
    "rules",
]
