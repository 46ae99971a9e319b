"""How a page looks, measured so that it holds with any fonts: where the blocks stand, their colours, a coarse picture.

Boxes are compared from left to right and by their order from top to bottom, not by their heights, which are the fonts'.
Pictures of single blocks are shrunk to a few cells, so that letters become tone.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page

REFERENCE = Path(__file__).with_name("data") / "looks.json"
WRITING = os.environ.get("BRIEFING_LOOKS") == "write"
"""Whether what is found becomes the reference: ``BRIEFING_LOOKS=write pytest tests/web/test_looks.py``."""

COLUMNS, ROWS = 8, 4
SIDE = 0.03  # of the view's width
TONE = 8  # of 255, of a colour
SHADE = 0.06  # of 1, of a whole picture
SIZE = 0.6  # pixels of text

_MEASURE = """(selectors) => {
    const ground = (it) => {
        for (; it; it = it.parentElement) {
            const colour = getComputedStyle(it).backgroundColor;
            if (colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const found = {};
    for (const selector of selectors) {
        const it = document.querySelector(selector);
        const box = it?.getBoundingClientRect();
        if (!box || !box.width || !box.height || getComputedStyle(it).visibility === "hidden") {
            found[selector] = null;
            continue;
        }
        const style = getComputedStyle(it);
        found[selector] = {
            left: box.left / innerWidth, right: box.right / innerWidth, top: box.top + scrollY,
            colour: style.color, ground: ground(it), size: parseFloat(style.fontSize),
            direction: style.direction, align: style.textAlign,
        };
    }
    return found;
}"""
_SHRINK = """async ([data, columns, rows]) => {
    const picture = new Image();
    picture.src = "data:image/png;base64," + data;
    await picture.decode();
    const canvas = new OffscreenCanvas(columns, rows), pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, columns, rows);
    const cells = pen.getImageData(0, 0, columns, rows).data;
    return Array.from({length: columns * rows}, (_, at) =>
        Math.round((cells[4 * at] * .299 + cells[4 * at + 1] * .587 + cells[4 * at + 2] * .114) / 2.55) / 100);
}"""


def look(page: Page, frame: Frame, selectors: Sequence[str], pictured: Sequence[str]) -> dict[str, Any]:
    """Give how the blocks of a frame look: measures of each, their order from the top, pictures of some of them."""
    found = frame.evaluate(_MEASURE, list(selectors))
    seen = [name for name in selectors if found[name]]
    order = sorted(seen, key=lambda name: (round(found[name]["top"]), seen.index(name)))
    taken = {name: frame.locator(name).first.screenshot(animations="disabled") for name in pictured if found[name]}
    blocks = {name: measures and _rounded(measures) for name, measures in found.items()}
    return {"blocks": blocks, "order": order, "pictures": _shrunk(page, taken)}


def _rounded(measures: Mapping[str, Any]) -> dict[str, Any]:
    # How far from the top is left out: it hangs on the heights of all that is above.
    kept = {key: value for key, value in measures.items() if key != "top"}
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in kept.items()}


def _shrunk(page: Page, pictures: Mapping[str, bytes]) -> dict[str, list[float]]:
    if not pictures:
        return {}
    blank = page.context.new_page()  # without the policy of the page that is looked at
    try:
        return {
            name: blank.evaluate(_SHRINK, [base64.b64encode(picture).decode(), COLUMNS, ROWS])
            for name, picture in pictures.items()
        }
    finally:
        blank.close()


def differences(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Give what looks otherwise than it should, a line each; nothing where the fonts alone are others."""
    lines: list[str] = []
    for name, block in wanted["blocks"].items():
        other = found["blocks"].get(name)
        if (block is None) != (other is None):
            lines.append(f"{name} is {'not ' if other is None else ''}there")
        elif block is not None:
            lines += _apart(name, block, other)
    if wanted["order"] != found["order"]:
        lines.append(f"the order is {' '.join(found['order'])}, not {' '.join(wanted['order'])}")
    for name, cells in found["pictures"].items():
        shade = abs(sum(cells) - sum(wanted["pictures"][name])) / len(cells)
        if shade > SHADE:
            lines.append(f"{name} is {shade:.2f} lighter or darker than it was")
    return lines


def _apart(name: str, block: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{name}: {side} is at {other[side]:.3f} of the width, not {block[side]:.3f}"
        for side in ("left", "right")
        if abs(block[side] - other[side]) > SIDE
    ]
    if abs(block["size"] - other["size"]) > SIZE:
        lines.append(f"{name}: text has {other['size']} pixels, not {block['size']}")
    changed = [key for key in ("colour", "ground") if _far(block[key], other[key])]
    changed += [key for key in ("direction", "align") if block[key] != other[key]]
    return lines + [f"{name}: {key} is {other[key]}, not {block[key]}" for key in changed]


def _far(one: str, other: str) -> bool:
    return max(abs(a - b) for a, b in zip(_channels(one), _channels(other), strict=True)) > TONE


def _channels(colour: str) -> list[float]:
    return [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")][:3]


def reference() -> dict[str, Any]:
    """Give how everything should look, by case."""
    return dict(json.loads(REFERENCE.read_text("utf-8"))) if REFERENCE.is_file() else {}


def keep(case: str, found: Mapping[str, Any]) -> None:
    """Make what was found the reference of a case."""
    known = reference() | {case: found}
    REFERENCE.write_text(json.dumps(dict(sorted(known.items())), ensure_ascii=False) + "\n", "utf-8")
