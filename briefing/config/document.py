"""A YAML file read so that every value remembers its line and column, and every ``${NAME}`` is filled in.

The reading is YAML 1.2's: only ``true`` and ``false`` are booleans (``no`` is Norwegian), and nothing is a date. Tags
and merge keys are not understood; aliases are, as long as they expand to no more values than `LIMIT_VALUES`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from briefing.config.values import nearest
from briefing.errors import ConfigError

LIMIT_BYTES = 300_000  # some three thousand sources; PyYAML takes two seconds for them
LIMIT_VALUES = 50_000
_LIMIT_SECRET = 65_536

Location = tuple[str | int, ...]
"""Where a value is: mapping keys and list positions from the top, as pydantic's ``loc``."""

_DEEP = re.compile(r"(?:[\[{]\s{0,99}){64}")  # PyYAML's time grows with the square of the brackets that are open
_REFERENCE = re.compile(r"\$\$|\$\{([^}]*)\}")
_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", re.DOTALL)
_CORE = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+", list("-+0123456789")),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
}


class _Loader(yaml.SafeLoader):
    """PyYAML's composer with the scalar types of YAML 1.2's core schema."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (as PyYAML declares it)


for _kind, (_pattern, _first) in _CORE.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), _first)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, at a one-based line and column of the file."""

    line: int
    column: int
    text: str


@dataclass
class Document:
    """What a file holds as plain ``data``, where each part stands, and the problems met on the way."""

    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    nodes: dict[Location, yaml.Node] = field(default_factory=dict)
    keys: dict[Location, yaml.Node] = field(default_factory=dict)
    unset: set[Location] = field(default_factory=set)

    def place(self, location: Location, *, key: bool = False) -> tuple[int, int]:
        """Give line and column of a value (or of its key), or of the nearest part above that is written down."""
        while location not in self.nodes and location:
            location = location[:-1]
        node = (self.keys.get(location) if key else None) or self.nodes[location]
        return node.start_mark.line + 1, node.start_mark.column + 1

    def data_at(self, location: Location) -> Any:
        """Give the plain data that stands at a location, None where nothing does."""
        data = self.data
        for part in location:
            try:
                data = data[part]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def given(self, location: Location) -> str:
        """Say what was written there, before ``${NAME}`` was filled in."""
        node = self.nodes.get(location)
        if node is None:
            return "nothing"
        if isinstance(node, yaml.ScalarNode):
            plain = node.style is None and node.tag.endswith((":int", ":float", ":bool"))
            value = " ".join(node.value.split()) or node.value
            short = value if len(value) <= 60 else value[:57] + "…"
            return short if plain else f'"{short}"' if node.value else "nothing"
        return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def read(path: Path, environ: Mapping[str, str]) -> Document:
    """Read a YAML file.

    Problems that leave the rest readable (an unset variable, a key given twice) are in ``problems``. Raises ConfigError
    when the file is missing, too large, not text, not YAML or empty.
    """
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise ConfigError(f"{path}: larger than {LIMIT_BYTES // 1000} KB; is this the configuration?")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; `briefing init` writes a commented one") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: not UTF-8 text; save the file with the encoding UTF-8") from None
    document = Document()
    try:
        if _DEEP.search(text):
            raise RecursionError
        node = yaml.compose(text, _Loader)
        if node is None:
            raise ConfigError(f"{path}: the file is empty; `briefing init` writes a commented one")
        document.data = _Builder(document, environ, path.absolute().parent).build(node, ())
    except yaml.MarkedYAMLError as error:
        raise ConfigError(_syntax(path, error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ConfigError(f"{path}:{line}: a character that YAML does not allow (U+{error.character:04X})") from None
    except RecursionError:
        raise ConfigError(f"{path}: nested too deeply, or an alias that holds itself") from None
    except OverflowError as error:
        raise ConfigError(f"{path}: {error}") from None
    return document


def _syntax(path: Path, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    problem = error.problem or "not YAML"
    if r"'\t'" in problem:
        problem = "a tab; YAML indents with spaces"
    elif "mapping values are not allowed" in problem:
        problem += "; put a text that holds a colon and a space in quotes"
    elif error.context and error.context_mark:
        problem += f" ({error.context} at line {error.context_mark.line + 1})"
    return f"{place}: {problem}"


class _Builder:
    """Turns composed nodes into plain data, once."""

    def __init__(self, document: Document, environ: Mapping[str, str], folder: Path) -> None:
        self._document = document
        self._environ = environ
        self._folder = folder

    def build(self, node: yaml.Node, location: Location) -> Any:
        nodes = self._document.nodes
        nodes[location] = node
        if len(nodes) > LIMIT_VALUES:
            raise OverflowError(f"expands to more than {LIMIT_VALUES:,} values; use fewer aliases")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*location, position)) for position, item in enumerate(node.value)]
        return self._scalar(node, location)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, location, "expected a plain key, got a list or mapping")
                continue
            here = (*location, str(key.value))
            if key.value in result:
                first = self._document.keys[here].start_mark.line + 1
                self._problem(key, here, f"given twice, first in line {first}; keep one")
                continue
            self._document.keys[here] = key
            result[key.value] = self.build(value, here)
        return result

    def _scalar(self, node: yaml.Node, location: Location) -> Any:
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        if kind == "str":
            return _REFERENCE.sub(lambda match: self._filled(match, node, location), node.value)
        if kind in ("int", "float"):
            try:
                # Python refuses to read numbers of thousands of digits; no setting has more than 18.
                return (
                    float(node.value) if kind == "float" else int(node.value) if len(node.value) <= 18 else node.value
                )
            except ValueError:
                # Tagged as a number by hand; the section it is in says what it expected instead.
                return node.value
        if kind not in {"null", "bool"}:
            self._problem(node, location, f"the tag !{kind.lstrip('!')} is not understood here; write a plain value")
        return node.value.lower() == "true" if kind == "bool" else None

    def _filled(self, match: re.Match[str], node: yaml.Node, location: Location) -> str:
        if match[1] is None:
            return "$"
        if match[1].startswith("file:"):
            return self._secret(match[1].removeprefix("file:"), node, location)
        name = _NAME.fullmatch(match[1])
        if name is None:
            self._problem(node, location, f"expected ${{NAME}}, ${{NAME:-default}} or ${{file:PATH}}, got {match[0]}")
            return self._missing(location)
        value = self._environ.get(name[1])
        if name[2] is not None:
            return value or name[2]
        if value is None:
            near = nearest(name[1], self._environ)
            meant = f"; did you mean ${{{near}}}?" if near else ""
            unset = f"{match[0]} is not set in the environment; set it, or write ${{{name[1]}:-default}}{meant}"
            self._problem(node, location, unset)
            return self._missing(location)
        return value

    def _secret(self, name: str, node: yaml.Node, location: Location) -> str:
        path = Path(self._folder, Path(name).expanduser())
        try:
            with path.open("rb") as file:
                data = file.read(_LIMIT_SECRET + 1)
            if len(data) > _LIMIT_SECRET:
                raise ValueError("it is too large for a secret")
            return data.decode().rstrip("\r\n")
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not a short UTF-8 text"
            self._problem(node, location, f"${{file:{name}}} cannot be read ({reason})")
            return self._missing(location)

    def _missing(self, location: Location) -> str:
        self._document.unset.add(location)
        return ""

    def _problem(self, node: yaml.Node, location: Location, text: str) -> None:
        mark = node.start_mark
        where = dotted(location)
        self._document.problems.append(Problem(mark.line + 1, mark.column + 1, f"{where}: {text}" if where else text))


def dotted(location: Location) -> str:
    """Write a location as operators read it: ``newsletters[0].delivery.to``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.removeprefix(".")
