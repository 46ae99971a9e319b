"""A near copy of a source sentence in which one word was changed for another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from briefing.grounding.atoms import CASED, atoms, common
from briefing.grounding.evidence import Evidence
from briefing.grounding.stems import stem
from briefing.grounding.tables import data
from briefing.text.language import script
from briefing.text.words import content_words, words

_COPY = 0.62  # the share of the claim's words that stand in the source sentence in the same order


def changed(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the words that stand in the claim where the source sentence it copies has other ones.

    In scripts with capitals only capitalised words for capitalised words; in others, where names have no mark, any
    content word that no cited text holds, verbs of saying apart.
    """
    own = [source for source in sources if source.language == language]
    claim = words(text, language)
    if len(claim) < 5:
        return
    best: tuple[float, str, tuple[str, ...]] = (0.0, "", ())
    for source in own:
        for sentence in source.sentences:
            tokens = words(sentence, language)
            matcher = SequenceMatcher(None, claim, tokens, autojunk=False)
            if matcher.quick_ratio() * (len(claim) + len(tokens)) / 2 < _COPY * len(claim):
                continue
            share = sum(block.size for block in matcher.get_matching_blocks()) / len(claim)
            if share > best[0]:
                best = (share, sentence, tokens)
    if best[0] < _COPY:
        return
    known = frozenset().union(*(source.words for source in own))
    judged = {word for place in atoms(text, language).places for word in words(text[place.start : place.end], language)}
    for new, old in _replaced(claim, best[2]):
        if "".join(new) == "".join(old):
            continue  # رئیس‌جمهور, رئیس جمهور
        if judged.issuperset(new) and any(atoms(word.capitalize(), language).places for word in old):
            continue  # Hungary for Budapest: whether a source tells of the country was asked already
        novel = [word for word in new if word not in known and not _shares(word, known)]
        if novel and _names(novel, old, text, best[1], language):
            yield " ".join(new)


def _replaced(claim: Sequence[str], source: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for kind, a, b, c, d in SequenceMatcher(None, claim, source, autojunk=False).get_opcodes():
        if kind == "replace" and b - a <= 4 and d - c <= 5:
            yield tuple(claim[a:b]), tuple(source[c:d])


def _shares(word: str, known: frozenset[str]) -> bool:
    """Whether a known word begins the same: another form of it."""
    head = stem(word)
    return len(word) > 4 and any(other.startswith(head) for other in known)


def _names(novel: Sequence[str], old: Sequence[str], text: str, source: str, language: str) -> bool:
    if script(language) in CASED:
        ours, theirs = content_words(" ".join(novel), language), content_words(" ".join(old), language)
        return any(_capital(word, text) for word in ours) and any(_capital(word, source) for word in theirs)
    saying = data("common")["saying"].get(language, ())
    if any(word in saying for word in (*novel, *old)) or not _titled(novel, text, language):
        return False
    letters = sum(unicodedata.category(char)[0] == "L" for char in "".join(novel))
    return letters > 1 and bool(content_words(" ".join(old), language))


def _titled(novel: Sequence[str], text: str, language: str) -> bool:
    """Whether a title stands close before or after a word, as it does beside a person's name."""
    place = text.find(novel[0])
    near = f"{text[max(0, place - 16) : place]}\n{text[place + len(novel[0]) : place + 32]}"
    return any(title in near for title in data("common")["titles"].get(language, ()))


def _capital(word: str, text: str) -> bool:
    place = text.casefold().find(word)
    return len(word) > 3 and word not in common() and 0 <= place < len(text) and text[place].isupper()
