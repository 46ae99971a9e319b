"""What a site shows beyond the editions at hand: what is remembered of all that were ever told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from briefing.model import Edition, Telling

_LINES = 1_500
"""Characters of a telling that are kept for searching."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A storyline as one edition told it; ``lines`` are its sentences and its sources' titles, shortened."""

    storyline: str
    slug: str
    headline: str
    language: str
    newsletter: str
    date: date
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """What is remembered: by month (``2026-11``) the storylines told in it, and when each subject was first told.

    ``listed`` holds the months whose lists are to be written, each storyline once in a month and newest first;
    ``months`` are all there are, newest first. The keys of ``told`` are newsletter and `subject_of` or
    `subject_of_edition`.
    """

    listed: Mapping[str, Sequence[Listed]] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    told: Mapping[tuple[str, str], datetime] = field(default_factory=dict)


def subject_of(telling: Telling) -> str:
    """Give the name under which it is remembered when a development was first told; a feed's guid ends with it."""
    return f"storyline/{telling.id}/{telling.development}"


def subject_of_edition(edition: Edition) -> str:
    """Give the name under which it is remembered when an edition was first made."""
    return f"edition/{edition.newsletter}/{edition.date.isoformat()}"


def subjects_in(edition: Edition) -> Iterator[str]:
    """Give the names of all that an edition tells, anew or not, its own first."""
    yield subject_of_edition(edition)
    yield from map(subject_of, edition.storylines)


def subjects_of(edition: Edition) -> Iterator[str]:
    """Give the names of all that an edition tells anew, its own first."""
    yield subject_of_edition(edition)
    for telling in edition.storylines:
        if telling.new or not telling.unchanged_since:
            yield subject_of(telling)


def listed(edition: Edition) -> Iterator[Listed]:
    """Give an edition's storylines as lists show them, in its order."""
    for told in edition.storylines:
        yield Listed(
            told.id,
            told.slug,
            told.headline,
            told.headline_language,
            edition.newsletter,
            edition.date,
            _lines(told),
        )


def _lines(telling: Telling) -> tuple[str, ...]:
    found = [sentence.text for sentence in (*telling.new, *telling.sentences)]
    found += [reference.title for reference in telling.references]
    left, kept = _LINES, []
    for line in dict.fromkeys(found):
        if line != telling.headline and left > 0:
            kept.append(line[:left])
            left -= len(line)
    return tuple(kept)


def records_of(editions: Sequence[Edition]) -> Records:
    """Give what these editions alone, newest first, let remember: for a site that has no others."""
    found: dict[str, dict[str, Listed]] = {}
    for edition in editions:
        month = found.setdefault(edition.date.isoformat()[:7], {})
        for one in listed(edition):
            month.setdefault(one.storyline, one)
    return Records({month: tuple(rows.values()) for month, rows in found.items() if rows}, tuple(found))
