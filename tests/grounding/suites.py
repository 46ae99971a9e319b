"""The labelled suites of wrong and right sentences, and how a case of one is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from briefing.grounding import Passage, Verdict, check


def suite(name: str) -> dict[str, Any]:
    """Read a suite: ``articles`` by key, and its ``wrong`` and ``right`` cases."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / f"data/{name}.yaml").read_text(encoding="utf-8"))
    return found


def verdict_on(case: dict[str, Any], articles: dict[str, Any]) -> Verdict:
    """Hold one case against the reports it cites, without an engine for meaning."""
    cited = []
    for key in case["cites"]:
        report = articles[key]
        text = f"{report['title']}.\n{report['text']}"
        cited.append(Passage(key, text, report["language"], str(report["published"])))
    return check(case["text"], case["language"], cited)
