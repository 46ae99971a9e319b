"""A model as a `briefing.ports.Summarizer`: it drafts sentences that cite source sentences by number."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from pydantic import BaseModel, Field, ValidationError

from briefing.engines.summary.chat import Chat
from briefing.errors import EngineError
from briefing.model import Article, Citation, Sentence
from briefing.ports import Request
from briefing.text.cleaning import fold_spaces, normalise
from briefing.text.sentences import sentences

_EACH = 30  # sentences of one report that a model is shown
_ALL = 240  # sentences of all reports
_LONGEST = 600  # characters of one sentence
_LONGEST_TOLD = 600  # characters of one sentence that a model may write


class Cache(Protocol):
    """A door to a store that keeps answers by the hash of what was asked."""

    def get(self, key: str) -> str | None:
        """Give what was kept, or None."""
        ...

    def put(self, key: str, value: str) -> None:
        """Keep a value."""
        ...


@dataclass
class Budget:
    """What one edition may cost; ``money`` is in the unit of ``price`` (per million tokens). None sets no bound."""

    tokens: int | None = None
    seconds: float | None = None
    money: float | None = None
    price: float = 0.0
    clock: Callable[[], float] = time.monotonic
    spent: int = 0
    started: float | None = field(default=None)

    def renew(self) -> None:
        """Begin another edition."""
        self.spent = 0
        self.started = None

    def check(self, subject: str) -> float | None:
        """Give the `time.monotonic` at which the time is up; raise EngineError where the budget is used up."""
        if self.started is None:
            self.started = self.clock()
        if self.tokens is not None and self.spent >= self.tokens:
            raise EngineError(subject, f"the edition's budget of {self.tokens} tokens is used up")
        if self.money is not None and self.spent * self.price / 1e6 >= self.money:
            raise EngineError(subject, f"the edition's budget of {self.money:g} is used up")
        if self.seconds is None:
            return None
        left = self.started + self.seconds - self.clock()
        if left <= 0:
            raise EngineError(subject, f"the edition's budget of {self.seconds:g} s is used up")
        return time.monotonic() + left

    def spend(self, tokens: int) -> None:
        """Count what an answer took."""
        self.spent += tokens


class _Told(BaseModel):
    text: str = Field(min_length=1, max_length=5_000)
    cites: list[str] = Field(max_length=40)


class _Draft(BaseModel):
    sentences: list[_Told] = Field(max_length=60)


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "cites": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["text", "cites"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.article.text[self.start : self.end]


class ModelSummarizer:
    """Asks a `Chat` for sentences in the reader's language, each with the source sentences it rests on.

    What comes back is a draft: `briefing.compose.guard.write` decides what of it is printed. Answers are kept in
    ``cache`` by model, language, length and content.
    """

    def __init__(self, chat: Chat, *, budget: Budget | None = None, cache: Cache | None = None) -> None:
        self.chat = chat
        self.name = chat.name
        self.budget = budget or Budget()
        self.cache = cache

    def summarise(self, request: Request) -> tuple[Sentence, ...]:
        """Draft a summary. Raises EngineError: no usable answer, or the budget is used up."""
        return self._ask(request, ())

    def revise(self, request: Request, refused: Sequence[tuple[Sentence, Sequence[str]]]) -> tuple[Sentence, ...]:
        """Draft anew the sentences that were refused, each with what was not found in its citations; in order.

        Raises EngineError.
        """
        return self._ask(request, refused)

    def _ask(self, request: Request, refused: Sequence[tuple[Sentence, Sequence[str]]]) -> tuple[Sentence, ...]:
        lines = _numbered(request.articles)
        if not lines:
            raise EngineError(self.name, "the reports hold no sentence to tell")
        text = _material(lines)
        fence = hashlib.sha256(text.encode()).hexdigest()[:16]
        system = _prompt().format(sentences=request.sentences, language=request.language, fence=fence)
        if refused:
            system += _again(refused)
        asked = f"BEGIN {fence}\n{text}\nEND {fence}"
        key = hashlib.sha256("\x00".join((self.name, system, asked)).encode()).hexdigest()
        kept = self.cache.get(key) if self.cache else None
        if kept is None:
            deadline = self.budget.check(self.name)
            reply = self.chat.ask(system, asked, SCHEMA, deadline=deadline)
            self.budget.spend(reply.tokens)
            draft = self._read(reply.value)
            if self.cache:
                self.cache.put(key, draft.model_dump_json())
        else:
            draft = self._read(json.loads(kept))
        return _sentences(draft, lines, request)

    def _read(self, value: object) -> _Draft:
        try:
            return _Draft.model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "answer"
            raise EngineError(self.name, f"its answer is not of the form asked for: {where}: {first['msg']}") from error


@cache
def _prompt() -> str:
    return files(__package__).joinpath("prompt.txt").read_text(encoding="utf-8")


def _numbered(articles: Sequence[Article]) -> list[_Line]:
    """Number the first sentences of each report, fewer of each where there are many."""
    each = min(_EACH, max(3, _ALL // max(1, len(articles))))
    return [
        _Line(f"{report}.{place}", article, span.start, span.end)
        for report, article in enumerate(articles[:_ALL], 1)
        for place, span in enumerate(sentences(article.text[:40_000], article.language)[:each], 1)
        if span.end - span.start <= _LONGEST
    ]


def _material(lines: Sequence[_Line]) -> str:
    shown: list[str] = []
    last: str | None = None
    for line in lines:
        if line.article.id != last:
            last = line.article.id
            dated = line.article.published.iso[:10] if line.article.published else "undated"
            report = line.number.split(".")[0]
            shown.append(f"Report {report}, {dated}, {line.article.language}: {fold_spaces(line.article.title)[:200]}")
        shown.append(f"[{line.number}] {fold_spaces(line.quote)}")
    return "\n".join(shown)


def _again(refused: Sequence[tuple[Sentence, Sequence[str]]]) -> str:
    """What a model is told of the sentences that were not borne out."""
    rows = [
        f"{place}. {json.dumps(sentence.text, ensure_ascii=False)}: not in its citations: {', '.join(missing)[:300]}"
        for place, (sentence, missing) in enumerate(refused, 1)
    ]
    return (
        f"\n\nYou wrote {len(rows)} sentences that their citations do not bear out. Write exactly these {len(rows)} "
        "anew, in this order, with what the numbered sentences say and the right citations:\n" + "\n".join(rows)
    )


_NUMBER = re.compile(r"\d+\.\d+")


def _sentences(draft: _Draft, lines: Sequence[_Line], request: Request) -> tuple[Sentence, ...]:
    """Turn numbers into citations; a number that was not given cites nothing."""
    given = {line.number: line for line in lines}
    told: list[Sentence] = []
    for entry in draft.sentences[: max(1, request.sentences * 2)]:
        text = fold_spaces(normalise(entry.text))[:_LONGEST_TOLD]
        numbers = [number for cite in entry.cites for number in _NUMBER.findall(cite)]
        cited = [given[number] for number in dict.fromkeys(numbers) if number in given]
        if not text:
            continue
        dates = [line.article.published for line in cited if line.article.published]
        told.append(
            Sentence(
                text,
                request.language,
                tuple(Citation(line.article.id, line.quote, line.start, line.end) for line in cited),
                max(dates, key=lambda dating: dating.instant) if dates else None,
                "model",
            )
        )
    return tuple(told)
