"""The cited texts, made searchable."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from briefing.grounding.atoms import Atoms, atoms
from briefing.ports import Embed, Vectors
from briefing.text.dates import find_dates
from briefing.text.language import script
from briefing.text.names import Heard, hear
from briefing.text.sentences import sentences
from briefing.text.words import words

_READ = 60_000  # characters read of one cited text
COMPARED = 60
"""Sentences of one cited text that are compared in meaning."""
EMBEDDED = 200
"""Characters of a sentence that are embedded."""
IDEOGRAPHIC = frozenset({"zh", "ja", "yue"})
"""Languages that write names in characters, which tell a foreign ear little."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited text: an article, or the sentences of it that are cited; ``published`` is its ISO date, where known."""

    id: str
    text: str
    language: str
    published: str | None = None
    quote: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return date.fromisoformat(self.published[:10]) if self.published else None


def sound_text(text: str) -> str:
    """Give a text without halves of surrogate pairs, which JSON may hold and no library takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


_PARTED = re.compile(r"(?<=\w) ([.,])(?= |$)", re.MULTILINE)
_GLUED = re.compile(r"\beuro(?=\d)", re.IGNORECASE)  # "euro110 billion", where a wire had no sign for it


def _joined(text: str) -> str:
    """Give a text that came in tokens, "20 , 000 died .", with its figures and marks joined again."""
    if " , " not in text or " ." not in text:
        return text
    whole = re.sub(r"(?<=\d) , (?=\d{3}(?!\d))", ",", text)
    whole = re.sub(r"(?<=\d) ([:/]) (?=\d)", r"\1", whole)
    whole = re.sub(r"(?<=\b[A-Z]) \. (?=[A-Z] \.)", ".", whole)
    return _PARTED.sub(r"\1", whole)


_OPENING, _SHORT = 3, 60  # lines in which a text may say when it was published, and characters of such a line


def _dateline(text: str, language: str) -> str | None:
    """The day on which an undated text says that it was published: the whole date in a short line at its beginning."""
    for line in text.split("\n")[:_OPENING]:
        if len(line) <= _SHORT:
            dates = [found.iso for found in find_dates(line, language.split("-")[0]) if found.year_known and found.day]
            if len(dates) == 1:
                return dates[0]
    return None


class Evidence:
    """One passage with what is looked up in it, each read when it is first needed."""

    def __init__(self, passage: Passage) -> None:
        self.text = _GLUED.sub("euro ", _joined(sound_text(passage.text[:_READ])))
        self.passage = (
            passage if passage.published else replace(passage, published=_dateline(self.text, passage.language))
        )
        self.language = passage.language.split("-")[0]
        self._vectors: Vectors | None = None

    @cached_property
    def atoms(self) -> Atoms:
        """Its numbers, dates, places, names and quotations."""
        return atoms(self.text, self.language, self.passage.day)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, in order."""
        whole = (self.text[span.start : span.end] for span in sentences(self.text, self.language))
        return tuple(piece for line in whole for piece in _pieces(line, self.language))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, casefolded."""
        found = words(self.text, self.language)
        return frozenset(found) | {word[: match.start()] for word in found if (match := SUFFIXED.search(word))}

    @cached_property
    def plain(self) -> frozenset[str]:
        """Its words without accents: İzmir and Izmir, Córdoba and Cordoba."""
        return frozenset(map(unaccented, self.words))

    @property
    def latin(self) -> bool:
        """Whether its language is written in Latin letters."""
        return script(self.language) == "Latn"

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of its words, so that an inflected form is found."""
        return frozenset(word[:length] for word in self.words for length in range(4, len(word) + 1))

    @cached_property
    def heard(self) -> Heard:
        """The text as it sounds, comparable across scripts."""
        return hear(self.text, self.language)

    def cosines(self, text: str, embed: Embed) -> list[float]:
        """Give how near in meaning each of its first sentences (`COMPARED`) is to a text, in their order."""
        lines = [line[:EMBEDDED] for line in self.sentences[:COMPARED]]
        if not lines:
            return []
        if self._vectors is None:
            self._vectors = embed(lines)
        return [float(cosine) for cosine in self._vectors @ meaning(text, embed)]

    @cached_property
    def folded(self) -> str:
        """The text for verbatim comparison: see `fold`."""
        return fold(self.text)


@lru_cache(maxsize=2048)
def meaning(text: str, embed: Embed) -> Any:
    """Give the vector of the first characters (`EMBEDDED`) of a text, computed once."""
    return embed([text[:EMBEDDED]])[0]


@lru_cache(maxsize=512)
def evidence(passage: Passage) -> Evidence:
    """Read a passage once."""
    return Evidence(passage)


_LINE = 60  # characters from which on a run of Thai is as long as a sentence


def _pieces(line: str, language: str) -> list[str]:
    """A sentence; in Thai, which marks no end of one, a longer run is parted at its spaces."""
    if language not in ("th", "lo") or len(line) <= 2 * _LINE:
        return [line]
    pieces = [""]
    for word in line.split(" "):
        if len(pieces[-1]) >= _LINE and not word[:1].isdigit():
            pieces.append(word)
        else:
            pieces[-1] = f"{pieces[-1]} {word}".strip()
    return pieces


SUFFIXED = re.compile(r"[’']\w{1,6}$")
"""What an apostrophe parts from a name: İzmir'de, Biden's."""


def unaccented(word: str) -> str:
    """Give a Latin word in small letters without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if unicodedata.category(c) != "Mn")
    return plain.replace("ı", "i").replace("đ", "d").replace("ł", "l").replace("ø", "o")


_NOT_SAID = re.compile(r"[^\w%\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0d7f\u0e31-\u0e4e]+|_")


def fold(text: str) -> str:
    """Fold what may differ in a verbatim quotation: case, width, spaces, punctuation, quotation marks, ZWNJ."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ي", "ی").replace("ك", "ک")
    return _NOT_SAID.sub(" ", folded.replace("\u200c", " ")).strip()
