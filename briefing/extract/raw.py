"""Raw text: bounded, readable, one paragraph a line."""

from __future__ import annotations

import re
import unicodedata

from briefing.text.cleaning import fold_spaces, normalise

MAX_CHARACTERS = 200_000
"""Characters of text that are read; a longer text is cut at the end of a paragraph, sentence or word."""

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
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


def lines_of(text: str, *, markdown: bool = True) -> list[str]:
    """Give the lines of a text, spaces folded: hard-wrapped paragraphs joined, doubled lines and empty ones gone."""
    folded = [fold_spaces(line) for line in normalise(bound(text)).split("\n")]
    if markdown:
        folded = [_EMPHASIS.sub(r"\2", _MARKDOWN_LINK.sub(r"\1", line)) for line in folded]
    joined: list[str] = []
    broken = True
    for line in folded:
        if not line:
            broken = True
        elif joined and not broken and _continues(joined[-1], line):
            joined[-1] = f"{joined[-1]} {line}"
        elif not joined or line != joined[-1]:
            joined.append(_DIRT.sub("", line))
            broken = False
    return [line for line in joined if line]


def _continues(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before: broken at a width, in a script with cases."""
    return (
        len(before) >= 40
        and line[0].islower()
        and before[-1] not in '.!?…:;。！？"”»)'
        and len(before.rsplit("\n", 1)[-1]) >= 40
    )
