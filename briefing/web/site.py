"""The published site, served live from the folder that `briefing build` writes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from briefing.web.serving import missing, respond


def site(output: Path) -> Starlette:
    """Give the web application that serves ``output``: pages, feeds, mails, each with both conditional forms."""
    root = output.resolve()

    async def file(request: Request) -> Response:
        return await to_thread.run_sync(_answer, request, root)

    return Starlette(routes=[Route("/{path:path}", file, methods=["GET", "HEAD"])])


def _answer(request: Request, root: Path) -> Response:
    path = request.path_params["path"]
    try:
        target = (root / path).resolve()
        if target.is_dir():
            if path and not path.endswith("/"):
                return Response(status_code=301, headers={"Location": f"/{path}/"})
            target, path = target / "index.html", f"{path}index.html"
        if not target.is_relative_to(root) or _hidden(target, root) or not target.is_file():
            return _missing(request, root)
        return respond(request, path, target.read_bytes(), datetime.fromtimestamp(target.stat().st_mtime, UTC))
    except (OSError, ValueError):
        # A name the file system cannot hold (a NUL, too long) is a page that is not here.
        return _missing(request, root)


def _missing(request: Request, root: Path) -> Response:
    page = root / "404.html"
    return missing(request, page.read_bytes() if page.is_file() else None)


def _hidden(target: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in target.relative_to(root).parts)
