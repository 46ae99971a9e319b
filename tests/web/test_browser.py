"""Pages in a real browser: nothing is refused, nothing overflows, everything works by keyboard."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Drawing
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from briefing.model import Image
from briefing.render.mail import mail_html, mail_text
from briefing.web.site import site

from ..render.editions import PHOTO, edition, with_pictures
from ..render.sites import FOLDER, site_of, with_grounds
from .browsing import violations, watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ENGLISH, PERSIAN = "editions/2024-11-08/morning", "editions/2024-11-07/morning"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """A site of an English and a Persian edition, with their mails."""
    english = with_grounds(edition(12, "vi", "th", "fa", "en", interface="en"))
    persian = replace(edition(12, "fa", "vi"), date=date(2024, 11, 7))
    made: dict[str, bytes] = site_of([english, persian])
    for one, path in ((english, ENGLISH), (persian, PERSIAN)):
        made[f"{path}/email.html"] = mail_html(one, FOLDER).encode()
        made[f"{path}/email.txt"] = mail_text(one, FOLDER).encode()
        made[f"{path}/email.eml"] = b"Subject: A subject\r\nFrom: m@example.org\r\n\r\nhello\r\n"
    return made


@pytest.fixture
def published(serving: Any, files: dict[str, bytes], tmp_path: Path) -> Iterator[Any]:
    """The site as it is served from a folder."""
    for path, body in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    with serving(site(tmp_path)) as client:
        yield client.base_url


PAGES = (
    "/",
    f"/{PERSIAN}/",
    "/storylines/storyline-0/",
    "/storylines/storyline-900/",
    "/archive/",
    "/subscribe/",
)


MOVED = """() => new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().flatMap(entry => entry.sources)
        .map(source => source.node?.outerHTML ?? source.node?.textContent ?? '?')))
        .observe({type: 'layout-shift', buffered: true})
    setTimeout(() => done([]), 50)
})"""


def test_pages_fit_every_width_and_break_no_rule(chromium: Browser, published: Any) -> None:
    """On each page nothing is refused, nothing moves while loading, and 320 pixels are enough."""
    with watched(chromium, published, viewport={"width": 320, "height": 640}) as seen:
        for path in PAGES:
            seen.page.goto(path)
            assert seen.page.evaluate("document.documentElement.scrollWidth") == 320, path
            assert seen.page.evaluate(MOVED) == [], path
        assert seen.complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_on_a_page_that_arrives_line_by_line(
    chromium: Browser, serving: Any, files: dict[str, bytes], width: int
) -> None:
    """On a slow line too, what is read already stays where it is when the rest comes."""

    async def lines(body: bytes) -> AsyncIterator[bytes]:
        for line in body.splitlines(keepends=True):
            yield line
            await asyncio.sleep(0.02)

    async def slowly(request: Request) -> Response:
        path = request.path_params["path"]
        if path.endswith(".html"):
            return StreamingResponse(lines(files[path]), media_type="text/html")
        return Response(files[path], media_type="text/css" if path.endswith(".css") else "image/svg+xml")

    with (
        serving(Starlette(routes=[Route("/{path:path}", slowly)])) as client,
        watched(chromium, client.base_url, viewport={"width": width, "height": 640}) as seen,
    ):
        for path in ("archive/index.html", "subscribe/index.html", f"{PERSIAN}/index.html"):
            seen.page.goto(path)
            assert seen.page.evaluate(MOVED) == [], path


def test_pages_work_without_scripts_and_by_keyboard(chromium: Browser, published: Any) -> None:
    """The first stop is the way past the navigation; a timeline opens; a source is reached and marked by its anchor."""
    with watched(chromium, published, java_script_enabled=False) as seen:
        seen.page.goto("/")
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/#main")  # the address follows a key a moment later
        folded = seen.page.locator("article.medium details").first
        assert not folded.locator("ol").is_visible()
        folded.locator("summary").focus()
        seen.page.keyboard.press("Enter")
        assert folded.locator("ol").is_visible()
        seen.page.locator("article.lead h2 a").click()
        seen.page.wait_for_url("**/storylines/storyline-0/index.html")
        assert seen.page.locator(".sources li").count() == 10


def test_both_schemes_and_directions_are_drawn(chromium: Browser, published: Any) -> None:
    """Dark colours are dark; a Persian page runs from the right, and what is Vietnamese on it from the left."""
    for scheme, paper in (("light", "rgb(253, 251, 247)"), ("dark", "rgb(26, 24, 22)")):
        with watched(chromium, published, color_scheme=scheme) as seen:
            seen.page.goto(f"/{PERSIAN}/")
            style = """(selector) => {
                const style = getComputedStyle(document.querySelector(selector))
                return [style.backgroundColor, style.direction]
            }"""
            assert seen.page.evaluate(style, "body") == [paper, "rtl"]
            assert seen.page.evaluate(style, "p[lang=vi]")[1] == "ltr"


def test_print_shows_what_is_folded(chromium: Browser, published: Any) -> None:
    """On paper nothing can be opened, so that everything is open, and the navigation is gone."""
    with watched(chromium, published) as seen:
        seen.page.goto("/storylines/storyline-0/")
        seen.page.emulate_media(media="print")
        box = seen.page.locator(".why details li").first.bounding_box()
        assert box is not None
        assert box["height"] > 10
        assert not seen.page.locator(".masthead nav").is_visible()


def test_pictures_have_their_place_and_break_no_rule(chromium: Browser, serving: Any, tmp_path: Path) -> None:
    """Copies are drawn from the editions' folders in both directions and schemes, and 320 pixels are enough."""
    out = io.BytesIO()
    Drawing.linear_gradient("L").resize((1168, 657)).save(out, "JPEG")
    english = with_pictures(edition(12, "en"), Image(PHOTO, "A harbour", 1168, 657), "picture-1.jpg")
    persian = with_pictures(edition(12, "fa"), Image(PHOTO, "", 264, 176), "picture-1.jpg")
    shown = (english, replace(persian, date=date(2024, 11, 7)))
    made = site_of(shown) | {f"{folder}/picture-1.jpg": out.getvalue() for folder in (ENGLISH, PERSIAN)}
    for path, body in made.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    with serving(site(tmp_path)) as client:
        for scheme in ("light", "dark"):
            view = {"width": 320, "height": 640}
            with watched(chromium, client.base_url, viewport=view, color_scheme=scheme) as seen:
                for path in (f"/{ENGLISH}/", f"/{PERSIAN}/", "/storylines/storyline-0/"):
                    seen.page.goto(path)
                    seen.page.locator("img").last.scroll_into_view_if_needed()
                    seen.page.wait_for_function("[...document.images].every(image => image.naturalWidth)")
                    assert seen.page.evaluate("document.documentElement.scrollWidth") == 320, path
                    assert violations(seen.page) == [], path
                assert seen.complaints == []
