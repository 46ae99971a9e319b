"""One sentence held against the texts it cites."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from briefing.grounding.alignment import about
from briefing.grounding.atoms import Atoms, Kind, atoms
from briefing.grounding.binding import merged, scattered
from briefing.grounding.dates.dated import redated
from briefing.grounding.dates.durations import counted_in_others, counted_otherwise
from briefing.grounding.dates.hours import misclocked
from briefing.grounding.dates.lasting import lasting
from briefing.grounding.dates.timing import again, mistimed
from briefing.grounding.denials.pending import pending
from briefing.grounding.denials.placing import misplaced, premature
from briefing.grounding.denials.polarity import flipped
from briefing.grounding.denials.standing import farther, sides_changed
from briefing.grounding.evidence import Evidence, Passage, evidence, fold, sound_text
from briefing.grounding.facts import has_day, has_number, has_place, stands_for
from briefing.grounding.names.attribution import misattributed
from briefing.grounding.names.bodies import another_body, is_named
from briefing.grounding.names.instead import instead
from briefing.grounding.names.meant import meant
from briefing.grounding.names.misquoting import misquoted
from briefing.grounding.names.naming import missing_name, missing_person, missing_wholly
from briefing.grounding.names.newcomers import newcomers
from briefing.grounding.names.substitution import changed
from briefing.grounding.numbers.counted import miscounted
from briefing.grounding.numbers.derived import follows
from briefing.grounding.numbers.exchange import exchanged
from briefing.grounding.numbers.former import reversed_figures
from briefing.grounding.numbers.measures import converted
from briefing.grounding.numbers.ordinals import misnumbered, ranked
from briefing.grounding.numbers.rounds import another_round
from briefing.grounding.places.cities import astray, names_town
from briefing.grounding.places.regions import names_region
from briefing.grounding.quoting import has_quotation
from briefing.ports import Embed
from briefing.text.words import stopwords

_LONGEST = 2_000  # characters of one sentence that are held against its sources


@dataclass(frozen=True, slots=True)
class Missing:
    """What was not found, as the sentence has it; ``event`` where single facts are found but not together."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is borne out, and what of it is not."""

    supported: bool
    missing: tuple[Missing, ...] = ()


def check(text: str, language: str, cited: Sequence[Passage], embed: Embed | None = None) -> Verdict:
    """Hold a sentence against the texts it cites.

    A sentence that says nothing, one that cites nothing and a quote of nothing are not supported (a ``quotation`` is
    missing). A sentence that stands word for word in a cited text is. ``embed`` finds what tells the same in other
    languages by its meaning. At most the first 2,000 characters are read.
    """
    text = sound_text(text[:_LONGEST]).strip()
    if not any(map(str.isalnum, text)):
        return Verdict(False, (Missing("quotation", "the sentence is empty"),))
    if not cited:
        return Verdict(False, (Missing("quotation", "no citation"),))
    if any(passage.quote is not None and not fold(passage.quote) for passage in cited):
        return Verdict(False, (Missing("quotation", "an empty quote"),))
    base = language.split("-")[0]
    sources = [evidence(passage) for passage in cited]
    absent = [
        Missing("quotation", passage.quote)
        for passage, source in zip(cited, sources, strict=True)
        if passage.quote and fold(passage.quote) not in source.folded
    ]
    if not absent and any(source.language == base and fold(text) in source.folded for source in sources):
        return Verdict(True)
    absent += _absent(text, base, sources, embed)
    if not absent:
        absent += [Missing("event", value) for value in merged(text, base, sources)]
    if not absent and len(sources) == 1:
        absent += [Missing("place", value) for value in scattered(text, base, sources)]
    unique = tuple(dict.fromkeys(absent))
    return Verdict(not unique, unique)


def _absent(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None) -> Iterator[Missing]:
    """What of a sentence is not found, then what is found but told otherwise."""
    anchor = max((source.passage.day for source in sources if source.passage.day), default=None)
    found = atoms(text, language, anchor)
    derived = {text[one.start : one.end] for one in found.numbers if follows(one, text, language, sources)}
    yield from _facts(found, derived, text, language, sources, embed)
    yield from _names(found, text, language, sources, embed)
    for figure in (
        *miscounted(text, language, sources),
        *exchanged(text, language, sources, embed),
        *reversed_figures(text, language, sources),
        *another_round(text, language, sources),
    ):
        if figure not in derived:
            yield Missing("number", figure)
    for fact in misplaced(text, language, sources):
        if fact not in derived:
            yield Missing("number" if any(text[n.start : n.end] == fact for n in found.numbers) else "date", fact)
    put_off = premature(text, language, sources) or pending(text, language, sources, embed)
    if put_off:
        yield Missing("negation", put_off)
    turned = (
        flipped(text, language, sources, embed)
        or sides_changed(text, language, sources, embed)
        or farther(text, language, sources, embed)
    )
    if turned:
        yield Missing("negation", turned)


def _facts(
    found: Atoms,
    derived: Collection[str],
    text: str,
    language: str,
    sources: Sequence[Evidence],
    embed: Embed | None,
) -> Iterator[Missing]:
    """The quotations, figures (but those that are derived), dates and places of a sentence that no source has."""
    for quotation in found.quotations:
        if not has_quotation(quotation, text, language, sources, embed):
            yield Missing("quotation", quotation.text)
    for number in found.numbers:
        held = has_number(number, language, sources) or ranked(number, sources)
        held = held or counted_in_others(number, text, language, sources)
        held = held or converted(number, text, language, sources)
        written = text[number.start : number.end]
        if written not in derived and (not held or counted_otherwise(number, text, language, sources)):
            yield Missing("number", written)
    for day in found.days:
        held = has_day(day, language, sources) or again(day, text, language, sources)
        if not held and not _fraction(text[day.start : day.end], sources):
            yield Missing("date", text[day.start : day.end])
    for which in (*misnumbered(text, language, sources, embed), *lasting(text, language, sources, embed)):
        yield Missing("number", which)
    for when in (
        *mistimed(text, language, found.days, sources),
        *redated(text, language, found.days, sources, embed),
        *misclocked(text, language, sources, embed),
    ):
        yield Missing("date", when)
    for place in found.places:
        if not names_region(place, text, language) and not has_place(place, text, language, sources):
            yield Missing("place", text[place.start : place.end])
    for town in astray(text, language, sources):
        yield Missing("place", town.text)


def _fraction(written: str, sources: Sequence[Evidence]) -> bool:
    """Whether what looks like a day without a year is a fraction that a cited text has, too: 220 2/3."""
    return re.fullmatch(r"\d{1,2}/\d{1,2}", written) is not None and any(
        re.search(rf"(?<![\d/]){written}(?![\d/])", source.text) for source in sources
    )


def _unled(name: str, language: str) -> str:
    """A name without the word that opens its sentence: À Hanoï."""
    first, _, rest = name.partition(" ")
    return rest if rest and (len(first) == 1 or first.casefold() in stopwords(language)) else name


def _names(
    found: Atoms, text: str, language: str, sources: Sequence[Evidence], embed: Embed | None
) -> Iterator[Missing]:
    """The people and bodies of a sentence that no source names, or of whom the sources tell something else."""
    own = any(source.language == language for source in sources)
    near = sources if own else about(text, sources, embed)
    for name in found.names if own else found.people:
        if any(names_town(_unled(name.text, language), source) for source in sources):
            continue  # Ginebra, where the source writes GENEVA
        if is_named(name.text, language, sources):
            continue  # НАТО, where the source writes Североатлантический альянс
        if not own and any(stands_for(_unled(name.text, language), source) for source in sources):
            continue  # Hanoï, where a Vietnamese source tells what the ministry did
        missing = missing_name(name, language, sources) if own else missing_person(name, language, sources, near)
        if missing and not meant(name.text, text, sources, embed):
            yield Missing("name", name.text)
    for name in found.people if own and language == "de" else ():
        if missing_wholly(name, sources) and not meant(name.text, text, sources, embed):
            yield Missing("name", name.text)
    for words in (*changed(text, language, sources), *newcomers(text, language, sources, embed)):
        yield Missing("name", words)
    for wrong in (*misattributed(text, language, sources, embed), *misquoted(text, language, sources, embed)):
        yield Missing("name", wrong)
    for body in another_body(text, language, sources):
        yield Missing("name", body)
    for other in instead(text, language, sources, embed):
        yield Missing("name", other)
