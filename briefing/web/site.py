"""The published site, served live from the folder that `briefing build` writes; its search asks the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from briefing.errors import BriefingError
from briefing.web.serving import FEEDS, composed, missing, respond

Asked = Callable[[str], str | None]
_SEARCHES = 4
"""Searches answered at once; more wait their turn, so that no reader takes the whole machine."""


def site(
    output: Path,
    *,
    search: Callable[[Asked], bytes] | None = None,
    hub: str | None = None,
    address: Callable[[str], str] | None = None,
    remote_pictures: bool = False,
) -> Starlette:
    """Give the web application that serves ``output``: pages, feeds, mails, each with both conditional forms.

    ``search`` gives the search page for the parameters of a query; without it the page searches by itself. ``hub`` is
    the WebSub hub that feeds are to name, ``address`` the public URL of a path; ``remote_pictures`` lets pages show
    pictures from their sources.
    """
    root = output.resolve()
    limit = CapacityLimiter(_SEARCHES)

    def links(path: str) -> dict[str, str] | None:
        if hub is None or address is None or path.rpartition("/")[2] not in FEEDS:
            return None
        return {"hub": hub, "self": address(path)}

    async def file(request: Request) -> Response:
        return await to_thread.run_sync(_answer, request, root, links, remote_pictures)

    async def find(request: Request) -> Response:
        assert search is not None
        try:
            page = await to_thread.run_sync(search, request.query_params.get, limiter=limit)
        except BriefingError:
            # The store cannot be asked now; the page from the folder searches by itself.
            return await file(request)
        return composed(request, page)

    routes = [Route("/{path:path}", file, methods=["GET", "HEAD"])]
    if search is not None:
        routes = [Route(path, find, methods=["GET", "HEAD"]) for path in ("/search/", "/search/index.html")] + routes
    return Starlette(routes=routes)


def _answer(
    request: Request, root: Path, links: Callable[[str], dict[str, str] | None], remote_pictures: bool
) -> Response:
    path = request.path_params.get("path", "search/index.html")
    try:
        target = (root / path).resolve()
        if target.is_dir():
            if path and not path.endswith("/"):
                return Response(status_code=301, headers={"Location": f"/{path}/"})
            target, path = target / "index.html", f"{path}index.html"
        if not target.is_relative_to(root) or _hidden(target, root) or not target.is_file():
            return _missing(request, root)
        modified = datetime.fromtimestamp(target.stat().st_mtime, UTC)
        body = target.read_bytes()
        return respond(request, path, body, modified, links=links(path), remote_pictures=remote_pictures)
    except (OSError, ValueError):
        # A name the file system cannot hold (a NUL, too long) is a page that is not here.
        return _missing(request, root)


def _missing(request: Request, root: Path) -> Response:
    page = root / "404.html"
    return missing(request, page.read_bytes() if page.is_file() else None)


def _hidden(target: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in target.relative_to(root).parts)
