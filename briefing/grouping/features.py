"""What grouping looks at in one article: who, where, what and when, each with the article's own spelling."""

from __future__ import annotations

import dataclasses
import json
import re
from base64 import b85decode, b85encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from anyascii import anyascii
from rensa import RMinHash

from briefing.grouping.vetoes import find_marks
from briefing.model import Article
from briefing.text.dates import find_dates
from briefing.text.names import find_names
from briefing.text.numbers import find_numbers
from briefing.text.words import meant, words

VERSION = "3"
"""Of the stored form and of what is read out of a text; another version means: read the article again."""

EMBEDDED_CHARACTERS = 600
"""Of title and lead together: what an embedding engine sees (measured, bench/grouping.py)."""

READ_CHARACTERS = 1_500
"""Of title and lead together: where names, terms, numbers and dates are read; news says first what it is about."""

COPIED_CHARACTERS = 4_000
"""Of the body: what near-duplicates are recognised by."""

MAX_KEYS = 120
"""A field holds no more: a text stuffed with names costs no more than any other."""

PERMUTATIONS = 64
_TOKEN = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_ALPHABETIC = re.compile(r"[A-Za-zÀ-ɏḀ-ỿͰ-ϿЀ-ӿ]")

Spellings = dict[str, str]
"""Key to the article's own spelling, in order of appearance."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared: keys are comparable between articles (and languages), values are shown to readers.

    ``day`` is the publication in days since 1970 (UTC, with fraction) or None; ``marks`` tell what is reported on from
    others of its kind (`briefing.grouping.vetoes`); ``signature`` is a MinHash of the body, empty where there is too
    little text to call anything a copy.
    """

    language: str
    source: str
    day: float | None
    titled: tuple[str, ...]
    terms: Spellings
    people: Spellings
    places: Spellings
    numbers: Spellings
    dates: Spellings
    marks: Spellings
    signature: tuple[int, ...] = ()

    def to_json(self) -> bytes:
        """Give the stored form: UTF-8 JSON."""
        fields: dict[str, Any] = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        packed = np.asarray(self.signature, dtype="<u4").tobytes()
        fields["signature"] = b85encode(packed).decode("ascii")
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, blob: bytes) -> Features:
        """Read the stored form. Raises ValueError where it is not one."""
        try:
            fields = json.loads(blob)
            packed = np.frombuffer(b85decode(fields.pop("signature")), dtype="<u4")
            titled = tuple(fields.pop("titled"))
            return cls(titled=titled, signature=tuple(packed.tolist()), **fields)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not stored features: {error!r}") from error


def embedding_text(title: str, text: str) -> str:
    """Give the bounded text an engine embeds for an article: its title and lead."""
    return f"{title}\n{text[:EMBEDDED_CHARACTERS]}"[:EMBEDDED_CHARACTERS].strip()


def features(article: Article) -> Features:
    """Read an article: bounded work whatever its length."""
    language = article.language
    title = article.title[:READ_CHARACTERS]
    lead = article.text[: max(0, READ_CHARACTERS - len(title) - 1)]
    text = f"{title}\n{lead}"[:READ_CHARACTERS]
    day = article.published.instant.timestamp() / 86_400 if article.published else None
    anchor = article.published.day if article.published else None
    heading = words(title, language)
    names = find_names(text, language)
    named = {mention.key: text[mention.start : mention.end] for mention in reversed(names.people)}
    placed = {mention.code: text[mention.start : mention.end] for mention in reversed(names.places)}
    dated = {
        mention.iso[:10]: text[mention.start : mention.end]
        for mention in find_dates(text, language, anchor)
        if mention.iso and len(mention.iso) >= 10
    }
    counted = {
        _figure(mention.value, mention.unit): text[mention.start : mention.end]
        for mention in find_numbers(text, language)
    }
    return Features(
        language=language,
        source=article.outlet or article.source,
        day=day,
        titled=tuple(_spelled(title, heading, language)),
        terms=_spelled(text, (*heading, *words(lead, language)), language),
        people=_first(named.items()),
        places=_first(placed.items()),
        numbers=_first(counted.items()),
        dates=_first(dated.items()),
        marks=_first(find_marks(title, article.text[:READ_CHARACTERS], language).items()),
        signature=signature(article),
    )


def _figure(value: float, unit: str) -> str:
    # What is counted is a word of one language; per cent and currencies are the same in all.
    shared = unit == "%" or (len(unit) == 3 and unit.isupper())
    return f"{value:.12g} {unit}" if shared else f"{value:.12g}"


def _first(items: Iterable[tuple[str, str]]) -> Spellings:
    return dict(list(items)[:MAX_KEYS])


def _spelled(text: str, found: Sequence[str], language: str) -> Spellings:
    """Give the terms among the words of a text, with the text's own spelling."""
    written = _TOKEN.findall(text)[::-1]
    as_written = dict(zip(map(str.casefold, written), written, strict=True))
    spellings: Spellings = {}
    for word in _terms(found, language):
        key = term(word) if language != "vi" else word
        if key not in spellings:
            spellings[key] = as_written.get(word, word)
            if len(spellings) == MAX_KEYS:
                break
    return spellings


def _terms(found: Sequence[str], language: str) -> Iterable[str]:
    kept = meant(found, language)
    if language != "vi":
        return kept
    # A Vietnamese word is written as two syllables more often than one; a syllable alone says little.
    known = set(kept)
    return [f"{a} {b}" for a, b in pairwise(found) if a in known and b in known]


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """Give the key of a word: Latin, Cyrillic and Greek by the first six letters of the transliteration.

    Six letters stem most inflections and meet cognates (parlament|o, парламент); other scripts keep the word.
    """
    if word.isascii():
        return word.lower()[:6] if _ALPHABETIC.match(word) else word
    return word.translate(_LATIN).lower()[:6] if _ALPHABETIC.match(word) else word


class _Latin(dict[int, str]):
    """Each character's transliteration, asked for once."""

    def __missing__(self, point: int) -> str:
        self[point] = found = anyascii(chr(point))
        return found


_LATIN = _Latin()


def signature(article: Article) -> tuple[int, ...]:
    """Give the MinHash of the body's word triples (Broder, 1997), or () where there are too few to compare."""
    body = article.text[:COPIED_CHARACTERS]
    tokens = words(body, article.language)
    triples = list(map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False)))
    if len(triples) < 12 or len(set(triples)) < 12:
        return ()
    sketch = RMinHash(PERMUTATIONS, 1)
    sketch.update(triples)  # the least of their hashes: neither order nor repetition counts
    digest: Callable[[], list[int]] = sketch.digest
    return tuple(digest())
