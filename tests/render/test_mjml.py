"""The compiler's traps, one by one."""

from __future__ import annotations

import html as entities
import re

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from briefing.errors import RenderError
from briefing.render.mjml import compile_mjml, prepare, verify

HOSTILE = (
    "{{ 7 * 7 }}",
    "{% include 'x' %}",
    "{# x #}",
    "<mj-section>",
    "</mj-text></mj-column>",
    "<!--[if mso]>x<![endif]-->",
    "<![CDATA[x]]>",
    "<script>alert(1)</script>",
    "a < b & c > d",
    "\\u{e48}",
    'say "x\\"',
    "]]>",
    "&#xZZ;",
    "&amp;lt;",
    "\u202etxt.exe",
    "👩\u200d👩\u200d👧",
    "ก่อนน้ำ",
    "می\u200cخواهم",
    "e\u0301\u0323" * 40,
    "\x00\x01\x1b[2J",
    "\u00a0\u2028\u2029",
    'style="x\ny"',
    "'\"'",
    "\ufeff\ufffe\uffff",
    "-->",
    "<p>open",
    '="é',
    "w" * 2_000,
)


def document(inner: str, title: str = "t") -> str:
    """Give a whole MJML document around some inner text markup."""
    return (
        f'<mjml lang="en" dir="ltr"><mj-head><mj-title>{title}</mj-title></mj-head><mj-body><mj-section><mj-column>'
        f"<mj-text>{inner}</mj-text></mj-column></mj-section></mj-body></mjml>"
    )


def shown(html: str) -> str:
    """Give the text a reader sees."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return "".join(tree.find("body").itertext())


def attribute(html: str, name: str) -> str | None:
    """Give the value of an attribute of the only <i> in a document."""
    return html5lib.parse(html, namespaceHTMLElements=False).find(".//i").get(name)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is_and_nothing_more(text: str) -> None:
    """Escaped text comes out as the same text, whatever syntax it imitates, less what no document may hold."""
    html = compile_mjml(document(f"<i>{escape(text)}</i>"))
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "", text)
    assert kept in shown(html)
    body = html[html.index("<body") :]
    assert "{{" not in body
    assert "{%" not in body
    assert not re.search(r"</?mj-", body)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_attribute_values_survive(text: str) -> None:
    """An attribute holds the value it was given: no debug escapes, no lost quotes, line ends become spaces."""
    html = compile_mjml(document(f'<i title="{escape(text)}">x</i>'))
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "", text).replace("\n", " ")
    assert attribute(html, "title") == kept


def test_a_title_of_combining_marks_reaches_the_label_unharmed() -> None:
    """mj-title becomes an aria-label, which is an attribute too."""
    html = compile_mjml(document("x", title="ก่อนน้ำ “x”"))
    assert "\\u{" not in html
    label = re.search(r'aria-label="([^"]*)"', html)
    assert label is not None
    assert entities.unescape(label[1]) == "ก่อนน้ำ “x”"


def test_single_quoted_attributes_become_double_quoted() -> None:
    """A quotation mark inside single quotes does not end the attribute early."""
    assert attribute(compile_mjml(document("<i title='say \"ก่\"'>x</i>")), "title") == 'say "ก่"'


def test_style_blocks_are_left_alone() -> None:
    """Braces and quotes of a style sheet are not content."""
    style = "<mj-style>@media print{.a{color:red}} .b::before{content:'{{'}</mj-style>"
    assert style in prepare(f"<mjml><mj-head>{style}</mj-head></mjml>")


@pytest.mark.parametrize("inner", ["<p>a<p>b</p>", "a < b", "<![CDATA[x", "<b>"])
def test_what_is_not_well_formed_is_refused_with_its_place(inner: str) -> None:
    """The compiler's bare ValueError becomes a RenderError that says where."""
    with pytest.raises(RenderError, match=r"line 1 of the rendered MJML") as caught:
        compile_mjml(document(inner), "mail of morning")
    assert isinstance(caught.value.__cause__, ValueError)
    assert caught.value.subject == "mail of morning"


@pytest.mark.parametrize(
    "html",
    [
        "<mj-foo>x</mj-foo>",
        '<p title="\\u{e48}">x</p>',
        '<p title="a\\"b">x</p>',
        '<p style="a:b;\nc:d">x</p>',
        "<!--[if mso]>x",
        '<link href="https://fonts.example.org/x" rel="stylesheet">',
    ],
)
def test_known_defects_of_the_output_are_found(html: str) -> None:
    """Output that no client would show well never leaves."""
    with pytest.raises(RenderError):
        verify(html)


def test_an_unknown_tag_is_an_error() -> None:
    """The compiler passes unknown tags through in silence; we do not."""
    source = document("x").replace("<mj-column>", "<mj-colunm>").replace("</mj-column>", "</mj-colunm>")
    with pytest.raises(RenderError, match="mj-colunm"):
        compile_mjml(source)


@pytest.mark.parametrize("family", ["Roboto", "Open Sans", "Lato", "Ubuntu", "Droid Sans"])
def test_no_font_is_ever_fetched(family: str) -> None:
    """The compiler would link a web font for these families."""
    html = compile_mjml(document("x").replace("<mj-text>", f'<mj-text font-family="{family}, sans-serif">'))
    assert "googleapis" not in html


@given(text=st.text(max_size=300), value=st.text(max_size=100))
@example(text="</mj-text>", value='"')
@settings(max_examples=80, deadline=None)
def test_any_text_compiles(text: str, value: str) -> None:
    """Whatever a stranger writes, escaped, compiles and passes the checks."""
    html = compile_mjml(document(f'<i title="{escape(value)}">{escape(text)}</i>'))
    assert html.startswith("<!doctype html>")
