"""Commands that make and deliver editions: init, build, preview, run, send."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.output import progress, say, show, warn
from briefing.errors import ConfigError, RenderError

app = typer.Typer()

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="The configuration file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Clock = Annotated[
    datetime | None,
    typer.Option(
        "--now",
        help="The clock to use: a day or an instant in ISO 8601, UTC unless it has a zone.",
        metavar="INSTANT",
        formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
    ),
]
CONFIG = Path("config.yaml")
_YEARS = range(1970, 9000)


def moment(now: datetime | None) -> datetime:
    """Give the clock of a run: the one asked for, or the present, in UTC. Raises ConfigError."""
    if now is None:
        return datetime.now(UTC).replace(microsecond=0)
    if now.year not in _YEARS:
        raise ConfigError(f"--now: expected a year from {_YEARS[0]} to {_YEARS[-1]}, found {now.year}")
    return now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)


@app.command()
def init(
    file: ConfigFile = CONFIG,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a commented config.yaml to start from."""
    from briefing import shipped

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb" if force else "xb") as out:
            out.write(shipped.CONFIG.read_bytes())
    except OSError as error:
        if isinstance(error, FileExistsError) and Path(error.filename) == file:
            raise ConfigError(f"{file} is there already; nothing was changed. Give --force to replace it.") from error
        raise ConfigError(f"{file} cannot be written: {error.strerror}") from error
    say(f"Wrote {file}. Edit it, then: briefing build")


@app.command()
def build(file: ConfigFile = CONFIG, now: Clock = None, as_json: AsJson = False) -> None:
    """Collect, group, summarise and render: the main job."""
    from briefing.app import newsroom
    from briefing.cli.reports import built, built_json
    from briefing.config import load
    from briefing.pipeline import build as make

    config = load(file, os.environ)
    with progress() as moved, newsroom(config, moved) as room:
        report = asyncio.run(make(room, moment(now)))
    if as_json:
        show(built_json(report, config))
    else:
        for line in built(report, config):
            say(line)
    if report.failed:
        raise typer.Exit(1)


@app.command()
def preview(
    file: ConfigFile = CONFIG,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
) -> None:
    """Show the newest editions in a browser.

    As mail, text and pages, in any theme, with what the checks find; it reloads as templates, themes, the configuration
    or documents of a corpus are saved, and as an edition is made.
    """
    from briefing.web.live import Live
    from briefing.web.preview import preview as application
    from briefing.web.server import serve

    live = Live(file)
    serve(
        application(live.look, live.watched),
        host,
        port,
        say=lambda address: say(f"Preview at {address}preview/ (Ctrl-C ends it)"),
        open_browser="preview/" if open_browser else None,
    )


@app.command()
def run(
    file: ConfigFile = CONFIG,
    host: Annotated[str, typer.Option(help="Address the pages and feeds are served on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port the pages and feeds are served on.")] = 8000,
    web: Annotated[bool, typer.Option(help="Serve pages and feeds.")] = True,
) -> None:
    """Run the service: schedule, delivery, web.

    Collects on each source's interval, makes and delivers each newsletter on its schedule, serves pages and feeds.
    """
    from briefing.app import newsroom
    from briefing.config import load
    from briefing.desk import NewsDesk
    from briefing.pipeline.searching import search_page
    from briefing.web.server import serve_scheduled
    from briefing.web.site import site

    config = load(file, os.environ)
    with newsroom(config) as room, room.store.lock("service"):
        desk = NewsDesk(room, config)
        for plan in desk.plans():
            say(f"{plan.newsletter}: {plan.cron} in {plan.zone}")
        pages = None
        if web:
            pages = site(
                config.output,
                search=partial(search_page, room),
                hub=config.hub,
                address=room.site.url,
                remote_pictures=config.remote_pictures,
            )
        serve_scheduled(desk, config.missed, pages, host, port, say)


@app.command()
def send(
    file: ConfigFile = CONFIG,
    newsletter: Annotated[str | None, typer.Option(help="Only this newsletter, by slug.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Build every message, hand over none.")] = False,
    test: Annotated[
        str | None, typer.Option(help="Send to this address alone, outside the ledger.", metavar="ADDRESS")
    ] = None,
    now: Clock = None,
    as_json: AsJson = False,
) -> None:
    """Deliver the newest edition to all who have not got it."""
    from briefing.app import newsroom
    from briefing.cli.reports import sent, sent_json
    from briefing.config import load
    from briefing.pipeline import send as hand_over

    _check_test(test, dry_run=dry_run)
    config = load(file, os.environ)
    with progress() as moved, newsroom(config, moved) as room:
        known = {publication.slug for publication in room.publications}
        if newsletter is not None and newsletter not in known:
            raise ConfigError(f"there is no newsletter '{newsletter}': expected one of {', '.join(sorted(known))}")
        report = asyncio.run(hand_over(room, moment(now), newsletter=newsletter, dry_run=dry_run, test=test))
        unfinished = room.store.deliveries.unfinished()
    if as_json:
        show(sent_json(report))
    else:
        for line in sent(report, dry_run=dry_run):
            say(line)
    for delivery in unfinished:
        warn(
            f"{delivery.newsletter} of {delivery.date} to {delivery.address}: was being sent when a run died at "
            f"{delivery.at:%Y-%m-%d %H:%M} UTC; held, because it may have arrived"
        )
    if any(item.failures for item in report):
        raise typer.Exit(1)


def _check_test(address: str | None, *, dry_run: bool) -> None:
    from briefing.render.message import mailbox

    if address is None:
        return
    if dry_run:
        raise ConfigError("--test sends and --dry-run does not: give one of them")
    try:
        mailbox(address)
    except RenderError as error:
        raise ConfigError(f"--test: {error}") from error
