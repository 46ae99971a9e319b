"""Keywords that a spammer injected: a phrase glued to the ends of words or left hanging behind full stops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.extract.lines import unmarked

_SUSPECTS = 20  # phrases looked for in the whole text
_HANGING = re.compile(r"(?:(?<=[.!?…؟۔।])\s+|(?<=[。！？])\s*)#?((?:[^\W\d_][^\s.!?…。！？，、,;:]*\s?){1,4})$")
_HASHED = re.compile(r"(?<=[^\s#&/])#((?:\w[\w'’-]*\s?){1,4})$")
_LONG = 60  # characters of a line that is a paragraph
_QUOTES = "\"'”’»"


def find_injected(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the phrases of one to four words that were injected into the lines, longest first.

    A phrase is suspected where it hangs, in lower case and without a mark of its own, behind a sentence that has ended,
    or behind a ``#`` stuck to a word, at the end of a line; in a script without sentence marks, where it ends most
    paragraphs. It is found guilty when such places, and those where it is glued to the end of another word, are two or
    more. Whatever else a page says stays: real uses stand apart from words.
    """
    suspects: Counter[str] = Counter()
    for line in lines:
        for pattern in (_HANGING, _HASHED):
            found = pattern.search(line[-200:])
            phrase = found[1].strip() if found else ""
            if phrase == phrase.lower() and len(phrase) >= 3:
                suspects[phrase] += 1
    text = "\n".join(lines) if suspects else ""
    likely = suspects.most_common(_SUSPECTS)
    guilty = [phrase for phrase, count in likely if count >= 2 or _times_glued(phrase, text) + count >= 2]
    return tuple(sorted({*guilty, *_trailing(lines)}, key=lambda phrase: (-len(phrase), phrase)))


def remove_injected(line: str, phrases: Sequence[str]) -> str:
    """Give the line without the injected phrases; the words they were glued to stay.

    In scripts without capitals a phrase goes only at the end of a line: in between it cannot be told from real use.
    """
    for phrase in phrases:
        quoted = re.escape(phrase)
        if _cased(phrase):
            line = _glued(phrase).sub("", line)
            line = re.sub(rf"(?<=[.!?…])\s+#?{quoted}(?=\s+[^\W\d_a-z])", "", line)
        line = re.sub(rf"(?:(?<=[.!?…。！？؟۔।])\s*#?|#|^#?){quoted}\s*$", "", line)
        if unmarked(phrase):
            line = line.removesuffix(" " + phrase)
    return line.rstrip()


def _trailing(lines: Sequence[str]) -> list[str]:
    """Give the words that end most paragraphs in a script without sentence marks, and stand nowhere else."""
    paragraphs = [line for line in lines if len(line) >= _LONG and " " in line and unmarked(line)]
    ends = Counter(line.rsplit(" ", 1)[1] for line in paragraphs if line.rsplit(" ", 1)[0][-1] not in _QUOTES)
    return [
        phrase
        for phrase, count in ends.items()
        if count >= 3
        and count * 5 >= 3 * len(paragraphs)
        and len(phrase) >= 6
        and "\n".join(lines).count(phrase) == count
    ]


def _cased(phrase: str) -> bool:
    return phrase != phrase.upper()


def _times_glued(phrase: str, text: str) -> int:
    return len(_glued(phrase).findall(text)) if _cased(phrase) else 0


def _glued(phrase: str) -> re.Pattern[str]:
    """Match the phrase where it follows a letter, or a word's full stop, without a space: ``Reuters`` + phrase."""
    quoted = re.escape(phrase)
    return re.compile(rf"(?<=[^\W\d_]){quoted}(?![^\W_])|(?<=[^\W\d_][.!?…])#?{quoted}(?=\s|$)")
