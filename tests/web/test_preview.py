from __future__ import annotations

import re
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from briefing.errors import ConfigError, RenderError
from briefing.pipeline.proofing import Proof
from briefing.web.preview import preview
from briefing.web.snapshot import Shown, Snapshot, Watched

from .previews import snapshot_of

FOLDER = "editions/2026-11-21/morning"
MAIL = (
    "<html><head><style>p{color:red}@media (prefers-color-scheme: dark){p{color:blue}}</style></head><body>"
    '<div style="display:none">What else there is</div><p>สวัสดี</p>'
    '<a href="https://example.org/u/1">Unsubscribe</a><img src="https://example.org/a.png" alt=""></body></html>'
)
MESSAGE = (
    b"Subject: =?utf-8?q?B=E1=BA=A3n_tin?=\r\nFrom: Morning <m@example.org>\r\n"
    b"List-Id: <m.example.org>\r\n\r\nhello\r\n"
)
PAGE = b'<html><head><link href="../../../assets/style.css"></head><body><h1>Edition</h1></body></html>'
FILES = {
    "index.html": b"<html><body><h1>Latest</h1></body></html>",
    "404.html": b"<h1>Lost</h1>",
    "feed.xml": b"<rss/>",
    f"{FOLDER}/index.html": PAGE,
    f"{FOLDER}/email.html": MAIL.encode(),
    f"{FOLDER}/email.txt": "BẢN TIN SÁNG\n<không phải thẻ>\n".encode(),
    f"{FOLDER}/email.eml": MESSAGE,
    "assets/style.css": b"@media (prefers-color-scheme: dark) { body { color: red } }",
}
EDITION = Shown(FOLDER, "Morning briefing", "2026-11-21")


def snapshot(files: Any = FILES, editions: Any = (EDITION,), **changes: Any) -> Snapshot:
    return snapshot_of(files, editions, **changes)


@pytest.fixture
def client(serving: Any) -> Iterator[httpx.Client]:
    with serving(preview(lambda changed: snapshot())) as made:
        yield made


def test_the_tool_shows_the_newest_edition(client: httpx.Client) -> None:
    """Without a choice the tool frames the newest edition's mail, with sender, subject, preheader, size and links."""
    page = client.get("/preview/").text
    assert f'src="/{FOLDER}/email.html?scheme=light&amp;images=on"' in page
    for told in ("Bản tin", "<bdi>Morning</bdi>", "What else there is", "of 95,000 bytes", ">1</a>"):
        assert told in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("view=text", "&lt;không phải thẻ&gt;"),
        ("view=source", "&lt;style&gt;p{color:red}@media"),
        ("view=headers", "<bdi>&lt;m.example.org&gt;</bdi>"),
        ("view=links", '<bdi dir="ltr">https://example.org/u/1</bdi>'),
        ("view=findings", "<code>table-role</code>"),
        ("view=page", f'src="/{FOLDER}/?scheme=light"'),
        ("device=phone&scheme=dark", 'class="stage phone dark"'),
        ("scheme=inverted", 'class="stage desktop inverted"'),
        ("theme=gazette", f'src="/{FOLDER}/email.html?scheme=light&amp;images=on&amp;theme=gazette"'),
        ("templates=shipped", f'src="/{FOLDER}/email.html?scheme=light&amp;images=on&amp;templates=shipped"'),
        ("view=mail&at=p.3", 'data-at="p.3"'),
        ("view=%3Cscript%3E&edition=nothing&theme=none", f'src="/{FOLDER}/email.html?scheme=light&amp;images=on"'),
    ],
)
def test_each_view_shows_its_part(serving: Any, query: str, expected: str) -> None:
    """Every part, device, scheme and theme is one link; what is unknown is the default."""
    files = FILES | {f"{FOLDER}/email.html": MAIL.replace("<p>", "<table></table><p>").encode()}
    with serving(preview(lambda changed: snapshot(files))) as client:
        assert expected in client.get(f"/preview/?{query}").text


def test_the_theme_in_use_is_marked(client: httpx.Client) -> None:
    """The newsletter's own theme is marked as in use; another says so, with the line that would change it."""
    page = client.get("/preview/").text
    assert '<option value="" selected>morning (in use)</option>' in page
    assert "Shown in" not in page
    page = client.get("/preview/?theme=gazette").text
    assert "Shown in <b>gazette</b>. This newsletter uses <b>morning</b>" in page
    assert "<code>theme: gazette</code>" in page
    assert client.get("/preview/?theme=morning").text.count("Shown in") == 0


def test_findings_are_told_with_their_places(serving: Any) -> None:
    """The findings come as a piece of the page: how many, what, the mend, and a link to each place in the frame."""
    files = FILES | {f"{FOLDER}/email.html": MAIL.replace(' alt=""', "").encode()}
    with serving(preview(lambda changed: snapshot(files))) as client:
        piece = client.get("/preview/findings").text
        assert re.search(r"<b class=\"wrong\">\d+ wrong</b>", piece)
        assert "<code>image-text</code>" in piece
        assert 'data-view="mail" data-at="img.0"' in piece
        assert f"/preview/?edition={FOLDER.replace('/', '%2F')}&amp;at=img.0" in piece.replace("view=mail&amp;", "")
        assert 'data-findings="/preview/findings?' in client.get("/preview/").text


def test_a_broken_template_is_told_beside_the_result(serving: Any, tmp_path: Path) -> None:
    """The error of a template of the user's stands over the shipped result: file, line, variable, the lines around."""
    template = tmp_path / "mail" / "closing.mjml"
    template.parent.mkdir()
    template.write_text("<one/>\n<two/>\n<b>{{ shet.day }}</b>\n<four/>\n", "utf-8")
    problem = RenderError(f"{template}, line 3", "'shet' is undefined (did you mean 'sheet'?)")
    elsewhere = RenderError("/etc/passwd, line 1", "is not ours to show")

    def broken(path: str, theme: str, shipped: bool) -> Proof:
        return Proof(f"{path}/", "morning", FILES, (problem, elsewhere), {})

    made = snapshot(proof=broken, templates=(tmp_path,))
    with serving(preview(lambda changed: made)) as client:
        page = client.get("/preview/").text
    assert "<code>mail/closing.mjml, line 3</code>: &#39;shet&#39; is undefined (did you mean &#39;sheet&#39;?)" in page
    assert '<span class="here"><i>3</i>&lt;b&gt;{{ shet.day }}&lt;/b&gt;' in page
    assert f'src="/{FOLDER}/email.html' in page
    assert "root:" not in page


def test_an_edition_that_cannot_be_set_says_why(serving: Any) -> None:
    """Where even the shipped templates fail, the tool stays usable and says what is wrong."""

    def broken(path: str, theme: str, shipped: bool) -> Proof:
        raise RenderError("mail of morning", "has 900000 bytes and cannot be made shorter")

    with serving(preview(lambda changed: snapshot(proof=broken))) as client:
        page = client.get("/preview/")
        assert (page.status_code, "cannot be made shorter" in page.text) == (200, True)
        assert client.get(f"/{FOLDER}/email.html").status_code == 500


def test_the_mail_may_style_itself_but_not_script(client: httpx.Client) -> None:
    """The framed mail keeps its inline styles, is sandboxed without scripts, and loads images where they are on."""
    on = client.get(f"/{FOLDER}/email.html").headers["content-security-policy"]
    off = client.get(f"/{FOLDER}/email.html?images=off").headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in on
    assert "script-src" not in on
    assert "sandbox allow-same-origin allow-popups" in on
    assert "allow-scripts" not in on
    assert "img-src https:" in on
    assert "img-src 'none'" in off
    assert 'sandbox="allow-same-origin allow-popups' in client.get("/preview/").text


def test_the_colours_asked_for_are_forced(client: httpx.Client) -> None:
    """The dark mail is dark whatever the browser prefers, and the light and the inverted one are not; pages too."""
    rule = "@media (prefers-color-scheme: dark)"
    assert rule in client.get(f"/{FOLDER}/email.html").text
    assert "@media all" in client.get(f"/{FOLDER}/email.html?scheme=dark").text
    assert "@media not all" in client.get(f"/{FOLDER}/email.html?scheme=inverted").text
    assert 'assets/style.css?scheme=dark"' in client.get(f"/{FOLDER}/?scheme=dark").text
    assert "@media all" in client.get("/assets/style.css?scheme=dark").text
    hostile = client.get(f"/{FOLDER}/?scheme=dark&x=%22%3E%3Cscript%3E").text
    assert "<script>" not in hostile.replace('<script src="/preview/static/reload.js" defer></script>', "")


def test_pages_are_served_as_published_and_reload(client: httpx.Client) -> None:
    """Pages and feeds are at their published paths; only the preview's copy of a page carries the reload script."""
    assert "<h1>Latest</h1>" in client.get("/").text
    assert "/preview/static/reload.js" in client.get("/").text
    assert client.get("/feed.xml").headers["content-type"].startswith("application/rss+xml")
    assert client.get(f"/{FOLDER}").status_code == 301
    assert client.get("/none").status_code == 404
    lost = client.get("/none/", headers={"Accept": "text/html"})
    assert (lost.status_code, lost.text) == (404, "<h1>Lost</h1>")
    assert client.get("/preview/static/../preview.py").status_code == 404
    assert client.get("/preview/static/preview.html").status_code == 404


def wait_for_change(lines: Iterator[str], change: Any) -> None:
    """Change something once the watch stands, and wait until it is told."""
    assert next(lines) == ": ready"
    time.sleep(0.5)
    threading.Timer(0.1, change).start()
    assert next(line for line in lines if line.startswith("event:")) == "event: changed"


@pytest.mark.parametrize("replaced", [False, True])
def test_a_change_is_told(serving: Any, tmp_path: Path, replaced: bool) -> None:
    """Writing a watched file, or putting a new one in its place as editors do, makes a snapshot and tells the page."""
    template = tmp_path / "config.yaml"
    template.write_text("one")
    told: list[Collection[Path]] = []

    def look(changed: Collection[Path]) -> Snapshot:
        told.append(changed)
        return snapshot({"index.html": template.read_bytes()}, ())

    def change() -> None:
        if replaced:
            (tmp_path / ".draft").write_text("two")
            (tmp_path / ".draft").rename(template)
        else:
            template.write_text("two")

    watched = Watched(paths=frozenset([template]))
    with serving(preview(look, lambda: watched)) as client, client.stream("GET", "/preview/events") as stream:
        wait_for_change(stream.iter_lines(), change)
        assert "two" in client.get("/").text
    assert told[0] == ()
    assert {path.name for path in told[1]} == {"config.yaml"}


def test_what_editors_leave_beside_a_file_is_not_told(serving: Any, tmp_path: Path) -> None:
    """Swap and backup files beside a template call for nothing; the template itself does."""
    told: list[Collection[Path]] = []

    def look(changed: Collection[Path]) -> Snapshot:
        told.append(changed)
        return snapshot()

    def change() -> None:
        for name in (".mail.mjml.swp", "mail.mjml~", "4913"):
            (tmp_path / name).write_text("x")
        time.sleep(0.4)
        (tmp_path / "mail.mjml").write_text("x")

    watched = Watched(folders=frozenset([tmp_path]))
    with serving(preview(look, lambda: watched)) as client, client.stream("GET", "/preview/events") as stream:
        wait_for_change(stream.iter_lines(), change)
    assert {path.name for paths in told for path in paths} == {"mail.mjml"}


def test_what_is_watched_follows_the_configuration(serving: Any, tmp_path: Path) -> None:
    """A template folder that is made while the preview runs is watched from then on."""
    folder = tmp_path / "templates"
    seen: list[str] = []

    def look(changed: Collection[Path]) -> Snapshot:
        seen.extend(path.name for path in changed)
        return snapshot()

    def watched() -> Watched:
        return Watched(frozenset([folder] if folder.is_dir() else []), frozenset([folder]))

    with serving(preview(look, watched)) as client, client.stream("GET", "/preview/events") as stream:
        lines = stream.iter_lines()
        wait_for_change(lines, folder.mkdir)
        time.sleep(0.5)
        (folder / "mail.mjml").write_text("x")
        assert next(line for line in lines if line.startswith("event:")) == "event: changed"
    assert seen == ["templates", "mail.mjml"]


def test_a_broken_configuration_keeps_the_last_good_edition(serving: Any, tmp_path: Path) -> None:
    """When the configuration cannot be read the preview keeps showing the last good edition and says what is wrong."""
    config = tmp_path / "config.yaml"
    config.write_text("good")

    def look(changed: Collection[Path]) -> Snapshot:
        if config.read_text() == "bad":
            raise ConfigError("config.yaml:3:1: theme: expected a name\nconfig.yaml:9:1: titel: unknown key")
        return snapshot()

    watched = Watched(paths=frozenset([config]))
    with serving(preview(look, lambda: watched)) as client, client.stream("GET", "/preview/events") as stream:
        wait_for_change(stream.iter_lines(), lambda: config.write_text("bad"))
        page = client.get("/preview/").text
    assert "What needs a hand (2)" in page
    assert "titel: unknown key" in page
    assert f'src="/{FOLDER}/email.html' in page


def test_an_empty_store_says_what_to_do(serving: Any) -> None:
    """Without an edition the tool is a page that says how to make one, and so are its findings."""
    with serving(preview(lambda changed: snapshot({}, ()))) as client:
        assert "briefing build" in client.get("/preview/").text
        assert client.get("/preview/findings").status_code == 200
        assert client.get("/").status_code == 404


def test_a_draft_says_that_it_is_kept_nowhere(serving: Any) -> None:
    """An edition that was composed anew for the preview says what keeps it."""
    with serving(preview(lambda changed: snapshot(editions=(replace(EDITION, draft=True),)))) as client:
        assert (
            "Composed anew with what you saved; <code>briefing build</code> keeps it." in client.get("/preview/").text
        )


def test_copies_of_pictures_are_shown_before_they_are_published(serving: Any) -> None:
    """A mail's copies are asked for here, from the edition's folder, where images are on; other addresses stay."""
    copy, other = f"https://news.example.org/x/{FOLDER}/picture-1.jpg", "https://cdn.example.org/picture-1.jpg"
    body = f'<html><head></head><body><img alt="" src="{copy}"><img src="{other}" alt=""></body></html>'
    files = FILES | {f"{FOLDER}/email.html": body.encode(), f"{FOLDER}/picture-1.jpg": b"\xff\xd8 a picture"}
    with serving(preview(lambda changed: snapshot(files))) as client:
        mail = client.get(f"/{FOLDER}/email.html")
        assert f'src="/{FOLDER}/picture-1.jpg"' in mail.text
        assert f'src="{other}"' in mail.text
        assert "img-src https: data: 'self'" in mail.headers["content-security-policy"]
        shown = client.get(f"/{FOLDER}/picture-1.jpg")
        assert (shown.headers["content-type"], shown.content) == ("image/jpeg", b"\xff\xd8 a picture")
        off = client.get(f"/{FOLDER}/email.html?images=off")
        assert "img-src 'none'" in off.headers["content-security-policy"]
        assert "img-src 'self' data:;" in client.get(f"/{FOLDER}/").headers["content-security-policy"]
    with serving(preview(lambda changed: snapshot(files, remote_pictures=True))) as client:
        assert "img-src 'self' data: https:;" in client.get(f"/{FOLDER}/").headers["content-security-policy"]
