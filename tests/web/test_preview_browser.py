"""The preview in a real browser: views and widths, keys, findings, live reload, and strangers kept in their frame."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Frame, Page

from briefing.errors import RenderError
from briefing.pipeline.proofing import Proof
from briefing.render.mail import mail
from briefing.render.message import personal, prepare
from briefing.web.live import Live
from briefing.web.preview import preview
from briefing.web.snapshot import Shown, Snapshot, Watched

from ..pipeline.conftest import BELOUSOV, Desk
from ..render.editions import edition
from ..render.sites import FOLDER, hostile, site_of, with_grounds
from .browsing import violations, watched
from .previews import snapshot_of
from .test_live import CONFIG, MORNING

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ENGLISH, PERSIAN = "editions/2024-11-08/morning", "editions/2024-11-07/morning"
EDITIONS = (
    Shown(ENGLISH, "Morning briefing", "2024-11-08"),
    Shown(PERSIAN, "خبرنامهٔ صبحگاهی", "2024-11-07", "fa"),
)
VIEWS = ("mail", "page", "text", "source", "headers", "links", "findings")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """A site of an English and a Persian edition, with their mails."""
    english = with_grounds(edition(12, "vi", "th", "fa", "en", interface="en"))
    persian = replace(edition(12, "fa", "vi"), date=date(2024, 11, 7))
    made: dict[str, bytes] = site_of([english, persian])
    for one, path in ((english, ENGLISH), (persian, PERSIAN)):
        html, text = mail(one, FOLDER)
        page = FOLDER.url(FOLDER.unsubscribe_path())
        mailing = prepare(one, html, text, "Morning <m@news.example.org>", unsubscribe="https://news.example.org/u/")
        made[f"{path}/email.html"] = personal(html, page, "m@news.example.org").encode()
        made[f"{path}/email.txt"] = personal(text, page, "m@news.example.org").encode()
        made[f"{path}/email.eml"] = mailing.to("m@news.example.org", page).message
    return made


@pytest.fixture
def previewed(serving: Any, files: dict[str, bytes]) -> Iterator[Any]:
    """The preview of it."""
    with serving(preview(lambda changed: snapshot_of(files, EDITIONS))) as client:
        yield client.base_url


_FOCUSED = """() => {
    const it = document.activeElement;
    if (it === document.body) return null;
    const style = getComputedStyle(it), box = it.getBoundingClientRect();
    return [it.outerHTML.slice(0, 90), style.outlineStyle, style.outlineWidth, box.left >= 0 && box.top >= 0];
}"""
_MARKED = """() => {
    const it = document.querySelector("img"), box = it.getBoundingClientRect();
    return [it.style.outlineStyle, box.top >= 0 && box.bottom <= innerHeight];
}"""


def framed(page: Page) -> Frame:
    """Give the frame of the newsletter, loaded."""
    frame = page.frames[1]
    frame.wait_for_load_state()
    return frame


def eventually(page: Page, wanted: Any, script: str, seconds: int = 9) -> Any:
    """Ask the newest frame, again and again, until it answers as wanted; give the last answer."""
    found = None
    for _ in range(seconds * 10):
        with suppress(Error, IndexError):  # while one frame takes another's place there is none to ask
            found = page.frames[-1].evaluate(script)
        if found == wanted:
            break
        page.wait_for_timeout(100)
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_breaks_a_rule(chromium: Browser, previewed: Any, view: str) -> None:
    """Every view is free of errors and refusals, fits a phone and a tablet, and axe finds nothing, day or night."""
    for scheme in ("light", "dark"):
        options: dict[str, Any] = {"viewport": {"width": 375, "height": 700}, "color_scheme": scheme}
        with watched(chromium, previewed, **options) as seen:
            seen.page.goto(f"/preview/?view={view}&device=desktop&scheme={scheme}&edition={PERSIAN}")
            seen.page.wait_for_load_state("networkidle")
            assert seen.page.evaluate("document.documentElement.scrollWidth") == 375
            assert violations(seen.page) == []
            seen.page.set_viewport_size({"width": 1024, "height": 768})
            assert seen.page.evaluate("document.documentElement.scrollWidth") == 1024
            assert seen.complaints == []


def test_the_frame_is_the_device_and_the_scheme(chromium: Browser, previewed: Any) -> None:
    """A phone's frame is 375 pixels wide inside, dark is dark inside, and Persian mail runs from the right."""
    with watched(chromium, previewed, viewport={"width": 1700, "height": 900}, color_scheme="light") as seen:
        for device, width in (("phone", 375), ("tablet", 768), ("desktop", 1280)):
            seen.page.goto(f"/preview/?device={device}&scheme=dark&edition={PERSIAN}")
            frame = framed(seen.page)
            assert frame.evaluate("innerWidth") == width
            assert frame.evaluate("getComputedStyle(document.body).direction") == "rtl"
            assert frame.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(235, 229, 218)"
            assert frame.evaluate("document.documentElement.scrollWidth") <= width
        seen.page.goto(f"/preview/?view=page&scheme=dark&edition={PERSIAN}")
        assert framed(seen.page).evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(26, 24, 22)"
        assert seen.complaints == []


def test_keys_lead_through_views_devices_and_editions(chromium: Browser, previewed: Any) -> None:
    """Digits choose the view, letters turn device, scheme, images and theme, arrows the edition; also in the frame."""
    with watched(chromium, previewed) as seen:
        seen.page.goto("/preview/?device=phone")
        for key, found in (
            ("3", "view=text"),
            ("1", "preview/?device=phone"),
            ("d", "device=tablet"),
            ("s", "scheme=dark"),
            ("i", "images=off"),
            ("t", "theme=gazette"),
            ("ArrowRight", "2024-11-07"),
            ("ArrowLeft", "2024-11-08"),
        ):
            seen.page.wait_for_load_state()
            seen.page.keyboard.press(key)
            seen.page.wait_for_url(f"**{found}**")
        framed(seen.page).locator("h1").click()
        seen.page.wait_for_load_state("networkidle")
        seen.page.keyboard.press("5")
        seen.page.wait_for_url("**view=headers**")
        assert seen.page.locator("th", has_text="Subject").is_visible()


def test_the_keys_are_listed_and_the_list_lets_go(chromium: Browser, previewed: Any) -> None:
    """A question mark opens the list of keys, axe finds nothing on it, Esc closes it and gives the focus back."""
    with watched(chromium, previewed, viewport={"width": 1024, "height": 700}) as seen:
        seen.page.goto("/preview/?view=text")
        opener = seen.page.locator("[data-help]")
        for opened in (lambda: seen.page.keyboard.press("?"), opener.click):
            opener.focus()
            opened()
            assert seen.page.locator("dialog").is_visible()
            assert seen.page.locator("dialog kbd").count() >= 9
            assert violations(seen.page) == []
            seen.page.keyboard.press("2")  # while it is open keys choose nothing behind it
            seen.page.keyboard.press("Escape")
            assert not seen.page.locator("dialog").is_visible()
            assert seen.page.evaluate("document.activeElement.dataset.help") == ""
        assert "view=text" in seen.page.url


def test_everything_is_reached_by_tab_and_seen(chromium: Browser, previewed: Any) -> None:
    """Tab leads from the skip link through every control and out again; the focus is always seen."""
    with watched(chromium, previewed, viewport={"width": 1440, "height": 900}) as seen:
        seen.page.goto("/preview/?view=headers")
        seen.page.locator("aside .findings :is(.good, .tally)").wait_for()  # it comes in place of a link
        wanted = seen.page.evaluate(
            "document.querySelectorAll('body > :not(dialog) :is(a, button, select), body > a').length"
        )
        reached: set[str] = set()
        for _ in range(wanted + 8):
            seen.page.keyboard.press("Tab")
            state = seen.page.evaluate(_FOCUSED)
            if state is None:
                break
            html, style, width, visible = state
            assert (style, width, visible) == ("solid", "2px", True), html
            reached.add(html)
        assert len(reached) == wanted
        assert state is None, "the focus leaves the page at its end"


def test_a_finding_leads_to_its_place(chromium: Browser, serving: Any, files: dict[str, bytes]) -> None:
    """Findings come in beside the newsletter; each leads to its element, which is brought into sight and marked."""
    broken = files[f"{ENGLISH}/email.html"].replace(b"</body>", b'<p lang="en" dir="ltr"><img src="x"></p></body>')
    made = snapshot_of(files | {f"{ENGLISH}/email.html": broken}, EDITIONS)
    with serving(preview(lambda changed: made)) as client, watched(chromium, client.base_url) as seen:
        seen.page.goto("/preview/")
        frame = framed(seen.page)
        assert seen.page.locator("aside .tally").inner_text().startswith("2 wrong")
        seen.page.locator("aside [data-at='img.0']").first.click()
        assert frame.evaluate(_MARKED) == ["solid", True]
        seen.page.goto("/preview/?view=findings")
        seen.page.locator("[data-at='img.0']").first.click()
        seen.page.wait_for_url("**at=img.0**")
        assert eventually(seen.page, ["solid", True], _MARKED) == ["solid", True]
        assert not [one for one in seen.complaints if "/x" not in one and "Content Security Policy" not in one]


def test_a_saved_template_is_seen_at_once_and_in_place(
    chromium: Browser, serving: Any, files: dict[str, bytes], tmp_path: Path
) -> None:
    """The mail changes in the open browser as its template is saved, without a reload, and stays where it was read."""
    template = tmp_path / "mail.mjml"
    template.write_text("one")

    def look(changed: Collection[Path]) -> Snapshot:
        one = files[f"{ENGLISH}/email.html"].replace(b"<title>", b"<title>" + template.read_bytes())
        return snapshot_of(files | {f"{ENGLISH}/email.html": one}, EDITIONS)

    places = Watched(frozenset([tmp_path]))
    with serving(preview(look, lambda: places)) as client, watched(chromium, client.base_url) as seen:
        seen.page.goto("/preview/")
        framed(seen.page).evaluate("scrollTo(0, 900)")
        seen.page.evaluate("window.kept = true")
        seen.page.wait_for_timeout(300)
        for word in ("two", "six"):
            template.write_text(word)
            asked = "[document.title.slice(0, 3), scrollY]"
            assert eventually(seen.page, [word, 900], asked) == [word, 900]
            assert seen.page.evaluate("[window.kept, document.querySelectorAll('iframe').length]") == [True, 1]
        seen.page.keyboard.press("s")
        seen.page.wait_for_url("**scheme=dark**")
        assert seen.complaints == []


def test_a_saved_document_and_configuration_are_seen(chromium: Browser, serving: Any, tmp_path: Path) -> None:
    """A report that is put into the corpus, and a title that is changed, are in the open newsletter a moment later."""
    desk = Desk(tmp_path, CONFIG)
    desk.write("belousov.txt", BELOUSOV.replace("Belousov", "Shoigu"))
    with ThreadPoolExecutor() as aside:  # the browser's driver has a loop of its own in this thread
        aside.submit(desk.build).result()
    live = Live(desk.config)
    with serving(preview(live.look, live.watched)) as client, watched(chromium, client.base_url) as seen:
        seen.page.goto(f"/preview/?edition={MORNING}")
        assert "Shoigu" in framed(seen.page).evaluate("document.body.innerText")
        seen.page.wait_for_timeout(300)
        desk.write("belousov.txt", BELOUSOV)
        assert eventually(seen.page, True, "document.body.innerText.includes('Belousov')", 20)
        desk.config.write_text(CONFIG.replace("Morning briefing", "Evening briefing"), "utf-8")
        title = "document.querySelector('h1').innerText"
        assert eventually(seen.page, "Evening briefing", title, 20) == "Evening briefing"
        assert seen.page.locator(".notice").inner_text().startswith("Composed anew")
        assert seen.complaints == []
    desk.close()


def test_a_broken_template_is_shown_with_its_lines(
    chromium: Browser, serving: Any, files: dict[str, bytes], tmp_path: Path
) -> None:
    """The error stands over the shipped result with the line marked, fits a phone, and axe finds nothing on it."""
    template = tmp_path / "closing.mjml"
    template.write_text("<one/>\n<p>{{ shet.day }}" + "x" * 300 + "</p>\n")
    problem = RenderError(f"{template}, line 2", "'shet' is undefined (did you mean 'sheet'?)")

    def broken(path: str, theme: str, shipped: bool) -> Proof:
        return Proof(f"{path}/", "morning", files, (problem,), {})

    made = snapshot_of(files, EDITIONS, proof=broken, templates=(tmp_path,))
    for scheme in ("light", "dark"):
        options: dict[str, Any] = {"viewport": {"width": 375, "height": 700}, "color_scheme": scheme}
        with serving(preview(lambda changed: made)) as client, watched(chromium, client.base_url, **options) as seen:
            seen.page.goto("/preview/")
            assert seen.page.locator(".trouble .here").inner_text().startswith("2<p>{{ shet.day }}")
            assert framed(seen.page).locator("h1").is_visible()
            assert seen.page.evaluate("document.documentElement.scrollWidth") == 375
            assert violations(seen.page) == []


ESCAPES = """<script>top.document.title = 'escaped'</script><img src="x" onerror="top.document.title = 'escaped'">
<form action="https://example.org/" target="_top"><button id="send">Send</button></form>
<a id="out" href="https://example.org/" target="_top">Out</a>
<a id="run" href="javascript:top.document.title='escaped'">Run</a>
<iframe src="/preview/"></iframe><object data="/preview/"></object>
<meta http-equiv="refresh" content="0;url=https://example.org/">
<base href="https://example.org/"><style>@import 'https://example.org/x.css'; html { position: fixed }</style>"""


def test_nothing_in_a_mail_reaches_out_of_its_frame(chromium: Browser, serving: Any, files: dict[str, bytes]) -> None:
    """Scripts, forms, frames, refreshes and addresses that are scripts run nothing and leave the tool alone."""
    spoilt = files[f"{ENGLISH}/email.html"].replace(b"<h1", ESCAPES.encode() + b"<h1", 1)
    made = snapshot_of(files | {f"{ENGLISH}/email.html": spoilt}, EDITIONS)
    with serving(preview(lambda changed: made)) as client, watched(chromium, client.base_url) as seen:
        outside: list[str] = []
        context = seen.page.context
        context.on("response", lambda answer: outside.append(answer.url))
        context.on("requestfailed", lambda asked: outside.append(asked.url) if asked.failure != "csp" else None)
        seen.page.goto("/preview/?images=off")
        frame = framed(seen.page)
        for name in ("#send", "#run"):
            with suppress(Error):
                frame.locator(name).click(timeout=1_000)
        seen.page.wait_for_timeout(500)
        assert "escaped" not in seen.page.title()
        assert seen.page.url.startswith(str(client.base_url))
        assert [url for url in outside if not url.startswith(str(client.base_url))] == []
        assert len(frame.child_frames) == 0 or all("example" not in one.url for one in frame.child_frames)


def test_hostile_words_are_words(chromium: Browser, serving: Any, tmp_path: Path) -> None:
    """Titles full of HTML, Jinja, MJML, comments for Outlook and bidi controls are shown as text, in every view."""
    desk = Desk(tmp_path, CONFIG)
    evil = "<mj-text>x</mj-text><!--[if mso]><b>y<![endif]-->"
    made = hostile()
    told = tuple(replace(telling, headline=evil + telling.headline) for telling in made.storylines)
    desk.open().store.editions.save(replace(made, newsletter="morning", storylines=told))
    live = Live(desk.config)
    with serving(preview(live.look)) as client, watched(chromium, client.base_url) as seen:
        seen.page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        for view in VIEWS:
            seen.page.goto(f"/preview/?view={view}")
            seen.page.wait_for_load_state("networkidle")
            assert seen.page.locator("script:not([src])").count() == 0
            assert seen.page.title().startswith("Preview: ")
        seen.page.goto("/preview/")
        words = framed(seen.page).evaluate("document.body.innerText")
        assert "<mj-text>x</mj-text>" in words
        assert "{{ 7 * 7 }}" in words
        assert "<script>alert(1)</script>" in words
        assert framed(seen.page).locator("script, b:text-is('bold')").count() == 0
        assert seen.complaints == []
    desk.close()


@pytest.mark.parametrize(("count", "told"), [(0, 0), (500, 50)])
def test_no_edition_is_too_small_or_too_large(
    chromium: Browser, serving: Any, tmp_path: Path, count: int, told: int
) -> None:
    """An edition of no storylines and one of five hundred are shown, within the budget, with nothing wrong in them."""
    desk = Desk(tmp_path, CONFIG)
    desk.open().store.editions.save(edition(count, "en", "vi", "th", "fa"))
    live = Live(desk.config)
    with serving(preview(live.look)) as client, watched(chromium, client.base_url) as seen:
        seen.page.goto("/preview/")
        frame = framed(seen.page)
        assert frame.locator("h1").is_visible()
        assert frame.locator("h2 a, h3 a").count() >= told
        assert int(seen.page.locator("meter").get_attribute("value") or 0) in range(1, 95_001)
        seen.page.locator("aside .findings :is(.good, .tally)").wait_for(timeout=60_000)
        assert seen.page.locator("aside b.wrong").count() == 0
        assert seen.complaints == []
    desk.close()
