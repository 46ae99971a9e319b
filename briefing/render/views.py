"""What templates see: an edition with its links made, its dates in words and its strangers' text made harmless.

Everything here is plain text in its own language; escaping is left to the template. All URLs are https. The same view
serves mail, text part, pages and feeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.model import (
    Change,
    Citation,
    Dating,
    Edition,
    Failure,
    LeftOut,
    Milestone,
    ProcessState,
    Reference,
    Sentence,
    Size,
    StageState,
    Status,
    Telling,
)
from briefing.render.interface import Interface, interface
from briefing.render.links import LinkTexts
from briefing.render.site import Site, secure
from briefing.text.language import direction

HEADLINE_LIMIT = 240
"""Characters of a headline that are shown; what is longer is not a headline."""

# Controls, noncharacters, lone surrogates, and the characters that reorder text around them (UAX #9): a stranger's
# text keeps its own direction by markup, never by commands that could reach out of it.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a language, with the direction that language is written in."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Cite:
    """The link behind a sentence: outlet, date, language where it is foreign; ``suffix`` keeps link texts apart."""

    outlet: str
    date: str
    language_name: str
    inferred: bool
    url: str
    suffix: str = ""

    @property
    def label(self) -> str:
        """The whole link text."""
        return " · ".join(part for part in (self.outlet, self.date, self.language_name) if part) + self.suffix


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as it is shown; ``original`` is what a translation stands for."""

    text: str
    language: str
    direction: str
    cites: tuple[Cite, ...]
    origin: str = "extract"
    original: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that moved; ``arrow`` points in reading direction, ``cites`` are before and after."""

    what: str
    before: str
    after: str
    arrow: str
    language: str
    direction: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """One line of a timeline; ``iso`` is the date as known, ``date`` the same in words."""

    iso: str
    date: str
    line: Line
    status: Status
    stage: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a process; its name is in ``language``."""

    key: str
    name: str
    language: str
    state: StageState
    date: str
    current: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Where a process stands: ``position`` of ``total`` stages (0 before the first), the current and the next step."""

    name: str
    language: str
    steps: tuple[Step, ...]
    position: int
    total: int
    current: Step | None
    next: Step | None


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it is listed under a storyline."""

    id: str
    title: Phrase
    outlet: str
    credit: str
    date: str
    inferred: bool
    language: str
    language_name: str
    url: str
    also_in: tuple[str, ...]
    new: bool
    suffix: str


@dataclass(frozen=True, slots=True)
class Story:
    """A storyline as an edition tells it.

    ``lines`` tell the matter; ``new`` are sentences apart from them that were not in what this reader was last sent,
    empty where everything is new (``first_told``) or nothing is (``unchanged_since``).
    """

    id: str
    slug: str
    url: str
    size: Size
    category: str
    headline: Phrase
    suffix: str
    first_told: bool
    unchanged_since: str
    since: str
    outlets: int
    languages: tuple[str, ...]
    new: tuple[Line, ...]
    lines: tuple[Line, ...]
    moved: tuple[Moved, ...]
    disputes: tuple[tuple[Line, Line], ...]
    timeline: tuple[Dated, ...]
    course: Course | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Omitted:
    """A storyline that is only named, with the reason why."""

    headline: Phrase
    suffix: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure in the interface's words; ``message`` is English."""

    stage: str
    subject: str
    message: str
    transient: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole edition as templates see it."""

    edition: Edition
    site: Site
    language: str
    direction: str
    title: str
    day: str
    url: str
    stories: tuple[Story, ...]
    left_out: tuple[Omitted, ...]
    failures: tuple[Failed, ...]
    notes: tuple[str, ...]

    def sized(self, size: Size) -> tuple[Story, ...]:
        """Give the stories of one size, in order."""
        return tuple(story for story in self.stories if story.size == size)

    @property
    def briefs(self) -> tuple[tuple[str, tuple[Story, ...]], ...]:
        """The one-liners by category, categories in order of their first story; ``""`` for those without."""
        grouped: dict[str, list[Story]] = {}
        for story in self.sized("brief"):
            grouped.setdefault(story.category, []).append(story)
        return tuple((category, tuple(stories)) for category, stories in grouped.items())


def plain(text: str) -> str:
    """Give a stranger's text fit to be shown on one line: no controls, no reordering commands, single spaces."""
    return " ".join(_UNWANTED.sub("", text).split())


def clipped(text: str, limit: int) -> str:
    """Give a text of at most ``limit`` characters, cut after a whole word where there is one, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ", limit // 2)
    cut = head[:space] if space > 0 else head
    # Never between a letter and the marks or joiners that belong to it.
    while cut and (_joins(text[len(cut)]) or cut[-1] in "\u200d\u200c"):
        cut = cut[:-1]
    return cut.rstrip(" ,;:-–—·") + "…"


def _joins(char: str) -> bool:
    import unicodedata

    return unicodedata.combining(char) != 0 or unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")


def view(edition: Edition, site: Site) -> Sheet:
    """Give the view of an edition in its interface language."""
    words = interface(edition.language)
    builder = _Builder(edition, site, words, LinkTexts())
    stories = tuple(builder.story(telling) for telling in edition.storylines)
    return Sheet(
        edition=edition,
        site=site,
        language=words.language,
        direction=words.direction,
        title=plain(edition.title),
        day=words.day(edition.date),
        url=site.edition_url(edition.date, edition.newsletter),
        stories=stories,
        left_out=tuple(builder.omitted(item) for item in edition.left_out),
        failures=tuple(_failed(item) for item in edition.failures),
        notes=tuple(plain(note) for note in edition.notes),
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    edition: Edition
    site: Site
    words: Interface
    links: LinkTexts

    def story(self, telling: Telling) -> Story:
        url = self.site.storyline_url(telling.slug)
        headline = self._phrase(
            clipped(plain(telling.headline), HEADLINE_LIMIT) or telling.slug, telling.headline_language
        )
        suffix = self.links.suffix(headline.text, url)
        references = {reference.id: reference for reference in telling.references}
        fresh = set(telling.new)
        first_told = (bool(telling.new) and fresh.issuperset(telling.sentences)) or self._first(telling)
        told = (*telling.sentences, *(s for s in telling.new if s not in telling.sentences)) if first_told else tuple(
            sentence for sentence in telling.sentences if sentence not in fresh
        )  # fmt: skip
        line = _Liner(self, telling.slug, references)
        return Story(
            id=telling.id,
            slug=telling.slug,
            url=url,
            size=telling.size,
            category=plain(telling.category or ""),
            headline=headline,
            suffix=suffix,
            first_told=self._first(telling),
            unchanged_since=self._day(telling.unchanged_since) if telling.unchanged_since and not telling.new else "",
            since=self._day(telling.first_seen) if telling.first_seen and not self._first(telling) else "",
            outlets=len({reference.outlet or reference.source for reference in telling.references}),
            languages=tuple(dict.fromkeys(reference.language for reference in telling.references)),
            new=() if first_told else tuple(line(sentence) for sentence in telling.new),
            lines=tuple(line(sentence) for sentence in told),
            moved=tuple(line.moved(change) for change in telling.changes),
            disputes=tuple((line(dispute.sentences[0]), line(dispute.sentences[1])) for dispute in telling.disputes),
            timeline=tuple(line.dated(milestone) for milestone in telling.milestones),
            course=self._course(telling.process) if telling.process else None,
            sources=tuple(self._source(reference, telling.slug) for reference in telling.references),
        )

    def _first(self, telling: Telling) -> bool:
        return not telling.unchanged_since and telling.first_seen in (None, self.edition.date.isoformat())

    def _day(self, iso: str) -> str:
        return self.words.short(iso, self.edition.date.year)

    def _phrase(self, text: str, language: str) -> Phrase:
        return Phrase(text, language, direction(language))

    def _dated(self, published: Dating | None) -> tuple[str, bool]:
        if published is None:
            return "", False
        text = self._day(published.iso)
        if published.inferred:
            text = self.words.gettext("%(date)s, inferred", date=text)
        return text, published.inferred

    def _language_name(self, language: str) -> str:
        known = language not in ("und", "", self.words.language)
        return self.words.language_name(language) if known else ""

    def _url(self, reference: Reference, slug: str) -> str:
        return secure(reference.url or "") or self.site.reference_url(slug, reference.id)

    def cite(self, citation: Citation, slug: str, references: dict[str, Reference]) -> Cite:
        reference = references.get(citation.article)
        if reference is None:
            outlet, url = self.words.gettext("source"), self.site.reference_url(slug, citation.article)
            return Cite(outlet, "", "", False, url, self.links.suffix(outlet, url))
        dated, inferred = self._dated(reference.published)
        outlet = clipped(plain(reference.outlet or reference.source), 60)
        made = Cite(outlet, dated, self._language_name(reference.language), inferred, self._url(reference, slug))
        suffix = self.links.suffix(made.label, made.url)
        return Cite(made.outlet, made.date, made.language_name, inferred, made.url, suffix) if suffix else made

    def _source(self, reference: Reference, slug: str) -> Source:
        dated, inferred = self._dated(reference.published)
        title = self._phrase(clipped(plain(reference.title), HEADLINE_LIMIT), reference.language)
        outlet = clipped(plain(reference.outlet or reference.source), 60)
        url = self._url(reference, slug)
        return Source(
            id=reference.id,
            title=title,
            outlet=outlet,
            credit=clipped(plain(reference.credit or ""), 60),
            date=dated,
            inferred=inferred,
            language=reference.language,
            language_name=self._language_name(reference.language),
            url=url,
            also_in=tuple(clipped(plain(name), 60) for name in reference.also_in),
            new=reference.new,
            suffix=self.links.suffix(f"{outlet}: {title.text}", url),
        )

    def omitted(self, item: LeftOut) -> Omitted:
        url = self.site.storyline_url(item.slug)
        headline = self._phrase(clipped(plain(item.headline), HEADLINE_LIMIT) or item.slug, item.headline_language)
        return Omitted(headline, self.links.suffix(headline.text, url), url, item.reason)

    def _course(self, process: ProcessState) -> Course:
        name, language = self.words.translated(plain(process.name))
        steps = tuple(
            Step(
                stage.key,
                *self.words.translated(plain(stage.name)),
                stage.state,
                self._day(stage.date) if stage.date else "",
                stage.key == process.stage,
            )
            for stage in process.stages
        )
        keys = [step.key for step in steps]
        position = keys.index(process.stage) + 1 if process.stage in keys else 0
        following = next((step for step in steps if step.key == process.next), None)
        return Course(name, language, steps, position, len(steps), steps[position - 1] if position else None, following)


@dataclass(frozen=True, slots=True)
class _Liner:
    """Makes the lines of one storyline."""

    builder: _Builder
    slug: str
    references: dict[str, Reference]

    def __call__(self, sentence: Sentence) -> Line:
        original = None
        if sentence.origin == "translation" and sentence.citations:
            cited = self.references.get(sentence.citations[0].article)
            language = cited.language if cited else "und"
            original = self.builder._phrase(plain(sentence.citations[0].quote), language)
        return Line(
            text=plain(sentence.text),
            language=sentence.language,
            direction=direction(sentence.language),
            cites=self._cites(sentence.citations),
            origin=sentence.origin,
            original=original,
        )

    def _cites(self, citations: Sequence[Citation]) -> tuple[Cite, ...]:
        distinct: Iterable[Citation] = {citation.article: citation for citation in citations}.values()
        return tuple(self.builder.cite(citation, self.slug, self.references) for citation in distinct)

    def moved(self, change: Change) -> Moved:
        language = change.sentences[1].language
        return Moved(
            what=plain(change.what),
            before=plain(change.before),
            after=plain(change.after),
            arrow="←" if direction(language) == "rtl" else "→",
            language=language,
            direction=direction(language),
            cites=self._cites((*change.sentences[0].citations, *change.sentences[1].citations)),
        )

    def dated(self, milestone: Milestone) -> Dated:
        return Dated(
            iso=milestone.date,
            date=self.builder._day(milestone.date),
            line=self(milestone.sentence),
            status=milestone.status,
            stage=milestone.stage,
        )


def _failed(failure: Failure) -> Failed:
    return Failed(failure.stage, plain(failure.subject), clipped(plain(failure.message), 300), failure.transient)


def languages(edition: Edition) -> tuple[str, ...]:
    """Give every language that an edition shows, the interface's first, then by how often it occurs."""
    seen: Counter[str] = Counter()
    for telling in edition.storylines:
        seen[telling.headline_language] += 1
        seen.update(reference.language for reference in telling.references)
        seen.update(sentence.language for sentence in (*telling.sentences, *telling.new))
    seen.update(item.headline_language for item in edition.left_out)
    first = interface(edition.language).language
    return (first, *(language for language, _ in seen.most_common() if language not in (first, "und", "")))
