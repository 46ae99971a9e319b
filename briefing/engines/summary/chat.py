"""The two protocols that nearly every model server speaks: OpenAI's chat completions and Anthropic's messages.

Both are one POST of a page of JSON, so they are written here over httpx. A client library would bring seventeen
packages for it, one of which fetches files when it runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from briefing.engines.wire import Wire, status_of
from briefing.errors import EngineError

_MOST_TOKENS = 4_000  # of one answer
_FORM = "response_format"


@dataclass(frozen=True, slots=True)
class Reply:
    """A structured answer and the tokens it took, in and out together."""

    value: Any
    tokens: int


class Chat(Protocol):
    """A model that answers in JSON of a given form."""

    name: str

    def ask(self, system: str, text: str, schema: Mapping[str, Any], *, deadline: float | None = None) -> Reply:
        """Ask once. Raises EngineError: no answer, cut off, or no JSON."""
        ...


class OpenAIChat:
    """``POST {base_url}/chat/completions``: OpenAI, llama.cpp, Ollama, vLLM, LM Studio, and most hosted models.

    A server that does not know ``json_schema`` is asked for ``json_object`` with the schema beside it (llama-cpp-python
    and its kin), then without, then for plain text; what it takes is remembered.
    """

    _FORMS = ("json_schema", "schema", "json_object", "text")

    def __init__(self, base_url: str, model: str, wire: Wire) -> None:
        self.name = f"openai-{model}"
        self._model = model
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._wire = wire
        self._form = 0

    def ask(self, system: str, text: str, schema: Mapping[str, Any], *, deadline: float | None = None) -> Reply:
        """Ask once. Raises EngineError."""
        while True:
            try:
                answer = self._wire.post(self._url, self._body(system, text, schema), deadline=deadline)
                break
            except EngineError as error:
                if not _not_so(error) or self._form + 1 == len(self._FORMS):
                    raise
                self._form += 1
        try:
            choice = answer["choices"][0]
            content = choice["message"]["content"]
            tokens = int((answer.get("usage") or {}).get("total_tokens") or 0)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise EngineError(self.name, "its answer is not of the chat completions form") from error
        if choice.get("finish_reason") == "length":
            raise EngineError(self.name, "its answer was cut off")
        return Reply(_parsed(self.name, content), tokens or _guess(system, text, content))

    def _body(self, system: str, text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": text}],
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
        }
        form = self._FORMS[self._form]
        if form == "json_schema":
            named = {"name": "answer", "strict": True, "schema": dict(schema)}
            body["response_format"] = {"type": form, "json_schema": named}
        elif form == "schema":
            body["response_format"] = {"type": "json_object", "schema": dict(schema)}
        elif form == "json_object":
            body["response_format"] = {"type": form}
        return body


class AnthropicMessages:
    """``POST {base_url}/messages`` with one tool that the model must call, whose input is the answer."""

    _VERSION = "2023-06-01"

    def __init__(self, base_url: str, model: str, wire: Wire) -> None:
        self.name = f"anthropic-{model}"
        self._model = model
        self._url = base_url.rstrip("/") + "/messages"
        self._wire = wire

    @classmethod
    def headers(cls, key: str) -> dict[str, str]:
        """Give the headers that carry the key and the protocol's version."""
        return {"x-api-key": key, "anthropic-version": cls._VERSION}

    def ask(self, system: str, text: str, schema: Mapping[str, Any], *, deadline: float | None = None) -> Reply:
        """Ask once. Raises EngineError."""
        body = {
            "model": self._model,
            "max_tokens": _MOST_TOKENS,
            "temperature": 0,
            "system": system,
            "messages": [{"role": "user", "content": text}],
            "tools": [{"name": "answer", "description": "Give the answer.", "input_schema": dict(schema)}],
            "tool_choice": {"type": "tool", "name": "answer"},
        }
        answer = self._wire.post(self._url, body, deadline=deadline)
        try:
            used = next(block["input"] for block in answer["content"] if block["type"] == "tool_use")
            usage = answer.get("usage") or {}
            tokens = int(usage.get("input_tokens") or 0) + int(usage.get("output_tokens") or 0)
        except (KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
            raise EngineError(self.name, "its answer is not of the messages form") from error
        if answer.get("stop_reason") == "max_tokens":
            raise EngineError(self.name, "its answer was cut off")
        return Reply(used, tokens or _guess(system, text, json.dumps(used)))


def _not_so(error: EngineError) -> bool:
    """Whether a server refuses the form of answer; llama-cpp-python does so as an error of its own (500)."""
    status = status_of(error)
    return status in (400, 404, 415, 422) or (status == 500 and _FORM in error.message)


def _parsed(subject: str, content: object) -> Any:
    """Read JSON that a model wrote, also where it put a fence or a sentence around it."""
    if not isinstance(content, str):
        raise EngineError(subject, "its answer holds no text")
    start, end = content.find("{"), content.rfind("}")
    if start < 0 or end < start:
        raise EngineError(subject, "its answer holds no JSON")
    try:
        return json.loads(content[start : end + 1])
    except (ValueError, RecursionError) as error:
        raise EngineError(subject, "its answer holds broken JSON") from error


def _guess(*texts: str) -> int:
    """Tokens of texts where the server does not count them: about one for three bytes."""
    return sum(len(text.encode()) for text in texts) // 3
