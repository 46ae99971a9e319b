"""One storyline as `briefing digest` prints it: the contract of that command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.compose.summary import summarise
from briefing.compose.telling import landmarks
from briefing.model import Article, Milestone, ProcessState, Sentence
from briefing.ports import Embed


def digest(
    articles: Sequence[Article],
    languages: Sequence[str],
    embed: Embed | None = None,
    *,
    sentences: int | None = None,
    words: int | None = None,
    milestones: Sequence[Milestone] = (),
    process: ProcessState | None = None,
) -> dict[str, Any]:
    """Tell one storyline as plain data, ready for JSON.

    ``{"headline", "language", "sentences": [{"text", "language", "cites": [{"id", "quote"}]}], "milestones": [{"date",
    "text", "status", "cites"}], "process": {"name", "stage", "stages"} or None}``. ``sentences`` bounds the number of
    sentences, ``words`` the length. Raises ValueError for no article.
    """
    summary = summarise(articles, languages, sentences, embed, length=words, landmarks=landmarks(process))
    return {
        "headline": summary.headline,
        "language": summary.headline_language,
        "sentences": [told(sentence) for sentence in summary.sentences],
        "milestones": [
            {
                "date": milestone.date,
                **told(milestone.sentence),
                "status": milestone.status,
                "stage": milestone.stage,
            }
            for milestone in milestones
        ],
        "process": _process(process),
    }


def told(sentence: Sentence) -> dict[str, Any]:
    """Give a sentence with its citations as plain data."""
    return {
        "text": sentence.text,
        "language": sentence.language,
        "cites": [
            {"id": cite.article, "quote": cite.quote, "start": cite.start, "end": cite.end}
            for cite in sentence.citations
        ],
    }


def _process(process: ProcessState | None) -> dict[str, Any] | None:
    if process is None:
        return None
    return {
        "key": process.key,
        "name": process.name,
        "stage": process.stage,
        "next": process.next,
        "stages": [
            {
                "key": stage.key,
                "name": stage.name,
                "state": stage.state,
                "date": stage.date,
                "cites": told(stage.sentence)["cites"] if stage.sentence else [],
            }
            for stage in process.stages
        ],
    }
