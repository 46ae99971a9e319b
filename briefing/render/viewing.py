"""Making views: an edition and its site, seen by a reader of one interface language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from briefing.model import (
    Change,
    Citation,
    Dating,
    Edition,
    Image,
    LeftOut,
    Milestone,
    Original,
    ProcessState,
    Reference,
    Sentence,
    Stage,
    Telling,
)
from briefing.render.covering import coverage
from briefing.render.failing import failed
from briefing.render.interface import Interface, interface
from briefing.render.links import LinkTexts
from briefing.render.once import parted
from briefing.render.site import Site, secure
from briefing.render.views import (
    HEADLINE_LIMIT,
    NAME_LIMIT,
    TEXT_LIMIT,
    Cite,
    Course,
    Dated,
    Figure,
    Line,
    Moved,
    Omitted,
    Phrase,
    Sheet,
    Source,
    Step,
    Story,
    clipped,
    plain,
)
from briefing.text.language import direction

_LONGEST_URL = 1_500  # characters of a picture's address, of which a mail has no room for many
_LARGE = 480  # pixels of width from which a picture may stand across the text
_TALL = 1.05  # heights of a width that such a picture has at most
_USUAL = (1200, 630)  # pixels: what Open Graph readers ask for


@lru_cache(maxsize=4)  # one mail is made of an edition twice, as HTML and as text; hashing one takes 0.2 ms
def view(edition: Edition, site: Site) -> Sheet:
    """Give the view of an edition in its interface language."""
    words = interface(edition.language)
    builder = _Builder(edition, site, words, LinkTexts(words.number), edition.date.year)
    stories = tuple(replace(builder, year=_year(edition, telling)).story(telling) for telling in edition.storylines)
    if all(story.first_told for story in stories):
        stories = tuple(replace(story, newcomer=False) for story in stories)  # where all are new none stands out
    return Sheet(
        edition=edition,
        site=site,
        language=words.language,
        direction=words.direction,
        title=clipped(plain(edition.title), HEADLINE_LIMIT) or edition.newsletter,
        day=words.day(edition.date),
        url=site.edition_url(edition.date, edition.newsletter),
        stories=stories,
        left_out=tuple(builder.omitted(item) for item in edition.left_out),
        failures=failed(edition.failures),
        notes=tuple(clipped(plain(note), TEXT_LIMIT) for note in edition.notes),
    )


@dataclass(frozen=True, slots=True)
class Views:
    """The views of a site's editions, each made when it is first asked for and kept as long as this is."""

    site: Site
    made: dict[int, tuple[Edition, Sheet]] = field(default_factory=dict)

    def of(self, edition: Edition) -> Sheet:
        """Give the view of an edition, known by its identity: comparing two editions costs more than a view."""
        if id(edition) not in self.made:
            self.made[id(edition)] = edition, view(edition, self.site)
        return self.made[id(edition)][1]


@dataclass(frozen=True, slots=True)
class _Builder:
    edition: Edition
    site: Site
    words: Interface
    links: LinkTexts
    year: int | None  # that dates may leave out
    cited: dict[tuple[str, str], Cite] = field(default_factory=dict)  # by slug and article

    def story(self, telling: Telling) -> Story:
        url = self.site.storyline_url(telling.slug)
        headline = self._phrase(
            clipped(plain(telling.headline), HEADLINE_LIMIT) or telling.slug, telling.headline_language
        )
        suffix = self.links.suffix(headline.text, url)
        references = {reference.id: reference for reference in telling.references}
        fresh = {sentence.text for sentence in telling.new}
        newcomer = self._first(telling)
        first_told = newcomer or (bool(fresh) and all(s.text in fresh for s in telling.sentences))
        told = {sentence.text: sentence for sentence in telling.sentences if first_told or sentence.text not in fresh}
        if first_told:
            told |= {sentence.text: sentence for sentence in telling.new if sentence.text not in told}
        line = _Liner(self, telling.slug, references)
        dated = telling.milestones if telling.size != "brief" else ()
        summary, earlier = parted(telling.new, tuple(told.values()), dated)
        lines = {id(sentence): line(sentence) for sentence in told.values()}
        timeline = {id(milestone): line.dated(milestone) for milestone in telling.milestones}
        return Story(
            id=telling.id,
            slug=telling.slug,
            url=url,
            size=telling.size,
            category=clipped(plain(telling.category or ""), NAME_LIMIT),
            headline=headline,
            suffix=suffix,
            first_told=newcomer,
            newcomer=newcomer,
            unchanged_since=self._day(telling.unchanged_since) if telling.unchanged_since and not telling.new else "",
            since=self._day(telling.first_seen) if telling.first_seen and not newcomer else "",
            outlets=len({reference.outlet or reference.credit or reference.source for reference in telling.references}),
            languages=tuple(dict.fromkeys(reference.language for reference in telling.references)),
            new=() if first_told else tuple(line(sentence) for sentence in telling.new),
            lines=tuple(lines.values()),
            moved=tuple(line.moved(change) for change in telling.changes),
            disputes=tuple((line(dispute.sentences[0]), line(dispute.sentences[1])) for dispute in telling.disputes),
            timeline=tuple(timeline[id(milestone)] for milestone in telling.milestones),
            course=self._course(telling.process) if telling.process else None,
            sources=tuple(self._source(reference, telling.slug) for reference in telling.references),
            more=self._more(telling),
            coverage=coverage(telling.references, self.words, self.year),
            original=self._original(telling.headline_original),
            figure=self._figure(telling, references) if telling.picture else None,
            summary=tuple(lines[id(sentence)] for sentence in summary),
            earlier=tuple(timeline[id(milestone)] for milestone in earlier),
        )

    def _figure(self, telling: Telling, references: dict[str, Reference]) -> Figure | None:
        """Give the picture, none where nobody can be named as its source or its address is not fit for a mail."""
        picture = telling.picture
        reference = references.get(picture.article) if picture else None
        if picture is None or reference is None:
            return None
        image, edition = picture.image, self.edition
        here = self.site.edition_url(edition.date, edition.newsletter, picture.file) if picture.file else ""
        url = here or secure(image.url)
        if not url or len(url) > _LONGEST_URL:
            return None
        width, height = _sides(image)
        return Figure(
            url=url,
            alt=clipped(plain(image.alt), HEADLINE_LIMIT),
            language=reference.language,
            direction=direction(reference.language),
            width=width,
            height=height,
            credit=self._outlet(reference),
            large=telling.size == "lead" and width >= _LARGE and height <= width * _TALL,
        )

    def _first(self, telling: Telling) -> bool:
        return not telling.unchanged_since and telling.first_seen in (None, self.edition.date.isoformat())

    def _day(self, iso: str) -> str:
        return self.words.short(iso, self.year)

    def _phrase(self, text: str, language: str) -> Phrase:
        return Phrase(text, language, direction(language))

    def _original(self, headline: Original | None) -> Phrase | None:
        return self._phrase(clipped(plain(headline.text), HEADLINE_LIMIT), headline.language) if headline else None

    def _dated(self, published: Dating | None) -> tuple[str, bool]:
        """Give a source's date, which never breaks over two lines, and whether it was inferred."""
        if published is None:
            return "", False
        text = self._day(published.iso).replace(" ", "\u00a0")
        if published.inferred:
            text = self.words.gettext("%(date)s, inferred", date=text)
        return text, published.inferred

    def _language_name(self, language: str) -> str:
        known = language not in ("und", "", self.words.language)
        return self.words.language_name(language) if known else ""

    def _outlet(self, reference: Reference) -> str:
        # A document that names no outlet of its own but whose report it is, is that one's: a folder publishes nothing.
        return clipped(
            plain(reference.outlet or reference.credit or self.site.source_name(reference.source)), NAME_LIMIT
        )

    def _url(self, reference: Reference, slug: str) -> str:
        return secure(reference.url or "") or self.site.reference_url(slug, reference.id)

    def cite(self, citation: Citation, slug: str, references: dict[str, Reference]) -> Cite:
        reference = references.get(citation.article)
        if reference is None:
            outlet, url = self.words.gettext("source"), self.site.reference_url(slug, citation.article)
            return Cite(outlet, "", "", False, url, self.links.suffix(outlet, url))
        return self._cite(reference, slug)

    def _cite(self, reference: Reference, slug: str) -> Cite:
        made = self.cited.get((slug, reference.id))
        if made is None:
            made = self.cited[slug, reference.id] = self._new_cite(reference, slug)
        return made

    def _new_cite(self, reference: Reference, slug: str) -> Cite:
        dated, inferred = self._dated(reference.published)
        outlet = self._outlet(reference)
        made = Cite(outlet, dated, self._language_name(reference.language), inferred, self._url(reference, slug))
        suffix = self.links.suffix(made.label, made.url)
        return replace(made, suffix=suffix) if suffix else made

    def _more(self, telling: Telling) -> tuple[Cite, ...]:
        told = [*telling.new, *telling.sentences, *(milestone.sentence for milestone in telling.milestones)]
        told += [sentence for change in telling.changes for sentence in change.sentences]
        told += [sentence for dispute in telling.disputes for sentence in dispute.sentences]
        cited = {citation.article for sentence in told for citation in sentence.citations}
        return tuple(self._cite(item, telling.slug) for item in telling.references if item.id not in cited)

    def _source(self, reference: Reference, slug: str) -> Source:
        dated, inferred = self._dated(reference.published)
        language = reference.title_language or reference.language
        title = self._phrase(clipped(plain(reference.title), HEADLINE_LIMIT), language)
        outlet = self._outlet(reference)
        url = self._url(reference, slug)
        return Source(
            id=reference.id,
            title=title,
            outlet=outlet,
            credit=clipped(plain(reference.credit or ""), NAME_LIMIT) if reference.outlet else "",
            date=dated,
            inferred=inferred,
            language=reference.language,
            language_name=self._language_name(reference.language),
            url=url,
            also_in=tuple(clipped(plain(name), NAME_LIMIT) for name in reference.also_in),
            new=reference.new,
            suffix=self.links.suffix(f"{outlet}: {title.text}", url),
            original=self._original(reference.title_original),
        )

    def omitted(self, item: LeftOut) -> Omitted:
        url = self.site.storyline_url(item.slug)
        headline = self._phrase(clipped(plain(item.headline), HEADLINE_LIMIT) or item.slug, item.headline_language)
        suffix = self.links.suffix(headline.text, url)
        return Omitted(headline, suffix, url, item.reason, self._original(item.headline_original))

    def _course(self, process: ProcessState) -> Course:
        name, language = self.words.translated(clipped(plain(process.name), NAME_LIMIT))
        keys = [stage.key for stage in process.stages]
        position = keys.index(process.stage) + 1 if process.stage in keys else 0
        steps = tuple(
            Step(
                stage.key,
                *self.words.translated(clipped(plain(stage.name), NAME_LIMIT)),
                stage.state,
                self._reached(stage, passed=index < position),
                stage.key == process.stage,
            )
            for index, stage in enumerate(process.stages)
        )
        following = next((step for step in steps if step.key == process.next), None)
        return Course(name, language, steps, position, len(steps), steps[position - 1] if position else None, following)

    def _reached(self, stage: Stage, *, passed: bool) -> str:
        """Say when a stage was reached, or in words how far it is.

        One that must lie behind, though no source tells of it, is not "not yet".
        """
        if stage.state == "open":
            return self.words.gettext("not reported") if passed else self.words.gettext("not yet")
        done = stage.state == "done"
        state = self.words.gettext("reached") if done else self.words.gettext("announced")
        if not stage.date:
            return state
        day = self._day(stage.date)
        return day if done else self.words.gettext("%(date)s, %(state)s", date=day, state=state)


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
            quotes = " ".join(citation.quote for citation in sentence.citations)
            original = self.builder._phrase(clipped(plain(quotes), TEXT_LIMIT), language)
        return Line(
            text=clipped(plain(sentence.text), TEXT_LIMIT),
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
            what=clipped(plain(change.what), NAME_LIMIT),
            before=clipped(plain(change.before), NAME_LIMIT),
            after=clipped(plain(change.after), NAME_LIMIT),
            arrow="←" if direction(language) == "rtl" else "→",
            language=language,
            direction=direction(language),
            cites=self._cites((*change.sentences[0].citations, *change.sentences[1].citations)),
            original=self.builder._original(change.what_original),
        )

    def dated(self, milestone: Milestone) -> Dated:
        return Dated(
            iso=milestone.date,
            date=self.builder._day(milestone.date),
            line=self(milestone.sentence),
            status=milestone.status,
            stage=milestone.stage,
        )


def _sides(image: Image) -> tuple[int, int]:
    """Give a picture's width and height: as they are known, or what pictures to share usually have."""
    if not image.width or not image.height:
        width = image.width or _USUAL[0]
        return width, round(width * _USUAL[1] / _USUAL[0])
    # A declared shape beyond these is a mistake, or a strip that shows nothing.
    return image.width, round(image.width * min(max(image.height / image.width, 0.3), 2.0))


def _year(edition: Edition, telling: Telling) -> int | None:
    """Give the year that a storyline's dates may leave out: the edition's, where every one of them is in it."""
    dates = [milestone.date for milestone in telling.milestones]
    dates += [reference.published.iso for reference in telling.references if reference.published]
    dates += [stage.date for stage in (telling.process.stages if telling.process else ()) if stage.date]
    year = edition.date.year
    return year if all(iso[:4] == f"{year:04d}" for iso in dates) else None


def languages(edition: Edition) -> tuple[str, ...]:
    """Give every language that an edition shows, the interface's first, then by how often it occurs."""
    seen: Counter[str] = Counter()
    for telling in edition.storylines:
        seen[telling.headline_language] += 1
        seen.update(reference.language for reference in telling.references)
        seen.update(sentence.language for sentence in (*telling.sentences, *telling.new))
        if telling.headline_original:
            seen[telling.headline_original.language] += 1
    seen.update(item.headline_language for item in edition.left_out)
    first = interface(edition.language).language
    return (first, *(language for language, _ in seen.most_common() if language not in (first, "und", "")))
