"""The polite client against a real server: limits, redirects, manners and messages."""

import asyncio
import gzip
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import brotli
import pytest

from briefing.collectors import network
from briefing.collectors.answers import Answer
from briefing.collectors.fetch import Client
from briefing.errors import CollectError

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def get(client: Client, url: str, **options: object) -> Answer:
    return asyncio.run(client.get("test", url, NOW, **({"private": True} | options)))  # type: ignore[arg-type]


def failure(client: Client, url: str, **options: object) -> CollectError:
    with pytest.raises(CollectError) as caught:
        get(client, url, **options)
    assert caught.value.subject == "test"
    assert "\n" not in str(caught.value)
    return caught.value


def test_an_answer_comes_back_whole(site, client):
    """Body, type, charset and validators are given exactly as sent."""
    url = site.serve(
        "/feed", "sương", Content_Type='text/xml; charset="UTF-8"', ETag='W/"a,b"', Last_Modified="yesterday"
    )
    assert get(client, url) == Answer(
        url, 200, "sương".encode(), "text/xml", "UTF-8", etag='W/"a,b"', last_modified="yesterday"
    )


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_packed_answers_are_asked_for_and_unpacked(site, client, coding, pack):
    """Both codings that we accept are understood."""
    assert get(client, site.serve("/feed", pack(b"x" * 9999), Content_Encoding=coding)).body == b"x" * 9999
    assert coding in site.asked[0][1]["accept-encoding"]


def test_requests_say_who_asks_and_nothing_more(site, client):
    """One User-Agent with a contact; no cookies though offered, no Referer after a redirect, nothing invented."""
    site.serve("/feed", status=302, Location="/there", Set_Cookie="a=b; Path=/")
    site.serve("/there", "x", Set_Cookie="c=d")
    get(client, site.url("/feed"))
    get(client, site.url("/there"))
    for _, headers in site.asked:
        assert headers["user-agent"].startswith("briefing/")
        assert headers["user-agent"].endswith("(+https://example.org/us)")
        assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_validators_are_echoed_exactly(site, client):
    """Quotes, weakness marks and odd dates go back as they came, to the end of the redirects."""
    site.serve("/old", status=302, Location="/feed")
    site.serve("/feed", status=304)
    assert get(client, site.url("/old"), etag='W/"a"', last_modified="Tue, 1 Jan").status == 304
    assert site.asked[1][1]["if-none-match"] == 'W/"a"'
    assert site.asked[1][1]["if-modified-since"] == "Tue, 1 Jan"


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308,), True), ((301, 308), True), ((302,), False), ((307,), False), ((301, 302), False),
     ((303, 301), False)],
)  # fmt: skip
def test_only_permanent_redirects_move_a_source(site, client, statuses, moved):
    """A source moves if every redirect on the way is 301 or 308."""
    for number, status in enumerate(statuses):
        site.serve(f"/{number}", status=status, Location=f"/{number + 1}")
    end = site.serve(f"/{len(statuses)}", "here")
    answer = get(client, site.url("/0"))
    assert (answer.url, answer.body) == (end, b"here")
    assert answer.moved_to == (end if moved else None)


def test_redirects_end(site, client):
    """A loop of redirects is given up after five."""
    site.serve("/a", status=302, Location="/a")
    assert "redirects more than 5 times" in str(failure(client, site.url("/a")))
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "target", ["ftp://example.org/x", "file:///etc/passwd", "gopher://x", "javascript:1", "http://[::"]
)
def test_redirects_lead_only_to_the_web(site, client, target):
    """A redirect to another scheme, or to no address at all, is refused."""
    site.serve("/a", status=301, Location=target)
    assert "http" in str(failure(client, site.url("/a")))


def test_a_redirect_without_location_is_an_error(site, client):
    """A 302 that leads nowhere says so."""
    assert "redirects to nowhere" in str(failure(client, site.serve("/a", status=302)))


def test_a_private_address_is_refused_with_the_mend(site, client):
    """A loopback address is not asked unless the source allows it, and the message says how."""
    url = site.serve("/feed", "secret")
    message = str(failure(client, url, private=False))
    assert "not on the public internet" in message
    assert "allow_private: true" in message
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(site, client, monkeypatch):
    """Each redirect is judged anew: what may be asked cannot lead to what may not."""
    monkeypatch.setattr(network, "is_public", lambda address: str(address) == "127.0.0.1")
    site.serve("/feed", status=301, Location=site.url("/inside", "127.0.0.2"))
    assert "127.0.0.2, which is not on the public internet" in str(failure(client, site.url("/feed"), private=False))
    assert [path for path, _ in site.asked] == ["/feed"]


@pytest.mark.parametrize("announced", [True, False])
def test_a_huge_answer_is_not_read(site, client, announced):
    """An answer above the limit is refused by its announced length, or as soon as it exceeds it."""
    sent = []

    def flood(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        if announced:
            request.send_header("Content-Length", str(10**12))
        request.end_headers()
        for _ in range(2000):
            request.wfile.write(bytes(65_536))
            sent.append(1)

    site.routes["/feed"] = flood
    error = failure(client, site.url("/feed"))
    assert "more than 0.2 MB" in str(error)
    assert "max_size" in str(error)
    assert len(sent) < 500


def test_a_bomb_is_refused(site, client):
    """100 MB in 100 KB are not unpacked."""
    url = site.serve("/feed", gzip.compress(bytes(100_000_000)), Content_Encoding="gzip")
    assert "more than 0.2 MB" in str(failure(client, url))


def test_a_server_that_never_answers_is_given_up(site):
    """Time is limited as a whole, and the message says by how much; trying again may help."""
    done = threading.Event()
    site.routes["/feed"] = lambda request: done.wait(10)
    client = Client(timeout=timedelta(seconds=1), spacing=timedelta(0))
    error = failure(client, site.url("/feed"))
    done.set()
    assert "within 1 s" in str(error)
    assert error.transient


def test_a_silent_host_fails_all_its_feeds_together(site):
    """A host that takes a request and never answers does not cost each of its feeds the whole time."""
    done = threading.Event()
    site.routes["/feed"] = lambda request: done.wait(10)
    client = Client(timeout=timedelta(seconds=1), spacing=timedelta(0))

    async def many() -> list[object]:
        jobs = (client.get("test", site.url("/feed"), NOW, private=True) for _ in range(20))
        return await asyncio.gather(*jobs, return_exceptions=True)

    before = time.monotonic()
    failures = asyncio.run(many())
    done.set()
    assert time.monotonic() - before < 8
    assert all(isinstance(failure, CollectError) for failure in failures)
    assert len(site.asked) == 1


def test_a_server_that_drips_is_given_up(site):
    """A byte now and then does not extend the time."""
    done = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not done.wait(0.05):
            request.wfile.write(b"x")

    site.routes["/feed"] = drip
    before = time.monotonic()
    failure(Client(timeout=timedelta(seconds=1), spacing=timedelta(0)), site.url("/feed"))
    assert time.monotonic() - before < 5
    done.set()


def test_a_broken_connection_is_an_error(site, client):
    """An answer that ends before its announced length is not taken for whole."""

    def half(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"half")
        request.close_connection = True

    site.routes["/feed"] = half
    error = failure(client, site.url("/feed"))
    assert "broke off" in str(error)
    assert error.transient


def test_something_that_is_not_http_is_an_error(client):
    """A port where something else speaks is named as such."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def speak() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

        thread = threading.Thread(target=speak)
        thread.start()
        error = failure(client, f"http://127.0.0.1:{listener.getsockname()[1]}/feed")
        thread.join()
    assert "does not speak HTTP" in str(error)


def test_a_closed_port_and_an_unknown_host_are_told_apart(client):
    """Not resolving and not connecting are different messages; both may pass."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    refused = failure(client, f"http://127.0.0.1:{port}/")
    unknown = failure(client, "http://no-such-host.invalid/")
    assert "could not connect to 127.0.0.1" in str(refused)
    assert "could not resolve no-such-host.invalid" in str(unknown)
    assert refused.transient
    assert unknown.transient


def test_an_unreachable_host_is_tried_once_for_all_its_feeds(monkeypatch):
    """Thirty feeds of one host that does not resolve fail together in the time of one."""
    asked = []

    def slow(*_: object, **__: object) -> list[object]:
        asked.append(1)
        time.sleep(0.3)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(network.socket, "getaddrinfo", slow)
    client = Client()

    async def all_of_them() -> list[BaseException]:
        jobs = (client.get("test", f"https://news.example/{n}", NOW) for n in range(30))
        return await asyncio.gather(*jobs, return_exceptions=True)  # type: ignore[return-value]

    before = time.monotonic()
    failures = asyncio.run(all_of_them())
    assert time.monotonic() - before < 8
    assert {str(error) for error in failures} == {"test: could not resolve news.example: no network, or no such host"}
    assert len(asked) == 1


def test_a_host_is_asked_one_at_a_time_and_spaced(site):
    """Requests to one host keep a distance, and no more than one is under way."""
    under_way, most, starts = 0, 0, []
    lock = threading.Lock()

    def slow(request: BaseHTTPRequestHandler) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
            starts.append(time.monotonic())
        time.sleep(0.02)
        with lock:
            under_way -= 1
        request.send_response(404)
        request.end_headers()

    site.routes["/feed"] = slow
    client = Client(spacing=timedelta(seconds=0.1))

    async def many() -> None:
        await asyncio.gather(*(client.get("test", site.url("/feed"), NOW, private=True) for _ in range(5)))

    asyncio.run(many())
    assert most == 1
    assert min(later - earlier for earlier, later in pairwise(starts)) > 0.05


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", NOW + timedelta(minutes=2)),
        ("Wed, 04 Mar 2026 06:06:07 GMT", NOW + timedelta(hours=1)),
        ("Wed, 04 Mar 2020 06:06:07 GMT", NOW),
        ("99999999999999999999", NOW + timedelta(days=7)),
        ("Mon, 01 Jan 2035 00:00:00 GMT", NOW + timedelta(days=7)),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_retry_after_is_read_as_seconds_and_as_a_date(site, client, value, expected):
    """Both forms are obeyed, up to a week; nonsense is no wish."""
    assert (
        get(client, site.serve("/feed", status=503, Retry_After=value.encode().decode("latin-1"))).retry_after
        == expected
    )


@pytest.mark.parametrize(
    ("value", "age", "expected"),
    [
        ("public, max-age=600", "", 600),
        ("MAX-AGE=600", "100", 500),
        ('max-age="60"', "", 60),
        ("max-age=60", "900", 0),
        ("s-maxage=600", "", None),
        ("no-cache", "", None),
        ("max-age=99999999999", "", 604800),
    ],
)
def test_freshness_is_read_from_cache_control(site, client, value, age, expected):
    """max-age counts, less the age that the answer already has; only that directive."""
    url = site.serve("/feed", "x", Cache_Control=value, **({"Age": age} if age else {}))
    found = get(client, url).max_age
    assert (found and found.total_seconds()) == expected or found == timedelta(seconds=expected or 0)


def test_a_login_in_the_address_is_sent_but_not_shown(site, client):
    """User and password of an address become Basic authentication, and appear in no message."""
    site.serve("/feed", "x")
    get(client, site.url("/feed").replace("//", "//me:pa%20ss@"))
    assert site.asked[0][1]["authorization"] == "Basic bWU6cGEgc3M="
    site.serve("/loop?key=s3cret", status=302, Location="/loop?key=s3cret")
    for address in (
        "http://me:hunter2@no-such-host.invalid/feed",
        site.url("/loop?key=s3cret").replace("//", "//me:hunter2@"),
    ):
        message = str(failure(client, address))
        assert "hunter2" not in message
        assert "s3cret" not in message


def test_a_login_stays_with_its_host(site, client):
    """A redirect takes the login along on the same host, and not to another; a source with a login does not move."""
    site.serve("/feed", status=301, Location="/next")
    site.serve("/next", status=301, Location=site.url("/last", "localhost"))
    site.serve("/last", "here")
    answer = get(client, site.url("/feed").replace("//", "//me:pass@"))
    assert answer.moved_to is None
    assert ["authorization" in headers for _, headers in site.asked] == [True, True, False]
    assert answer.body == b"here"


def test_the_client_serves_one_loop_after_another(site, client):
    """The same client works in every event loop the program starts."""
    url = site.serve("/feed", "x")
    assert [get(client, url).status for _ in range(3)] == [200, 200, 200]
