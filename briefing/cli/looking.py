"""Commands that look at what there is, and correct it: sources, storylines, doctor."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.making import CONFIG, AsJson, ConfigFile, moment
from briefing.cli.output import say, show
from briefing.errors import ConfigError
from briefing.model import Correction, CorrectionKind, Storyline

if TYPE_CHECKING:
    # At run time it would make every command, and --help, wait for the whole program.
    from briefing.pipeline import Newsroom

app = typer.Typer()
sources = typer.Typer(help="Look at the configured sources; take one out.", no_args_is_help=True)
storylines = typer.Typer(help="Look at storylines and correct them.", no_args_is_help=True)
app.add_typer(sources, name="sources")
app.add_typer(storylines, name="storylines")

Name = Annotated[str, typer.Argument(help="Id or slug of a storyline, also an old one.", metavar="STORYLINE")]
Piece = Annotated[str, typer.Argument(help="Id of an article, or the beginning of one.", metavar="ARTICLE")]


@contextmanager
def _room(file: ConfigFile) -> Iterator[Newsroom]:
    from briefing.app import newsroom
    from briefing.config import load

    with newsroom(load(file, os.environ)) as room:
        yield room


@sources.command("list")
def list_sources(file: ConfigFile = CONFIG, as_json: AsJson = False) -> None:
    """List sources: when each was asked, and how it answered."""
    from briefing.cli.reports import source_lines, source_rows

    with _room(file) as room:
        rows = source_rows(room)
    if as_json:
        show(rows)
    else:
        for line in source_lines(rows):
            say(line)


@sources.command("check")
def check_sources(
    names: Annotated[list[str] | None, typer.Argument(help="Slugs; by default all.", metavar="SOURCE")] = None,
    file: ConfigFile = CONFIG,
    as_json: AsJson = False,
) -> None:
    """Ask sources now and say what each gave; nothing is kept."""
    from briefing.cli.reports import check_lines
    from briefing.pipeline import check

    with _room(file) as room:
        known = {collector.slug for collector in room.collectors}
        for name in names or ():
            if name not in known:
                raise ConfigError(f"there is no source '{name}': expected one of {', '.join(sorted(known))}")
        found = asyncio.run(check(room, moment(None), names or None))
    if as_json:
        show([{"source": one.slug, "entries": one.entries, "problems": list(one.problems)} for one in found])
    else:
        for line in check_lines(found):
            say(line)
    if any(one.problems and not one.entries for one in found):
        raise typer.Exit(1)


@sources.command("remove")
def remove_source(
    slug: Annotated[str, typer.Argument(help="Slug of a source, also of one that is no more configured.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    file: ConfigFile = CONFIG,
) -> None:
    """Take a source out of config.yaml and cite its articles no more.

    Editions that were made stay as they are. What another source gave too is told from that one. Added again, it
    brings back what it still gives.
    """
    from briefing.cli.reports import many
    from briefing.config import remove_source as take_out
    from briefing.pipeline import withdraw

    with _room(file) as room:
        known = {collector.slug for collector in room.collectors} | room.store.sources.states().keys()
        if slug not in known:
            raise ConfigError(f"there is no source '{slug}': expected one of {', '.join(sorted(known))}")
        if not yes:
            question = f"Take '{slug}' out of {file} and cite its articles no more?"
            try:
                typer.confirm(question, abort=True)
            except typer.Abort as error:
                raise ConfigError(f"'{slug}' was not removed; give --yes where nobody can be asked") from error
        line = take_out(file, slug, os.environ)
        count = withdraw(room, slug)
    say(f"{file}:{line}: '{slug}' taken out" if line else f"'{slug}' was not in {file} any more")
    say(f"{many(count, 'article')} will be cited no more")


@storylines.command("list")
def list_storylines(
    file: ConfigFile = CONFIG,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 40,
    as_json: AsJson = False,
) -> None:
    """List storylines, the one that moved last first."""
    from briefing.cli.reports import storyline_lines, storyline_rows

    with _room(file) as room:
        rows = storyline_rows(room, limit)
    if as_json:
        show(rows)
    else:
        for line in storyline_lines(rows):
            say(line)


@storylines.command("show")
def show_storyline(name: Name, file: ConfigFile = CONFIG, as_json: AsJson = False) -> None:
    """Show one storyline: its developments and their articles."""
    from briefing.cli.reports import storyline_detail, storyline_detail_lines

    with _room(file) as room:
        detail = storyline_detail(room, _storyline(room, name))
    if as_json:
        show(detail)
    else:
        for line in storyline_detail_lines(detail):
            say(line)


@storylines.command("why")
def why(
    one: Piece,
    other: Annotated[str, typer.Argument(help="Another.", metavar="ARTICLE")],
    file: ConfigFile = CONFIG,
    as_json: AsJson = False,
) -> None:
    """Say why two articles belong together, or why not."""
    from briefing.cli.reports import why_lines, why_rows

    with _room(file) as room:
        rows = why_rows(room, one, other)
    if as_json:
        show(rows)
    else:
        for line in why_lines(rows):
            say(line)


@storylines.command("merge")
def merge(
    names: Annotated[list[str], typer.Argument(help="Ids or slugs, two or more.", metavar="STORYLINE")],
    file: ConfigFile = CONFIG,
) -> None:
    """Make storylines one.

    It is remembered for what arrives later, and the old addresses lead to it.
    """
    if len(names) < 2:
        raise ConfigError("merge needs two storylines or more")
    _correct(file, "merge", names)


@storylines.command("split")
def split(
    name: Name,
    articles: Annotated[list[str], typer.Argument(help="Ids of the articles to take out.", metavar="ARTICLE")],
    file: ConfigFile = CONFIG,
) -> None:
    """Take articles out of a storyline into one of their own.

    It is remembered for what arrives later.
    """
    _correct(file, "split", [name], articles)


@storylines.command("mute")
def mute(
    name: Name, off: Annotated[bool, typer.Option("--off", help="Tell it again.")] = False, file: ConfigFile = CONFIG
) -> None:
    """Tell a storyline no more."""
    _correct(file, "unmute" if off else "mute", [name])


@storylines.command("follow")
def follow(
    name: Name, off: Annotated[bool, typer.Option("--off", help="Stop.")] = False, file: ConfigFile = CONFIG
) -> None:
    """Tell a storyline in every edition, new or not."""
    _correct(file, "unfollow" if off else "follow", [name])


@app.command()
def doctor(file: ConfigFile = CONFIG, as_json: AsJson = False) -> None:
    """Say what is wrong with this installation, and the mend.

    Looks at configuration, clock, folders, engine, mail, store, sources and templates.
    """
    from briefing.cli.doctor import examine

    findings = examine(file, moment(None))
    if as_json:
        show([{"part": one.part, "state": one.state, "finding": one.text} for one in findings])
    else:
        for one in findings:
            say(f"{one.state:<5} {one.part}: {one.text}")
    if any(one.state == "wrong" for one in findings):
        raise typer.Exit(1)


def _storyline(room: Newsroom, name: str) -> Storyline:
    found = room.store.storylines.storyline(name)
    if found is None:
        raise ConfigError(f"there is no storyline '{name}'; `briefing storylines list` shows them")
    return found


def _correct(file: ConfigFile, kind: CorrectionKind, names: list[str], articles: list[str] | None = None) -> None:
    from briefing.pipeline import correct

    with _room(file) as room:
        ids = tuple(dict.fromkeys(_storyline(room, name).id for name in names))
        if kind == "merge" and len(ids) < 2:
            raise ConfigError("these are one storyline already")
        result = correct(room, Correction(kind, ids, moment(None), _members(room, ids[0], articles or ())))
    say(result)


def _members(room: Newsroom, storyline: str, names: Sequence[str]) -> tuple[str, ...]:
    """Give the ids of articles that are in a storyline, as they must be to be taken out of it."""
    from briefing.cli.reports import article_named

    found = tuple(dict.fromkeys(article_named(room, name).id for name in names))
    there = {membership.article for membership in room.store.storylines.memberships(storyline)}
    if strangers := [id_ for id_ in found if id_ not in there]:
        raise ConfigError(f"not in {storyline}: {', '.join(strangers)}; `briefing storylines show` lists its articles")
    if found and not there.difference(found):
        raise ConfigError(f"that is all of {storyline}; nothing would be left of it")
    return found
