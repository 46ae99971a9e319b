"""How well names agree across languages: ``python bench/names.py PARALLEL.jsonl``.

The input is JSON Lines of {language, title, text, development}: translations of one article share ``development``.
Every pair of two languages is asked once for a translation and once for another article: places compared as sets of
codes, people by `same_name`, and English names looked for in the other text by `hear`. Prints, for each language
against English, the share of names that agree in translations (recall) and in other articles (false), and milliseconds
an article.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path

from briefing.text.names import Names, find_names, hear, same_name


def overlap(one: Names, two: Names) -> tuple[float | None, float | None]:
    """Give the shares of the smaller set of places and of people that the other text has too."""
    codes, others = {place.code for place in one.places}, {place.code for place in two.places}
    places = len(codes & others) / min(len(codes), len(others)) if codes and others else None
    few, many = sorted(({name.key for name in one.people}, {name.key for name in two.people}), key=len)
    people = sum(any(same_name(key, other) for other in many) for key in few) / len(few) if few else None
    return places, people


def main(path: str) -> None:
    """Print the table."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    names, heard, spent = {}, {}, defaultdict(float)
    for row in rows:
        text = f"{row['title']}\n{row['text']}"
        key = row["language"], row["development"]
        find_names(text, row["language"])
        began = time.perf_counter()
        names[key] = find_names(text, row["language"])
        spent[row["language"]] += time.perf_counter() - began
        heard[key] = hear(text, row["language"])
    stories = sorted({row["development"] for row in rows})
    languages = sorted({row["language"] for row in rows} - {"en"})
    print("lang  places same/other   people same/other (found)   heard same/other   ms")
    for language in languages:
        sums: dict[str, list[float]] = defaultdict(list)
        for n, story in enumerate(stories):
            for kind, other in (("same", story), ("other", stories[(n + 7) % len(stories)])):
                english, foreign = names["en", story], names[language, other]
                places, people = overlap(english, foreign)
                if places is not None:
                    sums["places " + kind].append(places)
                if people is not None:
                    sums["people " + kind].append(people)
                keys = {name.key for name in english.people}
                if keys:
                    sums["heard " + kind].append(sum(heard[language, other].holds(key) for key in keys) / len(keys))
                if kind == "same":
                    sums["found"].append(len({name.key for name in foreign.people}))
        mean = {kind: sum(values) / len(values) for kind, values in sums.items()}
        print(
            f"{language}    {mean['places same']:.2f} {mean['places other']:.2f}             "
            f"{mean.get('people same', 0):.2f} {mean.get('people other', 0):.2f} ({mean['found']:.1f})             "
            f"{mean['heard same']:.2f} {mean['heard other']:.2f}        {spent[language] / len(stories) * 1000:.1f}"
        )


if __name__ == "__main__":
    main(sys.argv[1])
