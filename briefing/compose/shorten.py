"""Making an edition shorter, by weight: what a mail that would be clipped does instead of being cut."""

from __future__ import annotations

from dataclasses import replace

from briefing.compose.edition import recount
from briefing.model import Edition, LeftOut, Sentence, Telling

_MARKUP = 900  # bytes of markup around one storyline, about
_LINE = 260  # bytes of markup around one sentence, milestone or reference, about


def shorten(edition: Edition, bytes_over: int) -> Edition:
    """Give the edition with about ``bytes_over`` fewer bytes of mail, taking from the least weighty first.

    In turn: long lists (references, grounds, old milestones) are cut everywhere; medium storylines lose their pictures;
    brief and medium storylines are told in fewer sentences; then whole storylines move to ``left_out``, lightest first.
    Something is always taken while more than one storyline is told, so that repeating it ends; an edition with one
    storyline and one sentence comes back as it is.
    """
    told = list(edition.storylines)
    saved = 0
    for trim in (_lists, _unpictured, _halve, _one):
        for place in range(len(told) - 1, -1, -1):
            if saved >= bytes_over and saved:
                break
            shorter = trim(told[place])
            saved += size(told[place]) - size(shorter)
            told[place] = shorter
    left = list(edition.left_out)
    while len(told) > 1 and (saved < bytes_over or not saved):
        gone = told.pop()
        saved += size(gone)
        left.insert(
            0, LeftOut(gone.id, gone.slug, gone.headline, gone.headline_language, "budget", gone.headline_original)
        )
    return recount(replace(edition, storylines=tuple(told), left_out=tuple(left)))


def size(telling: Telling) -> int:
    """Estimate the bytes that a storyline takes in a mail."""
    sentences = (*telling.new, *telling.sentences, *(m.sentence for m in telling.milestones))
    disputed = [s for change in telling.changes for s in change.sentences]
    disputed += [s for dispute in telling.disputes for s in dispute.sentences]
    text = sum(_bytes(sentence) for sentence in (*sentences, *disputed))
    listed = sum(_LINE + len(reference.title.encode()) for reference in telling.references)
    pictured = (
        _LINE + len(telling.picture.image.url) + len(telling.picture.image.alt.encode()) if telling.picture else 0
    )
    return _MARKUP + len(telling.headline.encode()) + text + listed + pictured


def _bytes(sentence: Sentence) -> int:
    behind = sum(len(c.quote.encode()) for c in sentence.citations) if sentence.origin == "translation" else 0
    return _LINE + len(sentence.text.encode()) + behind


def _lists(telling: Telling) -> Telling:
    cited = {c.article for s in (*telling.new, *telling.sentences) for c in s.citations} | {telling.headline_article}
    milestones = telling.milestones[-3:] if telling.size != "brief" else ()
    cited |= {c.article for m in milestones for c in m.sentence.citations}
    cited |= {telling.picture.article} if telling.picture else set()
    return replace(
        telling,
        references=tuple(reference for reference in telling.references if reference.id in cited),
        milestones=milestones,
    )


def _unpictured(telling: Telling) -> Telling:
    return replace(telling, picture=None) if telling.size != "lead" else telling


def _halve(telling: Telling) -> Telling:
    return _keep(telling, max(1, len(telling.sentences) // 2)) if telling.size != "lead" else telling


def _one(telling: Telling) -> Telling:
    return replace(_keep(telling, 1), milestones=(), changes=(), disputes=())


def _keep(telling: Telling, count: int) -> Telling:
    """Keep the first sentences: they come newest first, so that what is kept stands without the rest."""
    return replace(telling, sentences=telling.sentences[:count], new=telling.new[:count])
