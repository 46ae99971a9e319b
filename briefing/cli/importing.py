"""Subscription lists of other readers (OPML), as sources to paste into config.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from briefing.cli.output import say
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from lxml import etree

_MOST_BYTES = 5_000_000
_MOST = 3_000


def import_sources(
    opml: Annotated[Path, typer.Argument(help="What another feed reader exported.", metavar="FILE.opml")],
) -> None:
    """Print the feeds of an OPML file to paste.

    They are printed as sources of config.yaml; nothing is changed.
    """
    say(as_yaml(sources_of(opml)).rstrip())


def sources_of(file: Path) -> list[dict[str, str]]:
    """Give the feeds of an OPML file as sources, each address once, in its order.

    Raises ConfigError naming the file and what is wrong with it.
    """
    from lxml import etree

    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ConfigError(f"{file}: larger than {_MOST_BYTES // 1_000_000} MB; is this a list of feeds?")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
        root = etree.fromstring(file.read_bytes(), parser)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError(f"{file}: not OPML ({error})") from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ConfigError(f"{file}: not OPML: expected <opml>")
    found = list(_read(root))
    if not found:
        raise ConfigError(f'{file}: no feeds in it: expected <outline xmlUrl="https://…">')
    return found[:_MOST]


def _read(root: etree._Element) -> Iterator[dict[str, str]]:
    from briefing.config.values import slug_of

    addresses: set[str] = set()
    slugs: set[str] = set()
    for outline in root.iter("outline"):
        given = {name.lower(): " ".join(value.split()) for name, value in outline.attrib.items()}
        address = given.get("xmlurl", "").replace("feed://", "https://")
        if urlsplit(address).scheme not in ("http", "https") or address in addresses:
            continue
        addresses.add(address)
        name = "".join(filter(str.isprintable, given.get("title") or given.get("text", ""))) or urlsplit(address).netloc
        source = {"feed": address, "name": name[:100]}
        slug = base = slug_of(name) or "source"
        number = 2
        while slug in slugs:
            slug, number = f"{base}-{number}", number + 1
        slugs.add(slug)
        if slug != base:
            source["slug"] = slug
        language = given.get("language", "").split("-")[0].lower()
        yield source | ({"language": language} if len(language) == 2 and language.isascii() else {})


def as_yaml(found: list[dict[str, str]]) -> str:
    """Give sources as lines of YAML to paste below ``sources:``; a dollar sign is doubled, as config.yaml wants it."""
    import yaml

    rows = [{key: value.replace("$", "$$") for key, value in source.items()} for source in found]
    made = (
        yaml.safe_dump(row, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10**6) for row in rows
    )
    return "".join(f"  - {line}" for line in made)
