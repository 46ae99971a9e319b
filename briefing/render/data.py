"""An edition as data: `edition.json`, and the JSON Schema that it keeps to."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from briefing.model import Edition

EDITION = TypeAdapter(Edition)
"""How an edition is written as plain data and read from it: building this takes longer than most of its uses."""

SCHEMA_ID = "https://briefing.example/edition.schema.json"


def edition_json(edition: Edition) -> bytes:
    """Give all that an edition holds as JSON, UTF-8, in the order of the nouns' fields."""
    return json.dumps(EDITION.dump_python(edition, mode="json"), ensure_ascii=False, indent=1).encode() + b"\n"


def edition_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of `edition_json`; it is published as ``docs/edition.schema.json``."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | EDITION.json_schema(mode="serialization")
