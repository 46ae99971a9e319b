"""Snapshots made by hand, for the preview's own behaviour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from briefing.pipeline.proofing import Proof, findings
from briefing.web.snapshot import Shown, Snapshot


def snapshot_of(files: Mapping[str, bytes], editions: Sequence[Shown], **changes: Any) -> Snapshot:
    """Give a snapshot of files that are there already, whatever theme is asked for."""

    def proof(path: str, theme: str, shipped: bool) -> Proof:
        used = theme or next(shown.theme for shown in editions if shown.path == path)
        return Proof(f"{path}/", used, files, (), {})

    made: dict[str, Any] = {
        "editions": tuple(editions),
        "made_at": datetime(2026, 11, 21, tzinfo=UTC),
        "proof": proof,
        "findings": lambda path, theme, shipped: findings(proof(path, theme, shipped)),
        "site": lambda: files,
        "themes": (("gazette", False), ("morning", False)),
    }
    return Snapshot(**(made | changes))
