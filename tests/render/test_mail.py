"""The mail of an edition: whole, within its budget, and proof against strangers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import html5lib
import lxml.html
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.compose import shorten
from briefing.errors import RenderError
from briefing.model import Dating, Edition, Failure, LeftOut, Original, Reference
from briefing.render.mail import ADDRESS, BUDGET, UNSUBSCRIBE, fit, mail, mail_html, mail_text, preheader, subject
from briefing.render.message import personal
from briefing.render.viewing import view
from briefing.render.wrapping import WIDTH
from briefing.text.words import display_width

from .editions import NOW, SITE, edition, reference, sentence, telling
from .test_mjml import HOSTILE

SHAPES = [(count, languages) for languages in (("en",), ("vi",), ("th",), ("fa",), ()) for count in (0, 1, 12)]


def links(html: str) -> dict[str, set[str]]:
    """Give every link text of a mail with where it leads."""
    found: dict[str, set[str]] = {}
    for anchor in html5lib.parse(html, namespaceHTMLElements=False).iter("a"):
        found.setdefault(" ".join("".join(anchor.itertext()).split()), set()).add(anchor.get("href"))
    return found


def said(html: str) -> str:
    """Give the words of a mail's body, white space folded."""
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    return " ".join("".join(body.itertext()).split())


@pytest.mark.parametrize(("count", "languages"), SHAPES)
def test_every_shape_of_edition_makes_a_sound_mail(count: int, languages: tuple[str, ...]) -> None:
    """Language and direction on the document, one h1, headings in order, unique https links, no residue."""
    made = edition(count, *languages)
    html, text = mail(made, SITE)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert (tree.get("lang"), tree.get("dir")) == (made.language, "rtl" if made.language == "fa" else "ltr")
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for name, urls in links(html).items():
        assert name
        assert len(urls) == 1, name
        assert all(url.startswith("https://") for url in urls)
    assert not re.search(r"\{\{|\{%|</?mj-|\\u\{|<script|<form|@import|googleapis", html)
    assert html.count("<!--[if") == html.count("<![endif]")
    assert sum(map(len, re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL))) < 16_384
    assert "<p" not in text


@pytest.mark.parametrize(("count", "languages"), SHAPES)
def test_the_text_part_reads_alone(count: int, languages: tuple[str, ...]) -> None:
    """Every link of the HTML is in the text, every line fits, and every sentence told is there."""
    made = edition(count, *languages)
    html, text = mail(made, SITE)
    for urls in links(html).values():
        for url in urls:
            assert url in text
    for line in text.splitlines():
        assert display_width(line) <= WIDTH or "https://" in line, line
    folded = re.sub(r"\s+", "", text)
    for told in made.storylines:
        for line in (*told.sentences, *told.new):
            assert re.sub(r"\s+", "", line.text) in folded
    assert "\n\n\n" not in text


@pytest.mark.parametrize("interface", ["en", "vi", "th", "fa", "fr", "de", "es", "ru", "zh", "ja", "ko", "ar"])
def test_every_interface_language_sets_the_same_edition(interface: str) -> None:
    """Content keeps its own language and direction inside any interface."""
    html = mail_html(edition(12, "en", "vi", "th", "fa", interface=interface), SITE)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    direction = "rtl" if interface in ("fa", "ar") else "ltr"
    assert (tree.get("lang"), tree.get("dir")) == (interface, direction)
    foreign = {element.get("lang") for element in tree.iter("p") if element.get("lang")}
    assert foreign == {"en", "vi", "th", "fa"} - {interface}
    for element in tree.iter():
        if element.tag in ("p", "h2", "h3", "bdi") and element.get("lang"):
            assert element.get("dir") == ("rtl" if element.get("lang") in ("fa", "ar") else "ltr")


def test_a_lead_shows_everything_it_has() -> None:
    """New, background, moved figures, dispute, course, timeline with its status in words, coverage, sources."""
    words = said(mail_html(edition(1, "en", "vi", "th", "fa"), SITE))
    for expected in (
        "What is new",
        "The story so far",
        "Figures that moved",
        "2,300",
        "Sources disagree",
        "Treaty: stage 3 of 6",
        "Next: Approved by the upper house.",
        "Timeline",
        "Denied",
        "Announced",
        "Coverage",
        "Sources",
        "3\u00a0Nov, inferred",
        "after Harbour Agency",
        "also in 2 other outlets",
        "What we left out",
        "no room today",
        "muted",
        "What failed",
        "timed out after 10 s",
        "It will be tried again.",
        "61 new articles",
        "Unsubscribe",
        "1 Example Street",
        "You get this because subscriber@address.invalid is subscribed",
    ):
        assert expected.replace("\u00a0", " ") in words, expected


def test_status_and_stage_never_rest_on_colour_alone() -> None:
    """What was announced, denied or reached is said in words beside its colour."""
    html = mail_html(edition(1, "en"), SITE)
    assert html.count("s-announced") > 1
    assert "13 Nov, announced" in said(html)


def test_an_empty_edition_says_so() -> None:
    """A quiet day is a mail that says it is one, with what failed."""
    html, text = mail(edition(0, "vi"), SITE)
    for part in (said(html), text):
        assert "Không có gì mới kể từ bản tin trước." in part
        assert "delta-wire" in part
    assert subject(edition(0, "en")) == "Nothing new · 8 Nov 2024"


def test_many_left_out_are_counted_not_listed() -> None:
    """A hundred storylines that did not fit become twelve names and a number."""
    left = tuple(LeftOut(f"s{n}", f"x-{n}", f"Matter {n}", "en", "budget") for n in range(100))
    html, text = mail(replace(edition(2, "en"), left_out=left), SITE)
    assert "88 more are on the page." in said(html)
    assert "88 more are on the page." in text
    assert html.count("Matter ") == 12


def test_a_model_sentence_and_a_translation_are_marked() -> None:
    """A reader sees which words are no source's own."""
    made = telling(0, ("vi",), "brief")
    for origin, mark in (("model", "written by a model"), ("translation", "translated")):
        told = replace(made, sentences=(replace(made.sentences[0], origin=origin),))  # type: ignore[arg-type]
        html, text = mail(replace(edition(1, "en"), storylines=(told,)), SITE)
        assert f"({mark})" in said(html)
        assert f"({mark})" in " ".join(text.split())
        assert ("checked against their sources" in said(html)) == (origin == "model")


def test_a_translation_shows_its_original() -> None:
    """Headline and sentences have the source's own words below them, in mail, text and on what was left out."""
    made = telling(0, ("vi",), "lead")
    head = Original(made.headline, "vi")
    told = replace(
        made,
        headline="A headline in English",
        headline_language="en",
        headline_original=head,
        sentences=tuple(replace(s, text="In English.", language="en", origin="translation") for s in made.sentences),
        new=(),
    )
    left = (LeftOut("s9", "x-9", "Another in English", "en", "budget", head),)
    html, text = mail(replace(edition(1, "en"), storylines=(told,), left_out=left), SITE)
    for original in (made.headline, made.sentences[0].text):
        assert original in said(html)
        assert original in " ".join(text.split())
    assert "What we left out (no room today)" in said(html)
    assert "Another in English (translated)" in said(html)
    assert "translated by a machine and checked against its original" in said(html)


# ---------------------------------------------------------------- the budget


@pytest.mark.parametrize("languages", [("th",), ("fa",), ("vi",), ("en",), ()])
def test_forty_storylines_fit_the_clip_budget(languages: tuple[str, ...]) -> None:
    """Forty storylines stay under 95,000 bytes, none of them lost."""
    fitted, html = fit(edition(40, *languages), lambda made: mail_html(made, SITE), shorten)
    own = personal(html, "https://news.example.org/u/" + "k" * 200, f"{'a' * 64}@{'b' * 180}.example")
    assert len(own.encode()) <= BUDGET == 95_000
    assert len(fitted.storylines) == 40


def test_five_hundred_storylines_are_replanned_with_a_link_to_the_rest() -> None:
    """What does not fit is left out by weight and named, never cut by a client."""
    big = edition(500)
    fitted, html = fit(big, lambda made: mail_html(made, SITE), shorten)
    assert len(html.encode()) <= BUDGET
    assert 20 < len(fitted.storylines) < 500
    assert [told.id for told in fitted.storylines] == [f"s{n}" for n in range(len(fitted.storylines))]
    assert len(fitted.left_out) == 500 - len(fitted.storylines) + 2
    assert "more are on the page." in said(html)


def test_a_mail_that_cannot_be_shortened_is_an_error() -> None:
    """The loop ends with a clear word instead of turning for ever."""
    with pytest.raises(RenderError, match="cannot be made shorter"):
        fit(edition(1, "en"), lambda made: mail_html(made, SITE), lambda made, over: made, 1_000)


# ---------------------------------------------------------------- strangers


def hostile(text: str) -> Edition:
    """Give an edition with a stranger's text in every place a stranger can reach."""
    made = telling(0, ("en", "fa"), "lead")
    told = tuple(replace(sentence, text=text, citations=sentence.citations) for sentence in made.sentences)
    refs = tuple(
        Reference(ref.id, text, "en", text, text, f"https://example.com/{text}", Dating("2024-11-01"), text, (text,))
        for ref in made.references
    )
    return replace(
        edition(1, "en"),
        title=text,
        storylines=(
            replace(
                made,
                headline=text,
                category=text,
                sentences=told,
                new=(),
                references=refs,
                changes=tuple(replace(change, what=text, before=text, after=text) for change in made.changes),
            ),
        ),
        left_out=(LeftOut("s9", "x", text, "th", "budget"),),
        failures=(Failure(text, text, text, NOW),),
        notes=(text,),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_everywhere_makes_a_sound_mail(text: str) -> None:
    """Markup, template syntax, bidi controls and two thousand letters stay what they are: text."""
    html, plain_text = mail(hostile(text), SITE)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert not list(tree.iter("script"))
    assert not [element for element in tree.iter() if str(element.tag).startswith("mj-")]
    body = html[html.index("<body") :]
    assert not re.search(r"\{\{|\{%|%\}|\}\}", body)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", html + plain_text)
    assert html.count("<!--[if") == html.count("<![endif]")
    assert 5 <= len(subject(hostile(text))) <= 78
    assert 30 <= len(preheader(view(hostile(text), SITE))) <= 150
    for urls in links(html).values():
        assert len(urls) == 1


@given(text=st.text(max_size=120))
@example(text="Re: FWD: hello")
@example(text="SHOUTING ALL DAY LONG")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_makes_a_mail(text: str) -> None:
    """Whatever strangers write, a mail and a text part come out."""
    html, plain_text = mail(hostile(text), SITE)
    assert html.startswith("<!doctype html>")
    assert UNSUBSCRIBE in html
    assert ADDRESS in plain_text


@pytest.mark.parametrize(
    ("headline", "start"),
    [
        ("Re: Fwd: Talks resume", "Talks resume · "),
        ("w" * 2_000, "wwww"),
        ("ก่อนน้ำ" * 40, "ก่อน"),
        ("Treaty signed", "Treaty signed · 8 Nov 2024"),
    ],
)
def test_subjects_are_short_and_honest(headline: str, start: str) -> None:
    """The first headline and the date, never like a reply or a shout."""
    made = replace(edition(1, "en"), storylines=(replace(telling(0, ("en",), "lead"), headline=headline),))
    assert subject(made).startswith(start)
    assert len(subject(made)) <= 76


def test_the_date_in_a_subject_keeps_its_order_beside_a_headline_of_the_other_direction() -> None:
    """A mark of direction stands before the date only where headline and interface run against each other."""
    assert subject(edition(1, "en", interface="fa")).endswith(" · \u200f۱۸ آبان ۱۴۰۳")
    assert subject(edition(1, "fa", interface="en")).endswith(" · \u200e8 Nov 2024")
    assert subject(edition(1, "fa")).endswith(" · ۱۸ آبان ۱۴۰۳")
    assert len(subject(edition(1, "vi", interface="ar"))) <= 76


def test_a_subject_never_shouts() -> None:
    """Where not even the date has small letters, a headline in capitals is set in small ones."""
    shout = replace(telling(0, ("en",), "lead"), headline="RIVER FALLS")
    assert subject(replace(edition(1, "en", interface="zh"), storylines=(shout,))) == "River falls · 2024年11月8日"


@pytest.mark.parametrize("count", [0, 1, 2, 12])
def test_the_preheader_tells_todays_news(count: int) -> None:
    """Thirty to 150 characters that the subject does not say already."""
    for language in ("en", "vi", "th", "fa"):
        made = edition(count, language)
        hidden = preheader(view(made, SITE))
        assert 30 <= len(hidden) <= 150
        html = mail_html(made, SITE)
        first = re.search(r'<body[^>]*><div[^>]*><div[^>]*style="display:none[^>]*>(.*?)</div>', html)
        assert first is not None


def test_the_same_edition_makes_the_same_bytes() -> None:
    """Nothing but the edition decides what comes out."""
    assert mail(edition(12), SITE) == mail(edition(12), SITE)
    assert mail_text(edition(3), SITE) == mail(edition(3), SITE)[1]


@pytest.mark.parametrize("languages", [("en",), ("th",), ("fa", "vi"), ()])
def test_both_parts_together_hold_an_even_number_of_links(languages: tuple[str, ...]) -> None:
    """Filters take an odd number for a link that one part hides (rspamd's URI_COUNT_ODD), so text has one more then."""
    above = 0
    for count in range(8):
        html, text = mail(edition(count, *languages), SITE)
        page = SITE.edition_url(edition(0).date, "morning")
        above += f": {page}\n====" in text
        assert (html.count('href="https://') + text.count("https://")) % 2 == 0
        assert mail_text(edition(count, *languages), SITE, beside=html) == text
    assert above


def test_coverage_is_a_row_for_each_language() -> None:
    """Each language has its name, its cells over the same stretch of time, and its count; the columns stand in line."""
    root = lxml.html.fromstring(mail_html(edition(1, "en", "th", "fa"), SITE))
    rows = [row for row in root.xpath("//tr") if row.xpath("./td/table//tr/td/div[@class='bar']")][-3:]
    story = view(edition(1, "en", "th", "fa"), SITE).stories[0]
    assert story.coverage is not None
    assert [row.xpath("string(./td[1])") for row in rows] == [language for language, _ in story.coverage.rows]
    widths = [[float(cell.get("width").rstrip("%")) for cell in row.xpath("./td/table//td[div]")] for row in rows]
    assert [round(sum(row)) for row in widths] == [100] * len(rows)
    assert "table-layout" not in lxml.html.tostring(root, encoding="unicode")  # which clients differ on
    assert min(map(min, widths)) == pytest.approx(100 / len(story.coverage.counts), abs=0.01)
    assert sum(int(row.xpath("string(./td[last()])")) for row in rows) == sum(story.coverage.counts)


@pytest.mark.parametrize("burst", ["ก" * 2_000, "👩‍👩‍👧‍👦" * 300, "क्ष" * 700, "e" + "\u0301" * 2_000])
def test_sentences_that_nobody_cut_cost_no_edition(burst: str) -> None:
    """A whole page taken for one sentence, everywhere, is cut where it is shown, and the mail keeps to its budget."""
    made = edition(6, "th")
    told = [
        replace(
            t,
            sentences=tuple(replace(s, text=burst) for s in t.sentences),
            new=tuple(replace(s, text=burst) for s in t.new),
            changes=tuple(replace(c, what=burst, before=burst, after=burst) for c in t.changes),
            category=burst,
        )
        for t in made.storylines
    ]
    fitted, html = fit(replace(made, storylines=tuple(told)), lambda e: mail_html(e, SITE), shorten)
    assert len(html.encode()) <= BUDGET
    assert len(fitted.storylines) >= 1


@pytest.mark.parametrize("languages", [("en",), ("fa", "th")])
def test_nothing_drawn_has_the_colour_of_its_own_text(languages: tuple[str, ...]) -> None:
    """Bars are cells with a background; where the text around has that colour too, filters count hidden words."""
    root = lxml.html.fromstring(mail_html(edition(6, *languages), SITE))
    drawn = [item for item in root.iter("div") if item.get("class") in ("bar", "s-open", "s-done", "s-announced")]
    assert drawn
    for item in drawn:
        background = re.search(r"background-color:(#\w{6})", item.get("style", ""))
        styled = (place.get("style", "") for place in item.iterancestors())
        colours = [found[1] for style in styled if (found := re.search(r"(?:^|;)color:(#\w{6})", style))]
        assert background is not None
        assert colours[0] != background[1]


@pytest.mark.parametrize(("language", "mark"), [("en", ":"), ("fr", ":"), ("zh", "："), ("fa", ":")])
def test_a_failure_is_told_in_one_sentence(language: str, mark: str) -> None:
    """What failed and why stand on both sides of the language's colon, not as two sentences."""
    html, text = mail(edition(1, "en", interface=language), SITE)
    for part in (text, lxml.html.fromstring(html).text_content()):
        assert f"·delta-wire{mark}timedoutafter10s." in re.sub(r"\s", "", part)


def test_a_mail_from_right_to_left_is_mirrored() -> None:
    """What stands apart from its neighbour by some pixels does so on the other side in Persian."""
    left, right = (mail_html(edition(3, "en", interface=language), SITE) for language in ("en", "fa"))
    for one, other in (
        ("padding:0 0 0 8px", "padding:0 8px 0 0"),
        ("padding:0 14px 0 0", "padding:0 0 0 14px"),
        ("padding:2px 8px 2px 0", "padding:2px 0 2px 8px"),
        ("border-left:1px solid", "border-right:1px solid"),
    ):
        assert (left.count(one), left.count(other)) == (right.count(other), right.count(one)), one
        assert left.count(one) + left.count(other) > 0


def test_link_texts_are_numbered_in_the_interfaces_digits() -> None:
    """Links of one text to several places are told apart by numbers as the reader writes them."""
    made = edition(8, "en", interface="fa")
    html = mail_html(made, SITE)
    assert "(۲)" in html
    assert not re.search(r"</bdi>[^<]*\([0-9]\)</a>", html)


def test_a_one_liner_is_told_once() -> None:
    """A headline that begins its sentence is the sentence, set bold as far as it goes, in mail, text part and page."""
    made = telling(1, ("en",), "brief")
    text = "Four suspects of the building company were held after the collapse of a tower in March."
    begun = text.partition(" of a tower")[0]
    cut = replace(made, headline=f"{begun}…", sentences=(replace(made.sentences[0], text=text),))
    shown = replace(edition(1, "en"), storylines=(cut,))
    html, plain_text = mail(shown, SITE)
    headings = lxml.html.fromstring(html).xpath("//h3")
    assert [heading.text_content().strip() for heading in headings] == [begun]
    assert said(html).count("a tower in March") == said(html).count("Four suspects") - 1 == 1  # the preheader
    assert " ".join(plain_text.split()).count("Four suspects") == 1
    assert text in said(html)


def test_a_one_liner_without_a_sentence_names_its_sources() -> None:
    """Where the headline is all there is, who says so still stands beside it."""
    made = replace(telling(1, ("en",), "brief"), sentences=())
    html, plain_text = mail(replace(edition(1, "en"), storylines=(made,)), SITE)
    assert made.references[0].url in plain_text
    assert [link.text_content() for link in lxml.html.fromstring(html).xpath("//a[@class='c']")] == ["The Harbour Post"]


def test_a_long_list_of_sources_is_shortened_and_counted() -> None:
    """Of forty reports the mail gives six titles and eight names, and says how many more the page has."""
    made = telling(0, ("en",), "lead")
    many = tuple(reference(number, "en", f"Report {number}") for number in range(2000, 2040))
    shown = replace(edition(1, "en"), storylines=(replace(made, references=(*made.references, *many)),))
    html = mail_html(shown, SITE)
    words = said(html)
    uncited = view(shown, SITE).stories[0].more
    named = {source.url for source in view(shown, SITE).stories[0].sources[:6]}
    beyond = len([cite for cite in uncited if cite.url not in named]) - 8
    assert f"{beyond} more are on the page." in words
    assert words.count("Report ") == 0
    assert len(html.encode()) < 60_000


def test_a_one_liner_with_news_tells_the_news() -> None:
    """Beside a headline there is one thing to say of a small matter: what is new, and its background on the page."""
    made = telling(1, ("en",), "brief")
    news = sentence("The last families went home on Thursday.", "en", made.references[0].id)
    shown = replace(edition(1, "en"), storylines=(replace(made, new=(news,), first_seen="2024-11-01"),))
    for part in (said(mail(shown, SITE)[0]), mail(shown, SITE)[1]):
        assert news.text in part
        assert made.sentences[0].text not in " ".join(part.split())
        assert "What is new" not in part
