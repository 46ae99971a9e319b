"""The packaged tables of `briefing.text`, each read once, when first needed."""

from __future__ import annotations

import json
from functools import cache
from typing import Any


@cache
def table(name: str) -> Any:
    """Give the parsed JSON table ``name`` (without ``.json``) of this package."""
    from importlib.resources import files  # slow to import: only when a table is first needed

    return json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
