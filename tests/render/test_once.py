"""What a storyline's text tells is not told again by its timeline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Citation, Milestone, Sentence
from briefing.render.once import parted


def said(text: str, article: str = "a", start: int = 0) -> Sentence:
    return Sentence(text, "en", (Citation(article, text, start, start + len(text)),))


def on(day: str, sentence: Sentence) -> Milestone:
    return Milestone(day, sentence, "happened")


SIGNED, VOTED, DENIED, QUIET = (
    said(text, f"a{number}")
    for number, text in enumerate(("They signed.", "They voted.", "He denied it.", "The hall was quiet."))
)


def test_what_the_timeline_holds_is_told_there_alone() -> None:
    """Behind the opening sentence, what has a date stands under its date."""
    told, dated = parted((), (QUIET, SIGNED, VOTED), (on("2024-06-19", SIGNED), on("2024-10-24", VOTED)))
    assert told == (QUIET,)
    assert [item.sentence for item in dated] == [SIGNED, VOTED]


def test_news_and_the_opening_stay_in_the_text() -> None:
    """What is new and what a storyline opens with is not moved down into the past."""
    dated = (on("2024-06-19", SIGNED), on("2024-10-24", VOTED), on("2024-11-01", DENIED), on("2024-11-02", QUIET))
    told, left = parted((VOTED,), (DENIED, SIGNED), dated)
    assert told == (DENIED,)
    assert [item.sentence for item in left] == [SIGNED, QUIET]


def test_a_timeline_of_one_line_is_not_made_of_the_text() -> None:
    """Where the timeline would hold a single line, the text keeps everything and only what it lacks is dated."""
    assert parted((), (QUIET, SIGNED), (on("2024-06-19", SIGNED), on("2024-11-02", QUIET))) == ((QUIET, SIGNED), ())
    only = on("2024-06-19", SIGNED)
    assert parted((), (QUIET,), (only,)) == ((QUIET,), (only,))


def test_a_sentence_that_is_continued_stays_before_what_continues_it() -> None:
    """ "The vote took an hour" needs the vote: the next words of the same report keep it in the text."""
    vote = said("They voted on Thursday.", "b", 100)
    hour = said("The vote took an hour.", "b", 124)
    past = (on("2024-06-19", SIGNED), on("2024-10-24", vote), on("2025", DENIED))
    told, dated = parted((), (QUIET, vote, hour), past)
    assert told == (QUIET, vote, hour)
    assert [item.sentence for item in dated] == [SIGNED, DENIED]
    far = said("The vote took an hour.", "b", 9_000)
    assert parted((), (QUIET, vote, far), (on("2024-06-19", SIGNED), on("2024-10-24", vote)))[0] == (QUIET, far)


def test_a_piece_of_a_sentence_is_that_sentence() -> None:
    """A milestone that quotes a part of what is told, or a translation of it, tells nothing of its own."""
    part = Sentence("Il a signé.", "fr", (Citation("a0", "They signed", 0, 11),), origin="translation")
    told, dated = parted((SIGNED,), (QUIET,), (on("2024-06-19", part), on("2024-10-24", VOTED), on("2024-11", DENIED)))
    assert [item.sentence for item in dated] == [VOTED, DENIED]
    assert told == (QUIET,)


def test_nothing_makes_nothing() -> None:
    """Without sentences there is only the timeline, without a timeline only the sentences."""
    lone = (on("2024-06-19", SIGNED), on("2024-10-24", VOTED))
    assert parted((), (), lone) == ((), lone)
    assert parted((SIGNED,), (VOTED,), ()) == ((VOTED,), ())
    assert parted((), (), ()) == ((), ())


@given(
    st.lists(st.sampled_from((SIGNED, VOTED, DENIED, QUIET)), unique=True),
    st.lists(st.sampled_from((SIGNED, VOTED, DENIED, QUIET)), unique=True),
)
def test_nothing_is_lost(told: list[Sentence], dated: list[Sentence]) -> None:
    """Every sentence is told, and the order of both stays."""
    milestones = [on(f"2024-11-{day:02d}", sentence) for day, sentence in enumerate(dated, 1)]
    above, below = parted((), told, milestones)
    assert {*above, *(item.sentence for item in below)} == {*told, *dated}
    assert [sentence for sentence in told if sentence in above] == list(above)
    assert [item for item in milestones if item in below] == list(below)
