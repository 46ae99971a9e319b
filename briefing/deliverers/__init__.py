"""Ways to hand a message over: a mail server, and a folder of .eml files."""

from __future__ import annotations

from briefing.deliverers.outbox import Outbox
from briefing.deliverers.smtp import Smtp

__all__ = ["Outbox", "Smtp"]
