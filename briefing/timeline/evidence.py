"""Which sentences say that a stage of a process was reached, is to come, or was missed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from briefing.ports import Embed, Vectors
from briefing.text.modality import known, modality
from briefing.text.numbers import digits
from briefing.timeline.lexicon import Lexicon, Span, touch
from briefing.timeline.loading import Process, StageKind
from briefing.timeline.matter import Matter
from briefing.timeline.reading import LEAD, Line, Reading

_NEAR = {"zh": 30, "ja": 40, "ko": 45, "th": 60}  # characters between the parts of a cue; 90 elsewhere
_HISTORY = timedelta(days=400)
_LINES = 40  # sentences of one article that are looked at
_EMBEDDED = 24  # lines of one storyline
_CHARACTERS = 250  # of each line
_ALIKE, _APART = 0.36, 0.05  # centred cosine to a stage's description, and its lead over the next stage
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")

_ASIDE = 24  # characters between "rejected" and the claims that were, not a bill
_INFLECTED = frozenset({"en", "es", "fr", "it", "pt", "de", "nl", "pl", "ru", "uk"})

Centre = Callable[[Vectors, list[str]], Vectors]
"""Takes out of unit vectors what they say about their language: ``(vectors, languages) -> vectors``."""

Kind = Literal["done", "announced", "setback"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line that tells of one stage; ``date`` is the ISO date it gives the deed, if it does.

    ``by_words`` is false where only its meaning speaks for the stage.
    """

    stage: str
    kind: Kind
    line: Line
    date: str | None
    by_words: bool = True


def evidence(process: Process, lexicon: Lexicon, reading: Reading, articles: Sequence[int]) -> list[Evidence]:
    """Every line of these articles that tells of a stage; other countries' and past times' deeds are left out."""
    matter = Matter(reading, articles, lexicon)
    began = min((day for day in reading.published if day), default=None)
    found: list[Evidence] = []
    for index in articles:
        for at in reading.lead(index, _LINES):
            line = reading.lines[at]
            text, language = reading.text(line), reading.articles[index].language
            told = [*_told(process, lexicon, text, language)]
            if not told or not matter.holds(at):
                continue
            if _long_ago(text, at, reading, began):
                continue
            for stage, kind, deed in told:
                day = _day(at, deed, kind, reading)
                if kind == "announced" and day is not None and _over(day, index, reading):
                    continue
                found.append(Evidence(stage, kind, line, day))
    return found


def _told(process: Process, lexicon: Lexicon, text: str, language: str) -> Iterator[tuple[str, Kind, Span]]:
    seen: dict[str, tuple[str, Kind, Span]] = {}
    for stage in process.stages:
        if any(lexicon.find(group, text, language) for group in stage.never):
            continue
        for cues, setback in ((stage.cues, False), (stage.setbacks, True)):
            for cue in cues:
                for deed, told in _matches(cue, stage, process, lexicon, text, language):
                    kind = _kind(text, language, deed, told, setback, lexicon)
                    if kind and (stage.key not in seen or _RANK[kind] > _RANK[seen[stage.key][1]]):
                        seen[stage.key] = (stage.key, kind, deed)
    return iter(seen.values())


_RANK = {"announced": 0, "done": 1, "setback": 2}


def _matches(
    cue: str, stage: StageKind, process: Process, lexicon: Lexicon, text: str, language: str
) -> Iterator[tuple[Span, bool]]:
    *others, deed_group = (part.strip() for part in cue.split("+"))
    deeds = lexicon.find(deed_group, text, language)
    if not deeds:
        return
    places = [[span for span, _ in lexicon.find(group, text, language)] for group in others]
    if not all(places):
        return
    rivals = [
        span for group in _rivals(deed_group, others, stage, process) for span, _ in lexicon.find(group, text, language)
    ]
    near = _NEAR.get(language.partition("-")[0], 90)
    for deed, told in deeds:
        closest = [_closest(deed, spans, rivals) for spans in places]
        if all(gap is not None and gap <= near for gap in closest):
            rival = min((_gap(deed, span) for span in rivals), default=None)
            if not closest or rival is None or closest[0] is None or closest[0] <= rival:
                yield deed, told


def _rivals(deed: str, others: Sequence[str], stage: StageKind, process: Process) -> set[str]:
    """The doers that other stages name for the same deed: who stands nearer did it."""
    named: set[str] = set()
    for other in process.stages:
        for cue in other.cues + other.setbacks:
            parts = [part.strip() for part in cue.split("+")]
            if other.key != stage.key and parts[-1] == deed and len(parts) > 1:
                named.add(parts[0])
    return named.difference(others)


def _closest(deed: Span, spans: Sequence[Span], rivals: Sequence[Span]) -> int | None:
    """The gap to the nearest span that is no mere part of a rival ("the house" in "the upper house")."""
    free = [s for s in spans if not any(r[0] <= s[0] and s[1] <= r[1] and r != s for r in rivals)]
    return min((_gap(deed, span) for span in free if not touch(span, deed)), default=None)


def _gap(left: Span, right: Span) -> int:
    return max(0, left[0] - right[1], right[0] - left[1])


def _kind(text: str, language: str, deed: Span, told: bool, setback: bool, lexicon: Lexicon) -> Kind | None:
    if setback:  # "rejected" and "did not pass" are themselves cues of denial: what matters is what stands beside them
        text = text[: deed[0]] + "\0" * (deed[1] - deed[0]) + text[deed[1] :]
    marks = modality(text, language, deed)
    # Of a deed only named ("the signing") it is often said in another clause that it was put off.
    if not setback and (marks.cancelled or (not told and modality(text, language).cancelled)):
        return "setback"
    if marks.negated or modality(text, language).denied:
        return None
    if marks.future:
        return "announced" if not setback else None
    if marks.conditional or not told or _meant(text, language, deed, lexicon):
        return None
    if setback and any(_gap(deed, span) <= _ASIDE for span, _ in lexicon.find("claim", text, language)):
        return None
    return "setback" if setback else "done"


def _meant(text: str, language: str, deed: Span, lexicon: Lexicon) -> bool:
    """Whether a word of purpose stands before the deed: "in order to ratify".

    In languages that inflect verbs a preposition ("de", "à", "to") must stand right before it: "in Peru approved".
    """
    inflected = language.partition("-")[0] in _INFLECTED
    return any(
        0 <= deed[0] - end <= (1 if inflected and end - start <= 3 else 12)
        for (start, end), _ in lexicon.find("purpose", text, language)
    )


# ---------------------------------------------------------------- by meaning


def alike(
    process: Process,
    lexicon: Lexicon,
    told: Sequence[Evidence],
    reading: Reading,
    articles: Sequence[int],
    embed: Embed,
    centre: Centre,
) -> list[Evidence]:
    """Evidence by meaning for stages that have no cues: first lines close to one stage's description, and to no other.

    At most 24 lines are embedded. Only a line in a language whose cues of modality are known, and without any, counts.
    """
    if all(stage.cues for stage in process.stages):
        return []
    matter = Matter(reading, articles, lexicon)
    with_cue = {(one.line.article, one.line.number) for one in told}
    lines = []
    for at in (at for index in articles for at in reading.lead(index, 2)):
        line, text = reading.lines[at], reading.text(reading.lines[at])
        language = reading.articles[line.article].language
        plain = known(language) and modality(text, language).factual
        if plain and (line.article, line.number) not in with_cue and matter.holds(at):
            lines.append(at)
    lines = lines[:: max(1, -(-len(lines) // _EMBEDDED))]
    if not lines:
        return []
    languages = [reading.articles[reading.lines[at].article].language for at in lines]
    vectors = embed([reading.text(reading.lines[at])[:_CHARACTERS] for at in lines])
    near = centre(vectors, languages) @ _described(process, embed, centre).T
    found = []
    for at, row in zip(lines, near, strict=True):
        best, second = (int(place) for place in np.argsort(-row)[:2])
        if row[best] >= _ALIKE and row[best] - row[second] >= _APART and not process.stages[best].cues:
            day = _day(at, (0, 0), "done", reading)
            found.append(Evidence(process.stages[best].key, "done", reading.lines[at], day, by_words=False))
    return found


def _described(process: Process, embed: Embed, centre: Centre) -> Vectors:
    return centre(embed([stage.description for stage in process.stages]), ["en"] * len(process.stages))


# ---------------------------------------------------------------- whose deed, and when


def _long_ago(text: str, at: int, reading: Reading, began: date | None) -> bool:
    if began is None:
        return False
    days = [mention.date for mention in reading.mentions_of(at)]
    if days:
        return max(days) < (began - _HISTORY).isoformat()
    years = [int(year) for year in _YEAR.findall(digits(text))]
    return bool(years) and max(years) < began.year - 1


def _day(at: int, deed: Span, kind: Kind, reading: Reading) -> str | None:
    """The date that the line gives the deed, else the day of the article's news where the line is its lead."""
    line = reading.lines[at]
    wanted = "announced" if kind == "announced" else "happened"
    named = [mention for mention in reading.mentions_of(at) if kind == "setback" or mention.status == wanted]
    if named:
        exact = [mention for mention in named if len(mention.date) == 10] or named
        return min(exact, key=lambda mention: abs(mention.start - line.start - deed[0])).date
    if kind == "done" and line.number < LEAD and not reading.mentions_of(at):
        return reading.news[line.article]
    return None


def _over(day: str, article: int, reading: Reading) -> bool:
    """Whether what is announced for a day lies before the article that announces it."""
    published = reading.published[article]
    return published is not None and day < published.isoformat()[: len(day)]
