"""Summarising models: they draft, `briefing.compose.guard.write` holds each sentence against what it cites."""

from __future__ import annotations

from briefing.engines.summary.chat import AnthropicMessages, Chat, OpenAIChat, Reply
from briefing.engines.summary.model import Budget, Cache, ModelSummarizer
from briefing.engines.wire import Wire

__all__ = ["AnthropicMessages", "Budget", "Cache", "Chat", "ModelSummarizer", "OpenAIChat", "Reply", "chat"]

_HOME = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com/v1"}


def chat(use: str, model: str, url: str | None = None, key: str | None = None, *, timeout: float = 60.0) -> Chat:
    """Give a chat with a model: ``use`` is ``openai`` (any server that speaks its protocol) or ``anthropic``.

    ``url`` goes up to ``/v1``; ``key`` comes from the environment and is shown nowhere. Raises ValueError otherwise.
    """
    if use not in _HOME:
        raise ValueError(f"{use!r} is no protocol: openai or anthropic")
    if use == "anthropic":
        headers = AnthropicMessages.headers(key or "")
        return AnthropicMessages(url or _HOME[use], model, Wire(f"anthropic-{model}", headers, timeout=timeout))
    bearer = {"Authorization": f"Bearer {key}"} if key else {}
    return OpenAIChat(url or _HOME[use], model, Wire(f"openai-{model}", bearer, timeout=timeout))
