"""Commands that need no configuration and no store: one file in, JSON out."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from briefing.cli.output import show, show_line, warn
from briefing.errors import CollectError, ConfigError, ExtractError
from briefing.text.cleaning import as_given, fold_spaces

app = typer.Typer()

Reports = Annotated[
    Path, typer.Argument(help="JSON Lines, one report a line; - reads standard input.", metavar="IN.jsonl")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON (these commands always do).")]


@app.command()
def extract(
    file: Annotated[
        Path, typer.Argument(help="A document, or a folder of them: .txt .md .html .json .jsonl", metavar="FILE")
    ],
    as_json: AsJson = False,
) -> None:
    """Read a raw document as a clean article, as JSON.

    With its title, language, date and source, and the related items of its page split off.
    """
    from briefing.collectors.corpus import CorpusCollector
    from briefing.extract import as_json as view
    from briefing.extract import extract as read
    from briefing.ports import SourceState

    try:
        harvest = asyncio.run(CorpusCollector("file", file).collect(SourceState(), datetime.now(UTC)))
    except CollectError as error:
        raise ConfigError(error.message) from error
    for subject, message in harvest.rejected:
        warn(f"{subject}: {message}")
    # What is read in part is read; what gave nothing failed.
    failed = len({subject for subject, _ in harvest.rejected}.difference(entry.guid for entry in harvest.entries))
    # A file of many records gives a line each, any other document one object.
    put = show if len(harvest.entries) == 1 else show_line
    for entry in harvest.entries:
        try:
            put(view(read(entry)))
        except ExtractError as error:
            warn(f"{entry.guid}: {error.message}")
            failed += 1
    if failed:
        raise typer.Exit(1)


@app.command()
def group(
    file: Reports,
    stream: Annotated[
        bool, typer.Option("--stream", help="Assign in order of publication, never looking ahead.")
    ] = False,
) -> None:
    """Group reports into developments and storylines.

    Gives a line of JSON for each line read: its id, its development and its storyline.
    """
    from briefing.cli import records
    from briefing.grouping import group as grouped
    from briefing.registry import offline_embedder

    rows = records.read(file)
    if not rows:
        return
    embedder = offline_embedder()
    found = grouped([row.article for row in rows], embedder.embed, stream=stream, engine=embedder.name)
    for row, membership in zip(rows, found, strict=True):
        show_line({"id": row.id, "development": membership.development, "storyline": membership.storyline})


@app.command()
def digest(
    file: Reports,
    as_json: AsJson = False,
    language: Annotated[
        list[str] | None, typer.Option(help="Language to tell it in, best first; may be repeated.")
    ] = None,
    sentences: Annotated[
        int | None, typer.Option(min=1, max=200, help="So many sentences; with --milestones, for each date, too.")
    ] = None,
    words: Annotated[int | None, typer.Option(min=1, max=20_000, help="About so many words.")] = None,
    milestones: Annotated[int | None, typer.Option(min=1, max=1000, help="So many dates in the timeline.")] = None,
    milestone_sentences: Annotated[
        int | None, typer.Option(min=1, max=20, help="Sentences for each date (by default those of --sentences, or 1).")
    ] = None,
) -> None:
    """Tell one storyline, every sentence cited, as JSON.

    With headline, timeline and process. Texts beyond 200,000 characters are read up to there.
    """
    from briefing.cli import records
    from briefing.compose import digest as told
    from briefing.grouping import shipped_centre
    from briefing.registry import offline_embedder
    from briefing.timeline import load_processes, mark, process
    from briefing.timeline import milestones as dated

    if sentences and words:
        raise typer.BadParameter("give --sentences or --words, not both")
    rows = records.read(file)
    if not rows:
        raise ConfigError(f"{file}: holds no report; give one JSON object a line")
    articles = [row.article for row in rows]
    embedder = offline_embedder()
    embed, centre = embedder.embed, shipped_centre(embedder.name, embedder.dimensions)
    wanted = tuple(language or ())
    each = milestone_sentences or (sentences if milestones else None) or 1
    timeline = dated(articles, wanted, limit=milestones, sentences_each=each)
    course = process(articles, timeline, load_processes(), embed, centre=centre, languages=wanted)
    view = told(
        articles,
        wanted,
        embed,
        sentences=sentences,
        words=words,
        milestones=mark(timeline, course),
        process=course,
    )
    show(_in_the_words_given(view, {row.article.id: row.given for row in rows}))


def _in_the_words_given(view: Any, given: dict[str, str]) -> Any:
    """Give every quote and its offsets as in the text that came in, which need not be in normal form (NFC)."""
    if isinstance(view, list):
        return [_in_the_words_given(part, given) for part in view]
    if not isinstance(view, dict):
        return view
    if "quote" not in view:
        put = {key: _in_the_words_given(part, given) for key, part in view.items()}
        if "text" in view and view["text"] == _quoted(view):
            put["text"] = _quoted(put)
        return put
    span = as_given(given[view["id"]], view["start"], view["end"])
    if span is None:
        return view
    return {**view, "quote": given[view["id"]][slice(*span)], "start": span[0], "end": span[1]}


def _quoted(sentence: dict[str, Any]) -> str:
    return fold_spaces(" ".join(cite["quote"] for cite in sentence["cites"]))


@app.command()
def verify(
    summary: Annotated[
        Path, typer.Argument(help="{sentences: [{text, cites: [{id, quote?}]}]}", metavar="SUMMARY.json")
    ],
    file: Reports,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a sentence is not supported.")] = False,
) -> None:
    """Hold any summary against the articles it cites."""
    from briefing.cli import records
    from briefing.grounding import verify as held
    from briefing.registry import offline_embedder

    told, articles = _summary(summary), [row.article for row in records.read(file)]
    try:
        found = held(told, articles, offline_embedder().embed)
    except ValueError as error:
        raise ConfigError(f"{summary}: {error}") from error
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
