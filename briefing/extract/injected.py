"""Keywords that a spammer injected: a phrase glued to the ends of words or left hanging behind full stops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.extract.lines import unmarked

_SUSPECTS = 20  # phrases looked for in the whole text
_HANGING = re.compile(r"(?<=[.!?…。！？؟۔।])['\"”’»)\]]*\s+#?((?:[^\W\d_][^\s.!?…。]*\s?){1,4})$")
_HASHED = re.compile(r"(?<=[^\s#&/])#((?:\w[\w'’-]*\s?){1,4})$")
_PREFIX = re.compile(r"[^\W\d_]+$")


def find_injected(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the phrases of one to four words that were injected into the lines, longest first.

    A phrase is suspected where it hangs, in lower case and without a mark of its own, behind a sentence that has ended,
    or behind a ``#`` stuck to a word, at the end of a line; in a script without sentence marks, where it ends three
    lines. It is found guilty when such places and those where it is
    glued to the end of another word are two or more. Whatever else a page says stays: real uses stand apart from words.
    """
    suspects: Counter[str] = Counter()
    for line in lines:
        for pattern in (_HANGING, _HASHED):
            found = pattern.search(line[-200:])
            phrase = found[1].strip() if found else ""
            if phrase and phrase == phrase.lower() and phrase != phrase.upper() and len(phrase) >= 3:
                suspects[phrase] += 1
    suspects.update(_trailing(lines))
    if not suspects:
        return ()
    text = "\n".join(lines)
    likely = suspects.most_common(_SUSPECTS)
    guilty = [phrase for phrase, count in likely if count + len(_glued(phrase).findall(text)) >= 2]
    return tuple(sorted(guilty, key=lambda phrase: (-len(phrase), phrase)))


def remove_injected(line: str, phrases: Sequence[str]) -> str:
    """Give the line without the injected phrases; the words they were glued to stay."""
    for phrase in phrases:
        if unmarked(phrase) and line.endswith(" " + phrase):
            line = line.removesuffix(phrase).rstrip()
        line = _glued(phrase).sub("", line)
        quoted = re.escape(phrase)
        line = re.sub(rf"(?<=[.!?…。！？؟۔।\"”’»)])\s+#?{quoted}(?=\s*$|\s+[^\W\d_a-z])", "", line)
        line = re.sub(rf"#{quoted}\s*$|^\s*#?{quoted}\s*$", "", line)
    return line.rstrip()


def _trailing(lines: Sequence[str]) -> Counter[str]:
    """Count the last words of long lines in scripts without sentence marks, where three lines or more end alike."""
    ends = Counter(line.rsplit(" ", 1)[1] for line in lines if " " in line and len(line) >= 60 and unmarked(line))
    return Counter({phrase: count for phrase, count in ends.items() if count >= 3 and len(phrase) >= 6})


def _glued(phrase: str) -> re.Pattern[str]:
    """Match the phrase where it follows a letter, or a word's full stop, without a space: ``Reuters`` + phrase."""
    quoted = re.escape(phrase)
    return re.compile(rf"(?<=[^\W\d_]){quoted}(?![^\W_])|(?<=[^\W\d_][.!?…。！？])#?{quoted}(?=\s|$)")
