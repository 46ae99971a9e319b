"""What has been set before is not set again: results are kept by a digest of everything that they are made of.

A site is written whole on every run, and all but a few of its pages say what they said the last time. A process that
lives on (the service, the preview) finds those here; one that starts anew sets them once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from briefing.shipped import TEMPLATES

Made = TypeVar("Made")

_KEPT = 4_096
"""Results that are kept, the last used ones: some 60 MB where each is a page of a long storyline."""


def digest(*parts: object) -> bytes:
    """Give 20 bytes for values whose ``repr`` says all that they hold: nouns, views, paths, texts, numbers."""
    return blake2b(repr(parts).encode("utf-8", "backslashreplace"), digest_size=20).digest()


@dataclass(frozen=True, slots=True)
class Digests:
    """What stands for frozen nouns in a digest, made once and known by the noun's identity as long as this is."""

    made: dict[int, tuple[object, int]] = field(default_factory=dict)

    def of(self, noun: Hashable) -> int:
        """Give what stands for a noun: its hash, which is made in a tenth of the time that writing it in full takes.

        Its 64 bits are keyed anew in each process (PEP 456), and nothing that is kept outlives one.
        """
        if id(noun) not in self.made:
            self.made[id(noun)] = noun, hash(noun)
        return self.made[id(noun)][1]


def kept(key: Hashable, make: Callable[[], Made]) -> Made:
    """Give what was made for this digest, or these, before, or make it now; what raises is not kept."""
    slot = _slot(key)
    if not slot:
        slot.append(make())
    made: Made = slot[0]
    return made


@lru_cache(maxsize=_KEPT)
def _slot(key: Hashable) -> list[Any]:
    return []


def stamp(folders: Sequence[Path], *parts: str) -> tuple[tuple[str, int, int], ...]:
    """Give path, time and size of every template in these parts (``pages``, ``feeds``), so that an edit is seen."""
    found: list[tuple[str, int, int]] = []
    for part in parts:
        for folder in (*folders, TEMPLATES):
            _look(os.path.join(folder, part), found)  # noqa: PTH118 - a fifth of the time, and done for every mail
    return tuple(sorted(found))


def _look(folder: str, found: list[tuple[str, int, int]]) -> None:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _look(entry.path, found)
                continue
            with suppress(FileNotFoundError):  # an editor's own file is gone as soon as it was seen
                status = entry.stat()
                found.append((entry.path, status.st_mtime_ns, status.st_size))
