"""A stranger's picture as a small JPEG: decoded within bounds, cut to shape, with nothing in it but what is seen."""

from __future__ import annotations

import io
import struct
import threading
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from briefing.ports import Copy

LIMIT_PIXELS = 25_000_000
"""Pixels of a JPEG that are decoded: a camera's own picture, at 280 MB and a second at most."""

LIMIT_OTHERS = 12_000_000
"""Pixels of other kinds, which cannot be decoded at a part of their size."""

LEAST = 100
"""Pixels of either side, below which a picture is an icon or counts readers."""

LARGE, SMALL = (1168, 1226), (264, 176)
"""Width and greatest height of a picture across the text, and the shape of one beside it: twice what a mail shows."""

_WIDE = 480  # pixels from which a picture is fit to stand across the text
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_SCANS = 64  # of a progressive JPEG; encoders write some ten, and each costs a pass over the whole picture
_FLAT = 12  # of 255: what differs less is one colour
_UPPER = 0.35  # where the middle of what is kept of a tall picture stands: faces are above the middle
_QUALITIES = (78, 66, 54)
_HEAVY = 160_000  # bytes beyond which the next quality is tried; photographs have half of that at the first
# What its decoders raise for what they cannot read.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError,
           RuntimeError, ZeroDivisionError, AttributeError, struct.error)  # fmt: skip
_one_at_a_time = threading.Lock()  # so that memory is bounded by one picture's


class NotAPictureError(Exception):
    """The bytes are no picture that can be shown; the text says why."""


def scaled(data: bytes, *, large: bool) -> Copy:
    """Give a picture as a JPEG of the size that is shown, never enlarged.

    One that is wanted ``large`` but is narrow or taller than wide comes small, cut to 3:2. Only the first picture of a
    moving one is read; what is transparent becomes white; notes of place, camera and author are left behind. Raises
    NotAPictureError.
    """
    with _one_at_a_time:
        try:
            return _scaled(data, large)
        except UnidentifiedImageError:
            raise NotAPictureError("is no JPEG, PNG, WebP or GIF") from None
        except _BROKEN as error:
            raise NotAPictureError(f"is damaged ({type(error).__name__})") from error


def _scaled(data: bytes, large: bool) -> Copy:
    _bounded(*_canvas(data), LIMIT_OTHERS)
    if data[:2] == b"\xff\xd8" and data.count(b"\xff\xda") > _SCANS:
        raise NotAPictureError(f"is a JPEG of more than {_SCANS} scans")
    Image.MAX_IMAGE_PIXELS = None  # its own bound warns or fails by another measure; ours is checked before decoding
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        _bounded(*opened.size, LIMIT_PIXELS if opened.format == "JPEG" else LIMIT_OTHERS)
        if opened.format == "JPEG":
            opened.draft("RGB", (2 * LARGE[0], 2 * LARGE[0]))  # decoded at half or a quarter where that is enough
        image = _upright(opened)
    width, height = image.size
    across = large and width >= _WIDE and height * LARGE[0] <= width * LARGE[1]
    if across:
        image.thumbnail(LARGE, Image.Resampling.LANCZOS)
    else:
        scale = min(1.0, width / SMALL[0], height / SMALL[1])
        shape = max(1, round(SMALL[0] * scale)), max(1, round(SMALL[1] * scale))
        image = ImageOps.fit(image, shape, Image.Resampling.LANCZOS, centering=(0.5, _UPPER))
    darkest, brightest = _range(image)
    if brightest - darkest < _FLAT:
        raise NotAPictureError("shows nothing: it is all of one colour")
    return Copy(_written(image), *image.size)


def _written(image: Image.Image) -> bytes:
    """Give a JPEG that a mail can carry: what will not become small is written more coarsely."""
    made = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        made = out.getvalue()
        if len(made) <= _HEAVY:
            break
    return made


def _bounded(width: int, height: int, limit: int) -> None:
    if min(width, height) < LEAST:
        raise NotAPictureError(f"is {width} by {height} pixels, too small to be seen")
    if width * height > limit:
        raise NotAPictureError(f"is {width} by {height} pixels, more than {limit / 1e6:g} million")


def _canvas(data: bytes) -> tuple[int, int]:
    """Give the size that a WebP declares, whose decoder takes the memory for it on opening; `LEAST` of other kinds."""
    kind = data[12:16] if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else b""
    if kind == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8 " and len(data) >= 30:
        return tuple(side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return LEAST, LEAST


def _upright(opened: Image.Image) -> Image.Image:
    """Give the picture as it is meant to be seen: the right way up, in RGB, on white."""
    image = ImageOps.exif_transpose(opened)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def _range(image: Image.Image) -> tuple[Any, Any]:
    darkest, brightest = image.convert("L").getextrema()
    return darkest, brightest
