"""`briefing verify`'s contract, and what it does with bad summaries."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grounding import Passage, check, verify
from briefing.model import Article, Dating

NOW = datetime(2025, 3, 20, tzinfo=UTC)
TEXT = (
    "Norway and Ghana signed a fisheries treaty in Accra on Wednesday. Minister Ingrid Solheim said 35 trawlers may "
    "come. The government did not publish the annex."
)
ARTICLES = [
    Article("a1", "s", "a1", "Treaty signed by Kwame Boateng", TEXT, "en", NOW, Dating("2025-03-13")),
    Article("a2", "s", "a2", "สนธิสัญญาประมง", "กานาและนอร์เวย์ลงนามสนธิสัญญาประมงที่กรุงอักกรา", "th", NOW),
]


def held(*sentences: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Verify sentences against the two articles; what comes out is plain data."""
    result = verify({"sentences": list(sentences), **more}, ARTICLES)
    assert json.loads(json.dumps(result)) == result
    return result


def test_a_verdict_for_each_sentence_and_the_sum() -> None:
    """Every sentence is judged in order; what is missing is named by kind and value."""
    result = held(
        {"text": "Norway and Ghana signed a treaty.", "cites": [{"id": "a1"}]},
        {
            "text": "53 trawlers may come.",
            "cites": [{"id": "a1", "quote": "Minister Ingrid Solheim said 35 trawlers may come."}],
        },
    )
    assert (result["supported"], result["total"]) == (1, 2)
    assert result["sentences"][0] == {"text": "Norway and Ghana signed a treaty.", "supported": True, "missing": []}
    assert result["sentences"][1]["missing"] == [{"kind": "number", "value": "53"}]


def test_what_only_the_headline_says_is_found() -> None:
    """An article is its headline and its text."""
    assert held({"text": "Kwame Boateng signed the treaty.", "cites": [{"id": "a1"}]})["supported"] == 1


def test_invented_citations_are_named() -> None:
    """A quote that its article does not hold, an unknown article and no citation at all are not support."""
    result = held(
        {"text": "Norway and Ghana signed a treaty.", "cites": [{"id": "a1", "quote": "They never signed anything."}]},
        {"text": "Norway and Ghana signed a treaty.", "cites": [{"id": "zz"}]},
        {"text": "Norway and Ghana signed a treaty.", "cites": []},
    )
    assert result["supported"] == 0
    kinds = [[missing["kind"] for missing in sentence["missing"]] for sentence in result["sentences"]]
    assert kinds == [["quotation"], ["quotation"], ["quotation"]]
    assert "zz" in result["sentences"][1]["missing"][0]["value"]


def test_a_verbatim_sentence_is_always_supported() -> None:
    """Whatever it says, a source's own sentence is borne out by that source."""
    for article in ARTICLES:
        assert held({"text": article.text.split(". ")[0], "cites": [article.id]})["supported"] == 1


@pytest.mark.parametrize(
    "summary",
    [
        {},
        {"sentences": "none"},
        {"sentences": [5]},
        {"sentences": [{"cites": []}]},
        {"sentences": [{"text": "x", "cites": "a1"}]},
        {"sentences": [{"text": "x", "cites": [{"quote": "y"}]}]},
        {"sentences": [{"text": "x", "cites": [{"id": "a1", "quote": 7}]}]},
    ],
)
def test_a_summary_of_another_form_is_refused(summary: dict[str, Any]) -> None:
    """The error says what is wrong and, where it is one sentence, which."""
    with pytest.raises(ValueError, match="sentence"):
        verify(summary, ARTICLES)


def test_nothing_told_is_nothing_wrong() -> None:
    """An empty summary has no unsupported sentence."""
    assert verify({"sentences": []}, []) == {"sentences": [], "supported": 0, "total": 0}


@given(st.text(max_size=400), st.sampled_from(["en", "th", "fa", "zh", "de", "und", "xx"]), st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_any_text_is_judged(claim: str, language: str, source: str) -> None:
    """No text of any kind raises; a claim that is its source is supported."""
    check(claim, language, [Passage("a", source, language)])
    if len(claim.strip()) > 20 and any(map(str.isalpha, claim)):
        assert check(claim, language, [Passage("a", claim, language)]).supported


def test_long_texts_are_bounded() -> None:
    """A sentence of 100,000 characters against an article of a million is judged within seconds."""
    started = time.monotonic()
    check(
        "Oslo paid 48 million dollars. " * 4_000,
        "en",
        [Passage("a", TEXT * 7_000, "en"), Passage("b", TEXT * 100, "vi")],
    )
    assert time.monotonic() - started < 20


def test_rounding_is_no_error_but_another_figure_is() -> None:
    """1.2 million for 1,187,300 is the same figure; 1.3 million, 5 % for 5 and 19 for 20 are not."""
    source = [Passage("a", "The fund paid 1,187,300 crowns to 19 farmers, 5 of them women.", "en")]
    assert check("The fund paid about 1.2 million crowns.", "en", source).supported
    assert not check("The fund paid about 1.3 million crowns.", "en", source).supported
    assert not check("It paid 20 farmers.", "en", source).supported
    assert not check("It paid 5 % of them.", "en", source).supported


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ({"text": "", "cites": ["a1"]}, "the sentence is empty"),
        ({"text": " \u200b…\n", "cites": ["a1"]}, "the sentence is empty"),
        ({"text": "Norway and Ghana signed a treaty."}, "no citation"),
        ({"text": "Norway and Ghana signed a treaty.", "cites": ["zz"]}, "no article zz"),
        ({"text": "Norway and Ghana signed a treaty.", "cites": [{"id": "a1", "quote": " "}]}, "an empty quote"),
    ],
)
def test_what_holds_nothing_up_is_named(sentence: dict[str, Any], said: str) -> None:
    """An empty sentence, no citation, an unknown article and an empty quote are each refused in words."""
    (verdict,) = held(sentence)["sentences"]
    assert not verdict["supported"]
    assert verdict["missing"] == [{"kind": "quotation", "value": said}]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=()), max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "quote", "text"]), inner),
    max_leaves=6,
)


@given(
    st.lists(
        st.fixed_dictionaries({"text": st.text(st.characters(exclude_categories=()), max_size=120) | _JSON}).flatmap(
            lambda row: st.fixed_dictionaries({"text": st.just(row["text"]), "cites": _JSON, "language": _JSON})
        )
        | _JSON,
        max_size=3,
    )
    | _JSON
)
@settings(max_examples=150, deadline=None)
def test_any_summary_is_judged_or_refused(sentences: Any) -> None:
    """Whatever JSON a summary is made of, lone surrogates too, there is a verdict or a ValueError, and it is JSON."""
    try:
        result = verify({"sentences": sentences}, ARTICLES)
    except ValueError:
        return
    json.dumps(result, ensure_ascii=False).encode("utf-8")
    assert result["supported"] <= result["total"] == len(sentences)
