from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from briefing.model import Edition, Telling

from .conftest import CONFIG, NOON, Desk

PORT = (
    "Hafen von Rostock bekommt neuen Kai\n\n3. Mai 2025\n\n"
    "Der Stadtrat von Rostock hat am 3. Mai 2025 den Bau eines neuen Kais für 240 Millionen Euro beschlossen.\n\n"
    "Die Arbeiten sollen nach Angaben der Stadt vier Jahre dauern und im Herbst beginnen."
)
ENGLISH = {
    "Hafen von Rostock bekommt neuen Kai": "Rostock's port is getting a new quay",
    "Der Stadtrat von Rostock hat am 3. Mai 2025 den Bau eines neuen Kais für 240 Millionen Euro beschlossen.": (
        "Rostock's city council decided on 3 May 2025 to build a new quay for 240 million euros."
    ),
    "Die Arbeiten sollen nach Angaben der Stadt vier Jahre dauern und im Herbst beginnen.": (
        "The work is to last four years, the city says, and to begin in autumn."
    ),
    "Der Stadtrat hat den Auftrag am 9. Mai 2025 an eine Werft aus Bremen vergeben.": (
        "The city council gave the contract to a shipyard from Bremen on 9 May 2025."
    ),
}


class _LibreTranslate(BaseHTTPRequestHandler):
    """`POST /translate` as LibreTranslate answers it, from a table; fails as the server was told to."""

    def do_POST(self) -> None:
        """Answer one batch."""
        server: Any = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.asked.append(body)
        status, answer = server.status, {"translatedText": [server.table.get(text, text) for text in body["q"]]}
        if body["source"] in server.unknown:
            status, answer = 400, {"error": f"{body['source']} is not supported"}
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Any]:
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), _LibreTranslate)
    made.asked, made.status, made.table, made.unknown = [], 200, dict(ENGLISH), ()
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def port_desk(desk: Desk, server: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose reader lists English and Vietnamese, with one German report and that server."""
    monkeypatch.setenv("KEY", "k-1")
    text = CONFIG.replace("[en, vi, th, fa]", "[en, vi]")
    url = f"http://127.0.0.1:{server.server_address[1]}"
    desk.config.write_text(
        f"{text}engine:\n  translation: {{use: libretranslate, url: '{url}', timeout: 5s, api_key: '${{KEY}}'}}\n"
    )
    desk.write("port.txt", PORT)
    return desk


def _told(desk: Desk, **changes: Any) -> Edition:
    edition = desk.build(**changes).editions[0][1]
    assert edition is not None
    return edition


def _story(edition: Edition) -> Telling:
    (telling,) = edition.storylines
    return telling


def test_what_the_reader_cannot_read_is_translated(port_desk: Desk, server: Any) -> None:
    """Headline and sentences come in the reader's first language, each with its original behind it."""
    edition = _told(port_desk)
    story = _story(edition)
    assert (story.headline, story.headline_language) == ("Rostock's port is getting a new quay", "en")
    assert story.headline_original is not None
    assert (story.headline_original.text, story.headline_original.language) == (PORT.split("\n")[0], "de")
    assert story.sentences
    for sentence in story.sentences:
        assert (sentence.origin, sentence.language) == ("translation", "en")
        assert sentence.text == ENGLISH[sentence.citations[0].quote]
    assert edition.notes == ()
    assert edition.counts.languages == ("de",)
    assert {(body["source"], body["target"], body["api_key"]) for body in server.asked} == {("de", "en", "k-1")}
    files = port_desk.files()
    for name in ("email.html", "email.txt", "index.html"):
        page = files[f"editions/2026-11-21/morning/{name}"].decode()
        assert "translated" in page
        assert PORT.split("\n")[0] in page


def test_what_the_reader_lists_is_told_as_it_is(port_desk: Desk, server: Any) -> None:
    """A listed language is asked for nothing, until the configuration widens it to all but the first."""
    text = port_desk.config.read_text()
    port_desk.config.write_text(text.replace("[en, vi]", "[en, de]"))
    assert {sentence.language for sentence in _story(_told(port_desk)).sentences} == {"de"}
    assert server.asked == []
    port_desk.config.write_text(port_desk.config.read_text().replace("timeout: 5s", "timeout: 5s, listed: true"))
    assert {sentence.language for sentence in _story(_told(port_desk)).sentences} == {"en"}


def test_a_translation_that_says_something_else_is_not_shown(port_desk: Desk, server: Any) -> None:
    """A changed figure and a link leave the original, and the edition counts them."""
    first = next(text for text in ENGLISH if "240 Millionen" in text)
    server.table[first] = ENGLISH[first].replace("240", "270")
    server.table[PORT.split("\n")[0]] = "A new quay, see http://shop.example/"
    edition = _told(port_desk)
    story = _story(edition)
    assert story.headline_original is None
    assert {sentence.origin for sentence in story.sentences} == {"extract"}
    assert edition.notes == ("2 translations were not borne out by their originals; the originals are told there.",)


def test_a_server_that_is_down_costs_a_note(port_desk: Desk, server: Any) -> None:
    """The sources' own words are told, with a note and a failure that the next good answer mends."""
    server.status = 403
    edition = _told(port_desk)
    assert {sentence.origin for sentence in _story(edition).sentences} == {"extract"}
    assert any("could not be translated" in note for note in edition.notes)
    assert [failure.subject for failure in port_desk.open().store.failures.open()] == ["translation of morning"]
    server.status = 200
    assert {sentence.origin for sentence in _story(_told(port_desk)).sentences} == {"translation"}
    assert port_desk.open().store.failures.open() == ()


def test_a_language_that_is_not_known_leaves_the_others(port_desk: Desk, server: Any) -> None:
    """French is refused by the server, German is translated all the same."""
    port_desk.write(
        "lyon.txt",
        "Lyon ouvre une ligne de tramway\n\n2 mai 2025\n\n"
        "La ville de Lyon a ouvert le 2 mai 2025 une nouvelle ligne de tramway longue de 17 kilomètres vers Meyzieu.",
    )
    server.unknown = ("fr",)
    edition = _told(port_desk)
    told = [sentence for telling in edition.storylines for sentence in telling.sentences]
    origins = {(sentence.citations[0].quote[:2] == "La", sentence.origin) for sentence in told}
    assert origins == {(False, "translation"), (True, "extract")}
    assert any("fr is not supported" in note for note in edition.notes)


def test_nothing_is_translated_twice(port_desk: Desk, server: Any) -> None:
    """A second build of the same day takes the translations from the store and changes nothing."""
    first = _told(port_desk)
    asked = len(server.asked)
    assert asked > 0
    assert _told(port_desk) == first
    assert len(server.asked) == asked


def test_what_was_told_translated_is_not_new_again(port_desk: Desk) -> None:
    """The next day's edition compares with the originals: only the later report's sentence is new."""
    _told(port_desk)
    port_desk.write(
        "contract.txt",
        "Rostock vergibt Auftrag für neuen Kai im Hafen\n\n9. Mai 2025\n\n"
        "Der Stadtrat von Rostock hat am 3. Mai 2025 den Bau eines neuen Kais für 240 Millionen Euro beschlossen.\n\n"
        "Der Stadtrat hat den Auftrag am 9. Mai 2025 an eine Werft aus Bremen vergeben.",
    )
    edition = _told(port_desk, now=NOON + timedelta(days=1))
    fresh = {sentence.text for telling in edition.storylines for sentence in telling.new}
    assert "The city council gave the contract to a shipyard from Bremen on 9 May 2025." in fresh
    assert not any("240 million" in text for text in fresh)
