"""Nouns for the tests of the store."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from briefing.model import (
    Article,
    Citation,
    Counts,
    Dating,
    Edition,
    Entry,
    Failure,
    Milestone,
    ProcessState,
    Reason,
    Reference,
    Sentence,
    Stage,
    Telling,
    Why,
)

NOW = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)


def entry(number: int, source: str = "one", **changes: Any) -> Entry:
    """Make the numbered entry of a source."""
    values: dict[str, Any] = {
        "source": source,
        "guid": f"guid-{number}",
        "body": f"Dòng {number}: ข่าว و خبر.",
        "collected_at": NOW + timedelta(seconds=number),
        "url": f"https://example.org/{number}",
        "published": Dating("2026-03-04", "feed"),
        "categories": ("world", "đời sống"),
    }
    return Entry(**(values | changes))


def article(number: int, source: str = "one", **changes: Any) -> Article:
    """Make the article that the numbered entry holds."""
    values: dict[str, Any] = {
        "id": hashlib.sha256(str(number).encode()).hexdigest()[:16],
        "source": source,
        "guid": f"guid-{number}",
        "title": f"Title {number}",
        "text": f"First paragraph {number}.\n\nSecond paragraph.",
        "language": "en",
        "collected_at": NOW + timedelta(seconds=number),
        "published": Dating("2026-03-04T05:00:00+07:00", "page"),
        "url": f"https://example.org/{number}",
        "categories": ("world",),
    }
    return Article(**(values | changes))


def failure(subject: str = "one", stage: str = "collect", at: datetime = NOW, **changes: Any) -> Failure:
    """Make a failure."""
    return Failure(stage, subject, changes.pop("message", "the server answered 500"), at, **changes)


def edition(day: date = date(2026, 3, 4), newsletter: str = "morning", **changes: Any) -> Edition:
    """Make an edition with something in every field."""
    citation = Citation("0123456789abcdef", "สภาล่างให้สัตยาบัน", 0, 18)
    sentence = Sentence("สภาล่างให้สัตยาบัน", "th", (citation,), Dating("2026-03-04", "text"))
    telling = Telling(
        id="s1",
        slug="treaty",
        development="d1",
        headline="Treaty ratified",
        headline_language="en",
        headline_article="0123456789abcdef",
        size="lead",
        weight=1.25,
        updated_at=NOW,
        sentences=(sentence,),
        new=(sentence,),
        milestones=(Milestone("2026-03", sentence, "announced", "signed"),),
        process=ProcessState(
            "treaty", "Treaty", (Stage("signed", "Signed", "done", "2026-03", sentence),), "signed", None
        ),
        references=(Reference("0123456789abcdef", "T", "th", "one", None, None, None, also_in=("A", "B"), new=True),),
        why=(Why("0123456789abcdef", "fedcba9876543210", (Reason("people", ("Kim Jong-un", "Putin"), 1.5),)),),
    )
    values: dict[str, Any] = {
        "newsletter": newsletter,
        "title": "Morning briefing",
        "date": day,
        "made_at": NOW,
        "time_zone": "Asia/Ho_Chi_Minh",
        "language": "en",
        "storylines": (telling,),
        "failures": (failure(),),
        "counts": Counts(2, 1, 5, 5, 1, 1, ("th", "en")),
        "upto": 5,
    }
    return Edition(**(values | changes))
