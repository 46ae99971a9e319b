"""The packaged tables of this room, read once each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def data(name: str) -> Any:
    """Give a packaged table by its name."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files(__package__).joinpath(f"data/{name}.yaml").read_bytes(), Loader=loader)  # noqa: S506
