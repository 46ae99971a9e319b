"""Why articles belong together, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.model import Reason, Why
from briefing.render.grounds import named_most
from briefing.render.interface import interface

from .editions import edition


@pytest.mark.parametrize(
    ("headline", "spoken", "named"),
    [("vi", "en", "Bình Nhưỡng"), ("fa", "en", "پیونگ‌یانگ"), ("th", "fa", "پیونگ‌یانگ"), ("th", "en", "Bình Nhưỡng")],
)
def test_a_name_is_shown_in_a_script_that_is_read(headline: str, spoken: str, named: str) -> None:
    """Of a name's spellings the one in the headline's script is shown, else the interface's, however rare."""
    told = edition(1, "vi").storylines[0]
    reasons = (Reason("places", ("Bình Nhưỡng = پیونگ‌یانگ",), 2.0), Reason("people", ("پیونگ‌یانگ",), 2.0))
    why = tuple(Why(one, told.references[0].id, reasons) for one in ("a", "b"))
    shown = named_most(replace(told, headline_language=headline, why=why), interface(spoken))
    assert shown == f"<bdi>{named}</bdi>"
