"""The packaged tables of this room, read once each."""

from __future__ import annotations

from functools import cache
from typing import Any

from briefing import shipped


@cache
def table(name: str) -> Any:
    """Give ``data/{name}.yaml`` as plain data."""
    return shipped.table(__package__, f"data/{name}.yaml")
