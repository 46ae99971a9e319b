"""A folder of documents as a source."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from briefing.collectors.documents import SUFFIXES, Rejected, read_documents
from briefing.collectors.items import entry
from briefing.errors import CollectError
from briefing.model import Entry
from briefing.ports import Harvest, SourceState

LIMIT_FILES = 100_000
LIMIT_ENTRIES = 100_000
LIMIT_CHARACTERS = 300_000_000
_ABOUT = {
    "readme",
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "contributing",
    "authors",
    "code_of_conduct",
}
_VERSION = "1"  # of what is read from a document; a change makes every corpus be read anew
_log = logging.getLogger(__name__)


class CorpusCollector:
    """A folder of documents (or a single file), read with its subfolders in the order of their names.

    Hidden files, files about the folder itself (README, LICENSE, …) and other kinds of file are left alone.
    ``language`` is that of documents that do not say theirs.
    """

    def __init__(self, slug: str, folder: Path, *, language: str | None = None) -> None:
        self.slug = slug
        self._folder = folder
        self._language = language

    async def collect(self, state: SourceState, now: datetime) -> Harvest:
        """Read every document, or say that no file has changed since ``state``.

        An entry's guid is the path of its file below the folder, with ``#`` and the id or line of a record in a JSON
        file. A document with the very title and text of an earlier one is left out. What cannot be read is
        ``rejected``, by path and line. Raises CollectError when nothing could be.
        """
        return await asyncio.to_thread(self._collect, state, now)

    def _collect(self, state: SourceState, now: datetime) -> Harvest:
        rejected: list[tuple[str, str]] = []
        files = self._files(rejected)
        if not files and not rejected:
            kinds = " ".join(sorted(SUFFIXES))
            raise CollectError(self.slug, f"{self._folder} holds no documents ({kinds})")
        fingerprint = self._fingerprint(files)
        if fingerprint == state.fingerprint:
            return Harvest((), replace(state, checked_at=now), unchanged=True)
        entries = tuple(self._entries(files, now, rejected))
        if not entries:
            reasons = "; ".join(f"{subject}: {message}" for subject, message in rejected[:3])
            raise CollectError(self.slug, f"nothing in {self._folder} could be read: {reasons}")
        # A corpus with something wrong is read anew each time, so that what is wrong stays in sight.
        remembered = None if rejected else fingerprint
        return Harvest(entries, replace(state, fingerprint=remembered, checked_at=now), rejected=tuple(rejected))

    def _files(self, rejected: list[tuple[str, str]]) -> list[tuple[str, Path, os.stat_result]]:
        try:
            if stat.S_ISREG(self._folder.stat().st_mode):
                if self._folder.suffix.lower() not in SUFFIXES:
                    kinds = " ".join(sorted(SUFFIXES))
                    raise CollectError(self.slug, f"{self._folder} is no document by its name: expected {kinds}")
                return [(self._folder.name, self._folder, self._folder.stat())]
            os.scandir(self._folder).close()
        except OSError as error:
            raise CollectError(self.slug, f"{self._folder} cannot be read: {error.strerror}") from error
        files = []
        for name, path in _walk(self._folder, lambda error: rejected.append(_unreadable(self._folder, error))):
            try:
                facts = path.stat()
                outside = path.is_symlink() and not path.resolve().is_relative_to(self._folder.resolve())
            except OSError as error:
                rejected.append((name, f"cannot be read: {error.strerror}"))
                continue
            if outside:
                rejected.append((name, "is a link that leads out of the folder"))
            elif stat.S_ISREG(facts.st_mode):
                files.append((name, path, facts))
            if len(files) > LIMIT_FILES:
                raise CollectError(self.slug, f"{self._folder} holds more than {LIMIT_FILES:,} documents; split it")
        return files

    def _fingerprint(self, files: Iterable[tuple[str, Path, os.stat_result]]) -> str:
        digest = hashlib.sha256(f"{_VERSION}\n{self._folder}\n{self._language}\n".encode())
        for name, _, facts in files:
            digest.update(f"{name}\n{facts.st_size} {facts.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def _entries(
        self, files: Iterable[tuple[str, Path, os.stat_result]], now: datetime, rejected: list[tuple[str, str]]
    ) -> Iterator[Entry]:
        seen: dict[bytes, str] = {}
        guids: set[str] = set()
        characters = 0
        for name, path, _ in files:
            for found in read_documents(path, name, now):
                if isinstance(found, Rejected):
                    rejected.append((found.subject, found.message))
                    continue
                digest = hashlib.sha256(f"{found.title}\n{found.body}".encode("utf-8", "replace")).digest()
                if digest in seen:
                    _log.info("%s: %s says the same as %s", self.slug, found.guid, seen[digest])
                    continue
                if found.guid in guids:
                    rejected.append((found.guid, "its id was already given to another record of this file"))
                    continue
                characters += len(found.body)
                if len(guids) == LIMIT_ENTRIES or characters > LIMIT_CHARACTERS:
                    rejected.append((found.guid, "here reading stopped: the corpus is too large, split it"))
                    return
                seen[digest] = found.guid
                guids.add(found.guid)
                yield entry(found, self.slug, now, self._language)


def _walk(folder: Path, failed: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    """Give each document's name below the folder and its path; links to folders are not followed."""
    for top, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(top, name)
            about = path.stem.lower().replace("-", "_") in _ABOUT
            if not name.startswith(".") and not about and path.suffix.lower() in SUFFIXES:
                yield _readable(path.relative_to(folder).as_posix()), path


def _readable(name: str) -> str:
    """Give a file's name as text that can be stored: bytes that are no UTF-8 replaced, composed as elsewhere."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _unreadable(folder: Path, error: OSError) -> tuple[str, str]:
    name = os.path.relpath(error.filename, folder) if error.filename else str(folder)
    return _readable(name), f"cannot be read: {error.strerror}"
