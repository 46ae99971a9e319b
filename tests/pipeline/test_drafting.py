from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from .conftest import Desk


class _Model(BaseHTTPRequestHandler):
    """A chat endpoint that answers what the server was told to, or fails as told."""

    def do_POST(self) -> None:
        """Answer one completion."""
        server: Any = self.server
        self.rfile.read(int(self.headers["Content-Length"]))
        server.asked += 1
        body = json.dumps(
            {
                "choices": [
                    {"message": {"role": "assistant", "content": json.dumps(server.answer)}, "finish_reason": "stop"}
                ],
                "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20},
            }
        ).encode()
        self.send_response(server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def model() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    server.asked, server.status = 0, 200
    server.answer = {
        "sentences": [{"text": "Russia's State Duma ratified the treaty on 24 October 2024.", "cites": ["1.1"]}]
    }
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _with_model(desk: Desk, model: Any) -> Desk:
    url = f"http://127.0.0.1:{model.server_address[1]}/v1"
    text = desk.config.read_text()
    desk.config.write_text(f"{text}engine:\n  summary: {{use: openai, model: small, url: '{url}', timeout: 5s}}\n")
    return desk


def test_a_model_tells_what_its_sources_bear_out(treaty_desk: Desk, model: Any) -> None:
    """What the model wrote and the source supports is told in its words, with the source's own behind it."""
    edition = _with_model(treaty_desk, model).build().editions[0][1]
    assert edition is not None
    told = [sentence for telling in edition.storylines for sentence in telling.sentences if sentence.origin == "model"]
    assert "Russia's State Duma ratified the treaty on 24 October 2024." in [sentence.text for sentence in told]
    assert all(sentence.citations[0].quote for sentence in told)


def test_what_a_model_makes_up_is_never_printed(treaty_desk: Desk, model: Any) -> None:
    """A changed number is refused twice, replaced by the source's own words, and the edition says so."""
    model.answer = {
        "sentences": [{"text": "Russia's State Duma ratified the treaty on 27 October 2019.", "cites": ["1.1"]}]
    }
    edition = _with_model(treaty_desk, model).build().editions[0][1]
    assert edition is not None
    assert all(sentence.origin == "extract" for telling in edition.storylines for sentence in telling.sentences)
    assert any("not borne out" in note for note in edition.notes)


def test_a_model_that_is_down_costs_a_note(treaty_desk: Desk, model: Any) -> None:
    """An engine that answers with errors leaves an edition in the sources' words, with a note and a failure."""
    model.status = 401
    report = _with_model(treaty_desk, model).build()
    edition = report.editions[0][1]
    assert edition is not None
    assert all(sentence.origin == "extract" for telling in edition.storylines for sentence in telling.sentences)
    assert any("could not be asked" in note for note in edition.notes)
    assert [failure.subject for failure in treaty_desk.open().store.failures.open()] == ["summary"]


def test_nothing_is_asked_twice(treaty_desk: Desk, model: Any) -> None:
    """A second build of the same day takes the model's answers from the store."""
    desk = _with_model(treaty_desk, model)
    desk.build()
    asked = model.asked
    assert asked > 0
    desk.build()
    assert model.asked == asked
