"""What stands behind the preview: an installation as it is, each edition set only when it is looked at."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

from briefing.app import newsroom, site_of, template_folders
from briefing.config import Config, CorpusSource, load
from briefing.errors import ConfigError, RenderError, StoreError
from briefing.pipeline import Newsroom, collect_one, propose, site_files
from briefing.pipeline.proofing import Proof, findings, proof
from briefing.render.theme import themes
from briefing.shipped import TEMPLATES
from briefing.store import Header
from briefing.web.snapshot import Shown, Snapshot, Watched

_EDITIONS = 30
"""Editions that the preview shows; older ones are on the published site."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Live:
    """The installation that one configuration describes, as it is at each look.

    Documents of a corpus that change are collected, as `briefing build` does. From then on, and as soon as the
    configuration changes, the newest edition of each newsletter is composed anew, for the preview alone. An edition
    that a model tells or translates stays as it was made: composing it costs money and minutes.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._anew = False

    def look(self, changed: Collection[Path] = ()) -> Snapshot:
        """Give a snapshot, after these paths changed. Raises ConfigError and StoreError."""
        config = load(self._file, os.environ)
        paths = {path.resolve() for path in changed}
        touched = [
            source.slug
            for source in config.sources
            if isinstance(source, CorpusSource) and any(path.is_relative_to(source.corpus.resolve()) for path in paths)
        ]
        self._anew = self._anew or bool(touched) or self._file.resolve() in paths
        return _snapshot(config, touched, self._anew)

    def watched(self) -> Watched:
        """Give what to watch. Raises ConfigError.

        The store is not among it, because looking at it moves its files; whoever makes an edition writes it out.
        """
        config = load(self._file, os.environ)
        try:
            config.output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(
                f"output: {config.output} cannot be made: {error.strerror}; name another folder"
            ) from error
        corpora = [source.corpus for source in config.sources if isinstance(source, CorpusSource)]
        folders = {path for path in (config.templates, TEMPLATES, config.output, *corpora) if path.is_dir()}
        single = {self._file.absolute(), config.templates, *(path for path in corpora if not path.is_dir())}
        return Watched(frozenset(folders), frozenset(single))


def _snapshot(config: Config, touched: Collection[str], anew: bool) -> Snapshot:
    with newsroom(config) as room:
        problems = [problem for slug in touched for problem in _collected(room, slug)]
        problems += [f"{failure.stage}: {failure.subject}: {failure.message}" for failure in room.store.failures.open()]
        known = {publication.slug for publication in room.publications}
        headers = [header for header in room.store.editions.headers(limit=_EDITIONS) if header.newsletter in known]
        composed = anew and room.drafter is None and room.translator is None
    site = site_of(config)
    drafts = frozenset(_newest(headers)) if composed else frozenset()
    by_path = {site.edition_path(header.date, header.newsletter).rstrip("/"): header for header in headers}
    set_one = lru_cache(maxsize=24)(partial(_proof, config, by_path, drafts))
    return Snapshot(
        editions=tuple(_shown(config, path, header, header in drafts) for path, header in by_path.items()),
        made_at=max((header.made_at for header in headers), default=_LONG_AGO),
        proof=set_one,
        findings=lru_cache(maxsize=24)(lambda path, look, shipped: findings(set_one(path, look, shipped))),
        site=lru_cache(maxsize=1)(partial(_site, config)),
        themes=_themes(config),
        templates=template_folders(config),
        problems=tuple(dict.fromkeys(problems)),
        remote_pictures=config.remote_pictures,
    )


def _newest(headers: Collection[Header]) -> Iterator[Header]:
    seen: set[str] = set()
    for header in headers:
        if header.newsletter not in seen:
            seen.add(header.newsletter)
            yield header


def _collected(room: Newsroom, slug: str) -> list[str]:
    try:
        tally = asyncio.run(collect_one(room, slug, datetime.now(UTC).replace(microsecond=0)))
    except StoreError as error:
        return [f"collect: {slug}: {error}; save once more when it is done"]
    return [f"{failure.stage}: {failure.subject}: {failure.message}" for failure in tally.failures]


def _shown(config: Config, path: str, header: Header, draft: bool) -> Shown:
    letter = next(letter for letter in config.newsletters if letter.slug == header.newsletter)
    title = letter.title if draft else header.title
    return Shown(path, title, header.date.isoformat(), letter.language, letter.theme, draft)


def _themes(config: Config) -> tuple[tuple[str, bool], ...]:
    shipped, folders = themes(), template_folders(config)
    own = {file.stem for folder in folders for file in (folder / "themes").glob("*.yaml")}
    return tuple((name, name in own or name not in shipped) for name in themes(folders))


def _proof(
    config: Config, known: Mapping[str, Header], drafts: Collection[Header], path: str, look: str, shipped: bool
) -> Proof:
    header = known[path]
    with newsroom(config) as room:
        publication = next(letter for letter in room.publications if letter.slug == header.newsletter)
        edition = room.store.editions.edition(header.newsletter, header.date)
        if edition is None:
            raise RenderError(path, "the edition is not in the store any more")
        if header in drafts:
            edition = asyncio.run(propose(room, publication, edition))
        return proof(room, publication, edition, look=look or None, shipped=shipped)


def _site(config: Config) -> Mapping[str, bytes]:
    with newsroom(config) as room:
        return site_files(room, [])
