"""A page in a real browser, and everything the browser complained about on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page


@dataclass(frozen=True)
class Watched:
    """A page, and everything the browser complained about on it."""

    page: Page
    complaints: list[str]


@contextmanager
def watched(chromium: Browser, base: Any, **options: Any) -> Iterator[Watched]:
    """Give a new page of a server that notes every error, refusal and violation of its policy."""
    context = chromium.new_context(base_url=str(base), **options)
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    try:
        yield Watched(page, complaints)
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """Give what axe-core finds on a page and in its frames: rule and the element."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]
