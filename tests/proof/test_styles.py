from __future__ import annotations

import pytest
from lxml import html

from briefing.proof.styles import Computed, colour_of, computed, contrast, parsed


def look(style: str, body: str = '<p class="a b" id="p">x</p>', scheme: str = "light", tag: str = "p") -> Computed:
    root = html.document_fromstring(f"<html><body>{body}</body></html>")
    return computed(root, parsed(style), scheme)[next(root.iter(tag))]


BLACK, WHITE, RED = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (1.0, 0.0, 0.0)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white has 21 to 1, #777777 on white 4.48, whichever comes first (WCAG 2.2, contrast ratio)."""
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    grey = colour_of("#777")
    assert grey is not None
    assert contrast(WHITE, grey) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("style", "body"),
    [
        (".a { color: red } p { color: blue }", '<p class="a">x</p>'),
        ("#p { color: red } .a.b { color: blue }", '<p class="a b" id="p">x</p>'),
        ("p { color: blue } p { color: red }", "<p>x</p>"),
        ("p { color: blue }", '<p style="color: red">x</p>'),
        ("p { color: red !important }", '<p style="color: blue">x</p>'),
        ("div > p { color: red } p { color: blue }", "<div><p>x</p></div>"),
        ("div { color: red } section p { color: blue }", "<div><p>x</p></div>"),
        (":root { --c: red } p { color: var(--c) }", "<p>x</p>"),
        ("p { color: var(--none, red) }", "<p>x</p>"),
        ("@media (max-width: 520px) { p { color: blue } } @media (min-width: 480px) { p { color: red } }", "<p>x</p>"),
        ("@media print { p { color: blue } } p { color: rgb(255 0 0) }", "<p>x</p>"),
        (
            "[data-ogsc] p { color: blue } p:hover { color: blue } p::before { color: blue } p { color: red }",
            "<p>x</p>",
        ),
        ("p { color: red } nonsense {{{ p { color: blue }", "<p>x</p>"),
    ],
)
def test_the_cascade_chooses_as_a_browser_does(style: str, body: str) -> None:
    """Specificity, order, importance, inline styles, combinators, properties and media choose the colour."""
    assert look(style, body).colour == RED


def test_dark_rules_hold_in_the_dark_alone() -> None:
    """What stands under prefers-color-scheme: dark is seen in the dark and not in the light."""
    style = "p { background: white } @media (prefers-color-scheme: dark) { p { background: black } }"
    assert look(style).ground == WHITE
    assert look(style, scheme="dark").ground == BLACK


def test_what_cannot_be_told_is_left_open() -> None:
    """Gradients, mixtures and half-transparent colours are no colour that could be judged."""
    for value in ("linear-gradient(red, blue)", "color-mix(in srgb, red, blue)", "rgb(0 0 0 / 50%)", "nonsense"):
        assert look(f"p {{ background: {value} }}").ground is None


@pytest.mark.parametrize(
    ("style", "size", "bold"),
    [
        ("body { font-size: 20px } p { font-size: 50% }", 10, False),
        ("body { font: bold 20px/1.4 serif }", 20, True),
        ("body { font-size: 20px } p { font-size: 1.5em; font-weight: 700 }", 30, True),
        ("body { font-size: 20px } p { font-size: 1rem }", 16, False),
    ],
)
def test_sizes_are_in_pixels(style: str, size: float, bold: bool) -> None:
    """Ems, percentages and shorthands come out in pixels, with the weight."""
    found = look(style)
    assert (found.size, found.bold) == (size, bold)


def test_what_is_hidden_is_not_shown() -> None:
    """An element with display: none, and all within it, is not shown."""
    assert not look("div { display: none }", "<div><p>x</p></div>").shown
