"""Any server that speaks LibreTranslate's protocol: ``POST {url}/translate``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from briefing.engines.summary.model import Budget
from briefing.engines.wire import Wire
from briefing.errors import EngineError

_BATCH = 40
_LONGEST = 5_000  # characters of one text

# LibreTranslate's own names where they differ from the base subtag.
_CODES = {"zh-TW": "zt", "zh-Hant": "zt", "zh-HK": "zt", "pt-BR": "pb", "no": "nb"}


class LibreTranslate:
    """Translates at ``url`` (``http://localhost:5000``), for as long as ``budget`` allows."""

    def __init__(self, url: str, wire: Wire, key: str | None = None, *, budget: Budget | None = None) -> None:
        # With its server, because answers are kept under this name and servers differ.
        self.name = f"libretranslate-{urlsplit(url).netloc}"
        self._url = url.rstrip("/") + "/translate"
        self._wire = wire
        self._key = key
        self.budget = budget or Budget()

    def translate(self, texts: Sequence[str], source: str, target: str) -> tuple[str, ...]:
        """Translate texts in order. Raises EngineError, also where the time is used up."""
        done: list[str] = []
        for start in range(0, len(texts), _BATCH):
            batch = [text[:_LONGEST] for text in texts[start : start + _BATCH]]
            body: dict[str, Any] = {"q": batch, "source": _code(source), "target": _code(target), "format": "text"}
            if self._key:
                body["api_key"] = self._key
            answer = self._wire.post(self._url, body, deadline=self.budget.check(self.name))
            given = answer.get("translatedText") if isinstance(answer, dict) else None
            if not isinstance(given, list) or len(given) != len(batch) or not all(isinstance(t, str) for t in given):
                raise EngineError(self.name, "its answer is not of LibreTranslate's form")
            done += given
        return tuple(done)


def _code(language: str) -> str:
    if language == "und":
        return "auto"
    return _CODES.get(language, language.split("-")[0])
