"""Copies of pictures, on both stores."""

from __future__ import annotations

from briefing.ports import Copy
from briefing.store import Store
from briefing.store.pictures import Kept

from .makers import NOW

URL = "https://example.org/ภาพ.jpg"
BODY = b"\xff\xd8\x00\xff picture \x00"


def test_a_copy_is_kept_by_address_and_shape(store: Store) -> None:
    """A copy comes back byte for byte under a name of its own; the small one of the same address is another."""
    assert store.pictures.known(URL, large=True) is None
    kept = store.pictures.keep(URL, Copy(BODY, 1168, 657), NOW, large=True)
    assert (kept.width, kept.height, kept.refused) == (1168, 657, None)
    assert store.pictures.known(URL, large=True) == kept
    assert store.pictures.known(URL, large=False) is None
    assert store.pictures.body(kept.file) == BODY
    small = store.pictures.keep(URL, Copy(b"small", 264, 176), NOW, large=False)
    assert small.file != kept.file
    assert kept.file.isascii()
    assert kept.file.endswith(".jpg")
    assert store.pictures.body("other.jpg") is None


def test_a_refusal_is_kept_and_may_be_made_good(store: Store) -> None:
    """What cannot be had is remembered with its reason and has no body, until a copy takes its place."""
    kept = store.pictures.refuse(URL, "answered 404 \ud800", NOW, large=True)
    assert store.pictures.known(URL, large=True) == Kept(kept.file, refused="answered 404 \ufffd")
    assert store.pictures.body(kept.file) is None
    store.pictures.keep(URL, Copy(BODY, 600, 400), NOW, large=True)
    assert store.pictures.known(URL, large=True) == Kept(kept.file, 600, 400)
    assert store.pictures.body(kept.file) == BODY
