"""Facts of two events told as one: each figure stands in a source, but not with the people and places beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from briefing.grounding.atoms import Atoms, Name, Place, atoms, without_title
from briefing.grounding.dates.days import Day
from briefing.grounding.evidence import Evidence, Passage, evidence
from briefing.grounding.facts import has_day, has_number, is_europe
from briefing.grounding.names.naming import missing_name, missing_person
from briefing.grounding.numbers.figures import Number, clear
from briefing.grounding.places.cities import names_town
from briefing.grounding.places.regions import names_region
from briefing.text.modality import clauses, cues

_AROUND = 2  # sentences before and after in which what is said still belongs together


_TITLE = 24  # characters that may stand before the name of a subject


def merged(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the facts of a claim that no single cited text tells together.

    Only where several texts are cited. Within each clause every pair of facts (a figure, date or name with a place,
    name, figure or date) must stand within two sentences of each other, or in the headline's sentence, of one cited
    text.
    """
    if len({source.passage.id for source in sources}) < 2:
        return
    windows = [list(_windows(source)) for source in sources]
    for start, end in _whole(text, language):
        apart = _apart(text[start:end], language, _anchor(sources), windows)
        if apart:
            yield apart
            return


def _apart(piece: str, language: str, anchor: date | None, windows: Sequence[Sequence[Evidence]]) -> str | None:
    """Two facts of a clause that no text tells together, unless "and" parts it into halves that are each told so."""
    facts = list(_facts(atoms(piece, language, anchor), language))
    pairs = ((fact, other) for one, fact in enumerate(facts) for other in facts[one + 1 :])
    wrong = next((pair for pair in pairs if not _alike(*pair) and not _any_together(*pair, language, windows)), None)
    if wrong is None:
        return None
    for cut in joints(piece, language):
        before = sum(fact.start < cut for fact in facts)
        anew = any(isinstance(fact, Day) and 0 <= fact.start - cut <= _OPENS for fact in facts)  # "and in May he"
        if min(before, len(facts) - before) >= (1 if anew else _FACTS):
            halves = (piece[:cut], piece[cut:])
            if not any(_apart(half, language, anchor, windows) for half in halves):
                return None
    return " + ".join(_written(fact, piece) for fact in wrong)


_FEW = 3  # up to which a figure counts little
_OPENS = 14  # characters of half a clause in which its time stands that opens with it
_FACTS = 2  # facts of half a clause that tells of a thing of its own
_AND = {
    "en": "and|then", "de": "und", "fr": "et|puis", "es": "y|e", "pt": "e", "it": "e|ed", "nl": "en", "pl": "i|oraz",
    "ru": "и|а", "uk": "і|й|та", "tr": "ve", "id": "dan|lalu", "vi": "và|rồi|còn", "fa": "و", "hi": "और",
    "th": "และ|แล้ว|ก่อนจะ",
}  # fmt: skip


def joints(piece: str, language: str) -> list[int]:
    """Give the places where "and" may begin another thing."""
    listed = _AND.get(language)
    if listed is None:
        return []
    edges = (r"(?<=\s)", r"(?=\s)") if language != "th" else ("", "")
    return [match.start() for match in re.finditer(f"{edges[0]}(?:{listed}){edges[1]}", piece)]


def _alike(one: object, other: object) -> bool:
    """Whether two facts are of a kind that one clause may draw from anywhere: two figures, countries or days.

    A sum of money is of another kind than what is counted.
    """
    if isinstance(one, Number) and isinstance(other, Number):
        return (one.kind == "money") == (other.kind == "money") or min(one.value, other.value) <= _FEW
    return type(one) is type(other) and isinstance(one, Place | Day)


def _any_together(one: object, other: object, language: str, windows: Sequence[Sequence[Evidence]]) -> bool:
    return any(_together(one, other, language, group) for group in windows)


def _whole(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The clauses of a text; one that names nobody goes with the one before, whose subject it may have."""
    start = 0
    pieces = _pieces(text, language)
    for n, (_, end) in enumerate(pieces):
        after = pieces[n + 1] if n + 1 < len(pieces) else None
        if after is not None and text[:end].rstrip()[-1:] not in _ENDED and _says(text[slice(*after)], language):
            continue
        goes_on = after is not None and text[end - 1] == "," and not atoms(text[after[0] : after[1]], language).names
        named = atoms(text[start:end], language).names
        if not (goes_on and named and named[0].start <= _TITLE and "," not in text[start : start + named[0].start]):
            yield start, end
            start = end


_ENDED = frozenset(";；؛.。!?")  # behind which nothing says whose word it was
_SHORT = 9  # sentences of a text, its headline among them, that tell of one thing
_SAYING = 70  # characters of a clause that only says whose word something is
_RELATIVE = re.compile(
    r"\s(?=(?:that|which|who|whose|where|qui|où|dont|lequel|laquelle|которы\w+|який|яка|яке|które|która|który)\s)"
    r"|,\s(?=(?:der|die|das|den|dem|deren|dessen|que|cuyo|cuya)\s)"
)


def _pieces(text: str, language: str) -> list[tuple[int, int]]:
    """The clauses of a text, cut before relative ones, too: what they say may be told elsewhere."""
    marks = {match.end() for match in _RELATIVE.finditer(text)} if language not in ("fa", "ar") else set()
    cuts = sorted({end for _, end in clauses(text, language)} | {0, len(text)} | marks)
    if language == "th":  # a blank beside a figure parts nothing
        cuts = [cut for cut in cuts if not (_THAI_FIGURE.match(text, cut) or text[:cut].rstrip()[-1:].isdigit())]
        cuts = sorted({0, len(text), *cuts})
    return list(pairwise(cuts))


_THAI_FIGURE = re.compile(r"\s?\d")


def _says(text: str, language: str) -> bool:
    """Whether a clause only says whose word something is: ", administrator Frauke Thomsen said"."""
    found = atoms(text, language)
    return (
        len(text) <= _SAYING
        and bool(found.people)
        and not (found.numbers or found.days)
        and any(cue.kind == "reported" for cue in cues(text, language))
    )


def scattered(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[str]:
    """Give the place of a claim that no cited text names near the other places of its clause.

    Of two places and more in a clause, all must stand within two sentences of each other in one text, so that a country
    that an article names in passing is not told as the one that acted.
    """
    for start, end in clauses(text, language):
        piece = text[start:end]
        codes = {place.code: piece[place.start : place.end] for place in _countries(piece, language)}
        best: set[str] = set()
        for source in sources if len(codes) > 1 else ():
            if len(source.sentences) <= _SHORT:
                return  # all that a short text names belongs together
            lines = [{place.code for place in atoms(line, source.language).places} for line in source.sentences]
            for at in range(len(lines)):
                near = set().union(*lines[max(0, at - 1) : at + 2]) & set(codes)
                best = max(best, near, key=len)
        for code, written in codes.items():
            if best and code not in best:
                yield written
                return


def _countries(text: str, language: str) -> Iterator[Place]:
    return (place for place in atoms(text, language, None).places if not names_region(place, text, language))


def _anchor(sources: Sequence[Evidence]) -> date | None:
    return max((source.passage.day for source in sources if source.passage.day), default=None)


def _facts(found: Atoms, language: str) -> Iterator[Number | Day | Place | Name]:
    yield from (number for number in found.numbers)
    yield from (day for day in found.days)
    yield from found.places
    yield from found.names
    spans = [(name.start, name.end) for name in found.names]
    if language == "de":  # where a name may look like a noun
        named = (without_title(name) for name in found.people if clear(name.start, name.end, spans))
        yield from (name for name in named if " " in name.text)


def _windows(source: Evidence) -> Iterator[Evidence]:
    """Give the stretches of a text within which facts belong together; its first sentence belongs to all."""
    lines = source.sentences
    if len(lines) <= 2 * _AROUND + 1:
        yield source
        return
    for place in range(len(lines) - 2 * _AROUND):
        inner = lines[place : place + 2 * _AROUND + 1]
        joined = "\n".join(dict.fromkeys((lines[0], *inner)))
        yield evidence(Passage(f"{source.passage.id}#{place}", joined, source.language, source.passage.published))


def _together(one: object, other: object, language: str, windows: Sequence[Evidence]) -> bool:
    return any(_in(one, language, window) and _in(other, language, window) for window in windows)


def _in(fact: object, language: str, window: Evidence) -> bool:
    match fact:
        case Number():
            return has_number(fact, language, [window])
        case Day():
            return has_day(fact, language, [window])
        case Place():
            return any(place.code == fact.code for place in window.atoms.places) or is_europe(fact, window)
        case Name() if (town := names_town(fact.text, window)) is not None:
            return town
        case Name():
            return not (missing_name if window.language == language else missing_person)(fact, language, [window])
    return True


def _written(fact: Number | Day | Place | Name, text: str) -> str:
    return text[fact.start : fact.end]
