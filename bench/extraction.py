"""How well pages are read: lines kept and lost, facts read, on the pages of tests/extract/pages.

Prints, for each round of pages, precision and recall of body paragraphs (exact text), the facts read right and the
teasers found. Rules were written against round 1. Rounds 2 to 4 were each written before a rule was changed for them,
and repaired afterwards: docs/extraction.md holds what each scored at first sight, which is the honest figure.
Where the labelled sets lie beside the checkout, it also prints how much of clean articles is kept, by language: text
that holds no debris should come through whole. Run: ``python bench/extraction.py [-v]``.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.errors import ExtractError
from briefing.extract import as_json, extract
from briefing.model import Entry
from briefing.text.cleaning import normalise

PAGES = Path(__file__).parents[1] / "tests" / "extract" / "pages"
FACTS = ("title", "language", "published", "source", "url", "credit", "credit_date", "title_made")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def read(path: Path) -> dict[str, Any]:
    """Give what is read of a page, as the command prints it; nothing where it has no readable article."""
    media = "text/html" if path.suffix == ".html" else "text/plain"
    try:
        return as_json(extract(Entry("pages", path.stem, path.read_text("utf-8"), NOW, media)))
    except ExtractError as error:
        print(f"{path.name}: {error}")
        return {"text": "", "related": []}


def compare(path: Path, verbose: bool = False) -> tuple[int, Counter[str]]:
    """Hold one page against what is expected of it; give its round and the counts."""
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    found = read(path)
    counts: Counter[str] = Counter(pages=1)
    kept = [line for line in found["text"].split("\n\n") if line]
    told = Counter(expected["body"])
    right = sum((Counter(kept) & told).values())
    counts.update(kept=len(kept), wanted=sum(told.values()), right=right)
    wrong: list[str] = [f"- {line}" for line in told - Counter(kept)] + [f"+ {line}" for line in Counter(kept) - told]
    for fact in FACTS:
        value = found.get(fact)
        if fact == "title" and expected["title_made"]:
            continue
        good = value == expected.get(fact)
        counts.update(facts=1, facts_right=good)
        if not good:
            wrong.append(f"! {fact}: {value!r}, not {expected.get(fact)!r}")
    teasers = [(item["title"], item["text"].split("\n\n")) for item in found["related"]]
    for item in expected["related"]:
        hit = any(text == item["text"] and item["title"] in (None, title) for title, text in teasers)
        counts.update(teasers=1, teasers_right=hit)
        if not hit:
            wrong.append(f"- teaser {item}")
    extra = len(teasers) - len(expected["related"])
    if extra > 0:
        counts.update(teasers_extra=extra)
        wrong.append(f"+ teasers {teasers}")
    if verbose and wrong:
        print(path.name, *wrong, sep="\n  ")
    return int(expected["round"]), counts


def measure(verbose: bool = False) -> dict[int, Counter[str]]:
    """Give the counts over the pages of each round."""
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    for path in sorted(PAGES.glob("*.json")):
        page = next(found for found in PAGES.glob(f"{path.stem}.*") if found.suffix != ".json")
        number, counts = compare(page, verbose)
        sums[number].update(counts)
    return dict(sorted(sums.items()))


def kept_of_clean(path: Path) -> dict[str, float]:
    """Give the share of characters of clean articles (JSON Lines of title, text, language) kept, by language."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        found = extract(Entry("clean", record["id"], record["text"], NOW, title=record["title"])).article.text
        parts = [" ".join(normalise(part).split()) for part in record["text"].split("\n") if part.strip()]
        kept = sum(len(part) for part in parts if part in found)
        sums[record["language"]].update(kept=kept, told=sum(map(len, parts)))
    return {language: counts["kept"] / counts["told"] for language, counts in sums.items()}


def main() -> None:
    """Print the figures."""
    clean = Path(os.environ.get("BRIEFING_SHARED") or PAGES.parents[3] / "shared") / "data" / "ntrex_dev.jsonl"
    if clean.is_file():
        print("kept of clean articles:", *(f"{code} {share:.3f}" for code, share in kept_of_clean(clean).items()))
    for number, counts in measure("-v" in sys.argv).items():
        precision, recall = counts["right"] / counts["kept"], counts["right"] / counts["wanted"]
        print(
            f"round {number} {counts['pages']:3} pages  paragraphs: precision {precision:.3f} recall {recall:.3f}  "
            f"facts {counts['facts_right']}/{counts['facts']}  "
            f"teasers {counts['teasers_right']}/{counts['teasers']} and {counts['teasers_extra']} too many"
        )


if __name__ == "__main__":
    main()
