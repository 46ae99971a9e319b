"""What a model wrote or translated, printed where what it cites bears it out.

The pipeline imports this where there is a model: `briefing.grounding` takes longer to load than an edition to compose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.compose.foreign import LONGEST, base, clean
from briefing.grounding import Missing, Passage, check
from briefing.model import Article, Original, Sentence, Telling
from briefing.ports import Drafter, Request
from briefing.text.language import detect

_MARKUP = re.compile(r"https?://|www\.|<[a-z/!]|\]\(|```|\{\{|\{%", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A drafted sentence that is not printed, and what its citations do not hold."""

    sentence: Sentence
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What is printed: ``sentences`` in order, how many were ``replaced`` by the extract, and why."""

    sentences: tuple[Sentence, ...]
    replaced: int
    rejections: tuple[Rejection, ...] = ()


def guard(request: Request, drafted: Sequence[Sentence]) -> tuple[tuple[Sentence, ...], tuple[Rejection, ...]]:
    """Part drafted sentences into those that their citations bear out and those they do not.

    Each must be in the language asked for, hold no markup or address, and pass `briefing.grounding.check` against the
    sentences it cites (with the headlines of their articles).
    """
    verdicts = [(sentence, _missing(request, sentence)) for sentence in drafted]
    accepted = tuple(sentence for sentence, missing in verdicts if not missing)
    return accepted, tuple(Rejection(sentence, missing) for sentence, missing in verdicts if missing)


def _missing(request: Request, sentence: Sentence) -> tuple[Missing, ...]:
    articles = {article.id: article for article in request.articles}
    wanted = request.language.split("-")[0]
    wrong = misshapen(sentence.text, wanted)
    if wrong:
        return (wrong,)
    cited: dict[str, list[str]] = {}
    for citation in sentence.citations:
        article = articles.get(citation.article)
        if article is None or article.text[citation.start : citation.end] != citation.quote:
            return (Missing("quotation", citation.quote),)
        cited.setdefault(citation.article, []).append(citation.quote)
    passages = [_passage(articles[key], quotes) for key, quotes in cited.items()]
    return check(sentence.text, wanted, passages).missing


def misshapen(text: str, language: str) -> Missing | None:
    """Give what is wrong with a machine's sentence before its facts are looked at: markup, or another language."""
    if _MARKUP.search(text):
        return Missing("quotation", "an address or markup")
    if len(text) > 40 and detect(text, language) != language:
        return Missing("quotation", f"the language asked for ({language})")
    return None


def unfaithful(original: Original, translation: str, language: str) -> tuple[Missing, ...]:
    """Give what of a translation its original does not bear out; nothing where it may be shown.

    It must be in the language asked for, hold no markup or address, be no longer than what is held against the
    original, and pass `briefing.grounding.check` against it: numbers, dates, places, names, quotations, negation.
    """
    text, wanted = clean(translation), base(language)
    if not text or len(text) > LONGEST or text == original.text:
        return (Missing("quotation", text[:80]),)
    wrong = misshapen(text, wanted)
    if wrong:
        return (wrong,)
    return check(text, wanted, [Passage("original", original.text, original.language)]).missing


def _passage(article: Article, quotes: Sequence[str]) -> Passage:
    text = "\n".join((article.title.rstrip(".") + ".", *quotes))
    return Passage(article.id, text, article.language, article.published.iso if article.published else None)


def write(request: Request, drafter: Drafter) -> Written:
    """Have a summary drafted, refused sentences written anew once, and what is refused again replaced by the extract.

    Never longer than ``request.sentences``. A draft of nothing gives the extract. Raises EngineError where the
    drafter does.
    """
    drafted = drafter.summarise(request)[: request.sentences]
    accepted, refused = guard(request, drafted)
    if not drafted:
        return Written(request.extract, len(request.extract))
    if not refused:
        return Written(accepted, 0)
    again = drafter.revise(request, [(r.sentence, [missing.value for missing in r.missing]) for r in refused])
    better, worse = guard(request, again[: len(refused)])
    mended = dict(zip((r.sentence for r in refused), _in_order(again[: len(refused)], better), strict=False))
    return _assembled(request, drafted, accepted, mended, (*refused, *worse))


def _in_order(again: Sequence[Sentence], better: Sequence[Sentence]) -> list[Sentence | None]:
    kept = set(better)
    return [sentence if sentence in kept else None for sentence in again]


def _assembled(
    request: Request,
    drafted: Sequence[Sentence],
    accepted: Sequence[Sentence],
    mended: Mapping[Sentence, Sentence | None],
    rejections: tuple[Rejection, ...],
) -> Written:
    told: list[Sentence] = []
    unused = list(request.extract)
    replaced = 0
    good = set(accepted)
    for sentence in drafted:
        fit = sentence if sentence in good else mended.get(sentence)
        if fit is None or fit in told:
            replaced += 1
            cited = {citation.article for citation in sentence.citations}
            fit = next((s for s in unused if s.citations[0].article in cited), unused[0] if unused else None)
            if fit is None:
                continue
            unused.remove(fit)
        told.append(fit)
    return Written(tuple(told), replaced, rejections)


def rewrite(telling: Telling, articles: Sequence[Article], language: str, drafter: Drafter) -> tuple[Telling, Written]:
    """Give a telling in a model's words where they are borne out, and what was refused.

    The telling's own sentences are the extract it falls back to, and set the length. Raises EngineError.
    """
    wanted = {reference.id for reference in telling.references} | {
        citation.article for sentence in telling.sentences for citation in sentence.citations
    }
    cited = tuple(article for article in articles if article.id in wanted)
    request = Request(cited, language, max(1, len(telling.sentences)), telling.sentences)
    written = write(request, drafter)
    kept = tuple(sentence for sentence in telling.new if sentence not in telling.sentences)
    fresh = kept or _newest(telling, written.sentences)
    return replace(telling, sentences=written.sentences, new=fresh), written


def _newest(telling: Telling, told: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The rewritten sentences that cite what the telling's new sentences cited."""
    cited = {citation.article for sentence in telling.new for citation in sentence.citations}
    found = tuple(s for s in told if cited & {citation.article for citation in s.citations})
    return found[: max(1, len(telling.new))] if telling.new else ()
