"""What searching costs, and why scripts without spaces are indexed by pieces of characters.

    python bench/search.py [articles] [parallel.jsonl]

Over `articles` (20,000) made of the seeds' words in Vietnamese, Thai and Persian, and of made-up words in Latin script
and Japanese, it prints: what indexing adds to writing an article, the size of the index, and the time of each query as
a share of reading all articles once (a bare ``LIKE '%…%'`` scan, the least that a search without an index could do).
Then, from a file of articles in Thai, Chinese and Japanese (by default ``../shared/data/ntrex_dev.jsonl``, if it is
there), for stretches of two to four words: how many of the articles that hold them are found by pieces of two and of
three characters, and by the words that ICU's dictionaries cut.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.model import Article, Dating, Entry
from briefing.ports import Harvest, SourceState
from briefing.shipped import SEEDS
from briefing.store import open_store
from briefing.text.language import detect as language_of
from briefing.text.seeking import query_of, seek
from briefing.text.terms import STRETCH, indexed, tokens
from briefing.text.words import words

NOW = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
QUERIES = (
    "word17",
    "word3 word4",
    '"word1 word2"',
    "Nga Triều Tiên",
    "nga trieu tien",
    "hiệp ước",
    "รัสเซีย",
    "เกาหลีเหนือ",
    "پوتین",
    "معاهده روسیه",
    "条約",
    "批准法案",
    "word1 -word2",
    "nothingofthiskind",
)
KANJI = "条約批准法案政府議会外相会談声明軍事協力署名北朝鮮露大統領首脳国連安保理制裁経済支援兵士派遣選挙投票予算改正"


def vocabularies() -> dict[str, list[str]]:
    """Give the words that articles are made of, by language."""
    found: dict[str, list[str]] = {"en": [f"word{number}" for number in range(5000)]}
    for file in sorted(Path(SEEDS).glob("*.txt")):
        text = file.read_text("utf-8")
        language = language_of(text)
        found.setdefault(language, []).extend(words(text, language))
    chance = random.Random(3)
    found["ja"] = ["".join(chance.choices(KANJI, k=chance.randint(1, 3))) for _ in range(3000)]
    return found


def articles_of(count: int) -> list[Article]:
    """Make articles of some 400 words, the frequent words far more often than the rare, as in any language."""
    chance, made = random.Random(1), []
    given = vocabularies()
    for number in range(count):
        language = chance.choice(sorted(given))
        vocabulary = given[language]
        ranks = (min(int(len(vocabulary) * chance.random() ** 2), len(vocabulary) - 1) for _ in range(400))
        text = ("" if language in ("th", "ja") else " ").join(vocabulary[rank] for rank in ranks)
        id_ = hashlib.sha256(str(number).encode()).hexdigest()[:16]
        day = Dating((NOW - timedelta(days=count // 50 - number // 50)).date().isoformat(), "feed")
        made.append(Article(id_, "one", f"g{number}", text[:60], text, language, NOW, published=day))
    return made


def cost(count: int) -> None:
    """Print what indexing and searching cost."""
    made = articles_of(count)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "briefing.db"
        with open_store(f"sqlite:///{path}") as store:
            given = [(Entry("one", article.guid, article.text, NOW), article) for article in made]
            store.sources.save_harvest("one", Harvest(tuple(entry for entry, _ in given), SourceState()))
            before, start = path.stat().st_size, time.process_time()
            for at in range(0, count, 500):
                store.entries.save_extractions([(entry, (article,)) for entry, article in given[at : at + 500]])
            written = time.process_time() - start
            terms = time.process_time()
            for article in made:
                indexed(article.text)
            cutting = time.process_time() - terms
            found = {query: timed(lambda query=query: store.search.find(query)) for query in QUERIES}
        connection = sqlite3.connect(path)
        scan, _ = timed(lambda: connection.execute("SELECT count(*) FROM articles WHERE text LIKE '%xyz%'").fetchone())
        pages = connection.execute("SELECT sum(length(block)) FROM search_data").fetchone()[0]
        connection.close()
        text = sum(len(article.text.encode()) for article in made)
    print(f"{count} articles: written in {written / count * 1000:.2f} ms each, of it {cutting / written:.0%} terms")
    print(f"index: {pages / text:.2f} bytes a byte of text ({before / 1e6:.0f} MB before)")
    print(f"reading all texts once takes {scan * 1000:.0f} ms; a query, as a share of it:")
    for query, (spent, results) in found.items():
        print(f"  {spent / scan:6.2f}  {spent * 1000:6.1f} ms  {results.total:4}{'+' if results.more else ' '} {query}")
    print(f"  {statistics.median(spent for spent, _ in found.values()) / scan:6.2f}  the median")


def timed(work):  # type: ignore[no-untyped-def]
    """Give the best time of three, in seconds, and what came of it."""
    best, made = float("inf"), None
    for _ in range(3):
        start = time.process_time()
        made = work()
        best = min(best, time.process_time() - start)
    return best, made


def pieces_or_words(file: Path) -> None:
    """Print how many of the texts that hold a stretch are found, by how stretches are indexed."""
    if not file.exists():
        print(f"{file} is not there: how to index scripts without spaces was not measured")
        return
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    chance = random.Random(2)
    for language in ("th", "zh", "ja"):
        texts = [row["text"] for row in rows if row["language"] == language]
        cut = [words(text, language) for text in texts]
        queries = [stretch for line in cut for stretch in _stretches(line, chance)]
        queries = [query for query in dict.fromkeys(queries) if any(query in text for text in texts)]
        report(language, texts, [set(line) for line in cut], queries)


def _stretches(line: tuple[str, ...], chance: random.Random) -> Iterator[str]:
    """Give some stretches of two to four words of a text, each of one script without spaces."""
    for _ in range(10):
        at, size = chance.randrange(max(1, len(line) - 4)), chance.randint(2, 4)
        query = "".join(line[at : at + size])
        if STRETCH.fullmatch(query):
            yield query


def report(language: str, texts: list[str], cut: list[set[str]], queries: list[str]) -> None:
    """Print one language's figures."""
    there = found_words = proposed_words = 0
    proposed = {2: 0, 3: 0}
    found_pieces = 0
    for query in queries:
        holders = [query in text for text in texts]
        there += sum(holders)
        asked = set(words(query, language))
        by_words = [asked <= line for line in cut]
        proposed_words += sum(by_words)
        found_words += sum(one and other for one, other in zip(by_words, holders, strict=True))
        wanted = query_of(query)
        found_pieces += sum(
            holder and seek(wanted, "", text) is not None for holder, text in zip(holders, texts, strict=True)
        )
        for size in proposed:
            grams = {query[at : at + size] for at in range(len(query) - size + 1)}
            proposed[size] += sum(all(gram in text for gram in grams) for text in texts)
    terms = {size: statistics.mean(len(grams_of(text, size)) for text in texts) for size in proposed}
    print(f"{language}: {len(queries)} stretches of 2 to 4 words, {there} places in {len(texts)} texts")
    print(
        f"  ICU's words: {found_words / there:.3f} of them found, {proposed_words / there:.2f} texts looked at for one"
    )
    for size in proposed:
        print(f"  pieces of {size}: {found_pieces / there:.3f}, {proposed[size] / there:.2f}, {terms[size]:.0f} a text")
    print(f"  words a text: {statistics.mean(map(len, cut)):.0f}")


def grams_of(text: str, size: int) -> set[str]:
    """Give the pieces of a size in the stretches of a text."""
    stretches = [token.term.bare for token in tokens(text) if token.term.kind != "word"]
    return {bare[at : at + size] for bare in stretches for at in range(len(bare))}


if __name__ == "__main__":
    shared = Path(__file__).parents[2] / "shared" / "data" / "ntrex_dev.jsonl"
    cost(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    pieces_or_words(Path(sys.argv[2]) if len(sys.argv) > 2 else shared)
