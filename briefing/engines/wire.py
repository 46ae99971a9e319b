"""One polite JSON request to a model's server: tried again when it may help, given up when it does not."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from briefing.errors import EngineError

_LATER = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LONGEST_ANSWER = 4_000_000  # bytes
_TOLD = 200  # characters of a server's complaint that are shown


@dataclass
class Breaker:
    """Stops asking a server that failed ``after`` times in a row, for ``rest`` seconds.

    Nygard, "Release It!", 2007: a call that will fail should fail at once.
    """

    after: int = 3
    rest: float = 300.0
    clock: Callable[[], float] = time.monotonic
    failures: int = 0
    opened: float = field(default=float("-inf"))

    def check(self, subject: str) -> None:
        """Raise EngineError while the server rests."""
        left = self.opened + self.rest - self.clock()
        if self.failures >= self.after and left > 0:
            raise EngineError(
                subject, f"failed {self.failures} times in a row, asked again in {left:.0f} s", transient=True
            )

    def note(self, worked: bool) -> None:
        """Remember how a call went."""
        self.failures = 0 if worked else self.failures + 1
        if not worked:
            self.opened = self.clock()


class Wire:
    """Posts JSON to one server. ``transport`` replaces the network, ``sleep`` the waiting, in tests."""

    def __init__(
        self,
        subject: str,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 2,
        max_wait: float = 20.0,
        breaker: Breaker | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.subject = subject
        self.retries = retries
        self.max_wait = max_wait
        self.breaker = breaker or Breaker()
        self.timeout = timeout
        self._sleep = sleep
        self._secrets = [value.removeprefix("Bearer ") for value in (headers or {}).values() if len(value) > 12]
        self._client = httpx.Client(headers=dict(headers or {}), timeout=timeout, transport=transport)

    def post(self, url: str, body: Mapping[str, Any], *, deadline: float | None = None) -> Any:
        """Post and give the JSON of the answer.

        Tried ``1 + retries`` times on transport errors and on statuses that mean "later" (Retry-After is obeyed, up
        to ``max_wait`` seconds). ``deadline`` is the monotonic time after which nothing is begun any more and reading
        stops. Raises EngineError (``refused`` in its ``__cause__`` where the server gave a status).
        """
        self.breaker.check(self.subject)
        for attempt in range(self.retries + 1):
            try:
                answer = self._once(url, body, deadline)
            except _RefusedError as refused:
                last = attempt == self.retries or not refused.later or _over(deadline, refused.wait)
                if last:
                    self.breaker.note(worked=not refused.later)
                    raise EngineError(self.subject, str(refused), transient=refused.later) from refused
                self._sleep(min(refused.wait or 2.0**attempt, self.max_wait))
                continue
            self.breaker.note(worked=True)
            return answer
        raise AssertionError("unreachable")  # pragma: no cover

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _once(self, url: str, body: Mapping[str, Any], deadline: float | None) -> Any:
        started = time.monotonic()
        until = min(started + self.timeout, deadline if deadline is not None else float("inf"))
        if started >= until:
            raise _RefusedError("no time left for it", later=False)
        try:
            with self._client.stream("POST", url, json=body, timeout=max(0.05, until - started)) as response:
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > _LONGEST_ANSWER or time.monotonic() > until:
                        raise _RefusedError("its answer is too long or too slow", later=True)
        except httpx.HTTPError as error:
            raise _RefusedError(
                f"{type(error).__name__}: {self._clean(str(error))}".rstrip(": "), later=True
            ) from error
        if response.status_code != 200:
            raise _RefusedError(
                f"HTTP {response.status_code}: {self._clean(bytes(content).decode('utf-8', 'replace'))}",
                # A server that trips over the form asked for does so every time.
                later=response.status_code in _LATER and b"response_format" not in content,
                wait=_wait(response.headers.get("retry-after")),
                status=response.status_code,
            )
        try:
            return httpx.Response(200, content=bytes(content)).json()
        except ValueError as error:
            raise _RefusedError("its answer is no JSON", later=True) from error

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return " ".join(text.split())[:_TOLD]


class _RefusedError(Exception):
    """One attempt that gave nothing; ``later`` whether another may, ``wait`` the seconds the server asked for."""

    def __init__(self, message: str, *, later: bool, wait: float | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.later = later
        self.wait = wait
        self.status = status


def status_of(error: EngineError) -> int | None:
    """Give the HTTP status that made a request fail, if one did."""
    cause = error.__cause__
    return cause.status if isinstance(cause, _RefusedError) else None


def _over(deadline: float | None, wait: float | None) -> bool:
    return deadline is not None and time.monotonic() + (wait or 0.0) >= deadline


def _wait(retry_after: str | None) -> float | None:
    """Seconds of a Retry-After header, given as seconds or as a date (RFC 9110, 10.2.3)."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None
