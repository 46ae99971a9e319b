"""Group what was read: features and vectors of new articles, handed to the grouper with what it remembers."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.grouping import VERSION, Features, embedding_text, features
from briefing.grouping.arrivals import Arrival, Changes
from briefing.grouping.grouper import Grouper
from briefing.model import Article, Correction, Reason
from briefing.pipeline.newsroom import Newsroom

_BATCH = 256


def group(room: Newsroom) -> int:
    """Put every article that belongs nowhere yet into a development and a storyline; give how many there were.

    Each batch is kept whole with the grouper's state, so that a run killed between two goes on where it stopped.
    Raises EngineError where the embedding engine fails.
    """
    store, done = room.store, 0
    grouper: Grouper | None = None
    while batch := store.grouping.ungrouped(_BATCH):
        grouper = grouper or _grouper(room)
        _save(room, grouper, grouper.add(_arrivals(room, batch)))
        done += len(batch)
        room.progress("group", done, store.articles.count())
    return done


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


def _grouper(room: Newsroom) -> Grouper:
    """Give the grouper as it was after the last batch, or a new one before the first."""
    store, engine, dimensions = room.store, room.embedder.name, room.embedder.dimensions
    state = store.grouping.state()
    if state is None:
        return Grouper(engine, dimensions)
    wanted = store.articles.get(Grouper.wanted(state))
    arrivals = {arrival.id: arrival for arrival in _arrivals(room, wanted.values())}
    return Grouper.restore(
        engine,
        dimensions,
        state,
        {id_: arrival.features for id_, arrival in arrivals.items()},
        {id_: arrival.vector for id_, arrival in arrivals.items()},
    )


def _arrivals(room: Newsroom, articles: Iterable[Article]) -> list[Arrival]:
    """Read and embed articles, or take what the store has of it."""
    found = list(articles)
    if not found:
        return []
    known = room.store.grouping.features(VERSION, [article.id for article in found])
    fresh = {article.id: features(article) for article in found if article.id not in known}
    if fresh:
        room.store.grouping.save_features(VERSION, {id_: read.to_json() for id_, read in fresh.items()})
    vectors = room.embed([embedding_text(article.title, article.text) for article in found])
    return [
        Arrival.of(article, vector, fresh.get(article.id) or Features.from_json(known[article.id]))
        for article, vector in zip(found, vectors, strict=True)
    ]


def _save(room: Newsroom, grouper: Grouper, changes: Changes) -> None:
    room.store.grouping.save(
        changes.memberships, changes.storylines, changes.developments, changes.redirects, grouper.state()
    )
