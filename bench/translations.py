"""How translations are held against their originals: right ones that are refused, wrong ones that are caught.

    python bench/translations.py [../shared/data/ntrex_dev.jsonl] [--target en] [--sentences 80]

The file holds the same articles in several languages, sentence by sentence (``{"language", "development", "text"}``,
one sentence a line of ``text``). Right is a professional translation of a single sentence; wrong is the same with the
first two-word name in it exchanged (target en only), or the translation of the sentence after it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from pathlib import Path

from briefing.compose.guard import unfaithful
from briefing.model import Original

SET = Path(__file__).resolve().parents[2] / "shared" / "data" / "ntrex_dev.jsonl"
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+) ([A-Z][a-z]+)\b")


def share(refused: list[bool]) -> str:
    """Give a share in words."""
    return f"{sum(refused) / len(refused):6.1%} of {len(refused):3}" if refused else "none"


def main() -> None:
    """Print the shares by language."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path, nargs="?", default=SET)
    asked.add_argument("--target", default="en")
    asked.add_argument("--sentences", type=int, default=80)
    given = asked.parse_args()
    if not given.file.is_file():
        print(f"no parallel articles at {given.file}")
        return
    documents: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in map(json.loads, given.file.read_text("utf-8").splitlines()):
        documents[row["development"]][row["language"]] = row["text"].split("\n")
    chance = random.Random(1)
    total: dict[str, list[bool]] = {"right refused": [], "names caught": [], "others caught": []}
    for source in sorted({language for lines in documents.values() for language in lines} - {given.target}):
        pairs = [
            (one, two, after)
            for lines in documents.values()
            if len(lines[source]) == len(lines[given.target])
            for one, two, after in zip(
                lines[source], lines[given.target], lines[given.target][1:] + lines[given.target][:1], strict=True
            )
            if one and two
        ]
        found: dict[str, list[bool]] = {kind: [] for kind in total}
        for text, translation, after in chance.sample(pairs, min(given.sentences, len(pairs))):
            original = Original(text, source)
            refused = bool(unfaithful(original, translation, given.target))
            found["right refused"].append(refused)
            found["others caught"].append(bool(unfaithful(original, after, given.target)))
            if not refused and given.target == "en" and _NAME.search(translation):
                other = _NAME.sub("Robert Henderson", translation, count=1)
                found["names caught"].append(bool(unfaithful(original, other, given.target)))
        print(f"{source} to {given.target}: " + "; ".join(f"{kind} {share(seen)}" for kind, seen in found.items()))
        for kind, seen in found.items():
            total[kind] += seen
    print("all: " + "; ".join(f"{kind} {share(seen)}" for kind, seen in total.items()))


if __name__ == "__main__":
    main()
