"""The packaged tables of this room, read once each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is eight times as fast, where it is built in


@cache
def table(name: str) -> Any:
    """Give ``data/{name}.yaml`` as plain data."""
    return yaml.load(files(__package__).joinpath(f"data/{name}.yaml").read_bytes(), Loader=_LOADER)  # noqa: S506
