"""Group what was read: features and vectors of new articles, handed to the grouper with what it remembers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.grouping import VERSION, Features, embedding_text, features
from briefing.grouping.arrivals import Arrival, Changes
from briefing.grouping.grouper import Grouper
from briefing.model import Article, Correction, Reason
from briefing.pipeline.newsroom import Newsroom
from briefing.store.grouping import Renewal

BATCH = 1_024
"""Articles that are grouped and kept together: the grouper's state is written once for them."""

RENEWED = 512
"""Articles that another engine embedded and that are embedded again in one run, at most."""


def group(room: Newsroom) -> int:
    """Put every article that belongs nowhere yet into a development and a storyline; give how many there were.

    Each batch is kept whole with the grouper's state, so that a run killed between two goes on where it stopped. Where
    the engine is another than before, every run embeds some more of what the former one did, and new articles are
    compared with those; nothing is forgotten meanwhile, and the former engine's vectors stay for its return.
    Raises EngineError where the embedding engine fails.
    """
    store, done = room.store, 0
    grouper: Grouper | None = None
    if _due(room) and store.grouping.state() is not None:
        grouper = _grouper(room, RENEWED)
        _save(room, grouper, Changes())
    while batch := store.grouping.ungrouped(BATCH):
        grouper = grouper or _grouper(room)
        _save(room, grouper, grouper.add(_arrivals(room, batch)))
        done += len(batch)
        room.progress("group", done, store.articles.count())
    return done


def _due(room: Newsroom) -> bool:
    renewal = room.store.grouping.renewal()
    return renewal is None or renewal.engine != room.embedder.name or renewal.left > 0


def correct(room: Newsroom, correction: Correction) -> str:
    """Do what a user said about storylines and remember it; give a line that says what is so now."""
    with room.store.lock("work"):
        room.store.storylines.add_correction(correction)
        grouper = _grouper(room)
        _save(room, grouper, grouper.apply(correction))
    named = " and ".join(correction.storylines)
    living = room.store.storylines.storyline(correction.storylines[0])
    match correction.kind:
        case "merge" if living is not None:
            return f"{named} are one storyline now: {living.id}, {living.title}"
        case "split":
            moved = {room.store.storylines.membership(article) for article in correction.articles}
            homes = sorted({membership.storyline for membership in moved if membership is not None})
            return f"{len(correction.articles)} articles of {named} are in {', '.join(homes)} now"
        case _:
            return f"{named}: {correction.kind} is remembered"


def explain(room: Newsroom, one: Article, other: Article) -> tuple[bool, tuple[Reason, ...]]:
    """Say whether two articles are in one storyline, and the grounds for and against, in their own spelling."""
    first, second = _arrivals(room, (one, other))
    grounds = _grouper(room).why(first, second)
    homes = [room.store.storylines.membership(article.id) for article in (one, other)]
    together = all(home is not None for home in homes) and len({home.storyline for home in homes if home}) == 1
    return together, grounds


def _grouper(room: Newsroom, renewed: int = 0) -> Grouper:
    """Give the grouper as it was after the last batch, or a new one before the first.

    Up to ``renewed`` articles that this engine never embedded are embedded now; what is still without a vector then
    keeps its place and waits.
    """
    store, engine, dimensions = room.store, room.embedder.name, room.embedder.dimensions
    state = store.grouping.state()
    if state is None:
        return Grouper(engine, dimensions)
    wanted = store.articles.get(Grouper.wanted(state))
    texts = {id_: embedding_text(article.title, article.text) for id_, article in wanted.items()}
    known = room.embedded(texts.values())
    missing = list(dict.fromkeys(text for text in texts.values() if text not in known))[:renewed]
    known |= zip(missing, room.embed(missing), strict=True)
    vectors = {id_: known[text] for id_, text in texts.items() if text in known}
    return Grouper.restore(engine, dimensions, state, _read(room, list(wanted.values())), vectors)


def _arrivals(room: Newsroom, articles: Iterable[Article]) -> list[Arrival]:
    """Read and embed articles, or take what the store has of it."""
    found = list(articles)
    if not found:
        return []
    read = _read(room, found)
    vectors = room.embed([embedding_text(article.title, article.text) for article in found])
    return [Arrival.of(article, vector, read[article.id]) for article, vector in zip(found, vectors, strict=True)]


def _read(room: Newsroom, articles: Sequence[Article]) -> dict[str, Features]:
    known = room.store.grouping.features(VERSION, [article.id for article in articles])
    fresh = {article.id: features(article) for article in articles if article.id not in known}
    if fresh:
        room.store.grouping.save_features(VERSION, {id_: read.to_json() for id_, read in fresh.items()})
    return {id_: Features.from_json(body) for id_, body in known.items()} | fresh


def _save(room: Newsroom, grouper: Grouper, changes: Changes) -> None:
    left, total = grouper.dormant, grouper.remembered
    if left:
        room.progress("embed again", total - left, total)
    room.store.grouping.save(
        changes.memberships,
        changes.storylines,
        changes.developments,
        changes.redirects,
        grouper.state(),
        Renewal(room.embedder.name, left, total),
    )
