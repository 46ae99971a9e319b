from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.proof import BUDGET, CLIPPED, Finding, check_mail
from briefing.proof.findings import PLACES
from briefing.render.mail import BUDGET as MADE_TO
from briefing.render.mail import mail_html

from ..render.editions import SITE, edition
from ..render.sites import hostile
from .mails import MAIL

STORY = "<p>The upper house"
# rule: (what stands in the mail, what stands there instead)
BROKEN = {
    "clipped": (STORY, "<p>" + "word " * (CLIPPED // 5) + STORY[3:]),
    "nearly-clipped": (STORY, "<p>" + "word " * (BUDGET // 5) + STORY[3:]),
    "style-size": ("<style>", "<style>/*" + "x" * 16_400 + "*/"),
    "mjml-left": (STORY, "<mj-txt>" + STORY),
    "template-left": (STORY, "<p>{{ story.headline }} The upper house"),
    "escape-left": ('alt="A map of the delta"', r'alt="A map \u{e48}"'),
    "conditional-comments": ("</table><![endif]-->", "</table>-->"),
    "active-content": (STORY, "<form></form>" + STORY),
    "remote-style": ("<style>", "<style>@import 'https://example.org/a.css';"),
    "forbidden-style": ("<p><img", '<p style="position:fixed"><img'),
    "justified-text": ("<p><img", '<p style="text-align:justify"><img'),
    "tracking-pixel": ('width="600" height="300"', 'width="1" height="1"'),
    "language": ('<html lang="en" dir', '<html lang="und" dir'),
    "direction": ('lang="en" dir="ltr"><head>', 'lang="en"><head>'),
    "block-language": ('<div lang="en" dir="ltr" class', '<div dir="ltr" class'),
    "mixed-languages": ('<div lang="en" dir="ltr" class', '<div lang="fr" dir="ltr" class'),
    "title": ("<title>Upper house sets a date</title>", "<title> </title>"),
    "charset": ('<meta charset="utf-8">', '<meta charset="iso-8859-1">'),
    "viewport": ("width=device-width, initial-scale=1", "width=600"),
    "zoom": ("initial-scale=1", "initial-scale=1, maximum-scale=1"),
    "first-heading": ("<h2>The upper house</h2>", "<h1>The upper house</h1>"),
    "heading-order": ("<h2>The upper house</h2>", "<h3>The upper house</h3>"),
    "empty-heading": ("<h2>The upper house</h2>", "<h2> </h2>"),
    "color-scheme": ('<meta name="color-scheme" content="light dark">', ""),
    "dark-palette": ("(prefers-color-scheme: dark)", "print"),
    "contrast": ("color:#222222", "color:#999999"),
    "small-text": ("<h2>The", '<h2 style="font-size:11px">The'),
    "body-size": ("font-size:17px", "font-size:14px"),
    "table-role": ('<table role="presentation"><tr>', "<table><tr>"),
    "image-text": (' alt="A map of the delta"', ""),
    "image-size": (' height="300"', ""),
    "image-source": ("https://example.org/a.png", "data:image/png;base64,AAAA"),
    "vml-text": ("<td><![endif]-->", '<td><v:rect fill="t"></v:rect><![endif]-->'),
    "link-empty": ('href="https://example.org/treaty"', 'href=""'),
    "link-scheme": ("https://example.org/treaty", "http://example.org/treaty"),
    "link-name": ("The Harbour Post</a>", " </a>"),
    "link-generic": ("The Harbour Post</a>", "อ่านต่อ »</a>"),
    "link-ambiguous": ("The Harbour Post</a>", "Unsubscribe</a>"),
    "link-lost": ("https://example.org/treaty", "#nowhere"),
    "preheader": ('style="display:none"', 'style="color:#222222"'),
    "preheader-length": ("River levels fall after a week of flooding in the delta", "Short"),
    "unreadable": (MAIL, " "),
}


def found(source: str) -> set[str]:
    return {finding.rule for finding in check_mail(source)}


def test_a_good_mail_has_nothing_to_find() -> None:
    """The mail that every test below breaks in one place has no finding at all."""
    assert check_mail(MAIL) == ()


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_finds_what_breaks_it_and_only_that(rule: str) -> None:
    """A mail that is broken in one place has one finding, of that rule."""
    good, bad = BROKEN[rule]
    assert good in MAIL
    assert found(MAIL.replace(good, bad)) == {rule}


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        (STORY, '<p onclick="x()">The upper house', "active-content"),
        ("https://example.org/treaty", "javascript:alert(1)", "active-content"),
        ("</title>", '</title><link rel="stylesheet" href="https://example.org/a.css">', "remote-style"),
        ("<style>", "<style>@font-face { font-family: x; src: url(https://example.org/x) }", "remote-style"),
        ("<style>", "<style>p { background-image: url('https://example.org/p.png') }", "forbidden-style"),
        ("<style>", "<style>p { color: var(--ink) }", "forbidden-style"),
        (' width="640"><tr>', ' width="640"><tr><table>', "table-role"),
        ("color: #eeeeee !important", "color: #222222 !important", "contrast"),
        ("background: #111111", "background: #dddddd", "contrast"),
    ],
)
def test_rules_hold_in_style_sheets_comments_and_the_dark_too(good: str, bad: str, rule: str) -> None:
    """Handlers, scripts as addresses, style sheets, Outlook's own tables and the dark palette are looked at as well."""
    assert good in MAIL
    assert rule in found(MAIL.replace(good, bad))


def test_large_text_may_be_paler() -> None:
    """What has 3.5 to 1 is too pale for text of 17 pixels and dark enough for a heading of 32 (WCAG 1.4.3)."""
    light = MAIL.replace("@media (prefers-color-scheme: dark)", "@media print")
    assert found(light.replace("<h1>", '<h1 style="font-size:32px;color:#888888">')) == {"dark-palette"}
    assert found(light.replace("<h1>", '<h1 style="font-size:17px;color:#888888">')) == {"dark-palette", "contrast"}


def test_findings_say_where() -> None:
    """A finding names the element by its tag, its place among them and its line, as a browser finds it again."""
    mail = MAIL.replace(' alt="A map of the delta"', "").replace(
        "<p><img", "<p><img alt='' width=9 height=9 src=https://x.org/><img"
    )
    (finding,) = check_mail(mail)
    (place,) = finding.places
    assert (place.tag, place.index) == ("img", 1)
    assert "a.png" in mail.splitlines()[place.line - 1]


def test_equal_findings_are_one_with_a_count() -> None:
    """A hundred tables without a role are one finding a hundred times, and name the first places alone."""
    mail = MAIL.replace(STORY, "<table><tr><td>x</td></tr></table>" * 100 + STORY)
    (finding,) = check_mail(mail)
    assert (finding.count, len(finding.places)) == (100, PLACES)


def test_what_is_wrong_comes_first() -> None:
    """Findings that need a mend come before those that are worth knowing."""
    mail = MAIL.replace("The Harbour Post</a>", "here</a>").replace("<h2>", "<h2></h2><h2>")
    assert [finding.weight for finding in check_mail(mail)] == ["wrong", "note"]


@pytest.mark.parametrize("languages", [("en",), ("vi",), ("th",), ("fa",), ("en", "vi", "th", "fa")])
@pytest.mark.parametrize("theme", ["morning", "slate", "gazette"])
def test_our_own_mails_have_nothing_to_find(languages: tuple[str, ...], theme: str) -> None:
    """An edition of twelve storylines in any of the shipped themes has no finding, light or dark."""
    assert check_mail(mail_html(edition(12, *languages), replace(SITE, theme=theme))) == ()


def test_strangers_words_are_no_findings() -> None:
    """Markup, template and compiler syntax in titles is text in the mail, and is not taken for a defect of it."""
    assert [finding for finding in check_mail(mail_html(hostile(), SITE)) if finding.weight == "wrong"] == []


def test_the_budget_is_the_one_that_mails_are_made_to() -> None:
    """The size a mail is planned to is the size it is checked against."""
    assert BUDGET == MADE_TO


@given(st.text(alphabet=st.sampled_from("<>/!-[]{}=\"' \x00abdivtableptr&#;:éก\ud800"), max_size=200))
def test_anything_can_be_checked(junk: str) -> None:
    """Whatever stands in a mail, the check ends with findings and never with an error."""
    assert all(isinstance(one, Finding) for one in check_mail(junk))
    assert all(isinstance(one, Finding) for one in check_mail(MAIL.replace("<h2>", junk)))


HUGE = {
    "quotes": "<" * 100_000 + '="\\' * 100_000,
    "comments": "<!--[if mso]>" * 30_000,
    "declarations": "<h2 style='" + "color:red;" * 30_000 + "'>",
    "paragraphs": "<p>x" * 900_000,
}


@pytest.mark.parametrize("junk", HUGE.values(), ids=HUGE)
def test_a_huge_mail_is_found_to_be_clipped_and_soon(junk: str) -> None:
    """Hundreds of thousands of characters of anything are read in bounded time, or left unread, and found too long."""
    assert "clipped" in found(MAIL.replace("<h2>", junk + "<h2>"))
