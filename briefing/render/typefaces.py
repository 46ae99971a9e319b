"""Typefaces of this machine, for pictures: which can show a text, and how wide it is in them.

Pages and mails name fonts and the reader's device finds them; a picture is drawn here, with what is installed here. A
text that no installed font can show is reported, so that nobody ever sees the boxes that stand for missing letters.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_FILES = (".ttf", ".otf", ".ttc", ".otc")
_FAMILY, _STYLE = 1, 2  # name identifiers of the OpenType name table
_UNSEEN = frozenset(("Zs", "Cf", "Cc", "Zl", "Zp"))


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file: its family, and whether it is the bold of it."""

    path: str
    family: str
    bold: bool

    def shows(self, char: str) -> bool:
        """Say whether it has this character."""
        return ord(char) in _font(self.path).face.unicodes


@lru_cache(maxsize=1)
def typefaces() -> tuple[Typeface, ...]:
    """Give every upright regular and bold face that is installed, by path."""
    return tuple(_found())


def _found() -> Iterator[Typeface]:
    import uharfbuzz

    for path in sorted({file for folder in _FOLDERS for file in _files(Path(folder).expanduser())}):
        try:
            face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
            family, style = face.get_name(_FAMILY) or "", (face.get_name(_STYLE) or "").casefold()
        except (OSError, ValueError, uharfbuzz.HarfBuzzError):
            continue  # a file that only looks like a font
        if family and style in ("regular", "bold", "book", "roman"):
            yield Typeface(path, family, style == "bold")


def _files(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        yield from (str(Path(place, name)) for name in names if name.lower().endswith(_FILES))


@lru_cache(maxsize=64)
def _font(path: str) -> uharfbuzz.Font:
    import uharfbuzz  # only where a picture is drawn: it takes longer to import than a page to set

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


def shown(text: str, families: Sequence[str], bold: bool = False) -> tuple[str, tuple[Typeface, ...]] | None:
    """Give a text as it can be shown, and the few faces that show it; the first families are taken first.

    Signs that no face has (emoji, mostly) are left out; None where a letter, mark or digit is missing.
    """
    wanted = [name.casefold() for name in families]
    ranks = {name: rank for rank, name in reversed(list(enumerate(wanted)))}
    known = sorted(typefaces(), key=lambda face: (ranks.get(face.family.casefold(), len(ranks)), face.bold != bold))
    chosen: list[Typeface] = []
    missing: set[str] = set()
    for char in dict.fromkeys(text):
        if unicodedata.category(char) in _UNSEEN or any(face.shows(char) for face in chosen):
            continue
        found = next((face for face in known if face.shows(char)), None)
        if found is not None:
            chosen.append(found)
        elif unicodedata.category(char)[0] in "LMN":
            return None
        else:
            missing.add(char)
    kept = "".join(char for char in text if char not in missing)
    return " ".join(kept.split()), tuple(chosen)


def runs(text: str, faces: Sequence[Typeface]) -> list[tuple[str, Typeface]]:
    """Give a text in stretches, each with the first face that shows it; what none shows stays with what is before."""
    found: list[tuple[str, Typeface]] = []
    for char in text if faces else "":
        before = found[-1][1] if found else None
        face = next((face for face in faces if face.shows(char)), before or faces[0])
        if unicodedata.category(char) in _UNSEEN and before:
            face = before
        if face == before:
            found[-1] = found[-1][0] + char, face
        else:
            found.append((char, face))
    return found


def width(text: str, faces: Sequence[Typeface], size: float) -> float:
    """Give how wide a text is when shaped in these faces at a size, in the size's unit."""
    return sum(_advance(run, face.path) for run, face in runs(text, faces)) * size


@lru_cache(maxsize=4096)
def _advance(run: str, path: str) -> float:
    """Give the width of a run in ems."""
    import uharfbuzz

    font = _font(path)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return float(sum(glyph.x_advance for glyph in buffer.glyph_positions)) / float(font.face.upem)
