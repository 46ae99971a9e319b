"""The translators against a server that speaks LibreTranslate's protocol, and without what they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from model_server import Answer, completion, refusal, serving

from briefing.engines.summary import Budget, OpenAIChat
from briefing.engines.translation import ArgosTranslator, CTranslate2Translator, LibreTranslate, ModelTranslator
from briefing.engines.translation.readiness import argos_ready, models_ready, server_ready
from briefing.engines.wire import Wire
from briefing.errors import EngineError


def wire(name: str = "libretranslate") -> Wire:
    """A wire that does not really wait."""
    return Wire(name, timeout=2.0, retries=1, sleep=lambda seconds: None)


def libre(path: str, body: dict[str, Any]) -> Answer:
    """Answer as LibreTranslate does: one text for each that was given."""
    import json

    told = [f"{body['target']}:{text}" for text in body["q"]]
    return 200, {}, json.dumps({"translatedText": told}).encode()


def test_texts_come_back_in_order_and_in_batches() -> None:
    """Ninety texts go in three requests; the language codes are the server's own."""
    texts = [f"text {number}" for number in range(90)]
    with serving(libre) as server:
        done = LibreTranslate(server.url, wire(), key="k").translate(texts, "zh-TW", "en-GB")
    assert done == tuple(f"en:text {number}" for number in range(90))
    assert [len(body["q"]) for _, _, body in server.asked] == [40, 40, 10]
    assert server.asked[0][2]["source"] == "zt"


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b'{"translatedText": ["one"]}'),
        (200, {}, b'{"error": "x"}'),
        (200, {}, b"[]"),
        refusal(400),
        refusal(503),
    ],
)
def test_a_wrong_answer_is_an_engine_error(answer: Answer) -> None:
    """Too few texts, another form or a refusal never become a translation."""
    with serving(lambda path, body: answer) as server, pytest.raises(EngineError):
        LibreTranslate(server.url, wire()).translate(["one", "two"], "fr", "en")


def test_a_model_translates_as_many_texts_as_it_is_given() -> None:
    """The model's translations come back in order, cleaned; one too few is an error; a budget is kept to."""
    with serving(lambda path, body: completion({"translations": ["Hello\u202e there", "Two"]})) as server:
        model = ModelTranslator(
            OpenAIChat(f"{server.url}/v1", "small", wire("openai-small")), budget=Budget(tokens=1000)
        )
        assert model.translate(["Bonjour", "Deux"], "fr", "en") == ("Hello there", "Two")
        with pytest.raises(EngineError, match="gave no 1"):
            model.translate(["Bonjour"], "fr", "en")
        with pytest.raises(EngineError, match="budget"):
            model.translate(["Bonjour"], "fr", "en")


def test_time_that_is_used_up_ends_the_asking() -> None:
    """Ninety texts are three requests; where the edition's time ends after the first, no second is sent."""
    clock = iter([0.0, 0.0, 9.0])
    with serving(libre) as server:
        translator = LibreTranslate(server.url, wire(), budget=Budget(seconds=5.0, clock=lambda: next(clock)))
        with pytest.raises(EngineError, match="budget of 5 s"):
            translator.translate([f"text {number}" for number in range(90)], "fr", "en")
    assert len(server.asked) == 1


def test_models_that_are_not_on_disk_say_what_is_missing(tmp_path: Path) -> None:
    """Nothing is downloaded: the error names the package or the file."""
    with pytest.raises(EngineError, match=r"model\.bin"):
        CTranslate2Translator(tmp_path).translate(["a"], "fr", "en")
    with pytest.raises(EngineError, match="argostranslate"):
        ArgosTranslator().translate(["a"], "fr", "en")


def _answering(status: int) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: httpx.Response(status, json=[]))


@pytest.mark.parametrize(("status", "said"), [(200, "answers"), (403, "answers"), (404, "has no /languages")])
def test_a_server_that_answers_is_ready(status: int, said: str) -> None:
    """Any answer but a broken server's shows that it is there; one without the list is told so."""
    assert said in server_ready("http://localhost:5000", "/languages", transport=_answering(status))


def test_a_server_that_is_not_there_is_named() -> None:
    """A closed port and a broken server are wrong, with the address and what to look at."""
    with pytest.raises(ValueError, match=r"127\.0\.0\.1:9 does not answer.*running"):
        server_ready("http://127.0.0.1:9", "/languages", timeout=2.0)
    with pytest.raises(ValueError, match=r"/languages answers 502"):
        server_ready("http://localhost:5000", "/languages", transport=_answering(502))


def test_a_folder_of_models_is_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package, folder, model or file of a model is named; pairs that are whole are listed."""
    monkeypatch.setattr("briefing.engines.translation.readiness.find_spec", lambda name: None)
    with pytest.raises(ValueError, match="pip install ctranslate2"):
        models_ready(tmp_path)
    with pytest.raises(ValueError, match="pip install argostranslate"):
        argos_ready()
    monkeypatch.setattr("briefing.engines.translation.readiness.find_spec", lambda name: name)
    with pytest.raises(ValueError, match="no folder"):
        models_ready(tmp_path / "none")
    with pytest.raises(ValueError, match="no models"):
        models_ready(tmp_path)
    (tmp_path / "de-en").mkdir()
    (tmp_path / "de-en" / "model.bin").touch()
    with pytest.raises(ValueError, match=r"source\.spm is missing"):
        models_ready(tmp_path)
    for name in ("source.spm", "target.spm"):
        (tmp_path / "de-en" / name).touch()
    assert models_ready(tmp_path).endswith(": de-en")
    assert argos_ready()
