"""Themes: readable in light and dark, stacks for every script, users' own."""

from __future__ import annotations

from dataclasses import fields
from itertools import product
from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.render.theme import SIZES, Palette, theme, themes, writing


def luminance(colour: str) -> float:
    """Give the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "scheme"), [*product(themes(), ("light", "dark"))])
def test_text_is_readable_on_every_ground(name: str, scheme: str) -> None:
    """Ink, muted and accent reach 4.5:1 on paper, desk and tint; ink reaches 7:1."""
    palette: Palette = getattr(theme(name), scheme)
    for text, ground in product(("ink", "muted", "accent"), ("paper", "desk", "tint")):
        ratio = contrast(getattr(palette, text), getattr(palette, ground))
        assert ratio >= (7 if text == "ink" else 4.5), (text, ground, ratio)


@pytest.mark.parametrize("name", themes())
def test_base_colours_survive_inversion(name: str) -> None:
    """No pure black or white, which clients that force a dark mode invert to a glare."""
    for palette in (theme(name).light, theme(name).dark):
        assert not {"#ffffff", "#000000"} & {getattr(palette, item.name) for item in fields(Palette)}


def test_three_themes_are_shipped() -> None:
    """A default and two more."""
    assert themes() == ("gazette", "morning", "slate")
    assert min(SIZES.values()) >= 13


@pytest.mark.parametrize(
    ("language", "key"),
    [
        ("en", "Latn"),
        ("vi", "Viet"),
        ("th", "Thai"),
        ("fa", "Arab"),
        ("zh", "Hani"),
        ("zh-TW", "Hant"),
        ("zh-Hant", "Hant"),
        ("ja", "Jpan"),
        ("ko", "Kore"),
        ("ru", "Cyrl"),
        ("und", "Latn"),
    ],
)
def test_every_language_has_a_face(language: str, key: str) -> None:
    """Scripts have stacks of their own, Vietnamese and traditional Chinese too."""
    assert writing(language) == key
    assert theme("morning").face(language)


def test_a_stack_serves_all_languages_of_an_edition() -> None:
    """The first language's families lead, others follow, the generic family comes once and last."""
    stack = theme("morning").stack("serif", ("vi", "th", "fa"))
    families = stack.split(", ")
    assert families[0] == "Charter"
    assert "'Noto Serif Thai'" in families
    assert "Vazirmatn" in families
    assert families.count("serif") == 1
    assert families[-1] == "serif"
    assert '"' not in stack


def write(folder: Path, name: str, text: str) -> None:
    """Write a theme file of a user's."""
    (folder / "themes").mkdir(exist_ok=True)
    (folder / "themes" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_users_theme_wins_and_an_edited_one_is_read_again(tmp_path: Path) -> None:
    """A file of the same name overrides the shipped one; a change shows at once."""
    shipped = Path(__file__).parents[2] / "templates" / "themes" / "morning.yaml"
    text = shipped.read_text(encoding="utf-8")
    write(tmp_path, "morning", text.replace("#8f2d1a", "#123456"))
    assert theme("morning", (tmp_path,)).light.accent == "#123456"
    write(tmp_path, "morning", text.replace("#8f2d1a", "#654321") + "\n")
    assert theme("morning", (tmp_path,)).light.accent == "#654321"
    assert theme("morning").light.accent == "#8f2d1a"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("heading: serif", "no palette 'light'"),
        ("heading: fancy", "serif or sans"),
        ("- a", "no mapping"),
        ("a: [", "cannot be read"),
        ("light: {ink: red}", "must be a colour like"),
    ],
)
def test_a_broken_theme_names_its_file_and_the_mend(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong with a theme is said with its path."""
    write(tmp_path, "mine", text)
    with pytest.raises(RenderError, match=said) as caught:
        theme("mine", (tmp_path,))
    assert str(tmp_path) in caught.value.subject


def test_an_unknown_theme_is_named_with_those_there_are() -> None:
    """A misspelt theme gets a suggestion."""
    with pytest.raises(RenderError, match="did you mean morning"):
        theme("mornin")


def test_font_stacks_cannot_break_out_of_a_style(tmp_path: Path) -> None:
    """A stack with a quotation mark or a bracket is refused when it is read."""
    write(tmp_path, "fonts", 'Latn: {serif: "x\\"; }", sans: sans-serif, size: 1, leading: 1.5}')
    with pytest.raises(RenderError, match="a stack is names"):
        theme("morning", (tmp_path,))
