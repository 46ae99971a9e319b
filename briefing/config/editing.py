"""Changing `config.yaml` where a command does what its reader would do by hand; every other byte stays as it is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from briefing.config.loading import load
from briefing.errors import ConfigError


def remove_source(path: Path, slug: str, environ: Mapping[str, str]) -> int | None:
    """Take a source out of ``config.yaml`` and give the line on which it stood; None where it names no such source.

    What is left is checked before anything is written, so that a newsletter that asks for the source by name, or a
    file that would be left without any, is refused. The file is replaced in one step and keeps its mode; comments
    stay. Raises ConfigError: the file is wrong, or the source is written in a way that only a person can take out.
    """
    places = [source.slug for source in load(path, environ).sources]
    if slug not in places:
        return None
    target = path.resolve()
    text = target.read_bytes().decode("utf-8")
    mark = text[: text.startswith("\ufeff")]
    body = text[len(mark) :]
    item = _item(body, places.index(slug))
    first, last = item.start_mark.index, _last(item).index
    start, end = body.rfind("\n", 0, first) + 1, body.find("\n", last)
    end = len(body) if end < 0 else end + 1
    line = body.count("\n", 0, start) + 1
    before, after = body[start:first].strip(), body[last:end].strip()
    if before != "-" or (after and not after.startswith("#")):
        raise ConfigError(f"{path}:{line}: '{slug}' shares its lines with something else; take it out by hand first")
    _replace(target, path, mark + body[:start] + body[end:], slug, environ)
    return line


def _item(text: str, position: int) -> yaml.Node:
    """Give the node of a source by its place in the list."""
    root: Any = yaml.compose(text, yaml.SafeLoader)  # whose marks count characters; the form was checked by now
    listed = next(value for key, value in root.value if key.value == "sources")
    item: yaml.Node = listed.value[position]
    return item


def _last(node: yaml.Node) -> yaml.Mark:
    """Give where a node ends: behind its last value, not behind the comments that follow a block."""
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False) or not node.value:
        return node.end_mark
    last = node.value[-1]
    return _last(last[1] if isinstance(last, tuple) else last)


def _replace(target: Path, path: Path, text: str, slug: str, environ: Mapping[str, str]) -> None:
    """Write a file anew beside it, check it, and put it in its place."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".yaml")
    except OSError as error:
        raise ConfigError(f"{target.parent}: {error.strerror}; '{slug}' was not taken out of {path.name}") from error
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        try:
            load(fresh, environ)
        except ConfigError as error:
            found = str(error).replace(str(fresh), str(path))
            raise ConfigError(f"{path} would be wrong without '{slug}', so nothing was changed:\n{found}") from error
        fresh.chmod(target.stat().st_mode & 0o777)
        fresh.replace(target)
    except OSError as error:
        raise ConfigError(f"{target}: {error.strerror}; '{slug}' was not taken out of it") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
