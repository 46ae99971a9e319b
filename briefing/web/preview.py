"""The preview: every edition as mail, text, headers, source and page, reloading as its makers change.

It serves what would be published, made anew in memory whenever a template, the configuration or the store changes,
and a small tool around it at ``/preview/``. It listens on the loopback interface and writes nothing.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import anyio
import watchfiles
from anyio import to_thread
from jinja2 import Environment, StrictUndefined
from lxml import html as lxml_html
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from briefing.errors import BriefingError
from briefing.web.serving import SECURITY_HEADERS, media_type, missing, respond

CLIP_BUDGET = 95_000
"""Bytes of HTML that a mail may have; Gmail clips near 102 KB."""

_STATIC = resources.files("briefing.web") / "static"
_GROUPS = {
    "view": ("mail", "text", "headers", "source", "links", "page"),
    "device": ("phone", "tablet", "desktop"),
    "scheme": ("light", "dark", "inverted"),
    "images": ("on", "off"),
}
_KEYS = {"view": "1 to 6", "device": "d", "scheme": "s"}
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Shown:
    """One edition the preview can show; ``path`` is its folder under ``out/`` without the trailing slash."""

    path: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that would be published now: files by path under ``out/``, the editions newest first, and what failed."""

    files: Mapping[str, bytes]
    editions: tuple[Shown, ...]
    made_at: datetime
    problems: tuple[str, ...] = ()


class _Live:
    """The newest snapshot, and a number that rises with each."""

    def __init__(self, make: Callable[[], Snapshot]) -> None:
        self._make = make
        self.version = 0
        self.snapshot = make()
        self.changed = anyio.Event()

    async def renew(self) -> None:
        """Make the snapshot again; on failure keep the last good one and show why."""
        try:
            self.snapshot = await to_thread.run_sync(self._make)
        except BriefingError as error:
            self.snapshot = replace(self.snapshot, problems=tuple(str(error).splitlines()))
        self.version += 1
        event, self.changed = self.changed, anyio.Event()
        event.set()


def preview(make: Callable[[], Snapshot], watched: Sequence[Path]) -> Starlette:
    """Give the preview's web application.

    ``make`` renders everything from the store and the configuration as they are at the call; ``watched`` are the files
    and folders whose change calls for it. Raises whatever ``make`` raises the first time.
    """
    live = _Live(make)
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(
        (_STATIC / "preview.html").read_text("utf-8")
    )

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        stop = anyio.Event()

        async def watch() -> None:
            paths = [path for path in watched if path.exists()]
            if not paths:
                return
            async for _ in watchfiles.awatch(*paths, stop_event=stop, debounce=120, step=40):
                await live.renew()

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch)
            yield
            stop.set()
            tasks.cancel_scope.cancel()

    async def tool(request: Request) -> Response:
        return HTMLResponse(
            page.render(**_view(request, live.snapshot)), headers=SECURITY_HEADERS | {"Cache-Control": "no-store"}
        )

    async def events(request: Request) -> Response:
        return StreamingResponse(_stream(live), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def file(request: Request) -> Response:
        return _file(request, live.snapshot)

    return Starlette(
        routes=[
            Route("/preview", lambda _: RedirectResponse("/preview/", 301)),
            Route("/preview/", tool),
            Route("/preview/events", events),
            Route("/preview/static/{name}", _static),
            Route("/{path:path}", file, methods=["GET", "HEAD"]),
        ],
        lifespan=watching,
    )


async def _stream(live: _Live) -> AsyncIterator[bytes]:
    # A first comment opens the stream at once; later ones keep proxies and browsers from closing it.
    yield b": ready\n\n"
    while True:
        changed = live.changed
        with anyio.move_on_after(15) as waiting:
            await changed.wait()
        yield b": still here\n\n" if waiting.cancelled_caught else f"event: changed\ndata: {live.version}\n\n".encode()


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ("preview.css", "preview.js", "reload.js"):
        return PlainTextResponse("There is no such file.\n", status_code=404)
    return Response((_STATIC / name).read_bytes(), media_type=media_type(name), headers={"Cache-Control": "no-cache"})


def _file(request: Request, snapshot: Snapshot) -> Response:
    path = request.path_params["path"]
    if f"{path.rstrip('/')}/index.html".lstrip("/") in snapshot.files and path and not path.endswith("/"):
        return Response(status_code=301, headers={"Location": f"/{path}/"})
    path = f"{path}index.html" if not path or path.endswith("/") else path
    body = snapshot.files.get(path)
    if body is None:
        return missing(request, snapshot.files.get("404.html"))
    body = _forced(body, path, request.query_params.get("scheme"))
    if path.endswith("email.html"):
        policy = _MAIL_POLICY.format(images="'none'" if request.query_params.get("images") == "off" else "https: data:")
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(body, headers=headers | {"Content-Type": media_type(path)})
    if path.endswith(".html"):
        script = b'<script src="/preview/static/reload.js" defer></script></body>'
        head, found, tail = body.rpartition(b"</body>")
        body = head + script + tail if found else body
    return respond(request, path, body, snapshot.made_at, max_age=0)


def _forced(body: bytes, path: str, scheme: str | None) -> bytes:
    """Force the colours asked for, because a frame cannot be told another preference than the browser has."""
    if scheme not in ("light", "dark", "inverted"):
        return body
    if path.endswith(".html"):
        body = body.replace(b"assets/style.css", f"assets/style.css?scheme={scheme}".encode())
    wanted, other = (b"all", b"not all") if scheme == "dark" else (b"not all", b"all")
    body = body.replace(b"(prefers-color-scheme: dark)", wanted).replace(b"(prefers-color-scheme:dark)", wanted)
    return body.replace(b"(prefers-color-scheme: light)", other).replace(b"(prefers-color-scheme:light)", other)


def _view(request: Request, snapshot: Snapshot) -> dict[str, Any]:
    asked = request.query_params
    chosen = next((edition for edition in snapshot.editions if edition.path == asked.get("edition")), None)
    chosen = chosen or next(iter(snapshot.editions), None)
    choice = {
        name: asked[name] if asked.get(name) in options else options[-1 if name == "device" else 0]
        for name, options in _GROUPS.items()
    } | {"edition": chosen.path if chosen else ""}
    found: dict[str, Any] = {
        "editions": snapshot.editions,
        "chosen": chosen,
        "choice": choice,
        "groups": _GROUPS,
        "keys": _KEYS,
        "problems": snapshot.problems,
        "link": lambda name, option: f"/preview/?{urlencode(choice | {name: option})}",
        "shown": "",
        "frame": "",
        "facts": {},
    }
    if chosen:
        folder = f"{chosen.path}/"
        mail = snapshot.files.get(f"{folder}email.html", b"")
        text = snapshot.files.get(f"{folder}email.txt", b"")
        page = choice["view"] == "page"
        asked_for = {"scheme": choice["scheme"]} | ({} if page else {"images": choice["images"]})
        found["frame"] = f"/{folder}{'' if page else 'email.html'}?{urlencode(asked_for)}"
        found["shown"] = (text if choice["view"] == "text" else mail).decode("utf-8", "replace")
        found["facts"] = _facts(mail, snapshot.files.get(f"{folder}email.eml", b""))
    return found


def _facts(mail: bytes, message: bytes) -> dict[str, Any]:
    document = lxml_html.document_fromstring(mail.decode("utf-8", "replace") or "<p></p>")
    parsed = email.message_from_bytes(message, EmailMessage, policy=email.policy.default)
    return {
        "subject": str(parsed["Subject"] or ""),
        "html_bytes": len(mail),
        "budget": CLIP_BUDGET,
        "style_bytes": sum(len((style.text or "").encode()) for style in document.iter("style")),
        "message_bytes": len(message),
        "headers": [(name, str(value)) for name, value in parsed.items()],
        "links": [
            (" ".join(link.text_content().split()), link.get("href", ""))
            for link in document.iter("a")
            if link.get("href")
        ],
    }
