"""Reports for the tests of timelines: short to write, and the small labelled set beside this file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from briefing.model import Article, Dating

DATA = Path(__file__).parent / "data"


def report(id_: str, language: str, published: str | None, text: str, title: str = "") -> Article:
    """One article; ``published`` is an ISO day or instant, None for an undated one."""
    return Article(
        id=id_,
        source="test",
        guid=id_,
        title=title,
        text=text,
        language=language,
        collected_at=datetime(2031, 12, 1, tzinfo=UTC),
        published=Dating(published) if published else None,
    )


def labelled(path: Path = DATA / "storylines.jsonl") -> dict[str, list[Article]]:
    """The storylines of a labelled set, by name."""
    found: dict[str, list[Article]] = {}
    for row in path.read_text("utf-8").splitlines():
        one = json.loads(row)
        article = report(one["id"], one["language"], one.get("published"), one["text"], one["title"])
        found.setdefault(one["storyline"], []).append(article)
    return found
