"""What a publisher answered, and the words for it: who asks, what a status means, how an address is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class Answer:
    """What a publisher answered.

    ``url`` is where the answer came from in the end; ``moved_to`` is set where every redirect on the way was permanent,
    ``temporarily`` where one was not.
    ``max_age`` is how long the answer is fresh, ``retry_after`` the instant before which not to come again. ``body`` is
    empty unless ``status`` is 200; ``charset`` is the one that the Content-Type names.
    """

    url: str
    status: int
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    temporarily: bool = False
    max_age: timedelta | None = None
    retry_after: datetime | None = None


def user_agent(contact: str | None) -> str:
    """Give the User-Agent: the program, its version, and how to reach whoever runs it."""
    try:
        release = version("briefing")
    except PackageNotFoundError:
        release = "0"
    if contact and "@" in contact and "://" not in contact:
        contact = f"mailto:{contact}"
    return f"briefing/{release} (+{contact})" if contact else f"briefing/{release}"


def explain(status: int) -> str:
    """Say what a status means that is not the wished for one."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "an unknown status"
    hints = {
        401: "it wants a login",
        403: "it refuses programs, or us",
        404: "the address may be wrong or outdated",
        451: "it may not be shown here for legal reasons",
    }
    hint = hints.get(status, "the fault is the publisher's" if status >= 500 else "")
    return f"answered {status} {phrase}" + (f": {hint}" if hint else "")


def shown(url: str) -> str:
    """Give an address as messages may show it: without login and query, which can hold keys."""
    return re.sub(r"(?<=://)[^/?#]*@", "", re.split(r"[?#]", url[:300])[0])
