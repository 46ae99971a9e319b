"""Whether a name of a claim stands in the cited texts, in its own spelling or by its sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from briefing.grounding.atoms import CASED, Name, common, offices
from briefing.grounding.evidence import IDEOGRAPHIC, SUFFIXED, Evidence, fold, unaccented
from briefing.grounding.names.characters import (
    LATIN,
    in_a_row,
    in_hangul,
    is_syllabic,
    is_vietnamese,
    spoken,
    vietnamese_family,
    written,
)
from briefing.grounding.names.institutions import COMPOUND_TR, INSTITUTION, OFFICE_TR, SAID_OF_KO
from briefing.grounding.names.readings import readings
from briefing.grounding.names.variants import (
    GERMAN_NOUN,
    alone,
    in_initials,
    in_kana,
    in_other_vowels,
    is_translated,
    leads_a_noun,
    led_by_another,
    respelt,
    shortened,
    surely_heard,
    told_in_latin,
    without_general,
)
from briefing.text.language import script, spaced
from briefing.text.names import name_key, ordinary_words, territory_name
from briefing.text.sounds import coarse
from briefing.text.words import stopwords, words


def missing_name(name: Name, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a name stands in no source, in its own spelling or another script's."""
    parts = without_general(_parts(name, language))
    if language == "tr":
        parts = [part for part in parts if not COMPOUND_TR.match(part)]
    if not spaced(language):
        parts = [name.text] if name.text not in common() else []
    if language == "de" and len(parts) == 2 and leads_a_noun(parts[0], parts[1], sources):
        parts = parts[:1]
    if language == "vi" and len(parts) > 1 and name.start == 0 and not is_vietnamese(parts[0]):
        parts = parts[1:] if not parts[0].isascii() else parts  # Phía Boeing: a common word, for it opens the sentence
    return bool(parts) and not any(_holds(parts, language, one) or in_initials(name.text, one) for one in sources)


def _holds(parts: Sequence[str], language: str, source: Evidence) -> bool:
    heard = _heard_whole(parts, language, source) if len(parts) > 1 and source.language != language else None
    if heard is not None:
        return heard
    found = [_has_part(part, language, source) for part in parts]
    return all(found) or (all(found[1:]) and len(found) > 1 and _by_surname(parts, language, source))


def _by_surname(parts: Sequence[str], language: str, source: Evidence) -> bool:
    """Whether a text of the claim's language has a person by the surname alone: Sánchez, for Pedro Sánchez."""
    if source.language != language or script(language) not in CASED or parts[0].casefold() in _SAINTS:
        return False
    return not led_by_another(parts[1], language, source, (common(), offices()))


_SAINTS = frozenset(("san", "santa", "santo", "são", "saint", "st", "sankt", "new", "nueva", "los", "las", "bad"))


def missing_wholly(name: Name, sources: Sequence[Evidence]) -> bool:
    """Whether no word of a German name of two and more is in a source, for the nouns before it have capitals, too."""
    parts = [part for part in _parts(name, "de") if part.casefold() not in common() and len(part) > 3]
    return len(parts) > 1 and not any(_has_part(part, "de", source) for part in parts for source in sources)


def missing_person(
    name: Name, language: str, sources: Sequence[Evidence], near: Sequence[Evidence] | None = None
) -> bool:
    """Whether a person's name stands in no source of other languages; a single word is sought in what is ``near`` only.

    What holds a word of an institution ("Supreme Court"), is written in capitals, or may be a common noun where nouns
    have capitals too, is translated and cannot be looked for. Of two words the last must be found, of more than two
    one in two.
    """
    if language in ("zh", "yue") and "·" in name.text:
        name = replace(name, text=_ADVERB.sub("", name.text))
    parts = _without_offices(_parts(name, language))
    if script(language) == "Cyrl" and any(map(str.isascii, parts)):
        parts = [part for part in parts if part.isascii()]  # капсула Starliner
    while language == "de" and len(parts) > 2 and parts[0].endswith(GERMAN_NOUN):
        parts = parts[1:]  # Transportminister Gonzalo Irarrázaval
    if language == "tr":  # Dışişleri Bakan Yardımcısı Andrey Rudenko
        office = next((n for n in range(len(parts) - 1, 0, -1) if OFFICE_TR.search(parts[n - 1])), 0)
        parts = parts[office:]
    if language == "ko" and len(parts) > 1:
        parts = [part for part in parts[:-1] if not SAID_OF_KO.search(part)] + parts[-1:]
    if alone(parts) or any(_common(part, language) or (part.isupper() and len(part) > 1) for part in parts):
        return False
    if language == "vi" and is_syllabic(parts) and not (len(parts) > 1 and is_vietnamese(parts[0])):
        return False  # of an institution, or read off characters: Hội đồng Kháng cáo, Trường Chinh
    if language == "ar":
        parts = [parts[0], *(part for part in parts[1:] if not _GLUED.match(part))] if parts else []
    if language in INSTITUTION and parts and INSTITUTION[language].search(parts[-1]):
        return False
    if language == "id" and any(INSTITUTION["id"].search(part) for part in parts):
        return False
    if language == "de" and len(parts) == 2 and parts[0].endswith("s") and parts[1].casefold() in ordinary_words("de"):
        parts = parts[:1]  # Yuans Familie
    owned = language == "de" and len(parts) == 2 and parts[0].endswith("s") and len(parts[1]) >= _COMPOUND
    if owned and any(_has_part(parts[0][:-1], "de", source) for source in sources):
        return False  # Trumps Wahlkampfteam
    if language == "de" and len(parts) > 1 and parts[0].casefold() in stopwords("de"):
        parts = parts[1:]  # Unsere Markenpalette
    if language == "tr" and len(parts) > 1 and COMPOUND_TR.search(parts[-1]):
        return False
    if language in _NOUNS_WITH_CAPITALS and (len(parts) == 1 or any(part.endswith(GERMAN_NOUN) for part in parts)):
        return False
    written_as = parts if spaced(language) else _PARTED.split(name.text)
    within = sources if near is None or len(written_as) > 1 or surely_heard(parts, sources) else near
    sides = _JOINED.split(" ".join(written_as)) if language in _ROMANCE else []
    return bool(parts) and not any(
        _names_person(parts, written_as, language, source)
        or (len(sides) > 1 and all(_names_person(side.split(), side.split(), language, source) for side in sides))
        for source in within
    )


_ADVERB = re.compile("(?<=..)[曾将將已仍也则則却卻还還又便就都]$")  # what may spell a name, and stands behind one
_COMPOUND = 9  # letters of a German word from which on it is seldom a surname
_ROMANCE = frozenset(("es", "fr", "it", "pt"))
_JOINED = re.compile(r"\s(?:de|du|d[ao]s?|del|della|di)\s")  # Starliner de Boeing: two names


def _common(part: str, language: str) -> bool:
    """Whether a part of a name may be a common word; Vietnamese syllables are none elsewhere, nor is Bill."""
    word = part.casefold()
    return (
        (word in common() or is_translated(part))
        and word not in _GIVEN
        and not (language != "vi" and word in _SYLLABLES)
    )


_GIVEN = frozenset(("christian", "bill", "april", "june", "august", "frank", "mark", "rose"))
_SYLLABLES = frozenset(("minh", "bình", "thanh", "sơn", "linh"))
_GLUED = re.compile("و|لل|بال")  # "and", "to the", "in the" before the word that follows a name
_PARTED = re.compile(r"[\s·‧•・＝=]+")


def _names_person(parts: Sequence[str], whole: Sequence[str], language: str, source: Evidence) -> bool:
    if told_in_latin([_BENT.sub("", part) for part in parts], source):
        return True
    if source.language == "ko":
        read = in_hangul(parts, source)
        if read is not None:
            return read
    if source.language in IDEOGRAPHIC and language not in IDEOGRAPHIC:
        read = written(parts, source.text)
        if read is False and source.language == "ja" and any(source.heard.row):
            return _together(parts, source) <= _IN_KANA  # ファム・ミン・チン is heard, not written
        if read is not None:
            return read
    elif language in IDEOGRAPHIC:
        read = spoken("".join(parts), source)
        if read is not None:
            return read
    elif language == "th" and len(whole) == 1 and spaced(source.language):
        return _run_heard(whole[0], source)
    if source.language == "vi" and language != "vi" and len(parts) > 1 and vietnamese_family(parts[0]):
        return in_a_row(parts, source)
    if len(whole) > 1:
        heard = _heard_whole(whole, language, source)
        nouns = language in _NOUNS_WITH_CAPITALS and not (language == "de" and len(parts) == 2)
        if heard or (heard is not None and not nouns):
            return heard
    found = [_has_part(part, language, source) for part in parts]
    if found and (found[-1] if len(parts) <= 2 else sum(found) * 2 >= len(parts)):
        return found[0] or len(parts) != 2 or not _other_before(parts[-1], language, source)
    return any(found) and (language == "de" or not spaced(language))


def _run_heard(name: str, source: Evidence) -> bool:
    """Whether a Thai name in one run is heard in a text with spaces: whole or, where words follow it, its beginning.

    Its pieces are none of the name's: a segmenter cuts what is no Thai word anywhere.
    """
    ends = {name.find(word) + len(word) for word in words(name, "th")} | {len(name)}
    runs = [name[:end] for end in sorted(ends, reverse=True)]
    keys = [(run, name_key([run])) for run in runs]
    firm = [(run, key) for run, key in keys if key and min(map(len, coarse(key))) >= _FIRM]
    return not firm or any(_sounds(run, source) or source.heard.begins(key) for run, key in firm)


_FIRM = 3  # firm consonants from which on the beginning of a run tells of a name


def _other_before(surname: str, language: str, source: Evidence) -> bool:
    """Whether a Latin text has a surname only behind other names than the claim's: Đặng Quốc Hưng for Phu Quoc."""
    if language == "de" or script(source.language) != "Latn" or source.language == "de":
        return False
    wanted = unaccented(surname)
    led = [
        before[0].isupper() and before.casefold() not in common()
        for before, after in pairwise(LATIN.findall(source.text))
        if unaccented(after) == wanted
    ]
    return bool(led) and all(led)


def _heard_whole(parts: Sequence[str], language: str, source: Evidence) -> bool | None:
    """Whether a name of several parts is heard in one place of a text of another script, in any order of its parts.

    Its surname alone must sound the same. None where sound tells nothing: in one script, and of names in characters.
    """
    whole = "·".join(parts) if language in IDEOGRAPHIC else "".join(parts)
    if not _SPELT.search(whole) or script(language) == script(source.language):
        return None
    if source.language in IDEOGRAPHIC and (language in IDEOGRAPHIC or not any(source.heard.row)):
        return None  # it spells no foreign name out
    if source.language == "ja" and all(_ROMAJI.match(part.casefold()) for part in parts):
        return None  # it may be written in characters
    if all(part.casefold() in source.words for part in parts):
        return True
    nearest, bare = _together(parts, source), _bare(parts)
    limit = _WHOLE.get(source.language, _SAID_IN.get(language, _WHOLE_ELSEWHERE))
    short = source.language == "th" and max(map(len, coarse(name_key(["".join(bare)])))) < _FULL
    if short or (language, source.language) == ("th", "vi"):  # a Vietnamese name is of short syllables
        limit = 0.2
    if nearest <= limit:
        return True
    apart = [min(map(source.heard.nearest, readings([part], source.language))) for part in bare if name_key([part])]
    runs = source.language in _RUNNING
    if not apart or (not runs and fmean(apart) <= _EACH.get(language, 0.2)):
        return True
    firm, sure = (4, 0.06) if runs else (3, 0.12)
    if language == "th" and any(one <= sure for part, one in zip(bare, apart, strict=False) if len(part) > 4):
        return True  # what is told of a name in Thai may be cut short
    sizes = [max(map(len, coarse(name_key([part])))) for part in bare]
    if min(sizes) >= firm and max(apart) <= _EXACT:
        return True  # a Dragon of SpaceX's, for SpaceX Dragon
    return sizes[-1] >= firm and apart[-1] <= sure


def _bare(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part.casefold() not in _ARTICLES] or list(parts)


def _together(parts: Sequence[str], source: Evidence) -> float:
    """How far a name is from what is heard in one place of a text, in any order of its parts and any of its cases."""
    bare = [re.sub(r"\W", "", part) for part in _bare(parts)]
    orders = {tuple(bare), (bare[-1], *bare[:-1]), (bare[0], bare[-1])}
    orders |= {tuple(bare[1:])} if len(bare) > 2 else set()
    orders |= {(*order[:-1], _BENT.sub("", order[-1])) for order in orders}  # Барри Уилмором
    return min(source.heard.together(key) for order in orders for key in readings(order, source.language))


_SPELT = re.compile(r"[^\W\d_\u3400-\u9fff]|[·‧•・]")
_ARTICLES = frozenset(("al", "el"))
_FULL = 5  # firm consonants of a whole name from which on no stretch of a Thai text sounds like it by chance
_RUNNING = frozenset(("th", "zh", "yue"))  # in whose texts some stretch sounds like any short name
# How far the sounds of a whole name may be apart, by language, and how far those of its parts are in the mean: of the
# names in professional translations nine in ten and more are nearer, of other names one in ten and fewer.
_WHOLE = {"th": 0.25, "hi": 0.26, "zh": 0.45, "yue": 0.45, "ko": 0.35}
_WHOLE_ELSEWHERE = 0.32
_SAID_IN = {"th": 0.25, "zh": 0.37, "yue": 0.37, "ko": 0.35}  # the same by the language of the claim
_EACH = {"zh": 0.3, "yue": 0.3}
_IN_KANA = 0.26  # the same of a name that a Japanese text would else have in characters
_EXACT = 0.1  # the same of parts of so many firm consonants that each is heard for itself


def _without_offices(parts: list[str]) -> list[str]:
    """A name without the offices before it: Secretary General Jens Stoltenberg."""
    start = 0
    while start < len(parts) and parts[start].casefold() in offices():
        start += 1
    return parts[start:]


# How a translated name of an institution ends: a Slavic adjective or noun in -ство, a Turkish or Korean compound.
_NOUNS_WITH_CAPITALS = frozenset(("de", "tr", "id"))  # Turkish and Indonesian capitalise titles and forms of address


def _parts(name: Name, language: str) -> list[str]:
    """The words of a name without suffixes; unspaced scripts by the segmenter, for a name may run on there."""
    if not spaced(language) and not name.text[0].isascii():
        cut = [part for part in words(name.text, language) if len(part) > 1]
        return cut or [name.text]
    parts = [SUFFIXED.sub("", part).rstrip(".") for part in re.split(r"[\s\u00a0・＝]+", name.text)]
    return [part for part in parts if len(part) > 1]


def _has_part(part: str, language: str, source: Evidence) -> bool:
    folded = part.casefold()
    if folded in source.words or (source.language == language and _inflected(folded, source)):
        return True
    if ("-" in folded and f" {fold(part)} " in f" {source.folded} ") or shortened(part, source):
        return True
    halves = part.split("-")
    if len(halves) == 2 and all(
        half.istitle() and len(half) > 3 and _has_part(half, language, source) for half in halves
    ):
        return True  # the Grace-Sessions case
    if not (spaced(language) and spaced(source.language)) and folded in source.text.casefold():
        return True
    if source.language == language and script(language) not in CASED:
        return part in source.text or (in_kana if language == "ja" else in_other_vowels)(part, source)
    if folded.isascii() or script(language) == "Latn":
        if source.language in ("de", "nl") and {f"{unaccented(part)}{end}" for end in ("s", "er")} & source.plain:
            return True  # Waydes Tod, Kieler Werft
        if unaccented(part) in source.plain or _demonym(unaccented(part), language, source):
            return True
        if source.language != language and (_derived(unaccented(part), source) or respelt(part, source)):
            return True
        if source.language == language or script(source.language) == "Latn":
            return source.language != language and source.heard.holds(name_key([part]))
    if source.language == language:
        return False
    if language in IDEOGRAPHIC or (source.language in IDEOGRAPHIC and _ROMAJI.match(folded)):
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


def _derived(word: str, source: Evidence) -> bool:
    """Whether a Latin text has a word made from a longer name: Valencian from Valencia."""
    return len(word) > _STEM and any(
        other.startswith(word) and len(other) - len(word) <= _ENDING for other in source.plain
    )


_STEM, _ENDING = 5, 3  # letters of a name that words are made from, and of what is added


def _demonym(word: str, language: str, source: Evidence) -> bool:
    """Whether a word is made from the name of a country that the source names: Ghanaian from Ghana."""
    names = (unaccented(territory_name(place.code, language)) for place in source.atoms.places)
    return any(len(name) >= 4 and word.startswith(name[: max(4, len(name) - 2)]) for name in names)


# The sound distance up to which a name may be one that is heard in a text of another script: what true names of three
# firm consonants keep to in each (`bench/names.py`). Letters of every script lose something of a foreign name, kana and
# hangul the most; in Thai any stretch of a sentence may sound like it. Short names are heard by chance.
_HEARD = {"zh": 0.39, "yue": 0.39, "th": 0.24, "ko": 0.38, "ja": 0.39, "ar": 0.34, "fa": 0.34}
_HEARD_ELSEWHERE = 0.31
_SHORT = 0.02  # by how much less a name of two firm consonants may differ


def _sounds(part: str, source: Evidence) -> bool:
    """Whether a part of a name is heard in a text of another script; one of no firm sound (Aya) cannot be told."""
    key = name_key([part])
    if not key or min(map(len, coarse(key))) < 2:
        return True
    firm = max(map(len, coarse(key)))
    heard = source.heard
    limit = _HEARD.get(source.language, _HEARD_ELSEWHERE) - (_SHORT if firm < 3 else 0.0)
    if heard.holds(key) or min(map(heard.nearest, readings([part], source.language))) <= limit:
        return True
    if source.language == "ja" and firm >= _FIRM and heard.inside(readings([part], "ja")[-1]) <= _EXACT:
        return True  # ロサンゼルスドジャース
    if len(part) >= _LONG and heard.together(key) <= _WRITTEN_APART:
        return True  # İmamoğlu is two words in Arabic
    if _KOREAN.fullmatch(part) and heard.together(key) <= _WRITTEN_IN_ONE:
        return True  # 김정은 is three words elsewhere
    if "z" in part.casefold() and heard.nearest(name_key([part.casefold().replace("z", "ts")])) <= limit:
        return True  # Merz is spoken Merts
    inner = _CAMEL.split(part)
    if len(inner) > 1:  # SpaceX, YouTube
        return any(len(one) > 2 and _sounds(one, source) for one in inner)
    bare = _BENT.sub("", part)
    return bare != part and heard.nearest(name_key([bare])) <= limit


_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_LONG = 7  # letters of a name from which on what stands together seldom sounds like it by chance
_KOREAN = re.compile("[가-힣]{3}")
_WRITTEN_IN_ONE = 0.17  # the same of a Korean name, whose three syllables are told from other ones by more than this
_WRITTEN_APART = 0.12  # the sound distance up to which neighbouring words are one name together
_BENT = re.compile("(?<=[а-яіїєґ]{3})(?:ом|ым|им|ем|єм|ами|ого|ому|ою|их|ых|ах)$", re.IGNORECASE)
