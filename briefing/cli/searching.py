"""The command that searches storylines and their articles."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.making import CONFIG, AsJson, ConfigFile
from briefing.cli.output import progress, say, show
from briefing.errors import ConfigError

if TYPE_CHECKING:
    # At run time it would make every command, and --help, wait for the whole program.
    from briefing.store import Group, Hit, Results
    from briefing.text.seeking import Piece

app = typer.Typer()

Day = Annotated[datetime | None, typer.Option(help="Only articles from that day on.", formats=["%Y-%m-%d"])]


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(help='Words; "side by side"; -without.', metavar="QUERY")],
    file: ConfigFile = CONFIG,
    language: Annotated[str | None, typer.Option(help="Only articles in this language.", metavar="CODE")] = None,
    since: Day = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many storylines.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search storylines and their articles.

    Every word must be there, whole or from four letters on as a beginning; titles count more than texts, newer
    articles more than older. Words after a minus must not be there: put -- before the first of them.
    """
    from briefing.config import load
    from briefing.pipeline.indexing import index
    from briefing.store import open_store

    if language is not None and not language.split("-")[0].isalpha():
        raise ConfigError(f"--language: expected a language code such as en, vi or zh, found '{language}'")
    with progress() as moved, open_store(load(file, os.environ).store) as store:
        index(store, moved)
        wanted = " ".join(query)
        day = since.date() if since is not None else None
        found = store.search.find(wanted, language=language, since=day, limit=limit)
    if as_json:
        show(search_json(wanted, found))
    else:
        for line in search_lines(found, marking=sys.stdout.isatty()):
            say(line)


def search_json(query: str, found: Results) -> dict[str, Any]:
    """Give results as data; ``hits`` are ``[start, end]`` in the text beside them, in code points."""
    return {
        "query": query,
        "total": found.total,
        "more": found.more,
        "loosened": found.loosened,
        "storylines": [_group(group) for group in found.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id or None,
        "slug": group.slug or None,
        "title": group.title,
        "language": group.language,
        "muted": group.muted,
        "day": group.day,
        "score": group.score,
        "articles_found": group.count,
        "articles": [_hit(hit) for hit in group.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    article = hit.article
    return {
        "id": article.id,
        "title": article.title,
        "title_hits": _places(hit.title),
        "excerpt": "".join(piece.text for piece in hit.excerpt),
        "excerpt_hits": _places(hit.excerpt),
        "language": article.language,
        "published": article.published.iso if article.published else None,
        "source": article.source,
        "outlet": article.outlet,
        "url": article.url,
        "score": hit.score,
    }


def _places(pieces: tuple[Piece, ...]) -> list[list[int]]:
    found, at = [], 0
    for piece in pieces:
        if piece.hit:
            found.append([at, at + len(piece.text)])
        at += len(piece.text)
    return found


def search_lines(found: Results, *, marking: bool) -> Iterator[str]:
    """Give results for people; ``marking`` sets what was found in bold."""
    if not found.groups:
        yield "Nothing was found."
        return
    if found.loosened:
        yield "No article has all of these words; these have some of them."
    for group in found.groups:
        name = f"{group.id}  " if group.id else ""
        yield f"{name}{_plain(group.title)}  ({group.language}, {group.day}{', muted' if group.muted else ''})"
        for hit in group.hits[:3]:
            who = f"{_plain(hit.article.outlet or hit.article.source)}, {hit.article.language}"
            yield f"    {hit.article.id[:8]}  {_words(hit.title, marking=marking)}  ({who})"
            if text := _words(hit.excerpt, marking=marking).strip():
                yield f"        {text}"
        if group.count > 3:
            yield f"    and {group.count - 3} more"
    if found.more or found.total > len(found.groups):
        yield f"{len(found.groups)} of {'more than ' if found.more else ''}{found.total}; --limit shows more."


def _words(pieces: tuple[Piece, ...], *, marking: bool) -> str:
    shown = ((typer.style(_plain(p.text), bold=True) if p.hit and marking else _plain(p.text)) for p in pieces)
    return "".join(shown)


def _plain(text: str) -> str:
    """Give a stranger's text without what could command a terminal."""
    return "".join(char if char.isprintable() or char in "\u200c\u200d" else " " for char in text)
