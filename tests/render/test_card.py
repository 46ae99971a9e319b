"""The picture of a shared edition: right in every script, never a box, the same bytes each time."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.render import card as cards
from briefing.render import keeping, pages, typefaces
from briefing.render.card import FILE, SIZE, card, said
from briefing.render.theme import theme
from briefing.render.typefaces import shown, width
from briefing.shipped import TEMPLATES

from .editions import SITE, edition

LOOK = theme("morning")
ROOM = SIZE[0] - 2 * 72


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any font."""
    monkeypatch.setattr(typefaces, "_FOLDERS", ())
    typefaces.typefaces.cache_clear()
    keeping._slot.cache_clear()
    yield
    typefaces.typefaces.cache_clear()
    keeping._slot.cache_clear()


@pytest.fixture
def fonts() -> None:
    """A machine with fonts for Latin, Thai and Arabic letters."""
    if shown("aสف", []) is None:
        pytest.skip("no fonts for Latin, Thai and Arabic letters are installed")


def headed(headline: str, language: str = "en") -> Edition:
    """Give an edition whose first headline this is."""
    made = edition(2, "en")
    return replace(
        made,
        storylines=(replace(made.storylines[0], headline=headline, headline_language=language), *made.storylines[1:]),
    )


def size_of(png: bytes) -> tuple[int, int]:
    """Give width and height from a PNG's header."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


@pytest.mark.parametrize("language", ["en", "vi", "th", "fa"])
@pytest.mark.parametrize("count", [0, 1, 12])
def test_an_edition_has_a_picture_of_the_size_that_is_asked_for(language: str, count: int) -> None:
    """A PNG of 1200 by 630, the same bytes when it is drawn again."""
    made = edition(count, language)
    first = card(made, SITE)
    assert size_of(first) == SIZE
    keeping._slot.cache_clear()
    assert card(made, SITE) == first


def test_a_picture_that_says_the_same_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies there is taken as it is where it was drawn from the same and is whole; otherwise it is drawn anew."""
    made = edition(2, "en")
    drawn = card(made, SITE)
    (length,) = struct.unpack(">I", drawn[33:37])
    assert (drawn[37:41], zlib.crc32(drawn[37 : 41 + length])) == (b"tEXt", int.from_bytes(drawn[41 + length :][:4]))
    touched = drawn[:-30] + bytes(18) + drawn[-12:]
    for before, expected in ((touched, touched), (drawn[:-30], drawn), (drawn[:33] + drawn[90:], drawn), (b"", drawn)):
        keeping._slot.cache_clear()
        assert card(made, SITE, before=before) == expected
    keeping._slot.cache_clear()
    assert card(replace(made, title="Another"), SITE, before=touched) != touched
    monkeypatch.setattr(cards, "_drawing", lambda: "another version")
    keeping._slot.cache_clear()
    assert card(made, SITE, before=touched) != touched
    keeping._slot.cache_clear()


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    "headline",
    [
        "Short",
        "word " * 400,
        "A" * 2_000,
        "วุฒิสภากำหนดวันลงมติสนธิสัญญาความเป็นหุ้นส่วนทางยุทธศาสตร์อย่างรอบด้าน" * 8,
        "مجلس اعیان روز رأی‌گیری دربارهٔ پیمان AI 2024 را تعیین کرد " * 9,
        "<b>&amp; {{ x }} </text><image href='file:///etc/passwd'/>",
        "e\u0301\u0302\u0303" * 90,
        "a \u202e b \u2066 c",
        "\u200b\u2060\ufeff",
        "",
    ],
)
def test_no_line_leaves_the_picture(headline: str) -> None:
    """However long or hostile a headline is, its lines are few, as wide as there is room, and nothing but text."""
    lines, _ = cards._lines(headed(headline), LOOK)
    told = [line for line in lines if line.size >= 47]  # a headline's smallest size
    assert 1 <= len(told) <= 4
    for line in lines:
        faces = [face for _, face in line.runs]
        assert width("".join(text for text, _ in line.runs), faces, line.size) <= ROOM + 1
    assert size_of(card(headed(headline), SITE)) == SIZE


@pytest.mark.usefixtures("fonts")
def test_signs_that_no_font_has_are_left_out_and_letters_are_not() -> None:
    """An unassigned sign is dropped; a letter that cannot be shown makes the text one that cannot be shown."""
    found = shown("a \U0010fffd b", [])
    assert found is not None
    assert found[0] == "a b"
    unknown = next(
        chr(code) for code in range(0x16A40, 0x1E943) if chr(code).isalpha() and shown(chr(code), []) is None
    )
    assert shown(f"a {unknown}", []) is None
    assert cards._lines(headed(f"Name {unknown}"), LOOK) == ([], [])


@pytest.mark.usefixtures("bare")
def test_without_fonts_the_picture_has_no_words() -> None:
    """Where nothing can be shown there is a drawing, not boxes: the same for every headline without a process."""
    bare = replace(headed("One"), storylines=tuple(replace(t, process=None) for t in headed("One").storylines))
    other = replace(bare, storylines=(replace(bare.storylines[0], headline="Another"), *bare.storylines[1:]))
    assert cards._lines(bare, LOOK) == ([], [])
    assert card(bare, SITE) == card(other, SITE)
    assert size_of(card(bare, SITE)) == SIZE


def test_pages_name_the_picture_and_say_what_it_shows() -> None:
    """Edition and storyline pages have it with its size and words; lists of editions have none."""
    made = edition(3, "th", "fa")
    files = pages.site_files([made], [], SITE)
    for path in ("index.html", f"storylines/{made.storylines[1].slug}/index.html"):
        head = lxml.html.fromstring(files[path].decode()).find("head")
        metas = {meta.get("property") or meta.get("name"): meta.get("content") for meta in head.iter("meta")}
        assert metas["og:image"] == SITE.edition_url(made.date, made.newsletter, FILE)
        assert (metas["og:image:width"], metas["og:image:height"]) == tuple(map(str, SIZE))
        assert metas["og:image:alt"] == metas["twitter:image:alt"] == said(made)
        assert metas["twitter:card"] == "summary_large_image"
    assert b"og:image" not in files["archive/index.html"]


def test_a_template_of_ones_own_draws_it_and_a_broken_one_gives_way(tmp_path: Path) -> None:
    """A user's card.svg is used; what is no SVG is named, and the shipped one drawn."""
    path = tmp_path / "pages" / "card.svg"
    path.parent.mkdir()
    shipped = (TEMPLATES / "pages" / "card.svg").read_text(encoding="utf-8")
    path.write_text(shipped.replace("{{ light.paper }}", "#ff0000"), encoding="utf-8")
    made = edition(2, "en")
    assert card(made, SITE, [tmp_path]) != card(made, SITE)
    path.write_text("{# mine #}<svg><nothing", encoding="utf-8")
    problems: list[RenderError] = []
    assert card(made, SITE, [tmp_path], problems) == card(made, SITE)
    assert "card.svg" in str(problems[0])
