"""Where the files that come with `briefing` are: templates, seeds and the commented configuration.

In a wheel they lie inside the package; in a checkout they are the folders at its top.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_shipped" if (_PACKAGE / "_shipped").is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
SEEDS = _ROOT / "seeds"
CONFIG = _ROOT / "config.yaml"
