"""How well timelines are told: dates, sentences and processes against the labelled storylines, and what it costs.

Run ``python bench/timeline.py [FOLDER]`` (by default ``../shared/data`` beside the checkout). Dates are scored as
precision, recall and F1 with as many as the reference has; texts by ROUGE-1 and -2 under the many-to-one alignment of
dates by distance and content (align+ m:1; Martschat and Markert 2017, "Improving ROUGE for Timeline Summarization").
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefing.model import Article, Dating
from briefing.text.dates import find_dates
from briefing.text.sentences import sentences
from briefing.text.words import words
from briefing.timeline import load_processes, milestones, process

# What kind of matter a reader would say each storyline is; all others have no process.
PROCESSES = {
    "nato-sweden": "treaty",
    "high-seas-treaty": "treaty",
    "eu-mercosur": "treaty",
    "who-pandemic-agreement": "treaty",
    "eu-ai-act": "legislation",
    "imamoglu-case": "court_case",
    "german-government-2024-25": "election",
    "typhoon-yagi-vietnam": "disaster_response",
    "valencia-floods": "disaster_response",
}

Timeline = Mapping[str, str]
"""ISO day to what is told of it."""


def storylines(folder: Path) -> dict[str, list[Article]]:
    """The labelled storylines, by name."""
    found: dict[str, list[Article]] = {}
    for row in (folder / "dev_storylines.jsonl").read_text("utf-8").splitlines():
        one = json.loads(row)
        found.setdefault(one["storyline"], []).append(
            Article(
                id=one["id"],
                source=one.get("source", ""),
                guid=one["id"],
                title=one["title"],
                text=one["text"],
                language=one["language"],
                collected_at=datetime(2026, 2, 1, tzinfo=UTC),
                published=Dating(one["published"]) if one.get("published") else None,
            )
        )
    return found


def scores(right: int, told: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision, recall = right / max(1, told), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _grams(text: str, n: int) -> Counter[tuple[str, ...]]:
    tokens = words(text, "en")
    return Counter(tuple(tokens[at : at + n]) for at in range(len(tokens) - n + 1))


def _overlap(left: str, right: str, n: int) -> int:
    return (_grams(left, n) & _grams(right, n)).total()


def _distance(left: str, right: str) -> int:
    return abs((date.fromisoformat(left) - date.fromisoformat(right)).days)


def _cost(day: str, text: str, other: str, told: str) -> float:
    _, _, f1 = scores(_overlap(text, told, 1), _grams(told, 1).total(), _grams(text, 1).total())
    return (1 - 1 / (_distance(day, other) + 1)) * (1 - f1)


def _covered(of: Timeline, by: Timeline, n: int) -> float:
    """The share of n-grams of one timeline found at the dates of the other that its own align to."""
    hit = 0.0
    for day, text in of.items():
        other = min(by, key=lambda at: (_cost(day, text, at, by[at]), _distance(day, at), at))
        hit += _overlap(text, by[other], n) / (_distance(day, other) + 1)
    return hit / max(1, sum(_grams(text, n).total() for text in of.values()))


def align_plus(told: Timeline, reference: Timeline, n: int) -> float:
    """ROUGE-n F1 under align+ m:1 of a timeline against one reference."""
    if not told:
        return 0.0
    recall, precision = _covered(reference, told, n), _covered(told, reference, n)
    return 2 * precision * recall / max(1e-9, precision + recall)


def measure_milestones(folder: Path) -> dict[str, float]:
    """Dates and texts against the reference timelines, micro-averaged dates, macro-averaged ROUGE."""
    matters = storylines(folder)
    references = json.loads((folder / "dev_milestones.json").read_text("utf-8"))
    right = told = wanted = apt = auto_right = auto_told = 0
    rouge = [0.0, 0.0]
    for name, lines in references.items():
        reference = {line["date"]: line["text"] for line in lines}
        items = {line["date"]: set(line["items"]) for line in lines}
        found = milestones(matters[name], ("en",), limit=len(reference))
        apt += sum(one.sentence.citations[0].article in items.get(one.date, ()) for one in found)
        right += len({one.date for one in found} & reference.keys())
        told, wanted = told + len(found), wanted + len(reference)
        free = milestones(matters[name], ("en",))
        auto_right += len({one.date for one in free} & reference.keys())
        auto_told += len(free)
        timeline = {one.date: one.sentence.text for one in found if len(one.date) == 10}
        rouge = [sum_ + align_plus(timeline, reference, n) for n, sum_ in enumerate(rouge, 1)]
    precision, recall, f1 = scores(right, told, wanted)
    free_precision, free_recall, free_f1 = scores(auto_right, auto_told, wanted)
    return {
        "date precision": precision,
        "date recall": recall,
        "date F1": f1,
        "date precision, number left to us": free_precision,
        "date recall, number left to us": free_recall,
        "date F1, number left to us": free_f1,
        "sentences from a report of that event": apt / max(1, told),
        "align+ m:1 ROUGE-1 (English reference, 12 languages)": rouge[0] / len(references),
        "align+ m:1 ROUGE-2 (English reference, 12 languages)": rouge[1] / len(references),
    }


def measure_processes(folder: Path) -> dict[str, float]:
    """How many storylines and singletons are told to be in the right process, in a wrong one, or wrongly in none."""
    kinds = load_processes()
    found = {}
    for name, articles in storylines(folder).items():
        state = process(articles, milestones(articles, ("en",)), kinds)
        found[name] = state.key if state else None
    return {
        "processes right": sum(found[name] == key for name, key in PROCESSES.items()),
        "processes missed": sum(found[name] is None for name in PROCESSES),
        "processes claimed falsely": sum(key is not None and key != PROCESSES.get(name) for name, key in found.items()),
        "storylines without a process, told so": sum(
            key is None and name not in PROCESSES for name, key in found.items()
        ),
    }


def measure_cost(articles: int = 500, lines: int = 30) -> dict[str, float]:
    """Milestones and process of one large English storyline, beside splitting it and finding its dates alone."""
    first = date(2024, 1, 1)
    made = [_report(number, first + timedelta(days=number % 120), lines) for number in range(articles)]
    start = time.perf_counter()
    for one in made:
        sentences(one.text, "en")
        find_dates(one.text, "en", one.published.day if one.published else None)
    bare = time.perf_counter() - start
    start = time.perf_counter()
    told = milestones(made, ("en",), limit=30, sentences_each=2)
    whole = time.perf_counter() - start
    start = time.perf_counter()
    process(made, told, load_processes())
    return {
        f"seconds for {articles} articles of {lines} sentences": whole,
        "times splitting and finding dates alone": whole / bare,
        "seconds for the process after it": time.perf_counter() - start,
    }


def _report(number: int, day: date, lines: int) -> Article:
    places = ("harbour", "council", "bridge", "school", "market", "station", "river")
    body = []
    for at in range(lines):
        told = day - timedelta(days=(number * 7 + at * 3) % 60)
        when = f" on {told:%B} {told.day}" if at % 4 == 0 else ""
        body.append(f"The {places[(number + at) % 7]} of ward {number * at % 97} was closed and opened again{when}.")
    return Article(
        id=f"{number:016x}",
        source="bench",
        guid=str(number),
        title=f"Ward {number}",
        text=" ".join(body),
        language="en",
        collected_at=datetime(2024, 6, 1, tzinfo=UTC),
        published=Dating(day.isoformat()),
    )


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parents[2] / "shared" / "data"
    if (folder / "dev_milestones.json").is_file():
        for measured in (measure_milestones(folder), measure_processes(folder)):
            for name, value in measured.items():
                print(f"{name:56} {value:.3f}")
    else:
        print(f"no labelled storylines in {folder.name}/", file=sys.stderr)
    for name, value in measure_cost().items():
        print(f"{name:56} {value:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
