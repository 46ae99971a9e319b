"""The `briefing` command: its exit code is 0 done, 1 something failed and is named, 2 wrong use."""

from briefing.cli.main import main

__all__ = ["main"]
