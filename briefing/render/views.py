"""What templates see: an edition with its links made, its dates in words and its strangers' text made harmless.

Everything here is plain text in its own language; escaping is left to the template. All URLs are https. The same views,
made by `briefing.render.viewing`, serve mail, text part, pages and feeds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from briefing.model import Edition, Size, StageState, Status
from briefing.render.site import Site
from briefing.text.language import spaced

HEADLINE_LIMIT = 240
"""Characters of a headline that are shown; what is longer is not a headline."""

NAME_LIMIT = 60
"""Characters of the name of an outlet, a category, a stage, a figure."""

TEXT_LIMIT = 1_000
"""Characters of one sentence: what is longer was not cut into sentences, and would burst any mail."""

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
        return self.outlet + self.rest

    @property
    def rest(self) -> str:
        """What follows the outlet's name, which may run in another direction."""
        dated = f" · {self.date}" if self.date else ""
        return f"{dated} · {self.language_name}{self.suffix}" if self.language_name else dated + self.suffix


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
    """A figure that moved; ``arrow`` points in reading direction, ``cites`` are before and after.

    ``original`` is what it counts in the source's words, where that was translated.
    """

    what: str
    before: str
    after: str
    arrow: str
    language: str
    direction: str
    cites: tuple[Cite, ...]
    original: Phrase | None = None


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
    """One stage of a process; its name is in ``language``, ``reached`` says when and whether in the interface's."""

    key: str
    name: str
    language: str
    state: StageState
    reached: str
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
    original: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a storyline was covered: dated articles in equal stretches from ``first`` to ``last``, and by language.

    ``rows`` are the same stretches of each language by itself, most articles first; ``said`` tells in words what each
    row shows.
    """

    counts: tuple[int, ...]
    first: str
    last: str
    languages: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...] = ()
    said: tuple[str, ...] = ()

    @property
    def runs(self) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
        """The rows as articles and stretches, empty neighbours in one: a picture of few cells."""
        return tuple((language, tuple(_runs(counts))) for language, counts in self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of a storyline, with what it shows (``alt``, which may be empty) in a language, and whose it is.

    ``url`` is absolute; ``width`` and ``height`` are pixels, the usual ones where nobody said. A ``large`` one is wide
    enough to stand across the text.
    """

    url: str
    alt: str
    language: str
    direction: str
    width: int
    height: int
    credit: str
    large: bool

    def fitted(self, width: int, height: int) -> tuple[int, int]:
        """Give its width and height scaled down to fit into a box; it is never enlarged."""
        scale = min(1.0, width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


@dataclass(frozen=True, slots=True)
class Story:
    """A storyline as an edition tells it.

    ``lines`` tell the matter; ``new`` are sentences apart from them that were not in what this reader was last sent,
    empty where everything is new (``first_told``) or nothing is (``unchanged_since``). ``more`` are the sources that no
    sentence cites. ``original`` is the source's headline, where the one shown is a translation; ``figure`` the picture,
    where the newsletter shows any.
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
    more: tuple[Cite, ...]
    coverage: Coverage | None
    original: Phrase | None = None
    figure: Figure | None = None
    summary: tuple[Line, ...] = ()
    earlier: tuple[Dated, ...] = ()
    newcomer: bool = False

    @property
    def opened(self) -> tuple[str, str] | None:
        """The first sentence in two where the headline is but its beginning: that beginning, and the rest."""
        first = next(iter((*self.new, *self.lines)), None)
        head = self.headline.text.rstrip(" .…")
        if first is None or self.original or not head or not first.text.startswith(head):
            return None
        rest = first.text[len(head) :]
        torn = rest[:1].isalnum() and spaced(first.language)  # within a word
        return None if torn or (rest and _joins(rest[0])) else (head, rest)

    @property
    def inline(self) -> Phrase:
        """The matter in one line that is whole: the headline, or the sentence that it is but the beginning of."""
        if self.opened and self.headline.text.endswith("…") and len("".join(self.opened)) <= HEADLINE_LIMIT:
            return Phrase("".join(self.opened), self.headline.language, self.headline.direction)
        return self.headline

    @property
    def by_url(self) -> dict[str, Source]:
        """The sources by their URL; the first, where one leads to several."""
        return {source.url: source for source in reversed(self.sources)}


@dataclass(frozen=True, slots=True)
class Omitted:
    """A storyline that is only named, with the reason why; ``original`` as in `Story`."""

    headline: Phrase
    suffix: str
    url: str
    reason: str
    original: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure, with all that it struck alike; ``message`` is English."""

    stage: str
    subjects: tuple[str, ...]
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


def _runs(counts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    for count, stretch in groupby(counts):
        length = len(list(stretch))
        yield from [(count, 1)] * length if count else [(0, length)]


@lru_cache(maxsize=4096)  # the same names, headlines and sentences stand all over an edition
def plain(text: str) -> str:
    """Give a stranger's text fit to be shown on one line: no controls, no reordering commands, single spaces."""
    # A host under .invalid is what stands for a subscriber's own until a message is written.
    kept = unicodedata.normalize("NFC", _UNWANTED.sub("", text).replace(".invalid", ". invalid"))
    return " ".join(kept.split())


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
    return unicodedata.combining(char) != 0 or unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")
