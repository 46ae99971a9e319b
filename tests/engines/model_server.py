"""A loopback server that speaks the wire protocols of model servers, with what it answers scripted by a test."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Script = Callable[[str, dict[str, Any]], "Answer | float"]
"""Given path and body: status, headers and bytes, or the seconds to stay silent before closing."""


@dataclass
class Server:
    """Where it listens, and what it was asked: (path, headers, body)."""

    url: str
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    server = Server("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            answer = script(self.path, body)
            if isinstance(answer, float):
                time.sleep(answer)
                return
            status, headers, content = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "content-length" not in {name.lower() for name in headers}:
                self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{listening.server_address[1]}"
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def completion(value: object, *, finish: str = "stop", tokens: int = 900) -> Answer:
    """An answer of the chat completions protocol; ``value`` is text, or what becomes JSON."""
    content = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    body = {
        "id": "cmpl-1",
        "object": "chat.completion",
        "model": "small",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}],
        "usage": {"prompt_tokens": tokens - 100, "completion_tokens": 100, "total_tokens": tokens},
    }
    return 200, {"content-type": "application/json"}, json.dumps(body).encode()


def message(value: object, *, stop: str = "tool_use") -> Answer:
    """An answer of the messages protocol that calls the tool with ``value``."""
    body = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "content": [
            {"type": "text", "text": "Here."},
            {"type": "tool_use", "id": "t1", "name": "answer", "input": value},
        ],
        "stop_reason": stop,
        "usage": {"input_tokens": 800, "output_tokens": 120},
    }
    return 200, {"content-type": "application/json"}, json.dumps(body).encode()


def refusal(status: int, text: str = "no", **headers: str) -> Answer:
    """A refusal with a status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, named, json.dumps({"error": {"message": text}}).encode()
