"""Where the files that come with `briefing` are: templates, seeds, the commented configuration and the rooms' tables.

In a wheel the first three lie inside the package; in a checkout they are the folders at its top.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_shipped" if (_PACKAGE / "_shipped").is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
SEEDS = _ROOT / "seeds"
CONFIG = _ROOT / "config.yaml"

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads YAML as plain data; libyaml's is eight times as fast, where it is built in, and as safe."""


def table(package: str, path: str) -> Any:
    """Give a YAML file of a package as plain data, read anew: whoever asks keeps what is made of it."""
    return yaml.load(files(package).joinpath(path).read_bytes(), Loader=LOADER)  # noqa: S506 - a safe loader
