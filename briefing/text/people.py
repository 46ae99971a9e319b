"""People: the personal and other proper names of a text, in scripts with capitals and in those without.

Where there are capitals, a name is a run of capitalised words that is no place, no title and no ordinary word at the
start of a sentence. Where there are none, a name is what follows (Thai, Persian, Arabic, Hebrew, Hindi, Chinese) or
stands before (Korean, Japanese) a title, katakana parts joined by a dot, or a Chinese run of characters that spell
foreign names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial

from briefing.text.capitals import Part, Span, capitalised
from briefing.text.data import table
from briefing.text.language import script
from briefing.text.words import stopwords

_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})


def find_people(text: str, language: str, taken: Iterable[Span]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Give the names of a text with their parts, in order; spans in ``taken`` (places) are no names."""
    spans = tuple(taken)
    if script(language) in _CASED:
        known = _figures()
        return tuple((span, known.get(text[slice(*span)], parts)) for span, parts in capitalised(text, language, spans))
    listed = tuple(_listed(text)) if language in ("zh", "ja", "ko") else ()
    reader = _READERS.get(language)
    if reader is None:
        return listed
    read = reader(text, (*spans, *(span for span, _ in listed)))
    return tuple(sorted((*listed, *read))) if listed else tuple(read)


# ---------------------------------------------------------------- names that no sound leads to


@cache
def _figures() -> dict[str, tuple[str, ...]]:
    """Spellings of leaders' names that do not sound like the name: Chinese characters read in another tongue."""
    return {form: tuple(name.split(" ")) for name, forms in table("figures").items() for form in forms.split("|")}


@cache
def _figure_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted((form for form in _figures() if not form.isascii()), key=len, reverse=True)))


def _listed(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    for match in _figure_pattern().finditer(text):
        yield match.span(), _figures()[match[0]]


# ---------------------------------------------------------------- scripts without capitals, with spaces

_TOKEN = re.compile(
    r"[^\W\d_]+(?:[\u200c\u200d\u0900-\u0d7f\u0591-\u05c7\u064b-\u065f׳״'\"-][^\W\d_]+)*[\u0900-\u0d7f]*"
)


def _after_title(language: str) -> re.Pattern[str]:
    titles = table("people")[language]
    glued = {"ar": "[وفبل]?", "he": "[והבלמשכ]?"}.get(language, "")
    return re.compile(rf"(?<!\w){glued}(?:{titles})(?!\w)")


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _titled(language: str) -> re.Pattern[str]:
    if language not in _PATTERNS:
        _PATTERNS[language] = _after_title(language)
    return _PATTERNS[language]


_ADJECTIVE = {"ar": re.compile("^(?:ال|لل|وال)"), "he": re.compile("^ה(?=.{4,}[יתם]$)")}


def _abjad(language: str, text: str, taken: Sequence[Span]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """After a title, places and adjectives are passed over; then up to three words that are no function words."""
    starts = dict(taken)
    stop = stopwords(language) | frozenset(table("people")["verbs"].get(language, "").split())
    done = -1
    for title in _titled(language).finditer(text):
        if title.start() < done:
            continue
        parts: list[Part] = []
        end = title.end()
        for match in _TOKEN.finditer(text, title.end()):
            gap = text[end : match.start()]
            if gap.strip(" \u200c") and not (not parts and gap.strip() in ("،", ",")):
                break
            word = match[0]
            if match.start() in starts or match.start() < end:
                if parts:
                    break
                end = max(match.end(), starts.get(match.start(), 0))
                continue
            if word in stop or _titled(language).match(text, match.start()) or len(parts) == 2:
                break
            adjective = _ADJECTIVE.get(language)
            if adjective and adjective.match(word):
                if parts and not (language == "ar" and len(parts) == 1 and len(word) > 5):
                    break
                if not parts:
                    end = match.end()
                    continue
            parts.append((word, match.start(), match.end()))
            end = match.end()
        if parts:
            done = parts[-1][2]
            yield (parts[0][1], parts[-1][2]), tuple(part for part, _, _ in parts)


# ---------------------------------------------------------------- scripts without spaces


@cache
def _thai_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = table("people")
    return re.compile(f"(?:{data['th']})"), re.compile(data["th_stop"])


_THAI_RUN = re.compile(r"\s?([\u0e01-\u0e4e]+(?:-[\u0e01-\u0e4e]+)*)")


# What follows a form of address that is a pronoun there, and is no name: "you probably think".
_THAI_SAYS = re.compile("คง(?:จะ|คิด|ไม่|เคย|ต้อง)|จะ|ไม่|ต้อง|เคย|ควร|กำลัง|ก็|อย่าง|คิดว่า|อยาก|น่าจะ|สามารถ")


def _thai(text: str, taken: Sequence[Span]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    titles, stop = _thai_patterns()
    starts = dict(taken)
    done = -1
    for title in titles.finditer(text):
        if title.start() < done:
            continue
        at = title.end()
        at = starts.get(at, at)
        parts: list[Part] = []
        while len(parts) < 3:
            match = _THAI_RUN.match(text, at)
            if not match or match.start(1) in starts:
                break
            word, start = match[1], match.start(1)
            if titles.match(word) or _THAI_SAYS.match(word):
                break
            cut = next((found for found in stop.finditer(word, 2) if word[found.start() - 1] not in "เแโใไ"), None)
            if stop.match(word):
                break
            short = word[: cut.start()] if cut else word
            if not 2 <= len(short) <= 18:
                break
            parts.append((short, start, start + len(short)))
            at = match.end()
            if cut:
                break
        if parts:
            done = parts[-1][2]
            yield (parts[0][1], parts[-1][2]), tuple(part for part, _, _ in parts)


@cache
def _han_pattern() -> re.Pattern[str]:
    data = table("people")
    foreign = f"[{data['zh_foreign']}]"
    family, titles = f"[{data['zh_family']}]", data["zh"]
    return re.compile(
        rf"(?P<full>{foreign}{{1,7}}(?:[·‧•・]{foreign}{{1,7}})+)"
        rf"|(?:{titles})(?P<after>{foreign}{{1,7}}(?:[·‧•・]{foreign}{{1,7}})+|{foreign}{{2,7}}|{family}[\u4e00-\u9fff]{{1,2}}(?=[说表指在对与和会将的，。访称宣是强於说]))"
        rf"|(?P<before>{foreign}{{3,7}})(?=(?:{titles}|说|表示|称|宣布|指出|在))"
    )


def _han(text: str, taken: Sequence[Span]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    covered = {position for start, end in taken for position in range(start, end)}
    for match in _han_pattern().finditer(text):
        group = str(match.lastgroup)
        start, end = match.span(group)
        if covered.isdisjoint(range(start, end)):
            yield (start, end), tuple(re.split("[·‧•・]", match[group]))


@cache
def _kana_pattern() -> re.Pattern[str]:
    titles = table("people")["ja"]
    kana = "[ァ-ヺー]"
    return re.compile(
        rf"(?P<full>{kana}{{2,}}(?:[・＝=]{kana}{{2,}})+)|(?P<one>{kana}{{2,}})(?={titles})|(?P<han>[\u4e00-\u9fff]{{2,5}}?)(?=(?:氏|さん|容疑者|被告)(?![名族]))"
    )


def _japanese(text: str, taken: Sequence[Span]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    covered = {position for start, end in taken for position in range(start, end)}
    for match in _kana_pattern().finditer(text):
        start, end = match.span()
        if covered.isdisjoint(range(start, end)):
            yield (start, end), tuple(re.split("[・＝=]", match[0]))


@cache
def _korean_pattern() -> re.Pattern[str]:
    data = table("people")
    return re.compile(
        rf"(?P<name>(?:[가-힣]{{2,6}}\s)?[가-힣]{{2,5}})\s(?:(?:[가-힣]{{2,5}}\s)?(?:{data['ko']}))(?![가-힣]{{3}})"
    )


_KOREAN_ENDING = re.compile(
    "(?:은|는|을|를|의|에게|에서|에|으로|온|한|된|던|며|고|과|와|가|서|인|했다|동안|지난|이날|함께)$"
)


_N = 4  # the place of a final ㄴ among the finals of a syllable (Unicode, 3.12)


def _governs(word: str, before: str) -> bool:
    """Whether a short word is a verb, behind what it governs: 회의를 이끈 총리, "the premier who led the talks"."""
    return (
        len(word) == 2
        and (ord(word[1]) - 0xAC00) % 28 == _N
        and before[:1] in tuple("을를에과와")
        and before[1:] == " "
    )


def _korean(text: str, taken: Sequence[Span]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    starts = dict(taken)
    stop = stopwords("ko")
    titles = re.compile(f"(?:{table('people')['ko']})")
    family = table("people")["ko_family"]
    for match in _korean_pattern().finditer(text):
        parts: list[Part] = []
        for token in re.finditer(r"\S+", match["name"]):
            start = match.start("name") + token.start()
            if (
                start in starts
                or any(low <= start < high for low, high in taken)
                or token[0] in stop
                or titles.search(token[0])
                or _governs(token[0], text[max(0, start - 2) : start])
            ) or (_KOREAN_ENDING.search(token[0]) and not (len(token[0]) == 3 and token[0][0] in family)):
                parts = []
            else:
                parts.append((token[0], start, start + len(token[0])))
        if len(parts) == 2 and len(parts[0][0]) < 3:
            parts = parts[1:]
        if parts:
            names = [part for part, _, _ in parts]
            if len(names) == 1 and len(names[0]) == 3 and names[0][0] in family:
                names = [names[0][0], names[0][1:]]
            yield (parts[0][1], parts[-1][2]), tuple(names)


_READERS: dict[str, Callable[[str, Sequence[Span]], Iterator[tuple[Span, tuple[str, ...]]]]] = {
    "th": _thai,
    "zh": _han,
    "ja": _japanese,
    "ko": _korean,
    **{language: partial(_abjad, language) for language in ("fa", "ar", "he", "hi", "ur")},
}
