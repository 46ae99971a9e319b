from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import TypeAdapter

from briefing.model import Edition
from briefing.render.data import edition_json, edition_schema

from .editions import edition

DOCS = Path(__file__).parents[2] / "docs"


def test_the_published_schema_is_the_models() -> None:
    """docs/edition.schema.json says what the model says."""
    made = json.dumps(edition_schema(), ensure_ascii=False, indent=1) + "\n"
    assert (DOCS / "edition.schema.json").read_text("utf-8") == made, "write it anew: make docs/edition.schema.json"


@pytest.mark.parametrize("count", [0, 1, 12])
def test_every_edition_keeps_to_the_schema(count: int) -> None:
    """Editions of none, one and twelve storylines are valid, and come back as they were."""
    made = edition(count, "vi", "th", "fa")
    data = edition_json(made)
    jsonschema.validate(json.loads(data), edition_schema())
    assert TypeAdapter(Edition).validate_json(data) == made


def test_the_schema_refuses_what_is_no_edition() -> None:
    """A storyline without its sentences is refused."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"newsletter": "morning", "storylines": [{}]}, edition_schema())
