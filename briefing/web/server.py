"""Running a web application on a port until it is told to stop, alone or beside the schedule."""

from __future__ import annotations

import asyncio
import signal
import socket
import webbrowser
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import uvicorn

from briefing.errors import ConfigError
from briefing.schedule import Desk, Missed, running

Say = Callable[[str], None]
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(application: Any, host: str, port: int, say: Say, open_browser: str | None = None) -> None:
    """Serve an application until interrupted; ``say`` is told its address, ``open_browser`` a path to show.

    Raises ConfigError where the port cannot be had.
    """
    listener = _listener(host, port)
    address = _address(listener)
    say(address)
    if open_browser is not None:
        webbrowser.open(address + open_browser)
    _run(_server(application).serve(sockets=[listener]))


def serve_scheduled(desk: Desk, missed: Missed, pages: Any | None, host: str, port: int, say: Say) -> None:
    """Run the schedule until interrupted, and serve ``pages``, an application, beside it. Raises ConfigError."""
    listener = _listener(host, port) if pages is not None else None

    async def both() -> None:
        async with running(desk, missed, lambda: datetime.now(UTC)):
            if pages is None or listener is None:
                await _interrupted()
                return
            say(f"Pages and feeds at {_address(listener)} (Ctrl-C ends it)")
            await _server(pages).serve(sockets=[listener])

    _run(both())


def _run(work: Coroutine[Any, Any, None]) -> None:
    # An interrupt is how a service is meant to end: its work is finished by then, so it ends without a word.
    with suppress(KeyboardInterrupt):
        asyncio.run(work)


@contextmanager
def _told_to_stop(stop: Callable[[], object]) -> Iterator[None]:
    """Call ``stop`` on SIGINT and SIGTERM for as long as the block lasts."""
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


async def _interrupted() -> None:
    stop = asyncio.Event()
    with _told_to_stop(stop.set):
        await stop.wait()


class _Server(uvicorn.Server):
    """A server that ends when told to and leaves the process alive, so that what runs beside it can be finished."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals without raising them again at the end, as uvicorn does: SIGTERM would kill at once."""
        with _told_to_stop(self._stop):
            yield

    def _stop(self) -> None:
        self.force_exit, self.should_exit = self.should_exit, True


def _server(application: Any) -> uvicorn.Server:
    return _Server(uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=2, server_header=False))


def _listener(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigError(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port") from error
    except OverflowError as error:
        raise ConfigError(f"{port} is not a port: choose one from 0 to 65535") from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
