"""Write docs/config.schema.json, by which editors complete and check config.yaml."""

import json
from pathlib import Path

from briefing.config import schema

target = Path(__file__).parents[1] / "docs" / "config.schema.json"
target.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
print(target)
