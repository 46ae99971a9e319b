"""Any summary held against the articles it cites: what `briefing verify` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefing.grounding.check import check
from briefing.grounding.evidence import Passage, sound_text
from briefing.model import Article
from briefing.ports import Embed
from briefing.text.language import detect


def passages(articles: Iterable[Article]) -> dict[str, Passage]:
    """Give the articles as passages by id: headline and text, so that what only a headline says is found, too."""
    return {
        article.id: Passage(
            article.id,
            article.text if article.text.startswith(article.title) else f"{article.title}.\n{article.text}",
            article.language,
            article.published.iso if article.published else None,
        )
        for article in articles
    }


def verify(summary: Mapping[str, Any], articles: Sequence[Article], embed: Embed | None = None) -> dict[str, Any]:
    """Hold a summary ``{"sentences": [{"text", "cites": [{"id", "quote"?}], "language"?}]}`` against its articles.

    Gives ``{"sentences": [{"text", "supported", "missing": [{"kind", "value"}]}], "supported", "total"}``. A citation
    of an article that is not there, an empty quote, no citation and an empty
    sentence are each a missing quotation that says so. Raises ValueError, naming the sentence, where the summary
    is not of that form.
    """
    known = passages(articles)
    told = summary.get("sentences")
    if not isinstance(told, list):
        raise ValueError('a summary is {"sentences": [{"text": …, "cites": [{"id": …}]}]}: "sentences" is not a list')
    results = [_one(number, sentence, summary, known, embed) for number, sentence in enumerate(told, 1)]
    return {
        "sentences": results,
        "supported": sum(result["supported"] for result in results),
        "total": len(results),
    }


def _one(
    number: int, sentence: object, summary: Mapping[str, Any], known: Mapping[str, Passage], embed: Embed | None
) -> dict[str, Any]:
    if not isinstance(sentence, Mapping) or not isinstance(sentence.get("text"), str):
        raise ValueError(f'sentence {number}: "text" is missing or no text')
    text = sound_text(sentence["text"])
    cites = sentence.get("cites", [])
    if not isinstance(cites, list):
        raise ValueError(f'sentence {number}: "cites" is not a list')
    cited: list[Passage] = []
    unknown: list[str] = []
    for cite in cites:
        key = cite.get("id") if isinstance(cite, Mapping) else cite
        quote = cite.get("quote") if isinstance(cite, Mapping) else None
        if not isinstance(key, str) or not (quote is None or isinstance(quote, str)):
            raise ValueError(f'sentence {number}: a citation is {{"id": text, "quote": text}}')
        if key in known:
            base = known[key]
            cited.append(Passage(base.id, base.text, base.language, base.published, quote and sound_text(quote)))
        else:
            unknown.append(key)
    language = sentence.get("language") or summary.get("language")
    spoken = detect(text, language if isinstance(language, str) else None)
    verdict = check(text, spoken, cited, embed)
    missing = [{"kind": "quotation", "value": f"no article {sound_text(key[:80])}"} for key in unknown]
    missing += [{"kind": entry.kind, "value": entry.value} for entry in verdict.missing if cited or not unknown]
    return {"text": text, "supported": verdict.supported and not unknown, "missing": missing}
