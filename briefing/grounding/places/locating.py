"""Where a claim sets something: the towns and regions behind "in", "near" and "from", in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.grounding.atoms import CASED, Name
from briefing.text.language import script, spaced
from briefing.text.towns import is_capital, longest, script_of, towns
from briefing.text.words import words

# What says where something happened, right before a name.
_IN = {
    "en": "in|near|outside|(?:trip|visit|flew|travell?ed) to|visited", "de": "in|bei|nach", "fr": "à|près de",
    "es": "en|cerca de", "it": "a|in|presso", "nl": "in|bij", "pt": "em|no|na", "vi": "tại|ở|thành phố|gần|thăm",
    "id": "di|dekat", "ru": "в|во|возле", "uk": "в|у|во", "pl": "w|we|pod", "sv": "i|vid", "da": "i|ved",
    "no": "i|ved", "ar": "في|مدينة|قرب", "fa": "در|شهر|بندر", "ur": "شہر", "zh": "在|于|於|抵达|抵達|飞抵|前往",
    "th": "ที่เมือง|ที่กรุง|ที่|ในเมือง|ในกรุง|ใน|เมือง|กรุง|นคร|จังหวัด",
}  # fmt: skip
# What says it of any place but a capital, which may stand for its government here: a letter from Paris.
_FROM = {
    "en": "at|off|from|of|around|across|over|between", "de": "aus|um|zwischen", "fr": "dans|vers|depuis|entre|de",
    "es": "desde|hacia|entre|de", "it": "da|verso|tra|di", "pt": "desde|entre|de", "nl": "uit|naar|tussen",
    "vi": "từ|tới|đến|giữa", "id": "ke|dari|antara", "ru": "из|под|между", "uk": "із|з|під|між", "pl": "z|do",
    "sv": "från|mellan", "da": "fra|mellem", "no": "fra|mellom", "ar": "بين", "fa": "میان", "zh": "从|從|来自|來自",
    "th": "จาก",
}  # fmt: skip
_AND = {
    "en": "and", "de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en", "vi": "và", "id": "dan",
    "ru": "и", "uk": "і|та", "sv": "och", "da": "og", "no": "og", "pl": "i",
}  # fmt: skip
# The same right after a name: where, and where of any place but a capital.
_AFTER = {
    "ja": ("市|で", "に|から|の|州|近郊|郊外|周辺|沖"), "ko": ("에서", "에|시|의|까지"), "hi": (" में", " से| के"),
    "tr": (
        "['’][dt][ae](?!n)",
        "['’](?:[dt][ae]n|[yn]?[ae])"
        r"| (?:Olimpiyat |Uluslararası |Merkez |Şehir )?(?:Stad|Havaliman|Havaalan|Liman|Üniversite|Belediye|Hastane)",
    ),
}  # fmt: skip
_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_ENDING = {"ja": r"(?<![ァ-ヺー・])[ァ-ヺー]{3,}$|[\u3400-\u9fff]{2,4}$"}
_ENDING_ELSEWHERE = rf"{_WORD}(?: {_WORD})?$"
_LONGEST = 40  # characters of a name and the words beside it


def located(text: str, language: str) -> Iterator[Name]:
    """Give the towns and regions in which a text sets something, written in its language's own script.

    Only what `briefing.text.towns` knows. A capital counts where the words leave no doubt that the town is meant.
    """
    places = {
        place: None
        for place, sure in _found(text, language)
        if script_of(place.text) in scripts_of(language) and (sure or not is_capital(place.text))
    }
    yield from places


def scripts_of(language: str) -> tuple[str, ...]:
    """Give the scripts in which a language writes the names of places, as `script_of` gives them."""
    several = {"ja": ("Kana", "Hani"), "yue": ("Hani",), "ko": ("Hang", "Hani")}
    return several.get(language, (script(language),))


def _found(text: str, language: str) -> Iterator[tuple[Name, bool]]:
    for cue, sure in _cues(text, language):
        if language in _AFTER:
            name = _ending(text[max(0, cue.start() - _LONGEST) : cue.start()], language)
            start = cue.start() - len(name)
        elif spaced(language):
            name, start = _run(text, cue.end(), language), cue.end()
        else:
            name, start = _whole(text[cue.end() : cue.end() + _LONGEST], language), cue.end()
        while name:
            yield Name(start, start + len(name), name), sure
            another = _and(language).match(text, start + len(name))
            name, start = (_run(text, another.end(), language), another.end()) if another else ("", 0)


def _cues(text: str, language: str) -> Iterator[tuple[re.Match[str], bool]]:
    """What says where, in a text; and whether it says so of a capital, too."""
    for sure, pattern in _patterns(language):
        for cue in pattern.finditer(text):
            yield cue, sure


@cache
def _patterns(language: str) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    if language in _AFTER:
        return tuple((sure, re.compile(listed)) for sure, listed in zip((True, False), _AFTER[language], strict=True))
    edge, gap = (r"(?<!\w)", rf"\s+(?={_WORD})") if spaced(language) else ("", "")
    rows = ((True, _IN), (False, _FROM))
    return tuple((sure, re.compile(f"{edge}(?:{row[language]}){gap}")) for sure, row in rows if language in row)


@cache
def _and(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_AND[language]})\s" if language in _AND else "(?!)")


def _run(text: str, at: int, language: str) -> str:
    """The name of a place that begins at a word; one amid other words with a capital is none."""
    cased = script(language) in CASED
    ends: list[int] = []
    for word in re.compile(_WORD).finditer(text, at, at + _LONGEST):
        beside = text[ends[-1] if ends else at : word.start()] in ("", " ", "\u00a0")
        if not beside or len(ends) == 4 or (cased and not word[0][0].isupper()):
            break
        ends.append(word.end())
    tried = ends[-1:] if cased else reversed(ends)
    return next((text[at:end] for end in tried if towns(text[at:end])), "")


def _ending(text: str, language: str) -> str:
    """The name of a place with which a text ends."""
    found = re.search(_ENDING.get(language, _ENDING_ELSEWHERE), text)
    if found is None or (script(language) in CASED and not found[0].split(" ")[-1][0].isupper()):
        return ""
    return next((name for name in (found[0], found[0].split(" ")[-1]) if towns(name)), "")


def _whole(text: str, language: str) -> str:
    """The name of a place with which a text without spaces begins, if it ends where a word may."""
    name = longest(text)
    if language == "th":
        return "" if len(name) < 3 or _MARKED.match(text, len(name)) else name
    ends, at = set(), 0
    for word in words(text, language):
        at = text.find(word, at) + len(word)
        ends.add(at)
    return name if len(name) in ends else ""


_MARKED = re.compile("[\u0e30-\u0e3a\u0e47-\u0e4e]")  # belongs to the letter before
