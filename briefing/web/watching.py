"""Changes of files as they are saved, with what is watched asked for anew after each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import anyio
import watchfiles
from watchfiles import Change

from briefing.errors import BriefingError
from briefing.web.snapshot import Watched

_QUIET, _STEP = 60, 10
"""Milliseconds: how long changes are gathered at most, and how long a quiet ends the wait sooner."""

_DRAFTS = ("~", ".swp", ".swx", ".tmp", ".part", ".bak", "4913")
"""What editors write beside a file while they save it."""


async def watch(watched: Callable[[], Watched], heard: Callable[[frozenset[Path]], Awaitable[None]]) -> None:
    """Tell ``heard`` the paths that changed, each time some did, one call at a time, until cancelled.

    Folders are watched with all below them; single paths through the folder they are in, because editors put a new
    file in an old one's place, and because they may not be there yet. Raises what ``watched`` raises the first time.
    """
    now = watched()
    while True:
        now = await _until_moved(now, watched, heard)


async def _until_moved(
    now: Watched, watched: Callable[[], Watched], heard: Callable[[frozenset[Path]], Awaitable[None]]
) -> Watched:
    """Watch one set of places, and give the next one as soon as it is another."""
    single, parents = _single(now)
    after, turn = now, anyio.Lock()
    async with anyio.create_task_group() as tasks:

        async def follow(paths: list[Path], below: bool, wanted: Callable[[Change, str], bool]) -> None:
            nonlocal after
            async for found in watchfiles.awatch(
                *paths, watch_filter=wanted, debounce=_QUIET, step=_STEP, recursive=below
            ):
                async with turn:
                    await heard(frozenset(Path(path) for _, path in found))
                    # Where what to watch cannot be told (the configuration is broken just now), it stays as it was.
                    with suppress(BriefingError):
                        after = watched()
                if after != now:
                    tasks.cancel_scope.cancel()

        if now.folders:
            tasks.start_soon(follow, sorted(now.folders), True, _finished)
        if parents:
            tasks.start_soon(follow, parents, False, lambda _, path: path in single)
        tasks.start_soon(anyio.sleep_forever)
    return after


def _single(watched: Watched) -> tuple[frozenset[str], list[Path]]:
    """Give the single paths by every name they can be told under, and the folders they are in."""
    names = {str(name) for path in watched.paths for name in (path, path.resolve())}
    parents = {parent for path in watched.paths for parent in (path.parent, path.resolve().parent) if parent.is_dir()}
    return frozenset(names), sorted(parents)


def _finished(_: Change, path: str) -> bool:
    name = Path(path).name
    return not name.startswith(".") and not name.endswith(_DRAFTS)
