"""The command's entry: every known error becomes lines on standard error and an exit code, never a traceback."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from briefing.cli import contracts, looking, making
from briefing.cli.output import warn
from briefing.errors import BriefingError, ConfigError

app = typer.Typer(
    help="A daily briefing from your own sources: storylines across languages, every sentence cited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback()
def options(
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="Explain; twice explains more.")] = 0,
) -> None:
    """Set what holds for every command."""
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr, force=True)
    for noisy in ("httpx", "httpcore", "apscheduler", "watchfiles"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING if verbose < 2 else logging.DEBUG))


for group in (making.app, looking.app, contracts.app):
    app.registered_commands.extend(group.registered_commands)
    app.registered_groups.extend(group.registered_groups)


def main() -> None:
    """Run the command line and exit: 0 done, 1 something failed, 2 wrong use, 130 interrupted."""
    try:
        app()
    except ConfigError as error:
        warn(str(error))
        sys.exit(2)
    except BriefingError as error:
        warn(str(error))
        sys.exit(1)
