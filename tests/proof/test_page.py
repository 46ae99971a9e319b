from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.proof import Finding, check_page

from ..render.editions import edition
from ..render.sites import FOLDER, site_of, with_grounds
from .mails import PAGE, SHEET

# rule: (what stands in the page, what stands there instead)
BROKEN = {
    "landmark": ('<main id="main">', '<div id="main">'),
    "skip-link": ('<a class="skip" href="#main">Skip to the content</a>', ""),
    "feed-discovery": ('rel="alternate"', 'rel="help"'),
    "duplicate-id": ('<h2 id="one">', '<h2 id="main">'),
    "inline-code": ("<h2 id", '<h2 style="color:red" id'),
    "language": ('<html lang="en"', '<html lang=""'),
    "first-heading": ("<h1>Morning</h1>", ""),
    "link-generic": ("The whole storyline", "here"),
    "image-text": ("<p>It", '<p><img src="a.png" width="9" height="9">It'),
}


def found(source: str, style: str = SHEET) -> set[str]:
    return {finding.rule for finding in check_page(source, style)}


def test_a_good_page_has_nothing_to_find() -> None:
    """The page that every test below breaks in one place has no finding at all."""
    assert check_page(PAGE, SHEET) == ()


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_finds_what_breaks_it_and_only_that(rule: str) -> None:
    """A page that is broken in one place has one finding, of that rule."""
    good, bad = BROKEN[rule]
    assert good in PAGE
    assert found(PAGE.replace(good, bad)) == {rule}


def test_code_in_a_page_is_found() -> None:
    """A script or a handler in a page, which the site's policy refuses, is found; data for search engines is not."""
    for bad in ("<script>x()</script>", '<p onclick="x()">x</p>', "<style>p{}</style>"):
        assert found(PAGE.replace("<h2 id", bad + "<h2 id")) == {"inline-code"}
    data = '<script type="application/ld+json">{}</script>'
    assert found(PAGE.replace("</head>", data + "</head>")) == set()


@pytest.mark.parametrize(("good", "scheme"), [("--ink: #222222", "light"), ("--ink: #eeeeee", "dark")])
def test_contrast_is_read_from_the_style_sheet(good: str, scheme: str) -> None:
    """A colour that is a custom property of the linked sheet is judged, in each scheme by itself."""
    (finding,) = {
        finding.text
        for finding in check_page(PAGE, SHEET.replace(good, "--ink: #6b6b6b" if scheme == "dark" else "--ink: #888888"))
    }
    assert finding.endswith(f"in {scheme}")


@pytest.mark.parametrize("theme", ["morning", "slate", "gazette"])
def test_our_own_pages_have_nothing_to_find(theme: str) -> None:
    """No page of a site in four languages has a finding, in any of the shipped themes."""
    site = replace(FOLDER, theme=theme)
    files = site_of([with_grounds(edition(12, "vi", "th", "fa", "en", interface="en")), edition(6, "fa", "th")], site)
    style = files["assets/style.css"].decode()
    for path, body in files.items():
        if path.endswith(".html"):
            assert check_page(body.decode(), style) == (), path


@given(st.text(alphabet=st.sampled_from("<>/!-[]{}=\"' \x00amainp&#;:éก\ud800"), max_size=200), st.text(max_size=80))
def test_anything_can_be_checked(junk: str, style: str) -> None:
    """Whatever stands in a page or its style sheet, the check ends with findings and never with an error."""
    assert all(isinstance(one, Finding) for one in check_page(junk, style))
    assert all(isinstance(one, Finding) for one in check_page(PAGE.replace("<h2", junk + "<h2"), SHEET + style))
