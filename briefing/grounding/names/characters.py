"""Names that are written in Chinese characters in one text and as they are spoken in another.

The characters of a name are read otherwise in each country (鄭泰植 is Jeong Tae-sik, 西村 Nishimura, 阮 Nguyen), so no
sound leads from one to the other. Family names are few: a table of them (`data/surnames.yaml`) tells what a name
would have to be written with. Chinese names are spelt in pinyin, which is read off the characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from anyascii import anyascii

from briefing.grounding.atoms import VIETNAMESE
from briefing.grounding.evidence import Evidence, unaccented
from briefing.grounding.tables import data
from briefing.text.names import name_key, spells_foreign
from briefing.text.sounds import distance

_HANGUL = re.compile("[\uac00-\ud7a3]")
LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word of a text in letters, with what an apostrophe or hyphen joins to it."""
_CHARACTERS = re.compile("[\u3400-\u9fff々]+")


def written(parts: Sequence[str], text: str) -> bool | None:
    """Whether a text in characters may name a person who is spelt in Latin letters or Hangul; None if that is not told.

    A name whose family name is known must have the characters of it in the text; one in pinyin all its own.
    """
    if not _CHARACTERS.search(text):
        return None
    if _HANGUL.match(parts[0]):
        forms = [row["characters"] for row in data("surnames")["ko"] if parts[0][0] in row["hangul"]]
        one = len("".join(parts)) == 3
        return any(char in text for form in forms for char in form) if forms and one else None
    letters = [re.sub(r"[\W_]", "", unaccented(part)) for part in parts]
    if not all(map(str.isascii, letters)):
        return None
    found = [_holds(form, text) for form in _forms(letters, hyphened="-" in "".join(parts))]
    if any(found):
        return True
    if _pinyin(letters):
        return _spelt(letters, text)
    return False if found else None


def _holds(form: tuple[str, ...], text: str) -> bool:
    return any(one in text for one in form)


def _forms(letters: Sequence[str], *, hyphened: bool) -> Iterator[tuple[str, ...]]:
    """What the family name of a name may be written with, for each country it may come from."""
    if len(letters) < 2 and not hyphened:
        first = letters[0]
        yield from _listed("ja", first)
        return
    ends = (letters[0], letters[-1])
    if hyphened or (len(letters) == 3 and max(map(len, letters)) <= 6):
        for end in ends:
            yield from _listed("ko", end)
    if len(letters) > 2 or len(letters[0]) > 3:
        yield from _listed("vi", letters[0])
    for end in ends:
        yield from _listed("ja", end)


def is_syllabic(parts: Sequence[str]) -> bool:
    """Whether a name is of Vietnamese syllables, one of them accented, or is a single one."""
    told = len(parts) == 1 or not all(map(str.isascii, parts))
    return told and all(VIETNAMESE.match(unaccented(part)) for part in parts)


def is_vietnamese(name: str) -> bool:
    """Whether a word, accents and all, is a Vietnamese family name: Đặng, not Đảng."""
    return name.casefold() in data("surnames")["accented"]


def vietnamese_family(name: str) -> bool:
    """Whether a word is a Vietnamese family name, with or without its accents: Pham."""
    return unaccented(name) in _table("vi")


def in_a_row(parts: Sequence[str], source: Evidence) -> bool:
    """Whether two neighbouring syllables of a Vietnamese name stand together in a Vietnamese text, with capitals."""
    said = [unaccented(part) for part in parts]
    found = LATIN.findall(source.text)
    pairs = {
        (unaccented(one), unaccented(two)) for one, two in pairwise(found) if one[0].isupper() and two[0].isupper()
    }
    return any(pair in pairs for pair in pairwise(said))


@cache
def _table(country: str) -> dict[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for row in data("surnames")[country]:
        forms = row["characters"].split("|") if country == "ja" else list(row["characters"])
        for spelling in row["latin"].split("|"):
            rows[spelling] = (*rows.get(spelling, ()), *forms)
    return rows


def _listed(country: str, spelling: str) -> Iterator[tuple[str, ...]]:
    forms = _table(country).get(spelling)
    if forms:
        yield forms


def in_hangul(parts: Sequence[str], source: Evidence) -> bool | None:
    """Whether a Korean text names a Korean who is spelt in Latin letters; None for a name of another form."""
    letters = [re.sub(r"[\W_]", "", unaccented(part)) for part in parts]
    if not _korean(parts, letters):
        return None
    rows = [row for row in data("surnames")["ko"] if {letters[0], letters[-1]} & set(row["latin"].split("|"))]
    heads = "".join(row["hangul"] for row in rows)
    given = [name_key(["".join(letters[1:])]), name_key(["".join(letters[:-1])])]
    named = {name_key([word[1:3]]) for word in source.words if len(word) > 2 and word[0] in heads}
    return any(distance(one, other) <= _GIVEN for one in given for other in named)


def _korean(parts: Sequence[str], letters: Sequence[str]) -> bool:
    """Whether a name has a Korean form: a family name, and two syllables with a hyphen or as words of their own."""
    hyphened = len(parts) == 2 and any("-" in part for part in parts)
    three = len(parts) == 3 and max(map(len, letters)) <= 6
    return (hyphened or three) and any(end in _table("ko") for end in (letters[0], letters[-1]))


_GIVEN = 0.3  # the sound distance of a given name of two syllables in any of its spellings


def spoken(name: str, source: Evidence) -> bool | None:
    """Whether a text in Latin letters or Hangul may name a person written in characters; None if that is not told."""
    if not _CHARACTERS.fullmatch(name):
        return None
    if source.language == "ko":
        heads = [row["hangul"] for row in data("surnames")["ko"] if name[0] in row["characters"]]
        return any(word[0] in head for head in heads for word in source.words) if heads else None
    if not source.latin:
        return None
    family, given = anyascii(name[0]).lower(), "".join(anyascii(char).lower() for char in name[1:])
    if family in source.plain and given in _squeezed(source.text):
        return True
    if len(name) > 4 or spells_foreign(name):
        return None
    forms = [spelling for country in ("ko", "vi", "ja") for spelling in _spellings(country, name)]
    return any(spelling in source.plain for spelling in forms) if forms else None


def _spellings(country: str, name: str) -> Iterator[str]:
    for spelling, forms in _table(country).items():
        if any(name.startswith(form) for form in forms):
            yield spelling


@lru_cache(maxsize=64)
def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", unaccented(text))


# ---------------------------------------------------------------- pinyin

_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in"
    "|ia|ie|iu|ua|uo|ui|un|ue|er|a|o|e|i|u|v)"
)
_PINYIN = re.compile(rf"{_SYLLABLE}(?:{_SYLLABLE})?")


def _pinyin(letters: Sequence[str]) -> bool:
    """Whether a name may be a Chinese one: a family name of one syllable that Chinese has, and one or two more."""
    return len(letters) == 2 and any(
        family in _families() and _PINYIN.fullmatch(given) for family, given in (letters, reversed(letters))
    )


@cache
def _families() -> frozenset[str]:
    names = (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
        "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习朴文安"
    )
    return frozenset(anyascii(name).lower() for name in names)


def _spelt(letters: Sequence[str], text: str) -> bool:
    spelt = _readings(text)
    return any(order in line for line in spelt for order in ("".join(letters), "".join(reversed(letters))))


@lru_cache(maxsize=256)
def _readings(text: str) -> tuple[str, ...]:
    return tuple("".join(anyascii(char).lower() for char in run) for run in _CHARACTERS.findall(text))
