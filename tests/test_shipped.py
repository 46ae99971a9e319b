"""What comes with the package is where `briefing.shipped` says."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from briefing import shipped


def test_folders_and_configuration_are_there() -> None:
    """Templates, seeds and the commented configuration are found, in a checkout as in a wheel."""
    assert (shipped.TEMPLATES / "mail").is_dir()
    assert list(shipped.SEEDS.glob("*.txt"))
    assert shipped.CONFIG.is_file()


@pytest.mark.parametrize(
    ("package", "path"),
    [
        ("briefing.extract", "phrases.yaml"),
        ("briefing.timeline", "words.yaml"),
        ("briefing.grouping", "data/vetoes.yaml"),
        ("briefing.text", "data/modality.yaml"),
    ],
)
def test_a_table_reads_as_with_the_plain_loader(package: str, path: str) -> None:
    """The fast loader gives the same data as PyYAML's own safe one."""
    assert shipped.table(package, path) == yaml.safe_load(files(package).joinpath(path).read_text("utf-8"))
