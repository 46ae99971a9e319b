"""What is new to a reader: sentences not told before, figures that moved, claims that contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from briefing.compose.counted import figures
from briefing.compose.similarity import Matrix, bags, contained, meaning
from briefing.compose.summary import summarise
from briefing.model import Article, Sentence, Telling
from briefing.ports import Embed
from briefing.text.modality import modality

_MEANT = 0.75  # how alike in meaning (`meaning`) two sentences of two languages are that say one thing
_COMPARED = 24  # known sentences that are compared by meaning
_KNOWN = 0.75  # the share of a sentence's words in one sentence already sent, above which it is no news


def told_by(previous: Telling | None) -> tuple[Sentence, ...]:
    """Give every sentence that a telling showed, in order, each once."""
    if previous is None:
        return ()
    shown = (*previous.new, *previous.sentences, *(milestone.sentence for milestone in previous.milestones))
    return tuple(dict.fromkeys(shown))


def what_is_new(
    articles: Sequence[Article],
    new: frozenset[str],
    languages: Sequence[str],
    most: int,
    embed: Embed | None,
    previous: Telling | None,
    developments: Mapping[str, str] | None = None,
) -> tuple[Sentence, ...]:
    """Give at most ``most`` sentences of the ``new`` articles (ids) that say what the reader was not sent yet.

    Empty where nothing new is said: wire copy of what was told is no news.
    """
    fresh = [article for article in articles if article.id in new]
    if not fresh or most < 1:
        return ()
    known = told_by(previous)
    summary = summarise(
        fresh, languages, most * 2, embed, already_told=[s.text for s in known], developments=developments
    )
    return novel(summary.sentences, known, embed)[:most]


def novel(sentences: Sequence[Sentence], known: Sequence[Sentence], embed: Embed | None = None) -> tuple[Sentence, ...]:
    """Give the sentences that no known one already says, in its own or another language.

    Within a language the share of their words decides, between languages the meaning (none without an engine). A
    sentence with another figure, or that denies what was told, is news however much it is like it.
    """
    said = {sentence.text for sentence in known}
    kept = [sentence for sentence in sentences if sentence.text not in said]
    before = bags([sentence.text for sentence in known], [sentence.language for sentence in known])
    now = bags([sentence.text for sentence in kept], [sentence.language for sentence in kept])
    across = _across(kept, known, embed)
    return tuple(
        sentence
        for row, (sentence, bag) in enumerate(zip(kept, now, strict=True))
        if not any(
            (contained(bag, other) >= _KNOWN or across[row, column] >= _MEANT) and _adds_nothing(sentence, earlier)
            for column, (earlier, other) in enumerate(zip(known, before, strict=True))
        )
    )


def _across(kept: Sequence[Sentence], known: Sequence[Sentence], embed: Embed | None) -> Matrix:
    """How alike in meaning new and known sentences of two languages are, shape (kept, known), 0 to 1."""
    found = np.zeros((len(kept), len(known)))
    compared = known[:_COMPARED]
    spoken = [sentence.language.split("-")[0] for sentence in (*kept, *compared)]
    if not kept or not compared:
        return found
    alike = meaning([sentence.text for sentence in (*kept, *compared)], spoken, embed)
    if alike is not None:
        found[:, : len(compared)] = alike[: len(kept), len(kept) :]
    return found


def _adds_nothing(sentence: Sentence, earlier: Sentence) -> bool:
    """Whether a sentence that is like an earlier one has its figures, and affirms what that affirms."""
    now, before = (modality(one.text, one.language) for one in (sentence, earlier))
    if (now.denied, now.cancelled) != (before.denied, before.cancelled):
        return False
    told = {figure.value for figure in figures(earlier.text, earlier.language)}
    return {figure.value for figure in figures(sentence.text, sentence.language)} <= told
