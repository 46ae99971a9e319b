"""The translators against a server that speaks LibreTranslate's protocol, and without what they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from model_server import Answer, completion, refusal, serving

from briefing.engines.summary import Budget, OpenAIChat
from briefing.engines.translation import ArgosTranslator, CTranslate2Translator, LibreTranslate, ModelTranslator
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
