"""The preview's snapshot: everything as it would be published now, rendered in memory."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from briefing.app import newsroom, site_of
from briefing.config import Config, load
from briefing.errors import ConfigError, RenderError
from briefing.pipeline import edition_files, site_files
from briefing.shipped import TEMPLATES
from briefing.web.preview import Shown, Snapshot

_MAILS = 30
"""Editions whose mail the preview shows; older ones are on the published site."""


def snapshot(file: Path) -> Snapshot:
    """Render the site and the newest mails from the configuration as it is now.

    Raises ConfigError, StoreError and RenderError.
    """
    config = load(file, os.environ)
    site = site_of(config)
    problems: list[RenderError] = []
    shown: list[Shown] = []
    with newsroom(config) as room:
        files = site_files(room, problems)
        letters = {publication.slug: publication for publication in room.publications}
        for header in room.store.editions.headers(limit=_MAILS):
            edition = room.store.editions.edition(header.newsletter, header.date)
            if edition is None or header.newsletter not in letters:
                continue
            files |= edition_files(room, letters[header.newsletter], edition, problems)
            path = site.edition_path(header.date, header.newsletter).rstrip("/")
            shown.append(Shown(path, header.title, header.date.isoformat()))
        made_at = max((edition.made_at for edition in room.store.editions.headers(limit=1)), default=_LONG_AGO)
        failures = [f"{failure.stage}: {failure.subject}: {failure.message}" for failure in room.store.failures.open()]
    return Snapshot(files, tuple(shown), made_at, tuple(dict.fromkeys([*map(str, problems), *failures])))


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def watched(file: Path, config: Config) -> list[Path]:
    """Give the files and folders whose change calls for a new snapshot: configuration, templates, what was built.

    The store itself is not among them, because looking at it moves its files; whoever makes an edition writes it out.
    Raises ConfigError where the folder that is written to cannot be made.
    """
    try:
        config.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"output: {config.output} cannot be made: {error.strerror}; name another folder") from error
    return [file.resolve(), config.templates, TEMPLATES, config.output]
