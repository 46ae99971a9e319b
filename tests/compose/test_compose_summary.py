"""The extractive summary: whole verbatim sentences that stand alone, in twenty languages and on bad input."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.compose.candidates import candidates
from briefing.compose.summary import EMBEDDED, summarise
from briefing.model import Article, Dating
from briefing.text.sentences import is_whole

NOW = datetime(2025, 3, 14, tzinfo=UTC)
REPORTS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data/reports.yaml").read_text(encoding="utf-8")
)


def article(key: str, text: str, day: str | None = None, *, language: str = "en", title: str = "") -> Article:
    """An article of one source, published on a day."""
    dating = Dating(day) if day else None
    return Article(key, f"source-{key}", key, title or text[:50], text, language, NOW, dating)


def report(language: str) -> Article:
    """The invented report in a language."""
    row = REPORTS[language]
    return article(language, row["text"], "2025-03-12", language=language, title=row["title"])


@pytest.mark.parametrize("language", sorted(REPORTS))
def test_only_sentences_that_stand_alone_are_told(language: str) -> None:
    """In every language the two sentences that can be told are, and nothing that leans, asks, teases or captions."""
    told = summarise([report(language)], [language], 2, None).sentences
    assert [sentence.text for sentence in told] == REPORTS[language]["stands"]


@pytest.mark.parametrize("language", sorted(REPORTS))
def test_every_sentence_is_verbatim_and_whole(language: str) -> None:
    """Asked for far more than there is, each sentence is still a source's own, at its offsets, and whole."""
    source = report(language)
    for sentence in summarise([source], [language], 9, None).sentences:
        (citation,) = sentence.citations
        assert source.text[citation.start : citation.end] == citation.quote
        assert " ".join(citation.quote.split()) == sentence.text
        assert is_whole(sentence.text, language)


def test_labelled_reports_are_quoted_verbatim_and_whole(shared: Path) -> None:
    """On every labelled storyline, 100 % of the told sentences are verbatim and whole."""
    lines: dict[str, list[Article]] = defaultdict(list)
    for row in (shared / "data/dev_storylines.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(row)
        told = Article(one["id"], one["source"], one["id"], one["title"], one["text"], one["language"], NOW,
                       Dating(one["published"]))  # fmt: skip
        lines[one["storyline"]].append(told)
    count = 0
    for articles in lines.values():
        texts = {one.id: one for one in articles}
        for sentence in summarise(articles, ["en", "vi"], 6, None).sentences:
            (citation,) = sentence.citations
            assert texts[citation.article].text[citation.start : citation.end] == citation.quote
            assert is_whole(citation.quote, sentence.language)
            count += 1
    assert count > 80


def test_a_leaning_sentence_follows_the_one_it_leans_on() -> None:
    """ "He said" is told only right after the sentence that names him."""
    text = (
        "Marta Lind resigned as head of the port authority on Monday. She had led it for eleven years. "
        "Cranes in the northern dock stood still until noon."
    )
    told = [sentence.text for sentence in summarise([article("a", text)], ["en"], 3, None).sentences]
    assert told[0].startswith("Marta Lind")
    if "She had led it for eleven years." in told:
        assert told.index("She had led it for eleven years.") == 1


def storyline() -> list[Article]:
    """A matter over months: signature, ratification, entry into force; several outlets, two languages."""
    signed = "Oria and Beland signed the river treaty in Marvo on 3 June. Farmers on both banks had waited ten years."
    ratified = (
        "Beland's parliament ratified the river treaty on 9 October by 80 votes to 12. Fishermen cheered outside."
    )
    force = "The river treaty between Oria and Beland entered into force on Sunday. Customs posts on the bridge closed."
    return [
        article("a1", signed, "2024-06-03"),
        article("a2", "Oria et Beland ont signé le traité fluvial à Marvo le 3 juin.", "2024-06-04", language="fr"),
        article("b1", ratified, "2024-10-09"),
        article("b2", "The treaty on the river passed in Beland with 80 deputies in favour.", "2024-10-10"),
        article("c1", force, "2025-01-12"),
        article("c2", "Le traité fluvial est entré en vigueur dimanche à Marvo.", "2025-01-12", language="fr"),
    ]


def test_a_long_matter_is_told_from_its_newest_development_on() -> None:
    """Three sentences cover three developments: the newest first, then the others in order of time."""
    told = summarise(storyline(), ["en"], 3, None).sentences
    assert [s.published.iso[:7] for s in told if s.published] == ["2025-01", "2024-06", "2024-10"]


def test_the_readers_language_comes_first() -> None:
    """Where a source has the reader's language, only that is quoted; where none has, the original is."""
    assert {s.language for s in summarise(storyline(), ["fr"], 2, None).sentences} == {"fr"}
    assert {s.language for s in summarise(storyline(), ["en"], 4, None).sentences} == {"en"}
    foreign = [one for one in storyline() if one.language == "fr"]
    assert {s.language for s in summarise(foreign, ["en", "vi"], 2, None).sentences} == {"fr"}


def test_what_was_told_already_counts_less() -> None:
    """Given what the reader was sent, the summary of the same article begins with something else."""
    text = (
        "The council of Marvo closed the old bridge on Friday. Engineers found cracks in four of its pillars. "
        "Buses take the northern road until the autumn."
    )
    first = summarise([article("a", text)], ["en"], 1, None).sentences[0].text
    second = summarise([article("a", text)], ["en"], 1, None, already_told=[first]).sentences[0].text
    assert second != first


def test_nothing_is_said_twice() -> None:
    """Wire copy under two mastheads gives each sentence once."""
    text = "The council of Marvo closed the old bridge on Friday. Engineers found cracks in four of its pillars."
    told = [s.text for s in summarise([article("a", text), article("b", text)], ["en"], 6, None).sentences]
    assert len(told) == len(set(told)) == 2


@pytest.mark.parametrize("length", [30, 60, 100])
def test_a_length_in_words_is_met_as_nearly_as_whole_sentences_allow(length: int) -> None:
    """The total lies within half a sentence of what was asked for."""
    text = (
        "Engineers in the northern district repaired the great pump before the storm arrived on Friday evening. "
        "Volunteers carried sandbags from the school yard to the lower meadows until well after midnight. "
        "Insurance companies expect claims worth two million crowns from farmers along the river bank. "
        "Trains between Marvo and the coast were cancelled because a signal box had lost its power. "
        "Hospitals postponed every operation that was not urgent and called in additional nurses from home. "
        "Fishermen found a sailing boat without its crew drifting close to the harbour wall. "
        "Shopkeepers in the old town complained that nobody had warned their street association in time. "
        "Teachers plan to open classrooms again next week if the heating works by then."
    )
    told = summarise([article("a", text)], ["en"], None, None, length=length).sentences
    assert abs(sum(len(sentence.text.split()) for sentence in told) - length) <= 8


@pytest.mark.parametrize(
    "text",
    [
        "Word",
        "",
        "word " * 4000 + "end.",
        '"We are here." "We will stay." "Nobody asked us."',
        "| 12 | 14 | 3 |\n| 9 | 1 | 44 |\nTotal 21 15 47",
        "La la la\nOh the river runs\nDown to the sea\nLa la la",
        "Home > News > World\nLogin\nRegister\n© 2025 Example. All rights reserved.",
        "…\n...\n???\n!!!",
        "http://example.org/a http://example.org/b",
    ],
    ids=["one word", "nothing", "one long sentence", "only quotes", "table", "lyrics", "furniture", "marks", "links"],
)
def test_what_has_no_whole_sentence_gives_none(text: str) -> None:
    """A summary of nothing tellable is empty, has a headline, and comes at once."""
    started = time.monotonic()
    summary = summarise([article("a", text, title="Marvo closes its bridge")], ["en"], 3, None)
    assert summary.sentences == ()
    assert summary.headline == "Marvo closes its bridge"
    assert time.monotonic() - started < 2


def test_no_article_is_an_error() -> None:
    """There is nothing to tell of nothing."""
    with pytest.raises(ValueError, match="at least one article"):
        summarise([], ["en"], 3, None)


@given(
    st.lists(st.text(max_size=300), min_size=1, max_size=4), st.sampled_from(["en", "th", "zh", "fa", "und", "xx-YY"])
)
@settings(max_examples=60, deadline=None)
def test_any_text_is_quoted_at_its_offsets(texts: list[str], language: str) -> None:
    """Whatever the text, what is told stands in it at the offsets given."""
    articles = [article(str(n), text, language=language, title="Title") for n, text in enumerate(texts)]
    for sentence in summarise(articles, [language], 5, None).sentences:
        (citation,) = sentence.citations
        assert articles[int(citation.article)].text[citation.start : citation.end] == citation.quote


def test_the_work_is_bounded() -> None:
    """Forty long articles embed at most the best sentences, once, with bounded texts."""
    sizes: list[int] = []

    def embed(texts: Any) -> Any:
        sizes.append(len(texts))
        assert max(map(len, texts)) <= 200
        return np.full((len(texts), 4), 0.5, np.float32)

    lines = [
        f"Inspector {n} of the {n}th district of Marvo wrote a long report on the bridge number {n}." for n in range(60)
    ]
    articles = [article(f"{n:02}", " ".join(lines), language="en" if n % 2 else "fr") for n in range(40)]
    summarise(articles, ["en", "fr"], 6, embed)
    assert len(sizes) == 1
    assert sizes[0] <= EMBEDDED


def test_headline_copies_are_no_sentences() -> None:
    """A body that repeats its headline is not told by it."""
    one = article(
        "a",
        "Marvo closes its bridge.\nEngineers found cracks in four pillars on Friday.",
        title="Marvo closes its bridge",
    )
    assert [item.text for item in candidates([one])] == ["Engineers found cracks in four pillars on Friday."]
