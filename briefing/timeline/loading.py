"""Processes read from YAML: kinds of matter with ordered stages, shipped and the user's own.

A process file holds ``key``, ``name``, ``matter`` (groups of words that it is about), ``stages`` in order and, if it
needs its own, ``words`` (groups of words by language, beside the shared ones in `words.yaml`). A stage has ``key``,
``name``, ``description`` (plain English), ``cues`` and ``setbacks`` ("lower_house + ratify": both close together, the
last being the deed), ``never`` (groups that rule a sentence out), ``implies`` (earlier stages that must have been
reached, too), ``optional`` (may be skipped on the way) and ``once`` (never comes again after a later stage).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.errors import ConfigError
from briefing.shipped import LOADER, table
from briefing.text.phrases import pattern

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Words = dict[str, dict[str, list[str]]]
_LARGEST = 400_000  # characters of one process file


class StageKind(BaseModel):
    """One stage that a matter of this kind passes through."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: Key
    name: Name
    description: Annotated[str, Field(min_length=10, max_length=500)]
    cues: tuple[str, ...] = ()
    setbacks: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    optional: bool = False
    once: bool = False


class Process(BaseModel):
    """A kind of matter with its stages in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: Key
    name: Name
    matter: tuple[str, ...] = ()
    stages: Annotated[tuple[StageKind, ...], Field(min_length=2, max_length=20)]
    words: Words = {}

    def groups(self) -> Words:
        """The groups of words that its cues may name: the shared ones and its own, which add to them."""
        merged = {group: dict(languages) for group, languages in shared_words().items()}
        for group, languages in self.words.items():
            merged[group] = {**merged.get(group, {}), **languages}
        return merged


@cache
def shared_words() -> Words:
    """The groups of words that every process may use."""
    words: Words = table(__package__, "words.yaml")
    return words


@cache
def shipped() -> tuple[Process, ...]:
    """The processes that come with the package, by key."""
    folder = resources.files("briefing.timeline").joinpath("processes")
    files = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".yaml")}
    return _read(files)


def load_processes(files: Mapping[str, str] | None = None) -> tuple[Process, ...]:
    """Give the shipped processes and the user's own, sorted by key; one of the same key replaces the shipped one.

    ``files`` maps a file's name, as it is to be shown in errors, to its text. Raises ConfigError with every problem
    found, each naming file, line and key.
    """
    found = {process.key: process for process in shipped()}
    found.update({process.key: process for process in _read(files or {})})
    return tuple(found[key] for key in sorted(found))


def _read(files: Mapping[str, str]) -> tuple[Process, ...]:
    problems: list[str] = []
    found: dict[str, tuple[str, Process]] = {}
    for name in sorted(files):
        process, wrong = _parse(name, files[name])
        problems += wrong
        if process is None:
            continue
        if process.key in found:
            problems.append(f"{name}: key: {process.key!r} is also the key of {found[process.key][0]}; give it another")
        found[process.key] = (name, process)
    if problems:
        raise ConfigError("\n".join(problems))
    return tuple(process for _, process in sorted(found.values(), key=lambda pair: pair[1].key))


def _composed(text: str) -> tuple[Any, Any]:
    """The nodes of a YAML document, with their lines, and its plain data, read in one go. Raises yaml.YAMLError."""
    loader = LOADER(text)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _parse(name: str, text: str) -> tuple[Process | None, list[str]]:
    if len(text) > _LARGEST:
        return None, [f"{name}: longer than {_LARGEST:,} characters; a process is a page of stages and words"]
    try:
        root, loaded = _composed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        return None, [f"{name}{where}: not YAML: {getattr(error, 'problem', None) or 'unreadable'}"]
    except (ValueError, RecursionError) as error:
        return None, [f"{name}: not YAML: {type(error).__name__}"]
    if not isinstance(loaded, dict):
        return None, [f"{name}, line 1: a process must be a mapping with key, name, matter and stages"]
    try:
        process = Process.model_validate(loaded)
    except ValidationError as error:
        return None, [_explain(name, root, one["loc"], one["msg"], one["type"]) for one in error.errors()]
    return process, [
        f"{name}, line {_line(root, at)}: {'.'.join(map(str, at))}: {said}" for at, said in _wrong(process)
    ]


def _explain(name: str, root: Any, at: Sequence[int | str], said: str, kind: str) -> str:
    hint = ""
    if kind == "extra_forbidden":
        known = list(StageKind.model_fields if "stages" in at else Process.model_fields)
        close = get_close_matches(str(at[-1]), known, 1)
        said = "unknown key" + (f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}")
    elif kind == "string_pattern_mismatch":
        hint = " (small letters, digits and _ , a letter first)"
    return f"{name}, line {_line(root, at)}: {'.'.join(map(str, at))}: {said}{hint}"


def _line(node: Any, at: Sequence[int | str]) -> int:
    """The line of the deepest node on the way to ``at``, counted from 1."""
    line: int = node.start_mark.line + 1
    for step in at:
        inner = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    inner, line = value, key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
            line = inner.start_mark.line + 1
        if inner is None:
            break
        node = inner
    return line


def _wrong(process: Process) -> list[tuple[tuple[int | str, ...], str]]:
    """What pydantic cannot see: unknown groups and stages, twice the same key, a wrong regular expression."""
    groups = process.groups()
    problems: list[tuple[tuple[int | str, ...], str]] = []
    keys = [stage.key for stage in process.stages]
    named: list[tuple[tuple[int | str, ...], str]] = [(("matter", at), cue) for at, cue in enumerate(process.matter)]
    for number, stage in enumerate(process.stages):
        if keys.index(stage.key) != number:
            problems.append((("stages", number, "key"), f"{stage.key!r} is there already; each stage needs its own"))
        for part in ("cues", "setbacks", "never"):
            named += [(("stages", number, part, at), cue) for at, cue in enumerate(getattr(stage, part))]
        for at, other in enumerate(stage.implies):
            if other not in keys[:number]:
                problems.append((("stages", number, "implies", at), f"{other!r} is no earlier stage of this process"))
    for where, cue in named:
        for group in (part.strip() for part in cue.split("+")):
            if group not in groups:
                close = get_close_matches(group, groups, 1)
                hint = f"; did you mean {close[0]!r}?" if close else ""
                problems.append((where, f"no group of words is called {group!r}{hint}"))
    for group, languages in process.words.items():
        for language, words in languages.items():
            try:
                pattern([word.removeprefix("~") for word in words if "/" in word], language)
            except re.error as error:
                problems.append((("words", group, language), f"a wrong regular expression: {error}"))
    return problems
