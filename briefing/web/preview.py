"""The preview: every edition as mail, text, headers, source and page, in any theme, reloading as its makers change.

It serves what would be published, made anew in memory as templates, configuration or documents change, and a small
tool around it at ``/preview/``. It listens on the loopback interface.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from html import escape
from importlib import resources
from pathlib import Path

import anyio
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from briefing.errors import BriefingError
from briefing.pipeline.proofing import STYLE
from briefing.web.serving import SECURITY_HEADERS, media_type, missing, respond
from briefing.web.snapshot import Snapshot, Watched
from briefing.web.tool import SCHEMES, asked, findings_page, tool_page
from briefing.web.watching import watch

Look = Callable[[Collection[Path]], Snapshot]
"""Makes a snapshot of everything as it is, told which paths changed since the last one."""

_STATIC = resources.files("briefing.web") / "static"
_FILES = ("preview.css", "preview.js", "reload.js")

# A mail runs nothing, whoever wrote what it holds; its links open beside the preview, as a mail client does.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; frame-ancestors 'self'; form-action 'none'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
_HEAD = re.compile(rb"<head[^>]*>")
_UNKEPT = {"Cache-Control": "no-store"}


class _Live:
    """The newest snapshot, and a number that rises with each."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.version = 0
        self.snapshot = look(())
        self.changed = anyio.Event()

    async def renew(self, paths: Collection[Path]) -> None:
        """Look again; on failure keep the last good snapshot and show why."""
        try:
            self.snapshot = await to_thread.run_sync(self._look, paths)
        except BriefingError as error:
            self.snapshot = replace(self.snapshot, problems=tuple(str(error).splitlines()))
        self.version += 1
        event, self.changed = self.changed, anyio.Event()
        event.set()


def preview(look: Look, watched: Callable[[], Watched] = Watched) -> Starlette:
    """Give the preview's web application.

    ``look`` makes a snapshot; ``watched`` says what calls for another, and is asked again after each. Raises whatever
    ``look`` raises the first time.
    """
    live = _Live(look)

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch, watched, live.renew)
            yield
            tasks.cancel_scope.cancel()

    async def tool(request: Request) -> Response:
        page = await to_thread.run_sync(tool_page, live.snapshot, request.query_params)
        return HTMLResponse(page, headers=SECURITY_HEADERS | _UNKEPT)

    async def found(request: Request) -> Response:
        page = await to_thread.run_sync(findings_page, live.snapshot, request.query_params)
        return HTMLResponse(page, headers=SECURITY_HEADERS | _UNKEPT)

    async def events(_: Request) -> Response:
        return StreamingResponse(_stream(live), media_type="text/event-stream", headers=_UNKEPT)

    async def file(request: Request) -> Response:
        return await to_thread.run_sync(_file, request, live.snapshot)

    return Starlette(
        routes=[
            Route("/preview", lambda _: RedirectResponse("/preview/", 301)),
            Route("/preview/", tool),
            Route("/preview/findings", found),
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
    if name not in _FILES:
        return PlainTextResponse("There is no such file.\n", status_code=404)
    return Response((_STATIC / name).read_bytes(), media_type=media_type(name), headers={"Cache-Control": "no-cache"})


def _file(request: Request, snapshot: Snapshot) -> Response:
    path = request.path_params["path"]
    try:
        body = _body(request, snapshot, path)
    except BriefingError as error:
        return Response(f"{error}\n", 500, SECURITY_HEADERS | _UNKEPT, "text/plain; charset=utf-8")
    if body is None:
        if path and not path.endswith("/") and f"{path}/index.html" in snapshot.site():
            return Response(status_code=301, headers={"Location": f"/{path}/"})
        return missing(request, snapshot.site().get("404.html"))
    path = f"{path}index.html" if not path or path.endswith("/") else path
    body = _forced(body, path, request)
    if path.endswith("email.html"):
        shown = _own_pictures(body, path)
        images = "https: data:" if shown == body else "https: data: 'self'"
        body, images = shown, "'none'" if request.query_params.get("images") == "off" else images
        headers = {"Content-Security-Policy": _MAIL_POLICY.format(images=images), "X-Content-Type-Options": "nosniff"}
        body = _HEAD.sub(lambda head: head[0] + b'<base target="_blank">', body, count=1)
        return Response(body, headers=headers | _UNKEPT | {"Content-Type": media_type(path)})
    if path.endswith(".html"):
        script = b'<script src="/preview/static/reload.js" defer></script></body>'
        head, seen, tail = body.rpartition(b"</body>")
        body = head + script + tail if seen else body
    return respond(request, path, body, snapshot.made_at, max_age=0, remote_pictures=snapshot.remote_pictures)


def _body(request: Request, snapshot: Snapshot, path: str) -> bytes | None:
    """Give a file's bytes: an edition's own from its proof, in the theme that is asked for, all else from the site."""
    file = f"{path}index.html" if not path or path.endswith("/") else path
    theme, shipped = asked(snapshot, request.query_params)
    folder = file.rpartition("/")[0]
    known = {edition.path for edition in snapshot.editions}
    if folder in known:
        return snapshot.proof(folder, theme, shipped).files.get(file)
    if file == STYLE and (theme or shipped) and snapshot.editions:
        return snapshot.proof(snapshot.editions[0].path, theme, shipped).files.get(file)
    return snapshot.site().get(file)


def _own_pictures(body: bytes, path: str) -> bytes:
    """Give a mail whose copies of pictures are asked for here: where they will be published, they are not yet."""
    folder = re.escape(path.rpartition("/")[0].encode())
    return re.sub(rb'(?<= src=")https://[^"\s]*?/(' + folder + rb'/[\w.-]+\.jpg)(?=")', rb"/\1", body)


def _forced(body: bytes, path: str, request: Request) -> bytes:
    """Force the colours asked for, because a frame cannot be told another preference than the browser has."""
    scheme = request.query_params.get("scheme")
    if path.endswith(".html") and request.url.query:
        body = body.replace(b"assets/style.css", f"assets/style.css?{escape(request.url.query)}".encode())
    if scheme not in SCHEMES:
        return body
    wanted, other = (b"all", b"not all") if scheme == "dark" else (b"not all", b"all")
    body = body.replace(b"(prefers-color-scheme: dark)", wanted).replace(b"(prefers-color-scheme:dark)", wanted)
    return body.replace(b"(prefers-color-scheme: light)", other).replace(b"(prefers-color-scheme:light)", other)
