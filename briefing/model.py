"""The nouns that pass through `briefing`: frozen, without I/O and without a clock.

Conventions that hold for every noun here:

* an instant is an aware ``datetime`` in UTC; a date that a source gave is a `Dating`, no more precise than the source;
* a language is a BCP 47 tag (``vi``, ``zh``, ``pt-BR``), ``und`` where it is unknown;
* text is Unicode in NFC, paragraphs are separated by one blank line (``\\n\\n``);
* offsets are code-point offsets into `Article.text`, end exclusive, so that ``text[start:end] == quote``;
* sequences are tuples, so that a noun can be hashed, compared and stored as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

Day = date  # a field called `date` hides the type from whoever evaluates the annotations of its class

# ---------------------------------------------------------------- what comes in

Basis = Literal["given", "feed", "page", "url", "text"]
MediaType = Literal["text/plain", "text/html"]


@dataclass(frozen=True, slots=True)
class Dating:
    """When something was published, as precisely as the source says and no more.

    ``iso`` is ISO 8601: ``2024-10-24``, ``2024-06-22T16:25:15`` (no zone on the page) or with an offset.
    ``basis`` says where it was read; ``text`` means inferred from what the article tells, so it is shown with a flag.
    """

    iso: str
    basis: Basis = "given"

    @property
    def inferred(self) -> bool:
        """Whether the date was concluded from the text rather than read from a date line, feed or address."""
        return self.basis == "text"

    @property
    def day(self) -> date:
        """The calendar day in the source's own zone."""
        return date.fromisoformat(self.iso[:10])

    @property
    def instant(self) -> datetime:
        """The instant in UTC; midnight where only the day is known, UTC where no zone is."""
        moment = datetime.fromisoformat(self.iso)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that a source shows with an article.

    ``url`` is an absolute http or https address; ``alt`` what the source says it shows, ``""`` where it says nothing;
    width and height are pixels, as the source declares them or, of a copy, as they are.
    """

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Exactly what a source gave, before any reading of it; its key is (source, guid)."""

    source: str
    guid: str
    body: str
    collected_at: datetime
    media_type: MediaType = "text/plain"
    url: str | None = None
    title: str | None = None
    language: str | None = None
    outlet: str | None = None
    published: Dating | None = None
    categories: tuple[str, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A readable entry: clean text, canonical URL, language, date.

    ``id`` is 16 hexadecimal digits of the SHA-256 of the canonical URL, or of title and text where there is no URL.
    ``outlet`` is the publisher as the page or feed names it; ``credit`` the publisher that the page says it took the
    report from, with ``credit_date``. ``title_made`` is true where the page has no headline and one was made from the
    lead. ``related_to`` is the id of the article on whose page this one was found as a teaser.
    """

    id: str
    source: str
    guid: str
    title: str
    text: str
    language: str
    collected_at: datetime
    published: Dating | None = None
    url: str | None = None
    outlet: str | None = None
    credit: str | None = None
    credit_date: str | None = None
    title_made: bool = False
    related_to: str | None = None
    categories: tuple[str, ...] = ()
    image: Image | None = None


# ---------------------------------------------------------------- what belongs together

ReasonKind = Literal[
    "meaning", "people", "places", "terms", "numbers", "dates", "time", "duplicate", "correction", "veto"
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One readable ground for (or against) two articles belonging together.

    ``values`` are what a reader is shown, in the articles' own spelling (``Kim Jong-un``, ``24 October``);
    ``weight`` is its share of the decision in log-odds, negative where it speaks against.
    """

    kind: ReasonKind
    values: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Membership:
    """That an article belongs to a development of a storyline, and why it was put there.

    ``nearest`` is the article it was compared with (none for the first of a storyline); ``duplicate_of`` the article
    of which it is wire copy.
    """

    article: str
    development: str
    storyline: str
    nearest: str | None = None
    duplicate_of: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Development:
    """One event, told by one or more articles within days; ``first`` and ``last`` are ISO days, where known."""

    id: str
    storyline: str
    articles: tuple[str, ...]
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Storyline:
    """One matter unfolding over days to years: a chain of developments, oldest first.

    ``id`` is issued by the store and never reused; ``slug`` names its page and stays when the title changes.
    ``merged_into`` is the id that lives on, where this one was merged away.
    """

    id: str
    slug: str
    title: str
    language: str
    developments: tuple[Development, ...] = ()
    muted: bool = False
    followed: bool = False
    merged_into: str | None = None


CorrectionKind = Literal["merge", "split", "mute", "unmute", "follow", "unfollow"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a user said about storylines; it is remembered and applied to later arrivals.

    ``storylines`` are ids (two or more for merge, one otherwise); ``articles`` the ones to take out, for split.
    """

    kind: CorrectionKind
    storylines: tuple[str, ...]
    made_at: datetime
    articles: tuple[str, ...] = ()


# ---------------------------------------------------------------- what is told

Status = Literal["happened", "announced", "denied"]
StageState = Literal["done", "announced", "open"]
Size = Literal["lead", "medium", "brief"]


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of a source: ``article.text[start:end] == quote``."""

    article: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Original:
    """What a translation stands for: a source's own words, and their language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One told sentence with what it rests on.

    Without a model ``text`` is the citation's quote (white space folded). ``origin`` is ``extract`` for a source's own
    words, ``model`` for a model's, ``translation`` for a translated quote (the quote then keeps the original).
    """

    text: str
    language: str
    citations: tuple[Citation, ...]
    published: Dating | None = None
    origin: Literal["extract", "model", "translation"] = "extract"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated line of a storyline's timeline.

    ``date`` is ISO 8601 with the precision known (``2024-11-06``, ``2024-06``); ``status`` keeps what happened apart
    from what was announced or denied; ``stage`` is the key of the process stage it shows, if any.
    """

    date: str
    sentence: Sentence
    status: Status = "happened"
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a process and whether the sources say that it was reached."""

    key: str
    name: str
    state: StageState = "open"
    date: str | None = None
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class ProcessState:
    """Where a storyline stands in a kind of process: ``stage`` is the key of the last stage that is done."""

    key: str
    name: str
    stages: tuple[Stage, ...]
    stage: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that moved between two sentences on one matter: ``10,000 → 12,000 soldiers``.

    ``what`` is in the language of the second sentence; ``what_original`` is what it translates, if it does.
    """

    what: str
    before: str
    after: str
    sentences: tuple[Sentence, Sentence]
    what_original: Original | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two sources that contradict each other on one claim, side by side."""

    sentences: tuple[Sentence, Sentence]


@dataclass(frozen=True, slots=True)
class Reference:
    """An article as an edition lists it; ``also_in`` are outlets that carried the same copy.

    ``title_original`` is the article's own title, in its ``language``, where ``title`` is a translation into
    ``title_language``.
    """

    id: str
    title: str
    language: str
    source: str
    outlet: str | None
    url: str | None
    published: Dating | None
    credit: str | None = None
    also_in: tuple[str, ...] = ()
    new: bool = False
    title_language: str | None = None
    title_original: Original | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture that an edition shows with a storyline: that of the article whose id is ``article``.

    ``file`` names the copy in the edition's folder, whose size ``image`` then gives; without one the picture is shown
    from its own address.
    """

    article: str
    image: Image
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why two articles of a storyline belong together, for the reader."""

    article: str
    nearest: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A storyline as one edition tells it: its summary, what is new, its timeline and its process.

    ``development`` is the id of its newest development, which with ``id`` makes the stable guid of a feed entry.
    ``sentences`` tell the matter, ``new`` what was not in what this reader was last sent. ``first_seen`` is the date of
    the first edition that told it to these readers, ``unchanged_since`` that of the last one, where nothing is new.
    ``weight`` orders the edition, highest first. ``headline_original`` is the source's headline where the one shown is
    a translation.
    """

    id: str
    slug: str
    development: str
    headline: str
    headline_language: str
    headline_article: str
    size: Size
    weight: float
    updated_at: datetime
    sentences: tuple[Sentence, ...]
    new: tuple[Sentence, ...] = ()
    changes: tuple[Change, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    process: ProcessState | None = None
    references: tuple[Reference, ...] = ()
    why: tuple[Why, ...] = ()
    category: str | None = None
    first_seen: str | None = None
    unchanged_since: str | None = None
    headline_original: Original | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A storyline that moved but did not fit; ``reason`` is one of the keys that the interface translates."""

    id: str
    slug: str
    headline: str
    headline_language: str
    reason: Literal["budget", "filter", "muted"]
    headline_original: Original | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One subject that failed at one stage, so that a failure never looks like a quiet day."""

    stage: str
    subject: str
    message: str
    at: datetime
    transient: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What an edition rests on, in numbers."""

    sources: int
    sources_failed: int
    articles: int
    articles_new: int
    storylines: int
    storylines_told: int
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated number of a newsletter, complete: everything that mail, text, feeds and pages show.

    ``date`` is the day in the newsletter's time zone, ``made_at`` the clock that the run was given. ``upto`` is the
    store's sequence of the newest article considered: what comes after it is new to the next edition.
    """

    newsletter: str
    title: str
    date: Day
    made_at: datetime
    time_zone: str
    language: str
    storylines: tuple[Telling, ...]
    left_out: tuple[LeftOut, ...] = ()
    failures: tuple[Failure, ...] = ()
    counts: Counts = Counts(0, 0, 0, 0, 0, 0)
    reading_minutes: int = 0
    upto: int = 0
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- who gets it

DeliveryState = Literal["sending", "sent", "failed"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """The receipt of one edition to one subscriber; its key is (newsletter, date, address)."""

    newsletter: str
    date: Day
    address: str
    state: DeliveryState
    message_id: str
    at: datetime
    detail: str = ""
