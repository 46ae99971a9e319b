"""Which of several: the second visit, the 32nd member, told as another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from briefing.grounding.alignment import Told, told_in_meaning, told_in_words
from briefing.grounding.atoms import atoms
from briefing.grounding.dates.days import named_days, nth_in_words
from briefing.grounding.evidence import Evidence
from briefing.grounding.numbers.figures import Number, clear
from briefing.grounding.tables import data
from briefing.ports import Embed
from briefing.text.language import spaced
from briefing.text.modality import clauses
from briefing.text.numbers import digits

_NEAR = 0.03  # how much farther in meaning than the nearest a sentence may be that says which of several
_WRITTEN = re.compile(
    r"(?<![\d.,/])(\d{1,3})(?:st|nd|rd|th|ème|e|er|º|ª|[-‑]?(?:й|я|е|го|м|му|ю|ша|та|те|ий|ій)|['’]?(?:inci|ıncı|uncu|üncü|nci|ncı)"
    r"|\s?번째|वा[ँं]|वी[ंँ])(?!\w)|第\s?(\d{1,3})|(?:ครั้ง|ลำดับ|อันดับ|คน|ประเทศ)ที่\s?(\d{1,3})|thứ (\d{1,3})|ke-(\d{1,3})"
    r"|(\d{1,3})(?:度|回|人|番|か国|カ国|例)目|(?:der|die|das|als|den|dem|zum) (\d{1,3})\.(?= [A-ZÄÖÜ])"
)


def misnumbered(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> Iterator[str]:
    """Give the "fourth" of a claim where what tells the same says "second", and no cited text says "fourth" or "4"."""
    claimed = list(_ordinals(text, language))
    if not claimed:
        return
    said = {value for source in sources for value in _ranks(source)}
    told = [one for a, b in clauses(text, language) for one in _told(text[a:b], language, sources, embed)]
    told += _told(text, language, sources, embed)
    others = {value for one in told for value, _ in _ordinals(one.text, one.language)}
    figures = {number.value for one in told for number in atoms(one.text, one.language).numbers}
    for value, written in claimed:
        if value not in said and value not in figures and others:
            yield written


def ranked(number: Number, sources: Sequence[Evidence]) -> bool:
    """Whether a cited text has a figure as an ordinal: 4位 where it says "fourth", one in five where "every fifth"."""
    return number.kind == "" and number.value <= _HIGHEST and any(number.value in _ranks(source) for source in sources)


@lru_cache(maxsize=256)
def _ranks(source: Evidence) -> frozenset[int]:
    return frozenset(value for value, _ in _ordinals(source.text, source.language))


_HIGHEST = 100  # above which a figure is no rank


def _told(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> list[Told]:
    return told_in_words(text, language, sources) + told_in_meaning(text, language, sources, embed, _NEAR)


def _ordinals(text: str, language: str) -> Iterator[tuple[int, str]]:
    """The ordinal figures of a text that are no dates, and how they are written."""
    dated = [(day.start, day.end) for day in named_days(text, language, None)]
    for match in _WRITTEN.finditer(digits(text)):
        if clear(*match.span(), dated):
            yield int(next(filter(None, match.groups()))), text[match.start() : match.end()]
    found = []
    for value, start, end in nth_in_words(text, language):
        if value > 10 and value % 10 and clear(start, end, dated):
            found.append((start, end))
            yield value, text[start:end]
    for value, pattern in _great(language):
        for match in pattern.finditer(text):
            if clear(*match.span(), dated + found):
                found.append(match.span())
                yield value, match[0]
    for value, pattern in _words(language):
        for match in pattern.finditer(text):
            if clear(*match.span(), dated + found) and not _compound(text, *match.span()):
                yield value, match[0]


# "twenty-second", "тридцать второй", "الثاني والثلاثين", 第三十二: a part of a greater one.
_TENS = re.compile(
    r"(?:-|(?<!\w)[وey]|(?:двадца|тридца|пятьдеся|шестьдеся|семьдеся|восемьдеся|вісімдеся)ть?|сорок|девяносто|десят|дцять"
    r"|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|(?:siet|dziest|dzieś|dzieści)\w*|[dv]ie[sś]\w*|vig[eé]sim[oa]"
    r"|trig[eé]sim[oa]|puluh|belas|mươi|สิบ)\s?$",
    re.IGNORECASE,
)
_TENS_BEHIND = re.compile(r"\s?(?:والع|والث|والأ|والخ|والس|والت|عشر|十|mươi)")


def _compound(text: str, start: int, end: int) -> bool:
    return _TENS.search(text, max(0, start - 16), start) is not None or _TENS_BEHIND.match(text, end) is not None


@cache
def _great(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The ordinals in words from the 13th to the 99th, of Unicode's rules with a language's own endings."""
    if language not in _ENDED and language not in ("en", "tr", "vi", "de", "ru", "uk"):
        return ()
    from icu4py.messageformat import MessageFormat  # slow to import: only where figures are looked for in words

    way = "spellout,%spellout-ordinal" if language in ("en", "tr", "vi", "de") else "spellout"
    spell = MessageFormat(f"{{n,{way}}}", language)
    units = data("ordinals").get(language, ())
    found = []
    for n in range(99, 12, -1):
        if language in ("ru", "uk"):
            if n < 20 or n % 10 < 2:
                continue
            words = f"{spell.format({'n': n - n % 10})}\\s(?:{units[n % 10 - 2]})"
        else:
            words = _ending(re.escape(spell.format({"n": n}).replace("\u00ad", "")).replace("\\-", "[ -]"), language)
        found.append((n, re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)))
    return tuple(found)


_ENDED = {"fa": "(?:مین|م|[\u200c ]?ام|[\u200c ]?امین)", "fr": "ième", "de": "[nrms]?"}


def _ending(word: str, language: str) -> str:
    if language == "fr":
        word = re.sub("q$", "qu", re.sub("f$", "v", word.removesuffix("e")))
    return word + _ENDED.get(language, "")


@cache
def _words(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    edges = (r"(?<!\w)", r"(?!\w)") if spaced(language) and language not in ("ko", "hi") else ("", "")
    listed = data("ordinals").get(language, ())
    return tuple(
        (value, re.compile(f"{edges[0]}(?:{words}){edges[1]}", re.IGNORECASE)) for value, words in enumerate(listed, 2)
    )
