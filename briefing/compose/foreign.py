"""What a reader cannot read: an edition's foreign headlines and sentences, and translations put in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.compose.edition import recount
from briefing.model import Change, Edition, LeftOut, Original, ProcessState, Reference, Sentence, Telling
from briefing.text.cleaning import fold_spaces, normalise

LONGEST = 2_000
"""Characters of a text that is translated: `briefing.grounding.check` reads no further."""

_TITLES = 12  # of a storyline's articles, whose titles are shown at once
_LEFT_OUT = 40  # of the storylines that are only named


def foreign(edition: Edition, languages: Sequence[str], *, listed: bool = False) -> tuple[Original, ...]:
    """Give the headlines and sources' sentences to translate for a reader of ``languages``, each once.

    These are what is in a language that is not among them, and with ``listed`` all that is not in the first. The
    heaviest storyline comes first, what is told before the timeline, what is only named last. Text of unknown language
    is left, and so is what a model wrote.
    """
    read = {base(language) for language in (languages[:1] if listed else languages)} | {"und", ""}
    found = (
        *(text for telling in edition.storylines for text in _texts(telling)),
        *map(_headline, edition.left_out[:_LEFT_OUT]),
    )
    return tuple(
        dict.fromkeys(text for text in found if base(text.language) not in read and 0 < len(text.text) <= LONGEST)
    )


def translated(edition: Edition, given: Mapping[Original, str], language: str, notes: Sequence[str] = ()) -> Edition:
    """Give the edition with translations into ``language`` where there are any, their originals behind them."""

    def put(sentence: Sentence) -> Sentence:
        text = given.get(_original(sentence)) if sentence.origin == "extract" else None
        return replace(sentence, text=clean(text), language=language, origin="translation") if text else sentence

    told = tuple(
        _renamed(_titled(_counted(_mapped(telling, put), put, given), given, language), given, language)
        for telling in edition.storylines
    )
    left = tuple(_renamed(item, given, language) for item in edition.left_out)
    return recount(replace(edition, storylines=told, left_out=left, notes=tuple(notes)))


def untranslated(telling: Telling) -> Telling:
    """Give a telling in its sources' own words again: what is new is found by comparing with those."""
    languages = {reference.id: reference.language for reference in telling.references}

    def back(sentence: Sentence) -> Sentence:
        if sentence.origin != "translation" or not sentence.citations:
            return sentence
        text = " ".join(fold_spaces(citation.quote) for citation in sentence.citations)
        language = languages.get(sentence.citations[0].article, "und")
        return replace(sentence, text=text, language=language, origin="extract")

    head = telling.headline_original or _headline(telling)
    named = replace(
        telling,
        headline=head.text,
        headline_language=head.language,
        headline_original=None,
        changes=tuple(
            replace(
                moved,
                what=moved.what_original.text,
                what_original=None,
                sentences=(back(moved.sentences[0]), back(moved.sentences[1])),
            )
            if moved.what_original
            else moved
            for moved in telling.changes
        ),
        references=tuple(
            replace(listed, title=listed.title_original.text, title_language=None, title_original=None)
            if listed.title_original
            else listed
            for listed in telling.references
        ),
    )
    return _mapped(named, back)


def _counted(telling: Telling, put: Callable[[Sentence], Sentence], given: Mapping[Original, str]) -> Telling:
    """Put figures that moved into the other language, where both what they count and its sentence are."""

    def turned(moved: Change) -> Change:
        original = _what(moved)
        one, other = map(put, moved.sentences)
        text = given.get(original)
        if not text or other.origin != "translation":
            return moved
        return replace(moved, what=clean(text), what_original=original, sentences=(one, other))

    return replace(telling, changes=tuple(map(turned, telling.changes)))


def _titled(telling: Telling, given: Mapping[Original, str], language: str) -> Telling:
    """Put the titles of its articles into the other language."""

    def turned(listed: Reference) -> Reference:
        original = Original(listed.title, listed.language)
        text = given.get(original)
        if not text:
            return listed
        return replace(listed, title=clean(text), title_language=language, title_original=original)

    return replace(telling, references=tuple(map(turned, telling.references)))


def _mapped(telling: Telling, change: Callable[[Sentence], Sentence]) -> Telling:
    """Change every sentence that is shown."""
    return replace(
        telling,
        sentences=tuple(map(change, telling.sentences)),
        new=tuple(map(change, telling.new)),
        disputes=tuple(
            replace(dispute, sentences=(change(dispute.sentences[0]), change(dispute.sentences[1])))
            for dispute in telling.disputes
        ),
        milestones=tuple(replace(stone, sentence=change(stone.sentence)) for stone in telling.milestones),
        process=telling.process and _staged(telling.process, change),
    )


def _staged(process: ProcessState, change: Callable[[Sentence], Sentence]) -> ProcessState:
    return replace(
        process,
        stages=tuple(
            replace(stage, sentence=change(stage.sentence)) if stage.sentence else stage for stage in process.stages
        ),
    )


def _what(moved: Change) -> Original:
    return Original(moved.what, moved.sentences[1].language)


_Named = TypeVar("_Named", Telling, LeftOut)


def _renamed(item: _Named, given: Mapping[Original, str], language: str) -> _Named:
    original = _headline(item)
    text = given.get(original)
    if not text:
        return item
    return replace(item, headline=clean(text), headline_language=language, headline_original=original)


def _texts(telling: Telling) -> Iterator[Original]:
    yield _headline(telling)
    disputed = (sentence for dispute in telling.disputes for sentence in dispute.sentences)
    moved = (sentence for change in telling.changes for sentence in change.sentences)
    dated = (milestone.sentence for milestone in telling.milestones)
    staged = (stage.sentence for stage in telling.process.stages if stage.sentence) if telling.process else ()
    for sentence in (*telling.new, *telling.sentences, *moved, *disputed, *dated, *staged):
        if sentence.origin == "extract":
            yield _original(sentence)
    yield from map(_what, telling.changes)
    for listed in telling.references[:_TITLES]:
        yield Original(listed.title, listed.language)


def _headline(item: Telling | LeftOut) -> Original:
    return Original(item.headline, item.headline_language)


def _original(sentence: Sentence) -> Original:
    return Original(sentence.text, sentence.language)


def clean(text: str) -> str:
    """Give a translation as it is shown."""
    return fold_spaces(normalise(text))


def base(language: str) -> str:
    """Give the language of a tag, without script and region."""
    return language.split("-")[0]
