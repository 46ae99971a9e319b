"""The picture that is shown where an edition is shared: its name, its day, its first headline, how far that has come.

It is drawn here from an SVG template, with the fonts of this machine. Where no font can show a headline the card has no
words at all rather than boxes; the page's own title and alternative text say what it is.

A picture holds the mark of what it was drawn from, so that a run with nothing new need not draw it again to know that
it is the same: the drawing is most of its time.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from icu4py.breakers import CharacterBreaker

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.render.environment import environment, with_fallback
from briefing.render.interface import interface
from briefing.render.keeping import digest, kept, stamp
from briefing.render.site import Site
from briefing.render.theme import Theme, theme
from briefing.render.typefaces import Typeface, runs, shown, width
from briefing.render.views import NAME_LIMIT, clipped, plain
from briefing.render.wrapping import pieces
from briefing.text.language import direction

FILE = "card.png"
SIZE = (1200, 630)
"""Pixels: what Open Graph readers ask for, 1.91 to 1."""

_MARGIN = 72
_HEADLINE = (76, 68, 60, 53, 47)
_HEIGHT = 290  # pixels that headline lines may take together
_LINES = 4
_HEAD = 33
"""Bytes of a PNG before which nothing else may stand: its signature and the chunk of its size."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of a card: its stretches, each with the face that shows it, where it stands and how large it is."""

    runs: tuple[tuple[str, Typeface], ...]
    language: str
    x: float
    y: float
    anchor: str
    size: float
    muted: bool = False


def card(
    edition: Edition,
    site: Site,
    folders: Sequence[Path] = (),
    problems: list[RenderError] | None = None,
    before: bytes = b"",
) -> bytes:
    """Give an edition's picture as PNG of `SIZE`, drawn now or when it last said the same: ``before`` is that one.

    What is wrong with a template of the user's is appended to ``problems`` and the shipped one used.
    """
    lead = edition.storylines[0] if edition.storylines else None
    told = (edition.title, edition.date, edition.language, edition.reading_minutes, len(edition.storylines))
    first = (lead.headline, lead.headline_language, lead.process) if lead else ()
    key = digest("card", site, folders, theme(site.theme, folders), stamp(folders, "pages"), told, first)
    return kept(key, lambda: with_fallback(lambda where: _drawn(edition, site, where, before), folders, problems))


def said(edition: Edition) -> str:
    """Give what the picture says, for those who do not see it."""
    words = interface(edition.language)
    first = plain(edition.storylines[0].headline) if edition.storylines else words.gettext("Nothing new")
    return f"{plain(edition.title)}, {words.day(edition.date)}: {clipped(first, 200)}"


def _drawn(edition: Edition, site: Site, folders: tuple[Path, ...], before: bytes) -> bytes:
    look = theme(site.theme, folders)
    lines, faces = _lines(edition, look)
    lead = edition.storylines[0] if edition.storylines else None
    steps = [stage.state for stage in lead.process.stages] if lead and lead.process else []
    rtl = interface(edition.language).direction == "rtl"
    source = environment(edition.language, folders).get_template("pages/card.svg")
    picture = source.render(
        light=look.light,
        lines=lines,
        steps=steps[::-1] if rtl else steps,
        rtl=rtl,
        width=SIZE[0],
        height=SIZE[1],
        margin=_MARGIN,
    )
    files = list(dict.fromkeys(face.path for face in faces))
    fonts = [(Path(file).name, Path(file).stat().st_size) for file in files]
    mark = _chunk(b"tEXt", b"Drawn from\0" + digest(picture, fonts, _drawing()).hex().encode())
    if before.startswith(mark, _HEAD) and before.endswith(_chunk(b"IEND", b"")):
        return before
    import resvg_py  # slow to import, as drawing is

    try:
        drawn = bytes(resvg_py.svg_to_bytes(svg_string=picture, skip_system_fonts=True, font_files=files))
    except ValueError as error:
        raise RenderError("template pages/card.svg", f"cannot be drawn: {error}") from error
    return drawn[:_HEAD] + mark + drawn[_HEAD:]


@cache
def _drawing() -> str:
    """Give what draws, and which version of it."""
    return f"resvg_py {version('resvg_py')}"


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Give a chunk of a PNG (PNG, third edition, 5.3)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _lines(edition: Edition, look: Theme) -> tuple[list[Words], list[Typeface]]:
    """Give the card's lines and the faces they need; none at all where one of them cannot be shown."""
    words = interface(edition.language)
    room = SIZE[0] - 2 * _MARGIN
    lead = edition.storylines[0] if edition.storylines else None
    headline = (plain(lead.headline) or lead.slug) if lead else words.gettext("Nothing new since the last edition.")
    spoken = lead.headline_language if lead and lead.headline_language != "und" else words.language
    count = len(edition.storylines)
    counted = words.ngettext("%(n)s storyline", "%(n)s storylines", count) if count else ""
    asked = (
        (clipped(plain(edition.title), NAME_LIMIT) or edition.newsletter, words.language, True, look.heading),
        (words.dateline(edition.date), words.language, False, look.label),
        (f"{clipped(headline, 240)}…", spoken, True, look.heading),  # the faces must have what may have to end it
        (counted, words.language, False, look.label),
    )
    found = [shown(text, _families(look, kind, language), bold) for text, language, bold, kind in asked]
    if any(item is None for item in found):
        return [], []
    (title, title_faces), (day, day_faces), (head, head_faces), (foot, foot_faces) = [item for item in found if item]
    rtl = words.direction == "rtl"
    left, right = (SIZE[0] - _MARGIN, _MARGIN) if rtl else (_MARGIN, SIZE[0] - _MARGIN)
    start, end = ("end", "start") if rtl else ("start", "end")
    free = room - 48 - width(day, day_faces, 30)
    size = min(44.0, 44 * free / max(width(title, title_faces, 44), 1))
    lines = [
        _line(title, words.language, left, 116, start, size, title_faces),
        _line(day, words.language, right, 114, end, 30, day_faces, muted=True),
    ]
    own = direction(spoken) == "rtl"
    x, anchor = (SIZE[0] - _MARGIN, "end") if own else (_MARGIN, "start")
    size, leading, texts = _set(head.removesuffix("…"), spoken, head_faces, room, look)
    for number, text in enumerate(texts):
        y = 184 + size * 0.98 + number * leading
        lines.append(_line(text, spoken, x, y, anchor, size, head_faces))
    if foot:
        lines.append(_line(foot, words.language, left, 562, start, 28, foot_faces, muted=True))
    return lines, [*title_faces, *day_faces, *head_faces, *foot_faces]


def _families(look: Theme, kind: str, language: str) -> list[str]:
    """Give the families of the theme's stacks for a language, then for Latin, whose letters stand in every text."""
    stacks = f"{look.face(language).stack(kind)},{look.face('en').stack(kind)}"
    return [name.strip(" '") for name in stacks.split(",")]


def _line(
    text: str,
    language: str,
    x: float,
    y: float,
    anchor: str,
    size: float,
    faces: Sequence[Typeface],
    muted: bool = False,
) -> Words:
    # An isolate gives the line its own direction, whatever letter it begins with (UAX #9).
    isolated = f"\u2067{text}\u2069" if direction(language) == "rtl" else f"\u2066{text}\u2069"
    return Words(tuple(runs(isolated, faces)), language, x, y, anchor, round(size, 2), muted)


def _set(
    text: str, language: str, faces: Sequence[Typeface], room: float, look: Theme
) -> tuple[float, float, list[str]]:
    """Give size, line distance and lines: the largest size at which the headline fits, or the smallest, cut."""
    tight = look.face(language).leading - 0.26
    for size in _HEADLINE:
        leading = size * tight
        lines = _broken(text, language, faces, room, size)
        if len(lines) <= _LINES and len(lines) * leading <= _HEIGHT + leading * 0.2:
            return size, leading, lines
    kept_lines = lines[: max(1, min(_LINES, int(_HEIGHT // leading)))]
    last, _ = _fitting(list(CharacterBreaker(kept_lines[-1], "en")), faces, room - width("…", faces, size), size)
    return size, leading, [*kept_lines[:-1], f"{last.rstrip(' ,;:-–—·')}…"]


def _broken(text: str, language: str, faces: Sequence[Typeface], room: float, size: float) -> list[str]:
    """Give a text in lines that fit, at most one more than a card has room for."""
    lines = [""]
    for piece in pieces(text, language):
        if lines[-1] and width((lines[-1] + piece).rstrip(), faces, size) > room:
            lines.append("")
        lines[-1] += piece
        while len(lines) <= _LINES and width(lines[-1].rstrip(), faces, size) > room:
            # One word wider than the card is cut between whole characters.
            lines[-1:] = _fitting(list(CharacterBreaker(lines[-1], "en")), faces, room, size)
        if len(lines) > _LINES:
            break
    return [line.strip() for line in lines if line.strip()]


def _fitting(chars: Sequence[str], faces: Sequence[Typeface], room: float, size: float) -> tuple[str, str]:
    """Give as much of a text as fits, one character at least, and the rest."""
    count = (
        bisect_right(range(len(chars) + 1), room, lo=1, key=lambda end: width("".join(chars[:end]), faces, size)) - 1
    )
    count = max(1, min(count, len(chars)))
    return "".join(chars[:count]), "".join(chars[count:])
