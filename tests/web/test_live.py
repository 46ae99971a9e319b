"""The preview of a real installation: what is looked at is set, what is saved is seen, and nothing is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import ConfigError
from briefing.web.live import Live
from briefing.web.preview import preview
from briefing.web.snapshot import Snapshot

from ..pipeline.conftest import BELOUSOV, DUMA, STORM, VALDAI, Desk

CONFIG = """
title: Test
time_zone: Asia/Ho_Chi_Minh
base_url: https://news.example.org/
sources: [{corpus: corpus}]
engine: {embedding: lexical}
newsletters:
  - {title: Morning briefing, slug: morning, languages: [en]}
  - {title: Bản tin sáng, slug: sang, languages: [vi, en], theme: slate}
"""
MORNING, SANG = "editions/2026-11-21/morning", "editions/2026-11-21/sang"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, CONFIG)
    for name, text in (("duma.txt", DUMA), ("valdai.txt", VALDAI), ("storm.txt", STORM)):
        made.write(name, text)
    made.build()
    yield made
    made.close()


def mail(snapshot: Snapshot, path: str = MORNING, theme: str = "", shipped: bool = False) -> str:
    return snapshot.proof(path, theme, shipped).text("email.html")


def test_editions_and_themes_are_listed(desk: Desk) -> None:
    """Every newsletter's editions are there with the theme it uses, and every theme, with whose it is."""
    own = desk.folder / "templates" / "themes"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("heading: sans")
    snapshot = Live(desk.config).look()
    assert [(one.path, one.title, one.language, one.theme, one.draft) for one in snapshot.editions] == [
        (MORNING, "Morning briefing", "en", "morning", False),
        (SANG, "Bản tin sáng", "vi", "slate", False),
    ]
    assert snapshot.themes == (("gazette", False), ("mine", True), ("morning", False), ("slate", False))
    assert snapshot.templates == (desk.folder / "templates",)


def test_what_is_shown_is_what_is_published(desk: Desk) -> None:
    """Mail, message and site of a snapshot have the bytes of the files that the build wrote."""
    snapshot, published = Live(desk.config).look(), desk.files()
    assert mail(snapshot).encode() == published[f"{MORNING}/email.html"]
    assert snapshot.site() == published
    assert snapshot.findings(MORNING, "", False) == ()


def test_a_template_is_seen_when_it_is_saved(desk: Desk) -> None:
    """A template of the user's shows at the next look; beside it the shipped one does, and the store keeps no trace."""
    live, before = Live(desk.config), desk.files()
    live.look()
    own = desk.folder / "templates" / "mail"
    own.mkdir(parents=True)
    saved = own / "closing.mjml"
    saved.write_text("<mj-section><mj-column><mj-text><p>My own end</p></mj-text></mj-column></mj-section>")
    snapshot = live.look([saved])
    assert "My own end" in mail(snapshot)
    assert "My own end" not in mail(snapshot, shipped=True)
    assert not snapshot.editions[0].draft
    saved.write_text("{{ shet }}")
    snapshot = live.look([saved])
    assert "did you mean 'sheet'?" in str(snapshot.proof(MORNING, "", False).problems[0])
    assert desk.files() == before


def test_a_saved_configuration_composes_anew(desk: Desk) -> None:
    """Another title, length and theme show at once in the newest edition, and nothing of it is kept."""
    live = Live(desk.config)
    live.look()
    before = desk.open().store.editions.latest("morning")
    changed = CONFIG.replace("Morning briefing, ", "Evening briefing, storylines: 1, theme: gazette, ")
    desk.config.write_text(changed, "utf-8")
    snapshot = live.look([desk.config])
    assert (snapshot.editions[0].title, snapshot.editions[0].theme, snapshot.editions[0].draft) == (
        "Evening briefing",
        "gazette",
        True,
    )
    assert mail(snapshot).count("<h2") < mail(Live(desk.folder / "config.yaml").look()).count("<h2") + 1
    assert "Evening briefing" in mail(snapshot)
    assert desk.open().store.editions.latest("morning") == before


def test_a_saved_document_is_in_what_is_shown(desk: Desk) -> None:
    """A new report of a corpus, and a changed one, are read when they are saved and told in the newest edition."""
    live = Live(desk.config)
    assert "Belousov" not in mail(live.look())
    saved = desk.write("belousov.txt", BELOUSOV)
    assert "Belousov" in mail(live.look([saved]))
    changed = STORM.replace("149", "151")
    assert "151" in mail(live.look([desk.write("storm.txt", changed)]))


def test_an_edition_that_a_model_tells_is_not_composed_anew(desk: Desk) -> None:
    """Where a model tells, which costs money and minutes, a saved configuration is not told anew."""
    model = "engine: {embedding: lexical, summary: {use: openai, model: m, url: http://127.0.0.1:9/v1}}"
    desk.config.write_text(CONFIG.replace("engine: {embedding: lexical}", model), "utf-8")
    snapshot = Live(desk.config).look([desk.config])
    assert not any(one.draft for one in snapshot.editions)
    assert "Morning briefing" in mail(snapshot)


def test_what_is_watched_is_what_is_shown(desk: Desk) -> None:
    """Configuration, templates (also before there are any), corpus and output are watched; the store is not."""
    watched = Live(desk.config).watched()
    assert {desk.folder / "corpus", desk.folder / "out"} < watched.folders
    assert watched.paths == {desk.config, desk.folder / "templates"}
    (desk.folder / "templates").mkdir()
    assert desk.folder / "templates" in Live(desk.config).watched().folders
    assert not any(path.name == "data" for path in (*watched.folders, *watched.paths))


def test_a_wrong_configuration_is_refused_at_the_start(desk: Desk) -> None:
    """A configuration that cannot be read ends the command before anything is served."""
    desk.config.write_text("titel: x", "utf-8")
    with pytest.raises(ConfigError, match="titel: unknown key"):
        preview(Live(desk.config).look)


def test_saved_told_set_shown_in_this_order_and_nothing_else(desk: Desk, serving: Any) -> None:
    """Between saving and showing one edition is set, once, the one that is looked at; no other, and not the site."""
    events: list[str] = []
    live = Live(desk.config)

    def noted(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def done(*arguments: Any) -> Any:
            events.append(" ".join([name, *(str(argument) for argument in arguments[:1])]))
            return work(*arguments)

        return done

    def look(changed: Collection[Path]) -> Snapshot:
        snapshot = live.look(changed)
        events.append("looked")
        return replace(snapshot, proof=noted("set", snapshot.proof), site=noted("site", snapshot.site))

    own = desk.folder / "templates" / "mail"
    own.mkdir(parents=True)
    saved = own / "closing.mjml"
    text = "<mj-section><mj-column><mj-text><p>My own end</p></mj-text></mj-column></mj-section>"

    def save() -> None:
        events.append("saved")
        saved.write_text(text)

    with serving(preview(look, live.watched)) as client, client.stream("GET", "/preview/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        time.sleep(0.5)
        events.clear()
        threading.Timer(0.1, save).start()
        assert next(line for line in lines if line.startswith("event:")) == "event: changed"
        events.append("told")
        client.get(f"/preview/?edition={SANG}")
        shown = client.get(f"/{SANG}/email.html").text
        events.append("shown")
    assert "My own end" in shown
    assert events == ["saved", "looked", "told", f"set {SANG}", f"set {SANG}", "shown"]
