"""How long reading a feed takes, beside feedparser with its own sanitising and resolving, in one run.

Prints milliseconds of both and the ratio for a feed of usual size, the same one broken and cut off, a large one, and
text made to be slow, each read until safe items are there. Run: ``python bench/feeds.py``.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import feedparser

from briefing.collectors.items import NotAFeedError
from briefing.collectors.parsing import read_feed

NOW = datetime(2026, 3, 4, tzinfo=UTC)
BODY = "<p>Mưa lớn gây <a href='/ngap'>ngập</a> &amp; lụt.</p><img src='/anh.jpg' onerror='x()'>" * 6


def feed(items: int) -> bytes:
    """Write a feed whose items hold escaped HTML, as most do."""
    escaped = BODY.replace("&", "&amp;").replace("<", "&lt;")
    item = "<item><guid>{0}</guid><title>Tin số {0}</title><link>https://p.example/{0}</link><description>{1}</description>"
    item += "<pubDate>Tue, 03 Mar 2026 10:00:00 +0700</pubDate></item>"
    body = "".join(item.format(number, escaped) for number in range(items))
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{body}</channel></rss>".encode()


def best(read: Callable[[], object], rounds: int) -> float:
    """Give the milliseconds of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        before = time.perf_counter()
        with suppress(NotAFeedError):
            read()
        times.append(time.perf_counter() - before)
    return min(times) * 1000


usual = feed(25)
broken = usual.replace(b"</title>", b" & more</title>")[:-200]
print(f"{'feed':24}{'KB':>8}{'feedparser ms':>16}{'ours ms':>10}{'ratio':>8}")
for name, data, rounds in (
    ("usual", usual, 20),
    ("broken and cut off", broken, 20),
    ("large", feed(1500), 2),
    ("unclosed items", b"<rss version='2.0'><channel>" + b"<item>" * 10_000, 1),
    ("nothing but <", b"<" * 150_000, 1),
    ("spaces around", b" " * 10_000 + b"<rss>" + b" " * 10_000, 1),
):
    theirs = best(lambda data=data: feedparser.parse(io.BytesIO(data)), rounds)  # type: ignore[misc]
    ours = best(lambda data=data: read_feed(data, "https://p.example/feed", NOW), rounds)  # type: ignore[misc]
    print(f"{name:24}{len(data) / 1000:8.0f}{theirs:16.1f}{ours:10.1f}{ours / theirs:8.2f}")
