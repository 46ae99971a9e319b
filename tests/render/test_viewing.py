"""Views: what an edition says, ready to be set."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Citation, Dating, LeftOut, Original, ProcessState, Sentence, Stage, Telling
from briefing.render.viewing import languages, view
from briefing.render.views import Coverage, clipped, plain

from .editions import NOW, SITE, edition, reference, sentence, telling


def test_a_citation_names_outlet_date_and_foreign_language() -> None:
    """A reader sees who said it, when, and that it was said in another language."""
    sheet = view(edition(1, "en", "vi"), SITE)
    story = sheet.stories[0]
    labels = [cite.label for line in story.lines for cite in line.cites]
    assert "Tin Cảng · 2\u00a0Nov · Vietnamese" in labels
    assert all("English" not in label for label in labels)


def test_an_inferred_date_is_flagged_and_a_missing_one_left_out() -> None:
    """What the source does not say is not said in its name."""
    made = telling(0, ("en",), "brief")
    flagged = replace(made.references[0], published=Dating("2023-11-03", "text"))
    undated = replace(made.references[0], published=None)
    for ref, label in ((flagged, "The Harbour Post · 3\u00a0Nov\u00a02023, inferred"), (undated, "The Harbour Post")):
        sheet = view(replace(edition(1, "en"), storylines=(replace(made, references=(ref,)),)), SITE)
        assert sheet.stories[0].lines[0].cites[0].label == label


def test_an_article_without_an_outlet_bears_its_sources_name() -> None:
    """A reader sees the name that the configuration gives a source, not its slug."""
    made = telling(0, ("en",), "brief")
    nameless = replace(made, references=(replace(made.references[0], outlet=None),))
    one = replace(edition(1, "en"), storylines=(nameless,))
    assert view(one, SITE).stories[0].lines[0].cites[0].outlet == "feed-en"
    named = replace(SITE, sources=(("feed-en", "Harbour feed"),))
    assert view(one, named).stories[0].lines[0].cites[0].outlet == "Harbour feed"


def test_an_article_without_an_outlet_is_that_of_whose_report_it_is() -> None:
    """Where a document says only whence its report is, that is its outlet, once, and it counts as one."""
    made = telling(0, ("en",), "brief")
    first = made.references[0]
    credited = [replace(first, id=f"{at}" * 16, outlet=None, credit=name) for at, name in enumerate(("A", "B", "A"))]
    (story,) = view(replace(edition(1, "en"), storylines=(replace(made, references=tuple(credited)),)), SITE).stories
    assert [(source.outlet, source.credit) for source in story.sources] == [("A", ""), ("B", ""), ("A", "")]
    assert story.outlets == 2


def test_link_texts_are_unique_over_the_edition() -> None:
    """No two links that read the same lead to different places."""
    sheet = view(edition(40), SITE)
    seen: dict[str, str] = {}
    for story in sheet.stories:
        texts = [(story.headline.text + story.suffix, story.url)]
        texts += [(cite.label, cite.url) for line in (*story.new, *story.lines) for cite in line.cites]
        texts += [(cite.label, cite.url) for cite in story.more]
        texts += [(f"{source.outlet}: {source.title.text}{source.suffix}", source.url) for source in story.sources]
        for text, url in texts:
            assert seen.setdefault(text, url) == url


def test_what_is_new_is_told_apart_and_not_twice() -> None:
    """A sentence that is new stands under what is new alone; in a first telling nothing needs the label."""
    sheet = view(edition(1, "en"), SITE)
    story = sheet.stories[0]
    assert story.new
    assert not {line.text for line in story.new} & {line.text for line in story.lines}
    first = replace(telling(0, ("en",), "lead"), first_seen="2024-11-08")
    fresh = view(replace(edition(1, "en"), storylines=(first,)), SITE).stories[0]
    assert fresh.first_told
    assert fresh.new == ()
    assert {s.text for s in (*first.sentences, *first.new)} == {line.text for line in fresh.lines}


def test_unchanged_since_is_said_only_where_nothing_is_new() -> None:
    """A followed storyline that did not move says since when."""
    still = replace(telling(0, ("en",), "medium"), unchanged_since="2024-11-05", new=())
    story = view(replace(edition(1, "en"), storylines=(still,)), SITE).stories[0]
    assert story.unchanged_since == "5 Nov"
    assert not story.first_told


def test_the_course_counts_its_stages() -> None:
    """Stage three of six, and the next one named, in the interface's language."""
    story = view(edition(1, "vi"), SITE).stories[0]
    assert story.course is not None
    assert (story.course.position, story.course.total) == (3, 6)
    assert story.course.name == "Hiệp ước"
    assert story.course.current is not None
    assert story.course.current.name == "Hạ viện thông qua"
    assert story.course.next is not None
    assert (story.course.next.name, story.course.next.state) == ("Thượng viện thông qua", "announced")


def test_an_article_without_an_address_is_cited_at_the_storyline_page() -> None:
    """Every sentence leads somewhere: to the source, or to its line among the sources."""
    made = telling(0, ("en",), "brief")
    for url in (None, "javascript:alert(1)", "file:///etc/passwd"):
        ref = replace(made.references[0], url=url)
        sheet = view(replace(edition(1, "en"), storylines=(replace(made, references=(ref,)),)), SITE)
        cite = sheet.stories[0].lines[0].cites[0]
        assert cite.url == f"https://news.example.org/storylines/storyline-0/#a-{ref.id}"


def test_a_citation_of_an_article_that_is_not_listed_still_leads_somewhere() -> None:
    """A sentence never loses its citation."""
    made = telling(0, ("en",), "brief")
    lost = replace(made, sentences=(sentence("Said somewhere.", "en", "f" * 16),))
    cite = view(replace(edition(1, "en"), storylines=(lost,)), SITE).stories[0].lines[0].cites[0]
    assert cite.label == "source"
    assert cite.url.endswith("#a-" + "f" * 16)


def test_a_translation_keeps_its_original_behind_it() -> None:
    """The quote stays in its own language."""
    made = telling(0, ("vi",), "brief")
    quote = made.sentences[0].text
    told = Sentence(
        "A translation.", "en", (Citation(made.references[0].id, quote, 0, len(quote)),), None, "translation"
    )
    line = view(replace(edition(1, "en"), storylines=(replace(made, sentences=(told,)),)), SITE).stories[0].lines[0]
    assert line.original is not None
    assert (line.original.text, line.original.language) == (quote, "vi")


def test_coverage_counts_every_dated_article_once() -> None:
    """Columns over time add up to the articles; few articles, or one day's, make no picture."""
    refs = tuple(replace(reference(n, "en", "x"), published=Dating(f"2024-0{1 + n}-05", "page")) for n in range(6))
    made = replace(telling(0, ("en",), "lead"), references=refs)
    story = view(replace(edition(1, "en"), storylines=(made,)), SITE).stories[0]
    assert story.coverage is not None
    assert sum(story.coverage.counts) == 6
    assert (story.coverage.counts[0], story.coverage.counts[-1]) == (1, 1)
    assert (story.coverage.first, story.coverage.last) == ("5 Jan", "5 Jun")
    few = replace(made, references=refs[:3])
    assert view(replace(edition(1, "en"), storylines=(few,)), SITE).stories[0].coverage is None


def test_the_languages_of_an_edition_start_with_its_own() -> None:
    """Font stacks are laid out from these."""
    assert languages(edition(4, "fa", "vi", "th", "en"))[0] == "fa"
    assert set(languages(edition(4, "fa", "vi", "th", "en"))) == {"fa", "vi", "th", "en"}


@given(st.text(max_size=200))
def test_plain_text_holds_no_command(text: str) -> None:
    """No control, reordering command, noncharacter or lone surrogate is left; joiners that letters need are."""
    made = plain(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ud800-\udfff]", made)
    assert plain(made) == made


def test_plain_text_keeps_what_letters_need() -> None:
    """Persian ZWNJ, emoji ZWJ and combining marks are spelling, not debris; letters come out composed."""
    assert plain("می\u200cخواهم 👩\u200d👧 ก่อน\n e\u0301") == "می\u200cخواهم 👩\u200d👧 ก่อน \u00e9"
    assert plain("invoice\u202excod.exe") == "invoicexcod.exe"


@pytest.mark.parametrize("text", ["w" * 2_000, "word " * 400, "น้ำ" * 700, "👩\u200d👧" * 500, "e\u0301\u0323" * 500])
def test_a_headline_of_two_thousand_characters_is_clipped_whole(text: str) -> None:
    """An ellipsis after a whole word or letter, never inside a cluster."""
    made = clipped(text, 240)
    assert len(made) <= 240
    assert made.endswith("…")
    rest = text[len(made) - 1 :].lstrip(" ")
    assert not rest.startswith(("\u0301", "\u0323", "\u200d", "้", "ำ"[:0] or "\u0e49"))
    assert made[-2] != "\u200d"


def test_nothing_of_a_stranger_reaches_a_placeholder() -> None:
    """A text cannot pretend to be the subscriber's address or link."""
    forged = LeftOut("s1", "x", "Write to subscriber@address.invalid via https://unsubscribe.invalid/", "en", "budget")
    shown = view(replace(edition(1, "en"), left_out=(forged,)), SITE).left_out[0].headline.text
    assert "address.invalid" not in shown
    assert "unsubscribe.invalid" not in shown


def test_a_stage_behind_the_furthest_is_not_reported_rather_than_not_yet() -> None:
    """A matter in force was signed, told or not: only what lies ahead is "not yet"."""
    process = ProcessState(
        key="treaty",
        name="Treaty",
        stages=(
            Stage("agreed", "Text agreed"),
            Stage("signed", "Signed", "done", "2023-09-20"),
            Stage("ratified", "Ratified"),
            Stage("force", "In force", "done", "2026-01-17"),
            Stage("ended", "Ended"),
        ),
        stage="force",
        next="ended",
    )
    made = replace(telling(0, ("en",), "lead"), process=process)
    course = view(replace(edition(1, "en"), storylines=(made,)), SITE).stories[0].course
    assert course is not None
    assert [step.reached for step in course.steps] == [
        "not reported",
        "20 Sept 2023",
        "not reported",
        "17 Jan 2026",
        "not yet",
    ]


def test_a_storyline_that_spans_years_gives_every_year() -> None:
    """``17 Jan`` beside ``19 Jun 2023`` would leave the reader guessing; within the edition's year it is enough."""
    made = telling(0, ("en",), "lead")
    this_year = str(NOW.year)

    def days(*dates: str) -> list[str]:
        milestones = tuple(replace(made.milestones[0], date=iso) for iso in dates)
        dated = replace(made, milestones=milestones, process=None, references=())
        return [item.date for item in view(replace(edition(1, "en"), storylines=(dated,)), SITE).stories[0].timeline]

    assert all(this_year in day or "2023" in day for day in days("2023-06-19", f"{this_year}-01-17"))
    assert not any(this_year in day for day in days(f"{this_year}-01-17", f"{this_year}-02-01"))


def test_a_pictures_runs_say_what_its_rows_say() -> None:
    """Empty stretches are joined, full ones stay apart, and nothing is lost or moved."""
    rows = (("Thai", (0, 0, 2, 2, 0, 1)), ("Lao", (3, 0, 0, 0, 0, 0)))
    picture = Coverage((3, 0, 2, 2, 0, 1), "1 Nov", "6 Nov", (("Thai", 5), ("Lao", 3)), rows)
    assert picture.runs == (
        ("Thai", ((0, 2), (2, 1), (2, 1), (0, 1), (1, 1))),
        ("Lao", ((3, 1), (0, 5))),
    )


CUT = "The justice minister said four suspects of the building company were held after the collapse of a…"
WHOLE = (
    "The justice minister said four suspects of the building company were held after the collapse of a tower in March."
)


def _teaser(headline: str, text: str, **changes: object) -> Telling:
    made = telling(1, ("en",), "brief")
    return replace(made, headline=headline, sentences=(replace(made.sentences[0], text=text),), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("headline", "text", "opened"),
    [
        (CUT, WHOLE, (CUT[:-1], " tower in March.")),
        (WHOLE[:-1], WHOLE, (WHOLE[:-1], ".")),
        ("The justice min…", WHOLE, None),  # torn within a word
        ("Four held", WHOLE, None),
        ("…", WHOLE, None),
        ("ตำรวจจับสี่คนหลังตึกถล…", "ตำรวจจับสี่คนหลังตึกถล่มเมื่อเดือนมีนาคม", None),  # between a letter and its mark
        ("ตำรวจจับสี่คนหลังตึก…", "ตำรวจจับสี่คนหลังตึกถล่ม", ("ตำรวจจับสี่คนหลังตึก", "ถล่ม")),
    ],
)
def test_a_headline_that_only_begins_its_sentence_runs_on(
    headline: str, text: str, opened: tuple[str, str] | None
) -> None:
    """What was made of a first sentence is known by it, and never torn within a word."""
    told = _teaser(headline, text)
    told = replace(told, sentences=(replace(told.sentences[0], language="th" if "ต" in text else "en"),))
    story = view(replace(edition(1, "en"), storylines=(told,)), SITE).stories[0]
    assert story.opened == opened
    assert story.inline.text == (text if opened and headline.endswith("…") else story.headline.text)


def test_a_translated_headline_does_not_run_on() -> None:
    """The source's own headline stands below it, so that it stays a headline."""
    story = _teaser(CUT, WHOLE, headline_original=Original("ข่าว", "th"))
    shown = view(replace(edition(1, "en"), storylines=(story,)), SITE).stories[0]
    assert shown.opened is None
    assert shown.inline == shown.headline


def test_new_storylines_stand_out_only_where_others_go_on() -> None:
    """In a first edition all is new, and nobody needs to be told so of each."""
    made = edition(4, "en")
    assert [story.newcomer for story in view(made, SITE).stories] == [False, True, False, True]
    first = replace(made, storylines=tuple(replace(t, first_seen=None, unchanged_since=None) for t in made.storylines))
    assert [story.newcomer for story in view(first, SITE).stories] == [False] * 4
    assert all(story.first_told for story in view(first, SITE).stories)
