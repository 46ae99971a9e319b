"""The command's entry: every known error becomes lines on standard error and an exit code, never a traceback."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from typing import Annotated

import typer

from briefing.cli import checking, contracts, importing, looking, making, searching
from briefing.cli.output import say, speak_utf8, warn
from briefing.errors import BriefingError, ConfigError

log = logging.getLogger(__name__)

COLLECTING = (50_000, 10, 10)
"""New objects after which Python looks for lost cycles (`gc.set_threshold`): looking every 700 took a twentieth of
grouping, and found none."""

app = typer.Typer(
    help="A daily briefing from your own sources: storylines across languages, every sentence cited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"briefing {version('briefing')}")
        raise typer.Exit


@app.callback()
def options(
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, show_default=False, help="Explain; twice explains more.")
    ] = 0,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Say which version this is.")
    ] = False,
) -> None:
    """Set what holds for every command."""
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr, force=True)
    for noisy in ("httpx", "httpcore", "apscheduler", "watchfiles"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING if verbose < 2 else logging.DEBUG))


looking.sources.command("import")(importing.import_sources)
for group in (making.app, checking.app, looking.app, searching.app, contracts.app):
    app.registered_commands.extend(group.registered_commands)
    app.registered_groups.extend(group.registered_groups)


def main() -> None:
    """Run the command line and exit: 0 done, 1 something failed, 2 wrong use, 130 interrupted."""
    speak_utf8()
    gc.set_threshold(*COLLECTING)
    try:
        app()
    except ConfigError as error:
        warn(str(error))
        sys.exit(2)
    except BriefingError as error:
        warn(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # the last resort: whoever reads this did nothing wrong, and gets words all the same
        log.info("unforeseen", exc_info=True)
        kind = type(error).__name__
        warn(f"briefing failed in a way that was not foreseen ({kind}: {error}). briefing -v COMMAND says where.")
        sys.exit(1)
    finally:
        # The work is done or given up: an interrupt from here on would only spoil the exit code.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
