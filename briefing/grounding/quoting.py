"""Whether the quoted words of a claim stand in the cited texts, or mean what is quoted there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from briefing.grounding.atoms import Quotation
from briefing.grounding.evidence import COMPARED, EMBEDDED, IDEOGRAPHIC, Evidence, fold, meaning
from briefing.ports import Embed
from briefing.text.language import spaced
from briefing.text.modality import clauses, cues
from briefing.text.names import name_key, name_score
from briefing.text.words import content_words

_SAID = (9, 6)  # characters from which on a quotation in such a script is more than a word
_SHORT = (15, 8)  # characters of a title or term without spaces: in Thai, in Chinese and Japanese
_QUOTES = '"“”«»„「」『』‹›'
_ELISION = re.compile(r"\s*(?:\[?(?:\.\.\.|…)\]?|\[[^\]]*\])\s*")


def has_quotation(
    quotation: Quotation, text: str, language: str, sources: Sequence[Evidence], embed: Embed | None = None
) -> bool:
    """Whether the words quoted in a claim stand in a source of its language, or what they mean in one of another.

    Without an engine for meaning, of a source in another language is only asked whether it quotes anybody so long.
    """
    own = [source for source in sources if source.language == language]
    parts = [fold(part) for part in _ELISION.split(quotation.text) if fold(part)]
    if not parts:
        return True
    if any(all(part in source.folded for part in parts) or _inflected(parts, source) for source in own):
        return True
    if any(_spelt_latin(parts, source) for source in own):
        return True
    foreign = [source for source in sources if source.language != language]
    short = (
        len(quotation.text) <= _SHORT[language in IDEOGRAPHIC]
        if not spaced(language)
        else len(content_words(quotation.text, language)) <= 3
    )
    if foreign and short and not (embed and _spoken(quotation, text, language)):
        return True  # a title or a term, translated
    enough = _SHORT_WORDS if short else SAME_WORDS
    return any(_quotes_alike(quotation, source, embed, enough) for source in foreign)


_VOWELS = re.compile("[\u064b-\u0652\u0591-\u05c7]")  # that Arabic and Hebrew write or leave out


def _inflected(parts: Sequence[str], source: Evidence) -> bool:
    """Whether what is quoted is a word or two (the name of a club, a firm) that a text has in another form."""
    words = [word for part in parts for word in _WORD.findall(_VOWELS.sub("", part))]
    told = set(_WORD.findall(_VOWELS.sub("", source.folded))) if 0 < len(words) <= _NAME else set()
    return bool(told) and all(any(_same_word(word, other) for other in told) for word in words)


def _spelt_latin(parts: Sequence[str], source: Evidence) -> bool:
    """Whether what is quoted is a name of a word or two that a text of another script has in Latin letters: Inrupt."""
    words = [word for part in parts for word in _WORD.findall(part)]
    if source.latin or not 0 < len(words) <= _NAME or any(word.isascii() for word in words):
        return False
    told = {name_key([name]) for name in _LATIN.findall(source.text)}
    return all(any(name_score(name_key([word]), name) >= _SOUNDS for name in told) for word in words)


_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]{2,}")
_SOUNDS = 0.8  # how surely two spellings are of one name


def _same_word(one: str, other: str) -> bool:
    """Whether two words differ in their endings alone."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or (alike >= _ROOT and max(len(one), len(other)) - alike <= _ENDING)


_NAME = 2  # words of a name in quotation marks
_ROOT, _ENDING = 4, 3  # letters of a word that its forms share at least, and that an ending has at most
_WORD = re.compile(r"[\w\u0900-\u0dff]+")

_ENDED = re.compile(r"[,.!?…，。！？۔।]$")
_BEFORE = re.compile(r"[:：,，]\s*[«“„\"「『]?$")
_AFTER = re.compile(r"[»”“\"」』]?\s*(?:[,，]|[—–-]\s|と)")


def _spoken(quotation: Quotation, text: str, language: str) -> bool:
    """Whether what is quoted is a statement of two words at least: its marks or a verb of saying beside it show it."""
    if len(quotation.text.split()) < 2 if spaced(language) else len(quotation.text) < _SAID[language in IDEOGRAPHIC]:
        return False
    before, after = text[: quotation.start], text[quotation.end :]
    if _ENDED.search(quotation.text) or (_BEFORE.search(before) and not _AFTER.match(after[1:])):
        return True
    beside = before.rstrip(_QUOTES + " ")[-_BESIDE:], _clause(after.lstrip(_QUOTES + " ")[:_BESIDE], language)
    return any(cue.kind == "reported" for piece in beside for cue in cues(piece, language))


def _clause(text: str, language: str) -> str:
    """What of a text stands before an "and" with which it opens: “huge” and said that …"""
    joint = _AND.get(language, "")
    return "" if joint and text.startswith(joint) else text


_AND = {
    "en": "and ", "vi": "và ", "de": "und ", "fr": "et ", "es": "y ", "pt": "e ", "it": "e ", "id": "dan ", "tr": "ve ",
    "ru": "и ", "uk": "і ", "pl": "i ", "fa": "و ", "hi": "और ", "th": "และ", "ar": "و", "he": "ו",
}  # fmt: skip
_BESIDE = 16  # characters beside a quotation in which a verb of saying shows that it is one


def _quotes_alike(quotation: Quotation, source: Evidence, embed: Embed | None, enough: float) -> bool:
    """Whether a source of another language quotes something that may be as long when translated, and means the same.

    Words are held against words between quotation marks, whole and clause by clause; the sentence around them is not
    enough unless it is all but the same, for any two sentences of one article are near.
    """
    if not any(len(other.text) >= 0.25 * len(quotation.text) for other in source.atoms.quotations):
        return False
    if embed is None:
        return True
    told = [
        (other.text, other.text[start:end][:EMBEDDED])
        for other in source.atoms.quotations[:COMPARED]
        for start, end in dict.fromkeys(((0, len(other.text)), *clauses(other.text, source.language)))
    ][: 2 * COMPARED]
    cosines = embed([piece for _, piece in told]) @ meaning(quotation.text, embed)
    nearest, said = max((float(cosine), whole) for cosine, (whole, _) in zip(cosines, told, strict=True))
    lines = list(zip(source.sentences, source.cosines(quotation.text, embed), strict=False))
    around = max((cosine for line, cosine in lines if any(mark in line for mark in _QUOTES)), default=0.0)
    if nearest >= enough or around >= _SAME_LINE:
        return True
    others = [cosine for line, cosine in lines if said[:_HEAD] not in line]
    return len(others) >= _SEVERAL and nearest >= _LEAST and 2 * nearest - max(others) >= _STANDS_OUT


SAME_WORDS = 0.848
"""The cosine from which two quotations say the same: translations have .855 and more, most invented ones less."""
_SHORT_WORDS = 0.83  # the same of two or three words, whose meaning depends on what is around
# A quotation that stands out says the same from less on: its cosine and what it is nearer than any other sentence. Of
# quotations missing from their article four in a hundred do, of those in their translation three in four.
_STANDS_OUT, _LEAST = 0.89, 0.825
_SEVERAL = 3  # other sentences from which on it can stand out
_HEAD = 20  # characters by which the sentence of a quotation is found
_SAME_LINE = 0.875  # the same of a quotation and a sentence that holds one
