"""An edition: which storylines, in which order, at which length, within the reader's time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

from briefing.compose.headline import headline
from briefing.compose.material import Material, Preferences
from briefing.compose.picturing import pictured
from briefing.compose.reading import telling_minutes
from briefing.compose.telling import tell
from briefing.compose.weight import size, weight
from briefing.model import Counts, Edition, Failure, LeftOut, Size, Telling
from briefing.ports import Embed

_Reason = Literal["budget", "filter", "muted"]
_OVER = 1.15  # how far the last storyline may run over the reading time


def plan(
    materials: Sequence[Material],
    preferences: Preferences,
    embed: Embed | None,
    now: datetime,
    *,
    previous: Mapping[str, Telling] | None = None,
    failures: Sequence[Failure] = (),
    counts: Counts | None = None,
    upto: int = 0,
    notes: Sequence[str] = (),
) -> Edition:
    """Make an edition of what is new to its readers, and of what they follow.

    ``previous`` maps storyline ids to how these readers were last told them. Storylines with nothing new are not told
    unless followed. Weight orders them; telling stops at the reading time or the most storylines, and what did not
    fit is listed in ``left_out``, as is what was muted or filtered. The same input and clock give the same edition.
    ``counts`` gives what only the store knows (sources, articles); storylines and languages are counted here.
    """
    before = previous or {}
    kept, left = _sift(materials, preferences)
    dated = [article.published.instant for m in kept for article in m.articles if article.published]
    newest = max(dated, default=now)
    ranked = sorted(kept, key=lambda m: (-weight(m, newest), m.storyline.id))
    tellings = tuple(_told(ranked, newest, preferences, embed, before, now, left))
    tellings = pictured(tellings, materials, preferences)
    edition = Edition(
        newsletter=preferences.slug,
        title=preferences.title,
        date=local_day(now, preferences.time_zone),
        made_at=now,
        time_zone=preferences.time_zone,
        language=preferences.language,
        storylines=tellings,
        left_out=tuple(left),
        failures=tuple(failures),
        counts=counts or _counted(materials),
        upto=upto,
        notes=tuple(notes),
    )
    return recount(edition, len(ranked))


def _told(
    ranked: Sequence[Material],
    newest: datetime,
    preferences: Preferences,
    embed: Embed | None,
    before: Mapping[str, Telling],
    now: datetime,
    left: list[LeftOut],
) -> list[Telling]:
    """Tell storylines in order until the reader's time is used up; what does not fit is added to ``left``."""
    tellings: list[Telling] = []
    spent = 0.0
    for material in ranked:
        heavy = weight(material, newest)
        if len(tellings) >= preferences.storylines or spent >= preferences.minutes:
            left.append(_left(material, preferences, "budget"))
            continue
        room = preferences.minutes * _OVER - spent
        telling = _fitting(material, preferences, embed, before, now, len(tellings), heavy, room)
        if telling is None:
            left.append(_left(material, preferences, "budget"))
            continue
        tellings.append(telling)
        spent += telling_minutes(telling)
    return tellings


def local_day(now: datetime, time_zone: str) -> date:
    """Give the calendar day of an instant in a time zone."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def _fitting(
    material: Material,
    preferences: Preferences,
    embed: Embed | None,
    before: Mapping[str, Telling],
    now: datetime,
    order: int,
    heavy: float,
    room: float,
) -> Telling | None:
    """Tell a storyline at its size, or smaller where that does not fit; None where not even one sentence fits."""
    sizes: tuple[Size, ...] = ("lead", "medium", "brief")
    for smaller in sizes[sizes.index(size(order, material)) :]:
        telling = tell(
            material,
            preferences,
            embed,
            before.get(material.storyline.id),
            now,
            size=smaller,
            weight=heavy,
        )
        if telling_minutes(telling) <= room or not order:
            return telling
    return None


def _sift(materials: Sequence[Material], preferences: Preferences) -> tuple[list[Material], list[LeftOut]]:
    """Part what may be told from what is muted, filtered or without news."""
    kept: list[Material] = []
    left: list[LeftOut] = []
    for material in sorted(materials, key=lambda m: m.storyline.id):
        if not material.articles or not (material.new or material.followed):
            continue
        if material.storyline.muted:
            left.append(_left(material, preferences, "muted"))
            continue
        narrowed = _narrow(material, preferences)
        if narrowed is None:
            left.append(_left(material, preferences, "filter"))
        elif narrowed.new or narrowed.followed:
            kept.append(narrowed)
    return kept, left


def _narrow(material: Material, preferences: Preferences) -> Material | None:
    """Keep the articles that the newsletter wants; None where none is left or its words speak against it."""
    articles = tuple(
        article
        for article in material.articles
        if (not preferences.sources or article.source in preferences.sources)
        and (not preferences.only_languages or article.language.split("-")[0] in preferences.only_languages)
    )
    if not articles:
        return None
    text = "\n".join(f"{article.title}\n{article.text}" for article in articles).casefold()
    if preferences.include and not any(_mentions(text, word) for word in preferences.include):
        return None
    if any(_mentions(text, word) for word in preferences.exclude):
        return None
    if len(articles) == len(material.articles):
        return material
    ids = {article.id for article in articles}
    return replace(
        material,
        articles=articles,
        new=material.new & ids,
        memberships=tuple(member for member in material.memberships if member.article in ids),
        milestones=tuple(m for m in material.milestones if {c.article for c in m.sentence.citations} <= ids),
    )


def _mentions(text: str, word: str) -> bool:
    """Whether a word or phrase stands in casefolded text: whole words in Latin script, anywhere in others."""
    folded = word.strip().casefold()
    if not folded:
        return False
    if folded.isascii():
        return re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text) is not None
    return folded in text


def _left(material: Material, preferences: Preferences, reason: _Reason) -> LeftOut:
    text, language, _ = headline(material.articles, preferences.languages)
    return LeftOut(material.storyline.id, material.storyline.slug, text, language, reason)


def _counted(materials: Sequence[Material]) -> Counts:
    articles = [article for material in materials for article in material.articles]
    new = sum(len(material.new) for material in materials)
    return Counts(len({article.source for article in articles}), 0, len(articles), new, len(materials), 0)


def recount(edition: Edition, storylines: int | None = None) -> Edition:
    """Give the edition with its reading time and counts in line with the storylines it tells."""
    told = edition.storylines
    languages = sorted({language for telling in told for language in _languages(telling)})
    counts = replace(
        edition.counts,
        storylines=edition.counts.storylines if storylines is None else storylines,
        storylines_told=len(told),
        languages=tuple(languages),
    )
    return replace(edition, counts=counts, reading_minutes=ceil(sum(map(telling_minutes, told))))


def _languages(telling: Telling) -> set[str]:
    """Give the languages of the sources that a telling's sentences rest on, whatever language it tells them in."""
    spoken = {reference.id: reference.language for reference in telling.references}
    told = (*telling.new, *telling.sentences)
    return {spoken.get(c.article, s.language).split("-")[0] for s in told for c in s.citations}
