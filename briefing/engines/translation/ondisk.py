"""Translation models that the user has on disk. Nothing is downloaded: what is not there is an error that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from briefing.engines.summary.model import Budget
from briefing.errors import EngineError


class ArgosTranslator:
    """Argos Translate with the language packages that are installed."""

    name = "argos"

    def __init__(self, *, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()

    def translate(self, texts: Sequence[str], source: str, target: str) -> tuple[str, ...]:
        """Translate texts in order. Raises EngineError where Argos or the pair of languages is not there."""
        module = _module("argostranslate.translate", self.name, "argostranslate")
        one, other = source.split("-")[0], target.split("-")[0]
        done: list[str] = []
        for text in texts:
            self.budget.check(self.name)
            try:
                done.append(str(module.translate(text, one, other)))
            except Exception as error:
                raise EngineError(self.name, f"no installed package translates {one} to {other}: {error}") from error
        return tuple(done)


class CTranslate2Translator:
    """A CTranslate2 model folder with its SentencePiece models, ``FOLDER/{source}-{target}/``."""

    name = "ctranslate2"

    def __init__(self, folder: Path, *, budget: Budget | None = None) -> None:
        self._folder = folder
        self.budget = budget or Budget()

    def translate(self, texts: Sequence[str], source: str, target: str) -> tuple[str, ...]:
        """Translate texts in order. Raises EngineError where the library or the model is not there."""
        pair = f"{source.split('-')[0]}-{target.split('-')[0]}"
        folder = self._folder / pair
        if not (folder / "model.bin").is_file():
            raise EngineError(self.name, f"no model for {pair}: expected {folder / 'model.bin'}")
        self.budget.check(self.name)
        return _loaded(folder)(texts)


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Callable[[Sequence[str]], tuple[str, ...]]:
    engine = _module("ctranslate2", "ctranslate2", "ctranslate2")
    pieces = _module("sentencepiece", "ctranslate2", "sentencepiece")
    try:
        translator = engine.Translator(str(folder), device="cpu")
        before = pieces.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        after = pieces.SentencePieceProcessor(model_file=str(folder / "target.spm"))
    except (OSError, RuntimeError, ValueError) as error:
        raise EngineError("ctranslate2", f"{folder} holds no model that loads: {error}") from error

    def translate(texts: Sequence[str]) -> tuple[str, ...]:
        try:
            results = translator.translate_batch([[*before.encode(text, out_type=str), "</s>"] for text in texts])
        except RuntimeError as error:
            raise EngineError("ctranslate2", str(error)) from error
        return tuple(str(after.decode(result.hypotheses[0])) for result in results)

    return translate


def _module(name: str, subject: str, package: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise EngineError(subject, f"needs the package {package}: pip install {package}") from error
