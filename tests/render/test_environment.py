"""Templates: users' own first; a broken one is named and costs no edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.render.environment import bdi, environment, whole
from briefing.render.mail import mail, mail_html
from briefing.shipped import TEMPLATES

from .editions import SITE, edition


def own(folder: Path, name: str, text: str) -> tuple[Path, ...]:
    """Write a template of a user's and give the folders to look in."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return (folder,)


def shipped(name: str) -> str:
    """Give a shipped template's text."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def test_a_single_template_can_be_overridden(tmp_path: Path) -> None:
    """One file of the user's is used, and all others stay the shipped ones."""
    closing = shipped("mail/closing.mjml").replace("{{ colophon }}", "{{ colophon }} Set by hand.")
    folders = own(tmp_path, "mail/closing.mjml", closing)
    assert "Set by hand." in mail_html(edition(2, "en"), SITE, folders)
    assert "Set by hand." not in mail_html(edition(2, "en"), SITE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<mj-section>\n{{ sheet.storys }}</mj-section>", r"line 2: .*storys.*did you mean 'stories'"),
        ("\n\n{{ colofon }}", r"line 3: 'colofon' is undefined \(did you mean 'colophon'\?\)"),
        ("{% for x in sheet.stories %}", "line 1: Unexpected end of template"),
        ("{{ sheet.stories | sortt }}", "line 1: No filter named 'sortt'"),
        ("a\n{{ 1 / 0 }}", "line 2: division by zero"),
        ("{{ sheet.stories[0].headline.text.nothing() }}", "line 1: .*nothing"),
        ("<mj-sektion><mj-column></mj-column></mj-sektion>", "mj-sektion"),
        ("<mj-section><p>open</mj-section>", "mail compiler refused"),
    ],
)
def test_a_broken_template_is_named_and_the_shipped_one_used(tmp_path: Path, text: str, said: str) -> None:
    """The error names file, line and variable; the edition goes out all the same."""
    folders = own(tmp_path, "mail/closing.mjml", text)
    with pytest.raises(RenderError, match=said):
        mail_html(edition(2, "en"), SITE, folders)
    problems: list[RenderError] = []
    assert mail(edition(2, "en"), SITE, folders, problems) == mail(edition(2, "en"), SITE)
    assert len(problems) == 1
    if "line" in said:
        assert str(tmp_path / "mail" / "closing.mjml") in problems[0].subject


def test_a_template_that_includes_nothing_there_is_named(tmp_path: Path) -> None:
    """A missing include says which file and where it was looked for."""
    folders = own(tmp_path, "mail/closing.mjml", '{% include "mail/mising.mjml" %}')
    with pytest.raises(RenderError, match=r"mail/mising\.mjml: not found in"):
        mail_html(edition(1, "en"), SITE, folders)


def test_a_broken_theme_of_the_users_costs_no_edition(tmp_path: Path) -> None:
    """The shipped theme of the same name is used and the problem reported."""
    folders = own(tmp_path, "themes/morning.yaml", "light: red")
    problems: list[RenderError] = []
    assert mail_html(edition(1, "en"), SITE, folders, problems) == mail_html(edition(1, "en"), SITE)
    assert "morning.yaml" in str(problems[0])


def test_an_edited_template_is_used_at_once(tmp_path: Path) -> None:
    """A preview shows a change without a restart."""
    import os

    folders = own(tmp_path, "mail/style.css", ".first{color:red}")
    assert ".first" in mail_html(edition(1, "en"), SITE, folders)
    own(tmp_path, "mail/style.css", ".second{color:red}")
    os.utime(tmp_path / "mail" / "style.css", (1, 1))
    assert ".second" in mail_html(edition(1, "en"), SITE, folders)


def test_a_programming_error_of_ours_is_not_called_a_templates() -> None:
    """Only what happens inside a template is turned into a RenderError."""
    with pytest.raises(AttributeError):
        mail_html(None, SITE)  # type: ignore[arg-type]


def test_bdi_isolates_and_escapes() -> None:
    """A foreign name keeps its direction and cannot hold markup."""
    assert bdi("<b>", "fa") == '<bdi lang="fa" dir="rtl">&lt;b&gt;</bdi>'
    assert bdi("x") == "<bdi>x</bdi>"
    assert bdi("x", "und") == "<bdi>x</bdi>"


def test_thai_that_a_browser_would_tear_stays_on_a_line() -> None:
    """What would be parted within a word is a span of its own, as the page or mail says it; everything is escaped."""
    made = whole("<b> ตามรายงานของสปุตนิกว่า", "th")
    assert made == '&lt;b&gt; ตาม<span class="unparted">รายงานของสปุ</span>ตนิกว่า'
    assert whole("ตามรายงานของสปุตนิกว่า", "th", 'x"').count('<span style="x&#34;">') == 1
    assert whole("<b>", "en") == "<b>"  # the template escapes it, as all text


def test_messages_escape_what_they_are_given() -> None:
    """A translated message does not let markup through."""
    made = environment("en").from_string('{{ _("after %(outlet)s", outlet="<b>") }}').render()
    assert made == "after &lt;b&gt;"


def test_the_words_of_the_interface_escape_what_they_are_filled_with(tmp_path: Path) -> None:
    """A message filled with a stranger's text is escaped in HTML and not in text, and a lone percent sign stays one."""
    (tmp_path / "x.html").write_text('{{ _("Since %(date)s", date="<b>") }} {{ _("100%%") }} {{ _("Sources") }}')
    (tmp_path / "x.txt").write_text('{{ _("Since %(date)s", date="<b>") }} {{ gettext("Sources") }}')
    made = environment("en", [tmp_path])
    assert made.get_template("x.html").render() == "Since &lt;b&gt; 100% Sources"
    assert made.get_template("x.txt").render() == "Since <b> Sources"


def test_macros_take_their_arguments_by_name_default_and_caller(tmp_path: Path) -> None:
    """Macros called from templates keep all that Jinja lets them take, and its complaints."""
    (tmp_path / "x.html").write_text(
        "{% macro a(x, y=2) %}{{ x }}{{ y }}{% endmacro %}{% macro b(x) %}{{ x }}{{ caller() }}{% endmacro %}"
        "{% for n in (1, 2) %}{{ a(n) }}{{ a(x=n, y='&') }}{% call b(n) %}<{{ n }}>{% endcall %}{% endfor %}"
    )
    assert environment("en", [tmp_path]).get_template("x.html").render() == "121&amp;1<1>222&amp;2<2>"
    (tmp_path / "y.html").write_text("{% macro a(x) %}{{ x }}{% endmacro %}{{ a(1, 2) }}")
    with pytest.raises(TypeError, match="macro 'a' takes not more than 1"):
        environment("en", [tmp_path]).get_template("y.html").render()
