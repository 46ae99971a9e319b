"""Names: the places and people that a text names, comparable across languages and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.text.capitals import ordinary_words
from briefing.text.data import table
from briefing.text.people import find_people
from briefing.text.places import PlaceMention, find_places, territory_name
from briefing.text.sounds import coarse, distance, distance_within, sound
from briefing.text.words import stopwords

__all__ = [
    "Heard", "NameMention", "Names", "PlaceMention", "blocks", "find_names", "find_places", "hear", "mentions",
    "name_key", "name_score", "ordinary_words", "same_name", "spells_foreign", "territory_name",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameMention:
    """A person (or other proper name) at ``text[start:end]``; ``key`` is how it sounds: compare with `same_name`.

    Where a text has a full name, its later short forms carry the full name's key.
    """

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a text, in order."""

    places: tuple[PlaceMention, ...]
    people: tuple[NameMention, ...]


def name_key(parts: Iterable[str]) -> str:
    """Give the key of a name from its parts: their sounds (`briefing.text.sounds.sound`), joined by spaces."""
    return " ".join(filter(None, (sound(part) for part in parts)))


def find_names(text: str, language: str) -> Names:
    """Give the places and people named in a text, in order."""
    base = language.split("-")[0]
    places = find_places(text, base)
    heard = [
        (span, name_key(parts))
        for span, parts in find_people(text, base, ((place.start, place.end) for place in places))
    ]
    # The full name in the same text that a single part belongs to: the longest, of equals the first.
    fuller: dict[str, str] = {}
    for name in sorted(dict.fromkeys(key for _, key in heard if " " in key), key=len, reverse=True):
        fuller |= {part: name for part in name.split(" ") if part not in fuller}
    people = tuple(NameMention(*span, fuller.get(key, key)) for span, key in heard if key)
    return Names(places, people)


_ONE_NAME = 0.2  # sound distance up to which two words are one name, measured over twelve scripts


# The same where words are not parted and chance finds more; Chinese spells foreign sounds less exactly than Thai.
_IN_RUN = {"zh": 0.18}


@lru_cache(maxsize=16_384)
def blocks(key: str) -> frozenset[str]:
    """Give rough hashes of a key's parts.

    Two keys of one name nearly always share one; parts of one consonant have none.
    """
    return frozenset(reading for part in key.split(" ") for reading in coarse(part) if len(reading) > 1)


@lru_cache(maxsize=262_144)
def name_score(a: str, b: str) -> float:
    """How surely two keys name one person, 0 to 1: over .5 probably, from .8 very probably.

    Full names must agree in the last part (in whichever order the language puts them) and not differ in the first; a
    single part counts less, the shorter it is.
    """
    if a == b:
        return 1.0 if len(a) > 4 else 0.8
    one, two = a.split(" "), b.split(" ")
    if len(one) > len(two):
        one, two = two, one
    if len(one) == 1:
        best = min((distance(one[0], part), -n) for n, part in enumerate(two))
        return _single(one[0], best[0], last=-best[1] == len(two) - 1)
    together = distance("".join(one), "".join(two))
    matched = 0
    left = list(two)
    for part in one:
        nearest = min(left, key=lambda other: distance(part, other), default=None)
        if nearest is not None and distance(part, nearest) <= _ONE_NAME:
            left.remove(nearest)
            matched += 1
    if together <= _ONE_NAME or matched == len(one):
        return max(0.85, 1 - together)
    if matched >= 2:
        return 0.7
    if matched and distance(one[-1], two[-1]) <= _ONE_NAME:
        initial = len(one[0]) == 1 or len(two[0]) == 1
        return 0.75 if initial and one[0][:1] == two[0][:1] else 0.4
    return 0.2 * matched


def _single(part: str, apart: float, *, last: bool) -> float:
    firm = max(map(len, coarse(part)))
    if apart > _ONE_NAME:
        return 0.0
    sure = {0: 0.0, 1: 0.2, 2: 0.6, 3: 0.8}.get(firm, 0.9)
    return (sure if last else sure - 0.15) * (1 - apart)


def same_name(a: str, b: str) -> bool:
    """Whether two keys probably name one person."""
    return name_score(a, b) > 0.5


def mentions(keys: Iterable[str], text: str, language: str) -> frozenset[str]:
    """Give those keys (of names found elsewhere) that a text names, in any script, marked by capitals or not.

    A full name is there where its last part is (of three firm consonants, or of two beside another part of the name).
    """
    heard = hear(text, language)
    return frozenset(key for key in keys if heard.holds(key))


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as it sounds, made once and asked for many names: see `hear`.

    ``row`` is its words in order, with an empty one where two are no neighbours; in Chinese, the foreign names whose
    parts a dot joins. ``native`` is a Thai text with its last letters as Thai says them: l and r are n.
    """

    words: dict[str, tuple[str, ...]]
    runs: tuple[str, ...]
    rough: tuple[str, ...]
    limit: float = 0.12
    row: tuple[str, ...] = ()
    native: str = ""

    def holds(self, key: str) -> bool:
        """Whether the text names this key."""
        parts = key.split(" ")
        sizes = [max(map(len, coarse(part))) for part in parts]
        if sizes[-1] >= 3:
            return self._part(parts[-1])
        if len(parts) > 1 and sizes[-1] >= 2:
            return self._part(parts[-1]) and any(self._part(part) for part in parts[:-1])
        if len(parts) > 1 and sum(sizes) >= 4:
            return self._part("".join(parts)) or all(self._part(part) for part in parts)
        return False

    def nearest(self, part: str) -> float:
        """Give how far one part of a key is from what is heard most like it: 0 the same, 1 nothing alike."""
        size = max(map(len, coarse(part)))
        slack = 1 + size // 3
        near = {key for reading, keys in self.words.items() if abs(len(reading) - size) <= slack for key in keys}
        apart = min((distance(part, key) for key in near), default=1.0)
        return min([apart, *(distance_within(part, run) for run in self.runs)])

    def inside(self, part: str) -> float:
        """Give how far a part of a key is from what is heard within a longer word: a club's name behind its city's."""
        long = {key for keys in self.words.values() for key in keys if len(key) >= len(part) + _ROOM}
        return min((distance_within(part, key) for key in long), default=1.0)

    def begins(self, part: str) -> bool:
        """Whether a word of the text begins with what a part of a key says: one that may be cut short."""
        near = {key[: len(part) + more] for keys in self.words.values() for key in keys for more in (-1, 0, 1)}
        return any(distance(part, head) <= _HEAD for head in near)

    def together(self, whole: str) -> float:
        """Give how far a whole name, its parts written as one, is from neighbouring words that sound most like it."""
        if self.runs and not self.row:
            return min(distance_within(whole, run) for run in {"".join(self.runs), self.native})
        near = {
            joined
            for first in range(len(self.row))
            for joined in self._from(first, len(whole) + _ROOM)
            if abs(len(joined) - len(whole)) <= _ROOM
        }
        return min((distance(whole, joined) for joined in near), default=1.0)

    def _from(self, first: int, longest: int) -> Iterator[str]:
        """Stretches of up to four neighbouring words from one on, each as one word."""
        joined = ""
        for key in self.row[first : first + 4]:
            joined += key
            if not key or len(joined) > longest:
                return
            yield joined

    def _part(self, part: str) -> bool:
        readings = [reading for reading in coarse(part) if len(reading) > 1]
        if any(distance(part, word) <= _ONE_NAME for reading in readings for word in self.words.get(reading, ())):
            return True
        return any(
            reading in rough and self._run(part, run, reading)
            for run, rough in zip(self.runs, self.rough, strict=True)
            for reading in readings
        )

    def _run(self, part: str, run: str, reading: str) -> bool:
        """Whether the part is heard somewhere in a run of sounds without spaces."""
        classes = [(coarse(char)[0], n) for n, char in enumerate(run)]
        firm = [(sound_class, n) for sound_class, n in classes if sound_class]
        line = "".join(sound_class for sound_class, _ in firm)
        at = line.find(reading)
        while at >= 0:
            first, last = firm[at][1], firm[at + len(reading) - 1][1]
            for low in (first, max(first - 1, 0)):
                for high in (last + 1, last + 2, last + 3):
                    if distance(part, run[low:high]) <= self.limit:
                        return True
            at = line.find(reading, at + 1)
        return False


_HEARD_WORD = re.compile(
    r"[\u0e01-\u0e4e]+|[^\W\d_]+(?:[\u0900-\u0d7f\u0591-\u05c7\u064b-\u065f׳'\u200c-]+[^\W\d_]+)*[\u0900-\u0d7f]*"
)
_RUNNING = frozenset(("th", "zh", "lo", "km", "my"))
_KATAKANA = re.compile("[ァ-ヺー]{2,}")
_GLUED = {"ar": "وفبلك", "he": "והבלמשכ"}
_LONGEST = 20_000
_JOINT = re.compile(r"[\s\u200c]+|[・·‧＝=.]\s?")  # what stands between the parts of one name
_HEAD = 0.1  # sound distance up to which a word begins with a part of a name
_ROOM = 4  # sounds by which two spellings of one name differ in length


def hear(text: str, language: str) -> Heard:
    """Give a text (its first 20,000 characters) as it sounds, to be asked for names by `Heard.holds`."""
    base = language.split("-")[0]
    heard: dict[str, set[str]] = {}
    runs: list[str] = []
    row: list[str] = []
    end = 0
    stop = stopwords(base)
    for match in _HEARD_WORD.finditer(text[:_LONGEST]):
        word = match[0]
        if base in _RUNNING and not word[0].isascii():
            runs.append(sound(word))
            continue
        if not _JOINT.fullmatch(text, end, match.start()):
            row.append("")
        row += map(sound, [piece for part in word.split("-") for piece in _spelt(part, base)])
        end = match.end()
        for piece in _KATAKANA.findall(word) if base == "ja" else {word, *word.split("-"), *_unglued(word, base)}:
            if piece in stop:
                continue
            key = sound(piece)
            for reading in coarse(key):
                if len(reading) > 1:
                    heard.setdefault(reading, set()).add(key)
    return Heard(
        {reading: tuple(sorted(found)) for reading, found in heard.items()},
        tuple(runs),
        tuple("".join(coarse(char)[0] for char in run) for run in runs),
        _IN_RUN.get(base, 0.12),
        tuple(row) if base not in _RUNNING else tuple(_dotted(text[:_LONGEST])) if base == "zh" else (),
        "".join(sound(_THAI_FINAL.sub("น", word)) for word in _THAI.findall(text[:_LONGEST])) if base == "th" else "",
    )


_THAI = re.compile("[\u0e01-\u0e4e]+")
_THAI_FINAL = re.compile("[ลรญฬ](?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])")


def _dotted(text: str) -> Iterator[str]:
    """The foreign names of a Chinese text, from each character before the first dot on, and without what is between."""
    for match in _dotted_names().finditer(text):
        first, *rest = _DOT.split(match[0])
        for cut in range(len(first)):
            for parts in {(first[cut:], *rest), (first[cut:], rest[-1])}:
                yield from ("", sound("".join(parts)))


def spells_foreign(name: str) -> bool:
    """Whether a name in Chinese characters is of those alone with which foreign names are spelt: 约翰逊."""
    return set(name) <= set(table("people")["zh_foreign"])


@cache
def _dotted_names() -> re.Pattern[str]:
    return re.compile(f"(?:[\u4e00-\u9fff]{{1,8}}[·‧•・])+[{table('people')['zh_foreign']}]{{1,8}}")


_DOT = re.compile("[·‧•・]")


_PARTICLE = re.compile("(?<=[가-힣]{2})(?:은|는|을|를|의|에게|에서|와|과)$")


def _spelt(word: str, language: str) -> list[str]:
    """What of a word spells a name: in Japanese its katakana, in Arabic not its article, in Korean no particle."""
    if language == "ja":
        return _KATAKANA.findall(word)
    if language == "ko":
        return [_PARTICLE.sub("", word)]
    return [word.removeprefix("ال") if language == "ar" else word]


def _unglued(word: str, language: str) -> tuple[str, ...]:
    """A word without what Arabic and Hebrew glue to its front, and Korean to its end."""
    glued = _GLUED.get(language)
    if language == "ar" and word.startswith("ال") and len(word) > 4:
        return (word[2:],)  # السلاوي: Slaoui
    if glued and word[0] in glued and len(word) > 4:
        return (word[1:],)
    if language == "de" and word.endswith("er") and word[0].isupper() and len(word) > 5:
        return (word[:-2],)  # Kieler: Kiel
    if language == "ko":
        return tuple(word[:cut] for cut in range(max(2, len(word) - 3), len(word)))
    return ()
