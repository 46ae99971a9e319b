"""Raw text: bounded, readable, one paragraph a line."""

from __future__ import annotations

import re
import unicodedata

from briefing.extract.lines import unmarked
from briefing.text.cleaning import fold_spaces, normalise

MAX_CHARACTERS = 200_000
"""Characters of text that are read; a longer text is cut at the end of a paragraph, sentence or word."""

MAX_LINES = 3_000
"""Lines that are read."""

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_GOES_ON = re.compile(r"\s*\[(?:…|\.{3})\]\s*$")  # how feeds mark a summary that was cut
_DIRT = re.compile(r"^[{}|\\^~<>¬¦§][\w{}|\\^~<>¬¦§]{0,3}(?=[\[【(（“\"«])|^(?:[\ufffd?]{3,}|[{}|\\^~]{2,})\s*")


def is_binary(text: str) -> bool:
    """Whether a text is no text: over a tenth of its beginning is controls, unassigned or replacement characters."""
    sample = text[:4_000]
    odd = sum(
        1
        for char in sample
        if char == "\ufffd" or (unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\n\r\t\f\v")
    )
    return odd > len(sample) / 10


def bound(text: str) -> str:
    """Give at most `MAX_CHARACTERS` characters, cut at the last paragraph end, sentence end or space before."""
    if len(text) <= MAX_CHARACTERS:
        return text
    head = text[:MAX_CHARACTERS]
    for mark in ("\n\n", "\n", ". ", "。", " "):
        at = head.rfind(mark)
        if at > MAX_CHARACTERS // 2:
            return head[: at + len(mark)]
    return head


def lines_of(text: str) -> list[str]:
    """Give at most `MAX_LINES` lines of a text, spaces folded and Markdown's marks gone.

    Hard-wrapped paragraphs are joined; empty lines and those that double the line before are left out.
    """
    folded = [_unmarked_down(fold_spaces(line)) for line in normalise(bound(text)).split("\n", 2 * MAX_LINES)]
    width = _wrapped_at([line for line in folded if line])
    joined: list[str] = []
    last = ""
    for line in folded[: 2 * MAX_LINES]:
        if line and last and _continues(last, line, width):
            joined[-1] = f"{joined[-1]} {line}"
        elif line and (not joined or line != joined[-1]):
            joined.append(line)
        last = line
    cleaned = (_GOES_ON.sub("", _DIRT.sub("", line)) for line in joined)
    return [line for line in cleaned if line][:MAX_LINES]


def _unmarked_down(line: str) -> str:
    if "](" in line:
        line = _MARKDOWN_LINK.sub(r"\1", line)
    return _EMPHASIS.sub(r"\2", line) if len(line) < 20_000 and ("*" in line or "_" in line) else line


def _wrapped_at(lines: list[str]) -> int:
    """Give the width that a text was wrapped at, 0 for a text with a paragraph a line.

    Wrapped lines are many, fill most of one width, and mostly do not end with a sentence.
    """
    width = max(map(len, lines), default=0)
    if not 50 <= width <= 130 or unmarked("\n".join(lines)):
        return 0
    filled = [line for line in lines if len(line) >= 0.75 * width]
    ended = sum(1 for line in filled if line[-1] in '.!?…。！？؟۔।”»"')
    return width if len(filled) >= 4 and len(filled) * 3 >= len(lines) and ended * 3 <= len(filled) else 0


def _continues(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the one before, which fills the width or stops within a sentence."""
    if width:
        return len(before) + len(line.split(" ", 1)[0]) >= 0.75 * width and not before.startswith("#")
    return len(before) >= 40 and line[0].islower() and before[-1] not in '.!?…:;。！？"”»)'
