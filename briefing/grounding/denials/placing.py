"""Facts told of something else: a figure or day that a source has, but not where it tells what the claim tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from briefing.grounding.alignment import Told, told_in_words
from briefing.grounding.atoms import atoms
from briefing.grounding.dates.days import Day, days_of
from briefing.grounding.dates.timing import days_beside
from briefing.grounding.evidence import Evidence, Passage, evidence
from briefing.grounding.facts import has_number
from briefing.grounding.numbers.figures import Number
from briefing.grounding.stems import stem
from briefing.text.modality import clauses, cues
from briefing.text.words import content_words

_SURE = 0.6  # the share of a claim's words that the sentences telling the same hold
_REACH = 24  # characters beside "plans to" in which its verb stands


def misplaced(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the only figure and day of a claim where all sentences of its language that tell the same have others."""
    anchor = max((source.passage.day for source in sources if source.passage.day), default=None)
    found = atoms(text, language, anchor)
    if len(found.numbers) != 1 and len(found.days) != 1:
        return
    spans = [(n.start, n.end) for n in found.numbers] + [(day.start, day.end) for day in found.days]
    besides = [word for start, end in spans for word in content_words(text[start:end], language)]
    told = told_in_words(text, language, sources, besides, _SURE)
    only = found.numbers[0] if len(found.numbers) == 1 and told else None
    if only and all(_other_figures(only, language, one) for one in told) and not _drawn(only, text, language, sources):
        yield text[found.numbers[0].start : found.numbers[0].end]
    if len(found.days) == 1 and told and all(_other_days(found.days[0], one, anchor) for one in told):
        yield text[found.days[0].start : found.days[0].end]


def _drawn(number: Number, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether the clause of a figure is drawn from another sentence, which tells it with the same figure."""
    start, end = next(((a, b) for a, b in clauses(text, language) if a <= number.start < b), (0, len(text)))
    told = told_in_words(text[start:end], language, sources)
    return (start, end) != (0, len(text)) and any(not _other_figures(number, language, one) for one in told)


def _other_figures(number: Number, language: str, told: Told) -> bool:
    alone = evidence(Passage(f"{told.source.passage.id}@{told.place}", told.text, told.language))
    shares = ("%", "share")
    others = [other for other in alone.atoms.numbers if (other.kind in shares) == (number.kind in shares)]
    around = evidence(Passage(f"{told.source.passage.id}~{told.place}", _around(told), told.language))
    return bool(others) and not has_number(number, language, [around])


def _around(told: Told) -> str:
    """A told sentence with those beside it, which a claim may draw together with it."""
    return "\n".join(told.source.sentences[max(0, told.place - 1) : told.place + 2])


def _other_days(day: Day, told: Told, anchor: date | None) -> bool:
    """Whether a sentence names days, and none that the claimed one may be."""
    published = told.source.passage.day or anchor
    named = atoms(told.text, told.language, published).days
    if published is None or not named or any(one.day is None and one.weekday is None for one in (day, *named)):
        return False
    near = atoms(_around(told), told.language, published).days
    if _spans(day, published) & {(one.month, one.day) for one in days_beside(told.source)}:
        return False
    return not any(_spans(day, published) & _spans(one, published) for one in near)


def _spans(day: Day, published: date) -> set[tuple[int, int]]:
    """The months and days that a date or weekday may mean."""
    if day.weekday is not None:
        return {(one.month, one.day) for one in days_of(day.weekday, published)}
    return {(day.month or 0, day.day or 0), *((one.month, one.day) for one in day.others)}


# ---------------------------------------------------------------- what is only planned


def premature(text: str, language: str, sources: Sequence[Evidence]) -> str | None:
    """Give the word by which all sentences of the claim's language put off what the claim tells as done.

    "Plans to", "may", "if": only where its verb is the claim's, and nothing in the claim itself puts it off.
    """
    if open_claim(text, language):
        return None
    for start, end in clauses(text, language):
        if any(cue.kind == "reported" for cue in cues(text[start:end], language)):
            continue  # what is announced may be told as such
        claim = {stem(word) for word in content_words(text[start:end], language)}
        told = told_in_words(text[start:end], language, sources, least=_SURE)
        put_off = [next(_putting_off(one, claim), None) for one in told]
        if put_off and all(put_off):
            return put_off[0]
    return None


def open_claim(text: str, language: str) -> bool:
    """Whether anything in a claim says that what it tells has not happened, or not yet."""
    return any(cue.kind in ("future", "conditional", "negated", "denied", "cancelled") for cue in cues(text, language))


def _putting_off(told: Told, claim: set[str]) -> Iterator[str]:
    for cue in cues(told.text, told.language):
        if cue.kind in ("future", "conditional"):
            after = content_words(told.text[cue.end : cue.end + _REACH], told.language)[:1]
            before = content_words(told.text[max(0, cue.start - _REACH) : cue.start], told.language)[-1:]
            beside = before if told.language in VERB_LAST else after
            echoed = any(stem(word) in claim for word in content_words(told.text[cue.start : cue.end], told.language))
            if not echoed and any(stem(word) in claim for word in beside):
                yield told.text[cue.start : cue.end]


VERB_LAST = frozenset(("ja", "ko", "tr", "hi", "fa"))
"""Languages in which what puts a verb off may stand behind it."""
