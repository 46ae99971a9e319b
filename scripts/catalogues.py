"""Bring the gettext catalogues up to date with the messages in templates and code.

    python scripts/catalogues.py

New messages are added without a translation, messages that nobody uses any more go, translations stay. Prints what
each catalogue lacks; exits with 1 where one lacks something.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "briefing" / "render" / "i18n"
PROCESSES = ROOT / "briefing" / "timeline" / "processes"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2), "_n": (1, 2), "N_": None}
JINJA = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
SOURCES = (
    (ROOT / "templates", [("**.*", "jinja2.ext:babel_extract")]),
    (ROOT / "briefing" / "render", [("**.py", "python")]),
)


def messages() -> Catalog:
    """Give every message that templates, code and the shipped processes ask for; none is translated."""
    found = Catalog(fuzzy=False)
    for folder, methods in SOURCES:
        for _, _, message, _, _ in extract_from_dir(str(folder), methods, {"**.*": JINJA}, KEYWORDS):
            found.add(message)
    for path in sorted(PROCESSES.glob("*.yaml")):
        process = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name in (process["name"], *(stage["name"] for stage in process["stages"])):
            found.add(name)
    return found


def lacking(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """Give the messages that a catalogue does not translate, in every plural form it has."""
    missing = []
    for message in wanted:
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        known = catalogue.get(key)
        forms = known.string if known and isinstance(known.string, tuple) else (known.string if known else "",)
        if not all(forms) or (isinstance(message.id, tuple) and len(forms) != catalogue.num_plurals):
            missing.append(key)
    return missing


def main() -> int:
    """Update every catalogue and report."""
    wanted, failed = messages(), 0
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.stem)
        catalogue.update(wanted, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.creation_date = catalogue.revision_date  # a run that changes nothing changes no byte
        with path.open("wb") as target:
            write_po(target, catalogue, width=0, omit_header=False, no_location=True, sort_output=True)
        missing = lacking(catalogue, wanted)
        failed += bool(missing)
        print(f"{path.name}: {len(catalogue)} messages, {len(missing)} not translated", *missing, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
