"""Pictures from the feed that names them to the mail and the pages that show them, over a real server and store."""

from __future__ import annotations

import asyncio
import email
import email.policy
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from briefing.pipeline import propose
from briefing.pipeline.proofing import findings, proof

from .conftest import DUMA, NOON, STORM, Desk

FOLDER = "editions/2026-11-21/morning/"


def photo(width: int = 1600, height: int = 900) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


class Paper(ThreadingHTTPServer):
    """A publisher on the loopback interface: a feed of two reports, and whatever its pictures are set to."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.wait = 0.0
        self.picture = photo()
        self.image = "/treaty.jpg"
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{text.partition(chr(10))[0]}</title><link>https://paper.example/{name}</link>"
            f"<description>{text.partition('2024')[2]}</description>{media}</item>"
            for name, text, media in (
                ("treaty", DUMA, f'<media:content url="{self.url}{self.image}" medium="image"/>'),
                ("storm", STORM, f'<media:thumbnail url="{self.url}/storm.jpg"/>'),
            )
        )
        head = '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harbour Post</title>'
        return f"{head}<language>en</language>{items}</channel></rss>".encode()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Paper)
        self.server.asked.append(self.path)
        body, status = self.server.feed(), 200
        if self.path.endswith(".jpg"):
            time.sleep(self.server.wait)
            body, status = self.server.picture, self.server.status
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def paper() -> Iterator[Paper]:
    with Paper() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def desk_of(folder: Path, paper: Paper, images: str, private: bool = True) -> Desk:
    """Give a desk that reads the paper; its newsletter shows pictures as this says."""
    return Desk(
        folder,
        "title: Test\nlanguages: [en]\nbase_url: https://news.example.org/\nsources:\n"
        f"  - {{feed: '{paper.url}/feed', name: Harbour Post, allow_private: {str(private).lower()}}}\n"
        "newsletters:\n  - title: Morning briefing\n    slug: morning\n    delivery: {sender: 'M <m@example.org>', "
        f"to: [ann@example.org]}}\n{images}",
    )


def pictures(paper: Paper) -> list[str]:
    return [path for path in paper.asked if path.endswith(".jpg")]


def test_no_picture_is_asked_for_by_default(tmp_path: Path, paper: Paper) -> None:
    """A newsletter that asks for none makes no request, and neither does who reads it."""
    desk = desk_of(tmp_path, paper, "")
    desk.build()
    files = desk.files()
    desk.close()
    assert pictures(paper) == []
    for path, body in files.items():
        assert b"<img" not in body, path
        assert b"treaty.jpg" not in body, path


def test_pictures_travel_in_the_mail(tmp_path: Path, paper: Paper) -> None:
    """Each is fetched once for all readers, kept in the store, shown beside the page and sent along with the mail."""
    desk = desk_of(tmp_path, paper, "    images: storylines\n")
    desk.build()
    files = desk.files()
    copies = {path: body for path, body in files.items() if path.endswith(".jpg")}
    assert sorted(pictures(paper)) == ["/storm.jpg", "/treaty.jpg"]
    assert len(copies) == 2
    assert all(path.startswith(FOLDER) for path in copies)
    for path in (f"{FOLDER}index.html", f"{FOLDER}email.html", f"{FOLDER}email.eml", "index.html", "feed.xml"):
        assert paper.url.encode() not in files[path], path
    message = email.message_from_bytes(files[f"{FOLDER}email.eml"], policy=email.policy.default)
    plain, related = message.iter_parts()
    assert (plain.get_content_type(), related.get_content_type()) == ("text/plain", "multipart/related")
    html, *images = related.iter_parts()
    sent = {f"cid:{image['Content-ID'].strip('<>')}": image.get_content() for image in images}
    assert set(re.findall(r'src="([^"]*)"', html.get_content())) == set(sent)
    assert sorted(sent.values()) == sorted(copies.values())
    told = plain.get_content()
    assert told.replace("\r\n", "\n").strip() == files[f"{FOLDER}email.txt"].decode().strip()
    assert (told.count("https://") + html.get_content().count('href="https://')) % 2 == 0
    shown = set(re.findall(r'<img src="([^"]*)"', files[f"{FOLDER}email.html"].decode()))
    assert shown == {f"https://news.example.org/{path}" for path in copies}
    # Nothing new: nothing is asked for or written again, also from an output folder begun anew.
    times = {path: (tmp_path / "out" / path).stat().st_mtime_ns for path in files}
    desk.build()
    assert {path: (tmp_path / "out" / path).stat().st_mtime_ns for path in files} == times
    for path in copies:
        (tmp_path / "out" / path).unlink()
    desk.build()
    assert desk.files() == files
    assert len(pictures(paper)) == 2
    desk.close()


def test_the_lead_alone_and_from_the_site(tmp_path: Path, paper: Paper) -> None:
    """`images: lead` fetches one picture; from the site, mails point at the copy and have nothing attached."""
    desk = desk_of(tmp_path, paper, "    images: lead\n    images_from: site\n")
    desk.build()
    files = desk.files()
    desk.close()
    assert len(pictures(paper)) == 1
    message = email.message_from_bytes(files[f"{FOLDER}email.eml"], policy=email.policy.default)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    (copy,) = [path for path in files if path.endswith(".jpg")]
    body = message.get_body(("html",))
    assert body is not None
    html = body.get_content()
    assert f'src="https://news.example.org/{copy}"' in html
    asked = html.count('href="https://') + html.count('src="https://') + files[f"{FOLDER}email.txt"].count(b"https://")
    assert asked % 2 == 0


def test_links_fetch_nothing_and_never_lead_inside(tmp_path: Path, paper: Paper) -> None:
    """Linking asks the source for nothing; an address in one's own network is not linked to, even of a private feed."""
    desk = desk_of(tmp_path, paper, "    images: storylines\n    images_from: link\n")
    desk.build()
    files = desk.files()
    desk.close()
    assert pictures(paper) == []
    assert b"<img" not in files[f"{FOLDER}email.html"]


def test_a_public_source_cannot_make_us_ask_inside(tmp_path: Path, paper: Paper) -> None:
    """A picture at an inward address of a source of the public internet is neither fetched nor shown."""
    corpus = json.dumps({"title": "Typhoon Yagi", "text": STORM, "image": f"{paper.url}/storm.jpg", "language": "en"})
    desk = desk_of(tmp_path, paper, "    images: storylines\n")
    desk.config.write_text(re.sub(r"  - \{feed.*\}\n", "  - corpus: corpus\n", desk.config.read_text()))
    desk.write("a.jsonl", corpus)
    desk.build()
    files = desk.files()
    desk.close()
    assert paper.asked == []
    assert b"<img" not in files[f"{FOLDER}email.html"]
    assert b"Typhoon" in files[f"{FOLDER}email.html"]


@pytest.mark.parametrize(
    ("status", "body", "again"),
    [(404, b"", False), (503, b"", True), (200, b"<p>Log in</p>", False), (200, b"\xff\xd8\xff", False)],
)
def test_a_picture_that_cannot_be_had_costs_no_edition(
    tmp_path: Path, paper: Paper, status: int, body: bytes, again: bool
) -> None:
    """The edition is made without it; it is asked for again only where that may help, and then shown."""
    paper.status, paper.picture = status, body
    desk = desk_of(tmp_path, paper, "    images: lead\n")
    report = desk.build()
    assert not report.failed
    assert b"<img" not in desk.files()[f"{FOLDER}email.html"]
    paper.status, paper.picture = 200, photo()
    desk.build()
    assert len(pictures(paper)) == (2 if again else 1)
    assert (b"<img" in desk.files()[f"{FOLDER}email.html"]) is again
    desk.close()


def test_a_proof_shows_the_pictures(tmp_path: Path, paper: Paper) -> None:
    """The preview has each picture among the edition's files, in every theme, and finds nothing wrong."""
    desk = desk_of(tmp_path, paper, "    images: storylines\n")
    desk.build()
    room = desk.open()
    edition = room.store.editions.latest("morning", before=None)
    assert edition is not None
    for look in ("morning", "slate", "gazette"):
        made = proof(room, room.publications[0], edition, look=look)
        assert len([path for path in made.files if path.endswith(".jpg")]) == 2
        assert findings(made) == ()
    desk.close()
    assert NOON.date() == edition.date


def test_a_changed_wish_is_seen_before_it_is_kept(tmp_path: Path, paper: Paper) -> None:
    """What would be made with pictures shows them, in the preview too; the edition that was made stays without."""
    desk = desk_of(tmp_path, paper, "")
    desk.build()
    desk.config.write_text(desk.config.read_text() + "    images: lead\n")
    room = desk.open()
    edition = room.store.editions.latest("morning")
    assert edition is not None
    made = asyncio.run(propose(room, room.publications[0], edition))
    assert [telling.picture is not None for telling in made.storylines] == [True, False]
    shown = proof(room, room.publications[0], made)
    (copy,) = [path for path in shown.files if path.endswith(".jpg")]
    assert f'src="https://news.example.org/{copy}"' in shown.text("email.html")
    assert f'src="{copy.rpartition("/")[2]}"' in shown.text("index.html")
    assert room.store.editions.latest("morning") == edition
    desk.close()


def test_an_edition_does_not_wait_for_ever(tmp_path: Path, paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that keeps its picture back costs the edition that picture and a bounded time; the next build has it."""
    monkeypatch.setattr("briefing.pipeline.picturing._PATIENCE", 0.5)
    paper.wait = 4.0
    desk = desk_of(tmp_path, paper, "    images: lead\n")
    report = desk.build()
    assert not report.failed
    assert b"<img" not in desk.files()[f"{FOLDER}email.html"]
    paper.wait = 0.0
    monkeypatch.undo()
    desk.build()
    assert b"<img" in desk.files()[f"{FOLDER}email.html"]
    desk.close()
