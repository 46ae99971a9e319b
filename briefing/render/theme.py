"""Themes: one typographic system, in tokens, that mail and pages share.

A theme is a small YAML file in ``templates/themes``: which kind of face headings, body and labels have, and a palette
for light and for dark. Font stacks by script are in ``fonts.yaml`` beside them. A file of the same name in the user's
own ``templates/themes`` wins; a file of a new name is a new theme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import yaml

from briefing.errors import RenderError
from briefing.shipped import LOADER, TEMPLATES
from briefing.text.language import script

# The scale: a minor third (1.2) from 14 up, rounded to whole pixels; nothing is set below 13.
SIZES = {"label": 13, "small": 14, "body": 17, "brief": 18, "medium": 21, "lead": 29, "masthead": 38}
# The spaces: steps of 4 pixels.
SPACES = {"hair": 4, "small": 8, "text": 12, "block": 20, "story": 28, "page": 40}

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STACK = re.compile(r"[\w '\-,]+")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme as ``#rrggbb``; ink and muted and accent are text on paper, desk and tint."""

    desk: str
    paper: str
    ink: str
    muted: str
    rule: str
    strong: str
    accent: str
    tint: str


@dataclass(frozen=True, slots=True)
class Face:
    """How one script is set: font stacks, size relative to Latin, line height in ems."""

    serif: str
    sans: str
    size: float
    leading: float

    def stack(self, kind: str) -> str:
        """Give the stack of a kind, ``serif`` or ``sans``."""
        return self.serif if kind == "serif" else self.sans


@dataclass(frozen=True, slots=True)
class Theme:
    """A look: the kind of face (``serif`` or ``sans``) by use, both palettes, and the faces by script."""

    name: str
    heading: str
    body: str
    label: str
    light: Palette
    dark: Palette
    faces: tuple[tuple[str, Face], ...]

    def face(self, language: str) -> Face:
        """Give the face a language is set in; Latin where its script has none of its own."""
        return dict(self.faces).get(writing(language)) or dict(self.faces)["Latn"]

    def stack(self, kind: str, languages: Sequence[str]) -> str:
        """Give one font stack that serves all these languages: the first one's, then what each further one adds."""
        families: dict[str, None] = {}
        for language in (*languages, "en"):
            families.update(dict.fromkeys(self.face(language).stack(kind).split(", ")))
        generic = [name for name in families if name in ("serif", "sans-serif")]
        return ", ".join([name for name in families if name not in generic] + generic)

    def variables(self, scheme: str) -> str:
        """Give the palette of ``light`` or ``dark`` as CSS custom properties: ``--ink: #23201c; …``."""
        palette = self.dark if scheme == "dark" else self.light
        return " ".join(f"--{item.name}: {getattr(palette, item.name)};" for item in fields(Palette))


def writing(language: str) -> str:
    """Give the key of ``fonts.yaml`` for a language: its script, with Vietnamese and traditional Chinese apart."""
    parts = language.split("-")
    if parts[0] == "vi":
        return "Viet"
    if parts[0] == "yue" or (parts[0] == "zh" and {"Hant", "TW", "HK", "MO"}.intersection(parts)):
        return "Hant"
    return script(language)


def theme(name: str, folders: Sequence[Path] = ()) -> Theme:
    """Give the theme of a name, from the user's template folders first.

    Raises RenderError where there is none, or where a file of it does not hold what a theme must.
    """
    return _theme(name, tuple(folders), _stamp(name, folders))


def themes(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Give the names of all themes there are, in alphabetical order."""
    found = {path.stem for folder in (*folders, TEMPLATES) for path in (folder / "themes").glob("*.yaml")}
    return tuple(sorted(found - {"fonts"}))


def _stamp(name: str, folders: Sequence[Path]) -> tuple[int, ...]:
    """Give the files' times, so that an edited theme is read again."""
    paths = [folder / "themes" / f"{stem}.yaml" for folder in folders for stem in (name, "fonts")]
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in paths)


@lru_cache(maxsize=32)
def _theme(name: str, folders: tuple[Path, ...], stamp: tuple[int, ...]) -> Theme:
    path = _find(name, folders)
    data = _mapping(path)
    kinds = {use: str(data.get(use, "serif")) for use in ("heading", "body", "label")}
    for use, kind in kinds.items():
        if kind not in ("serif", "sans"):
            raise RenderError(str(path), f"{use} is {kind!r}; a theme's faces are serif or sans")
    return Theme(
        name=name,
        light=_palette(path, data, "light"),
        dark=_palette(path, data, "dark"),
        faces=_faces(_find("fonts", folders)),
        **kinds,
    )


def _find(name: str, folders: Sequence[Path]) -> Path:
    for folder in (*folders, TEMPLATES):
        path = folder / "themes" / f"{name}.yaml"
        if path.is_file():
            return path
    known = themes(folders)
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise RenderError(f"theme {name}", f"there is no such theme; {hint}There are: {', '.join(known)}")


def _mapping(path: Path) -> dict[str, object]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RenderError(str(path), f"cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise RenderError(str(path), "holds no mapping of names to values")
    return data


def _palette(path: Path, data: dict[str, object], scheme: str) -> Palette:
    colours = data.get(scheme)
    if not isinstance(colours, dict):
        raise RenderError(str(path), f"has no palette {scheme!r}")
    names = [item.name for item in fields(Palette)]
    wrong = [name for name in names if not _COLOUR.fullmatch(str(colours.get(name, "")).lower())]
    if wrong:
        raise RenderError(str(path), f"{scheme}: {', '.join(wrong)} must be a colour like '#23201c'")
    return Palette(**{name: str(colours[name]).lower() for name in names})


def _faces(path: Path) -> tuple[tuple[str, Face], ...]:
    try:
        faces = {
            str(name): Face(str(face["serif"]), str(face["sans"]), float(face["size"]), float(face["leading"]))
            for name, face in _mapping(path).items()
            if isinstance(face, dict)
        }
    except (KeyError, TypeError, ValueError) as error:
        raise RenderError(str(path), f"each script needs serif, sans, size and leading: {error}") from error
    if "Latn" not in faces:
        raise RenderError(str(path), "has no Latn, the script that every other falls back to")
    for name, face in faces.items():
        if not _STACK.fullmatch(face.serif) or not _STACK.fullmatch(face.sans):
            raise RenderError(str(path), f"{name}: a stack is names with commas between, quoted with ' where needed")
    return tuple(faces.items())
