"""A WebSub hub: told that feeds have something new, it tells whoever subscribed to them through it.

WebSub (https://www.w3.org/TR/websub/) leaves open how a publisher tells its hub; what hubs understand is the form that
PubSubHubbub 0.3 §7.1 gave it: ``hub.mode=publish`` and a ``hub.url`` for each feed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlencode

import httpx

from briefing.errors import DeliveryError

_AT_ONCE = 50
_TRIES = 2
_PAUSE = 1.0


class Hub:
    """The hub at an address; ``agent`` is what it is told of us, ``timeout`` in seconds is for each question."""

    def __init__(self, url: str, agent: str, timeout: float = 10.0) -> None:
        self.url = url
        self._agent = agent
        self._timeout = timeout

    async def publish(self, topics: Sequence[str]) -> None:
        """Tell the hub of the feeds at these addresses, some dozens at a time. Raises DeliveryError."""
        async with httpx.AsyncClient(timeout=self._timeout, headers={"User-Agent": self._agent}) as client:
            for start in range(0, len(topics), _AT_ONCE):
                await self._tell(client, topics[start : start + _AT_ONCE])

    async def _tell(self, client: httpx.AsyncClient, topics: Sequence[str]) -> None:
        form = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)])
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        wrong = ""
        for again in range(_TRIES):
            await asyncio.sleep(again * _PAUSE)
            try:
                # The headers alone are read: what a hub writes below them is for people.
                async with client.stream("POST", self.url, content=form, headers=kind) as answer:
                    if answer.is_success:
                        return
                    wrong = f"it answered {answer.status_code}"
                    if answer.status_code < 500 and answer.status_code != 429:
                        break
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                wrong = f"it cannot be reached ({type(error).__name__})"
        raise DeliveryError(
            self.url, f"{wrong}; check `hub`. Readers find the new entries when they ask next", transient=True
        )
