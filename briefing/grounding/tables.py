"""The packaged tables of this room, read once each."""

from __future__ import annotations

from functools import cache
from typing import Any

from briefing import shipped


@cache
def data(name: str) -> Any:
    """Give a packaged table by its name."""
    return shipped.table(__package__, f"data/{name}.yaml")
