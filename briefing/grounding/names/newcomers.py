"""Somebody of whom no text of the claim's language has a word, where no capital marks a name but its place shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefing.grounding.evidence import Evidence
from briefing.grounding.names.unmarked import NAME_WORD, is_phrase
from briefing.grounding.tables import data
from briefing.ports import Embed
from briefing.text.names import name_key
from briefing.text.words import stopwords, words

_NEARER = 0.004  # by how much nearer a claim comes to a text's sentence without the two words that open it
_ALIKE = 0.12  # the sound distance up to which a word is one of a text in another spelling
_LETTERS = 3
_FRONT = {"ar": re.compile("^[وفبلك]?ال|^[وفبلك](?=.{3})|^لل"), "he": re.compile("^[והבלמשכ](?=.{3})")}


def newcomers(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> Iterator[str]:
    """Give the pairs of words that are told as a person and are in no cited text of the claim's language.

    Such a pair stands behind a noun of what is done to people (`data/newcomers.yaml`), or opens a sentence, which then
    is nearer in meaning to one of the texts without it; no beginning of either word is in the texts.
    """
    own = [source for source in sources if source.language == language]
    rows = _patterns(language)
    if not own or not rows:
        return
    for where, pattern in rows:
        for match in pattern.finditer(text):
            pair = match["n"].split()
            if is_phrase(match["n"], language) or not all(_novel(word, language, own) for word in pair):
                continue
            start, end = match.span("n")
            if where == "behind" or _nearer_without(text, f"{text[:start]} {text[end:]}", own, embed):
                yield match["n"]


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (where, re.compile(pattern.replace("{w}", NAME_WORD)))
        for where, pattern in data("newcomers").get(language, {}).items()
    )


def _novel(word: str, language: str, own: Sequence[Evidence]) -> bool:
    folded = "".join(words(word, language))
    front = _FRONT.get(language)
    forms = {folded, front.sub("", folded)} if front else {folded}
    return all(len(form) >= _LETTERS and not _known(form, language, own) for form in forms)


def _known(form: str, language: str, own: Sequence[Evidence]) -> bool:
    """Whether a word is a function word, or a text has it, its beginning or its sound."""
    head = form[: max(_LETTERS, len(form) - 2)]
    front = _FRONT.get(language)
    return form in stopwords(language) or any(
        any(head in (word if not front else front.sub("", word))[: len(head) + 1] for word in source.words)
        or source.heard.nearest(name_key([form])) <= _ALIKE
        for source in own
    )


def _nearer_without(text: str, bare: str, own: Sequence[Evidence], embed: Embed | None) -> bool:
    if embed is None:
        return False
    whole, rest = (
        max((cosine for source in own for cosine in source.cosines(one, embed)), default=0.0)
        for one in (text, " ".join(bare.split()))
    )
    return rest - whole >= _NEARER
