from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from briefing.web.site import site

FEED = b"<rss>" + b"x" * 1000 + b"</rss>"


@pytest.fixture
def client(tmp_path: Path, serving: Any) -> Iterator[httpx.Client]:
    out = tmp_path / "out"
    (out / "storylines" / "treaty").mkdir(parents=True)
    (out / "index.html").write_text("<h1>Briefing</h1>")
    (out / "feed.xml").write_bytes(FEED)
    (out / "storylines" / "treaty" / "index.html").write_text("<h1>Treaty</h1>")
    (out / ".draft.html").write_text("not published")
    (tmp_path / "secret.txt").write_text("secret")
    (out / "leak.txt").symlink_to(tmp_path / "secret.txt")
    with serving(site(out)) as made:
        yield made


def test_a_feed_has_type_validators_and_manners(client: httpx.Client) -> None:
    """A feed is served as application/rss+xml with a strong ETag, Last-Modified, Vary and max-age, gzipped."""
    answer = client.get("/feed.xml", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["etag"].endswith('-gzip"')
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "max-age=" in answer.headers["cache-control"]
    assert answer.content == FEED


def test_the_etag_varies_with_the_coding(client: httpx.Client) -> None:
    """The plain and the gzipped form never share a strong validator."""
    plain = client.get("/feed.xml", headers={"Accept-Encoding": "identity"})
    zipped = client.get("/feed.xml", headers={"Accept-Encoding": "gzip"})
    assert plain.headers["etag"] != zipped.headers["etag"]


@pytest.mark.parametrize("accept", ["gzip;q=0", "identity", "br", ""])
def test_gzip_only_where_it_is_accepted(client: httpx.Client, accept: str) -> None:
    """A client that does not accept gzip gets the bytes as they are."""
    answer = client.get("/feed.xml", headers={"Accept-Encoding": accept})
    assert "content-encoding" not in answer.headers


def test_both_conditional_forms_give_304(client: httpx.Client) -> None:
    """If-None-Match and If-Modified-Since each give 304 with the validators and no body."""
    first = client.get("/feed.xml")
    for condition in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"other", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        answer = client.get("/feed.xml", headers=condition)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == first.headers["etag"]


def test_a_changed_tag_outranks_the_date(client: httpx.Client) -> None:
    """Where the tag differs the file is sent, whatever If-Modified-Since says (RFC 9110 §13.2.2)."""
    first = client.get("/feed.xml")
    headers = {"If-None-Match": '"old"', "If-Modified-Since": first.headers["last-modified"]}
    assert client.get("/feed.xml", headers=headers).status_code == 200


def test_folders_have_pages(client: httpx.Client) -> None:
    """A folder answers with its index.html, and without the slash sends there."""
    assert client.get("/").text == "<h1>Briefing</h1>"
    assert client.get("/storylines/treaty/").text == "<h1>Treaty</h1>"
    assert client.get("/storylines/treaty").headers["location"] == "/storylines/treaty/"


@pytest.mark.parametrize(
    "path",
    ["/none.html", "/../secret.txt", "/%2e%2e/secret.txt", "/leak.txt", "/.draft.html", "/%00", f"/{'a' * 5000}"],
)
def test_only_what_is_published_is_served(client: httpx.Client, path: str) -> None:
    """Missing, hidden, outside (also through a link) and impossible names are all a plain 404."""
    assert client.get(path).status_code == 404


def test_head_has_no_body(client: httpx.Client) -> None:
    """HEAD gives the headers of GET and nothing else."""
    answer = client.head("/feed.xml")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]


def test_pages_may_not_be_scripted_from_elsewhere(client: httpx.Client) -> None:
    """Every answer carries a Content-Security-Policy without unsafe-inline."""
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_pictures_may_come_from_elsewhere_only_where_pages_show_them(tmp_path: Path, serving: Any) -> None:
    """The policy lets pictures of other hosts in where a newsletter links to them, and nothing else then either."""
    (tmp_path / "index.html").write_text("<h1>Latest</h1>")
    with serving(site(tmp_path)) as strict, serving(site(tmp_path, remote_pictures=True)) as open_:
        policy = strict.get("/").headers["content-security-policy"]
        assert "img-src 'self' data:;" in policy
        opened = open_.get("/").headers["content-security-policy"]
        assert opened == policy.replace("img-src 'self' data:;", "img-src 'self' data: https:;")
