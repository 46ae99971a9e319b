"""Pages and preview in a real browser: nothing is refused, nothing overflows, every key works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from briefing.render.mail import mail_html, mail_text
from briefing.web.preview import Shown, Snapshot, preview
from briefing.web.site import site

from ..render.editions import edition
from ..render.sites import FOLDER, site_of, with_grounds

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ENGLISH, PERSIAN = "editions/2024-11-08/morning", "editions/2024-11-07/morning"


@dataclass(frozen=True)
class Watched:
    """A page, and everything the browser complained about on it."""

    page: Page
    complaints: list[str]


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


def snapshot(files: dict[str, bytes]) -> Snapshot:
    shown = (
        Shown(ENGLISH, "Morning briefing", "2024-11-08"),
        Shown(PERSIAN, "خبرنامهٔ صبحگاهی", "2024-11-07"),
    )
    return Snapshot(files, shown, datetime(2024, 11, 8, tzinfo=UTC))


@contextmanager
def watched(chromium: Browser, base: Any, **options: Any) -> Iterator[Watched]:
    """Give a new page of a server that notes every error, refusal and violation of its policy."""
    context = chromium.new_context(base_url=str(base), **options)
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    try:
        yield Watched(page, complaints)
    finally:
        context.close()


@pytest.fixture
def published(serving: Any, files: dict[str, bytes], tmp_path: Path) -> Iterator[Any]:
    """The site as it is served from a folder."""
    for path, body in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    with serving(site(tmp_path)) as client:
        yield client.base_url


@pytest.fixture
def previewed(serving: Any, files: dict[str, bytes]) -> Iterator[Any]:
    """The preview of it."""
    with serving(preview(lambda: snapshot(files), [])) as client:
        yield client.base_url


PAGES = (
    "/",
    f"/{PERSIAN}/",
    "/storylines/storyline-0/",
    "/storylines/storyline-900/",
    "/archive/",
    "/subscribe/",
)


def test_pages_fit_every_width_and_break_no_rule(chromium: Browser, published: Any) -> None:
    """On each page nothing is refused, nothing moves while loading, and 320 pixels are enough."""
    with watched(chromium, published, viewport={"width": 320, "height": 640}) as seen:
        for path in PAGES:
            seen.page.goto(path)
            assert seen.page.evaluate("document.documentElement.scrollWidth") == 320, path
            shift = seen.page.evaluate(
                """() => new Promise(done => new PerformanceObserver(list =>
                    done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
                ).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 50))"""
            )
            assert shift == 0, path
        assert seen.complaints == []


def test_pages_work_without_scripts_and_by_keyboard(chromium: Browser, published: Any) -> None:
    """The first stop is the way past the navigation; a timeline opens; a source is reached and marked by its anchor."""
    with watched(chromium, published, java_script_enabled=False) as seen:
        seen.page.goto("/")
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        assert seen.page.url.endswith("#main")
        folded = seen.page.locator("article.medium details").first
        assert not folded.locator("ol").is_visible()
        folded.locator("summary").focus()
        seen.page.keyboard.press("Enter")
        assert folded.locator("ol").is_visible()
        seen.page.locator("article.lead h2 a").click()
        assert seen.page.url.endswith("/storylines/storyline-0/")
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


@pytest.mark.parametrize("view", ["mail", "text", "headers", "source", "links", "page"])
def test_no_view_of_the_preview_breaks_a_rule(chromium: Browser, previewed: Any, view: str) -> None:
    """Every view is free of errors and refusals, and fits a phone."""
    with watched(chromium, previewed, viewport={"width": 375, "height": 700}) as seen:
        seen.page.goto(f"/preview/?view={view}&device=desktop")
        assert seen.page.evaluate("document.documentElement.scrollWidth") == 375
        assert seen.complaints == []


def test_the_frame_is_the_device_and_the_scheme(chromium: Browser, previewed: Any) -> None:
    """A phone's frame is 375 pixels wide inside, dark is dark inside, and Persian mail runs from the right."""
    with watched(chromium, previewed, viewport={"width": 1400, "height": 900}, color_scheme="light") as seen:
        for device, width in (("phone", 375), ("tablet", 640), ("desktop", 1280)):
            seen.page.goto(f"/preview/?device={device}&scheme=dark&edition={PERSIAN}")
            frame = seen.page.frames[1]
            frame.wait_for_load_state()
            assert frame.evaluate("innerWidth") == width
            assert frame.evaluate("getComputedStyle(document.body).direction") == "rtl"
            assert frame.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(235, 229, 218)"
            assert frame.evaluate("document.documentElement.scrollWidth") <= width
        seen.page.goto(f"/preview/?view=page&scheme=dark&edition={PERSIAN}")
        seen.page.frames[1].wait_for_load_state()
        assert seen.page.frames[1].evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(26, 24, 22)"
        assert seen.complaints == []


def test_keys_lead_through_views_devices_and_editions(chromium: Browser, previewed: Any) -> None:
    """Digits choose the view, d and s turn device and scheme, the arrows the edition, also from inside the frame."""
    with watched(chromium, previewed) as seen:
        seen.page.goto("/preview/?device=phone")
        for key, found in (
            ("2", "view=text"),
            ("1", "view=mail"),
            ("d", "device=tablet"),
            ("s", "scheme=dark"),
            ("ArrowRight", "2024-11-07"),
            ("ArrowLeft", "2024-11-08"),
        ):
            seen.page.wait_for_load_state()
            seen.page.keyboard.press(key)
            seen.page.wait_for_url(f"**{found}**")
        seen.page.wait_for_load_state()
        seen.page.frames[1].locator("h1").click()
        seen.page.keyboard.press("3")
        seen.page.wait_for_url("**view=headers**")
        assert seen.page.locator("th", has_text="Subject").is_visible()


def test_a_saved_template_is_seen_at_once_and_in_place(
    chromium: Browser, serving: Any, files: dict[str, bytes], tmp_path: Path
) -> None:
    """The mail changes in the open browser as its template is saved, and stays where it was scrolled to."""
    template = tmp_path / "mail.mjml"
    template.write_text("one")

    def make() -> Snapshot:
        changed = files[f"{ENGLISH}/email.html"].replace(b"<title>", b"<title>" + template.read_bytes())
        return snapshot(files | {f"{ENGLISH}/email.html": changed})

    with serving(preview(make, [tmp_path])) as client, watched(chromium, client.base_url) as seen:
        seen.page.goto("/preview/")
        seen.page.frames[1].wait_for_load_state()
        seen.page.frames[1].evaluate("scrollTo(0, 900)")
        seen.page.wait_for_timeout(300)
        template.write_text("two")
        found = None
        for _ in range(90):
            seen.page.wait_for_timeout(100)
            with suppress(Error, IndexError):  # while the page reloads there is no frame to ask
                found = seen.page.frames[1].evaluate("[document.title.slice(0, 3), scrollY]")
            if found == ["two", 900]:
                break
        assert found == ["two", 900]
        assert seen.complaints == []
