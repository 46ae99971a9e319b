"""The cited texts, made searchable: whether a number, date, place, name or quotation stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from briefing.grounding.atoms import Atoms, Day, Name, Place, Quotation, atoms, common, days_of, offices
from briefing.grounding.figures import Number
from briefing.ports import Embed, Vectors
from briefing.text.language import script, spaced
from briefing.text.names import Heard, hear, name_key, territory_name
from briefing.text.sentences import sentences
from briefing.text.sounds import coarse
from briefing.text.words import content_words, words

_READ = 60_000  # characters read of one cited text
_COMPARED = 60  # sentences of it that are compared in meaning
_EMBEDDED = 200  # characters of a sentence that are embedded
SAME_FACT = 0.84
"""The cosine of multilingual-e5 from which two sentences in different languages very probably tell one fact."""
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
_IDEOGRAPHIC = frozenset({"zh", "ja", "yue"})


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


class Evidence:
    """One passage with what is looked up in it, each read when it is first needed."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.text = passage.text[:_READ]
        self.language = passage.language.split("-")[0]
        self._vectors: Vectors | None = None

    @cached_property
    def atoms(self) -> Atoms:
        """Its numbers, dates, places, names and quotations."""
        return atoms(self.text, self.language, self.passage.day)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, in order."""
        return tuple(self.text[span.start : span.end] for span in sentences(self.text, self.language))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, casefolded."""
        found = words(self.text, self.language)
        return frozenset(found) | {word[: match.start()] for word in found if (match := _SUFFIXED.search(word))}

    @cached_property
    def plain(self) -> frozenset[str]:
        """Its words without accents: İzmir and Izmir, Córdoba and Cordoba."""
        return frozenset(map(unaccented, self.words))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of its words, so that an inflected form is found."""
        return frozenset(word[:length] for word in self.words for length in range(4, len(word) + 1))

    @cached_property
    def heard(self) -> Heard:
        """The text as it sounds, comparable across scripts."""
        return hear(self.text, self.language)

    def likeness(self, text: str, embed: Embed) -> list[tuple[float, str]]:
        """Give its first sentences with how near in meaning each is to a text (cosine), nearest first."""
        lines = [line[:_EMBEDDED] for line in self.sentences[:_COMPARED]]
        if not lines:
            return []
        if self._vectors is None:
            self._vectors = embed(lines)
        cosines = self._vectors @ embed([text[:_EMBEDDED]])[0]
        return sorted(zip(map(float, cosines), self.sentences, strict=False), key=lambda pair: -pair[0])

    @cached_property
    def folded(self) -> str:
        """The text for verbatim comparison: see `fold`."""
        return fold(self.text)


@lru_cache(maxsize=512)
def evidence(passage: Passage) -> Evidence:
    """Read a passage once."""
    return Evidence(passage)


_SUFFIXED = re.compile(r"[’']\w{1,6}$")  # İzmir'de, Biden's


def unaccented(word: str) -> str:
    """Give a Latin word in small letters without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if unicodedata.category(c) != "Mn")
    return plain.replace("ı", "i").replace("đ", "d").replace("ł", "l").replace("ø", "o")


_NOT_SAID = re.compile(r"[^\w%\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0d7f\u0e31-\u0e4e]+|_")


def fold(text: str) -> str:
    """Fold what may differ in a verbatim quotation: case, width, spaces, punctuation, quotation marks, ZWNJ."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ي", "ی").replace("ك", "ک")
    return _NOT_SAID.sub(" ", folded.replace("\u200c", " ")).strip()


# ---------------------------------------------------------------- numbers

_HAN = dict(enumerate("零一二三四五六七八九十"))


def has_number(number: Number, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source holds the figure: the same value, or one that is rounded to it.

    A small number is looked for only in its own language: others may write a word, "half a dozen" or a dual.
    """
    small = number.value <= (12 if number.worded else 3)
    if small and not any(source.language == language for source in sources):
        return True
    for source in sources:
        for other in source.atoms.numbers:
            if (number.kind == "%") != (other.kind == "%"):
                continue
            if same_value(number.value, other.value):
                return True
        if source.language in _IDEOGRAPHIC and number.value in _HAN and _HAN[int(number.value)] in source.text:
            return True
        if number.kind == "" and 1000 <= number.value <= 2999 and _has_year(int(number.value), source):
            return True
    return False


def same_value(claimed: float, given: float) -> bool:
    """Whether a figure is another one, exactly or rounded to its own leading digits (at least two, from 1,000 on)."""
    if abs(claimed - given) <= 1e-9 * max(1.0, abs(given)):
        return True
    if claimed < 1000 or abs(claimed - given) > 0.05 * given:
        return False
    digits = len(f"{claimed:.12g}".replace(".", "").split("e")[0].rstrip("0"))
    return digits >= 2 and float(f"{given:.{digits}g}") == claimed


def _has_year(year: int, source: Evidence) -> bool:
    years = {day.year for day in source.atoms.days} | {int(n.value) for n in source.atoms.numbers if n.value < 3000}
    if source.passage.day:
        years |= {source.passage.day.year}
    return bool({year, year + 543, year - 543, year - 621, year - 622} & years)  # Buddhist and Persian years


# ---------------------------------------------------------------- dates


def has_day(day: Day, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source names the date, or was published on it or tells of it by a weekday or "yesterday"."""
    if day.weekday is not None:
        return any(_has_weekday(day.weekday, source, source.language == language) for source in sources)
    return any(_names_day(day, source) for source in sources)


def _has_weekday(weekday: int, source: Evidence, own: bool) -> bool:
    """Whether a source tells of the weekday; a text of another language that names no day cannot be asked."""
    named = {day.weekday for day in source.atoms.days if day.weekday is not None}
    for day in source.atoms.days:
        if day.year and day.month and day.day:
            named.add(date(day.year, day.month, day.day).weekday())
    if named or (own and not source.passage.day):
        return weekday in named
    anchor = source.passage.day
    return anchor is None or weekday in (anchor.weekday(), (anchor - timedelta(days=1)).weekday())


def _names_day(day: Day, source: Evidence) -> bool:
    for other in source.atoms.days:
        if other.weekday is None and _agree(day, other):
            return True
    anchor = source.passage.day
    if anchor is None:
        return False
    meant = [anchor]
    meant += [one for other in source.atoms.days if other.weekday is not None for one in days_of(other.weekday, anchor)]
    return any(_agree(day, Day(0, 0, one.year, one.month, one.day)) for one in meant)


def _agree(claimed: Day, given: Day) -> bool:
    if claimed.month != given.month:
        return False
    if claimed.year and given.year and claimed.year != given.year:
        return False
    return claimed.day is None or claimed.day == given.day


# ---------------------------------------------------------------- names


def missing_name(name: Name, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a name stands in no source, in its own spelling or another script's."""
    parts = [part for part in _parts(name, language) if part.casefold() not in common()]
    if not spaced(language):
        parts = [name.text]
    return bool(parts) and not any(all(_has_part(part, language, source) for part in parts) for source in sources)


def missing_person(name: Name, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a person's name stands in no source of other languages.

    What holds a word of an institution ("Supreme Court"), is written in capitals, or may be a common noun where nouns
    have capitals too, is translated and cannot be looked for. Of two words the last must be found, of more than two
    one in two.
    """
    parts = _without_offices(_parts(name, language))
    if any(part.casefold() in common() or (part.isupper() and len(part) > 1) for part in parts):
        return False
    if language == "vi" and len(parts) == 1 and not parts[0].isascii():
        return False  # a syllable of an institution: Hội đồng Kháng cáo
    if language in _INSTITUTION and parts and _INSTITUTION[language].search(parts[-1]):
        return False
    if language in _NOUNS_WITH_CAPITALS and (len(parts) == 1 or any(part.endswith(_NOUN) for part in parts)):
        return False
    for source in sources:
        found = [_has_part(part, language, source) for part in parts]
        if found and (found[-1] if len(parts) <= 2 else sum(found) * 2 >= len(parts)):
            return False
        if any(found) and (language == "de" or not spaced(language)):
            return False
    return bool(parts)


def _without_offices(parts: list[str]) -> list[str]:
    """A name without the offices before it: Secretary General Jens Stoltenberg."""
    start = 0
    while start < len(parts) and parts[start].casefold() in offices():
        start += 1
    return parts[start:]


# How a translated name of an institution ends: a Slavic adjective or noun in -ство, a Turkish or Korean compound.
_SLAVIC = re.compile(
    r"ск(?:ая|ое|ом|ой|ую|а|е|у|ою|ої|ому)$"
    r"|(?:альн|ивн|[иі]чн|[иії]йн|ионн|[еє]нн|южн|верн|адн|[иі]дн|точн)(?:ий|ый|ой|ая|ое|ого|ому|ом|ым|им|ої|ою|ій|ую)$"
    r"|ств\w{1,2}$|^(?:конгресс?|парламент|центр|рад|л[иі]г|кубо?к|захо?д|схо?д|запад|восток)\w{0,3}$",
    re.IGNORECASE,
)
_INSTITUTION = {
    "ru": _SLAVIC,
    "uk": _SLAVIC,
    "tr": re.compile(r"\w{4}(?:s[ıiuü]|l[ae]r[ıi]|ezi|aşı)(?:['’]?n\w{1,5})?$", re.IGNORECASE),
    "ko": re.compile(r"(?:경찰|부|청|위원회|법원|협회|당국|재단|기구|운동)$"),
}
_NOUNS_WITH_CAPITALS = frozenset(("de", "tr", "id"))  # Turkish and Indonesian capitalise titles and forms of address
_NOUN = ("ung", "heit", "keit", "schaft", "tion", "nis", "tum", "behörde", "gremium", "en", "er", "kick")


def _parts(name: Name, language: str) -> list[str]:
    """The words of a name without suffixes; unspaced scripts by the segmenter, for a name may run on there."""
    if not spaced(language) and not name.text[0].isascii():
        cut = [part for part in words(name.text, language) if len(part) > 1]
        return cut or [name.text]
    parts = [_SUFFIXED.sub("", part).rstrip(".") for part in re.split(r"[\s\u00a0・＝]+", name.text)]
    return [part for part in parts if len(part) > 1]


def has_place(place: Place, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source names the country, or the place in the claim's own spelling or by its sound."""
    if any(place.code == other.code for source in sources for other in source.atoms.places):
        return True
    written = text[place.start : place.end]
    foreign = [source for source in sources if source.language != language]
    if any(_begins_alike(written, place.code, source) for source in foreign):
        return True
    return bool(foreign) and not missing_name(Name(0, len(written), written), language, foreign)


def _begins_alike(written: str, code: str, source: Evidence) -> bool:
    """Whether a Latin text holds a word that begins as the place does (Mexican, mexikanisch), and no like country."""
    head = unaccented(written)[:4]
    if not head.isascii() or len(head) < 4:
        return False
    others = (source.text[other.start : other.end] for other in source.atoms.places if other.code != code)
    return any(word.startswith(head) for word in source.plain) and not any(
        unaccented(other).startswith(head) for other in others
    )


def _has_part(part: str, language: str, source: Evidence) -> bool:
    folded = part.casefold()
    if folded in source.words or (source.language == language and _inflected(folded, source)):
        return True
    if "-" in folded and f" {fold(part)} " in f" {source.folded} ":
        return True
    if not (spaced(language) and spaced(source.language)) and folded in source.text.casefold():
        return True
    if source.language == language and script(language) not in _CASED:
        return part in source.text
    if folded.isascii() or script(language) == "Latn":
        if unaccented(part) in source.plain or _demonym(unaccented(part), language, source):
            return True
        if source.language == language or script(source.language) == "Latn":
            return source.language != language and source.heard.holds(name_key([part]))
    if source.language == language:
        return False
    if language in _IDEOGRAPHIC or (source.language in _IDEOGRAPHIC and _ROMAJI.match(folded)):
        return True  # 石破 is written, not spelt; only other foreign names are
    if source.language in ("zh", "yue") and max(map(len, coarse(name_key([part])))) < 3:
        return True  # 普京 hardly sounds like Putin: it cannot be told
    if source.language == "ja" and not folded.isascii():
        return True
    return _sounds(part, source)


_ROMAJI = re.compile(r"(?:(?:[kstnhmyrwgzdbpfj]?[yh]?[aiueoō]|tsu|chi|shi)[aiueo]?n?)+$")


def _inflected(word: str, source: Evidence) -> bool:
    """Whether the source has the word with another ending: Путина, Путиным; Moskau, Moskaus; Biden's."""
    bare = word.removesuffix("'s").removesuffix("’s")
    if bare in source.words:
        return True
    return any(len(bare) - cut >= 4 and bare[: len(bare) - cut] in source.stems for cut in range(3) if len(bare) >= 5)


def _demonym(word: str, language: str, source: Evidence) -> bool:
    """Whether a word is made from the name of a country that the source names: Ghanaian from Ghana."""
    names = (unaccented(territory_name(place.code, language)) for place in source.atoms.places)
    return any(len(name) >= 4 and word.startswith(name[: max(4, len(name) - 2)]) for name in names)


# The sound distance up to which a name may be one that is heard in a text of another script. Letters of every script
# lose something of a foreign name, kana and hangul the most; in Thai any stretch of a sentence may sound like it.
_HEARD = {"zh": 0.4, "yue": 0.4, "th": 0.25, "ko": 0.4, "ja": 0.4, "ar": 0.35, "fa": 0.35}
_HEARD_ELSEWHERE = 0.32


def _sounds(part: str, source: Evidence) -> bool:
    """Whether a part of a name is heard in a text of another script; one of no firm sound (Aya) cannot be told."""
    key = name_key([part])
    if not key or max(map(len, coarse(key))) < 2:
        return True
    heard, limit = source.heard, _HEARD.get(source.language, _HEARD_ELSEWHERE)
    if heard.holds(key) or heard.nearest(key) <= limit:
        return True
    bare = _BENT.sub("", part)
    return bare != part and heard.nearest(name_key([bare])) <= limit


_BENT = re.compile("(?<=[а-яіїєґ]{3})(?:ом|ым|им|ем|єм|ами|ого|ому|ою|их|ых|ах)$", re.IGNORECASE)


# ---------------------------------------------------------------- quotations

_ELISION = re.compile(r"\s*(?:\[?(?:\.\.\.|…)\]?|\[[^\]]*\])\s*")


def has_quotation(quotation: Quotation, language: str, sources: Sequence[Evidence], embed: Embed | None = None) -> bool:
    """Whether the quoted words stand in a source of the same language, or what they mean in one of another.

    Without an engine for meaning, of a source in another language is only asked whether it quotes anybody so long.
    """
    own = [source for source in sources if source.language == language]
    parts = [fold(part) for part in _ELISION.split(quotation.text) if fold(part)]
    if not parts:
        return True
    if any(all(part in source.folded for part in parts) for source in own):
        return True
    foreign = [source for source in sources if source.language != language]
    short = len(quotation.text) <= 15 if not spaced(language) else len(content_words(quotation.text, language)) <= 3
    if foreign and short:
        return True  # a title or a term, translated
    return any(_quotes_alike(quotation, source, embed) for source in foreign)


def _quotes_alike(quotation: Quotation, source: Evidence, embed: Embed | None) -> bool:
    """Whether a source of another language quotes something that may be as long when translated, and means the same."""
    if not any(len(other.text) >= 0.25 * len(quotation.text) for other in source.atoms.quotations):
        return False
    if embed is None:
        return True
    told = [other.text[:_EMBEDDED] for other in source.atoms.quotations[:_COMPARED]]
    nearest = max(float(cosine) for cosine in embed(told) @ embed([quotation.text[:_EMBEDDED]])[0])
    said = source.likeness(quotation.text, embed)
    return max(nearest, said[0][0] if said else 0.0) >= SAME_FACT
