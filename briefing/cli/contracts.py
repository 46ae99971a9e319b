"""Commands that need no configuration and no store: one file in, JSON out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from briefing.cli import records
from briefing.cli.output import show, show_line, warn
from briefing.errors import ConfigError

app = typer.Typer()

Reports = Annotated[
    Path, typer.Argument(help="JSON Lines, one report a line; - reads standard input.", metavar="IN.jsonl")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON (these commands always do).")]


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="A document: .txt .md .html .json .jsonl", metavar="FILE")],
    as_json: AsJson = False,
) -> None:
    """Read one document as an article: title, language, date, source, clean text, related items."""
    from briefing.collectors.corpus import read_document
    from briefing.extract import extract as read
    from briefing.extract.view import as_view

    entries = read_document(file)
    views = [as_view(read(entry)) for entry in entries]
    if len(views) == 1:
        show(views[0])
    else:
        for view in views:
            show_line(view)


@app.command()
def group(
    file: Reports,
    stream: Annotated[
        bool, typer.Option("--stream", help="Assign in order of publication, never looking ahead.")
    ] = False,
) -> None:
    """Group reports: each line's id with the development and the storyline it belongs to."""
    from briefing.app import default_embed
    from briefing.grouping import group as grouped

    rows = records.read(file)
    keys = {article.id: key for key, article in rows}
    for membership in grouped([article for _, article in rows], default_embed(), stream=stream):
        show_line(
            {"id": keys[membership.article], "development": membership.development, "storyline": membership.storyline}
        )


@app.command()
def digest(
    file: Reports,
    as_json: AsJson = False,
    language: Annotated[
        list[str] | None, typer.Option(help="Language to tell it in, best first; may be repeated.")
    ] = None,
    sentences: Annotated[int | None, typer.Option(min=1, max=200, help="So many sentences.")] = None,
    words: Annotated[
        int | None, typer.Option(min=1, max=20_000, help="About so many words, instead of sentences.")
    ] = None,
    milestones: Annotated[int | None, typer.Option(min=1, max=1000, help="So many dates in the timeline.")] = None,
    milestone_sentences: Annotated[int, typer.Option(min=1, max=20, help="Sentences for each date.")] = 1,
) -> None:
    """Tell one storyline's reports: headline, cited sentences, timeline, process."""
    from briefing.app import default_embed
    from briefing.compose import digest as told

    if sentences and words:
        raise typer.BadParameter("give --sentences or --words, not both")
    articles = [article for _, article in records.read(file)]
    if not articles:
        raise ConfigError(f"{file}: holds no report; give one JSON object a line")
    show(
        told(
            articles,
            languages=tuple(language or ()),
            sentences=sentences,
            words=words,
            milestones=milestones,
            milestone_sentences=milestone_sentences,
            embed=default_embed(),
        )
    )


@app.command()
def verify(
    summary: Annotated[
        Path, typer.Argument(help="{sentences: [{text, cites: [{id, quote?}]}]}", metavar="SUMMARY.json")
    ],
    file: Reports,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a sentence is not supported.")] = False,
) -> None:
    """Hold a summary, whoever wrote it, against the articles it cites."""
    from briefing.grounding import verify as held

    found = held(_summary(summary), [article for _, article in records.read(file)])
    show(found)
    missing = found["total"] - found["supported"]
    if missing:
        warn(f"{missing} of {found['total']} sentences are not supported by what they cite")
    if missing and strict:
        raise typer.Exit(1)


def _summary(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not JSON: {error}") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: expected an object with sentences, found {type(found).__name__}")
    return found
