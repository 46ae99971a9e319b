"""Summarising models: they draft, `briefing.compose.write` holds each sentence against what it cites."""

from briefing.engines.summary.chat import AnthropicMessages, Chat, OpenAIChat, Reply
from briefing.engines.summary.model import Budget, Cache, ModelSummarizer

__all__ = ["AnthropicMessages", "Budget", "Cache", "Chat", "ModelSummarizer", "OpenAIChat", "Reply"]
