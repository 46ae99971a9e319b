"""Who did or said it: a person told to have done what the cited texts tell of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.grounding.alignment import Told, told_in_meaning, told_in_words
from briefing.grounding.atoms import CASED, Atoms, Name, atoms, common, unquoted
from briefing.grounding.evidence import Evidence, Passage, evidence
from briefing.grounding.names.naming import missing_name, missing_person
from briefing.grounding.numbers.figures import clear
from briefing.ports import Embed
from briefing.text.language import script, spaced

_SURE = 0.5  # the share of a claim's words, its names apart, that the sentence on somebody else's deed holds
_HALF = 0.4  # of that of the sentence most alike
_MEANT = 0.83  # the same by meaning, across languages
_MARGIN = 0.02  # by how much that sentence is nearer in meaning than any that names the claim's people


def misattributed(text: str, language: str, sources: Sequence[Evidence], embed: Embed | None = None) -> Iterator[str]:
    """Give the people of a claim where what it tells is told of others.

    The sentences that tell the same (by their words, names apart, or by meaning across languages) must name one of the
    claim's people, or nobody; the sentence before counts where they name nobody new.
    """
    found = atoms(text, language)
    people = (
        *people_of(found, beyond(text, language, sources), language),
        *_recognised(found, text, language, sources),
    )
    if not people or found.quotations:
        return
    wrong = _deed_of_others(text, people, language, sources, embed)
    parted = [*_MARK.finditer(text)] if wrong is None and script(language) not in CASED else []
    ends = [match.end() for match in parted] + [len(text)]
    for start, end in zip([0, *ends], ends, strict=False) if parted else ():
        here = [
            replace(one, start=one.start - start, end=one.end - start) for one in people if start <= one.start < end
        ]
        if here and wrong is None:
            wrong = _deed_of_others(text[start:end], here, language, sources, embed, alone=True)
    if wrong is not None:
        yield wrong


_MARK = re.compile(r"[،؛,;。]\s?(?=.{15})")  # where a clause of more than a name or two may begin


def _recognised(found: Atoms, text: str, language: str, sources: Sequence[Evidence]) -> Iterator[Name]:
    """The people of the texts of a claim's language whom it names without a title, where no capitals mark names."""
    if script(language) in CASED or not spaced(language):
        return
    taken = [(name.start, name.end) for name in found.people]
    full = {name.text for source in sources if source.language == language for name in source.atoms.people}
    glued = "[وفبلك]?" if language == "ar" else ""
    for one in sorted((one for one in full if " " in one), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){glued}({re.escape(one)})(?!\w)", text):
            if clear(*match.span(1), taken):
                taken.append(match.span(1))
                yield Name(*match.span(1), one)


def _deed_of_others(
    text: str,
    people: Sequence[Name],
    language: str,
    sources: Sequence[Evidence],
    embed: Embed | None,
    *,
    alone: bool = False,
) -> str | None:
    """The first of the people of a claim, or of a clause ``alone``, where what it tells is told of others.

    For a clause, nor may what its people are told to have done be half so alike.
    """
    found = atoms(text, language)
    every = (*found.names, *found.people, *people)
    names = [word for name in every for word in text[name.start : name.end].casefold().split()]
    told = told_in_words(text, language, sources, names, _SURE)
    if told and alone:
        told = told_in_words(text, language, sources, names, _SURE * _HALF, _HALF)
    if not told and embed is not None and not alone:
        told = _meant(text, people, language, sources, embed)
    if not told or not all(_of_others(one, every, language) and not _named_in(text, language, one) for one in told):
        return None
    # Where no capitals show that "he" is nobody new, the sentence before may name who is meant.
    if script(language) not in CASED and any(_before(one, people, language) for one in told):
        return None
    return people[0].text


def _named_in(text: str, language: str, told: Told) -> bool:
    """Whether a claim in a script that marks no names holds one of those of a told sentence, by its sound."""
    if script(language) in CASED or told.language == language:
        return False
    claim = evidence(Passage("claim", text, language))
    line = unquoted(told.text)
    theirs = people_of(atoms(line, told.language), line, told.language)
    return any(not missing_person(name, told.language, [claim]) for name in theirs)


def beyond(text: str, language: str, sources: Sequence[Evidence]) -> str:
    """Give a claim with the cited texts of its language, in which a noun shows by its article."""
    return "\n".join((text, *(source.text for source in sources if source.language == language)))


def people_of(found: Atoms, text: str, language: str) -> tuple[Name, ...]:
    """Give the full names, and where no capitals mark names all: a single word may be a ship or a noun."""
    if script(language) not in CASED:
        return tuple(name for name in found.people if not name.sure)  # a place is sure to be one
    named = {(name.start, name.end): name for name in (*found.names, *found.people)}
    return tuple(name for name in named.values() if _full(name, text, language))


def _full(name: Name, text: str, language: str) -> bool:
    parts = [part for part in name.text.split() if part[0].isupper()]
    if len(parts) < 2 or any(part.casefold() in common() for part in parts):
        return False
    return not any(
        re.search(rf"(?<!\w)(?:{_ARTICLES})\s{re.escape(part)}(?!\w)", text, re.IGNORECASE) for part in parts
    )


_ARTICLES = (
    "the|der|die|das|dem|den|des|ein|eine|einen|einem|im|am|vom|zum|le|la|les|l'|un|une|el|los|las|una|il|lo|o|os|do|da"
)


def _meant(text: str, people: Sequence[Name], language: str, sources: Sequence[Evidence], embed: Embed) -> list[Told]:
    """The sentences of other languages that mean what is left of the claim without its names, if surely so."""
    bare = list(text)
    for name in people:
        bare[name.start : name.end] = " " * (name.end - name.start)
    rest = " ".join("".join(bare).split())
    told = told_in_meaning(rest, language, sources, embed)
    if not told or told[0].score < _MEANT:
        return []
    for source in sources:
        for place, cosine in enumerate(source.cosines(rest, embed) if source.language != language else ()):
            line = Told(source, place, source.sentences[place], source.language, cosine)
            if cosine > told[0].score - _MARGIN and not _of_others(line, people, language):
                return []
    return told


def _of_others(told: Told, people: Sequence[Name], language: str) -> bool:
    """Whether a told sentence names people, and none of these."""
    line = unquoted(told.text)
    return bool(people_of(atoms(line, told.language), line, told.language)) and not names_any(
        told.text, told, people, language
    )


def names_any(line: str, told: Told, people: Sequence[Name], language: str) -> bool:
    """Give whether some words of a cited text name one of the people of a claim in ``language``."""
    alone = evidence(Passage(f"{told.source.passage.id}@{line[:20]}", line, told.language))
    missing = missing_name if told.language == language else missing_person
    return any(not missing(name, language, [alone]) for name in people)


def _before(told: Told, people: Sequence[Name], language: str) -> bool:
    return told.place > 0 and names_any(told.source.sentences[told.place - 1], told, people, language)
