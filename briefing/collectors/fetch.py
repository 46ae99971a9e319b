"""The one polite HTTP client: conditional requests, limits of size, time and rate, the public internet only.

It keeps no cookies, sends no Referer, and says who asks. What it learns for the next time (validators, moves, waiting
times) it returns; remembering is the caller's.
"""

from __future__ import annotations

import asyncio
import functools
import re
import ssl
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin
from weakref import WeakKeyDictionary

import httpcore
import httpx

from briefing.collectors.answers import Answer, shown, user_agent
from briefing.collectors.decoding import ACCEPTED, BadCodingError, TooLargeError, read
from briefing.collectors.network import GuardedBackend, RefusedAddressError, UnresolvedError
from briefing.errors import CollectError

_REDIRECTS = 5
_DIGITS = re.compile("[0-9]+")
_CONNECTIONS = 64
_CONNECT = timedelta(seconds=5)
_SPACING = timedelta(seconds=1)
_REMEMBER_DOWN = 30.0  # seconds for which an unreachable host is not tried again
_LONGEST_WAIT = timedelta(days=7)
_PERMANENT = {301, 308}
_REDIRECT = _PERMANENT | {302, 303, 307}
_CONNECTING = (httpcore.ConnectError, httpcore.ConnectTimeout, UnresolvedError)


@dataclass
class _Session:
    """What belongs to one event loop."""

    pools: dict[bool, httpcore.AsyncConnectionPool]
    hosts: dict[str, asyncio.Lock] = field(default_factory=dict)
    starts: dict[str, float] = field(default_factory=dict)
    down: dict[str, tuple[float, str]] = field(default_factory=dict)


class Client:
    """Fetches politely; one for the whole program, so that its limits hold across sources.

    A host gets one request at a time and one a ``spacing``; connecting may take five seconds, and a whole answer
    ``timeout``. A host that did not answer is not asked again for half a minute. ``contact`` is a web or e-mail address
    for the publishers.
    """

    def __init__(
        self,
        contact: str | None = None,
        timeout: timedelta = timedelta(seconds=20),
        max_size: int = 5_000_000,
        spacing: timedelta = _SPACING,
    ) -> None:
        self._agent = user_agent(contact)
        self._timeout = timeout.total_seconds()
        self._max_size = max_size
        self._spacing = spacing.total_seconds()
        self._sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, _Session] = WeakKeyDictionary()

    async def get(
        self,
        subject: str,
        url: str,
        now: datetime,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        private: bool = False,
        accept: str = "*/*",
    ) -> Answer:
        """Fetch an address, following at most five redirects.

        The validators are sent exactly as given. ``private`` allows addresses outside the public internet. Any final
        status is an answer. Raises CollectError, on ``subject``, when there is none within the limits.
        """
        headers = {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": ACCEPTED}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        patience = self._timeout
        # The state is stored, so an address with a login in it is not remembered.
        permanent, temporary, here = not _parsed(subject, url).userinfo, False, url
        for _ in range(_REDIRECTS + 1):
            target = _parsed(subject, here)
            session = self._session()
            async with session.hosts.setdefault(target.host, asyncio.Lock()):
                await self._wait_turn(session, subject, target.host)
                started = time.monotonic()
                answer, location = await self._once(session, subject, target, headers, now, private, patience)
                patience = max(patience - (time.monotonic() - started), 0.01)
            if location is None:
                lasting = permanent and answer.status in {200, 304}
                moved = here if here != url and lasting else None
                return replace(answer, moved_to=moved, temporarily=temporary)
            following = _joined(subject, target, location)
            permanent &= answer.status in _PERMANENT and not (
                here.startswith("https:") and following.startswith("http:")
            )
            temporary |= answer.status not in _PERMANENT
            here = following
        raise CollectError(subject, f"{shown(url)} redirects more than {_REDIRECTS} times")

    def _session(self) -> _Session:
        loop = asyncio.get_running_loop()
        if loop not in self._sessions:
            self._sessions[loop] = _Session(
                {
                    private: httpcore.AsyncConnectionPool(
                        ssl_context=_trust(),
                        max_connections=_CONNECTIONS,
                        max_keepalive_connections=0,  # sources are asked hourly at most: nothing stays open in between
                        http2=True,
                        network_backend=GuardedBackend(private=private),
                    )
                    for private in (False, True)
                }
            )
        return self._sessions[loop]

    async def _wait_turn(self, session: _Session, subject: str, host: str) -> None:
        """Wait until the host may be asked again, or raise as soon as another request finds it out of reach."""
        now = time.monotonic()
        start = max(now, session.starts.get(host, -self._spacing) + self._spacing)
        session.starts[host] = start
        while True:
            since, reason = session.down.get(host, (0.0, ""))
            now = time.monotonic()
            if reason and now - since < _REMEMBER_DOWN:
                raise CollectError(subject, reason, transient=True)
            if now >= start:
                return
            await asyncio.sleep(min(start - now, 0.1))

    async def _once(
        self,
        session: _Session,
        subject: str,
        target: httpx.URL,
        headers: dict[str, str],
        now: datetime,
        private: bool,
        patience: float,
    ) -> tuple[Answer, str | None]:
        host = target.host
        try:
            async with asyncio.timeout(patience):
                return await self._exchange(session.pools[private], subject, target, headers, now)
        except RefusedAddressError as error:
            message = f"{host} is at {error.address}, which is not on the public internet"
            raise CollectError(subject, f"{message}; set allow_private: true if you trust it") from error
        except TooLargeError as error:
            message = f"{host} sent more than {self._max_size / 1e6:g} MB; raise http: max_size if it may be so large"
            raise CollectError(subject, message) from error
        except BadCodingError as error:
            raise CollectError(subject, f"{host} sent an answer that is {error}", transient=True) from error
        except TimeoutError as error:
            message = f"{host} did not answer in full within {self._timeout:g} s"
            session.down[host] = (time.monotonic(), message)
            raise CollectError(subject, message, transient=True) from error
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, UnresolvedError) as error:
            message, transient = _reason(host, error)
            if isinstance(error, _CONNECTING) and transient:
                session.down[host] = (time.monotonic(), message)
            raise CollectError(subject, message, transient=transient) from error
        except httpcore.UnsupportedProtocol as error:
            raise CollectError(subject, f"{shown(str(target))} is neither http:// nor https://") from error

    async def _exchange(
        self,
        pool: httpcore.AsyncConnectionPool,
        subject: str,
        target: httpx.URL,
        headers: dict[str, str],
        now: datetime,
    ) -> tuple[Answer, str | None]:
        connect = min(_CONNECT.total_seconds(), self._timeout)
        limits = {"connect": connect, "read": self._timeout, "write": self._timeout, "pool": self._timeout}
        request = httpx.Request("GET", target.copy_with(userinfo=b""), headers=headers | _credentials(target))
        async with pool.stream(
            b"GET",
            httpcore.URL(
                scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path or b"/"
            ),
            headers=request.headers.raw,
            extensions={"timeout": limits},
        ) as response:
            got = httpx.Headers(response.headers)
            body = b""
            if response.status == HTTPStatus.OK:
                length = got.get("content-length", "")
                if _DIGITS.fullmatch(length) and int(length[:20]) > self._max_size:
                    raise TooLargeError
                body = await read(response.aiter_stream(), got.get("content-encoding", ""), self._max_size)
        location = got.get("location") if response.status in _REDIRECT else None
        if response.status in _REDIRECT and not location:
            raise CollectError(
                subject, f"{target.host} redirects to nowhere (answer {response.status} without Location)"
            )
        return _answer(str(target.copy_with(userinfo=b"")), response.status, got, body, now), location


@functools.cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _parsed(subject: str, url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise CollectError(subject, f"{shown(url)!r} is not a web address") from error
    if target.scheme not in {"http", "https"} or not target.host:
        raise CollectError(subject, f"{shown(url)!r} is neither http:// nor https://")
    return target


def _joined(subject: str, target: httpx.URL, location: str) -> str:
    """Give where a redirect leads; a login goes along only to the same host, and not from https to http."""
    try:
        address = urldefrag(urljoin(str(target), location)).url
    except ValueError as error:
        raise CollectError(subject, f"{target.host} redirects to {shown(location)!r}, not a web address") from error
    following = _parsed(subject, address)
    same = following.netloc == target.netloc and following.scheme in {target.scheme, "https"}
    return str(following.copy_with(userinfo=target.userinfo)) if same else address


def _credentials(target: httpx.URL) -> dict[str, str]:
    if not target.userinfo:
        return {}
    request = next(httpx.BasicAuth(target.username, target.password).auth_flow(httpx.Request("GET", target)))
    return {"Authorization": request.headers["Authorization"]}


def _reason(host: str, error: Exception) -> tuple[str, bool]:
    certificate = _certificate(error)
    if certificate is not None:
        return f"{host} has no valid certificate ({certificate})", False
    if isinstance(error, UnresolvedError):
        return f"could not resolve {host}: no network, or no such host", True
    if isinstance(error, httpcore.ConnectTimeout):
        return f"could not connect to {host} within {_CONNECT.total_seconds():g} s", True
    if isinstance(error, httpcore.ConnectError):
        return f"could not connect to {host} ({error or 'no answer'})", True
    if isinstance(error, httpcore.TimeoutException):
        return f"{host} did not answer in time", True
    return f"{host} broke off or does not speak HTTP ({error or type(error).__name__})", True


def _certificate(error: BaseException) -> str | None:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return seen.verify_message
        seen = seen.__cause__ or seen.__context__
    return None


def _answer(url: str, status: int, headers: httpx.Headers, body: bytes, now: datetime) -> Answer:
    media_type, _, parameters = headers.get("content-type", "").partition(";")
    charset = re.search(r"""charset\s*=\s*["']?([\w.:-]+)""", parameters, re.IGNORECASE)
    return Answer(
        url=url,
        status=status,
        body=body,
        media_type=media_type.strip().lower(),
        charset=charset[1] if charset else None,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        max_age=_max_age(headers),
        retry_after=_retry_after(headers.get("retry-after"), now),
    )


def _max_age(headers: httpx.Headers) -> timedelta | None:
    match = re.search(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", headers.get("cache-control", ""), re.IGNORECASE)
    if match is None:
        return None
    age = headers.get("age", "")
    spent = int(age[:10]) if _DIGITS.fullmatch(age) else 0
    return min(timedelta(seconds=max(int(match[1]) - spent, 0)), _LONGEST_WAIT)


def _retry_after(value: str | None, now: datetime) -> datetime | None:
    if not value:
        return None
    if _DIGITS.fullmatch(value.strip()):
        return now + min(timedelta(seconds=int(value.strip()[:10])), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return min(max(moment, now), now + _LONGEST_WAIT)
