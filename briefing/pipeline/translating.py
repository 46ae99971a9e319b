"""Put what the reader cannot read into the reader's language, held against its original; any failure keeps that."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from briefing.compose import foreign, translated
from briefing.errors import EngineError
from briefing.model import Edition, Failure, Original
from briefing.pipeline.newsroom import Newsroom
from briefing.ports import Translator
from briefing.store import Store

log = logging.getLogger(__name__)

_CHUNK = 20
"""Texts asked for at a time: what came back is kept before more is asked."""


def translate(room: Newsroom, edition: Edition, languages: Sequence[str], now: datetime) -> Edition:
    """Give the edition with translations into the first of the reader's languages of what is in none of them.

    Each has its original behind it, and stands only where that bears it out. Without a translator, or where it fails,
    the sources' own words are told, with a note that says so.
    """
    subject = f"translation of {edition.newsletter}"
    if room.translator is None:
        room.store.failures.resolve(EngineError.stage, subject)
        return edition
    wanted = foreign(edition, languages, listed=room.translate_listed)
    if not wanted:
        return edition
    room.renew()
    given, error = _given(room.store, room.translator, wanted, languages[0])
    kept, refused = _held(given, languages[0])
    notes = list(edition.notes)
    if error is None:
        room.store.failures.resolve(EngineError.stage, subject)
    else:
        message = f"{error.subject}: {error.message}"
        room.store.failures.record(Failure(error.stage, subject, message, now, error.transient))
        notes.append(
            f"{len(wanted) - len(given)} headlines and sentences could not be translated: {error.message}. "
            "They are told in their own language."
        )
    if refused:
        notes.append(f"{refused} translations were not borne out by their originals; the originals are told there.")
    return translated(edition, kept, languages[0], notes)


def _given(
    store: Store, translator: Translator, wanted: Sequence[Original], target: str
) -> tuple[dict[Original, str], EngineError | None]:
    """Give the translations that are kept or can be had, and what went wrong first.

    A language that the translator does not know leaves the others to be asked for; a server that is down does not.
    """
    cache, engine = store.cache, f"translation {translator.name}"
    keys = {original: cache.hash("\x00".join((original.language, target, original.text))) for original in wanted}
    kept = cache.answers(engine, keys.values())
    given = {original: kept[key] for original, key in keys.items() if key in kept}
    failed: EngineError | None = None
    for source, originals in _by_language(original for original in wanted if original not in given).items():
        try:
            for start in range(0, len(originals), _CHUNK):
                chunk = originals[start : start + _CHUNK]
                answer = dict(zip(chunk, _asked(translator, chunk, source, target), strict=True))
                cache.save_answers(engine, {keys[original]: text for original, text in answer.items()})
                given |= answer
        except EngineError as error:
            failed = failed or error
            if error.transient:
                break
    return given, failed


def _asked(translator: Translator, originals: Sequence[Original], source: str, target: str) -> tuple[str, ...]:
    answer = translator.translate([original.text for original in originals], source, target)
    if len(answer) != len(originals):
        raise EngineError(translator.name, f"gave {len(answer)} translations of {len(originals)} texts")
    return answer


def _by_language(originals: Iterable[Original]) -> dict[str, list[Original]]:
    found: dict[str, list[Original]] = {}
    for original in originals:
        found.setdefault(original.language, []).append(original)
    return found


def _held(given: dict[Original, str], language: str) -> tuple[dict[Original, str], int]:
    """Give the translations that their originals bear out, and how many were refused."""
    from briefing.compose.guard import unfaithful

    missing = {original: unfaithful(original, text, language) for original, text in given.items()}
    for original, absent in missing.items():
        if absent:
            said = ", ".join(f"{one.kind} {one.value}" for one in absent)
            log.info("refused, not in its original: %s: %s", said, given[original])
    kept = {original: text for original, text in given.items() if not missing[original]}
    return kept, len(given) - len(kept)
