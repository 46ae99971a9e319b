"""A newsroom made from a small configuration, with the real store, engine, extractor, templates and outbox."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.app import newsroom
from briefing.config import load
from briefing.engines.embedding import LexicalEmbedder
from briefing.pipeline import BuildReport, Newsroom, build

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)

CONFIG = """
title: Test
time_zone: Asia/Ho_Chi_Minh
languages: [en, vi, th, fa]
base_url: https://news.example.org/
sources:
  - corpus: corpus
newsletters:
  - title: Morning briefing
    slug: morning
    delivery: {sender: "Morning <morning@example.org>", to: [ann@example.org, Bo@example.org]}
"""

DUMA = (
    "Duma ratifies the treaty with North Korea\n\n24 October 2024\n\nRussia's State Duma ratified the "
    "partnership treaty with North Korea on 24 October 2024. Vladimir Putin and Kim Jong-un had signed it in Pyongyang "
    "on 19 June 2024.\n\n"
    "Deputy Foreign Minister Andrei Rudenko told deputies that the treaty is defensive and aimed at no third country."
)
VALDAI = (
    "Putin: nothing new in the treaty with Pyongyang\n\n7 November 2024\n\nVladimir Putin said on 7 November 2024 "
    "at the Valdai club that the partnership treaty with North Korea contains nothing new and returns to a Soviet "
    "treaty.\n\n"
    "He did not rule out joint exercises of Russia and North Korea."
)
BELOUSOV = (
    "Belousov in Pyongyang as treaty ties deepen\n\n29 November 2024\n\nKim Jong-un received Russia's defence minister "
    "Andrei Belousov in Pyongyang on 29 November 2024.\n\nKim said that North Korea would deepen its partnership with "
    "Russia under the treaty that he and Vladimir Putin signed in June 2024."
)
STORM = (
    "Typhoon Yagi reaches Hai Phong\n\n7 September 2024\n\nTyphoon Yagi made landfall in Hai Phong on 7 September 2024 "
    "with winds of 149 kilometres an hour.\n\nMore than 50,000 people were moved from the coast of Vietnam."
)


class Desk:
    """A folder with a configuration and a corpus; `open` gives a newsroom on it, again and again on one store."""

    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.folder = folder
        self.config = folder / "config.yaml"
        self.config.write_text(config, encoding="utf-8")
        (folder / "corpus").mkdir(exist_ok=True)
        self._stack = ExitStack()

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a document into the corpus."""
        path = self.folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def open(self, **changes: Any) -> Newsroom:
        """Give a newsroom on this folder, as a new process would have it, with the quick offline engine."""
        self.close()
        room = self._stack.enter_context(newsroom(load(self.config, os.environ)))
        return replace(room, **({"embedder": LexicalEmbedder()} | changes))

    def build(self, now: datetime = NOON, **changes: Any) -> BuildReport:
        """Open a newsroom and do the day's work."""
        return asyncio.run(build(self.open(**changes), now))

    def files(self) -> dict[str, bytes]:
        """Give what was published, by path."""
        out = self.folder / "out"
        return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}

    def close(self) -> None:
        """Close what is open."""
        self._stack.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def treaty_desk(desk: Desk) -> Desk:
    for name, text in (("duma.txt", DUMA), ("valdai.txt", VALDAI), ("storm.txt", STORM)):
        desk.write(name, text)
    return desk


MakeDesk = Callable[[Path], Desk]
