"""Telling each thing once: what a storyline's text says and what its timeline says, parted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefing.model import Milestone, Sentence

_LEAST = 2
"""Dated lines that make a timeline of what is not told above it."""

_NEAR = 300
"""Characters of a source within which a sentence may lean on the one before."""


def parted(
    new: Sequence[Sentence], told: Sequence[Sentence], milestones: Sequence[Milestone]
) -> tuple[tuple[Sentence, ...], tuple[Milestone, ...]]:
    """Give the sentences and the milestones that are left where no sentence stands in both.

    What is new, what a storyline opens with, and a sentence that the next one continues stay in the text; all other
    sentences that the timeline holds are told there, with their date. Where fewer than two dated lines would be left,
    the text keeps everything.
    """
    above = [*new, *told[:1], *(one for one, other in pairwise(told) if _continued(one, other))]
    earlier = [item for item in milestones if not _among(item.sentence, above)]
    if len(earlier) < _LEAST:
        return tuple(told), tuple(item for item in earlier if not _among(item.sentence, told))
    dated = [item.sentence for item in earlier]
    return tuple(one for one in told if _among(one, above) or not _among(one, dated)), tuple(earlier)


def _among(sentence: Sentence, others: Sequence[Sentence]) -> bool:
    return any(_same(sentence, other) for other in others)


def _same(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences are the same words, or stand for words of a source that hold each other."""
    if one.text == other.text:
        return True
    return any(
        a.article == b.article and (a.quote in b.quote or b.quote in a.quote)
        for a in one.citations
        for b in other.citations
    )


def _continued(one: Sentence, other: Sentence) -> bool:
    return any(a.article == b.article and 0 <= b.start - a.end <= _NEAR for a in one.citations for b in other.citations)
