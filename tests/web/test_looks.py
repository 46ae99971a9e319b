"""Mail and preview look as they did: compared in a real browser, whatever fonts it has, and broken ones are seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from briefing.render.mail import mail_html
from briefing.web.preview import preview
from briefing.web.snapshot import Shown

from ..render.editions import edition
from ..render.sites import FOLDER
from .looks import WRITING, differences, keep, look, reference
from .previews import snapshot_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MAILS = {
    "english": lambda: mail_html(edition(6, "en", "vi", "th", "fa"), FOLDER),
    "persian": lambda: mail_html(edition(6, "fa", "th"), FOLDER),
}
BLOCKS = (
    "h1", ".st", ".sheet", ".sheet table table table", "h2.ac", "h2.big", "h2.big + p", "h2:not(.ac):not(.big), h3",
    ".tint", ".half", ".half + .half", ".s-done", ".s-announced", ".s-open", ".when", ".foot div", ".foot p + p",
)  # fmt: skip
PICTURED = (".st", "h2.big", ".half", ".foot div")
TOOL = (
    "header", "h1", ".choose", ".look", ".choice a[aria-current]", "main", ".stage iframe", "aside", ".inbox", "meter",
)  # fmt: skip
VIEWS = {"phone": 375, "desktop": 700}
CASES = [f"english {view} {scheme}" for view in VIEWS for scheme in ("light", "dark")]
CASES += ["persian phone light", "persian desktop dark"]
TOOLS = [f"preview {view} {scheme}" for view in ("phone", "window") for scheme in ("light", "dark")]
OTHER_FONTS = "* { font-family: 'DejaVu Serif', 'Noto Naskh Arabic', Garuda, monospace !important }"


@lru_cache
def mail_of(name: str) -> str:
    return MAILS[name]()


@pytest.fixture(scope="module")
def sheet(chromium: Browser) -> Iterator[Page]:
    """One page that every mail is put on in turn."""
    with _page(chromium, None, None, None) as page:
        yield page


def mail_look(page: Page, case: str, change: Callable[[str], str] = str, pictured: Any = ()) -> dict[str, Any]:
    """Give how a mail looks, after a change of its source."""
    name, view, scheme = case.split()
    page.set_viewport_size({"width": VIEWS[view], "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_content(change(mail_of(name)))
    return look(page, page.main_frame, BLOCKS, pictured)


@pytest.fixture(scope="module")
def tool(serving: Any) -> Iterator[Any]:
    """The preview of the English mail."""
    path = "editions/2024-11-08/morning"
    html = mail_of("english").encode()
    files = {f"{path}/email.html": html, f"{path}/email.txt": b"x", f"{path}/email.eml": b"Subject: A subject\r\n\r\nx"}
    made = snapshot_of(files, [Shown(path, "Morning briefing", "2024-11-08")])
    with serving(preview(lambda changed: made)) as client:
        yield client.base_url


def tool_look(chromium: Browser, tool: Any, case: str, style: str = "") -> dict[str, Any]:
    """Give how the preview looks, with a style sheet after its own."""
    _, view, scheme = case.split()
    size = {"width": 375, "height": 800} if view == "phone" else {"width": 1440, "height": 900}
    with _page(chromium, tool, size, scheme) as page:
        page.goto(f"/preview/?device=phone&scheme={scheme}")
        if style:
            page.add_style_tag(content=style)
        return look(page, page.main_frame, TOOL, ("header", ".inbox"))


@contextmanager
def _page(chromium: Browser, base: Any, size: Any, scheme: Any) -> Iterator[Any]:
    options = {"base_url": str(base)} if base else {}
    context = chromium.new_context(viewport=size, color_scheme=scheme, bypass_csp=True, **options)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.mark.parametrize("case", CASES)
def test_mails_look_as_they_did(sheet: Page, case: str) -> None:
    """Each mail has its blocks where they were, in the colours they had, on phone and desktop, day and night."""
    found = mail_look(sheet, case, pictured=PICTURED)
    if WRITING:
        keep(case, found)
    assert differences(reference()[case], found) == []


@pytest.mark.parametrize("case", TOOLS)
def test_the_preview_looks_as_it_did(chromium: Browser, tool: Any, case: str) -> None:
    """The tool has its parts where they were, in a window and on a phone, day and night."""
    found = tool_look(chromium, tool, case)
    if WRITING:
        keep(case, found)
    assert differences(reference()[case], found) == []


@pytest.mark.parametrize("case", ["english phone light", "english desktop dark", "persian phone light"])
def test_other_fonts_make_no_difference_to_a_mail(sheet: Page, case: str) -> None:
    """With wholly other fonts, wider and of other heights, a mail looks as it did."""
    other = f"<style>{OTHER_FONTS}</style></head>"
    found = mail_look(sheet, case, lambda html: html.replace("</head>", other), PICTURED)
    assert differences(reference()[case], found) == []


def test_other_fonts_make_no_difference_to_the_preview(chromium: Browser, tool: Any) -> None:
    """With wholly other fonts the tool looks as it did."""
    found = tool_look(chromium, tool, "preview window light", OTHER_FONTS)
    assert differences(reference()["preview window light"], found) == []


@pytest.mark.parametrize(
    ("case", "good", "bad", "seen"),
    [
        ("english desktop light", "max-width:640px", "max-width:360px", ".sheet: right"),
        ("english desktop light", "padding:0 28px", "padding:0 128px", "h1: left"),
        ("english desktop light", "font-size:38px", "font-size:17px", "h1: text has 17"),
        ("english desktop light", "text-align:center", "text-align:left", "h1: align"),
        ("english desktop light", "color:#23201c", "color:#c0b0a0", "h1: colour"),
        ("english desktop light", '<h1 class="name"', '<h1 class="name" hidden', "h1 is not there"),
        ("english phone light", "display: block !important; width: auto", "width: auto", ".half: right"),
        ("english phone light", ".when, .then { display: block", ".when, .then { clear: both", ".when: right"),
        ("english phone light", "font-size: 25px", "font-size: 44px", "h2.big: text has 44"),
        ("english phone dark", "@media (prefers-color-scheme: dark)", "@media print", "h1: colour"),
        ("english desktop dark", ".sheet, .sheet > table { background", ".shet { background", ".sheet: ground"),
        ("persian phone light", 'dir="rtl"', 'dir="ltr"', ".sheet: direction"),
        ("persian phone light", "direction:rtl", "direction:ltr", "direction"),
    ],
)  # fmt: skip
def test_a_broken_mail_is_seen(sheet: Page, case: str, good: str, bad: str, seen: str) -> None:
    """A mail that is broken in one place is told, with the block that looks otherwise."""

    def broken(html: str) -> str:
        assert good in html
        return html.replace(good, bad)

    lines = differences(reference()[case], mail_look(sheet, case, broken))
    assert any(seen in line for line in lines), lines


@pytest.mark.parametrize(
    ("case", "style", "seen"),
    [
        ("preview window light", ".desk { flex-direction: column }", "aside: left"),
        ("preview window light", "aside { width: 40rem }", "aside: left"),
        ("preview window light", ".stage.phone iframe { width: 640px }", ".stage iframe: right"),
        ("preview window light", "aside { order: -1 } ", "main: left"),
        ("preview window light", "header { position: fixed; bottom: 0 }", "the order is"),
        ("preview phone light", "main { width: 40rem }", "main: right"),
        ("preview window dark", ":root { --panel: #ffffff }", "header: ground"),
        ("preview window light", ".inbox { display: none }", ".inbox is not there"),
        ("preview window light", ".inbox { background: #555555 }", ".inbox is 0."),
    ],
)
def test_a_broken_preview_is_seen(chromium: Browser, tool: Any, case: str, style: str, seen: str) -> None:
    """A tool that is broken in one place is told, with the part that looks otherwise."""
    lines = differences(reference()[case], tool_look(chromium, tool, case, style))
    assert any(seen in line for line in lines), lines
