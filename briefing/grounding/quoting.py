"""Whether the quoted words of a claim stand in the cited texts, or mean what is quoted there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.grounding.atoms import Quotation
from briefing.grounding.evidence import COMPARED, EMBEDDED, IDEOGRAPHIC, SAME_FACT, Evidence, fold
from briefing.ports import Embed
from briefing.text.language import spaced
from briefing.text.words import content_words

_SHORT = (15, 8)  # characters of a title or term without spaces: in Thai, in Chinese and Japanese
_QUOTES = '"“”«»„「」『』‹›'
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
    short = (
        len(quotation.text) <= _SHORT[language in IDEOGRAPHIC]
        if not spaced(language)
        else len(content_words(quotation.text, language)) <= 3
    )
    if foreign and short:
        return True  # a title or a term, translated
    return any(_quotes_alike(quotation, source, embed) for source in foreign)


def _quotes_alike(quotation: Quotation, source: Evidence, embed: Embed | None) -> bool:
    """Whether a source of another language quotes something that may be as long when translated, and means the same."""
    if not any(len(other.text) >= 0.25 * len(quotation.text) for other in source.atoms.quotations):
        return False
    if embed is None:
        return True
    told = [other.text[:EMBEDDED] for other in source.atoms.quotations[:COMPARED]]
    nearest = max(float(cosine) for cosine in embed(told) @ embed([quotation.text[:EMBEDDED]])[0])
    around = [
        cosine
        for line, cosine in zip(source.sentences, source.cosines(quotation.text, embed), strict=False)
        if any(mark in line for mark in _QUOTES)
    ]
    return max(nearest, *around, 0.0) >= SAME_FACT
