"""The command that checks editions before they are sent, for people and for continuous integration."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.making import CONFIG, AsJson, ConfigFile
from briefing.cli.output import say, show
from briefing.errors import ConfigError

if TYPE_CHECKING:
    # At run time it would make every command, and --help, wait for the whole program.
    from briefing.model import Edition
    from briefing.pipeline import Newsroom, Publication
    from briefing.proof import Finding

app = typer.Typer()
_LIMIT = 50_000_000
"""Bytes of a file that are read; a mail has a thousandth."""


@app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Editions as DATE/NEWSLETTER, newsletters by slug, or .eml and .html files of mails; "
            "by default the newest edition of each newsletter.",
            metavar="EDITION",
        ),
    ] = None,
    theme: Annotated[str | None, typer.Option(help="Set them in this theme.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on notes as well.")] = False,
    file: ConfigFile = CONFIG,
    as_json: AsJson = False,
) -> None:
    """Check the mail and the page of editions before they are sent.

    Sizes, languages, contrast, links, pictures, headers and parts; exit code 1 where something is wrong.
    """
    files = [Path(name) for name in names or () if name.endswith((".eml", ".html"))]
    editions = [name for name in names or () if not name.endswith((".eml", ".html"))]
    found = [(str(path), _of_file(path)) for path in files]
    if editions or not files:
        found += _of_editions(file, editions, theme)
    if as_json:
        show([_row(name, finding) for name, findings in found for finding in findings])
    else:
        for name, findings in found:
            for line in _lines(name, findings):
                say(line)
    weights = {finding.weight for _, findings in found for finding in findings}
    if "wrong" in weights or (strict and weights):
        raise typer.Exit(1)


def _of_file(path: Path) -> tuple[Finding, ...]:
    import email
    import email.policy

    from briefing.proof import check_mail, check_message

    try:
        with path.open("rb") as opened:
            raw = opened.read(_LIMIT + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    if len(raw) > _LIMIT:
        raise ConfigError(f"{path} has more than {_LIMIT // 1_000_000} MB, which is no mail")
    if path.suffix == ".html":
        return check_mail(raw.decode("utf-8", "replace"))
    html = email.message_from_bytes(raw, policy=email.policy.default).get_body(("html",))
    body = html.get_payload(decode=True) if html is not None else b""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
    return (*check_message(raw), *(check_mail(text) if text else ()))


def _of_editions(file: Path, names: Sequence[str], look: str | None) -> list[tuple[str, tuple[Finding, ...]]]:
    from briefing.app import newsroom, template_folders
    from briefing.config import load
    from briefing.pipeline.proofing import findings, proof
    from briefing.render.theme import themes

    config = load(file, os.environ)
    if look is not None and look not in (known := themes(template_folders(config))):
        raise ConfigError(f"--theme: there is no theme '{look}': expected one of {', '.join(known)}")
    found = []
    with newsroom(config) as room:
        for publication, edition in _chosen(room, names):
            made = proof(room, publication, edition, look=look)
            found.append((f"{edition.date}/{edition.newsletter}", findings(made)))
    return found


def _chosen(room: Newsroom, names: Sequence[str]) -> Iterator[tuple[Publication, Edition]]:
    letters = {publication.slug: publication for publication in room.publications}
    if not names:
        newest = [(letter, room.store.editions.latest(slug)) for slug, letter in letters.items()]
        if not any(edition for _, edition in newest):
            raise ConfigError("there is no edition yet; `briefing build` makes one")
        yield from ((letter, edition) for letter, edition in newest if edition is not None)
    for name in names:
        day, slash, slug = name.strip("/").removeprefix("editions/").partition("/")
        letter = letters.get(slug if slash else day)
        if letter is None:
            raise ConfigError(f"there is no newsletter '{slug or day}': expected one of {', '.join(sorted(letters))}")
        editions = room.store.editions
        edition = editions.edition(letter.slug, _date(day)) if slash else editions.latest(letter.slug)
        if edition is None:
            raise ConfigError(f"there is no edition {name}; `briefing build` makes today's")
        yield letter, edition


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"'{text}' is no date: expected DATE/NEWSLETTER such as 2026-11-21/morning") from error


def _lines(name: str, findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        times = f" ({finding.count} times)" if finding.count > 1 else ""
        line = f", line {finding.places[0].line}" if finding.places else ""
        yield f"{finding.weight:<5} {name}: {finding.part}{line}: {finding.rule}: {finding.text}{times}; {finding.mend}"
    if not findings:
        yield f"ok    {name}: nothing to find"


def _row(name: str, finding: Finding) -> dict[str, Any]:
    return {
        "edition": name,
        "part": finding.part,
        "rule": finding.rule,
        "weight": finding.weight,
        "text": finding.text,
        "mend": finding.mend,
        "count": finding.count,
        "places": [{"tag": place.tag, "index": place.index, "line": place.line} for place in finding.places],
    }
