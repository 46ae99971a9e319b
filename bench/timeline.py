"""How well timelines are told: dates, sentences and processes against the labelled storylines, and what it costs.

Run ``python bench/timeline.py [FOLDER]`` (by default ``../shared/data`` beside the checkout). Dates are scored as
precision, recall and F1 with as many as the reference has; texts by ROUGE-1 and -2 without function words under the
many-to-one alignment of dates by distance and content (align+ m:1; Martschat and Markert 2017, "Improving ROUGE for
Timeline Summarization"). What it costs is a ratio to cutting the same texts into words.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from archive import archive

from briefing.model import Article, Dating
from briefing.text.words import stopwords, words
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


def _grams(text: str, n: int, dropped: frozenset[str] = frozenset()) -> Counter[tuple[str, ...]]:
    tokens = [word for word in words(text, "en") if word not in dropped]
    return Counter(tuple(tokens[at : at + n]) for at in range(len(tokens) - n + 1))


def _overlap(left: str, right: str, n: int, dropped: frozenset[str] = frozenset()) -> int:
    return (_grams(left, n, dropped) & _grams(right, n, dropped)).total()


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
        hit += _overlap(text, by[other], n, stopwords("en")) / (_distance(day, other) + 1)
    return hit / max(1, sum(_grams(text, n, stopwords("en")).total() for text in of.values()))


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


def measure_archive(seeds: Sequence[int] = (7, 8, 9)) -> dict[str, float]:
    """Dates and texts of made-up archives of some 430 English articles and 60 events, with as many dates as events."""
    right = told = wanted = 0
    rouge = [0.0, 0.0]
    for seed in seeds:
        made = archive(60, 400, seed)
        found = {one.date: one.sentence.text for one in milestones(made.articles, ("en",), limit=len(made.timeline))}
        right += len(found.keys() & made.timeline.keys())
        told, wanted = told + len(found), wanted + len(made.timeline)
        rouge = [sum_ + align_plus(found, made.timeline, n) for n, sum_ in enumerate(rouge, 1)]
    return {
        "made-up archives: date F1": scores(right, told, wanted)[2],
        "made-up archives: align+ m:1 ROUGE-1": rouge[0] / len(seeds),
        "made-up archives: align+ m:1 ROUGE-2": rouge[1] / len(seeds),
    }


def measure_cost(events: Sequence[int] = (6, 60, 300)) -> dict[str, float]:
    """Milestones and process of English storylines of some 40, 400 and 2,000 articles, beside cutting them into words.

    Each is told in its third run: patterns are compiled, and no reading of it is kept.
    """
    measured = {}
    for number in events:
        made = [_longer(article) for article in archive(number, 6 * number, 7).articles]
        bare = min(_seconds(lambda made=made: [words(one.text, "en") for one in made]) for _ in range(3))  # type: ignore[misc]
        whole = min(_seconds(lambda made=made, at=at: _tell(made, at)) for at in range(3))  # type: ignore[misc]
        name = f"{len(made)} articles of {len(made[0].text.split('. '))} sentences"
        measured[f"{name}: seconds for timeline and process"] = whole
        measured[f"{name}: times cutting them into words"] = whole / bare
    return measured


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _tell(articles: Sequence[Article], run: int) -> None:
    fresh = [replace(one, guid=f"{one.guid}-{run}") for one in articles]
    process(fresh, milestones(fresh, ("en",), limit=30, sentences_each=2), load_processes())


def _longer(article: Article) -> Article:
    """The article with as many sentences as a newspaper's, most of them without a date."""
    filler = [
        f"The mayor of ward {number * 7 % 31} said that {number + 3} houses near the river would be looked at again."
        for number in range(22)
    ]
    return replace(article, text=" ".join([article.text, *filler]))


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parents[2] / "shared" / "data"
    if (folder / "dev_milestones.json").is_file():
        for measured in (measure_milestones(folder), measure_processes(folder)):
            for name, value in measured.items():
                print(f"{name:56} {value:.3f}")
    else:
        print(f"no labelled storylines in {folder.name}/", file=sys.stderr)
    for name, value in (measure_archive() | measure_cost()).items():
        print(f"{name:56} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
