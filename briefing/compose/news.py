"""What is new to a reader: sentences not told before, figures that moved, claims that contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.compose.similarity import bags, contained
from briefing.compose.summary import summarise
from briefing.model import Article, Sentence, Telling
from briefing.ports import Embed

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
    return novel(summary.sentences, known)[:most]


def novel(sentences: Sequence[Sentence], known: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Give the sentences that no known one already says, by the share of their words."""
    said = {sentence.text for sentence in known}
    kept = [sentence for sentence in sentences if sentence.text not in said]
    before = bags([sentence.text for sentence in known], [sentence.language for sentence in known])
    now = bags([sentence.text for sentence in kept], [sentence.language for sentence in kept])
    return tuple(
        sentence
        for sentence, bag in zip(kept, now, strict=True)
        if not any(contained(bag, other) >= _KNOWN for other in before)
    )
